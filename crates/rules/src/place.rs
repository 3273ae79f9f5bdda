//! Where a finding is, and a fix at such places, in bytes.

use kafka_upgrade_document::Span;

/// Where a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    /// Number of the file in the request.
    pub(crate) file: Option<usize>,
    /// The bytes of that file.
    pub(crate) span: Option<Span>,
}

/// A fix in bytes.
#[derive(Debug)]
pub(crate) struct Mend {
    pub(crate) title: String,
    pub(crate) edits: Vec<(Span, String)>,
    pub(crate) safe: bool,
}

impl At {
    /// Somewhere in a file.
    pub(crate) const fn span(file: usize, span: Span) -> Self {
        Self { file: Some(file), span: Some(span) }
    }

    /// A file, nowhere in it.
    pub(crate) const fn file(file: usize) -> Self {
        Self { file: Some(file), span: None }
    }

    /// In no file.
    pub(crate) const NOWHERE: Self = Self { file: None, span: None };
}
