// The element defines itself when its module is imported; each of its reports is an event. Beside it the same package is called
// directly, and in a worker.
import { check, init } from "./kafka-upgrade-check/index.js";
window.reports = {};
for (const one of document.querySelectorAll("kafka-upgrade-check")) {
  one.addEventListener("report", ({ detail }) => { window.reports[one.id] = detail; });
}
await import("./kafka-upgrade-check/element.js");
await init();
window.plain = check({ to: "4.0.0", have: ["librdkafka 2.3"] });
const worker = new Worker("worker.js", { type: "module" });
worker.onmessage = ({ data }) => { window.inWorker = data; };
worker.postMessage({ to: "4.0.0", have: ["librdkafka 2.3"] });
