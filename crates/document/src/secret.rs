//! A secret value that a text holds.

use crate::Span;

/// A value that must not be shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret {
    /// Where it stands in the text.
    pub span: Span,
    /// The text before the value on its line, needed to recognise a value that is too short or too common on its own;
    /// empty otherwise.
    pub context: String,
    /// The value in one of its spellings, three characters or more; it contains line breaks only if an escape made
    /// them.
    pub value: String,
}
