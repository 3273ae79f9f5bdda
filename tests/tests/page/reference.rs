//! The page's lists of rules and keys, its comparison of releases, and how it leads to the static reference.

use acceptance::browser::Page;

use crate::keep::{keep, kept, until_a_copy_would_be_kept};
use crate::{BROKER, CORE_IS_THERE, Open, finding};

#[test]
fn a_rule_has_a_title_in_words_an_address_of_its_own_and_shows_its_examples() {
    let open = Open::new();
    open.ask("location.hash = '#/rules'").unwrap();
    open.wait_for("document.querySelectorAll('.key-list a').length > 200").unwrap();
    let titles =
        open.ask("[...document.querySelectorAll('.key-list b')].map(one => one.textContent)").unwrap();
    let titles = titles.as_array().unwrap();
    for title in titles.iter().filter_map(|title| title.as_str()) {
        assert!(title.contains(' ') && !title.contains(['{', '}']), "{title} is no title in words");
        assert!(!title.contains("that value") && !title.contains("of that age"), "{title} is left open");
    }
    open.click("#search").unwrap();
    for letter in "zookeeper-connect".chars() {
        open.press(&letter.to_string()).unwrap();
    }
    open.wait_for("document.querySelectorAll('.key-list a').length < 10").unwrap();
    open.click("a[href='#/rules/removed-zookeeper-connect']").unwrap();
    open.wait_for("document.querySelectorAll('.example pre').length > 1").unwrap();
    let shown = open.text(".history").unwrap();
    assert!(shown.contains("Not reported from 3.8.0 to 3.9.0"), "{shown}");
    assert!(open.text(".history h2").unwrap().contains("keeps its metadata in ZooKeeper"), "{shown}");
    open.wait_for(
        "document.title.startsWith('This broker keeps its metadata in ZooKeeper, and 4.0.0 cannot')",
    )
    .unwrap();
    // What a failure of a log means is explained there as well, and so is what no one wrote down.
    for (id, words) in [
        ("failure-authentication-failed", "The broker refuses the login"),
        ("refused-value-linger-ms", "linger.ms"),
        ("not-kafka", "another program"),
    ] {
        open.ask(&format!("location.hash = '#/rules/{id}'")).unwrap();
        open.wait_for(&format!("document.querySelector('.history')?.innerText.includes('rule {id}')"))
            .unwrap();
        let shown = open.text(".history").unwrap();
        assert!(shown.contains(words), "{id}: {shown}");
    }
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
    // Rules of the comparison are run on their own examples first.
    open.wait_for(
        "document.querySelector('.history h2')?.innerText.startsWith('What changes from 3.4.1 to ')",
    )
    .unwrap();
    open.close();
}

/// Where the links into the static reference on the page lead, each to a page that is there.
fn beside(open: &Open) -> Vec<String> {
    let links =
        open.ask("[...document.querySelectorAll('a.beside')].map(one => one.getAttribute('href'))").unwrap();
    let links: Vec<String> = serde_json::from_value(links).unwrap();
    for link in &links {
        assert!(xtask::dist().join(link).is_file(), "{link} leads nowhere");
    }
    links
}

#[test]
fn findings_rules_keys_releases_failures_and_kips_lead_to_the_reference_and_back() {
    let open = Open::new();
    let log = "org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed: Invalid username or \
               password\n";
    open.drop_files("body", &[("server.properties", BROKER), ("broker.log", log)]).unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    open.click("#tab-findings").unwrap();
    let mut all = Vec::new();
    for rule in ["removed-delegation-token-master-key", "failure-authentication-failed"] {
        let one = finding(rule);
        open.wait_for(&one).unwrap();
        open.click(&format!(".finding[data-rule=\"{rule}\"] .what")).unwrap();
        open.wait_for(&format!("{one}.querySelector('.more .refs')")).unwrap();
        all.extend(beside(&open));
    }
    open.click("#tab-plan").unwrap();
    open.ask("location.hash = '#/key/broker/log.segment.bytes'").unwrap();
    open.wait_for("document.querySelector('.history a.beside')").unwrap();
    all.extend(beside(&open));
    open.ask("location.hash = '#/rules/failure-authentication-failed'").unwrap();
    open.wait_for(
        "document.querySelector('.history')?.innerText.includes('rule failure-authentication-failed')",
    )
    .unwrap();
    all.extend(beside(&open));
    open.ask("location.hash = '#/compare/3.9/4.0'").unwrap();
    open.wait_for("document.querySelector('#looked-at')").unwrap();
    all.extend(beside(&open));
    open.ask("location.hash = '#/rules/removed-zookeeper-connect'").unwrap();
    open.wait_for("document.querySelector('.history')?.innerText.includes('rule removed-zookeeper-connect')")
        .unwrap();
    all.extend(beside(&open));
    for link in [
        "reference/rules/removed-delegation-token-master-key.html",
        "reference/keys/delegation.token.master.key.html",
        "reference/failures/authentication-failed.html",
        "reference/keys/log.segment.bytes.html",
        "reference/releases/4.0.html",
        "reference/rules/removed-zookeeper-connect.html",
        "reference/kips/KIP-500.html",
    ] {
        assert!(all.iter().any(|one| one == link), "{link} is not in {all:?}");
    }
    // The reference leads to the same place in the page, whose texts stay where they are.
    let address = open.site.address();
    for (page, into) in [
        ("rules/removed-zookeeper-connect.html", "keeps its metadata in ZooKeeper"),
        ("failures/authentication-failed.html", "rule failure-authentication-failed"),
        ("keys/log.segment.bytes.html", "A key of broker"),
        ("compare/3.9-to-4.0.html", "What changes from 3.9.2 to 4.0"),
        ("releases/4.0.html", "What changes from 3.9.2 to 4.0"),
    ] {
        open.go(&format!("{address}reference/{page}")).unwrap();
        open.wait_for("document.querySelector('a.go')").unwrap();
        open.click("a.go").unwrap();
        open.wait_for(&format!("document.querySelector('.history')?.innerText.includes('{into}')")).unwrap();
    }
}

#[test]
fn what_each_kip_changes_for_what_is_pasted_is_one_heading_each() {
    let open = Open::new();
    open.click("#example-1").unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    open.click("#tab-findings").unwrap();
    open.wait_for("document.querySelector(\"[aria-label='Group by'] button\")").unwrap();
    open.click("[aria-label='Group by'] button:last-child").unwrap();
    open.wait_for("document.querySelector('.sec h2')?.innerText.startsWith('KIP-')").unwrap();
    let headings = open.ask("[...document.querySelectorAll('.sec h2')].map(one => one.innerText)").unwrap();
    let headings: Vec<String> = serde_json::from_value(headings).unwrap();
    let (last, kips) = headings.split_last().unwrap();
    assert_eq!(last, "No KIP");
    assert!(kips.len() > 2 && kips.iter().all(|kip| kip.starts_with("KIP-")), "{kips:?}");
    assert_eq!(kips.iter().collect::<std::collections::BTreeSet<_>>().len(), kips.len(), "{kips:?}");
    assert_eq!(beside(&open).len(), kips.len());
    // ZooKeeper goes by KIP-500 or the one that migrates, whatever else a finding names.
    let of = open
        .ask("document.querySelector('.finding[data-rule=removed-zookeeper-connect]').closest('ol').previousElementSibling.innerText")
        .unwrap();
    assert!(of.as_str().unwrap().starts_with("KIP-"), "{of}");
    open.close();
}

const FIRST: &str = ".changes li input";

fn looked_at(page: &Page) -> String {
    page.text("#looked-at").unwrap()
}

#[test]
fn a_comparison_has_its_address_and_its_ticks_are_kept_where_texts_are() {
    let open = Open::new();
    open.ask("location.hash = '#/compare/3.9/4.0'").unwrap();
    open.wait_for("document.querySelector('#looked-at')").unwrap();
    assert!(open.text(".history h2").unwrap().starts_with("What changes from 3.9.2 to 4.0."));
    assert!(open.ask("document.title").unwrap().as_str().unwrap().starts_with("Kafka 3.9 to 4.0"));
    open.click(FIRST).unwrap();
    open.wait_for("document.querySelector('#looked-at').innerText.startsWith('1 of ')").unwrap();
    // Another pair of releases has its own address and ticks; going back restores the earlier ones.
    let to = "(to => { to.value = '4.1.0'; to.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelector('#compare-to'))";
    open.ask(to).unwrap();
    open.wait_for("location.hash === '#/compare/3.9.2/4.1.0' && document.querySelector('.history h2').innerText.endsWith('4.1.0')").unwrap();
    assert!(looked_at(&open).starts_with("0 of "));
    open.ask("history.back()").unwrap();
    open.wait_for("document.querySelector('#looked-at').innerText.startsWith('1 of ')").unwrap();
    // Nobody has asked for anything to be kept.
    until_a_copy_would_be_kept(&open);
    open.wait_for(&kept("")).unwrap();
    assert_eq!(
        open.ask("Object.values({...localStorage, ...sessionStorage}).some(one => one.includes('compare'))")
            .unwrap(),
        false
    );
    open.reload().unwrap();
    open.wait_for("document.querySelector('#looked-at')?.innerText.startsWith('0 of ')").unwrap();

    keep(&open);
    open.click(FIRST).unwrap();
    open.wait_for("document.querySelector('#looked-at').innerText.startsWith('1 of ')").unwrap();
    // A record without texts.
    open.wait_for(&kept("0")).unwrap();
    open.reload().unwrap();
    open.wait_for("document.querySelector('#looked-at')?.innerText.startsWith('1 of ')").unwrap();
    assert_eq!(open.ask("location.hash").unwrap(), "#/compare/3.9/4.0");
    open.click("#promise").unwrap();
    open.click("dialog .forget").unwrap();
    open.wait_for("document.querySelector('dialog kept-texts').innerText.includes('Forgotten')").unwrap();
    open.reload().unwrap();
    open.wait_for("document.querySelector('#looked-at')?.innerText.startsWith('0 of ')").unwrap();
    open.wait_for(&kept("")).unwrap();
}

#[test]
fn without_a_storage_and_from_a_disk_ticks_of_a_comparison_last_as_long_as_the_page() {
    let ticks = |page: &Page| {
        page.ask("location.hash = '#/compare/3.9/4.0'").unwrap();
        page.wait_for("document.querySelector('#looked-at')").unwrap();
        page.click(FIRST).unwrap();
        page.wait_for("document.querySelector('#looked-at').innerText.startsWith('1 of ')").unwrap();
        page.ask("location.hash = '#/rules/removed-zookeeper-connect'").unwrap();
        page.wait_for("document.querySelector('.example pre')").unwrap();
        page.ask("location.hash = '#/compare/3.9/4.0'").unwrap();
        page.wait_for("document.querySelector('#looked-at')?.innerText.startsWith('1 of ')").unwrap();
    };
    let open = Open::new();
    open.before("for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) Object.defineProperty(window, name, {get() { throw new DOMException('x', 'SecurityError') }});").unwrap();
    open.reload().unwrap();
    open.wait_for(CORE_IS_THERE).unwrap();
    ticks(&open);
    drop(open);

    let file = xtask::dist().join(xtask::single::NAME);
    let page = Page::open(&format!("file://{}", file.display())).unwrap();
    page.wait_for(CORE_IS_THERE).unwrap();
    ticks(&page);
    // No site lies beside the file, so its own lists are all there is.
    assert_eq!(page.ask("document.querySelectorAll('a.beside').length").unwrap(), 0);
    assert_eq!(page.ask("localStorage.length + sessionStorage.length").unwrap(), 1, "the tab's own name");
    page.reload().unwrap();
    page.wait_for("document.querySelector('#looked-at')?.innerText.startsWith('0 of ')").unwrap();
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn facts_that_are_old_say_their_date_and_where_newer_ones_are_and_ask_nobody() {
    let open = Open::new();
    assert_eq!(open.ask("!!document.querySelector('#old')").unwrap(), false, "they are old by themselves");
    let date = open.text(".pagefoot").unwrap();
    open.before("const now = Date.now; Date.now = () => now() + 400 * 86400000;").unwrap();
    for address in [open.site.address(), format!("{}?embed", open.site.address())] {
        open.go(&address).unwrap();
        open.wait_for("document.querySelector('#old')?.getBoundingClientRect().height > 0").unwrap();
        let said = open.text("#old").unwrap();
        let newest = said.split("up to ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        assert!(date.contains(&format!("to {newest}, releases until ")), "{said} {date}");
        assert!(
            said.contains("months ago")
                && said.contains("asks no server")
                && said.contains("kafka-upgrade-check.html"),
            "{said}"
        );
    }
    open.requests().unwrap();
    open.close();
}
