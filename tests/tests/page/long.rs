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
    with_long_text(Open::new())
}

fn with_long_text(open: Open) -> Open {
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
    crate::shows(&open, "q");
    open.press("r").unwrap();
    open.wait_for("document.querySelector('#line-1').innerText.includes('qr')").unwrap();
    open.close();
}

/// The line of the caret, from 1, as far as the area holds it, and the first line in sight.
fn caret(open: &Open) -> (i64, i64) {
    let ask = "(() => { const area = document.querySelector('#text'), code = document.querySelector('#code');
        const first = Math.round((parseFloat(area.style.top) - 6) / 22), end = area.selectionDirection === 'backward' ? area.selectionStart : area.selectionEnd;
        return [first + area.value.slice(0, end).split('\\n').length, 1 + Math.round(code.scrollTop / 22)]; })()";
    let found = open.ask(ask).unwrap();
    (found[0].as_i64().unwrap(), found[1].as_i64().unwrap())
}

/// Puts the caret before line 50,010, as soon as the area holds it: it follows the lines that are drawn.
fn begin_at_50_010(open: &Open) {
    // The focus scrolls, and what is drawn anew may begin at another line.
    for _ in 0..2 {
        open.wait_for("document.querySelector('#text').value.includes('line 50010 ')").unwrap();
        open.ask("(() => { const area = document.querySelector('#text'), at = area.value.indexOf('line 50010 '); area.focus(); area.setSelectionRange(at, at); })()").unwrap();
        open.settle().unwrap();
    }
}

#[test]
fn page_down_and_page_up_go_by_a_screenful_and_select_with_shift() {
    let open = open();
    open.ask("document.querySelector('#code').scrollTop = 50_000 * 22").unwrap();
    open.wait_for("document.querySelector('#line-50010')").unwrap();
    begin_at_50_010(&open);
    // The focus has scrolled.
    open.ask("document.querySelector('#code').scrollTop = 50_000 * 22").unwrap();
    open.settle().unwrap();
    let rows = open.ask("Math.floor(document.querySelector('#code').clientHeight / 22) - 1").unwrap();
    let rows = rows.as_i64().unwrap();
    assert!((10..100).contains(&rows), "{rows} rows are a screenful");
    let key = |name: &str, shift: bool| {
        let event = json!({"key": name, "shiftKey": shift, "bubbles": true, "cancelable": true});
        let left =
            format!("document.querySelector('#text').dispatchEvent(new KeyboardEvent('keydown', {event}))");
        assert_eq!(open.ask(&left).unwrap(), false, "{name} is left to the browser");
    };
    let (line, top) = caret(&open);
    assert_eq!(line, 50_010);
    key("PageDown", false);
    assert_eq!(caret(&open), (line + rows, top + rows));
    for _ in 0..9 {
        key("PageDown", false);
    }
    assert_eq!(caret(&open), (line + 10 * rows, top + 10 * rows));
    open.press("x").unwrap();
    let typed = line + 10 * rows;
    open.wait_for(&format!("document.querySelector('#line-{typed}')?.innerText.includes('x')")).unwrap();
    control(&open, "z");
    for _ in 0..10 {
        key("PageUp", false);
    }
    assert_eq!(caret(&open).0, line);
    // Three screenfuls are selected and typed over.
    for _ in 0..3 {
        key("PageDown", true);
    }
    open.press("y").unwrap();
    open.wait_for("document.querySelector('#line-50010')?.innerText.includes('y')").unwrap();
    let behind = u32::try_from(50_011 + 3 * rows).unwrap();
    open.wait_for(&format!(
        "document.querySelector('#line-50011')?.innerText.includes({})",
        json!(plain(behind))
    ))
    .unwrap();
    // Neither end is passed.
    open.ask("document.querySelector('#code').scrollTop = 0").unwrap();
    control(&open, "z");
    control(&open, "Home");
    key("PageUp", false);
    assert_eq!(caret(&open).0, 1);
    control(&open, "End");
    key("PageDown", false);
    assert_eq!(caret(&open).0, 100_000);
    open.close();
}

#[test]
fn a_selection_that_is_dragged_below_what_is_seen_holds_every_line() {
    let open = open();
    open.ask("document.querySelector('#code').scrollTop = 50_000 * 22").unwrap();
    open.wait_for("document.querySelector('#line-50005')").unwrap();
    open.wait_for("document.querySelector('#text').value.includes('line 50005 ')").unwrap();
    open.ask("document.querySelector('#code').scrollIntoView({block: 'center', behavior: 'instant'})")
        .unwrap();
    let place =
        "(box => [box.left, box.bottom, box.right])(document.querySelector('#code').getBoundingClientRect())";
    let place = open.ask(place).unwrap();
    let of = |at: usize| place[at].as_f64().unwrap();
    let line = open.ask("(box => [box.left, box.top + 11])(document.querySelector('#line-50005 .words').getBoundingClientRect())").unwrap();
    let (x, y) = (line[0].as_f64().unwrap() + 1.0, line[1].as_f64().unwrap());
    open.mouse("mousePressed", x, y).unwrap();
    open.mouse("mouseMoved", x + 40.0, y + 40.0).unwrap();
    // Below its lower edge the box scrolls for as long as the button is held.
    open.mouse("mouseMoved", x + 40.0, (of(1) - 3.0).min(890.0)).unwrap();
    for step in 0..400 {
        open.mouse("mouseMoved", x + 40.0 + f64::from(step % 2), of(1) + 12.0).unwrap();
        if open.ask("document.querySelector('#code').scrollTop > 50_300 * 22").unwrap() == true {
            break;
        }
    }
    open.mouse("mouseReleased", x + 40.0, of(1) + 12.0).unwrap();
    assert_eq!(
        open.ask("document.querySelector('#code').scrollTop > 50_300 * 22").unwrap(),
        true,
        "it has not scrolled"
    );
    open.copy().unwrap();
    open.ask(
        "document.documentElement.append(Object.assign(document.createElement('textarea'), {id: 'hold'}))",
    )
    .unwrap();
    open.paste_again("#hold").unwrap();
    let held = open.ask("document.querySelector('#hold').value").unwrap();
    open.ask("document.querySelector('#hold').remove()").unwrap();
    let held: Vec<&str> = held.as_str().unwrap().split('\n').collect();
    assert!(held.len() > 300, "{} lines are selected", held.len());
    for (line, text) in (50_005..).zip(&held[..held.len() - 1]) {
        assert_eq!(*text, plain(line), "line {line}");
    }
    open.close();
}

#[test]
fn a_key_in_100_000_lines_costs_little() {
    let open = with_long_text(Open::alone());
    open.ask("document.querySelector('#code').scrollTop = 50_000 * 22").unwrap();
    open.wait_for("document.querySelector('#line-50010')").unwrap();
    open.click("#line-50010 .words").ok();
    begin_at_50_010(&open);
    open.count_times().unwrap();
    let mut costs = Vec::new();
    for at in 0..20 {
        let before = open.times().unwrap();
        open.press("1").unwrap();
        open.wait_for(&format!(
            "document.querySelector('#line-50010')?.innerText.includes('{}line 50010')",
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
