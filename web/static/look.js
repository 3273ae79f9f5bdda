// How the page looks, before anything is painted: the theme, and what the frame of another page asks for in the address.
// The host of a frame gets the page's height, and may give colours, by one port that it hands over once; nothing else is
// ever said to it, above all nothing that was pasted.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const THEME = "kafka-upgrade-check.theme";
  const COLOURS = { accent: "--accent", background: "--bg", panel: "--panel", text: "--ink", line: "--line" };
  const PARTS = ["path", "verdict", "tabs", "stops", "matrix", "findings", "text", "paste", "examples"]; // embed.css hides them
  const embedded = asked.has("embed");

  function kept() {
    try { return localStorage.getItem(THEME); } catch { return null; }
  }

  let theme = asked.get("theme") ?? kept();
  function paint(name) {
    theme = ["light", "dark"].includes(name) ? name : "system";
    root.style.colorScheme = theme === "system" ? "" : theme;
  }
  paint(theme);

  // Black or white, whichever is easier to read on a colour.
  function ink(colour) {
    const probe = root.appendChild(document.createElement("i"));
    probe.style.color = colour;
    const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
    probe.remove();
    return 0.299 * red + 0.587 * green + 0.114 * blue > 150 ? "#000" : "#fff";
  }
  function colour(name, value) {
    if (!(name in COLOURS) || typeof value !== "string" || !CSS.supports("color", value)) return;
    root.style.setProperty(COLOURS[name], value);
    if (name === "accent") root.style.setProperty("--accent-ink", ink(value));
  }
  for (const name of Object.keys(COLOURS)) colour(name, asked.get(name));

  if (embedded) root.dataset.embed = "";
  const shown = embedded && asked.get("show")?.split(/[ ,]+/).filter((part) => PARTS.includes(part));
  if (shown?.length) root.dataset.hide = PARTS.filter((part) => !shown.includes(part)).join(" ");

  // What the shell is set to when it starts; what is pasted comes from nobody but the reader.
  const SETTINGS = { from: /^\d+(\.\d+){1,2}$/, to: /^\d+(\.\d+){1,2}$/, mode: /^(zookeeper|kraft)$/, platform: /^[a-z-]+$/, have: /./ };
  globalThis.kafkaUpgradeLook = {
    settings: Object.entries(SETTINGS).map(([name, shape]) => [name, asked.get(name)?.match(shape)?.input]).filter(([, value]) => value),
    theme: () => theme,
  };

  addEventListener("change", ({ target }) => {
    if (target.id !== "theme") return;
    paint(target.value);
    try {
      if (theme === "system") localStorage.removeItem(THEME);
      else localStorage.setItem(THEME, theme);
    } catch { /* it lasts as long as the page */ }
  });

  if (!embedded || parent === window) return;
  let port;
  addEventListener("message", ({ source, data, ports }) => {
    // A sandboxed page's origin is `null`, so the window that frames this one is what counts.
    if (port || source !== parent || data !== "kafka-upgrade-check" || ports.length !== 1) return;
    [port] = ports;
    port.onmessage = ({ data }) => {
      if (typeof data?.theme === "string") paint(data.theme);
      for (const [name, value] of Object.entries(data?.colours ?? {})) colour(name, value);
    };
    let height;
    new ResizeObserver(() => {
      const now = Math.ceil(document.body.getBoundingClientRect().height);
      if (now !== height) port.postMessage({ height: (height = now) });
    }).observe(document.body);
  });
  addEventListener("DOMContentLoaded", () => {
    // A frame without an origin opens no window.
    if (window.origin === "null") return;
    const whole = new URL(location.href);
    for (const name of ["embed", "show", "theme", ...Object.keys(COLOURS)]) whole.searchParams.delete(name);
    const foot = document.createElement("footer");
    foot.className = "embed-foot";
    foot.append(Object.assign(document.createElement("a"), { href: whole.href, target: "_blank", rel: "noopener", textContent: globalThis.kafkaUpgradeTexts.full }));
    document.body.append(foot);
  });
})();
