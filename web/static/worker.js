// The core's worker, behind what wasm-bindgen wrote for it. First the compiled module comes in, then messages
// and calls of functions.
// It checks for a few milliseconds at a time and looks for messages in between: a newer one supersedes the check.
const SLICES = 8; // milliseconds before it looks
const PROGRESS = 100; // milliseconds between two reports of progress
const next = new MessageChannel();
let core;
let waiting = false;
let reported = 0;

function send(bytes) {
  if (bytes) postMessage(bytes, [bytes.buffer]);
}

function wait() {
  if (!waiting && core.isBusy()) {
    waiting = true;
    next.port1.postMessage(0);
  }
}

next.port2.onmessage = () => {
  waiting = false;
  const end = performance.now() + SLICES;
  do send(core.step());
  while (core.isBusy() && performance.now() < end);
  if (core.isBusy() && end - reported > PROGRESS) {
    reported = end;
    send(core.progress());
  }
  wait();
};

onmessage = ({ data }) => {
  if (data instanceof WebAssembly.Module) {
    wasm_bindgen.initSync({ module: data });
    core = new wasm_bindgen.Core();
    send(core.facts());
    return;
  }
  if (data.name) {
    const value = core[data.name](...data.values.map((one) => (one instanceof ArrayBuffer ? new Uint8Array(one) : one)));
    postMessage({ number: data.number, value }, value instanceof Uint8Array ? [value.buffer] : []);
    return;
  }
  if (!core.isBusy()) reported = performance.now();
  send(core.receive(data));
  wait();
};
