// Starts the page: the shell paints as soon as it is there, the core is loaded and compiled beside it. In a file of its own because
// the page's policy allows no inline script; what is shown when one of them fails is in `fail.js`.
const tag = document.querySelector("script[data-wasm]");
const named = (name) => new URL(tag.dataset[name], document.baseURI);
async function answered(name) {
  const response = await fetch(named(name));
  if (!response.ok) throw new Error(kafkaUpgradeTexts.absent(named(name), response.status));
  return response;
}
// One file has both modules, since they have much in common: the shell, which ends at `shell`, then the core from `core` on.
function modules(body) {
  const [end, start] = [tag.dataset.shell, tag.dataset.core].map(Number);
  const writers = [];
  const module = (at) => new Response(new ReadableStream({ start(writer) { writers[at] = writer; } }), { headers: { "content-type": "application/wasm" } });
  const both = [module(0), module(1)];
  const [shell, core] = writers;
  (async () => {
    const reader = body.getReader();
    let at = 0;
    for (let read; !(read = await reader.read()).done;) {
      const { value } = read, next = at + value.length;
      if (at < end) shell.enqueue(value.subarray(0, end - at));
      if (at < end && next >= end) shell.close();
      if (next > start) core.enqueue(value.subarray(Math.max(0, start - at)));
      at = next;
    }
    if (at <= start) throw new Error(kafkaUpgradeTexts.torn);
    core.close();
  })().catch((error) => writers.forEach((writer) => writer.error(error)));
  return both;
}
try {
  const [shell, core] = modules((await answered("wasm")).body);
  const loaded = Promise.all([WebAssembly.compileStreaming(core), answered("worker").then((response) => response.text())]);
  loaded.catch(() => {});
  const { default: init } = await import(named("js"));
  await init({ module_or_path: shell });
  kafkaUpgradeCheck.ready(...await loaded);
} catch (error) {
  kafkaUpgradeFail.start(error);
}
