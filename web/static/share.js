// Links that carry an answer, or an answer with its files, behind the # of the page's address: no request has that part. Plain, for
// the site and the one file alike. A link is `#1`, then `a` (an answer, as the Markdown that the export has) or `t` (texts: a
// JSON list, see `fields`), then deflated UTF-8 in base 64 for addresses. Both stay readable for ever: another form gets another number.
// Whatever a link holds is somebody else's: how much it may become is bounded, and it becomes text nodes, never markup.
globalThis.kafkaUpgradeShare = (() => {
  const LINK = /^#1([at])([\w-]+)$/;
  const NEWER = /^#\d{1,3}[a-z][\w-]{16,}$/; // a form that is not known here
  const MOST_SIGNS = 1_000_000; // of a link; browsers take up to two million
  const MANY_SIGNS = 8_000; // that some programs cut
  const MOST_BYTES = { a: 1 << 20, t: 16 << 20 }; // inflated
  const MOST_LINES = 20_000; // of an answer that are shown
  const MOST_LINE = 20_000; // signs of a line that are looked at for marks
  const DEEPEST = 12; // signs that a list is indented by
  let receive, waiting;

  // Why a link is not opened, in words for its reader.
  class Refused extends Error {}

  async function through(bytes, transform, most) {
    const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
    const parts = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > most) {
        await reader.cancel();
        throw new Refused(linkTooLarge(most >> 20));
      }
      parts.push(value);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  async function pack(kind, text) {
    const packed = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"), Infinity);
    let signs = "";
    for (let at = 0; at < packed.length; at += 8192) signs += String.fromCharCode(...packed.subarray(at, at + 8192));
    return `#1${kind}${btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
  }

  async function unpack(kind, signs) {
    if (signs.length > MOST_SIGNS) throw new Refused(LINK_LONG);
    try {
      const packed = Uint8Array.from(atob(signs.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
      const bytes = await through(packed, new DecompressionStream("deflate-raw"), MOST_BYTES[kind]);
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (error) {
      // The browser's own words are about its functions.
      throw error instanceof Refused ? error : new Refused(LINK_BROKEN);
    }
  }

  // Release to get to, release that runs, mode, what runs (a line each); then path, component, encoding and text of each file.
  function fields(text) {
    let list;
    try {
      list = JSON.parse(text);
    } catch {
      throw new Refused(LINK_STRANGE);
    }
    if (!Array.isArray(list) || list.length % 4 || list.length > 20_000 || !list.every((one) => typeof one === "string")) throw new Refused(LINK_STRANGE);
    return list;
  }

  // Takes what the address holds out of it, so that it is in no history and no screenshot.
  async function open() {
    const [, kind, signs] = LINK.exec(location.hash) ?? [];
    if (!kind && !NEWER.test(location.hash)) return;
    try {
      history.replaceState(null, "", location.pathname + location.search);
    } catch {
      location.hash = "";
    }
    try {
      if (!kind) throw new Refused(LINK_NEWER);
      const text = await unpack(kind, signs);
      if (kind === "a") show(text);
      else deliver(fields(text));
    } catch (error) {
      deliver([linkNotRead(error.message)]);
    }
  }

  function deliver(list) {
    if (receive) receive(list);
    else waiting = list;
  }

  function element(name, into, text = "", properties = {}) {
    const made = Object.assign(document.createElement(name), { textContent: text, ...properties });
    into.append(made);
    return made;
  }

  // An answer that somebody shared, as it came.
  function show(markdown) {
    // Beside the body, which the page empties when it begins.
    const dialog = element("dialog", document.documentElement, "", { className: "shared" });
    dialog.setAttribute("aria-label", SHARED);
    element("p", dialog, SHARED_ABOUT, { className: "faint" });
    const article = element("article", dialog);
    element("button", element("p", dialog), SHARED_CLOSE, { className: "btn primary" }).onclick = () => dialog.close();
    dialog.onclose = () => dialog.remove();
    blocks(markdown.split("\n", MOST_LINES), article);
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  // The Markdown that the export writes: headings, lists, tables, blocks of code.
  function blocks(lines, article) {
    let open = [];
    for (let at = 0; at < lines.length; at++) {
      const [, indent, line] = /^( *)(.*)$/.exec(lines[at]);
      if (!line) continue;
      const deep = Math.min(indent.length, DEEPEST);
      open = open.filter(({ from }) => from <= deep);
      const into = open.at(-1)?.item ?? article;
      const fence = /^`{3,}$/.exec(line)?.[0];
      const heading = /^(#{1,3}) /.exec(line)?.[1];
      if (fence) {
        const code = [];
        while (++at < lines.length && lines[at].trim() !== fence) code.push(lines[at].slice(indent.length));
        element("pre", into, code.join("\n")).tabIndex = 0;
      } else if (heading) {
        inline(line.slice(heading.length + 1), element(`h${heading.length}`, into));
      } else if (line.startsWith("- ")) {
        const list = into.lastElementChild?.localName === "ul" ? into.lastElementChild : element("ul", into);
        const item = element("li", list);
        inline(line.slice(2).replace(/^\[ \]/, "☐").replace(/^\[x\]/, "☑"), item);
        open.push({ from: deep + 2, item });
      } else if (line.startsWith("|")) {
        if (/^\|[-|]+$/.test(line)) continue;
        const table = into.lastElementChild?.localName === "table" ? into.lastElementChild : element("table", into);
        const row = element("tr", table);
        for (const cell of line.slice(0, MOST_LINE).replace(/^\||\|$/g, "").split(/(?<!\\)\|/)) inline(cell.trim(), element(table.rows.length > 1 ? "td" : "th", row));
      } else {
        inline(line, element("p", into));
      }
    }
  }

  // Code, strong text, links to https, escapes. Everything is passed once: what has no end is looked for once.
  function inline(text, into) {
    const token = /`+|\*\*|\[(?:\\.|[^\]\\]){0,200}\]\(https:\/\/[^\s()]{1,500}\)|\\[^\w\s]|&amp;/g;
    const line = text.slice(0, MOST_LINE);
    const endless = new Set();
    let plain = "";
    let target = into;
    const flush = () => {
      if (plain) target.append(plain);
      plain = "";
    };
    let at = 0;
    for (let found; (found = token.exec(line)); at = token.lastIndex) {
      plain += line.slice(at, found.index);
      const [sign] = found;
      if (sign[0] === "`") {
        const end = endless.has(sign) ? -1 : line.indexOf(sign, token.lastIndex);
        if (end < 0) {
          endless.add(sign);
          plain += sign;
          continue;
        }
        flush();
        element("code", target, line.slice(token.lastIndex, end).replace(/^ (.*`.*) $/, "$1"));
        token.lastIndex = end + sign.length;
      } else if (sign === "**") {
        flush();
        target = target === into ? element("b", into) : into;
      } else if (sign[0] === "[") {
        flush();
        const [, title, href] = /^\[(.*)\]\((.*)\)$/.exec(sign);
        element("a", target, title.replace(/\\(.)/g, "$1"), { href, target: "_blank", rel: "noopener noreferrer" });
      } else {
        plain += sign === "&amp;" ? "&" : sign.slice(1);
      }
    }
    plain += text.slice(at);
    flush();
  }

  function copy(text, beside) {
    const area = element("textarea", beside, "", { value: text, className: "visually-hidden" });
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }

  // The text where it can be copied by hand, since the browser did not copy it.
  function hold(text, beside) {
    const area = beside.querySelector("textarea") ?? element("textarea", beside, "", { readOnly: true, className: "byhand" });
    area.setAttribute("aria-label", BY_HAND);
    area.value = text;
    area.focus();
    area.select();
  }

  // Fills `into` with a link of each kind, its size first; nothing of it is in the address of this page. A page without an
  // address that others can open (from a disk, or written into a frame) has what a link would carry behind it.
  async function offer(into, markdown, list) {
    into.replaceChildren();
    const page = location.protocol.startsWith("http") ? location.origin + location.pathname : "";
    const word = page ? COPY_LINK : COPY_TEXT;
    if (!page) element("span", element("li", into), NO_ADDRESS);
    if (window.origin === "null" && parent !== window) element("span", element("li", into), IN_FRAME);
    for (const [kind, [title, about], text] of [
      ["a", LINK_ANSWER, markdown],
      ["t", LINK_FILES, JSON.stringify(list)],
    ]) {
      const row = element("li", into);
      const words = element("span", row, title);
      const size = element("small", words, "…");
      const button = element("button", row, word, { className: "btn", id: `share-${kind}`, disabled: true });
      try {
        const link = page + (await pack(kind, text));
        const long = link.length > MOST_SIGNS ? TOO_LONG : link.length > MANY_SIGNS ? QUITE_LONG : "";
        size.textContent = linkSize(about, link.length) + long;
        button.disabled = link.length > MOST_SIGNS;
        button.onclick = () => {
          const copied = copy(link, row);
          button.textContent = copied ? COPIED : NOT_COPIED;
          if (copied) button.focus();
          else hold(link, row);
          setTimeout(() => { button.textContent = word; }, 2000);
        };
      } catch (error) {
        size.textContent = linkFailed(error.message);
      }
    }
  }

  addEventListener("hashchange", open);
  open();
  return {
    offer,
    hold,
    // Calls `then` with the fields of a link that was opened, or with one sentence that explains why it was not.
    received(then) {
      receive = then;
      if (waiting) receive(waiting);
      waiting = undefined;
    },
  };
})();
