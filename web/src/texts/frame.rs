//! The ends of the page, its titles, and what it reports of what it has just done.

pub(crate) const NAME: &str = "Kafka Upgrade Check";

/// The browser's title for a part of the page, which is named by a sentence or a word.
pub(crate) fn title(part: &str) -> String {
    format!("{} · {NAME}", part.trim_end_matches('.'))
}

pub(crate) fn compared(from: &str, to: &str) -> String {
    format!("Kafka {from} to {to}")
}

// Above.
pub(crate) const SKIP: &str = "Skip to the verdict";
pub(crate) const PROMISE: &str = "Nothing you paste leaves this page";
pub(crate) const PROMISE_SHORT: &str = "Local only";
pub(crate) const PAGES: &str = "Pages";
pub(crate) const CHECK: &str = "Check";
pub(crate) const KEYS: &str = "Keys";
pub(crate) const RULES: &str = "Rules";
pub(crate) const EXPORT: &str = "Share and export";
pub(crate) const EXPORT_SHORT: &str = "Share";
pub(crate) const KEYBOARD: &str = "Keyboard shortcuts";

// Below.
pub(crate) const THEME: &str = "Theme ";
/// Themes by their names.
pub(crate) const THEMES: [(&str, &str); 3] =
    [("system", "as the system"), ("light", "light"), ("dark", "dark")];
pub(crate) const VERIFY: &str = "How this is verified";
pub(crate) const OFFLINE: &str = "Keep a copy for offline use";
pub(crate) const VERSION: &str = concat!("version ", env!("CARGO_PKG_VERSION"), " · Apache-2.0 or MIT");

/// Where the facts come from; `of` is [`facts_of`], or nothing while it is not known.
pub(crate) fn facts(of: &str) -> String {
    format!("Facts from Kafka's own jars{of} · ")
}

pub(crate) fn facts_of(oldest: &str, newest: &str, date: Option<&str>) -> String {
    let date = date.map(|date| format!(", releases until {date}")).unwrap_or_default();
    format!(", {oldest} to {newest}{date}")
}

pub(crate) fn old(newest: &str, date: &str, months: u32) -> String {
    format!(
        "This page knows Kafka up to {newest} and what was released until {date}, {months} months ago; a newer Kafka may be out. It \
         asks no server. Reload it where you got it, or get a newer kafka-upgrade-check.html or command there."
    )
}

// Notices.
pub(crate) const HIDE: &str = "Hide";
pub(crate) const SHOW: &str = "Show";
pub(crate) const FOLD: &str = "Show less";

pub(crate) fn and_more(number: usize) -> String {
    format!(" And {number} more.")
}

pub(crate) fn not_kafka(path: &str) -> String {
    format!("`{path}` is not Kafka's. It was left out of the verdict.")
}

pub(crate) fn unknown_target(release: &str) -> String {
    format!("The link names {release} as the target, which is not known here; it was left out.")
}

pub(crate) fn unknown_source(release: &str) -> String {
    format!("The link names {release} as what runs, which is not known here; it was left out.")
}

/// A Log4j 1 file was converted, and some of its lines have to be looked at, which follow.
pub(crate) fn converted(name: &str, path: &str, lines: usize) -> String {
    let lines = super::count(lines, "line needs a look", "lines need a look");
    format!("{name} was made from {path}; {lines}:")
}

pub(crate) fn of_line(line: u32, message: &str) -> String {
    format!("Line {line}: {message}")
}

// What was just done.
pub(crate) const UNDO: &str = "Undo";
pub(crate) const SEE_CHANGES: &str = "See the changes";
pub(crate) const DISMISS: &str = "Dismiss";

/// What was applied, by its title or their number, and to which file or how many.
pub(crate) fn applied(what: &str, files: &str) -> String {
    format!("{what}: applied in {files}")
}

pub(crate) fn cleared(texts: usize) -> String {
    format!("{} closed, and what you run is forgotten", super::count(texts, "text", "texts"))
}

pub(crate) fn closed(path: &str) -> String {
    format!("{path} closed")
}

pub(crate) fn undone(label: &str) -> String {
    format!("Undone: {label}")
}

pub(crate) fn not_undone(label: &str) -> String {
    format!("Not undone: the text has changed there since. {label}")
}
