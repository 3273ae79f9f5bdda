//! Everyone: axe-core in each state, forced colours, zoom, motion, themes, titles, and no width at which something sticks out.

use acceptance::browser::{Page, Scheme};

use crate::{BROKER, EVERYTHING, Open, state};

fn no_barriers(open: &Page, what: &str) {
    open.settle().unwrap();
    assert_eq!(open.barriers().unwrap(), Vec::<String>::new(), "{what}");
}

fn example(open: &Open) {
    open.ask("document.querySelector('#example-1').click()").unwrap();
    open.wait_for("document.querySelectorAll('.finding').length > 3").unwrap();
}

#[test]
fn axe_finds_nothing_on_the_way_through_an_answer() {
    let open = Open::new();
    for scheme in [Scheme::Light, Scheme::Dark] {
        open.window(1440, 900, scheme).unwrap();
        no_barriers(&open, "empty");
    }
    example(&open);
    for scheme in [Scheme::Light, Scheme::Dark] {
        open.window(1440, 900, scheme).unwrap();
        for (tab, shows) in [
            ("#tab-overview", "#matrix"),
            ("#tab-findings", "#find"),
            ("#tab-plan", ".step"),
            ("#tab-manual", ".manual"),
            ("#review", ".changes, .diff, .take"),
            ("#checks", ".checks"),
        ] {
            open.click(tab).unwrap();
            open.wait_for(&format!("document.querySelector('{shows}')")).unwrap();
            no_barriers(&open, &format!("{tab} {scheme:?}"));
        }
    }
    open.click("#tab-overview").unwrap();
    open.click("#matrix .cell").unwrap();
    no_barriers(&open, "a cell open");
    open.click("#tab-findings").unwrap();
    open.click(".finding .what").unwrap();
    no_barriers(&open, "a finding and its note open");
    open.click("#change").unwrap();
    no_barriers(&open, "the path's form");
    open.window(390, 844, Scheme::Light).unwrap();
    no_barriers(&open, "phone");
    open.close();
}

#[test]
fn axe_finds_nothing_in_dialogs_lists_and_verdicts_of_other_kinds() {
    let open = Open::new();
    for (button, what) in [("#promise", "promise"), ("[aria-label='Keyboard shortcuts']", "keyboard")] {
        open.click(button).unwrap();
        open.wait_for("document.querySelector('dialog[open]')").unwrap();
        no_barriers(&open, what);
        open.press("Escape").unwrap();
    }
    for (hash, shows) in [
        ("#/keys", "#search"),
        ("#/key/broker/log.segment.bytes", "h1"),
        ("#/rules", "#search"),
        ("#/rules/removed-delegation-token-master-key", "h1"),
    ] {
        open.ask(&format!("(location.hash = '{hash}', 0)")).unwrap();
        open.wait_for(&format!("document.querySelector('main {shows}')")).unwrap();
        no_barriers(&open, hash);
    }
    open.ask("(location.hash = '#/', 0)").unwrap();
    open.wait_for("document.querySelector('#have')").unwrap();
    state(&open, EVERYTHING);
    no_barriers(&open, "stated");
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('#copy-markdown')").unwrap();
    no_barriers(&open, "export");
    open.close();
    for (what, text) in [
        ("unknown", "process.roles=broker\nnode.id=1\n"),
        ("nothing known", "milk=1\neggs=2\n"),
        ("not Kafka's", "server-port=25565\nmotd=A Minecraft Server\nlevel-seed=\n"),
    ] {
        let open = Open::with(text);
        no_barriers(&open, what);
        open.close();
    }
    let open = Open::with(BROKER);
    open.ask("(area => { area.value += '#\\n'; area.dispatchEvent(new Event('input', {bubbles: true})); kafkaUpgradeCheck.post(new Uint8Array(6).fill(255)); })(document.querySelector('#text'))").unwrap();
    open.wait_for("document.querySelector('#verdict').innerText.includes('stopped with an error') || document.querySelector('.verdict .counts')").unwrap();
    no_barriers(&open, "failed");
}

#[test]
fn with_forced_colours_what_is_chosen_and_how_bad_it_is_are_still_seen() {
    let open = Open::new();
    example(&open);
    open.media(&[("forced-colors", "active")]).unwrap();
    open.settle().unwrap();
    let paint = |selector: &str| {
        let style = format!(
            "(one => one && getComputedStyle(one).backgroundColor + getComputedStyle(one).borderBottomColor + getComputedStyle(one).borderBottomWidth)(document.querySelector({}))",
            serde_json::json!(selector)
        );
        open.ask(&style).unwrap()
    };
    assert_ne!(paint(".tabs [aria-selected=true]"), paint(".tabs [aria-selected=false]"));
    open.click("#change").unwrap();
    assert_ne!(paint(".seg [aria-pressed=true]"), paint(".seg [aria-pressed=false]"));
    assert_ne!(paint(".files [aria-current]"), paint(".files button:not([aria-current])"));
    // Severity is a sign and a word, which no colour takes away.
    let rows = open.text(".files").unwrap();
    assert!(rows.contains('✕'), "{rows}");
    let counts = open.text(".counts").unwrap();
    assert!(counts.contains("break"), "{counts}");
    open.click(".counts button.tag").unwrap();
    open.wait_for("document.querySelector('button.tag[aria-pressed=true]')").unwrap();
    assert_ne!(paint("button.tag[aria-pressed=true]"), paint("button.tag[aria-pressed=false]"));
    open.media(&[]).unwrap();
    open.close();
}

#[test]
fn nothing_sticks_out_from_320_pixels_to_2560_and_zoomed_to_400_percent() {
    let open = Open::new();
    // 1280 pixels at 200 % and 400 % are 640 and 320.
    const WIDTHS: [u32; 9] = [320, 360, 390, 640, 768, 1024, 1440, 1920, 2560];
    let narrow = |what: &str| {
        for width in WIDTHS {
            open.window(width, 900, Scheme::Light).unwrap();
            open.settle().unwrap();
            assert_eq!(open.overflow().unwrap(), 0, "{what}, {width} pixels wide");
        }
        open.window(1440, 900, Scheme::Light).unwrap();
        open.settle().unwrap();
    };
    narrow("empty");
    example(&open);
    for tab in ["#tab-overview", "#tab-findings", "#tab-plan", "#tab-manual", "#review", "#checks"] {
        open.click(tab).unwrap();
        narrow(tab);
    }
    for hash in
        ["#/keys", "#/key/broker/log.segment.bytes", "#/rules", "#/rules/removed-delegation-token-master-key"]
    {
        open.ask(&format!("(location.hash = '{hash}', 0)")).unwrap();
        open.wait_for("document.querySelector('main h1')").unwrap();
        narrow(hash);
    }
    open.close();
}

#[test]
fn nothing_moves_with_reduced_motion_and_the_theme_is_the_readers() {
    let open = Open::new();
    open.media(&[("prefers-reduced-motion", "reduce")]).unwrap();
    example(&open);
    let moving = "[...document.querySelectorAll('*')].filter(one => { const style = getComputedStyle(one);
        return parseFloat(style.transitionDuration) > 0 || (style.animationName !== 'none' && parseFloat(style.animationDuration) > 0); }).length
        + (getComputedStyle(document.documentElement).scrollBehavior === 'smooth' ? 1 : 0)";
    assert_eq!(open.ask(moving).unwrap(), 0);
    open.window(1440, 900, Scheme::Light).unwrap();
    let background = || open.ask("getComputedStyle(document.body).backgroundColor").unwrap();
    let light = background();
    open.ask("(select => { select.value = 'dark'; select.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelector('#theme'))").unwrap();
    let dark = background();
    assert_ne!(light, dark);
    open.reload().unwrap();
    open.wait_for("document.querySelector('#theme')?.value === 'dark'").unwrap();
    assert_eq!(background(), dark);
}

#[test]
fn the_title_follows_and_the_first_stop_of_the_keyboard_leads_to_the_verdict() {
    let open = Open::new();
    let title = || open.ask("document.title").unwrap().as_str().unwrap().to_owned();
    assert_eq!(title(), "Kafka Upgrade Check");
    open.ask("(location.hash = '#/keys', 0)").unwrap();
    open.wait_for("document.title === 'Keys · Kafka Upgrade Check'").unwrap();
    open.ask("(location.hash = '#/rules', 0)").unwrap();
    open.wait_for("document.title === 'Rules · Kafka Upgrade Check'").unwrap();
    open.ask("(location.hash = '#/', 0)").unwrap();
    open.wait_for("document.querySelector('#have')").unwrap();
    example(&open);
    open.wait_for("document.title.startsWith('Not ready for ')").unwrap();
    let first = "document.querySelector('a, button, input, select, textarea, [tabindex]')";
    assert_eq!(open.ask(&format!("{first}.textContent")).unwrap(), "Skip to the verdict");
    open.ask(&format!("{first}.focus()")).unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.activeElement.id === 'verdict'").unwrap();
    open.close();
}
