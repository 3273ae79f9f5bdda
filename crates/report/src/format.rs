//! The formats in which a report is written: one file each, one entry in [`FORMATS`].
//!
//! Invariant: a format knows the report and the texts it is about, and nothing else.

use crate::by_place::{csv, github, gitlab, junit, sarif};
use crate::writer::Format;
use crate::{html, json, markdown, text};

/// Every format, the default first.
pub const FORMATS: &[Format] = &[
    text::FORMAT,
    json::FORMAT,
    markdown::FORMAT,
    html::FORMAT,
    sarif::FORMAT,
    junit::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    csv::FORMAT,
];

/// The format of that name.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
