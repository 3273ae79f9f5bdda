//! The page as it is shipped, in a real browser. `cargo xtask test` builds it first; so does `cargo xtask build`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ops::Deref;

use acceptance::browser::{Page, Scheme};
use xtask::site::Site;

const BROKER: &str = "\
# one of three
process.roles=broker
node.id=4
controller.quorum.voters=1@controller-1:9093
controller.listener.names=CONTROLLER
delegation.token.master.key=secret
log.dirs=/var/lib/kafka
";

/// The footer names the releases that the core knows: its worker runs, and the page may load nothing any more.
const CORE_IS_THERE: &str = "/ to \\d/.test(document.querySelector('.pagefoot')?.textContent)";

/// The page while it is used, and the server that it came from.
struct Open {
    page: Page,
    site: Site,
}

impl Deref for Open {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Open {
    /// Opens the page and waits until it can be used; everything that it asks for by then is its own.
    fn new() -> Self {
        let dist = xtask::dist();
        assert!(dist.join("index.html").is_file(), "the page is not built; `cargo xtask build` does it");
        let site = Site::open(&dist, 0).unwrap();
        let page = Page::open(&site.address()).unwrap();
        page.wait_for("document.querySelector('#paste')").unwrap();
        page.wait_for(CORE_IS_THERE).unwrap();
        let loaded = page.requests().unwrap();
        // The worker is made of a text that the page holds.
        let worker = format!("blob:{}", site.address());
        let own = |address: &str| address.starts_with(&site.address()) || address.starts_with(&worker);
        let foreign: Vec<_> = loaded.iter().filter(|address| !own(address)).collect();
        assert!(foreign.is_empty(), "the page comes from elsewhere too: {foreign:?}");
        Self { page, site }
    }

    fn with(text: &str) -> Self {
        let open = Self::new();
        open.paste("#paste", text).unwrap();
        open.wait_for("document.querySelector('#text') && document.querySelector('.verdict .counts')")
            .unwrap();
        open
    }

    /// What holds at the end of every visit: nothing was asked for, refused or complained about.
    fn close(self) {
        self.settle().unwrap();
        let mut asked = self.requests().unwrap();
        // Another worker is made of the text that the first one was made of.
        asked.retain(|address| !address.starts_with(&format!("blob:{}", self.site.address())));
        assert_eq!(asked, Vec::<String>::new(), "the page asked for something after it had loaded");
        assert_eq!(self.complaints().unwrap(), Vec::<String>::new());
        drop((self.page, self.site));
    }
}

fn finding(rule: &str) -> String {
    format!("document.querySelector('.finding[data-rule=\"{rule}\"]')")
}

#[test]
fn a_pasted_file_gets_a_finding_at_its_line_and_its_fix_takes_it_away() {
    let open = Open::with(BROKER);
    open.click("#tab-findings").unwrap();
    let rule = "removed-delegation-token-master-key";
    open.wait_for(&finding(rule)).unwrap();
    assert!(open.text("#verdict").unwrap().starts_with("Not ready for "));
    let listed = open.text(&format!(".finding[data-rule='{rule}'] .at")).unwrap();
    assert!(listed.contains(":6"), "it is not listed at line 6: {listed}");

    open.click("#line-6 .sign").unwrap();
    open.wait_for("document.querySelector('#line-6 .note')").unwrap();
    assert!(open.text("#line-6 .note").unwrap().contains("delegation.token.secret.key"));
    open.click("#line-6 .note .fix").unwrap();
    open.wait_for(&format!("!{}", finding(rule))).unwrap();

    let fixed = open.ask("document.querySelector('#text').value").unwrap();
    let expected = BROKER.replace("delegation.token.master.key", "delegation.token.secret.key");
    assert_eq!(fixed.as_str(), Some(expected.as_str()), "the fix changed something else");
    open.close();
}

#[test]
fn the_report_follows_the_typing_without_a_button() {
    let open = Open::with(BROKER);
    let area = "document.querySelector('#text')";
    open.ask(&format!("({area}.focus(), {area}.setSelectionRange(0, 0))")).unwrap();
    for letter in "zookeeper.connect=zk:2181".chars() {
        open.press(&letter.to_string()).unwrap();
    }
    open.press("Enter").unwrap();
    open.wait_for("document.querySelector('#line-1 .sign')").unwrap();
    open.close();
}

#[test]
fn a_dropped_file_keeps_its_name_and_another_program_is_told_apart() {
    let open = Open::new();
    let game = "motd=A Minecraft Server\nlevel-name=world\n";
    open.drop_files("body", &[("server.properties", BROKER), ("game.properties", game)]).unwrap();
    open.wait_for("document.querySelectorAll('.files button').length === 2").unwrap();
    for (name, kind) in [("server", "Broker configuration"), ("game", "Not Kafka's")] {
        let tabs = "[...document.querySelectorAll('.files button')]";
        open.ask(&format!("{tabs}.find(tab => tab.innerText.includes('{name}')).click()")).unwrap();
        open.wait_for(&format!("document.querySelector('#kind').innerText === \"{kind}\"")).unwrap();
    }
    open.close();
}

#[test]
fn the_keyboard_alone_reaches_the_paste_area_a_finding_and_its_fix() {
    let open = Open::new();
    tab_until(&open, "document.activeElement.id === 'paste'");
    open.press("z").unwrap();
    open.wait_for("document.querySelector('#text')").unwrap();
    open.ask("(document.querySelector('#text').focus(), document.querySelector('#text').select())").unwrap();
    open.paste("#text", BROKER).unwrap();
    open.wait_for("document.querySelectorAll('.line').length > 6").unwrap();
    // What is pasted is checked a moment later, and what comes of it may move the focus's neighbours.
    open.wait_for("document.querySelector('#verdict').textContent.startsWith('Not ready')").unwrap();
    tab_until(&open, "document.activeElement.closest('[role=tablist]')?.ariaLabel === 'The answer'");
    while open.ask("document.activeElement.id").unwrap() != "tab-findings" {
        open.press("ArrowRight").unwrap();
    }
    open.wait_for(&finding("removed-delegation-token-master-key")).unwrap();
    tab_until(
        &open,
        "document.activeElement.closest('.finding[data-rule=\"removed-delegation-token-master-key\"]')",
    );
    open.press("Enter").unwrap();
    open.wait_for("document.querySelector('.finding.open .fix')").unwrap();
    tab_until(&open, "document.activeElement.matches('.finding.open .fix')");
    open.press("Enter").unwrap();
    open.wait_for(&format!("!{}", finding("removed-delegation-token-master-key"))).unwrap();
    open.close();
}

/// What a broker, a client and the rest run, in words.
const EVERYTHING: &str =
    "brokers 2.8 on ZooKeeper, Java 11, Streams 3.1, librdkafka 1.9, kafkajs 2.2, Connect 3.4";

/// Says what runs in the line of the empty page, and waits for the answer.
fn say(open: &Open, words: &str) {
    open.paste("#have", words).unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.querySelector('#tab-plan')").unwrap();
}

fn tab_until(page: &Page, reached: &str) {
    for _ in 0..120 {
        if page.ask(&format!("Boolean({reached})")).unwrap() == true {
            return;
        }
        page.press("Tab").unwrap();
    }
    panic!("120 times the tab key, and never {reached}");
}

fn no_overflow(open: &Open, what: &str) {
    for width in [2560, 1440, 1000, 390] {
        open.window(width, 844, Scheme::Dark).unwrap();
        open.settle().unwrap();
        assert_eq!(open.overflow().unwrap(), 0, "{what}, {width} pixels wide");
    }
}

#[test]
fn what_runs_is_said_in_words_and_gets_a_matrix_a_plan_and_a_verdict_without_a_file() {
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
        "3.4.0 (said)"
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
fn a_name_and_a_version_are_added_and_what_is_not_known_says_so() {
    let open = Open::new();
    say(&open, "java 17");
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
fn a_manifest_fills_the_inventory_and_a_refused_client_blocks() {
    let open = Open::with("{\"dependencies\": {\"kafka-node\": \"5.0.0\", \"left-pad\": \"1.3.0\"}}");
    open.click("#change").unwrap();
    open.wait_for("document.querySelector('.chip')?.innerText.includes('kafka-node 5.0.0')").unwrap();
    open.wait_for("document.querySelectorAll('.chip').length === 1").unwrap();
    assert!(open.text("#verdict").unwrap().starts_with("Not ready for "));
    open.click("#tab-findings").unwrap();
    open.wait_for(&finding("requires-newer-client")).unwrap();
    open.click("#tab-overview").unwrap();
    open.wait_for("document.querySelector('#matrix td.c.target .cell').innerText.includes('refused')")
        .unwrap();
    open.close();
}

#[test]
fn a_connector_is_mended_in_its_json() {
    let connector = "{\n  \"name\": \"s\",\n  \"config\": {\n    \"connector.class\": \"x.Sink\",\n    \"topics\": \"a\",\n    \"transforms\": \"m\",\n    \"transforms.m.type\": \"org.apache.kafka.connect.transforms.ReplaceField$Value\",\n    \"transforms.m.blacklist\": \"b\"\n  }\n}\n";
    let open = Open::with(connector);
    open.click("#tab-findings").unwrap();
    let rule = "renamed-blacklist-of-replace-field";
    open.wait_for(&finding(rule)).unwrap();
    open.click("#line-8 .sign").unwrap();
    open.wait_for("document.querySelector('#line-8 .note .fix')").unwrap();
    open.click("#line-8 .note .fix").unwrap();
    open.wait_for(&format!("!{}", finding(rule))).unwrap();
    let fixed = open.ask("document.querySelector('#text').value").unwrap();
    assert_eq!(fixed.as_str(), Some(connector.replace("blacklist", "exclude").as_str()));
    open.close();
}

#[test]
fn each_service_of_a_compose_file_is_judged() {
    let open = Open::with(
        "services:\n  one:\n    image: confluentinc/cp-kafka:7.4.1\n    environment:\n      KAFKA_BROKER_ID: 1\n      \
         KAFKA_ZOOKEEPER_CONNECT: z:2181\n  two:\n    image: confluentinc/cp-kafka:7.4.1\n    environment:\n      \
         KAFKA_BROKER_ID: 2\n      KAFKA_ZOOKEEPER_CONNECT: z:2181\n",
    );
    open.click("#tab-findings").unwrap();
    let twice = "document.querySelector('.finding[data-rule=\"removed-zookeeper-connect\"] .times')?.innerText.startsWith('× ')";
    open.wait_for(twice).unwrap();
    open.close();
}

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
fn the_keyboard_goes_through_the_matrix_and_opens_a_cell() {
    let open = Open::new();
    say(&open, EVERYTHING);
    open.wait_for("document.querySelector('#matrix')").unwrap();
    tab_until(&open, "document.activeElement.matches('#matrix td.target .cell')");
    let start = open.ask("document.activeElement.id").unwrap();
    open.press("ArrowRight").unwrap();
    let beside = open.ask("document.activeElement.id").unwrap();
    assert!(beside != start && beside.as_str().is_some_and(|id| id.starts_with("cell-")), "{beside}");
    open.press("Enter").unwrap();
    open.wait_for("document.activeElement.ariaExpanded === 'true' && document.querySelector('#reasons h2')")
        .unwrap();
    assert!(open.text("#reasons").unwrap().contains("Known"));
    open.close();
}

#[test]
fn ticks_are_there_after_a_reload_and_nothing_that_was_said_is_stored() {
    let open = Open::new();
    let ticked = "document.querySelectorAll('.step input:checked').length";
    let plan = || {
        say(&open, EVERYTHING);
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
fn the_export_has_the_plan_as_a_checklist_with_its_ticks_and_no_secret() {
    let open = Open::with(&BROKER.replace("=secret", "=hunter2"));
    open.click("#change").unwrap();
    open.paste("#have", "kafka 3.7.0, librdkafka 1.9.2").unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.querySelectorAll('.chip').length >= 2").unwrap();
    open.click("#tab-plan").unwrap();
    // A smooth scroll would still be under way when the click comes.
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click(".step input").unwrap();
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('#export-text')").unwrap();
    let told = open.ask("document.querySelector('#export-text').value").unwrap();
    let told = told.as_str().unwrap_or_default();
    assert_eq!(told.matches("- [x]").count(), 1);
    assert!(
        told.contains("- [ ]")
            && told.contains("| librdkafka 1.9.2 |")
            && told.contains("removed-delegation-token-master-key")
    );
    assert!(!told.contains("hunter2"), "a secret is exported");

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
        told,
        "what was copied is what was shown"
    );
    open.close();
}

#[test]
fn a_log4j_1_file_is_converted_into_a_file_of_its_own_and_what_is_lost_is_said() {
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
fn a_browser_that_keeps_nothing_has_a_plan_all_the_same() {
    let open = Open::new();
    open.ask("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError'); }})").unwrap();
    say(&open, EVERYTHING);
    open.wait_for("document.querySelector('#tab-plan')").unwrap();
    open.click("#tab-plan").unwrap();
    open.click(".step input").unwrap();
    open.wait_for("document.querySelector('#done').innerText.startsWith('1 of ')").unwrap();
    open.close();
}

#[test]
fn nothing_sticks_out_of_the_window_on_a_phone_or_a_wide_screen() {
    let open = Open::new();
    for width in [390, 1440, 2560] {
        open.window(width, 844, Scheme::Light).unwrap();
        open.settle().unwrap();
        assert_eq!(open.overflow().unwrap(), 0, "empty, {width} pixels wide");
    }
    open.window(1440, 900, Scheme::Dark).unwrap();
    say(&open, EVERYTHING);
    open.wait_for("document.querySelector('#matrix')").unwrap();
    open.click("#matrix td.target .cell").unwrap();
    open.wait_for("document.querySelector('#reasons')").unwrap();
    no_overflow(&open, "with an open cell");
    open.window(1440, 900, Scheme::Dark).unwrap();
    open.paste("#paste", BROKER).unwrap();
    for panel in ["overview", "findings", "plan", "manual"] {
        open.window(1440, 900, Scheme::Dark).unwrap();
        // A smooth scroll would still be under way when the click comes.
        open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
        open.click(&format!("#tab-{panel}")).unwrap();
        if panel == "plan" {
            open.click("#unfold").unwrap();
        }
        no_overflow(&open, panel);
    }
    open.window(390, 844, Scheme::Dark).unwrap();
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('#export-text')").unwrap();
    no_overflow(&open, "with the export open");
    open.close();
}

#[test]
fn a_wide_screen_shows_every_release_of_the_matrix_every_file_and_all_of_a_command() {
    let open = Open::with("broker.id=1\nzookeeper.connect=z:2181\ninter.broker.protocol.version=3.4\n");
    open.window(1440, 900, Scheme::Light).unwrap();
    open.wait_for("document.querySelectorAll('#matrix thead th').length > 7").unwrap();
    let hidden = |of: &str| {
        let sides = format!("document.querySelectorAll('{of}')");
        open.ask(&format!("Math.max(...[...{sides}].map(box => box.scrollWidth - box.clientWidth))")).unwrap()
    };
    assert_eq!(hidden(".matrix-box"), 0);
    let services: Vec<_> =
        (1..8).map(|at| (format!("service-{at}.properties"), format!("client.id={at}\n"))).collect();
    let files: Vec<_> = services.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    open.drop_files("body", &files).unwrap();
    open.wait_for("document.querySelector('.files')?.innerText.includes('× 7, alike')").unwrap();
    assert_eq!(hidden(".files"), 0);
    open.click("#tab-plan").unwrap();
    open.click("#unfold").unwrap();
    for width in [1440, 390] {
        open.window(width, 900, Scheme::Light).unwrap();
        open.settle().unwrap();
        assert_eq!(hidden(".typed pre"), 0, "{width} pixels wide");
    }
    open.close();
}

#[test]
fn the_keys_begin_with_all_of_them_and_with_the_way_from_what_was_seen() {
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

#[test]
fn the_text_stays_in_sight_beside_findings_far_down() {
    let open = Open::with("broker.id=1\nzookeeper.connect=z:2181\ninter.broker.protocol.version=3.4\n");
    open.window(1440, 700, Scheme::Light).unwrap();
    open.click("#tab-findings").unwrap();
    open.ask("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})").unwrap();
    open.wait_for("scrollY > 300").unwrap();
    let top = open.ask("document.querySelector('#text').getBoundingClientRect().top").unwrap();
    assert!(top.as_f64().is_some_and(|top| (0.0..700.0).contains(&top)), "{top}");
    open.close();
}

/// The text that is shown, as the reader would copy it.
fn shown_text(open: &Open) -> String {
    let text = open.ask("document.querySelector('#text').value").unwrap();
    text.as_str().unwrap_or_default().to_owned()
}

const TWO_FIXES: &str = "process.roles=broker\nnode.id=4\ncontroller.quorum.voters=1@c:9093\n\
    controller.listener.names=C\ndelegation.token.master.key=secret\nlog.dirs=/d\nlog.cleaner.enable=true\n\
    metrics.jmx.blacklist=x\ninter.broker.protocol.version=3.7\n";

fn press_all(open: &Open, keys: &str) {
    for key in keys.split(' ') {
        open.press(key).unwrap();
        // A dialog that closes says so a moment later.
        open.settle().unwrap();
    }
}

#[test]
fn no_shortcut_ever_types_into_the_text() {
    let open = Open::with(TWO_FIXES);
    open.wait_for("document.querySelector('#verdict').textContent.startsWith('Not ready')").unwrap();
    open.ask("document.activeElement.blur()").unwrap();
    // Back at the first one, which a click would close again.
    press_all(&open, "j j k");
    open.click("#tab-findings").unwrap();
    open.ask("document.activeElement.blur()").unwrap();
    open.press(".").unwrap();
    open.wait_for("document.querySelector('#undo')").unwrap();
    open.wait_for("!document.querySelector('#text').value.includes('master.key')").unwrap();
    let fixed = shown_text(&open);
    assert_ne!(fixed, TWO_FIXES, "nothing was fixed");
    open.wait_for("document.activeElement.matches('.what, #verdict')").unwrap();
    press_all(&open, "j k ? Escape j");
    assert_eq!(shown_text(&open), fixed, "a shortcut was typed");

    // The same after a click on the button of a fix in the text.
    open.press("u").unwrap();
    open.wait_for("document.querySelector('#text').value.includes('master.key')").unwrap();
    open.wait_for("document.querySelector('#line-5 .sign')").unwrap();
    open.click("#line-5 .sign").unwrap();
    open.wait_for("document.querySelector('#line-5 .note .fix')").unwrap();
    open.click("#line-5 .note .fix").unwrap();
    open.wait_for("!document.querySelector('#text').value.includes('master.key')").unwrap();
    let fixed = shown_text(&open);
    open.wait_for("document.activeElement.matches('.what, #verdict')").unwrap();
    press_all(&open, "j k u");
    open.wait_for("document.querySelector('#text').value.includes('master.key')").unwrap();
    press_all(&open, "j k");
    assert_eq!(shown_text(&open), TWO_FIXES);
    assert_ne!(shown_text(&open), fixed);
    open.close();
}

#[test]
fn shortcuts_rest_behind_a_dialog_and_can_be_switched_off() {
    let open = Open::with(TWO_FIXES);
    open.wait_for("document.querySelector('#verdict').textContent.startsWith('Not ready')").unwrap();
    open.ask("document.activeElement.blur()").unwrap();
    press_all(&open, "j j");
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('dialog[open] #export-text')").unwrap();
    open.ask("document.querySelector('#export-copy').focus()").unwrap();
    press_all(&open, "j . u /");
    assert_eq!(shown_text(&open), TWO_FIXES);
    assert_eq!(open.ask("location.hash").unwrap(), "");
    open.press("Escape").unwrap();
    open.wait_for("!document.querySelector('dialog[open]')").unwrap();

    open.ask("document.activeElement.blur()").unwrap();
    open.press("?").unwrap();
    open.wait_for("document.querySelector('#shortcuts')").unwrap();
    open.click("#shortcuts").unwrap();
    open.press("Escape").unwrap();
    open.wait_for("!document.querySelector('dialog[open]')").unwrap();
    open.ask("document.activeElement.blur()").unwrap();
    press_all(&open, "j . ?");
    open.settle().unwrap();
    assert!(open.ask("document.querySelector('dialog[open]')").unwrap().is_null());
    assert_eq!(shown_text(&open), TWO_FIXES);
    open.close();
}

#[test]
fn every_fix_and_every_close_can_be_undone_also_after_another_file_was_looked_at() {
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
        open.wait_for("document.querySelector('#text').value.includes('master.key')").unwrap();
        assert_eq!(shown_text(&open), TWO_FIXES);
    }
    open.close();
}

#[test]
fn fixed_files_can_be_taken_along_one_by_one_and_together() {
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
    open.wait_for("document.querySelector('#text')").unwrap();
    // Nothing was applied: looking at the fixes changes no text.
    assert_eq!(shown_text(&open), TWO_FIXES);
    open.ask("window.__offered = null").unwrap();
    offers("#download", "one.properties");
    open.close();
}

#[test]
fn no_verdict_is_shown_before_the_text_that_it_is_of_was_checked() {
    let open = Open::new();
    let watch = "(() => { window.__shown = []; new MutationObserver(() => {
        const shown = document.querySelector('#verdict')?.innerText;
        if (shown && window.__shown.at(-1) !== shown) window.__shown.push(shown);
        }).observe(document.body, {childList: true, subtree: true, characterData: true}); })()";
    open.ask(watch).unwrap();
    let large = format!("{BROKER}zookeeper.connect=z:2181\n{}", "# a line of no interest\n".repeat(12_000));
    open.drop_files("body", &[("server.properties", &large)]).unwrap();
    open.wait_for("document.querySelector('#verdict')?.innerText.startsWith('Not ready')").unwrap();
    let shown = open.ask("window.__shown").unwrap();
    let shown: Vec<&str> = shown.as_array().into_iter().flatten().filter_map(|one| one.as_str()).collect();
    assert!(shown.iter().any(|one| one.starts_with("Checking")), "{shown:?}");
    assert!(shown.iter().all(|one| one.starts_with("Checking") || one.starts_with("Not ready")), "{shown:?}");
    open.close();
}

#[test]
fn where_the_release_is_not_known_the_page_asks_in_the_answers_place() {
    let open = Open::with("broker.id=1\nlog.dirs=/d\nlisteners=PLAINTEXT://:9092\n");
    open.wait_for("document.querySelector('#ask-from')").unwrap();
    open.ask("[...document.querySelectorAll('#ask-from .btn')].find(one => one.innerText === '3.4').click()")
        .unwrap();
    open.wait_for("!document.querySelector('#ask-from')").unwrap();
    assert!(open.text(".path .line-of").unwrap().contains("3.4.1"));
    assert!(open.text(".path .src").unwrap().contains("set by you"));
    open.click("#change").unwrap();
    open.click("#back-from").unwrap();
    open.wait_for("document.querySelector('#ask-from')").unwrap();
    open.close();
}

#[test]
fn on_a_phone_verdict_and_matrix_are_on_the_first_screen_and_the_text_is_one_tap_away() {
    let open = Open::new();
    open.window(390, 844, Scheme::Light).unwrap();
    open.ask("document.querySelector('#example-1').click()").unwrap();
    open.wait_for("document.querySelector('#matrix .target .cell')").unwrap();
    open.wait_for("scrollY === 0").unwrap();
    let bottom =
        open.ask("document.querySelector('#matrix td.target .cell').getBoundingClientRect().bottom").unwrap();
    assert!(bottom.as_f64().is_some_and(|bottom| bottom < 844.0), "{bottom}");
    assert_eq!(open.ask("document.querySelector('#text').offsetHeight").unwrap(), 0);
    let small = open
        .ask("[...document.querySelectorAll('button, a')].filter(one => one.offsetHeight > 0 && one.offsetHeight < 20 && !one.closest('p, .at, .sec, .line, .path, .rail, .skip')).map(one => one.outerHTML)")
        .unwrap();
    assert_eq!(small.as_array().map(Vec::len), Some(0), "too small to touch: {small}");
    open.click(".switch button:last-child").unwrap();
    open.wait_for("document.querySelector('#text').offsetHeight > 100").unwrap();
    open.close();
}

#[test]
fn a_long_text_is_numbered_and_marked_to_its_end_and_a_finding_leads_to_its_line() {
    let text =
        format!("{}zookeeper.connect=z:2181\n{}", "# nothing\n".repeat(5_503), "# nothing\n".repeat(2_000));
    let open = Open::new();
    open.drop_files("body", &[("server.properties", &text)]).unwrap();
    open.wait_for("document.querySelector('.finding .where')").unwrap();
    open.ask("[...document.querySelectorAll('.finding .where')].find(one => one.innerText.endsWith(':5504')).click()").unwrap();
    open.wait_for("document.querySelector('#line-5504 .note')").unwrap();
    assert!(open.text("#line-5504 .words").unwrap().starts_with("zookeeper.connect"));
    let lines = open.ask("document.querySelectorAll('.line').length").unwrap();
    assert!(lines.as_u64().is_some_and(|lines| lines < 1_000), "{lines} lines are rendered");
    open.close();
}

#[test]
fn equal_findings_of_many_files_are_one_entry_and_can_be_searched_and_filtered() {
    let open = Open::new();
    let names: Vec<_> = (0..60).map(|at| format!("broker-{at}.properties")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), TWO_FIXES)).collect();
    open.drop_files("body", &files).unwrap();
    open.wait_for("document.querySelector('.times')?.innerText === '× 60'").unwrap();
    // The first of them is told apart: the others are those that repeat its node id.
    assert!(open.text(".files").unwrap().contains(", alike"));
    open.ask("document.activeElement.blur()").unwrap();
    open.press("/").unwrap();
    open.wait_for("document.activeElement.id === 'find'").unwrap();
    let all = open.ask("document.querySelectorAll('.finding').length").unwrap().as_u64().unwrap_or_default();
    for letter in "master.key".chars() {
        open.press(&letter.to_string()).unwrap();
    }
    open.wait_for(
        "document.querySelectorAll('.finding').length === 1 && document.querySelector('#show-all')",
    )
    .unwrap();
    open.click("#show-all").unwrap();
    open.wait_for(&format!("document.querySelectorAll('.finding').length === {all}")).unwrap();
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

/// The page as one file: what it says of a text, asked in the window or frame that `root` names.
fn answers_in(page: &Page, root: &str) {
    page.wait_for(&format!("{root}.querySelector('#paste')")).unwrap();
    page.ask(&format!("{root}.querySelector('#example-1').click()")).unwrap();
    page.wait_for(&format!("{root}.querySelector('#verdict')?.textContent.startsWith('Not ready for ')"))
        .unwrap();
    page.wait_for(&format!("{root}.querySelectorAll('.finding').length > 3")).unwrap();
    let background = page.ask(&format!("getComputedStyle({root}.body).fontSize")).unwrap();
    assert_eq!(background, "15px", "the styles are refused");
}

#[test]
fn the_one_file_gives_the_same_answer_from_a_disk() {
    let file = xtask::dist().join(xtask::single::NAME);
    assert!(file.is_file(), "the page is not built; `cargo xtask build` does it");
    let page = Page::open(&format!("file://{}", file.display())).unwrap();
    answers_in(&page, "document");
    // The worker and the icon are made of what is in the file.
    let inside = |one: &String| one.starts_with("data:") || one.starts_with("blob:");
    let asked: Vec<_> = page.requests().unwrap().into_iter().filter(|one| !inside(one)).collect();
    assert_eq!(asked.len(), 1, "the file asks for more than itself: {asked:?}");
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn the_one_file_works_in_a_sandboxed_frame() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("wiki");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(xtask::dist().join(xtask::single::NAME), folder.join("page.html")).unwrap();
    let host = "<!doctype html><html lang=en><title>Wiki</title><body><iframe id=f sandbox=allow-scripts src=page.html width=900 height=700></iframe>";
    std::fs::write(folder.join("index.html"), host).unwrap();
    let site = Site::open(&folder, 0).unwrap();
    let page = Page::open(&site.address()).unwrap();
    page.wait_for("document.querySelector('#f')").unwrap();
    page.frame(Some("#f")).unwrap();
    answers_in(&page, "document");
    assert_eq!(page.ask("location.origin === 'null' || window.origin").unwrap(), "null");
    page.frame(None).unwrap();
}

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
    assert_eq!(open.ask("document.querySelector('#text').value.length").unwrap(), text.len());
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
fn the_page_tries_every_way_to_send_and_shows_that_each_is_refused() {
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
