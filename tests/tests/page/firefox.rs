//! The main flow in Firefox: pasted, answered, fixed, taken back, kept; from a server and from a disk.

use std::fs;
use std::path::PathBuf;

use acceptance::browser::Page;
use acceptance::firefox::Firefox;
use xtask::site::Site;

use crate::keep::kept_text;
use crate::{BROKER, CORE_IS_THERE};

/// Texts of the answer: verdict, counts, and what was found where.
const ANSWER: &str = "[document.querySelector('#verdict').innerText, document.querySelector('.counts').innerText,
    ...[...document.querySelectorAll('.finding')].map((one) => one.dataset.rule)].join('\\n').replace(/\\s+/g, ' ')";

#[test]
fn a_broker_is_pasted_answered_fixed_and_kept() {
    let site = Site::open(&xtask::dist(), 0).unwrap();
    let page = Firefox::open(&site.address()).unwrap();
    page.wait_for(CORE_IS_THERE).unwrap();
    page.click("kept-texts input").unwrap();
    // Typed letters would come in one go, before the page can take the first.
    let paste = format!(
        "(area => {{ area.value = {}; area.dispatchEvent(new Event('input', {{bubbles: true}})); }})(document.querySelector('#paste'))",
        serde_json::json!(BROKER)
    );
    page.ask(&paste).unwrap();
    page.wait_for("document.querySelector('#text')?.value.includes('log.dirs')").unwrap();
    page.wait_for("document.querySelector('#verdict')?.innerText.startsWith('Not ready')").unwrap();
    let finding = ".finding[data-rule='removed-delegation-token-master-key']";
    page.wait_for(&format!("document.querySelector(\"{finding}\")")).unwrap();
    page.ask("(document.querySelector('#text').blur(), document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true})))").unwrap();
    page.wait_for("document.querySelector('.finding.open')").unwrap();
    page.ask("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '.', bubbles: true}))").unwrap();
    page.wait_for("document.querySelector('#text').value.includes('delegation.token.secret.key')").unwrap();
    page.click("#undo").unwrap();
    page.wait_for("document.querySelector('#text').value.includes('delegation.token.master.key')").unwrap();
    page.click("#tab-manual").unwrap();
    page.wait_for("document.querySelector('.manual')").unwrap();
    // The copy of what was undone is a timer, and the writing another one; until then the record is that of the fix.
    page.wait_for("(window.__waits ??= setTimeout(() => setTimeout(() => { window.__waited = true; }, 600), 600), window.__waited)")
        .unwrap();
    page.wait_for(&kept_text(BROKER)).unwrap();
    page.reload().unwrap();
    page.wait_for(&format!("document.querySelector('#text')?.value === {}", serde_json::json!(BROKER)))
        .unwrap();
    page.wait_for("document.querySelector('#verdict')?.innerText.startsWith('Not ready')").unwrap();
}

#[test]
fn files_and_archives_are_picked() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("firefox");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("b.properties"), BROKER).unwrap();
    let pack = "rm -f p.zip && python3 -m zipfile -c p.zip b.properties";
    assert!(
        std::process::Command::new("sh").args(["-c", pack]).current_dir(&folder).status().unwrap().success()
    );
    let site = Site::open(&xtask::dist(), 0).unwrap();
    let page = Firefox::open(&site.address()).unwrap();
    page.wait_for(CORE_IS_THERE).unwrap();
    let both = format!("{}\n{}", folder.join("b.properties").display(), folder.join("p.zip").display());
    page.keys("#open-files", &both).unwrap();
    page.wait_for("document.querySelector('.fl')?.innerText.includes('2 files')").unwrap();
    page.wait_for("document.querySelector('#verdict')?.innerText.startsWith('Not ready')").unwrap();
}

#[test]
fn the_one_file_from_a_disk_gives_the_same_answer_in_both_browsers() {
    let file = format!("file://{}", xtask::dist().join(xtask::single::NAME).display());
    let answer = {
        let page = Page::open(&file).unwrap();
        page.wait_for("document.querySelector('#example-1')").unwrap();
        page.click("#example-1").unwrap();
        page.wait_for("document.querySelector('.verdict .counts')").unwrap();
        page.ask(ANSWER).unwrap()
    };
    assert!(
        answer.as_str().is_some_and(|answer| answer.contains("Not ready for") && answer.len() > 200),
        "{answer}"
    );
    let page = Firefox::open(&file).unwrap();
    page.click("#example-1").unwrap();
    page.wait_for("document.querySelector('.verdict .counts')").unwrap();
    assert_eq!(page.ask(ANSWER).unwrap(), answer);
    // A disk's pages share one storage, so nothing is kept, and that is said.
    page.click("#promise").unwrap();
    page.wait_for(
        "document.querySelector('dialog kept-texts').innerText.includes('opened from a disk keeps nothing')",
    )
    .unwrap();
}

#[test]
fn the_site_opened_from_a_disk_says_why_it_cannot_start_and_names_the_one_file() {
    let file = format!("file://{}", xtask::dist().join("index.html").display());
    let said = "document.querySelector('.boot-failed')?.innerText.includes('kafka-upgrade-check.html')";
    let page = Firefox::open(&file).unwrap();
    page.wait_for(said).unwrap();
    page.click(".boot-failed a").unwrap();
    page.wait_for("document.querySelector('#example-1')").unwrap();
    drop(page);
    let page = Page::open(&file).unwrap();
    page.wait_for(said).unwrap();
}
