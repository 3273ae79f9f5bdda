//! The page as it is shipped, in a real browser. `cargo xtask test` builds it first; so does `cargo xtask build`.

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
        let loaded = page.requests().unwrap();
        let foreign: Vec<_> = loaded.iter().filter(|address| !address.starts_with(&site.address())).collect();
        assert!(foreign.is_empty(), "the page comes from elsewhere too: {foreign:?}");
        Self { page, site }
    }

    fn with(text: &str) -> Self {
        let open = Self::new();
        open.paste("#paste", text).unwrap();
        open.wait_for("document.querySelector('#text') && document.querySelector('#verdict')").unwrap();
        open
    }

    /// What holds at the end of every visit: nothing was asked for, refused or complained about.
    fn close(self) {
        self.settle().unwrap();
        assert_eq!(
            self.requests().unwrap(),
            Vec::<String>::new(),
            "the page asked for something after it had loaded"
        );
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
    let rule = "removed-delegation-token-master-key";
    open.wait_for(&finding(rule)).unwrap();
    assert!(open.text("#verdict").unwrap().starts_with("Not ready for "));
    let listed = open.text(&format!(".finding[data-rule='{rule}'] .foot")).unwrap();
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
    open.wait_for("document.querySelectorAll('.files [role=tab]').length === 2").unwrap();
    for (name, kind) in [("server", "Broker configuration"), ("game", "Not Kafka's")] {
        let tabs = "[...document.querySelectorAll('.files [role=tab]')]";
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
fn nothing_sticks_out_of_the_window_on_a_phone_or_a_wide_screen() {
    let open = Open::new();
    for width in [390, 1440, 2560] {
        open.window(width, 844, Scheme::Light).unwrap();
        open.settle().unwrap();
        assert_eq!(open.overflow().unwrap(), 0, "empty, {width} pixels wide");
    }
    open.window(1440, 900, Scheme::Dark).unwrap();
    open.click("#example-1").unwrap();
    open.wait_for("document.querySelector('.finding')").unwrap();
    for width in [2560, 1440, 1000, 390] {
        open.window(width, 844, Scheme::Dark).unwrap();
        open.settle().unwrap();
        assert_eq!(open.overflow().unwrap(), 0, "with the example, {width} pixels wide");
    }
    open.close();
}
