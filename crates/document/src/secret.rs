//! A secret value that a text holds.

use crate::Span;

/// A value that must not be shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret {
    /// Where it stands in the text.
    pub span: Span,
    /// What stands before the value on its line, where the value alone is too short or too common to be recognised
    /// elsewhere; empty where it is not.
    pub context: String,
    /// The value in one of its writings, three characters or more; no line breaks in it unless an escape made them.
    pub value: String,
}
