// Starts the page: the shell paints as soon as it is there, the core is loaded and compiled beside it. In a file of its own because
// the page's policy allows no inline script; what is shown when one of them fails is in `fail.js`.
const tag = document.querySelector("script[data-wasm]");
const named = (name) => new URL(tag.dataset[name], document.baseURI);
async function answered(name) {
  const response = await fetch(named(name));
  if (!response.ok) throw new Error(`${named(name)} is not there (${response.status})`);
  return response;
}
async function text(name) {
  return (await answered(name)).text();
}
try {
  const core = [WebAssembly.compileStreaming(answered("core")), text("glue"), text("worker")];
  const loaded = Promise.all(core);
  loaded.catch(() => {});
  const { default: init } = await import(named("js"));
  await init({ module_or_path: answered("wasm") });
  const [module, ...scripts] = await loaded;
  kafkaUpgradeCheck.ready(module, scripts.join("\n"));
} catch (error) {
  kafkaUpgradeFail.start(error);
}
