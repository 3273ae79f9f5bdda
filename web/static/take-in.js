// Files and folders that are dropped, picked or pasted: found here, judged by the core. What a folder's files are read for,
// what stays aside, how bytes become text and every sentence about it is the core's, which the command shares.
(() => {
  const page = globalThis.kafkaUpgradeCheck;
  const MAX_FILES = 20000; // in one folder
  const LIMIT = 64 * 1024 * 1024 + 1; // one byte more than the core takes, which then refuses it in its words
  const QUIET = 300; // milliseconds of reading that are not shown

  const box = document.createElement("div");
  box.className = "dropping";
  box.setAttribute("role", "status");
  function show(strong, words) {
    if (box.isConnected && box.firstChild?.title === strong) return;
    const heading = document.createElement("b");
    heading.textContent = strong;
    const text = document.createElement("p");
    text.textContent = words;
    const inner = document.createElement("div");
    inner.title = strong;
    inner.append(heading, text);
    box.replaceChildren(inner);
    if (!box.isConnected) document.body.append(box);
  }
  function hide() {
    drags = false;
    box.remove();
  }
  const refuse = (sentence) => page.deliver("notice", "", sentence, "");

  async function one(path, open, ofFolder) {
    // A core that fails while it reads is started again; the bytes went with it.
    for (let tries = 0; tries < 2; tries += 1) {
      let bytes;
      try {
        bytes = await (await open()).slice(0, LIMIT).arrayBuffer();
      } catch (error) {
        return refuse(notOpened(path, error.name));
      }
      try {
        return page.receive(await page.call("take", path, bytes, ofFolder));
      } catch { /* once more */ }
    }
    return refuse(notRead(path));
  }

  // All files of a folder that was dropped, but for those in folders that stay aside.
  async function walk(folder, path, aside, found) {
    const reader = folder.createReader();
    for (;;) {
      const entries = await new Promise((then, no) => reader.readEntries(then, no));
      if (!entries.length) return;
      for (const entry of entries) {
        const name = `${path}/${entry.name}`;
        if (found.length >= MAX_FILES) throw new Error("many");
        const open = () => new Promise((then, no) => entry.file(then, no));
        if (entry.isFile) found.push([name, open]);
        else if (aside.includes(entry.name)) found.push([`${name}/.`]);
        else await walk(entry, name, aside, found);
      }
    }
  }

  async function folder(top, files, progress) {
    if (files.length >= MAX_FILES) return refuse(tooMany(top, MAX_FILES));
    const ignores = [];
    for (const [path, open] of files) {
      if (path.endsWith("/.gitignore")) {
        try {
          ignores.push(path.slice(0, -11), await (await open()).text());
        } catch { /* one that cannot be read says nothing */ }
      }
    }
    try {
      const wanted = await page.call("sift", files.map(([path]) => path).join("\0"), ignores.join("\0"));
      let done = 0;
      for (const at of wanted) {
        progress(done += 1, wanted.length);
        await one(...files[at], true);
      }
      page.receive(await page.call("folder", top));
    } catch {
      refuse(notWhole(top));
    }
  }

  // Items are files as [path, open], entries of folders, or folders with what is in them.
  async function take(items) {
    const begun = performance.now();
    const progress = (done, all) => {
      if (performance.now() - begun > QUIET) show(reading(done, all), READ_HERE);
    };
    let done = 0;
    for (const item of items) {
      done += 1;
      if (Array.isArray(item)) {
        progress(done, items.length);
        await one(...item, false);
      } else {
        const found = item.inside ?? [];
        try {
          if (!item.inside) await walk(item, item.name, (await page.call("aside")).split("\0"), found);
        } catch (error) {
          if (error.message !== "many") {
            refuse(notListed(item.name, error.name));
            continue;
          }
        }
        await folder(item.name, found, progress);
      }
    }
    hide();
    page.deliver("done", "", "", "");
  }

  const file = (one) => [one.name, async () => one];

  let drags = false;
  function hanging(event) {
    const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file").length;
    if (!items) return;
    event.preventDefault();
    show(DROP, dropping(items));
    drags = true;
  }
  document.addEventListener("dragenter", hanging);
  document.addEventListener("dragover", hanging);
  // No pointer moves while something is dragged, so what is still shown then was let go of elsewhere.
  document.addEventListener("pointermove", () => { if (drags) hide(); });
  // Leaving one element for another has the other as its target.
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) hide(); });
  document.addEventListener("drop", (event) => {
    hide();
    const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file");
    if (!items.length) return;
    event.preventDefault();
    // What is not asked for now is gone when this returns.
    take(items.flatMap((item) => {
      const entry = item.webkitGetAsEntry?.();
      if (entry?.isDirectory) return [entry];
      const one = item.getAsFile();
      return one ? [file(one)] : [];
    }));
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files.map(file));
  });
  document.addEventListener("change", ({ target }) => {
    if (target.type !== "file") return;
    const files = [...target.files];
    target.value = "";
    if (!target.webkitdirectory) return void take(files.map(file));
    // One folder is picked at a time, and each path begins with its name.
    const inside = files.map((one) => [one.webkitRelativePath, async () => one]);
    if (files.length) take([{ name: inside[0][0].split("/")[0], inside }]);
  });
})();
