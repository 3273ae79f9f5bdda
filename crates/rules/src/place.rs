//! Where a finding is, and a fix at such places, in bytes.

use kafka_upgrade_document::{Span, TextEdit};

/// Where a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// Number of the file in the request.
    pub file: Option<usize>,
    /// The bytes of that file.
    pub span: Option<Span>,
}

/// A fix in bytes.
#[derive(Clone, Debug, Default)]
pub struct PendingFix {
    /// What it does, for people.
    pub title: String,
    /// Ranges of the text, and what stands there afterwards.
    pub edits: Vec<TextEdit>,
    /// Whether it can be applied without looking.
    pub safe: bool,
    /// Keys that are set too and replace this one: the fix is only safe for releases that know them.
    pub relies: Vec<&'static str>,
    /// A fix that stays safe as long as it is not known which release reads the text.
    pub beside: Option<Beside>,
}

/// New keys that are added beside an old one, which stays for the releases that read it.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Ranges of the text, and what stands there afterwards.
    pub edits: Vec<TextEdit>,
    /// The keys that are added, without their prefix.
    pub keys: Vec<String>,
}

impl Location {
    /// Somewhere in a file.
    pub const fn span(file: usize, span: Span) -> Self {
        Self { file: Some(file), span: Some(span) }
    }

    /// A file, nowhere in it.
    pub const fn file(file: usize) -> Self {
        Self { file: Some(file), span: None }
    }

    /// In no file.
    pub const NOWHERE: Self = Self { file: None, span: None };
}
