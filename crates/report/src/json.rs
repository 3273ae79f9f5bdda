//! The report as JSON: [`Report`] as it is, indented, with a line break at the end.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

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
    visible(report)
}

/// Indented JSON with every invisible character escaped, ending with a line break.
pub(crate) fn visible(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    let written =
        value.serialize(&mut Serializer::with_formatter(&mut text, Visible(PrettyFormatter::new())));
    debug_assert!(written.is_ok(), "no map has keys that are no text, the one thing that could fail");
    text.push(b'\n');
    String::from_utf8(text).unwrap_or_default()
}

/// Indents, and escapes what is not seen: a terminal would obey it.
struct Visible(PrettyFormatter<'static>);

impl Formatter for Visible {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unseen) {
            let (seen, unseen) = rest.split_at(at);
            writer.write_all(seen.as_bytes())?;
            let mut signs = unseen.chars();
            for unit in signs.next().into_iter().flat_map(|sign| sign.encode_utf16(&mut [0; 2]).to_vec()) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = signs.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_object_value(writer)
    }
}

/// Control characters that JSON does not escape by itself, and what turns or hides the text around it.
fn is_unseen(sign: char) -> bool {
    matches!(u32::from(sign), 0x7f..=0x9f | 0x061c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..=0xe007f)
}
