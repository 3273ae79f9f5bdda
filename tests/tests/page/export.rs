//! The report outside the page: exported, printed.

use crate::{BROKER, Open};

#[test]
fn the_export_has_the_plan_as_a_checklist_with_its_ticks_and_no_secret() {
    let open = Open::with(&BROKER.replace("=secret", "=hunter2"));
    open.click("#change").unwrap();
    open.paste("#have", "kafka 3.7.0, librdkafka 1.9.2").unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.querySelectorAll('.chip').length >= 2").unwrap();
    open.click("#tab-plan").unwrap();
    // A smooth scroll would still be running when the click comes.
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click(".step input").unwrap();
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('#export-text')").unwrap();
    let exported = open.ask("document.querySelector('#export-text').value").unwrap();
    let exported = exported.as_str().unwrap_or_default();
    assert_eq!(exported.matches("- [x]").count(), 1);
    assert!(
        exported.contains("- [ ]")
            && exported.contains("| librdkafka 1.9.2 |")
            && exported.contains("removed-delegation-token-master-key")
    );
    assert!(!exported.contains("hunter2"), "a secret is exported");

    // What is offered as a file comes from the page itself, not from anywhere.
    for (button, name) in [("#export-markdown", "kafka-upgrade.md"), ("#export-json", "kafka-upgrade.json")] {
        let watch = "HTMLAnchorElement.prototype.click = function () { window.__offered = [this.download, this.href]; }";
        open.ask(watch).unwrap();
        open.click(button).unwrap();
        // The core writes it, so it is offered a moment later.
        open.wait_for(&format!("window.__offered?.[0] === '{name}'")).unwrap();
        assert!(open.ask("window.__offered[1].startsWith(`blob:${location.origin}/`)").unwrap() == true);
    }
    open.click("#export-copy").unwrap();
    open.wait_for("document.querySelector('#export-copy').innerText === 'Copied'").unwrap();
    open.ask("document.querySelector('dialog').close()").unwrap();
    open.wait_for("!document.querySelector('#export-text')").unwrap();
    open.click("#tab-overview").unwrap();
    open.wait_for("document.querySelector('#text')").unwrap();
    open.ask("(document.querySelector('#text').focus(), document.querySelector('#text').select())").unwrap();
    open.paste_again("#text").unwrap();
    assert_eq!(
        open.ask("document.querySelector('#text').value").unwrap(),
        exported,
        "what was copied is what was shown"
    );
    open.close();
}

#[test]
fn the_printed_sheet_has_the_whole_answer_and_nothing_to_click() {
    let open = Open::new();
    open.click("#example-1").unwrap();
    open.wait_for("document.querySelector('.sheet h1')").unwrap();
    let sheet = open.ask("document.querySelector('.app > .sheet').textContent").unwrap();
    let sheet = sheet.as_str().unwrap_or_default();
    for part in [
        "Not ready for ",
        "What you run",
        "Breaks",
        "Works differently",
        "Plan",
        "no way back",
        "What no file can show",
        "bin/kafka-",
    ] {
        assert!(sheet.contains(part), "{part} is not printed");
    }
    assert_eq!(
        open.ask("document.querySelectorAll('.app > .sheet :is(button, input, select, a)').length").unwrap(),
        0
    );
    open.print().unwrap();
    let shown = open.ask("[...document.querySelector('.app').children].filter(one => getComputedStyle(one).display !== 'none').map(one => one.className)").unwrap();
    assert_eq!(shown, serde_json::json!(["sheet"]));
    open.close();
}
