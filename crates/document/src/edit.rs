//! Edits of a text that leave every other byte as it is.

use crate::Span;

/// Replace one range of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The bytes that go.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Applies edits that do not overlap, in the order of the text.
#[must_use]
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut done = 0;
    let mut result = String::with_capacity(text.len());
    for edit in edits {
        debug_assert!(
            done <= edit.span.start,
            "edits overlap, or are not in the order of the text: {edits:?}"
        );
        result.push_str(Span::new(done, edit.span.start).of(text));
        result.push_str(&edit.text);
        done = edit.span.end;
    }
    result.push_str(Span::new(done, text.len() as u32).of(text));
    result
}
