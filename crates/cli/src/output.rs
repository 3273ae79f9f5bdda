//! Writing to standard output and standard error; coloured where a terminal shows it and nothing forbids it.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};

use kafka_upgrade_report::Cover;

/// Writes a finished text. A reader that has gone away (`| head`) is no failure.
pub(crate) fn print(text: &str) {
    // A text without colours has none that a file or another program would have to be spared.
    let mut out: Box<dyn Write> = if text.contains('\u{1b}') {
        Box::new(anstream::stdout().lock())
    } else {
        Box::new(std::io::stdout().lock())
    };
    let _gone = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes what comes piece by piece and has no colours, as [`print`] does.
pub(crate) fn stream(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let _gone = write(&mut out).and_then(|()| out.flush());
}

/// Writes the bytes of a file: as they are to another program, without what would steer a terminal to one.
pub(crate) fn print_file(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let shown =
        out.is_terminal().then(|| without_controls(&String::from_utf8_lossy(bytes)).0.replace('\r', ""));
    let bytes = shown.as_ref().map_or(bytes, |shown| shown.as_bytes());
    let _gone = out.write_all(bytes).and_then(|()| out.flush());
}

/// The text with U+FFFD for every sign that steers a terminal or turns what stands around it, and whether it had one.
/// Tabs and line ends stay.
pub(crate) fn without_controls(text: &str) -> (String, bool) {
    let steers = |sign: char| is_control(sign) && !matches!(sign, '\n' | '\r' | '\t');
    if !text.chars().any(steers) {
        return (text.to_owned(), false);
    }
    (text.chars().map(|sign| if steers(sign) { char::REPLACEMENT_CHARACTER } else { sign }).collect(), true)
}

/// Control characters, and those of Unicode that are not seen: directions, joiners, line separators.
pub(crate) fn is_control(sign: char) -> bool {
    let unseen = matches!(u32::from(sign), 0x061c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..=0xe007f);
    sign.is_control() || unseen
}

/// Says what went wrong.
pub(crate) fn error(message: &str) {
    say("\u{1b}[1;31merror\u{1b}[0m", message);
}

/// Prints a notice.
pub(crate) fn note(message: &str) {
    say("\u{1b}[1;36mnote\u{1b}[0m", message);
}

fn say(sort: &str, message: &str) {
    let message: String = message
        .chars()
        .map(|sign| if is_control(sign) { char::REPLACEMENT_CHARACTER } else { sign })
        .collect();
    let _gone = writeln!(anstream::stderr().lock(), "{sort}: {message}");
}

/// An addition to the message about a restored file: it says if the file still contains secrets.
pub(crate) fn kept_secrets(cover: &Cover, text: &str) -> &'static str {
    match cover.text(text) {
        Cow::Borrowed(_) => "",
        Cow::Owned(_) => ", with its secrets as they were",
    }
}
