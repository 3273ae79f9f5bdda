// What somebody writes whose bundler finds the core by `new URL("core_bg.wasm", import.meta.url)`: the page, its element and a worker.
import { check, init } from "kafka-upgrade-check";
import "kafka-upgrade-check/element";
import { BROKER } from "./broker.js";

document.querySelector("kafka-upgrade-check").addEventListener("report", ({ detail }) => { globalThis.element = detail; });
await init();
globalThis.page = check(BROKER);
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => { globalThis.inWorker = data; };
worker.postMessage(BROKER);
