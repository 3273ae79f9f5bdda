//! Links that carry an answer or texts behind the # of an address.

use acceptance::browser::Page;
use xtask::site::Site;

use crate::{BROKER, CORE_IS_THERE, Open, shown_text, shows};

/// Links that were made when this kind of link was new: an answer, then texts. They are never made anew.
const OLD_LINKS: &str = include_str!("links.txt");

/// Keeps what the page copies, beside the clipboard.
const KEEP_COPIED: &str = "(() => { const copy = document.execCommand.bind(document);
    document.execCommand = (what) => { window.__copied = document.activeElement.value; return copy(what); }; })()";

fn open_at(fragment: &str) -> Open {
    let site = Site::open(&xtask::dist(), 0).unwrap();
    let page = Page::open(&format!("{}{fragment}", site.address())).unwrap();
    page.wait_for(CORE_IS_THERE).unwrap();
    page.requests().unwrap();
    Open { page, site }
}

/// The link of that kind that the page offers, without the page's address.
fn link(open: &Open, kind: &str) -> String {
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click("#export").unwrap();
    open.wait_for(&format!("document.querySelector('#share-{kind}:enabled')")).unwrap();
    assert!(open.text(".rows small").unwrap().contains(" characters"), "no size is shown");
    open.click(&format!("#share-{kind}")).unwrap();
    open.wait_for(&format!("document.querySelector('#share-{kind}').innerText === 'Copied'")).unwrap();
    let copied = open.ask("window.__copied").unwrap();
    open.ask("document.querySelector('dialog').close()").unwrap();
    let copied = copied.as_str().unwrap_or_default().to_owned();
    let fragment = copied.strip_prefix(&open.site.address()).unwrap_or_else(|| panic!("{copied}"));
    assert_eq!(open.ask("location.hash").unwrap(), "", "the address bar has it unasked");
    fragment.to_owned()
}

#[test]
fn a_link_opens_what_was_on_the_page_without_its_secrets() {
    let open = Open::with(&BROKER.replace("=secret", "=hunter2"));
    open.ask(KEEP_COPIED).unwrap();
    let (answer, texts) = (link(&open, "a"), link(&open, "t"));
    assert!(answer.starts_with("#1a") && texts.starts_with("#1t"), "{answer} {texts}");
    open.close();

    let open = open_at(&texts);
    open.wait_for("document.querySelector('#text') && document.querySelector('.verdict .counts')").unwrap();
    shows(&open, &BROKER.replace("=secret", "=*******"));
    assert_eq!(open.ask("location.href").unwrap(), open.site.address());
    open.ask(&format!("location.hash = '{answer}'")).unwrap();
    open.wait_for("document.querySelector('dialog.shared h1')").unwrap();
    let shown = open.text("dialog.shared article").unwrap();
    assert!(shown.contains("removed-delegation-token-master-key") && !shown.contains("hunter2"), "{shown}");
    assert_eq!(open.ask("location.hash").unwrap(), "");
    open.click("dialog.shared button").unwrap();
    open.wait_for("!document.querySelector('dialog.shared')").unwrap();
    assert_eq!(shown_text(&open), BROKER.replace("=secret", "=*******"), "an answer replaces nothing");
    open.close();
}

#[test]
fn links_of_the_first_kind_stay_readable() {
    let mut links = OLD_LINKS.lines();
    let open = open_at(links.next().unwrap());
    open.wait_for("document.querySelector('dialog.shared h1')?.innerText === 'Kafka from 3.4.1 to 4.0.2'")
        .unwrap();
    let of = |expression: &str| {
        open.ask(&format!("(d => {expression})(document.querySelector('dialog.shared'))")).unwrap()
    };
    assert_eq!(of("d.querySelectorAll('img, script, style, iframe, [onerror]').length"), 0);
    assert_eq!(
        of("[...d.querySelectorAll('a')].map(one => [one.textContent, one.href])"),
        serde_json::json!([["KIP-500: Replace [it]", "https://cwiki.apache.org/confluence/x"]])
    );
    assert_eq!(of("d.querySelector('td:last-child').textContent"), "✕ migrate | first");
    assert_eq!(of("d.querySelector('pre').textContent"), "bin/kafka-server-stop.sh\n  <b>indented</b>");
    assert_eq!(of("d.querySelector('li li:last-child b').textContent"), "No way back");
    let whole = of("d.textContent").to_string();
    for part in ["<img src=x onerror=alert(1)> & more.", "☑ Upgrade", "[bad](javascript:alert(1))"] {
        assert!(whole.contains(part), "{part} is not in {whole}");
    }
    open.close();

    let open = open_at(links.next().unwrap());
    open.wait_for("document.querySelectorAll('.finding').length > 0 && document.querySelector('#text')")
        .unwrap();
    open.wait_for("document.querySelector('.app').innerText.includes('librdkafka 1.9.2')").unwrap();
    let paths = open.ask("document.querySelector('.app').innerText").unwrap().to_string();
    assert!(paths.contains("server.properties") && paths.contains("4.0.2"), "{paths}");
    open.close();
}

#[test]
fn a_strange_link_is_refused_in_words_and_costs_little() {
    let open = Open::with(BROKER);
    let pack = "(async (kind, text) => { const made = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
        const bytes = new Uint8Array(await new Response(made).arrayBuffer()); let signs = '';
        for (const one of bytes) signs += String.fromCharCode(one);
        location.hash = '#1' + kind + btoa(signs).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''); })";
    let refused = |what: &str| {
        open.wait_for("document.querySelector('.notices')?.innerText.includes('The link could not be read')")
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        let words = open.text(".notices").unwrap();
        open.click("#hide-notices").unwrap();
        open.wait_for("!document.querySelector('#hide-notices')").unwrap();
        assert_eq!(open.ask("location.hash").unwrap(), "", "{what}");
        words
    };
    for kind in ["a", "t"] {
        open.ask(&format!("void {pack}('{kind}', 'a'.repeat(60_000_000))")).unwrap();
        assert!(refused("a bomb").contains("it holds more than"), "{kind}");
    }
    for text in ["no list", "[1, 2, 3, 4]", "[\"a\"]", "{\"length\": 4}"] {
        open.ask(&format!("void {pack}('t', {})", serde_json::json!(text))).unwrap();
        refused(text);
    }
    for cut in ["#1tAAAA____", "#1tzzzzz", "#1aAAAA"] {
        open.ask(&format!("location.hash = '{cut}'")).unwrap();
        let words = refused("no deflated bytes");
        assert!(words.contains("a part of it is missing") && !words.contains("atob"), "{words}");
    }
    open.ask("location.hash = '#2bdZPNitswFIX3eooVbk'").unwrap();
    assert!(refused("a form of tomorrow").contains("a newer copy of this page may read it"));
    assert_eq!(shown_text(&open), BROKER, "a link that is refused changes nothing");

    // An answer that would keep a browser busy, were its marks looked for again and again.
    open.ask(&format!("void ({pack}('a', '# x\\n' + '`[**'.repeat(150_000) + '\\n' + '  - '.repeat(9) + '\\n- a'.repeat(9)))")).unwrap();
    open.wait_for("document.querySelector('dialog.shared h1')").unwrap();
    open.click("dialog.shared button").unwrap();
    open.close();
}

/// Opens the one file in a frame that may run scripts and nothing else; `how` is the frame's `src` or `srcdoc`.
fn sandboxed(name: &str, how: &str) -> (Site, Page) {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(xtask::dist().join(xtask::single::NAME), folder.join("page.html")).unwrap();
    let host = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Wiki</title><link rel=icon href=data:,><body>\
         <iframe id=f sandbox=allow-scripts width=900 height=700></iframe><script>{how}</script>"
    );
    std::fs::write(folder.join("index.html"), host).unwrap();
    let site = Site::open(&folder, 0).unwrap();
    let page = Page::open(&site.address()).unwrap();
    page.wait_for("document.querySelector('#f').src || document.querySelector('#f').srcdoc").unwrap();
    page.frame(Some("#f")).unwrap();
    page.wait_for(CORE_IS_THERE).unwrap();
    (site, page)
}

/// Pages from a disk and in such frames may not read the clipboard, so the text is typed.
fn type_into(page: &Page, text: &str) {
    let typed = serde_json::json!(text);
    page.ask(&format!("(area => {{ area.value = {typed}; area.dispatchEvent(new Event('input', {{bubbles: true}})); }})(document.querySelector('#paste'))")).unwrap();
}

/// What the button of that kind copies; `None` where the text is offered to be copied by hand.
fn copied_link(page: &Page, kind: &str, does_copy: bool) -> String {
    page.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    page.ask("document.querySelector('#export').click()").unwrap();
    page.wait_for(&format!("document.querySelector('#share-{kind}:enabled')")).unwrap();
    page.click(&format!("#share-{kind}")).unwrap();
    let word = if does_copy { "Copied" } else { "Not copied" };
    page.wait_for(&format!("document.querySelector('#share-{kind}').innerText === '{word}'")).unwrap();
    let by_hand = format!(
        "(area => area && [area.value, area.selectionEnd === area.value.length && document.activeElement === area])(document.querySelector('#share-{kind}').closest('li').querySelector('textarea'))"
    );
    let by_hand = page.ask(&by_hand).unwrap();
    let text = if does_copy {
        assert!(by_hand.is_null(), "{by_hand}");
        page.ask("window.__copied").unwrap()
    } else {
        assert_eq!(by_hand[1], true, "it is not selected");
        by_hand[0].clone()
    };
    text.as_str().unwrap().to_owned()
}

#[test]
fn in_a_sandboxed_frame_links_are_copied_or_offered_and_what_the_frame_forbids_is_said() {
    let (site, page) = sandboxed("share-frame", "document.querySelector('#f').src = 'page.html'");
    type_into(&page, &BROKER.replace("=secret", "=hunter2"));
    page.wait_for("document.querySelector('.verdict .counts')").unwrap();
    page.ask(KEEP_COPIED).unwrap();
    let texts = copied_link(&page, "t", true);
    let start = format!("{}page.html#1t", site.address());
    assert!(texts.starts_with(&start), "{texts}");
    let said = page.text("dialog .rows").unwrap();
    assert!(said.contains("kept from saving files") && !said.contains("no address"), "{said}");
    page.ask("document.querySelector('dialog').close()").unwrap();
    // A frame that may not write to the clipboard either.
    page.ask("(document.execCommand = () => false)").unwrap();
    let answer = copied_link(&page, "a", false);
    assert!(answer.starts_with(&start.replace("#1t", "#1a")), "{answer}");
    page.click("#copy-markdown").unwrap();
    page.wait_for("document.querySelector('#copy-markdown').closest('li').querySelector('textarea')?.value.startsWith('# Kafka')").unwrap();
    assert_eq!(page.ask("document.querySelector('#copy-markdown').closest('li').querySelector('textarea').value.includes('hunter2')").unwrap(), false);
    page.frame(None).unwrap();
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
    // What was copied opens, in a window and in such a frame.
    page.go(&texts).unwrap();
    page.wait_for("document.querySelector('#text')?.value.includes('delegation.token.master.key=*******')")
        .unwrap();
    assert_eq!(page.ask("location.hash").unwrap(), "");
    page.go(&answer.replace("page.html", "page.html?")).unwrap();
    page.wait_for("document.querySelector('dialog.shared h1')").unwrap();
    drop(page);
    let fragment = texts.split_once('#').unwrap().1.to_owned();
    let (_site, page) =
        sandboxed("share-frame-2", &format!("document.querySelector('#f').src = 'page.html#{fragment}'"));
    page.wait_for("document.querySelector('#text')?.value.includes('delegation.token.master.key=*******')")
        .unwrap();
    assert_eq!(page.ask("location.hash").unwrap(), "");
}

#[test]
fn a_page_that_was_written_into_a_frame_has_no_address_and_offers_what_a_link_would_end_with() {
    let write = "fetch('page.html').then((got) => got.text()).then((html) => { document.querySelector('#f').srcdoc = html; })";
    let (_site, page) = sandboxed("share-written", write);
    type_into(&page, BROKER);
    page.wait_for("document.querySelector('.verdict .counts')").unwrap();
    page.ask(KEEP_COPIED).unwrap();
    let answer = copied_link(&page, "a", true);
    assert!(answer.starts_with("#1a"), "{answer}");
    assert!(page.text("dialog .rows").unwrap().contains("no address that others can open"));
}

#[test]
fn from_a_disk_the_end_of_a_link_is_copied_and_opens_in_every_copy_of_the_page() {
    let file = format!("file://{}", xtask::dist().join(xtask::single::NAME).display());
    let page = Page::open(&file).unwrap();
    page.wait_for(CORE_IS_THERE).unwrap();
    type_into(&page, &BROKER.replace("=secret", "=hunter2"));
    page.wait_for("document.querySelector('.verdict .counts')").unwrap();
    page.ask(KEEP_COPIED).unwrap();
    let texts = copied_link(&page, "t", true);
    assert!(texts.starts_with("#1t"), "{texts}");
    let said = page.text("dialog .rows").unwrap();
    assert!(said.contains("no address that others can open") && !said.contains("kept from saving"), "{said}");
    assert_eq!(page.ask("location.href").unwrap(), file.as_str());
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
    drop(page);
    let page = Page::open(&format!("{file}{texts}")).unwrap();
    page.wait_for("document.querySelector('#text')?.value.includes('delegation.token.master.key=*******')")
        .unwrap();
    assert_eq!(page.ask("location.href.split('#')[1] ?? ''").unwrap(), "");
    drop(page);
    let open = open_at(&texts);
    open.wait_for("document.querySelector('#text')?.value.includes('delegation.token.master.key=*******')")
        .unwrap();
    open.close();
}
