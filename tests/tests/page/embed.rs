//! The page in frames of others: the examples of `docs/embed`, other paths, and what a host receives.

use std::fs;
use std::path::{Path, PathBuf};

use acceptance::browser::Page;
use acceptance::firefox::Firefox;
use xtask::site::Site;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// The examples as their readme says, somewhere below a path.
pub(crate) fn wiki(name: &str) -> PathBuf {
    let top = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&top);
    let folder = top.join("some/handbook");
    copy(&xtask::root().join("docs/embed"), &folder);
    copy(&xtask::dist(), &folder.join("kafka"));
    top
}

fn open(top: &Path, page: &str) -> (Site, Page) {
    let site = Site::open(top, 0).unwrap();
    let page = Page::open(&format!("{}some/handbook/{page}", site.address())).unwrap();
    page.wait_for("document.querySelector('iframe.kafka-upgrade-check')").unwrap();
    (site, page)
}

fn height(page: &Page) -> i64 {
    page.ask("document.querySelector('iframe.kafka-upgrade-check').clientHeight").unwrap().as_i64().unwrap()
}

/// The frame is as high as what is in it, whatever that becomes.
fn follows_its_height(page: &Page) {
    page.wait_for("document.querySelector('iframe').clientHeight !== 600").unwrap();
    let before = height(page);
    page.frame(Some("iframe")).unwrap();
    page.ask("document.querySelector('#example-1').click()").unwrap();
    page.wait_for("document.querySelectorAll('.finding').length > 3").unwrap();
    page.wait_for("document.documentElement.scrollHeight <= innerHeight + 1").unwrap();
    assert_eq!(page.overflow().unwrap(), 0);
    page.frame(None).unwrap();
    page.wait_for(&format!("document.querySelector('iframe').clientHeight > {before}")).unwrap();
}

#[test]
fn the_one_file_in_a_sandboxed_frame_takes_its_parameters_and_reports_its_height() {
    let (_site, page) = open(&wiki("embed-iframe"), "iframe.html");
    page.frame(Some("iframe")).unwrap();
    page.wait_for("document.querySelector('#example-1')").unwrap();
    assert_eq!(page.ask("window.origin").unwrap(), "null");
    assert_eq!(page.ask("getComputedStyle(document.querySelector('.bar')).display").unwrap(), "none");
    assert_eq!(page.ask("document.documentElement.style.colorScheme").unwrap(), "light");
    assert_eq!(page.ask("!!document.querySelector('.embed-foot')").unwrap(), false, "it may open no window");
    page.frame(None).unwrap();
    follows_its_height(&page);
    page.frame(Some("iframe")).unwrap();
    let verdict = page.text("#verdict").unwrap();
    assert!(verdict.starts_with("Not ready for 4.0.2"), "{verdict}");
    page.frame(None).unwrap();
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn a_page_with_a_strict_policy_frames_the_site_in_its_colours() {
    let (_site, page) = open(&wiki("embed-strict"), "strict.html");
    page.frame(Some("iframe")).unwrap();
    page.wait_for("document.querySelector('#example-1')").unwrap();
    page.wait_for(
        "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim() === '#7fd1a8'",
    )
    .unwrap();
    assert_eq!(page.ask("document.documentElement.style.getPropertyValue('--accent-ink')").unwrap(), "#000");
    assert_eq!(page.ask("getComputedStyle(document.body).backgroundColor").unwrap(), "rgb(16, 32, 26)");
    let whole = page.ask("document.querySelector('.embed-foot a').href").unwrap();
    let whole = whole.as_str().unwrap();
    assert!(whole.ends_with("/kafka/index.html?from=3.4.1&to=4.0.2&mode=zookeeper"), "{whole}");
    page.frame(None).unwrap();
    follows_its_height(&page);
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn a_page_of_mkdocs_has_the_answer_to_what_its_author_filled_in() {
    let top = wiki("embed-mkdocs");
    let book = top.join("some/handbook/mkdocs");
    copy(&xtask::dist(), &book.join("docs/kafka"));
    fs::copy(xtask::root().join("docs/embed/height.js"), book.join("docs/height.js")).unwrap();
    let built =
        xtask::tools::mkdocs().unwrap().args(["build", "--quiet"]).current_dir(&book).status().unwrap();
    assert!(built.success());
    let (_site, page) = open(&top, "mkdocs/site/index.html");
    page.frame(Some("iframe")).unwrap();
    page.wait_for("document.querySelector('#verdict')?.innerText.startsWith('Not ready for 4.0.2')").unwrap();
    page.wait_for("document.querySelector('#matrix')").unwrap();
    for (part, shown) in
        [(".verdict", true), (".matrix-box", true), (".evidence", false), (".tabs-row", false)]
    {
        let display =
            page.ask(&format!("getComputedStyle(document.querySelector('{part}')).display !== 'none'"));
        assert_eq!(display.unwrap(), shown, "{part}");
    }
    page.frame(None).unwrap();
    page.wait_for("document.querySelector('iframe').clientHeight !== 600").unwrap();
}

#[test]
fn only_the_surrounding_window_can_pass_a_port_and_only_once() {
    let top = wiki("embed-port");
    let folder = top.join("some/handbook");
    fs::write(folder.join("other.html"), "<!doctype html><html lang=en><title>Other</title>").unwrap();
    fs::write(folder.join("host.html"), "<!doctype html><html lang=en><title>Host</title><body>\
        <iframe class=kafka-upgrade-check sandbox=allow-scripts src='kafka/kafka-upgrade-check.html?embed' width=900 height=600></iframe>\
        <iframe id=other src=other.html></iframe>").unwrap();
    let (_site, page) = open(&top, "host.html");
    page.frame(Some("iframe")).unwrap();
    page.wait_for("document.querySelector('#example-1')").unwrap();
    page.frame(None).unwrap();
    let offer = "window.__got = [];
        window.offer = (from, name) => { const {port1, port2} = new MessageChannel();
            port1.onmessage = ({data}) => __got.push(`${name} ${Object.keys(data)}`);
            from.eval(`parent.frames[0].postMessage('kafka-upgrade-check', '*', [window.__port])`, from.__port = port2); };";
    page.ask(&format!("(() => {{ {offer} }})()")).unwrap();
    // Another frame of the same host, then the host itself, twice.
    page.ask("(offer(frames[1], 'other'), 0)").unwrap();
    page.ask("(window.__port = undefined, offer(window, 'host'), 0)").unwrap();
    page.wait_for("__got.length > 0").unwrap();
    page.ask("(offer(window, 'again'), 0)").unwrap();
    page.frame(Some("iframe")).unwrap();
    page.ask("document.querySelector('#example-1').click()").unwrap();
    page.wait_for("document.querySelectorAll('.finding').length > 3").unwrap();
    page.frame(None).unwrap();
    page.wait_for("__got.length > 1").unwrap();
    let got = page.ask("[...new Set(__got)]").unwrap();
    assert_eq!(got, serde_json::json!(["host height"]), "what the host receives");
}

#[test]
fn the_site_works_under_another_path_and_where_it_cannot_start_it_names_the_one_file() {
    let top = wiki("embed-path");
    let site = Site::open(&top, 0).unwrap();
    let page =
        Page::open(&format!("{}some/handbook/kafka/index.html?to=3.9.1&theme=dark", site.address())).unwrap();
    page.wait_for(crate::CORE_IS_THERE).unwrap();
    page.ask("document.querySelector('#example-1').click()").unwrap();
    page.wait_for("document.querySelector('#verdict')?.innerText.includes('3.9.1')").unwrap();
    assert_eq!(
        page.ask("getComputedStyle(document.body).colorScheme || document.documentElement.style.colorScheme")
            .unwrap(),
        "dark"
    );
    // Without its modules it says why, and what works instead.
    for entry in fs::read_dir(top.join("some/handbook/kafka")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "wasm") {
            fs::remove_file(file).ok();
        }
    }
    page.reload().unwrap();
    page.wait_for("document.querySelector('.boot-failed')").unwrap();
    let said = page.text(".boot-failed").unwrap();
    assert!(said.contains("could not start") && said.contains("404"), "{said}");
    assert_eq!(
        page.ask("document.querySelector('.boot-failed a').getAttribute('href')").unwrap(),
        "kafka-upgrade-check.html"
    );
}

#[test]
fn firefox_shows_the_frame_with_its_answer_and_height() {
    let top = wiki("embed-firefox");
    let site = Site::open(&top, 0).unwrap();
    let page = Firefox::open(&format!("{}some/handbook/iframe.html", site.address())).unwrap();
    page.wait_for("document.querySelector('iframe').clientHeight !== 600").unwrap();
    page.frame(Some("iframe")).unwrap();
    page.wait_for(crate::CORE_IS_THERE).unwrap();
    // The frame has the height of what is in it.
    page.wait_for("document.documentElement.scrollHeight <= innerHeight + 1").unwrap();
    page.click_until(
        "#example-1",
        "document.querySelector('#verdict')?.innerText.startsWith('Not ready for 4.0.2')",
    )
    .unwrap();
    page.frame(None).unwrap();
    page.wait_for("document.querySelector('iframe').clientHeight > 900").unwrap();
}
