// Starts the page: the shell paints as soon as it is there, the core is loaded and compiled beside it. Shows a message when one of them
// cannot start. In a file of its own because the page's policy allows no inline script.
function show(words) {
  const text = document.createElement("p");
  text.className = "boot-failed";
  text.setAttribute("role", "alert");
  text.textContent = words;
  document.body.prepend(text);
}

function failed(error) {
  if (!(error instanceof WebAssembly.RuntimeError) || document.querySelector(".boot-failed")) return;
  show("The page has failed and stands still. Your text is still in its box: copy it, then reload the page. Nothing was sent anywhere.");
}
addEventListener("error", (event) => failed(event.error));
addEventListener("unhandledrejection", (event) => failed(event.reason));

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
  await init({ module_or_path: named("wasm") });
  const [module, ...scripts] = await loaded;
  kafkaUpgradeCheck.ready(module, scripts.join("\n"));
} catch (error) {
  show(`The page could not start in this browser: ${error}. Nothing was sent anywhere. The one file, kafka-upgrade-check.html, needs no server; the command, kafka-upgrade-check, does the same.`);
}
