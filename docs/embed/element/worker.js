import { check, init } from "./kafka-upgrade-check/index.js";
onmessage = async ({ data }) => { await init(); postMessage(check(data)); };
