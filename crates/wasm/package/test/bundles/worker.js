import { check, init } from "kafka-upgrade-check";

onmessage = async ({ data }) => {
  await init();
  postMessage(check(data));
};
