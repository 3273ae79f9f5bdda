//! The core's worker: closed off from the network, started again when it fails, cancelled.

use crate::{BROKER, Open, copied, finding};

/// A text whose check takes long enough to be seen, and ends in one finding.
fn long_text() -> String {
    let mut text = String::from(BROKER);
    for at in 0..12_000 {
        text += &format!("listener.name.l{at}.ssl.keystore.location=/etc/kafka/{at}.jks\n");
    }
    text
}

#[test]
fn when_everything_is_loaded_the_page_may_load_nothing_more() {
    let open = Open::new();
    let policies = open
        .ask("[...document.querySelectorAll('meta[http-equiv=Content-Security-Policy]')].map(one => one.content)")
        .unwrap();
    let closed = policies.get(1).and_then(|one| one.as_str()).unwrap_or_default();
    assert!(
        closed.starts_with("default-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:"),
        "{policies}"
    );
    // What loading allowed is refused now, by the browser.
    let fetched =
        "fetch('index.html').then(() => window.__fetched = 'sent', () => window.__fetched = 'refused')";
    open.ask(&format!("void {fetched}")).unwrap();
    open.wait_for("window.__fetched === 'refused'").unwrap();
    let refused = open.complaints().unwrap();
    assert!(refused.iter().any(|one| one.starts_with("policy: connect-src")), "{refused:?}");
    let asked = open.requests().unwrap();
    assert!(asked.iter().all(|one| !one.ends_with("index.html")), "{asked:?}");
}

#[test]
fn a_core_that_fails_is_started_again_and_the_text_is_kept() {
    let open = Open::new();
    let text = long_text();
    open.drop_files("body", &[("server.properties", &text)]).unwrap();
    open.wait_for("document.querySelector('#verdict')").unwrap();
    // No message of any version: the worker stops with an error in the middle of its check.
    open.ask("kafkaUpgradeCheck.post(new Uint8Array([255, 255, 255, 255, 255, 255]))").unwrap();
    open.wait_for("document.querySelector('#verdict').innerText.includes('stopped with an error')").unwrap();
    assert_eq!(open.ask("document.querySelectorAll('.sign, .finding').length").unwrap(), 0, "half an answer");
    assert_eq!(copied(&open).len(), text.len());
    for button in ["#save-files", "#copy-failure"] {
        assert!(open.ask(&format!("!!document.querySelector('{button}')")).unwrap() == true, "{button}");
    }
    open.click("#again").unwrap();
    open.wait_for("document.querySelector('#verdict').innerText.startsWith('Not ready')").unwrap();
    open.wait_for(&finding("removed-delegation-token-master-key")).unwrap();
}

#[test]
fn a_long_check_shows_how_far_it_is_and_can_be_cancelled() {
    let open = Open::new();
    let text = "log.dirs=/d\nprocess.roles=broker\nnode.id=1\n";
    let files: Vec<(String, String)> = (0..300)
        .map(|at| (format!("b-{at}.properties"), format!("{text}unknown.{at}.key.of.ours=1\n").repeat(20)))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    open.drop_files("body", &files).unwrap();
    open.wait_for("document.querySelector('#verdict')?.innerText.startsWith('Checking 300 files')").unwrap();
    open.wait_for("document.querySelector('.verdict progress')").unwrap();
    open.ask("document.querySelector('#cancel').click()").unwrap();
    open.wait_for("document.querySelector('#verdict').innerText.includes('was cancelled')").unwrap();
    assert!(open.text(".fl h2").unwrap().starts_with("300 files"));
    open.click("#again").unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    open.close();
}

#[test]
fn the_page_tries_each_kind_of_request_and_shows_that_each_is_refused() {
    let open = Open::new();
    open.click("#promise").unwrap();
    open.click("#self-test").unwrap();
    open.wait_for("document.querySelector('.self-test output p')").unwrap();
    let results = open.text(".self-test ul").unwrap();
    // The browser's log lists what was tried as well, so its events of refusal are the witness.
    assert!(open.text(".self-test output").unwrap().contains("refused 11 of 11"), "{results}");
    let refused = open.complaints().unwrap().iter().filter(|one| one.starts_with("policy: ")).count();
    assert!(refused >= 11, "the browser refused {refused}");
}
