// The text area of a long text. It holds the lines in sight and some around them, over the lines that the shell renders, since a
// browser lays all of an area out with each key. The text itself is the shell's, which gives and takes lines by their numbers
// (from 0). Selections that reach beyond what is in sight make the area longer; when everything is selected it need not be.
// What the browser's own undo and search cannot know, because it was taken out of the area, is here as well.
(() => {
  const page = globalThis.kafkaUpgradeCheck;
  const AROUND = 100; // lines before and behind those in sight
  const ROW = 22; // pixels; `--row` in the style sheet
  const TYPING = 1000; // milliseconds between keys that are undone together
  const UNDOS = 1000; // that can be taken back, and in letters
  const UNDO_LETTERS = 50_000_000;
  let area, give, take; // the shell's: lines from one to another as text; replace such lines
  let first = 0, value = "", total = 0;
  // Selection by line and column; `away` while it is not in the area.
  let start = [0, 0], end = [0, 0], direction = "none", away = false, all = false, set;
  let done = [], undone = [], composing = false, typed = 0;

  const count = (text) => {
    let lines = 1;
    for (let at = -1; (at = text.indexOf("\n", at + 1)) >= 0;) lines += 1;
    return lines;
  };
  const before = (one, other) => one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
  const isEmpty = () => start[0] === end[0] && start[1] === end[1];

  function place(offset) {
    const text = area.value.slice(0, offset);
    return [first + count(text) - 1, offset - text.lastIndexOf("\n") - 1];
  }
  function offset([line, column]) {
    let at = 0;
    for (let left = line - first; left > 0; left -= 1) {
      const next = value.indexOf("\n", at);
      if (next < 0) return value.length;
      at = next + 1;
    }
    const next = value.indexOf("\n", at);
    return Math.min(at + column, next < 0 ? value.length : next);
  }
  function remember() {
    start = place(area.selectionStart);
    end = place(area.selectionEnd);
    direction = area.selectionDirection;
    away = all = false;
  }
  // The browser reports a selection later than it changes.
  function look() {
    if (area && !away && !all && document.activeElement === area) remember();
  }
  // Selects in the area what is selected in the text, as far as it is there.
  function select() {
    const last = first + count(value);
    away = !all && (start[0] < first || end[0] >= last);
    if (all) area.select();
    else if (!away) area.setSelectionRange(offset(start), offset(end), direction);
    // Out of sight, on the side where it is.
    else area.setSelectionRange(...(start[0] < first ? [0, 0] : [value.length, value.length]));
    set = [area.selectionStart, area.selectionEnd];
  }
  function fit() {
    area.style.top = `${6 + first * ROW}px`;
    area.style.height = `${count(value) * ROW}px`;
  }
  // Fills the area with lines, and those between them and the selection.
  function fill(from, to) {
    if (composing) return;
    if (!all && !isEmpty()) [from, to] = [Math.min(from, start[0]), Math.max(to, end[0] + 1)];
    first = Math.max(0, from);
    value = give(first, to);
    if (area.value !== value) area.value = value;
    fit();
    select();
  }
  // Brings the selection into the area, and its moving end into sight.
  function bring() {
    const [line] = direction === "backward" ? start : end;
    fill(line - AROUND, line + AROUND);
    const code = document.getElementById("code"), top = line * ROW;
    if (top < code.scrollTop || top + 2 * ROW > code.scrollTop + code.clientHeight) code.scrollTop = top - code.clientHeight / 3;
  }
  function go(from, to = from) {
    [start, end, direction, all] = [from, to, "none", false];
    bring();
    area.focus({ preventScroll: true });
    select();
  }

  function replace(line, old, now) {
    take(line, line + count(old), now);
    total += count(now) - count(old);
  }
  function note(entry) {
    const same = done.at(-1), one = count(entry.old) === 1 && count(entry.now) === 1, soon = Date.now() - typed < TYPING;
    typed = Date.now();
    if (one && soon && same?.one && same.line === entry.line && same.now === entry.old && !/\s$/.test(entry.typed)) {
      same.now = entry.now;
      same.after = entry.after;
    } else {
      keep({ ...entry, one });
    }
    undone = [];
  }
  // Adds what can be taken back, and lets go of the oldest; the newest stays however long it is.
  function keep(entry) {
    done.push(entry);
    let letters = 0, kept = 0;
    for (let at = done.length - 1; at >= 0 && kept < UNDOS; at -= 1, kept += 1) {
      letters += done[at].old.length + done[at].now.length;
      if (letters > UNDO_LETTERS && kept > 0) break;
    }
    done.splice(0, done.length - kept);
  }
  // Takes back what was done last, or does it again.
  function turn(from, to, old, now, caret) {
    const entry = from.pop();
    if (!entry) return;
    to.push(entry);
    entry.one = false;
    replace(entry.line, entry[old], entry[now]);
    go(entry[caret]);
  }
  const undo = () => turn(done, undone, "now", "old", "before");
  const redo = () => turn(undone, done, "old", "now", "after");

  // What differs between two texts: whole lines, and from which line on.
  function difference(old, now) {
    const least = Math.min(old.length, now.length);
    let head = 0, tail = 0;
    while (head < least && old[head] === now[head]) head += 1;
    while (tail < least - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    const typed = now.slice(head, now.length - tail);
    head = head && old.lastIndexOf("\n", head - 1) + 1;
    const rest = old.indexOf("\n", old.length - tail);
    tail = rest < 0 ? 0 : old.length - rest;
    return { line: first + count(old.slice(0, head)) - 1, old: old.slice(head, old.length - tail), now: now.slice(head, now.length - tail), typed };
  }
  function oninput() {
    const caret = start, now = area.value;
    mark();
    if (all) first = 0;
    const change = all ? { line: 0, old: give(0, total), now, typed: "" } : difference(value, now);
    value = now;
    remember();
    note({ ...change, before: caret, after: end });
    replace(change.line, change.old, change.now);
    // What was pasted may be long itself.
    if (count(value) > 6 * AROUND) fill(end[0] - AROUND, end[0] + AROUND);
    else fit();
  }

  // Selects what is searched for behind the selection, or from the top; the number of its line, or nothing.
  function find(query) {
    if (!query) return undefined;
    look();
    const text = give(0, total);
    const search = new RegExp(query.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "giu");
    // Behind what is selected, and then from the top.
    let at = 0;
    for (let left = end[0]; left > 0; left -= 1) at = text.indexOf("\n", at) + 1;
    search.lastIndex = at + end[1];
    const found = search.exec(text) ?? (search.lastIndex = 0, search.exec(text));
    if (!found) return undefined;
    const where = (offset) => {
      const head = text.slice(0, offset);
      return [count(head) - 1, offset - head.lastIndexOf("\n") - 1];
    };
    [start, end, direction, all] = [where(found.index), where(found.index + found[0].length), "none", false];
    bring();
    return start[0] + 1;
  }

  const KEYS = {
    z: (event) => (event.shiftKey ? redo() : undo()),
    y: redo,
    a: () => { all = true; area.select(); set = [area.selectionStart, area.selectionEnd]; },
    home: (event) => edge(event, [0, 0]),
    end: (event) => edge(event, last()),
  };
  const last = () => [total - 1, give(total - 1, total).length];
  function edge({ shiftKey }, to) {
    if (!shiftKey) return go(to);
    look();
    const fixed = direction === "backward" ? end : start;
    const back = before(to, fixed);
    [start, end, direction, all] = back ? [to, fixed, "backward", false] : [fixed, to, "forward", false];
    bring();
  }
  // A screenful up or down, as the browser would do it in an area that is no higher than what is seen of it.
  function leaf(event, by) {
    look();
    const code = document.getElementById("code");
    const [line, column] = direction === "backward" ? start : end;
    const rows = by * Math.max(1, Math.floor(code.clientHeight / ROW) - 1);
    const to = Math.min(Math.max(line + rows, 0), total - 1);
    code.scrollTop += rows * ROW;
    edge(event, [to, Math.min(column, give(to, to + 1).length)]);
  }
  const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "CapsLock"];
  const listeners = {
    input: oninput,
    compositionstart() { composing = true; },
    compositionend() { composing = false; },
    beforeinput(event) {
      const turn = { historyUndo: undo, historyRedo: redo }[event.inputType];
      if (turn) {
        event.preventDefault();
        turn();
      } else if (away) bring();
    },
    keydown(event) {
      const key = event.key.toLowerCase();
      const act = (event.ctrlKey || event.metaKey) && !event.altKey && KEYS[event.metaKey && key === "arrowup" ? "home" : event.metaKey && key === "arrowdown" ? "end" : key];
      if (act) {
        event.preventDefault();
        act(event);
      } else if (all && /^(arrow|page|home$|end$)/.test(key)) {
        event.preventDefault();
        go(/left|up|home/.test(key) ? [0, 0] : last());
      } else if (/^page(up|down)$/.test(key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        leaf(event, key === "pageup" ? -1 : 1);
      } else if (away && !MODIFIERS.includes(event.key) && !event.ctrlKey && !event.metaKey) bring();
    },
    pointerdown({ shiftKey }) {
      if (!away) return;
      if (shiftKey) {
        const [from, to] = [first, first + count(value)];
        fill(Math.min(from, start[0]), Math.max(to, end[0] + 1));
      }
      away = false;
    },
    pointerup({ button }) { if (button === 0) remember(); },
    copy(event) { taken(event); },
    cut(event) {
      if (!taken(event)) return;
      area.select();
      document.execCommand("delete");
    },
  };
  function taken(event) {
    if (!all) return false;
    event.preventDefault();
    event.clipboardData.setData("text/plain", give(0, total));
    return true;
  }
  document.addEventListener("selectionchange", () => {
    if (!area || document.activeElement !== area) return;
    // An event of what was set here says nothing new.
    if ((away || all) && area.selectionStart === set[0] && area.selectionEnd === set[1]) return;
    remember();
  });

  page.long = {
    // A text becomes long, or a long one is shown; what is selected in the area stays so.
    begin(field, lines, replaced, from, to, of) {
      if (area) this.close();
      // What was typed before the text was there, which is behind it then.
      const early = count(field.value) < of / 2 && field.value;
      if (early) field.value = "";
      [area, give, take, total] = [field, lines, replaced, of];
      [first, value, done, undone, all, composing] = [0, area.value, [], [], false, false];
      remember();
      for (const [name, listener] of Object.entries(listeners)) area.addEventListener(name, listener);
      fill(from, to);
      if (early) document.execCommand("insertText", false, early);
    },
    close() {
      if (!area) return;
      for (const [name, listener] of Object.entries(listeners)) area.removeEventListener(name, listener);
      area.style.top = area.style.height = "";
      area = undefined;
    },
    // Other lines are in sight.
    show(from, to) {
      look();
      fill(from, to);
    },
    // Lines were changed by somebody else.
    changed(line, old, now, of) {
      total = of;
      look();
      keep({ line, old, now, before: [line, 0], after: [line, 0] });
      undone = [];
      const moved = count(now) - count(old);
      for (const one of [start, end]) if (one[0] >= line + count(old)) one[0] += moved;
      fill(first, first + count(value) + moved);
    },
    // The caret at the end of a line.
    edit(line) { go([line, give(line, line + 1).length]); },
  };

  // The field for searching a long text, most of which the browser's own search does not see.
  class Find extends HTMLElement {
    connectedCallback() {
      const field = Object.assign(document.createElement("input"), { type: "search", placeholder: FIND, className: "find" });
      field.setAttribute("aria-label", FIND);
      const status = Object.assign(document.createElement("output"), { className: "faint" });
      field.onkeydown = (event) => {
        if (event.key === "Escape" && area && field.value) {
          event.stopPropagation();
          go(start, end);
        }
        if (event.key !== "Enter" || !area) return;
        const line = find(field.value);
        status.textContent = line ? atLine(line) : NOT_FOUND;
        mark(line);
      };
      field.oninput = () => { status.textContent = ""; mark(); };
      this.replaceChildren(field, status);
    }
    disconnectedCallback() { mark(); }
  }
  customElements.define("find-text", Find);
  // An area without the focus does not show what is selected in it, so the line is marked.
  const found = Object.assign(document.createElement("div"), { className: "found" });
  function mark(line) {
    found.remove();
    if (!line || !area) return;
    found.style.top = `${6 + (line - 1) * ROW}px`;
    area.before(found);
  }
  addEventListener("keydown", (event) => {
    const field = document.querySelector("find-text input");
    if (!field || event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    // Once more, and it is the browser's.
    if (document.activeElement === field || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
