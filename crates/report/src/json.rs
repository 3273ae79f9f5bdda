//! The report as JSON: [`Report`] as it is, indented, with a line break at the end.

use crate::{Context, Format, Report};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "json", about: "Report v1, for programs", writes };

/// Writes the report; secrets are covered unless the context says otherwise.
#[must_use]
pub fn write(report: &Report, context: &Context<'_>) -> String {
    FORMAT.write(report, context)
}

fn writes(report: &Report, _: &Context<'_>) -> String {
    // A report has no maps with keys that are no text, the one thing that could fail.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
