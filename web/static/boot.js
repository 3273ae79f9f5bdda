// Starts the page. In a file of its own because the page's policy allows no inline script.
const tag = document.querySelector("script[data-wasm]");
try {
  const { default: init } = await import(new URL(tag.dataset.js, document.baseURI));
  await init({ module_or_path: new URL(tag.dataset.wasm, document.baseURI) });
} catch (error) {
  const text = document.createElement("p");
  text.className = "boot-failed";
  text.textContent = `The page could not start in this browser: ${error}. Nothing was sent anywhere. The command line tool, kafka-upgrade-check, does the same.`;
  document.body.append(text);
}
