//! The reader's text is theirs: typed early, reloaded, in two tabs, and when something fails.

use std::fs;
use std::path::PathBuf;

use acceptance::browser::Page;
use xtask::site::Site;

use crate::{BROKER, CORE_IS_THERE, Open, copied, finding, shows};

/// Switches keeping on.
pub(crate) fn keep(open: &Page) {
    open.click("#promise").unwrap();
    open.click("dialog kept-texts input").unwrap();
    open.wait_for("document.querySelector('dialog .forget')").unwrap();
    open.press("Escape").unwrap();
}

/// Holds if the browser keeps records of this many texts, sorted, such as `1 3`; empty: nothing is kept. Has to be
/// waited for, since each change is copied and written a moment later.
pub(crate) fn kept(counts: &str) -> String {
    format!("{LOOK}, window.__counts === '{counts}')")
}

/// Holds when a text that is kept begins so.
pub(crate) fn kept_text(start: &str) -> String {
    format!("{LOOK}, window.__texts?.some((text) => text.startsWith({})))", serde_json::json!(start))
}

const LOOK: &str = "(window.__look ??= setInterval(() => {
        const opening = indexedDB.open('kafka-upgrade-check', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('texts', {keyPath: 'id'});
        opening.onsuccess = () => { const database = opening.result;
            const all = database.transaction('texts').objectStore('texts').getAll();
            all.onsuccess = () => { database.close();
                window.__texts = all.result.flatMap(({files}) => files.map(([, [text]]) => text));
                window.__counts = all.result.map(({files}) => files.length).sort().join(' '); }; };
    }, 50)";

/// Waits until a copy of what is on the page would have been taken and written, if anything were.
pub(crate) fn until_a_copy_would_be_kept(page: &Page) {
    // The copy is a timer, and the writing another one that begins with it; these run behind both.
    page.answer("setTimeout(() => setTimeout(() => setTimeout(arguments[0], 500, 1), 500), 500)").unwrap();
}

#[test]
fn nothing_is_kept_until_the_reader_says_so_and_then_it_is_back_after_a_reload() {
    let open = Open::with(BROKER);
    open.wait_for("document.querySelector('.finding')").unwrap();
    until_a_copy_would_be_kept(&open);
    open.reload().unwrap();
    open.wait_for(CORE_IS_THERE).unwrap();
    open.wait_for("document.querySelector('kept-texts input')").unwrap();
    assert_eq!(open.ask("document.querySelector('kept-texts input').checked").unwrap(), false);
    open.wait_for(&kept("")).unwrap();
    open.paste("#paste", BROKER).unwrap();
    open.wait_for("document.querySelector('#text')").unwrap();
    keep(&open);
    open.wait_for(&kept("1")).unwrap();
    open.reload().unwrap();
    shows(&open, BROKER);
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    // What is typed afterwards is kept as well.
    open.ask("document.querySelector('#text').focus()").unwrap();
    open.ask("document.querySelector('#text').setSelectionRange(0, 0)").unwrap();
    open.press("#").unwrap();
    open.wait_for("document.querySelector('#text').value.startsWith('##')").unwrap();
    open.wait_for(&kept_text("##")).unwrap();
    open.reload().unwrap();
    shows(&open, &format!("#{BROKER}"));
}

#[test]
fn what_is_typed_right_before_the_page_is_hidden_is_kept() {
    let open = Open::with(BROKER);
    keep(&open);
    open.wait_for(&kept("1")).unwrap();
    // No timer is left that would keep it a moment later.
    open.ask(
        "(() => { window.setTimeout = () => 0;
            const area = document.querySelector('#text');
            area.value = `broker.rack=late\n${area.value}`;
            area.dispatchEvent(new InputEvent('input', {bubbles: true}));
            Object.defineProperty(document, 'hidden', {value: true});
            document.dispatchEvent(new Event('visibilitychange')); })()",
    )
    .unwrap();
    open.wait_for(&kept_text("broker.rack=late")).unwrap();
    open.wait_for(&kept("1")).unwrap();
}

#[test]
fn forget_everything_leaves_nothing_in_any_tab() {
    let open = Open::with(BROKER);
    keep(&open);
    open.click("#tab-plan").unwrap();
    open.click("#promise").unwrap();
    open.click("dialog .forget").unwrap();
    open.wait_for("document.querySelector('dialog kept-texts').innerText.includes('Forgotten')").unwrap();
    until_a_copy_would_be_kept(&open);
    open.wait_for(&kept("")).unwrap();
    assert_eq!(open.ask("localStorage.length").unwrap(), 0);
    open.reload().unwrap();
    open.wait_for("document.querySelector('#paste')").unwrap();
    open.wait_for("document.querySelector('kept-texts input')").unwrap();
    assert_eq!(open.ask("document.querySelector('kept-texts input').checked").unwrap(), false);
}

#[test]
fn two_tabs_keep_their_own_texts_and_a_new_one_is_offered_them() {
    let open = Open::with(BROKER);
    keep(&open);
    let address = open.site.address();
    let first = open.new_tab().unwrap();
    open.go(&address).unwrap();
    open.wait_for(CORE_IS_THERE).unwrap();
    open.wait_for("document.querySelector('kept-texts')?.innerText.includes('pasted, kept')").unwrap();
    assert_eq!(open.ask("!!document.querySelector('#text')").unwrap(), false, "it is offered, not forced");
    open.ask("(area => { area.value = 'node.id=77\\n'; area.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector('#paste'))").unwrap();
    open.wait_for("document.querySelector('#text')").unwrap();
    open.wait_for(&kept("1 1")).unwrap();
    open.reload().unwrap();
    shows(&open, "node.id=77\n");
    open.tab(&first).unwrap();
    open.reload().unwrap();
    shows(&open, BROKER);
}

#[test]
fn what_is_typed_before_the_kept_texts_are_read_takes_nothing_from_them() {
    let open = Open::with(BROKER);
    keep(&open);
    open.wait_for(&kept("1")).unwrap();
    // The database answers when it is told to.
    open.before("const get = IDBObjectStore.prototype.getAll, held = new Promise((go) => window.__go = go);
        IDBObjectStore.prototype.getAll = function (...all) {
            const request = get.apply(this, all);
            if (!window.__look) Object.defineProperty(this.transaction, 'oncomplete', {set(then) { this.addEventListener('complete', () => held.then(then)); }});
            return request;
        };").unwrap();
    open.reload().unwrap();
    open.wait_for(CORE_IS_THERE).unwrap();
    open.paste("#paste", "node.id=77\n").unwrap();
    shows(&open, "node.id=77\n");
    until_a_copy_would_be_kept(&open);
    open.wait_for(&kept_text("# one of three")).unwrap();
    open.ask("window.__go()").unwrap();
    open.wait_for(&kept("1 1")).unwrap();
    shows(&open, "node.id=77\n");
    // What was kept before is offered once nothing is on the page.
    open.click("#close").unwrap();
    open.wait_for("document.querySelector('kept-texts')?.innerText.includes('pasted, kept')").unwrap();
    open.click("kept-texts .btn:not(.quiet)").unwrap();
    shows(&open, BROKER);
}

#[test]
fn a_tab_that_was_duplicated_keeps_a_record_of_its_own_even_where_the_other_answers_late() {
    let open = Open::with(BROKER);
    keep(&open);
    open.wait_for(&kept("1")).unwrap();
    // The other one is busy for longer than a tab waits for its answer.
    let busy = "const Channel = BroadcastChannel; window.BroadcastChannel = class extends Channel {
        set onmessage(then) { super.onmessage = (event) => setTimeout(then, 1500, event); } };";
    let name = open.ask("sessionStorage.getItem('kafka-upgrade-check.tab')").unwrap();
    open.before(busy).unwrap();
    open.reload().unwrap();
    shows(&open, BROKER);
    let address = open.site.address();
    let first = open.new_tab().unwrap();
    open.before(&format!("sessionStorage.setItem('kafka-upgrade-check.tab', {name})")).unwrap();
    open.go(&address).unwrap();
    shows(&open, BROKER);
    open.ask("(area => { area.value = 'node.id=77\\n'; area.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector('#text'))").unwrap();
    open.wait_for(&kept("1 1")).unwrap();
    open.wait_for(&kept_text("node.id=77")).unwrap();
    open.wait_for(&kept_text("# one of three")).unwrap();
    open.tab(&first).unwrap();
    open.reload().unwrap();
    shows(&open, BROKER);
}

#[test]
fn texts_that_are_older_than_a_week_are_gone() {
    let open = Open::with(BROKER);
    keep(&open);
    let age = "void new Promise((done) => { const opening = indexedDB.open('kafka-upgrade-check', 1);
        opening.onsuccess = () => { const store = opening.result.transaction('texts', 'readwrite').objectStore('texts');
            store.getAll().onsuccess = ({target}) => { for (const one of target.result) store.put({...one, at: one.at - 8 * 86400000});
                store.transaction.oncomplete = () => { opening.result.close(); window.__aged = true; }; }; }; })";
    open.ask(age).unwrap();
    open.wait_for("window.__aged").unwrap();
    open.reload().unwrap();
    open.wait_for("document.querySelector('kept-texts input')?.checked").unwrap();
    open.wait_for(&kept("")).unwrap();
    assert_eq!(open.ask("!!document.querySelector('#text')").unwrap(), false);
}

#[test]
fn a_full_or_blocked_storage_is_reported_and_breaks_nothing() {
    for (name, says) in
        [("QuotaExceededError", "no room left"), ("SecurityError", "keeps nothing for this page")]
    {
        let open = Open::new();
        let fails =
            format!("IDBObjectStore.prototype.put = () => {{ throw new DOMException('x', '{name}') }};");
        open.ask(&format!("(() => {{ {fails} }})()")).unwrap();
        open.paste("#paste", BROKER).unwrap();
        open.wait_for("document.querySelector('.verdict .counts')").unwrap();
        keep(&open);
        open.click("#promise").unwrap();
        open.wait_for(&format!("document.querySelector('dialog kept-texts').innerText.includes('{says}')"))
            .unwrap();
        open.press("Escape").unwrap();
        shows(&open, BROKER);
        open.close();
    }
    // Even the question whether there is a storage gets no answer.
    let open = Open::new();
    open.before("for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) Object.defineProperty(window, name, {get() { throw new DOMException('x', 'SecurityError') }});").unwrap();
    open.reload().unwrap();
    open.wait_for(CORE_IS_THERE).unwrap();
    open.paste("#paste", BROKER).unwrap();
    open.wait_for(&finding("removed-delegation-token-master-key")).unwrap();
}

#[test]
fn what_is_typed_before_the_shell_is_there_is_taken_over_with_the_cursor() {
    let open = Open::alone();
    // The shell's module is held back until somebody has typed.
    open.before("const compile = WebAssembly.instantiateStreaming; const held = new Promise((go) => window.__go = go);
        WebAssembly.instantiateStreaming = async (...all) => { await held; return compile.call(WebAssembly, ...all); };").unwrap();
    open.reload().unwrap();
    open.wait_for("document.querySelector('#paste')").unwrap();
    assert_eq!(open.ask("!!document.querySelector('#have')").unwrap(), false, "the shell is there");
    open.ask("document.querySelector('#paste').focus()").unwrap();
    let early = "node.id=1\nzookeeper.connect=z:1\n";
    open.paste("#paste", early).unwrap();
    open.ask("document.querySelector('#paste').setSelectionRange(9, 9)").unwrap();
    open.ask("window.__go()").unwrap();
    shows(&open, early);
    open.wait_for("document.activeElement === document.querySelector('#text')").unwrap();
    open.press("2").unwrap();
    shows(&open, "node.id=12\nzookeeper.connect=z:1\n");

    // Without a pause, while the shell takes the place of what was there.
    open.reload().unwrap();
    open.wait_for("document.querySelector('#paste')").unwrap();
    open.slow_down(6).unwrap();
    open.ask("(document.querySelector('#paste').focus(), setTimeout(window.__go, 100))").unwrap();
    let typed = "node.id=1/.jku".repeat(8);
    for key in typed.chars() {
        open.press(&key.to_string()).unwrap();
    }
    open.slow_down(1).unwrap();
    open.wait_for(&format!("document.querySelector('#text')?.value === '{typed}'")).unwrap();
}

/// The module with a memory that cannot grow beyond `pages` of 64 KiB more than it begins with.
fn with_little_memory(module: &[u8], pages: u32) -> Vec<u8> {
    fn number(bytes: &[u8], at: &mut usize) -> u32 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = bytes[*at];
            *at += 1;
            value |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }
    fn write(mut value: u32, out: &mut Vec<u8>) {
        while value >= 0x80 {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
    }
    let (mut at, mut out) = (8, module[..8].to_vec());
    while at < module.len() {
        let id = module[at];
        at += 1;
        let length = number(module, &mut at) as usize;
        let body = &module[at..at + length];
        at += length;
        let changed = if id == 5 {
            let mut inside = 2;
            assert_eq!((body[0], body[1]), (1, 0), "one memory without a limit");
            let least = number(body, &mut inside);
            let mut memory = vec![1, 1];
            write(least, &mut memory);
            write(least + pages, &mut memory);
            memory
        } else {
            body.to_vec()
        };
        out.push(id);
        write(changed.len() as u32, &mut out);
        out.extend(changed);
    }
    out
}

/// The site with one of its modules changed so.
fn site_with_little_memory(name: &str, module: &str, pages: u32) -> Site {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let (mut named, mut attributes) = (String::new(), String::new());
    for entry in fs::read_dir(xtask::dist()).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".wasm") {
            let joined = fs::read(&file).unwrap();
            let (shell, core) = xtask::bundle::modules(&joined).unwrap();
            let little = |part: &[u8], name| {
                if name == module { with_little_memory(part, pages) } else { part.to_vec() }
            };
            let changed = xtask::bundle::join(&little(shell, "shell"), &little(core, "core"));
            named = xtask::bundle::join(shell, core).attributes();
            attributes = changed.attributes();
            fs::write(folder.join(name), changed.bytes).unwrap();
        } else if file.is_file() {
            fs::copy(&file, folder.join(name)).unwrap();
        }
    }
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(index.contains(&named), "{index}");
    fs::write(folder.join("index.html"), index.replace(&named, &attributes)).unwrap();
    Site::open(&folder, 0).unwrap()
}

#[test]
fn a_core_that_runs_out_of_memory_is_restarted_with_all_texts_and_open_questions() {
    let site = site_with_little_memory("core-memory", "core", 160);
    let open = Page::open(&site.address()).unwrap();
    open.wait_for(CORE_IS_THERE).unwrap();
    open.drop_files("body", &[("small.properties", BROKER)]).unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    let mut large = String::new();
    for at in 0..60_000 {
        large += &format!("listener.name.l{at}.ssl.keystore.location=/etc/kafka/{at}.jks\n");
    }
    // Typed, so that no bytes have to pass through the core first.
    open.ask(&format!("(text => {{ document.querySelector('#add-text').click(); setTimeout(() => {{
        const area = document.querySelector('#text'); area.value = text; area.dispatchEvent(new Event('input', {{bubbles: true}})); }}, 200); }})({})",
        serde_json::json!(large))).unwrap();
    open.wait_for("document.querySelector('#verdict').innerText.includes('stopped with an error')").unwrap();
    assert_eq!(copied(&open).len(), large.len());
    let names = open.text(".fl").unwrap();
    assert!(names.contains("small.properties"), "{names}");
    // Without the text that is too large the new core answers.
    open.click("#close").unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    open.wait_for(&finding("removed-delegation-token-master-key")).unwrap();
    shows(&open, BROKER);
}

#[test]
fn a_question_that_is_open_when_the_core_fails_is_answered_by_the_next_one() {
    let open = Open::with(BROKER);
    open.wait_for("document.querySelector('.finding')").unwrap();
    // The worker gets what is no message, then the question, and fails at the first.
    open.ask("kafkaUpgradeCheck.post(new Uint8Array([255, 255, 255, 255, 255, 255]))").unwrap();
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('#copy-markdown')").unwrap();
    open.press("Escape").unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    assert_eq!(open.ask("document.querySelector('.verdict').innerText.includes('error')").unwrap(), false);
    open.close();
}

#[test]
fn a_file_that_the_core_rejects_is_reported_and_the_others_are_read() {
    let site = site_with_little_memory("take-memory", "core", 160);
    let open = Page::open(&site.address()).unwrap();
    open.wait_for(CORE_IS_THERE).unwrap();
    open.ask("(() => { const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(15000000).fill(97)], 'large.properties'));
        data.items.add(new File([new Uint8Array(15000000).fill(97)], 'large-2.properties'));
        data.items.add(new File(['node.id=1\\nprocess.roles=broker\\n'], 'b.properties'));
        document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); })()").unwrap();
    open.wait_for("document.querySelector('#text')?.value.startsWith('node.id=1')").unwrap();
    open.wait_for("document.querySelector('.notices')?.innerText.includes('large.properties was not read: reading it stopped with an error')").unwrap();
}

#[test]
fn a_shell_that_runs_out_of_memory_hands_back_every_text() {
    let site = site_with_little_memory("shell-memory", "shell", 100);
    let open = Page::open(&site.address()).unwrap();
    open.wait_for(CORE_IS_THERE).unwrap();
    open.drop_files("body", &[("one.properties", BROKER), ("two.properties", "node.id=9\n")]).unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    open.wait_for("kafkaUpgradeCheck.saved().length === 2").unwrap();
    open.ask("(area => { area.value += 'x'.repeat(9000000); area.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector('#text'))").unwrap();
    open.wait_for("document.querySelector('.boot-failed')").unwrap();
    let text = open.text(".boot-failed").unwrap();
    for name in ["Save one.properties", "Save two.properties"] {
        assert!(text.contains(name), "{text}");
    }
    let saved = open.ask("kafkaUpgradeCheck.saved().map((link) => link.download).sort().join()").unwrap();
    assert_eq!(saved, "one.properties,two.properties");
}
