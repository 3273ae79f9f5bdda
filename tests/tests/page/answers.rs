//! What the page reports about a text, and where: verdict, findings, lines.

use acceptance::browser::Scheme;

use crate::{BROKER, Open, TWO_FIXES, finding};

#[test]
fn a_pasted_file_has_a_finding_at_its_line_and_its_fix_removes_the_finding() {
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
    // Nothing shows which release runs, so the old line stays for an older one.
    let old = "delegation.token.master.key=secret\n";
    let expected = BROKER.replace(old, &format!("delegation.token.secret.key=secret\n{old}"));
    assert_eq!(fixed.as_str(), Some(expected.as_str()), "the fix changed something else");
    open.close();
}

#[test]
fn an_opened_finding_shows_what_its_fix_changes_side_by_side_and_on_a_phone_one_below_the_other() {
    let open = Open::with(BROKER);
    open.click("#tab-findings").unwrap();
    open.click(".finding[data-rule='removed-delegation-token-master-key'] .what").unwrap();
    let side = |at: u32, class: &str| {
        open.text(&format!(".finding.open .ba pre:nth-of-type({at}) .{class}")).unwrap()
    };
    assert_eq!(
        open.text(".finding.open .ba figcaption").unwrap().replace('\n', " "),
        "pasted before → after, line 6"
    );
    assert_eq!(side(2, "new"), "delegation.token.secret.key=secret");
    let below = "(([one, other]) => other.getBoundingClientRect().top - one.getBoundingClientRect().top)(document.querySelectorAll('.finding.open .ba pre'))";
    assert_eq!(open.ask(below).unwrap(), 0);
    open.window(390, 844, Scheme::Light).unwrap();
    open.settle().unwrap();
    assert!(open.ask(below).unwrap().as_f64().is_some_and(|below| below > 20.0));
    assert_eq!(open.overflow().unwrap(), 0);
    open.window(1440, 900, Scheme::Light).unwrap();
    // Nothing is left of the old state of what was fixed and what was typed meanwhile.
    open.click(".finding.open .fix").unwrap();
    open.wait_for("!document.querySelector('.ba')").unwrap();
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
fn a_dropped_file_keeps_its_name_and_that_of_another_program_is_recognised() {
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
fn a_connector_is_fixed_in_its_json() {
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
fn each_service_of_a_compose_file_is_checked() {
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
fn no_verdict_is_shown_before_its_text_was_checked() {
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
fn where_the_release_is_unknown_the_page_asks_for_it_in_place_of_the_answer() {
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
    // The first of them is exported apart: the others are those that repeat its node id.
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
