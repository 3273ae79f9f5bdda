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
    open.wait_for("document.querySelector('#from').selectedOptions[0].innerText === '3.4.0 (stated)'")
        .unwrap();
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
    open.wait_for(&format!("{ticked} === 1")).unwrap();
    open.click("#clear-ticks").unwrap();
    // What is cleared is gone.
    open.wait_for(&format!("{ticked} === 0 && localStorage.length === 0")).unwrap();
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

const STRIMZI: &str = "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: events\n  annotations:\n    strimzi.io/kraft: enabled\nspec:\n  kafka:\n    \
    version: 3.9.0\n    metadataVersion: 3.9-IV0\n    replicas: 3\n    listeners:\n      - name: plain\n        port: 9092\n        \
    type: internal\n        tls: false\n    storage:\n      type: ephemeral\n";

#[test]
fn the_way_of_running_kafka_is_seen_says_where_and_can_be_chosen() {
    let open = Open::new();
    open.drop_files("body", &[("events.yaml", STRIMZI)]).unwrap();
    open.wait_for("document.querySelector('#change') && document.querySelector('.verdict .counts')").unwrap();
    open.click("#change").unwrap();
    let shown = "document.querySelector('#platform').selectedOptions[0].innerText";
    assert_eq!(open.ask(shown).unwrap(), "Strimzi (seen)");
    let from = open.text(".field:has(#platform) small").unwrap();
    assert!(from.contains("events.yaml line"), "{from}");
    open.click("#tab-plan").unwrap();
    open.click("#unfold").unwrap();
    open.wait_for("document.querySelector('.stop-list')?.textContent.includes('kubectl')").unwrap();

    let choose = |id: &str, value: &str| {
        let script = "(() => { const menu = document.getElementById('ID'); menu.value = 'VALUE'; \
            menu.dispatchEvent(new Event('change', {bubbles: true})); })()";
        open.ask(&script.replace("ID", id).replace("VALUE", value)).unwrap();
    };
    // The plan has the same menu, as it is the plan that it changes.
    choose("plan-platform", "host");
    open.wait_for("!document.querySelector('.stop-list').textContent.includes('kubectl')").unwrap();
    assert_eq!(open.ask(shown).unwrap(), "Kafka's own scripts on machines");
    assert!(open.text(".field:has(#platform) small").unwrap().contains("set by you"));
    open.click("#back-platform").unwrap();
    open.wait_for("document.querySelector('.stop-list').textContent.includes('kubectl')").unwrap();
    assert_eq!(open.ask(shown).unwrap(), "Strimzi (seen)");
    open.close();
}

#[test]
fn without_a_sign_kafkas_own_scripts_are_assumed_and_the_page_says_so() {
    let open = Open::with("broker.id=1\nzookeeper.connect=z:2181\ninter.broker.protocol.version=3.6\n");
    open.click("#change").unwrap();
    let shown = open.ask("document.querySelector('#platform').selectedOptions[0].innerText").unwrap();
    assert_eq!(shown, "Kafka's own scripts (assumed)");
    assert!(open.text(".field:has(#platform) small").unwrap().contains("no file shows otherwise"));
    open.close();
}
