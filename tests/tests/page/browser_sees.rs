//! The browser harness itself: what the tests of the page assert to be absent is seen when it is there.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

use acceptance::browser::{Page, Scheme};
use xtask::site::Site;

const HTML: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'self'">
<body><textarea></textarea><div id="wide"></div><p id="shown"></p><button id="go">Go</button>
<script src="page.js"></script></body></html>"#;

const SCRIPT: &str = "
const shown = document.getElementById('shown');
document.querySelector('textarea').addEventListener('input', e => { shown.textContent = e.target.value; });
addEventListener('dragover', e => e.preventDefault());
addEventListener('drop', async e => { e.preventDefault();
  shown.textContent = e.dataTransfer.files[0].name + ': ' + await e.dataTransfer.files[0].text(); });
document.getElementById('go').addEventListener('click', () => {
  shown.textContent = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  fetch('asked-for');
  fetch('http://127.0.0.1:9/refused').catch(() => {});
  console.error('complained');
  document.getElementById('wide').setAttribute('style', 'width: 3000px');
  setTimeout(() => { throw new Error('thrown'); });
});";

fn site(name: &str) -> Site {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("index.html"), HTML).unwrap();
    fs::write(folder.join("page.js"), SCRIPT).unwrap();
    Site::open(&folder, 0).unwrap()
}

#[test]
fn requests_errors_refusals_and_colours_are_seen() {
    let site = site("seen");
    let page = Page::open(&site.address()).unwrap();
    let loaded = page.requests().unwrap();
    assert!(loaded.iter().any(|address| address.ends_with("/page.js")), "{loaded:?}");
    assert_eq!(page.overflow().unwrap(), 0);

    page.window(390, 844, Scheme::Dark).unwrap();
    page.click("#go").unwrap();
    page.wait_for("window.__seen.length >= 3").unwrap();

    assert_eq!(page.text("#shown").unwrap(), "dark");
    let requests = page.requests().unwrap();
    assert!(requests.iter().any(|address| address.ends_with("/asked-for")), "{requests:?}");
    let complaints = page.complaints().unwrap().join("\n");
    for expected in
        ["policy: connect-src", "error: Uncaught Error: thrown", "complained", "policy: style-src"]
    {
        assert!(complaints.contains(expected), "{expected} is not in\n{complaints}");
    }
}

#[test]
fn what_is_pasted_and_dropped_and_typed_arrives() {
    let site = site("arrives");
    let page = Page::open(&site.address()).unwrap();
    page.paste("textarea", "broker.id=1\nlog.dirs=/ü\n").unwrap();
    page.wait_for("document.getElementById('shown').textContent === 'broker.id=1\\nlog.dirs=/ü\\n'").unwrap();
    page.press("x").unwrap();
    page.wait_for("document.getElementById('shown').textContent.endsWith('\\nx')").unwrap();
    page.press("Tab").unwrap();
    page.wait_for("document.activeElement.id === 'go'").unwrap();
    page.drop_files("textarea", &[("server.properties", "a=b")]).unwrap();
    page.wait_for("document.getElementById('shown').textContent === 'server.properties: a=b'").unwrap();
    assert!(page.complaints().unwrap().is_empty());
}
