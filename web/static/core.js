// What the shell calls of the core's worker, on the site and in the one file. `ready` is called once, when everything is loaded
// and compiled: from then on the page may load nothing, and only then the first worker is made, which the policy holds as well.
const CLOSED = "default-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:; img-src data:"; // the page's own icon is asked for late

// Where the page came from; from a disk or in a frame without an origin there is no such place, and this machine stands for it.
const HOST = location.protocol.startsWith("http") ? new URL("self-test", location.href).href : "http://127.0.0.1:9/self-test";

function element(name, properties) {
  const made = Object.assign(document.createElement(name), properties);
  document.head.append(made);
  setTimeout(() => made.remove(), WAIT);
}

const WAIT = 2000; // milliseconds that a browser has to refuse

const REQUESTS = [
  ["fetch", () => fetch(HOST, { method: "POST", body: "x", mode: "no-cors" })],
  ["XMLHttpRequest", () => { const request = new XMLHttpRequest(); request.open("POST", HOST); request.send("x"); }],
  [A_BEACON, () => navigator.sendBeacon(HOST, "x")],
  [A_SOCKET, () => new WebSocket(HOST.replace(/^http/, "ws"))],
  [EVENTS, () => new EventSource(HOST)],
  [A_PICTURE, () => { new Image().src = HOST; }],
  [A_SCRIPT, () => element("script", { src: HOST })],
  [A_STYLE, () => element("link", { rel: "stylesheet", href: HOST })],
  [A_PRELOAD, () => element("link", { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: HOST })],
  [A_FRAME, () => { const frame = document.createElement("iframe"); frame.hidden = true; frame.src = HOST; document.body.append(frame); setTimeout(() => frame.remove(), WAIT); }],
  [A_FORM, () => { const form = document.createElement("form"); form.action = HOST; form.target = "none"; form.hidden = true; document.body.append(form); form.submit(); form.remove(); }],
];

// Whether the policy refused it: what the call itself answers is no witness (`sendBeacon` answers true).
async function refused(send) {
  let seen;
  const violation = new Promise((resolve) => { seen = () => resolve(true); });
  document.addEventListener("securitypolicyviolation", seen);
  const late = new Promise((resolve) => setTimeout(resolve, WAIT, false));
  try {
    Promise.resolve(send()).catch(() => {});
  } catch { /* refused at once, and the event names the directive */ }
  const answer = await Promise.race([violation, late]);
  document.removeEventListener("securitypolicyviolation", seen);
  return answer;
}

globalThis.kafkaUpgradeCheck = (() => {
  let module, address, worker, listeners, queue = [], last = 0;
  const asked = new Map(); // calls of the core that are not answered, by number
  const early = []; // what was delivered before the shell was there

  function spawn() {
    worker = new Worker(address);
    const mine = worker;
    const current = (then) => (event) => { if (mine === worker) then(event); };
    worker.onmessage = current(({ data }) => { if (data instanceof Uint8Array) listeners.receive(data); else answered(data); });
    worker.onerror = current((event) => { event.preventDefault(); listeners.fail(event.message || NO_WORKER); });
    worker.onmessageerror = current(() => listeners.fail(NO_MESSAGE));
    worker.postMessage(module);
    for (const [message, bytes] of queue.splice(0)) send(message, bytes);
  }

  function send(message, bytes) {
    if (!worker) return void queue.push([message, bytes]);
    try {
      worker.postMessage(message, bytes);
    } catch (error) { // no memory for a copy
      listeners.fail(String(error));
    }
  }

  function answered({ number, value }) {
    asked.get(number)?.then(value);
    asked.delete(number);
  }

  return {
    start(receive, fail, deliver) {
      const first = !listeners;
      listeners = { receive, fail, deliver };
      if (worker) {
        worker.terminate();
        worker = undefined;
        const lost = [...asked.values()];
        asked.clear();
        for (const { no } of lost) no(new Error(CORE_ENDED));
      }
      if (module) spawn();
      // Not now: whoever calls is not ready to be called.
      if (first) queueMicrotask(() => {
        for (const one of early.splice(0)) deliver(...one);
        this.started();
      });
    },
    post(message) {
      send(message, [message.buffer]);
    },
    // Calls a function of the core; what it returns comes as a promise, which is broken when the core ends before.
    call(name, ...values) {
      return new Promise((then, no) => {
        asked.set(last += 1, { then, no });
        send({ number: last, name, values }, values.filter((value) => value instanceof ArrayBuffer));
      });
    },
    receive(message) {
      listeners.receive(message);
    },
    // Gives the shell a file, a setting, a notice, or the word that all of it is there.
    deliver(...one) {
      if (listeners) listeners.deliver(...one);
      else early.push(one);
    },
    theme: () => globalThis.kafkaUpgradeLook.theme(),
    async tryToSend(tried) {
      for (const [what, send] of REQUESTS) tried(what, await refused(send));
      tried("", true);
    },
    ready(compiled, script) {
      const policy = document.createElement("meta");
      policy.httpEquiv = "Content-Security-Policy";
      policy.content = CLOSED;
      document.head.append(policy);
      module = compiled;
      address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      if (listeners) spawn();
    },
  };
})();
