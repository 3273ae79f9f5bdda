// For browsers, their workers and bundlers: the core is beside this file, and `init` loads it once.
import start, { initSync } from "./core.js";

export { check, explain, fix, render, rules, session, versions } from "./core.js";

let started;

export function init(source) {
  started ??= source instanceof WebAssembly.Module ? Promise.resolve(initSync({ module: source })) : start(source && { module_or_path: source });
  return started.then(() => {});
}
