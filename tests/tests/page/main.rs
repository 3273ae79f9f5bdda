//! The page as it is shipped, in a real browser. `cargo xtask test` builds it first; so does `cargo xtask build`.
//!
//! One program: two browsers run at a time. Here: how the page is opened and closed, and what every visit has to hold.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::ops::Deref;

use acceptance::browser::Page;
use xtask::site::Site;

mod access;
mod answers;
mod browser_sees;
mod bundles;
mod changes;
mod element;
mod embed;
mod export;
mod firefox;
mod keep;
mod keyboard;
mod layout;
mod long;
mod one_file;
mod reference;
mod running;
mod share;
mod static_reference;
mod take_in;
mod worker;

const BROKER: &str = "\
# one of three
process.roles=broker
node.id=4
controller.quorum.voters=1@controller-1:9093
controller.listener.names=CONTROLLER
delegation.token.master.key=secret
log.dirs=/var/lib/kafka
";

const TWO_FIXES: &str = "process.roles=broker\nnode.id=4\ncontroller.quorum.voters=1@c:9093\n\
    controller.listener.names=C\ndelegation.token.master.key=secret\nlog.dirs=/d\nlog.cleaner.enable=true\n\
    metrics.jmx.blacklist=x\ninter.broker.protocol.version=3.7\n";

/// A broker, clients, Connect and Streams, in words.
const EVERYTHING: &str =
    "brokers 2.8 on ZooKeeper, Java 11, Streams 3.1, librdkafka 1.9, kafkajs 2.2, Connect 3.4";

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
        Self::opened(Page::open)
    }

    /// The same while no other browser runs: for what measures time or counts on having it.
    fn alone() -> Self {
        Self::opened(Page::open_alone)
    }

    fn opened(open: fn(&str) -> anyhow::Result<Page>) -> Self {
        let dist = xtask::dist();
        assert!(dist.join("index.html").is_file(), "the page is not built; `cargo xtask build` does it");
        let site = Site::open(&dist, 0).unwrap();
        let page = open(&site.address()).unwrap();
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

/// States what runs in the line of the empty page, and waits for the answer.
fn state(open: &Open, words: &str) {
    open.paste("#have", words).unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.querySelector('#tab-plan')").unwrap();
}

/// The whole text of the file that is shown, of which the area of a long one has a part, as the reader copies it.
fn copied(page: &Page) -> String {
    page.ask("document.querySelector('#text').focus()").unwrap();
    let all = "document.querySelector('#text').dispatchEvent(new KeyboardEvent('keydown', \
        {key: 'a', ctrlKey: true, bubbles: true, cancelable: true})) && document.querySelector('#text').select()";
    page.ask(all).unwrap();
    page.copy().unwrap();
    page.ask(
        "document.documentElement.append(Object.assign(document.createElement('textarea'), {id: 'hold'}))",
    )
    .unwrap();
    page.paste_again("#hold").unwrap();
    let text = page.ask("document.querySelector('#hold').value").unwrap();
    page.ask("document.querySelector('#hold').remove()").unwrap();
    text.as_str().unwrap_or_default().to_owned()
}

/// Waits until the text that is shown is this one: the area is there a moment before its text.
fn shows(page: &Page, text: &str) {
    page.wait_for(&format!("document.querySelector('#text')?.value === {}", serde_json::json!(text)))
        .unwrap();
}

/// The text that is shown, as the reader would copy it. What is still to come is not in it; see [`shows`].
fn shown_text(open: &Open) -> String {
    let text = open.ask("document.querySelector('#text').value").unwrap();
    text.as_str().unwrap_or_default().to_owned()
}
