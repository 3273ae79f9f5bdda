//! Failures that programs report, as they stand in logs, outputs and pasted stack traces.

use crate::Span;

/// Words that shells of Windows print after a command that they cannot find.
pub const NOT_RECOGNIZED: &str = "' is not recognized as ";

/// Words that shells and containers print after a command that they cannot find.
pub const NOT_FOUND: &[&str] = &[
    NOT_RECOGNIZED,
    ": No such file",
    ": no such file",
    ": command not found",
    ": not found",
    ": executable file not found",
];

/// One message of a failure: the line of a log, an exception, one of its causes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// Which failure of the text it belongs to, counted from 0: a line of a log and the exceptions below it are one.
    pub entry: u32,
    /// The message without the prefix of the log: container, time, level.
    pub message: String,
    /// The lines below that continue it, joined with blanks; frames are none of them. At most a few.
    pub more: String,
    /// Where it stands first.
    pub span: Span,
    /// The frames below it, innermost first, as `a.b.C.method`. At most a few.
    pub frames: Vec<String>,
    /// Whether the program calls it an error; false for a warning, or if only the wording suggests a failure.
    pub is_error: bool,
    /// Whether it is a warning in a short text that names Kafka, and not one that healthy programs print: whoever
    /// pasted it asks about it.
    pub is_asked: bool,
    /// Whether the failure names Kafka, one of its clients or one of its tools.
    pub of_kafka: bool,
    /// How often it stands in the text, numbers in it aside. At least 1.
    pub count: u32,
    /// The time of the first and of the last one, as the log writes them.
    pub times: Option<(String, String)>,
}
