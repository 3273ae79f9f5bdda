//! The formats in which a report is told: one file each, one entry in [`FORMATS`].
//!
//! Invariant: a format knows the report and the texts it is about, and nothing else.

use crate::writer::Format;
use crate::{json, markdown, text};

/// Every format, the default first.
pub const FORMATS: &[Format] = &[text::FORMAT, json::FORMAT, markdown::FORMAT];

/// The format of that name.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
