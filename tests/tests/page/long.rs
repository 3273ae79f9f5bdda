//! Texts that a text area could not hold: 100,000 lines are numbered, marked, edited, searched and copied like few.

use serde_json::json;

use crate::{Open, copied};

/// One of its lines, from 1.
fn plain(line: u32) -> String {
    match line % 100 {
        77 => format!("listener.name.l{line}.ssl.keystore.type=PKCS12"),
        _ => format!("# line {line} of many"),
    }
}

/// A broker's configuration of 100,000 lines, with what 4.0 renamed in line 90,001.
fn text() -> String {
    let mut lines: Vec<String> = (1..=100_000).map(plain).collect();
    lines[0] = "process.roles=broker".into();
    lines[1] = "node.id=4".into();
    lines[2] = "controller.quorum.voters=1@c:9093".into();
    lines[90_000] = "delegation.token.master.key=secret".into();
    lines.join("\n")
}

fn open() -> Open {
    let open = Open::new();
    open.drop_files("body", &[("server.properties", &text())]).unwrap();
    open.wait_for("document.querySelector('.code.long') && document.querySelector('.verdict .counts')")
        .unwrap();
    open
}

/// A key with Control, which the area of a long text answers itself.
fn control(open: &Open, key: &str) {
    let event = json!({"key": key, "ctrlKey": true, "bubbles": true, "cancelable": true});
    let taken = open.ask(&format!(
        "!document.querySelector('#text').dispatchEvent(new KeyboardEvent('keydown', {event}))"
    ));
    assert_eq!(taken.unwrap(), true, "Control and {key} is left to the browser");
}

/// What a line that is rendered shows.
fn line(open: &Open, number: u32) -> String {
    open.wait_for(&format!("document.querySelector('#line-{number}')")).unwrap();
    open.text(&format!("#line-{number} .words")).unwrap()
}

#[test]
fn a_finding_leads_to_line_90_001_where_the_text_is_edited_and_undone() {
    let open = open();
    open.click(".finding[data-rule='removed-delegation-token-master-key'] .what").unwrap();
    open.wait_for("document.querySelector('#line-90001 .note')").unwrap();
    assert_eq!(open.text("#line-90001 .no").unwrap(), "90001");
    assert!(open.ask("!!document.querySelector('#line-90001 .mark')").unwrap() == true);
    let rendered = open.ask("document.querySelectorAll('.line').length").unwrap();
    assert!(rendered.as_u64().is_some_and(|lines| lines < 1_000), "{rendered} lines are rendered");
    // The note is left by a click into the text: the caret is in that line.
    open.click("#line-90003 .words").unwrap();
    open.wait_for("!document.querySelector('.reading')").unwrap();
    open.press("x").unwrap();
    open.wait_for("document.querySelector('#line-90003 .words').innerText.endsWith('manyx')").unwrap();
    let held = open.ask("document.querySelector('#text').value.split('\\n').length").unwrap();
    assert!(held.as_u64().is_some_and(|lines| lines < 1_000), "the area holds {held} lines");
    // A line more before the finding moves its mark, and the report follows.
    open.press("Enter").unwrap();
    open.press("y").unwrap();
    open.wait_for("document.querySelector('#line-90004 .words').innerText === 'y'").unwrap();
    assert_eq!(line(&open, 90_005), plain(90_004));
    control(&open, "z");
    control(&open, "z");
    control(&open, "z");
    open.wait_for("document.querySelector('#line-90003 .words').innerText.endsWith('many')").unwrap();
    assert_eq!(line(&open, 90_004), plain(90_004));
    control(&open, "y");
    open.wait_for("document.querySelector('#line-90003 .words').innerText.endsWith('manyx')").unwrap();
    control(&open, "z");
    assert!(copied(&open) == text(), "the text is not as it was");
    open.close();
}

#[test]
fn a_long_text_is_searched_pasted_into_selected_beyond_what_is_seen_and_replaced() {
    let open = open();
    open.ask("document.querySelector('find-text input').focus()").unwrap();
    open.paste("find-text input", "L77777.ssl").unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.querySelector('find-text output').innerText === 'line 77,777'").unwrap();
    open.wait_for("document.querySelector('#line-77777')").unwrap();
    let seen = "(() => { const line = document.querySelector('#line-77777').getBoundingClientRect(), code = document.querySelector('#code').getBoundingClientRect(); return line.top >= code.top && line.bottom <= code.bottom; })()";
    open.wait_for(seen).unwrap();
    // What was found is selected, and a paste replaces it.
    open.paste("#text", "one\ntwo").unwrap();
    open.wait_for("document.querySelector('#line-77778')?.innerText.includes('two.keystore')").unwrap();
    assert_eq!(line(&open, 77_777), "listener.name.one");
    // From there to the end of the text, which is far out of sight.
    open.ask("(() => { const area = document.querySelector('#text'); area.focus(); })()").unwrap();
    let event = json!({"key": "End", "ctrlKey": true, "shiftKey": true, "bubbles": true, "cancelable": true});
    open.ask(&format!(
        "document.querySelector('#text').dispatchEvent(new KeyboardEvent('keydown', {event}))"
    ))
    .unwrap();
    open.press("z").unwrap();
    open.wait_for("document.querySelector('#line-77778')?.innerText.includes('twoz') && !document.querySelector('#line-77779')").unwrap();
    let all = copied(&open);
    let all: Vec<&str> = all.split('\n').collect();
    assert_eq!((all.len(), all[77_776], all[77_777]), (77_778, "listener.name.one", "twoz"));
    control(&open, "z");
    let all = copied(&open);
    let all: Vec<&str> = all.split('\n').collect();
    assert_eq!((all.len(), all[100_000]), (100_001, "# line 100000 of many"));
    // Everything selected and typed over leaves what was typed, in a text that is short again.
    control(&open, "a");
    open.press("q").unwrap();
    open.wait_for("!document.querySelector('.code.long') && document.querySelectorAll('.line').length === 1")
        .unwrap();
    assert_eq!(crate::shown_text(&open), "q");
    open.press("r").unwrap();
    open.wait_for("document.querySelector('#line-1').innerText.includes('qr')").unwrap();
    open.close();
}

#[test]
fn a_key_in_100_000_lines_costs_little() {
    let open = open();
    open.ask("document.querySelector('#code').scrollTop = 50_000 * 22").unwrap();
    open.wait_for("document.querySelector('#line-50010')").unwrap();
    open.click("#line-50010 .words").ok();
    open.ask("(() => { const area = document.querySelector('#text'), at = area.value.indexOf('line 50010 '); area.focus(); area.setSelectionRange(at, at); })()").unwrap();
    open.count_times().unwrap();
    let mut costs = Vec::new();
    for at in 0..20 {
        let before = open.times().unwrap();
        open.press("1").unwrap();
        open.wait_for(&format!(
            "document.querySelector('#line-50010').innerText.includes('{}line 50010')",
            "1".repeat(at + 1)
        ))
        .unwrap();
        costs.push(open.times().unwrap().1 - before.1);
    }
    costs.sort_by(f64::total_cmp);
    // One text area over all of it takes 860 ms; the limit leaves room for a machine under load.
    assert!(costs[10] < 150.0, "{costs:?} ms of the main thread");
    open.close();
}
