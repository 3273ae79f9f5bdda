// The reader's texts beside the shell: what was typed before it was there, a copy for the case that it fails, and, where the
// reader asks for it, in this browser (IndexedDB) for a week. Each tab has a record of its own, so that none overwrites
// another's. Nothing is kept from a disk, whose pages share one storage, nor in a frame without an origin.
(() => {
  const page = globalThis.kafkaUpgradeCheck;
  const NAME = "kafka-upgrade-check";
  const SETTING = `${NAME}.keep`, TAB = `${NAME}.tab`;
  const DAYS = 7;
  const WAIT = 400; // milliseconds after a change
  const texts = new Map(); // path to [text, component, encoding]
  let settings = "", on = false, begun = false, tab, timer, listed = [], trouble = "";

  function stored(area, name, value) {
    try {
      if (value === undefined) return globalThis[area].getItem(name);
      if (value === null) globalThis[area].removeItem(name);
      else globalThis[area].setItem(name, value);
      return true;
    } catch { return null; }
  }

  const possible = location.protocol === "file:"
    ? NOT_FROM_DISK
    : window.origin === "null" ? NOT_IN_FRAME : "";

  async function act(mode, what) {
    const database = await new Promise((then, no) => {
      const opening = indexedDB.open(NAME, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("texts", { keyPath: "id" });
      opening.onsuccess = () => then(opening.result);
      opening.onerror = () => no(opening.error);
    });
    try {
      const transaction = database.transaction("texts", mode);
      const request = what(transaction.objectStore("texts"));
      await new Promise((then, no) => {
        transaction.oncomplete = then;
        transaction.onerror = transaction.onabort = () => no(transaction.error ?? request.error);
      });
      return request.result;
    } finally {
      database.close();
    }
  }

  async function write() {
    if (!on || !begun) return;
    try {
      const record = { id: tab, at: Date.now(), settings, files: [...texts] };
      await act("readwrite", (store) => (texts.size || /^(have|tick)\t/m.test(settings) ? store.put(record) : store.delete(tab)));
      trouble = "";
    } catch (error) {
      trouble = error?.name === "QuotaExceededError" ? NO_ROOM : NOT_KEPT;
    }
    changed();
  }
  const soon = () => { timer ??= setTimeout(() => { timer = undefined; write(); }, WAIT); };
  // Who leaves may not come back: what was typed last has not been copied yet. An area has no CR, so a text with one waits.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    const area = document.getElementById("text"), path = shown(area);
    const known = texts.get(path);
    const typed = known && area.wrap !== "off" && !known[0].includes("\r") && area.value !== known[0];
    if (typed) texts.set(path, [area.value, known[1], known[2]]);
    if (typed || timer) write();
  });
  const shown = (area) => area?.getAttribute("aria-label")?.replace(TEXT_OF, "");

  function restore({ settings, files }) {
    for (const line of settings.split("\n").filter(Boolean)) {
      const [name, value] = line.split("\t");
      page.deliver("set", name, value, "");
    }
    for (const [path, [text, component, encoding]] of files) page.deliver("file", path, text, `${component}\t${encoding}`);
    page.deliver("done", "", "", "");
  }

  const fresh = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  function rename() {
    tab = fresh();
    stored("sessionStorage", TAB, tab);
    taken = undefined;
    if (begun) soon();
  }

  // Another tab that was made by duplicating this one has its name. One that is busy answers late: the asker takes another name
  // then, and the other writes over what the asker has written under its own.
  const channel = "BroadcastChannel" in globalThis && !possible ? new BroadcastChannel(NAME) : undefined;
  let taken;
  const isTaken = () => new Promise((then) => {
    if (!channel) return then(false);
    taken = then;
    channel.postMessage({ whose: tab });
    setTimeout(then, 100, false);
  });
  if (channel) channel.onmessage = ({ data }) => {
    if (data.whose && data.whose === tab) {
      channel.postMessage({ mine: tab });
      soon();
    }
    if (data.mine === tab && taken) {
      taken(true);
      rename();
    }
    if (data.forget) {
      on = false;
      listed = [];
      changed();
    }
  };

  async function begin() {
    on = !possible && stored("localStorage", SETTING) === "on";
    tab = stored("sessionStorage", TAB);
    const mine = tab && on && !(await isTaken());
    if (!mine) rename();
    if (on) {
      try {
        const old = Date.now() - DAYS * 86400000;
        const all = await act("readonly", (store) => store.getAll());
        for (const { id } of all.filter(({ at }) => at < old)) await act("readwrite", (store) => store.delete(id));
        listed = all.filter(({ at }) => at >= old).sort((one, other) => other.at - one.at);
        const own = listed.find(({ id }) => id === tab);
        // Who has typed or opened something by now is offered what was kept, which is not written over.
        if (own && (texts.size || document.getElementById("text"))) rename();
        else if (own) {
          listed = listed.filter((one) => one !== own);
          restore(own);
        }
      } catch {
        trouble = NOT_KEPT;
      }
    }
    begun = true;
    if (texts.size) soon();
    changed();
  }

  async function turn(to) {
    on = to;
    stored("localStorage", SETTING, to ? "on" : null);
    if (to) await write();
    else await forget(false);
    changed();
  }
  // Texts of all tabs; with everything, what is ticked and set as well.
  async function forget(everything) {
    channel?.postMessage({ forget: true });
    on = false;
    listed = [];
    trouble = "";
    stored("localStorage", SETTING, null);
    if (everything) for (const name of ["done", "theme"]) stored("localStorage", `${NAME}.${name}`, null);
    try {
      await act("readwrite", (store) => store.clear());
    } catch { /* there is nothing */ }
    changed();
  }

  function ago(at) {
    const minutes = Math.round((Date.now() - at) / 60000);
    if (minutes < 1) return NOW;
    if (minutes < 60) return MINUTES(minutes);
    return minutes < 1440 ? HOURS(Math.round(minutes / 60)) : DAYS_AGO(Math.round(minutes / 1440));
  }
  function made(name, properties, ...inside) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  }

  const changed = () => document.dispatchEvent(new Event("kept"));
  // What the shell shows as `<kept-texts>`, on the empty page and beside the promise.
  class Kept extends HTMLElement {
    connectedCallback() {
      document.addEventListener("kept", this);
      this.handleEvent();
    }
    disconnectedCallback() {
      document.removeEventListener("kept", this);
    }
    handleEvent() {
      if (possible) return this.replaceChildren(made("p", { className: "faint", textContent: possible }));
      const box = made("input", { type: "checkbox", checked: on });
      box.onchange = () => turn(box.checked);
      const focused = this.contains(document.activeElement);
      const lines = [made("p", {}, made("label", {}, box, keepFor(DAYS)))];
      if (trouble) lines.push(made("p", { className: "warning", textContent: trouble }));
      for (const record of listed.slice(0, 3)) {
        const [first] = record.files;
        const what = first ? andMore(first[0], record.files.length - 1) : record.settings.includes("have\t") ? WHAT_RUNS : WHAT_TICKED;
        const back = made("button", { className: "btn", textContent: RESTORE });
        back.setAttribute("aria-label", restoreOne(what));
        back.onclick = () => {
          listed = listed.filter((one) => one !== record);
          restore(record);
        };
        lines.push(made("p", { className: "row" }, made("span", { textContent: keptAgo(what, ago(record.at)) }), back));
      }
      const status = made("output", { className: "faint" });
      if (on || listed.length) {
        const button = made("button", { className: "btn quiet forget", textContent: FORGET });
        button.onclick = async () => {
          await forget(true);
          this.querySelector("output").append(FORGOTTEN);
        };
        lines.push(made("p", {}, button));
      }
      this.replaceChildren(...lines, status);
      if (focused) this.querySelector("input").focus();
    }
  }
  customElements.define("kept-texts", Kept);

  // The area that text is pasted into is gone with the first letter, and the one before the shell with the shell. What is typed
  // next belongs into the one that takes its place: the focus goes there before another key comes, however long the shell works.
  let early, left;
  document.addEventListener("focusin", ({ target }) => { left = target.id === "paste" ? target : undefined; });
  document.addEventListener("focusout", ({ target }) => queueMicrotask(() => { if (target.isConnected) left = undefined; })); // removed, it is not yet gone
  function follow() {
    if (!left || left.isConnected) return;
    const { value, selectionStart, selectionEnd } = left;
    const area = document.getElementById(value ? "text" : "paste") ?? document.getElementById("paste");
    if (!area && document.getElementById("text")) left = undefined; // another text came, and takes no focus
    if (!area) return;
    if (left === early) early = undefined;
    left = undefined;
    if (document.activeElement !== document.body) return;
    const whole = area.wrap !== "off"; // of a long text the area holds what `long.js` puts into it
    if (whole) area.value = value;
    area.focus({ preventScroll: true });
    if (whole) area.setSelectionRange(selectionStart, selectionEnd);
    if (area.id === "paste") typed(area);
  }
  new MutationObserver(() => { follow(); seek(); }).observe(document, { childList: true, subtree: true });
  const typed = (area) => { if (area.value) area.dispatchEvent(new InputEvent("input", { bubbles: true })); };
  // Letters that are being composed are taken when they are whole, or the area would be gone in the middle of one.
  document.addEventListener("compositionend", ({ target }) => { if (target.id === "paste") typed(target); });
  // A search that is asked for may be rendered after the next keys. They belong to it: it takes the focus as soon as it is there,
  // and what was typed until then.
  let sought;
  function seek() {
    const field = sought !== undefined && (document.getElementById("find") ?? document.getElementById("search"));
    if (!field) return;
    const typed = sought;
    sought = undefined;
    field.focus();
    if (!typed) return;
    field.value += typed;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  addEventListener("pointerdown", () => { sought = undefined; });
  addEventListener("keydown", (event) => {
    if (sought === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    event.preventDefault();
    if (event.key === "Escape") sought = undefined;
    else if (event.key.length === 1) sought += event.key;
  }, true);
  Object.assign(page, {
    // Whether there is a search by now; one that is `coming` is waited for.
    search(coming) {
      sought = "";
      seek();
      const found = sought === undefined;
      if (!coming) sought = undefined;
      return found;
    },
    takeOver() {
      early = document.getElementById("paste");
      if (document.activeElement === early) left = early;
    },
    started() {
      for (const [name, value] of globalThis.kafkaUpgradeLook.settings) page.deliver("set", name, value, "");
      follow();
      if (early?.value) {
        page.deliver("file", "pasted", early.value, "");
        page.deliver("done", "", "", "");
      }
      early = undefined;
      begin();
    },
    keepFile(path, text, component, encoding) {
      texts.set(path, [text, component, encoding]);
    },
    keepRest(paths, others) {
      const left = paths ? paths.split("\0") : [];
      for (const path of [...texts.keys()]) if (!left.includes(path)) texts.delete(path);
      settings = others;
      soon();
    },
    // All texts as files to save, for when the shell has failed.
    saved() {
      const area = document.getElementById("text"), path = shown(area);
      if (path) texts.set(path, [area.value, "", ""]);
      return [...texts].map(([path, [text]]) => made("a", { className: "btn", download: path.split("/").pop(), textContent: saveOne(path), href: URL.createObjectURL(new Blob([text])) }));
    },
  });
})();
