// For Node and its worker threads: the core is read from beside this file, and everything can be called at once.
import { readFileSync } from "node:fs";
import { initSync } from "./core.js";

export { check, explain, fix, render, rules, session, versions } from "./core.js";

initSync({ module: readFileSync(new URL("core_bg.wasm", import.meta.url)) });

export async function init() {}
