//! The JavaScript package in a page of somebody else: as a plain module, in a module worker, and as an element among styles that
//! are not its own: the example of `docs/embed/element`. `cargo xtask npm` has to have built it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

use acceptance::browser::{Page, Scheme};
use xtask::site::Site;

#[test]
fn a_page_with_styles_of_its_own_has_the_element_the_module_and_the_worker() {
    let package = xtask::npm::folder();
    assert!(package.join("core_bg.wasm").is_file(), "the package is not built; `cargo xtask npm` does it");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("host");
    fs::create_dir_all(folder.join(xtask::npm::NAME)).unwrap();
    for entry in fs::read_dir(package).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.join(xtask::npm::NAME).join(entry.file_name())).unwrap();
    }
    let example = xtask::root().join("docs/embed/element");
    for script in ["host.js", "worker.js"] {
        fs::copy(example.join(script), folder.join(script)).unwrap();
    }
    // What somebody pastes may be markup.
    let host = fs::read_to_string(example.join("index.html")).unwrap();
    let markup = host.replace("log.dirs=/var/lib/kafka", "log.dirs=/d?&lt;img src=x onerror=alert(1)>");
    assert_ne!(markup, host);
    fs::write(folder.join("index.html"), markup).unwrap();
    let site = Site::open(&folder, 0).unwrap();
    let page = Page::open(&site.address()).unwrap();

    page.wait_for("window.reports?.broker && window.reports.stated && window.plain && window.inWorker")
        .unwrap();
    assert_eq!(
        page.ask("[reports.broker.verdict, reports.broker.path.to]").unwrap(),
        serde_json::json!(["blocked", "4.0.0"])
    );
    assert_eq!(page.ask("JSON.stringify(window.plain) === JSON.stringify(window.inWorker)").unwrap(), true);
    assert_eq!(
        page.ask("JSON.stringify(window.plain) === JSON.stringify(window.reports.stated)").unwrap(),
        true
    );

    let inside = |expression: &str| {
        page.ask(&format!("(root => {expression})(document.querySelector('#broker').shadowRoot)")).unwrap()
    };
    assert_eq!(inside("root.querySelector('h2').textContent"), "Not ready for 4.0.0");
    assert_eq!(inside("root.querySelectorAll('img, script').length"), 0);
    assert_eq!(
        inside(
            "getComputedStyle(root.querySelector('textarea')).display !== 'none' && getComputedStyle(root.querySelector('li')).fontSize"
        ),
        "15px"
    );
    assert_eq!(inside("getComputedStyle(root.querySelector('.root')).colorScheme"), "dark");
    assert_eq!(inside("root.querySelector('label').htmlFor === root.querySelector('textarea').id"), true);
    // The host's own styles are not affected.
    assert_eq!(page.ask("getComputedStyle(document.querySelector('h1')).fontSize").unwrap(), "30px");

    // What is typed is checked, and so is another target.
    page.ask("(window.reports = {}, document.querySelector('#broker').shadowRoot.querySelector('textarea').select())").unwrap();
    for letter in "process.roles=broker".chars() {
        page.press(&letter.to_string()).unwrap();
    }
    page.wait_for("window.reports.broker?.path.mode === 'kraft'").unwrap();
    page.ask("(window.reports = {}, document.querySelector('#stated').setAttribute('to', '4.1.0'))").unwrap();
    page.wait_for("window.reports.stated?.path.to === '4.1.0'").unwrap();
    page.ask("document.querySelector('#stated').setAttribute('to', '9.9')").unwrap();
    page.wait_for("document.querySelector('#stated').shadowRoot.textContent.includes('Not checked: ')")
        .unwrap();

    page.window(390, 800, Scheme::Dark).unwrap();
    assert!(page.overflow().unwrap() <= 0);
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
}
