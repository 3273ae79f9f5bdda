// What is shown when the page cannot start, or its shell fails. A classic script, since modules may be what a place refuses.
globalThis.kafkaUpgradeFail = (() => {
  const FILE = "kafka-upgrade-check.html";
  function show(...inside) {
    const box = document.createElement("section");
    box.className = "boot-failed";
    box.setAttribute("role", "alert");
    box.setAttribute("aria-label", "The page has failed");
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
    const reason = `The page could not start in this browser: ${error}. Nothing was sent anywhere.`;
    // The one file has nothing to load; where it failed itself, the command is left.
    if (!document.querySelector("script[data-wasm]")) return show(paragraph(`${reason} The command, kafka-upgrade-check, does the same.`));
    const link = Object.assign(document.createElement("a"), { href: FILE, textContent: FILE });
    show(paragraph(`${reason} The page as one file, `, link, ", needs no server and starts from a disk; the command, kafka-upgrade-check, does the same."));
  }
  // Where memory ends or a stack overflows, it is no RuntimeError in every browser.
  function stopped(error) {
    const kinds = [WebAssembly.RuntimeError, RangeError, globalThis.InternalError];
    if (!kinds.some((kind) => kind && error instanceof kind) || document.querySelector(".boot-failed")) return;
    const row = document.createElement("p");
    row.className = "row";
    row.append(...kafkaUpgradeCheck.saved());
    show(paragraph("The page has failed and stands still. Your texts are kept: save them, then reload the page. Nothing was sent anywhere."), row);
  }
  addEventListener("error", (event) => stopped(event.error));
  addEventListener("unhandledrejection", (event) => stopped(event.reason));
  // No module is loaded from a disk.
  if (location.protocol === "file:" && document.querySelector("script[data-wasm]")) start("browsers load its parts from a server only");
  return { start };
})();
