// <kafka-upgrade-check>: a place to paste and the answer below it, for pages with styles of their own. Everything is checked in the
// page that it stands in, and nothing is sent. What is pasted becomes text nodes only.
import { check, init } from "./index.js";

const STYLE = `
:host { display: block; }
:host([hidden]) { display: none; }
.root { all: initial; display: block; color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; color: light-dark(#1d1d1b, #eceae4); background: light-dark(#fff, #1b1b19); border: 1px solid light-dark(#e3e2de, #33322f); border-radius: 8px; padding: 16px; overflow-wrap: anywhere; }
:host([theme="light"]) .root { color-scheme: light; }
:host([theme="dark"]) .root { color-scheme: dark; }
* { box-sizing: border-box; }
label { display: block; font-weight: 600; margin-bottom: 4px; }
textarea { width: 100%; min-height: 8em; font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; color: inherit; background: light-dark(#fbfbfa, #141413); border: 1px solid light-dark(#c9c7c0, #4b4a45); border-radius: 6px; padding: 8px; }
:focus-visible { outline: 2px solid light-dark(#0b57c2, #7db2ff); outline-offset: 2px; }
h2 { font-size: 18px; margin: 12px 0 4px; }
output { display: block; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid light-dark(#e3e2de, #33322f); padding: 8px 0; }
p { margin: 0; }
small { color: light-dark(#565550, #b5b3ab); font-size: 13px; }
.error { color: light-dark(#a8211a, #ff9b92); } .warning { color: light-dark(#7f4c00, #f0bd68); } .ok { color: light-dark(#1d6b3a, #86d39f); }
`;
const VERDICTS = { blocked: ["error", "Not ready for"], "action-needed": ["warning", "Almost ready for"], review: ["ok", "Ready for"], ready: ["ok", "Ready for"] };
const SIGNS = { error: "✕", warning: "▲", info: "●" };
const SHOWN = 50; // findings
const PAUSE = 200; // milliseconds after the last letter

function element(name, into, text = "", properties = {}) {
  const made = Object.assign(document.createElement(name), { textContent: text, ...properties });
  into.append(made);
  return made;
}

export class KafkaUpgradeCheck extends HTMLElement {
  static observedAttributes = ["to", "from", "mode", "component", "have", "file", "label"];

  #text;
  #label;
  #answer;
  #waiting;
  #shadow = this.attachShadow({ mode: "open", delegatesFocus: true });

  connectedCallback() {
    if (!this.#text) {
      element("style", this.#shadow, STYLE);
      // The host's own styles may reach this element, and what it inherits; they end at its root.
      const root = element("div", this.#shadow, "", { className: "root" });
      this.#label = element("label", root);
      this.#text = element("textarea", root, "", { id: "text", spellcheck: false, value: this.textContent.trim() });
      this.#label.htmlFor = "text";
      this.#answer = element("output", root);
      this.#answer.setAttribute("aria-live", "polite");
      this.#text.addEventListener("input", () => this.#later());
    }
    this.#later(0);
  }

  disconnectedCallback() {
    clearTimeout(this.#waiting);
  }

  attributeChangedCallback() {
    if (this.#text) this.#later(0);
  }

  /** The text that is checked. */
  get value() {
    return this.#text?.value ?? this.textContent.trim();
  }

  set value(text) {
    if (this.#text) this.#text.value = text;
    else this.textContent = text;
    this.#later(0);
  }

  #later(pause = PAUSE) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#check(), pause);
  }

  async #check() {
    this.#label.textContent = this.getAttribute("label") ?? "Paste Kafka configuration";
    try {
      await init();
      const given = (name) => this.getAttribute(name) || undefined;
      const have = given("have");
      if (!this.value && !have) {
        this.#answer.replaceChildren();
        return;
      }
      const files = this.value ? [{ path: given("file") ?? "pasted", text: this.value }] : [];
      const report = check({ to: given("to"), from: given("from"), mode: given("mode"), component: given("component"), have: have ? [have] : [], files });
      this.#show(report);
      this.dispatchEvent(new CustomEvent("report", { detail: report, bubbles: true, composed: true }));
    } catch (error) {
      this.#answer.replaceChildren();
      element("p", this.#answer, `Not checked: ${error.message}`, { className: "error" });
      this.dispatchEvent(new CustomEvent("failed", { detail: error }));
    }
  }

  #show(report) {
    this.#answer.replaceChildren();
    const [tone, verdict] = VERDICTS[report.verdict] ?? ["", "No verdict yet for"];
    element("h2", this.#answer, `${verdict} ${report.path.to}`, { className: tone });
    const list = element("ul", this.#answer);
    const rank = Object.keys(SIGNS);
    const findings = report.findings.toSorted((one, next) => rank.indexOf(one.severity) - rank.indexOf(next.severity));
    for (const finding of findings.slice(0, SHOWN)) {
      const item = element("li", list);
      const line = element("p", item);
      element("b", line, `${SIGNS[finding.severity]} `, { className: finding.severity });
      line.append(finding.message.replaceAll("`", ""));
      element("p", item, finding.do.replaceAll("`", ""));
      if (finding.line) element("small", item, `line ${finding.line}`);
    }
    if (findings.length > SHOWN) element("li", list, `and ${findings.length - SHOWN} more`);
    if (!findings.length) element("li", list, "Nothing was found.");
  }
}

customElements.get("kafka-upgrade-check") ?? customElements.define("kafka-upgrade-check", KafkaUpgradeCheck);
