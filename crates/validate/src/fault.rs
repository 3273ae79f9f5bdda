//! What every judgement of a value shares: the value once its type is known, why it is refused, and how it is quoted.

use std::borrow::Cow;

/// Why a value is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) rule: &'static str,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(rule: &'static str, message: impl Into<String>) -> Self {
        Self { rule, message: message.into() }
    }
}

/// What a value is once its type is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Boolean,
    Whole(i64),
    /// With the text that it was read from.
    Double(f64, &'a str),
    Text(&'a str),
    List(&'a str),
    Class(&'a str),
    Password,
}

/// A value as messages quote it: short, and on one line.
pub(crate) fn quote(text: &str) -> Cow<'_, str> {
    if text.is_empty() {
        return Cow::Borrowed("An empty value");
    }
    let mut shown: String = text.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(80).is_some() {
        shown.push('…');
    }
    Cow::Owned(format!("`{shown}`"))
}
