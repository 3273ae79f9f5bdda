//! The page without a mouse: the tab key, arrows, and shortcuts, which never type into the text.

use acceptance::browser::Page;

use crate::{BROKER, EVERYTHING, Open, TWO_FIXES, copied, finding, shown_text, shows, state};

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

fn tab_until(page: &Page, reached: &str) {
    for _ in 0..120 {
        if page.ask(&format!("Boolean({reached})")).unwrap() == true {
            return;
        }
        page.press("Tab").unwrap();
    }
    panic!("120 times the tab key, and never {reached}");
}

#[test]
fn the_keyboard_goes_through_the_matrix_and_opens_a_cell() {
    let open = Open::new();
    state(&open, EVERYTHING);
    open.wait_for("document.querySelector('#matrix')").unwrap();
    tab_until(&open, "document.activeElement.matches('#matrix td.target .cell')");
    let start = open.ask("document.activeElement.id").unwrap();
    open.press("ArrowRight").unwrap();
    open.wait_for(&format!(
        "document.activeElement.id !== {start} && document.activeElement.id.startsWith('cell-')"
    ))
    .unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.activeElement.ariaExpanded === 'true' && document.querySelector('#reasons h2')")
        .unwrap();
    assert!(open.text("#reasons").unwrap().contains("Known"));
    open.close();
}

fn press_all(open: &Open, keys: &str) {
    for key in keys.split(' ') {
        open.press(key).unwrap();
        // A dialog reports that it closed a moment later.
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
    open.wait_for("document.activeElement.matches('.what, #verdict')").unwrap();
    press_all(&open, "j k u");
    open.wait_for("document.querySelector('#text').value.includes('master.key')").unwrap();
    shows(&open, TWO_FIXES);
    press_all(&open, "j k");
    assert_eq!(shown_text(&open), TWO_FIXES);
    open.close();
}

#[test]
fn shortcuts_are_off_while_a_dialog_is_open_and_can_be_switched_off() {
    let open = Open::with(TWO_FIXES);
    open.wait_for("document.querySelector('#verdict').textContent.startsWith('Not ready')").unwrap();
    open.ask("document.activeElement.blur()").unwrap();
    press_all(&open, "j j");
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('dialog[open] #copy-markdown')").unwrap();
    open.ask("document.querySelector('#copy-markdown').focus()").unwrap();
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

/// With every shortcut in it.
const TYPED: &str = "process.roles=broker\nnode.id=4\ndelegation.token.master.key=u/j.k?\nlog.dirs=/d\n";

#[test]
fn keys_that_come_faster_than_the_page_are_all_typed_and_none_is_a_shortcut() {
    let open = Open::alone();
    for times in [1, 6] {
        open.reload().unwrap();
        open.wait_for("document.querySelector('#have')").unwrap();
        open.slow_down(times).unwrap();
        open.type_at_once("#paste", TYPED).unwrap();
        let all = format!("document.querySelector('#text')?.value === {}", serde_json::json!(TYPED));
        open.wait_for(&all).unwrap();
        // And into the text that is there, whose check may be anywhere.
        open.type_at_once("#text", TYPED).unwrap();
        open.wait_for("document.querySelector('.verdict .counts')").unwrap();
        open.slow_down(1).unwrap();
        open.settle().unwrap();
        shows(&open, &TYPED.repeat(2));
        assert!(open.ask("document.querySelector('dialog[open]')").unwrap().is_null());
        assert_eq!(open.ask("document.activeElement.id").unwrap(), "text");
        assert_eq!(open.text(".evidence h2").unwrap(), "1 file");
    }
    assert_eq!(open.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn what_is_typed_behind_a_slash_is_searched_for_and_is_no_shortcut() {
    let open = Open::with(TWO_FIXES);
    open.wait_for("document.querySelector('#verdict').textContent.startsWith('Not ready')").unwrap();
    for (times, from) in [(1, "#tab-overview"), (6, "#tab-overview"), (6, "#tab-findings")] {
        open.click(from).unwrap();
        open.wait_for("document.querySelector('.finding')").unwrap();
        open.ask("document.activeElement.blur()").unwrap();
        open.slow_down(times).unwrap();
        // In one go: nothing is rendered between the keys.
        let keys = "for (const key of ['j', '/', 'k', '.', 'u', '?']) { const at = document.activeElement;
            const goes = at.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
            if (goes && at.tagName === 'INPUT') { at.value += key; at.dispatchEvent(new InputEvent('input', {bubbles: true})); } }";
        open.ask(&format!("(() => {{ {keys} }})()")).unwrap();
        for key in ["j", "u"] {
            open.press(key).unwrap();
        }
        open.wait_for("document.querySelector('#find')?.value === 'k.u?ju'").unwrap();
        open.slow_down(1).unwrap();
        open.settle().unwrap();
        assert_eq!(open.ask("document.activeElement.id").unwrap(), "find", "{times} {from}");
        assert_eq!(shown_text(&open), TWO_FIXES, "a fix was applied");
        assert!(open.ask("document.querySelector('dialog[open]')").unwrap().is_null());
        open.click("#show-all").unwrap();
        open.wait_for("document.querySelector('#find').value === ''").unwrap();
        // The finding that the first key has opened.
        open.wait_for("document.querySelector('.finding.open')").unwrap();
        open.ask("document.activeElement.blur()").unwrap();
        open.press("Escape").unwrap();
        open.wait_for("!document.querySelector('.finding.open')").unwrap();
    }
    // Where nothing can be searched it is a key like others.
    open.close();
    let open = Open::new();
    for key in ["/", "?"] {
        open.press(key).unwrap();
    }
    open.wait_for("document.querySelector('dialog[open] #shortcuts')").unwrap();
    open.press("Escape").unwrap();
    open.close();
}

#[test]
fn what_is_typed_right_after_a_paste_is_behind_it() {
    let open = Open::alone();
    open.slow_down(6).unwrap();
    open.paste("#paste", BROKER).unwrap();
    for key in ["j", ".", "u"] {
        open.press(key).unwrap();
    }
    shows(&open, &format!("{BROKER}j.u"));
    open.slow_down(1).unwrap();
    open.close();

    // Of a long text the area holds what is in sight, and that comes later.
    let open = Open::alone();
    let long = "# a line\n".repeat(3_000);
    open.slow_down(6).unwrap();
    open.paste("#paste", &long).unwrap();
    for key in ["j", ".", "u"] {
        open.press(key).unwrap();
    }
    open.wait_for("document.querySelector('#text')?.value.startsWith('j.u# a line')").unwrap();
    open.slow_down(1).unwrap();
    assert_eq!(copied(&open), format!("j.u{long}"));
    drop(open);
}

#[test]
fn letters_are_composed_where_there_is_no_text_yet() {
    let open = Open::new();
    open.ask("document.querySelector('#paste').focus()").unwrap();
    open.compose(&["´", "k", "ka", "\u{304b}"], "\u{304b}").unwrap();
    open.wait_for("document.querySelector('#text')?.value === '\u{304b}'").unwrap();
    open.compose(&["´"], "é").unwrap();
    open.wait_for("document.querySelector('#text').value === '\u{304b}é'").unwrap();
    assert_eq!(open.ask("document.activeElement.id").unwrap(), "text");
    open.close();
}
