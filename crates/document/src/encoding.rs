//! How bytes became text.

/// How the bytes of a text became characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// The bytes were UTF-8, or the text was pasted and would be saved as such.
    #[default]
    Utf8,
    /// Each byte became the character of the same number.
    Latin1,
}
