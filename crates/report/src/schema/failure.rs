//! Failures that were pasted: what each means, and what of the other files it points at.

use serde::{Deserialize, Serialize};

/// A failure that stands in a pasted text: a line of a log with the exceptions below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PastedError {
    /// The file.
    pub path: String,
    /// The line of the message that says why, 1-based.
    pub line: u32,
    /// That message, without what the log puts before it; shortened.
    pub message: String,
    /// How often the failure is in the text.
    pub count: u32,
    /// The time of the first one, as the log has it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first: Option<String>,
    /// The time of the last one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last: Option<String>,
    /// The rule that explains it, which the finding at this place has; `failure-not-known` where none does.
    pub rule: String,
    /// What it means, in one sentence; absent where it is not known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cause: Option<String>,
    /// What of the other files it points at, sorted by file and place.
    pub points: Vec<Pointer>,
    /// What else to paste.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ask: Option<String>,
}

/// A place that has to do with a failure: a setting, an option, a version, a line of code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pointer {
    /// The file.
    pub path: String,
    /// Its line, 1-based; absent when it is about the whole file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// What stands there, such as the key.
    pub what: String,
}
