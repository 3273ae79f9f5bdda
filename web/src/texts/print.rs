//! What is printed.

pub(crate) const YOU_RUN: &str = "What you run";
pub(crate) const ON_THE_PATH: &str = "On the upgrade path";
pub(crate) const NOT_KNOWN: &str = "not known";
pub(crate) const VERIFY: &str = "Then see: ";
pub(crate) const WAY_BACK: &str = "Way back: ";
pub(crate) const WAY_BACK_NOT: &str = "▲ No way back: ";

/// Version of this program, the path, and how many files were read.
pub(crate) fn head(version: &str, from: &str, mode: Option<&str>, to: &str, files: usize) -> String {
    let mode = mode.map(|mode| format!(" on {mode}")).unwrap_or_default();
    let files = if files > 0 { format!(" · {}", super::files(files)) } else { String::new() };
    format!("{} {version} · {from}{mode} → {to}{files}", super::frame::NAME)
}

pub(crate) fn target(release: &str) -> String {
    format!("{release}, target")
}

pub(crate) fn between(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first} to {last}") }
}

pub(crate) fn stop(number: u32, title: &str) -> String {
    format!("Stop {number}: {title}")
}
