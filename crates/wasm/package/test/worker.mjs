import { parentPort } from "node:worker_threads";
import { check } from "kafka-upgrade-check";

parentPort.on("message", (request) => parentPort.postMessage(check(request)));
