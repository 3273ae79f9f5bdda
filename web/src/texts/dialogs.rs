//! What opens above the page: the promise and how to verify it, the keyboard, sharing and export.

// The promise. Each step is one of the list; the page tries for itself behind the third.
pub(crate) const PROMISE: &str = "The check runs in this browser, as WebAssembly. There is no server behind it. Four ways to verify that yourself:";
pub(crate) const PROMISE_NETWORK: &str =
    "Open the browser's network panel and paste: no request is made after the page has loaded.";
pub(crate) const PROMISE_POLICY: &str = "Read the page's source: its policy (`Content-Security-Policy`) allows its own files only, and once they are loaded a second one allows nothing at all.";
pub(crate) const PROMISE_TRY: &str = "Let the page try: it attempts every kind of request that a page can make, to the place it came from, and shows what the browser did with each.";
pub(crate) const PROMISE_OFFLINE: &str = "Load the page, go offline, and use it: everything still works. Or open the single file `kafka-upgrade-check.html` from disk: it needs no network.";
pub(crate) const PROMISE_STORED: &str = "Nothing you paste is stored either, unless you ask for it: closing the tab forgets it. A link that you make is on your clipboard and nowhere else; when you open one, what it holds is removed from the address at once. Which steps of a plan you ticked is kept in this browser, by name.";
pub(crate) const TRY: &str = "Try to send something";
pub(crate) const TRYING: &str = "Trying …";
pub(crate) const REFUSED: &str = "✓ refused";
pub(crate) const NOT_REFUSED: &str = "✕ not refused";

pub(crate) fn tried(refused: usize, all: usize) -> String {
    format!("The browser refused {refused} of {all} requests.")
}

// The keyboard.
pub(crate) const KEYBOARD: &str = "Keys";
/// Keys with what they do.
pub(crate) const KEYS: &[(&str, &str)] = &[
    ("j", "next finding"),
    ("k", "previous finding"),
    (".", "apply the fix of the open finding"),
    ("u", "undo the page's last change"),
    ("/", "search"),
    ("?", "this list"),
    ("Esc", "close what is open"),
];
pub(crate) const KEYS_OFF: &str =
    "They are off while the cursor is in a text or field, and while a dialog is open.";
pub(crate) const SHORTCUTS: &str = " Use these keys";

// Sharing and export.
pub(crate) const NOTHING_YET: &str = "There is nothing to export yet: paste a file, or type what you run.";
pub(crate) const WRITING: &str = "Preparing the report …";
pub(crate) const STAYS: &str = " What you make here stays in this browser until you send it.";
pub(crate) const LINK: &str = "A link";
pub(crate) const LINK_ABOUT: &str = "Everything it holds is after its #, which no request carries.";
pub(crate) const REPORT: &str = "The report";
pub(crate) const FIXED: &str = "Your files, fixed";
pub(crate) const FIXED_ABOUT: &str = "Secrets are in them as you entered them.";
pub(crate) const TODAY: &str = "For today";
pub(crate) const DOWNLOAD_ZIP: &str = "Download .zip";

pub(crate) fn covered(secrets: usize) -> String {
    match secrets {
        0 => "No secret was seen in what is here.".to_owned(),
        secrets => format!(
            "{} covered with stars, in links and in every format.",
            super::count(secrets, "secret is", "secrets are")
        ),
    }
}

pub(crate) fn with_stop(number: u32) -> String {
    format!("With stop {number}, not before")
}

/// What something is, and its size in bytes.
pub(crate) fn sized(about: &str, bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{about} · {bytes} bytes"),
        1_000..1_000_000 => format!("{about} · {} KB", bytes.div_ceil(1_000)),
        _ => format!("{about} · {} MB", bytes.div_ceil(1_000_000)),
    }
}
