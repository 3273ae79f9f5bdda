//! The page's lists of rules and keys.

use crate::Open;

#[test]
fn a_rule_has_an_address_of_its_own_and_shows_its_examples() {
    let open = Open::new();
    open.ask("location.hash = '#/rules'").unwrap();
    open.wait_for("document.querySelectorAll('.key-list a').length > 200").unwrap();
    open.click("#search").unwrap();
    for letter in "zookeeper-connect".chars() {
        open.press(&letter.to_string()).unwrap();
    }
    open.wait_for("document.querySelectorAll('.key-list a').length < 10").unwrap();
    open.click("a[href='#/rules/removed-zookeeper-connect']").unwrap();
    open.wait_for("document.querySelectorAll('.example pre').length > 1").unwrap();
    assert!(open.text(".history").unwrap().contains("Not reported from 3.8.0 to 3.9.0"));
    open.close();
}

#[test]
fn the_keys_page_starts_with_every_component_and_with_the_detected_release() {
    let open = Open::with("broker.id=1\nzookeeper.connect=z:2181\ninter.broker.protocol.version=3.4\n");
    open.click("#change").unwrap();
    open.wait_for("document.querySelector('#from').selectedOptions[0].innerText.startsWith('3.4.1')")
        .unwrap();
    open.ask("location.hash = '#/keys'").unwrap();
    open.wait_for("document.querySelector('#of')").unwrap();
    assert_eq!(
        open.ask("document.querySelector('#of').selectedOptions[0].innerText").unwrap(),
        "every component"
    );
    assert!(open.text(".history h2").unwrap().starts_with("What changes from 3.4.1 to "));
    open.close();
}
