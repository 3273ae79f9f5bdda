//! Window sizes from a phone to a wide screen: what is in sight, and that nothing sticks out.

use acceptance::browser::Scheme;

use crate::{BROKER, EVERYTHING, Open, state};

fn no_overflow(open: &Open, what: &str) {
    for width in [2560, 1440, 1000, 390] {
        open.window(width, 844, Scheme::Dark).unwrap();
        open.settle().unwrap();
        assert_eq!(open.overflow().unwrap(), 0, "{what}, {width} pixels wide");
    }
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
    state(&open, EVERYTHING);
    open.wait_for("document.querySelector('#matrix')").unwrap();
    open.click("#matrix td.target .cell").unwrap();
    open.wait_for("document.querySelector('#reasons')").unwrap();
    no_overflow(&open, "with an open cell");
    open.window(1440, 900, Scheme::Dark).unwrap();
    open.paste("#paste", BROKER).unwrap();
    for panel in ["overview", "findings", "plan", "manual"] {
        open.window(1440, 900, Scheme::Dark).unwrap();
        // A smooth scroll would still be running when the click comes.
        open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
        open.click(&format!("#tab-{panel}")).unwrap();
        if panel == "plan" {
            open.click("#unfold").unwrap();
        }
        no_overflow(&open, panel);
    }
    for (screen, there) in [
        ("compare/2.8/4.4", "#looked-at"),
        ("rules/removed-zookeeper-connect", ".example pre"),
        ("key/broker/log.segment.bytes", ".history table"),
    ] {
        open.ask(&format!("location.hash = '#/{screen}'")).unwrap();
        open.wait_for(&format!("document.querySelector('{there}')")).unwrap();
        no_overflow(&open, screen);
        // On paper the reference is what was asked for, all of it and without its search.
        open.print().unwrap();
        let hidden = |what: &str| {
            open.ask(&format!("getComputedStyle(document.querySelector('{what}')).display === 'none'"))
                .unwrap()
                == true
        };
        assert!(hidden(".keys-page > .panel") && hidden(".bar") && !hidden(there), "{screen} on paper");
        assert_eq!(open.ask("!!document.querySelector('.app > .sheet')").unwrap(), false);
    }
    open.ask("location.hash = '#/'").unwrap();
    open.wait_for("document.querySelector('#export') && document.querySelector('.app > .sheet')").unwrap();
    open.window(390, 844, Scheme::Dark).unwrap();
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('#copy-markdown')").unwrap();
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
