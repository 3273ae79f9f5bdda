// What is shown when the page cannot start, or its shell fails. A classic script, since modules may be what a place refuses.
globalThis.kafkaUpgradeFail = (() => {
  const FILE = "kafka-upgrade-check.html";
  function show(...inside) {
    const box = document.createElement("section");
    box.className = "boot-failed";
    box.setAttribute("role", "alert");
    box.setAttribute("aria-label", FAILED);
    box.append(...inside);
    document.body.prepend(box);
  }
  function paragraph(...words) {
    const text = document.createElement("p");
    text.append(...words);
    return text;
  }
  function start(error) {
    document.querySelector(".late")?.remove();
    const reason = notStarted(error);
    // The one file has nothing to load; where it failed itself, the command is left.
    if (!document.querySelector("script[data-wasm]")) return show(paragraph(reason, COMMAND));
    const link = Object.assign(document.createElement("a"), { href: FILE, textContent: FILE });
    show(paragraph(reason, ONE_FILE[0], link, ONE_FILE[1]));
  }
  // Where memory ends or a stack overflows, it is no RuntimeError in every browser.
  function stopped(error) {
    const kinds = [WebAssembly.RuntimeError, RangeError, globalThis.InternalError];
    if (!kinds.some((kind) => kind && error instanceof kind) || document.querySelector(".boot-failed")) return;
    const row = document.createElement("p");
    row.className = "row";
    row.append(...kafkaUpgradeCheck.saved());
    show(paragraph(FAILED_SAVE), row);
  }
  addEventListener("error", (event) => stopped(event.error));
  addEventListener("unhandledrejection", (event) => stopped(event.reason));
  // No module is loaded from a disk.
  if (location.protocol === "file:" && document.querySelector("script[data-wasm]")) start(FROM_DISK);
  return { start };
})();
