//! The files: their list, the one that is shown, and files as fixes make them.

use kafka_upgrade_report::Kind;

/// What a file is, from its kind in the report.
pub(crate) fn kind(kind: &str) -> &str {
    Kind::parse(kind).map_or(kind, |kind| kind.title())
}

// The list.
pub(crate) const YOURS: &str = "Your files";
pub(crate) const PASTE_TOO: &str = "Paste or drop a file too, to see what changes in it";
pub(crate) const FILES: &str = "Files";
pub(crate) const FILTER: &str = "Filter";
pub(crate) const FILTER_FILES: &str = "Filter files";
pub(crate) const ADD: &str = "Add a text";
pub(crate) const CLOSE_ALL: &str = "Close all";
pub(crate) const NOTHING_FOUND: &str = "nothing found";
pub(crate) const NOT_CHECKED: &str = "not checked";

/// Several with a name or a folder in common: the first and the last.
pub(crate) fn from_to(first: &str, last: &str) -> String {
    format!("{first} … {last}")
}

pub(crate) fn alike(number: usize) -> String {
    format!("× {number}, alike")
}

// The one that is shown.
pub(crate) const COMPONENT: &str = "Component";
pub(crate) const NO_COMPONENT: &str = "no component";
pub(crate) const DETECTED: &str = "as detected";
pub(crate) const CONVERT: &str = "Convert to log4j2";
pub(crate) const ASK: &str = "What is this text?";
pub(crate) const ASK_ABOUT: &str =
    " Nothing in it shows what it configures, so it was not checked. It is the configuration of";
/// Components that a text without any sign of its own is asked for; the others can be chosen.
pub(crate) const LIKELY: [(&str, &str); 6] = [
    ("broker", "a broker or controller"),
    ("topic", "a topic"),
    ("producer", "a producer"),
    ("consumer", "a consumer"),
    ("streams", "Kafka Streams"),
    ("connect-distributed", "a Connect worker"),
];

pub(crate) fn detected(component: &str) -> String {
    format!("{component}, detected")
}

pub(crate) fn one_of_alike(number: usize) -> String {
    format!("One of {number} files that are alike")
}

pub(crate) fn close(path: &str) -> String {
    format!("Close {path}")
}

/// `scripts.js` has the same words, by which it finds the name of the text that is shown.
pub(crate) fn text_of(path: &str) -> String {
    format!("Text of {path}")
}

// Files as fixes make them.
pub(crate) const CHANGED: &str = "Changed files";
pub(crate) const NO_CHANGES: &str = "No fix was applied, and none is left that keeps the meaning and works on the release that runs now. The rest needs your decision: see the findings.";
pub(crate) const CHANGES_ABOUT: &str = "Each of these keeps the meaning and works on the release that runs now, so it can go out today. Your files on disk are unchanged; secrets are in these files as you entered them.";
pub(crate) const FILE: &str = "file";
pub(crate) const DOWNLOAD_FILE: &str = "Download file";
pub(crate) const SIDES: &str = "Before and after";
pub(crate) const REMOVED: &str = "removed";
pub(crate) const ADDED: &str = "added";

pub(crate) fn changes(pending: usize, files: usize) -> String {
    let files = super::files(files);
    match pending {
        0 => format!("{files} changed"),
        pending => format!("{} to apply, in {files}", super::fixes(pending)),
    }
}

pub(crate) fn apply(fixes: usize) -> String {
    format!("Apply {} on this page", super::fixes(fixes))
}

pub(crate) fn download(files: usize) -> String {
    format!("Download {} (.zip)", super::files(files))
}

pub(crate) fn unchanged(lines: usize) -> String {
    format!("⋯ {} unchanged", super::count(lines, "line", "lines"))
}
