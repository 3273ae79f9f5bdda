import { check, init } from "kafka-upgrade-check";
import core from "kafka-upgrade-check/core_bg.wasm";

onmessage = async ({ data }) => {
  await init(new URL(core, import.meta.url));
  postMessage(check(data));
};
