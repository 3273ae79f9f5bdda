//! Files that the page changes or makes: fixes and their undo, converted and drafted files, downloads.

use crate::{Open, TWO_FIXES, shows};

#[test]
fn a_log4j_1_file_is_converted_into_a_new_file_and_losses_are_listed() {
    let open = Open::new();
    let text = "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.example.Telegraph\n";
    open.drop_files("body", &[("log4j.properties", text)]).unwrap();
    open.wait_for("document.querySelector('#convert')").unwrap();
    open.click("#convert").unwrap();
    open.wait_for("document.querySelector('.files [aria-current]')?.innerText.includes('log4j2.yaml')")
        .unwrap();
    open.click("#show-notices").unwrap();
    assert!(open.text(".notices").unwrap().contains("Line 2: "));
    open.close();
}

#[test]
fn a_drafted_file_is_opened_as_a_file_and_checked() {
    let open = Open::with(
        "broker.id=1\nzookeeper.connect=zk:2181\ninter.broker.protocol.version=3.4\nlog.dirs=/d\n",
    );
    open.click("#tab-plan").unwrap();
    open.click("#unfold").unwrap();
    open.wait_for("document.querySelector('.draft')").unwrap();
    open.ask("document.querySelector('.draft').open = true").unwrap();
    open.ask("[...document.querySelectorAll('.draft button')].find(button => button.innerText === 'Open as a file here').click()").unwrap();
    open.wait_for("document.querySelectorAll('.files button').length === 2").unwrap();
    open.wait_for("document.querySelector('#text').value.includes('process.roles=controller')").unwrap();
    open.wait_for("document.querySelector('#kind').innerText === 'Broker configuration'").unwrap();
    open.close();
}

#[test]
fn every_fix_and_every_close_can_be_undone_even_after_another_file_was_opened() {
    let open = Open::new();
    open.drop_files("body", &[("one.properties", TWO_FIXES), ("two.properties", TWO_FIXES)]).unwrap();
    open.wait_for("document.querySelector('#review')").unwrap();
    open.click("#review").unwrap();
    open.wait_for("document.querySelectorAll('.diff .old').length > 1").unwrap();
    open.click("#apply-all").unwrap();
    open.wait_for("document.querySelector('#undo')").unwrap();
    open.click("#tab-overview").unwrap();
    open.wait_for(
        "document.querySelector('#text') && !document.querySelector('#text').value.includes('master.key')",
    )
    .unwrap();
    open.click("#file-1").unwrap();
    open.wait_for("document.querySelector('#text').ariaLabel.includes('one.properties')").unwrap();
    open.click("#close").unwrap();
    open.wait_for("document.querySelector('.fl h2').innerText === '1 file'").unwrap();
    open.click("#undo").unwrap();
    open.wait_for("document.querySelectorAll('.files button').length === 2").unwrap();
    open.ask("document.activeElement.blur()").unwrap();
    open.press("u").unwrap();
    for file in ["#file-1", "#file-2"] {
        open.click(file).unwrap();
        shows(&open, TWO_FIXES);
    }
    open.close();
}

#[test]
fn fixed_files_can_be_downloaded_one_by_one_and_together() {
    let open = Open::new();
    open.drop_files("body", &[("one.properties", TWO_FIXES), ("two.properties", TWO_FIXES)]).unwrap();
    open.wait_for("document.querySelector('#review')").unwrap();
    open.click("#review").unwrap();
    open.wait_for("document.querySelector('#download-all')").unwrap();
    let watch =
        "HTMLAnchorElement.prototype.click = function () { window.__offered = [this.download, this.href]; }";
    open.ask(watch).unwrap();
    let offers = |button: &str, name: &str| {
        open.click(button).unwrap();
        open.wait_for(&format!("window.__offered?.[0] === '{name}'")).unwrap();
        assert!(open.ask("window.__offered[1].startsWith(`blob:${location.origin}/`)").unwrap() == true);
    };
    offers("#download-one", "one.properties");
    offers("#download-all", "kafka-upgrade-fixed.zip");
    open.click("#copy-one").unwrap();
    open.wait_for("document.querySelector('#copy-one').innerText === 'Copied'").unwrap();
    open.click("#tab-overview").unwrap();
    // Nothing was applied: looking at the fixes changes no text.
    shows(&open, TWO_FIXES);
    open.ask("window.__offered = null").unwrap();
    offers("#download", "one.properties");
    open.close();
}
