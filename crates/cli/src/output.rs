//! Writing to standard output and standard error; coloured where a terminal shows it and nothing forbids it.

use std::borrow::Cow;
use std::io::Write;

use kafka_upgrade_report::Cover;

/// Writes a finished text. A reader that has gone away (`| head`) is no failure.
pub(crate) fn print(text: &str) {
    let mut out = anstream::stdout().lock();
    let _gone = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes bytes as they are.
pub(crate) fn print_raw(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _gone = out.write_all(bytes).and_then(|()| out.flush());
}

/// Says what went wrong.
pub(crate) fn error(message: &str) {
    say("\u{1b}[1;31merror\u{1b}[0m", message);
}

/// Says what is worth knowing.
pub(crate) fn note(message: &str) {
    say("\u{1b}[1;36mnote\u{1b}[0m", message);
}

fn say(sort: &str, message: &str) {
    let message: String = message
        .chars()
        .map(|sign| if sign.is_control() { char::REPLACEMENT_CHARACTER } else { sign })
        .collect();
    let _gone = writeln!(anstream::stderr().lock(), "{sort}: {message}");
}

/// What to add where a file that its owner takes back holds secrets: they are kept in it.
pub(crate) fn kept_secrets(cover: &Cover, text: &str) -> &'static str {
    match cover.text(text) {
        Cow::Borrowed(_) => "",
        Cow::Owned(_) => ", with its secrets as they were",
    }
}
