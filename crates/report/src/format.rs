//! The formats in which a report is told: one file each, one entry in [`FORMATS`].
//!
//! Invariant: a format knows the report and the texts it is about, and nothing else.

use crate::{Report, json, markdown, text};

/// A format.
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Writes the report.
    pub write: fn(&Report, &Context<'_>) -> String,
}

/// What a format may use beside the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The texts, to quote from; a text that is missing is not quoted.
    pub sources: &'a [Source<'a>],
    /// Whether to colour, as a terminal does.
    pub colour: bool,
    /// Ids of the plan's steps that are done.
    pub ticked: &'a [&'a str],
}

/// A text and the path under which the report knows it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// As in [`crate::FileReport::path`].
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// Every format, the default first.
pub const FORMATS: &[Format] = &[text::FORMAT, json::FORMAT, markdown::FORMAT];

/// The format of that name.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
