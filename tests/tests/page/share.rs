//! Links that carry an answer or texts behind the # of an address.

use acceptance::browser::Page;
use xtask::site::Site;

use crate::{BROKER, CORE_IS_THERE, Open, shown_text};

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
    assert_eq!(shown_text(&open), BROKER.replace("=secret", "=*******"));
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
    open.ask("location.hash = '#1tAAAA____'").unwrap();
    refused("no deflated bytes");
    assert_eq!(shown_text(&open), BROKER, "a link that is refused changes nothing");

    // An answer that would keep a browser busy, were its marks looked for again and again.
    open.ask(&format!("void ({pack}('a', '# x\\n' + '`[**'.repeat(150_000) + '\\n' + '  - '.repeat(9) + '\\n- a'.repeat(9)))")).unwrap();
    open.wait_for("document.querySelector('dialog.shared h1')").unwrap();
    open.click("dialog.shared button").unwrap();
    open.close();
}
