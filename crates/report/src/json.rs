//! The report as JSON: [`Report`] as it is, indented, with a line break at the end.

use std::fmt::Write;

use crate::{Context, Format, Report};

/// The format's entry in [`crate::FORMATS`].
pub const FORMAT: Format = Format {
    name: "json",
    about: "Report v1, for programs",
    extension: "json",
    media: "application/json",
    writes,
};

/// Writes the report; secrets are covered unless the context says otherwise.
#[must_use]
pub fn write(report: &Report, context: &Context<'_>) -> String {
    FORMAT.write(report, context)
}

fn writes(report: &Report, _: &Context<'_>) -> String {
    // A report has no maps with keys that are no text, the one thing that could fail.
    visible(&serde_json::to_string_pretty(report).unwrap_or_default())
}

/// JSON in which every sign is seen, with a line break at its end.
pub(crate) fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len() + 1);
    for sign in text.chars() {
        // Such a sign stands in a text, where JSON has an escape for it; a terminal would obey it.
        if is_unseen(sign) {
            let mut units = [0; 2];
            for unit in sign.encode_utf16(&mut units) {
                let _infallible = write!(seen, "\\u{unit:04x}");
            }
        } else {
            seen.push(sign);
        }
    }
    seen.push('\n');
    seen
}

/// Control characters that JSON does not escape by itself, and what turns or hides the text around it.
fn is_unseen(sign: char) -> bool {
    matches!(u32::from(sign), 0x7f..=0x9f | 0x061c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..=0xe007f)
}
