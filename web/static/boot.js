// Starts the page, and says so when its core fails: the text area is the browser's own and keeps its text. In a file of its own because the page's policy allows no inline script.
function say(words) {
  const text = document.createElement("p");
  text.className = "boot-failed";
  text.setAttribute("role", "alert");
  text.textContent = words;
  document.body.prepend(text);
}

function failed(error) {
  if (!(error instanceof WebAssembly.RuntimeError) || document.querySelector(".boot-failed")) return;
  say("The check has failed and stands still. Your text is still in its box: copy it, then reload the page. Nothing was sent anywhere.");
}
addEventListener("error", (event) => failed(event.error));
addEventListener("unhandledrejection", (event) => failed(event.reason));

const tag = document.querySelector("script[data-wasm]");
try {
  const { default: init } = await import(new URL(tag.dataset.js, document.baseURI));
  await init({ module_or_path: new URL(tag.dataset.wasm, document.baseURI) });
} catch (error) {
  say(`The page could not start in this browser: ${error}. Nothing was sent anywhere. The command line tool, kafka-upgrade-check, does the same.`);
}
