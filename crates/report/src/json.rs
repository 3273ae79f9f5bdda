//! The report as JSON: [`Report`] as it is, indented, with a line break at the end.

use std::io::{Error, Result, Write};

use serde::Serialize;

use crate::{Context, Format, Report, without_secrets};

/// The format's entry in [`crate::FORMATS`].
pub const FORMAT: Format = Format {
    name: "json",
    about: "Report v1, for programs",
    extension: "json",
    media: "application/json",
    quotes: false,
    writes,
};

/// Writes the report; secrets are covered unless the context says otherwise.
#[must_use]
pub fn write(report: &Report, context: &Context<'_>) -> String {
    FORMAT.write(report, context)
}

/// The same into a stream: a long report is never held as a text.
///
/// # Errors
/// Those of the stream.
pub fn write_to(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<()> {
    if context.with_secrets || report.secrets.is_empty() {
        return stream(report, out);
    }
    stream(&without_secrets(report), out)
}

fn writes(report: &Report, _: &Context<'_>) -> String {
    visible(report)
}

/// Indented JSON with every invisible character escaped, ending with a line break.
pub(crate) fn visible(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let written = stream(value, &mut bytes);
    debug_assert!(written.is_ok(), "no map has keys that are no text, the one thing that could fail");
    String::from_utf8(bytes).unwrap_or_default()
}

/// The same, as it comes.
fn stream(value: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer_pretty(Visible(out), value)?;
    out.write_all(b"\n")
}

/// Takes JSON, and escapes what is not seen: a terminal would obey it. Such a character stands in a text, where JSON has
/// an escape for it.
struct Visible<'o>(&'o mut dyn Write);

impl Write for Visible<'_> {
    /// The writer of JSON gives whole characters.
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let mut rest = str::from_utf8(bytes).map_err(Error::other)?;
        if rest.is_ascii() && !rest.contains('\u{7f}') {
            self.0.write_all(bytes)?;
            return Ok(bytes.len());
        }
        while let Some(at) = rest.find(is_unseen) {
            let (seen, unseen) = rest.split_at(at);
            self.0.write_all(seen.as_bytes())?;
            let mut signs = unseen.chars();
            if let Some(sign) = signs.next() {
                for unit in sign.encode_utf16(&mut [0; 2]) {
                    self.0.write_all(format!("\\u{unit:04x}").as_bytes())?;
                }
            }
            rest = signs.as_str();
        }
        self.0.write_all(rest.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

/// Control characters that JSON does not escape by itself, and what turns or hides the text around it.
fn is_unseen(sign: char) -> bool {
    matches!(u32::from(sign), 0x7f..=0x9f | 0x061c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..=0xe007f)
}
