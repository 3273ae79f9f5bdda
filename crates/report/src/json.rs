//! The report as JSON: [`Report`] as it is, indented, with a line break at the end.

use std::io::{Error, Result, Write};

use serde::Serialize;

use crate::{Context, Format, Report};

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

fn writes(report: &Report, _: &Context<'_>) -> String {
    visible(report)
}

/// Indented JSON with every invisible character escaped, ending with a line break.
pub(crate) fn visible(value: &impl Serialize) -> String {
    let mut text = Visible(String::new());
    let written = serde_json::to_writer_pretty(&mut text, value);
    debug_assert!(written.is_ok(), "no map has keys that are no text, the one thing that could fail");
    text.0.push('\n');
    text.0
}

/// Takes JSON, and escapes what is not seen: a terminal would obey it. Such a character stands in a text, where JSON has
/// an escape for it.
struct Visible(String);

impl Write for Visible {
    /// The writer of JSON gives whole characters.
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let mut rest = str::from_utf8(bytes).map_err(Error::other)?;
        if rest.is_ascii() && !rest.contains('\u{7f}') {
            self.0.push_str(rest);
            return Ok(bytes.len());
        }
        while let Some(at) = rest.find(is_unseen) {
            let (seen, unseen) = rest.split_at(at);
            self.0.push_str(seen);
            let mut signs = unseen.chars();
            if let Some(sign) = signs.next() {
                for unit in sign.encode_utf16(&mut [0; 2]) {
                    self.0.push_str(&format!("\\u{unit:04x}"));
                }
            }
            rest = signs.as_str();
        }
        self.0.push_str(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Control characters that JSON does not escape by itself, and what turns or hides the text around it.
fn is_unseen(sign: char) -> bool {
    matches!(u32::from(sign), 0x7f..=0x9f | 0x061c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..=0xe007f)
}
