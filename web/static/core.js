// What the shell calls of the core's worker, on the site and in the one file. `ready` is called once, when everything is loaded
// and compiled: from then on the page may load nothing, and only then the first worker is made, which the policy holds as well.
const CLOSED = "default-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:; img-src data:"; // the page's own icon is asked for late

globalThis.kafkaUpgradeCheck = (() => {
  let module, address, worker, hears, queue = [];

  function spawn() {
    worker = new Worker(address);
    const mine = worker;
    const current = (then) => (event) => { if (mine === worker) then(event); };
    worker.onmessage = current(({ data }) => hears.receive(data));
    worker.onerror = current((event) => { event.preventDefault(); hears.fail(event.message || "the worker did not start"); });
    worker.onmessageerror = current(() => hears.fail("a message could not be read"));
    worker.postMessage(module);
    for (const message of queue.splice(0)) worker.postMessage(message, [message.buffer]);
  }

  return {
    start(receive, fail) {
      worker?.terminate();
      worker = undefined;
      queue = [];
      hears = { receive, fail };
      if (module) spawn();
    },
    post(message) {
      if (worker) worker.postMessage(message, [message.buffer]);
      else queue.push(message);
    },
    ready(compiled, script) {
      const policy = document.createElement("meta");
      policy.httpEquiv = "Content-Security-Policy";
      policy.content = CLOSED;
      document.head.append(policy);
      module = compiled;
      address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      if (hears) spawn();
    },
  };
})();
