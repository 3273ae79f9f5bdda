// The same with a bundler that gives the core as a file with an address: it is handed to `init`, also in the worker.
import { check, init } from "kafka-upgrade-check";
import core from "kafka-upgrade-check/core_bg.wasm";
import { BROKER } from "./broker.js";

await init(new URL(core, import.meta.url));
await import("kafka-upgrade-check/element");
document.querySelector("kafka-upgrade-check").addEventListener("report", ({ detail }) => { globalThis.element = detail; });
globalThis.page = check(BROKER);
const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => { globalThis.inWorker = data; };
worker.postMessage(BROKER);
