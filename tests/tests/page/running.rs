//! Products stated in words, and the plan for them.

use crate::{EVERYTHING, Open, state};

#[test]
fn words_alone_without_a_file_lead_to_a_matrix_a_plan_and_a_verdict() {
    let open = Open::new();
    open.click("#have").unwrap();
    for letter in "kafka 3.4.0 zookeeper java 11 librdkafka 1.9.2 kafkajs 2.2.4".chars() {
        open.press(&letter.to_string()).unwrap();
    }
    open.press("Enter").unwrap();
    open.wait_for("document.querySelector('#verdict') && document.querySelector('#change')").unwrap();
    open.click("#change").unwrap();
    open.wait_for("document.querySelectorAll('.chip').length === 5").unwrap();
    assert_eq!(
        open.ask("document.querySelector('#from').selectedOptions[0].innerText").unwrap(),
        "3.4.0 (stated)"
    );
    let row = "[...document.querySelectorAll('#matrix tbody th[scope=row]')].find(row => row.innerText.includes('librdkafka 1.9.2'))";
    open.wait_for(row).unwrap();
    let words = open
        .ask(&format!("[...{row}.parentElement.querySelectorAll('.cell')].map(cell => cell.innerText)"))
        .unwrap();
    assert!(
        words.as_array().is_some_and(|words| words.len() > 1
            && words.iter().all(|word| word.as_str().is_some_and(|word| word.len() > 3))),
        "a cell has a word: {words}"
    );
    open.click("#tab-plan").unwrap();
    open.wait_for("document.querySelectorAll('.step').length > 5").unwrap();

    open.click("[aria-label='Remove librdkafka 1.9.2']").unwrap();
    open.wait_for("document.querySelectorAll('.chip').length === 4").unwrap();
    open.click("#tab-overview").unwrap();
    open.wait_for(&format!("!{row}")).unwrap();
    open.close();
}

#[test]
fn a_name_and_a_version_are_added_and_an_unknown_name_is_marked() {
    let open = Open::new();
    state(&open, "java 17");
    open.click("#change").unwrap();
    for (field, text) in [("#have", "librdkafka"), ("#have-version", "2.3.0")] {
        open.click(field).unwrap();
        for letter in text.chars() {
            open.press(&letter.to_string()).unwrap();
        }
    }
    open.click("#have-add").unwrap();
    open.wait_for(
        "[...document.querySelectorAll('.chip')].some(chip => chip.innerText.includes('librdkafka 2.3.0'))",
    )
    .unwrap();
    open.paste("#have", "frobnicator").unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.querySelector('.chip.warning')").unwrap();
    assert!(open.text(".chip.warning").unwrap().contains("nothing that is known here"));
    open.close();
}

#[test]
fn ticks_survive_a_reload_and_no_stated_product_is_stored() {
    let open = Open::new();
    let ticked = "document.querySelectorAll('.step input:checked').length";
    let plan = || {
        state(&open, EVERYTHING);
        open.click("#tab-plan").unwrap();
        open.wait_for("document.querySelector('.step input')").unwrap();
    };
    plan();
    open.click(".step input").unwrap();
    open.wait_for("document.querySelector('#done').innerText.startsWith('1 of ')").unwrap();
    let stored = open.ask("JSON.stringify({...localStorage})").unwrap();
    assert!(stored.as_str().is_some_and(|stored| !stored.contains("librdkafka")), "{stored}");

    open.reload().unwrap();
    open.wait_for("document.querySelector('#paste')").unwrap();
    plan();
    assert_eq!(open.ask(ticked).unwrap(), 1);
    open.click("#clear-ticks").unwrap();
    open.wait_for(&format!("{ticked} === 0")).unwrap();
    assert_eq!(open.ask("localStorage.length").unwrap(), 0, "what is cleared is gone");
    open.requests().unwrap();
    open.close();
}

#[test]
fn a_browser_without_storage_still_has_a_plan() {
    let open = Open::new();
    open.ask("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError'); }})").unwrap();
    state(&open, EVERYTHING);
    open.wait_for("document.querySelector('#tab-plan')").unwrap();
    open.click("#tab-plan").unwrap();
    open.click(".step input").unwrap();
    open.wait_for("document.querySelector('#done').innerText.startsWith('1 of ')").unwrap();
    open.close();
}
