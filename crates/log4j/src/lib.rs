//! Log4j 1 configuration into Log4j 2 configuration, as 4.0 and later log with.
//!
//! A `.properties` or XML text in, a file for Log4j 2 out, as YAML (what Kafka ships) or properties, with a remark for
//! each line that could not be carried over or means something else.
//!
//! Decisions:
//! - Appenders that no logger names are left out: Log4j 1 does not open their files, Log4j 2 would.
//! - `${name}` that the file itself sets is put in; any other is a system property, `${sys:name}`.
//! - What Log4j 1 assumes where nothing is set (level DEBUG of the root, pattern `%m%n`, 10 MB a file) is written
//!   out, since Log4j 2 assumes otherwise.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod appender;
mod file;
mod pattern;
mod read;
mod write;

/// How to write the file for Log4j 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// `log4j2.yaml`, as Kafka ships it.
    #[default]
    Yaml,
    /// `log4j2.properties`.
    Properties,
}

/// A line that could not be carried over, or not with the same meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// 1-based line of the Log4j 1 file.
    pub line: u32,
    /// What, and what to do about it.
    pub message: String,
}

/// Converts a Log4j 1 text, `.properties` or XML. The remarks are in the order of its lines.
#[must_use]
pub fn convert(text: &str, form: Form) -> (String, Vec<Remark>) {
    let mut file = file::File::new(text);
    let plan = file.plan();
    let written = match form {
        Form::Yaml => write::yaml(&plan),
        Form::Properties => write::properties(&plan),
    };
    (written, file.into_remarks())
}

/// A component of Log4j 2: its type, attributes, and what is inside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Node {
    kind: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Self>,
}

impl Node {
    fn new(kind: &'static str) -> Self {
        Self { kind, ..Self::default() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    fn holding(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }
}

/// A logger; the root has no name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Logger {
    name: String,
    level: Option<String>,
    additive: bool,
    appenders: Vec<String>,
}

/// The whole configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Plan {
    /// Level below which nothing is logged at all.
    threshold: Option<String>,
    appenders: Vec<Node>,
    root: Logger,
    loggers: Vec<Logger>,
}

#[cfg(test)]
mod tests;
