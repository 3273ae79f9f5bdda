//! Lines with which programs report that something failed: exceptions, errors of tools, compilers and the JVM.
//!
//! A line counts for its form, not for its words; what it means is a question to the rules. What is *not* here: frames
//! of stack traces, which follow the line that they explain.

use super::{Line, Live};

/// Subject of an [`crate::Observation`] whose value is the line without what the log puts before it.
pub(crate) const FAILURE: &str = "failure";

/// Whether a line has the form of a failure, and something in it that Kafka's programs or its JVM print.
pub(super) fn is_one(line: &str) -> bool {
    message(line).is_some_and(|message| is_near_kafka(message) || is_near_kafka(line))
}

/// Reads a line; whether it was one.
pub(super) fn read(line: Line<'_>, live: &mut Live) -> bool {
    let Some(message) = message(line.text) else { return false };
    live.observe(FAILURE, message.trim_end(), line.place(message));
    true
}

fn is_near_kafka(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "kafka",
        "Kafka",
        "KAFKA",
        "joptsimple",
        "VM option",
        "Java Virtual Machine",
        "UnsupportedClassVersionError",
        "log4j:",
        "ConfigException",
        "metadata.version",
        "unsupported_vsn",
        "rdkafka",
        "NoSuchMethodError",
        "NoClassDefFoundError",
        "AbstractMethodError",
        "zookeeper",
        "meta.properties",
        "FeatureLevelRecord",
        "UnsupportedVersionException",
        "InvalidConfigurationException",
    ];
    SIGNS.iter().any(|sign| text.contains(sign))
}

/// The message of a line that reports a failure.
fn message(line: &str) -> Option<&str> {
    // Most lines have none of these.
    if line.len() < 8 || !has_sign(line) {
        return None;
    }
    let text = without_prompt(line);
    if let Some(rest) = of_level(text).filter(|_| !text.starts_with("log4j:")) {
        return Some(rest);
    }
    let is_plain =
        STARTS.iter().any(|start| text.starts_with(start)) || PARTS.iter().any(|part| text.contains(part));
    (is_plain || begins_with_exception(text)).then_some(text)
}

fn has_sign(line: &str) -> bool {
    [
        "rror",
        "ERROR",
        "FATAL",
        "xception",
        "WARN",
        "not a recognized",
        "nsupported",
        "unsupported",
        "Could not",
        "FAIL",
        "VM option",
        "ailed",
        "does not support",
        "symbol",
    ]
    .iter()
    .any(|sign| line.contains(sign))
}

/// How such lines begin where no log puts a level before them.
const STARTS: &[&str] = &[
    "Exception in thread",
    "Caused by: ",
    "Suppressed: ",
    "Error: ",
    "ERROR",
    "FATAL",
    "[ERROR]",
    "error: ",
    "e: ",
    "log4j:ERROR",
    "log4j:WARN",
    "Unrecognized VM option",
    "Unrecognized option",
    "Could not ",
    "Invalid ",
    "Failed ",
    "Error while ",
    "Error occurred ",
    "Unable to ",
    "Missing required ",
    "Leaving group, reason:",
    "%3|",
    "%4|",
];

/// What only such lines have in them.
const PARTS: &[&str] = &[
    "is not a recognized option",
    "unsupported_vsn_range",
    ": error: ",
    "Could not upgrade ",
    "Could not downgrade ",
    "has been compiled by a more recent version of the Java Runtime",
    "symbol:   ",
    "environment variable \"KAFKA_",
];

/// Without the name of a container, a prompt, colours of a terminal and blanks.
fn without_prompt(line: &str) -> &str {
    let line = line.trim_start_matches(|one: char| one.is_whitespace() || one == '|');
    match line.split_once(" | ") {
        // `broker-1  | [2025-…`: Compose.
        Some((name, rest)) if name.len() < 60 && !name.trim().contains(' ') => rest.trim_start(),
        _ => line,
    }
}

/// What is behind the level of a line of a log: `[2025-05-20 06:30:00,117] ERROR message (logger)`.
fn of_level(text: &str) -> Option<&str> {
    let end = text.floor_char_boundary(120);
    let head = text.get(..end)?;
    // A log begins with a time.
    if !head.bytes().take(40).any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    ["ERROR", "FATAL", "WARN", "[error]", "SEVERE"].iter().find_map(|level| {
        let at = head.find(level)?;
        let before = head.get(..at)?;
        let rest = text.get(at + level.len()..)?;
        let apart =
            before.ends_with([' ', '[', ']', '\t', ':', '|']) && rest.starts_with([' ', ']', ':', '\t', '|']);
        (apart && before.bytes().any(|byte| byte.is_ascii_digit()))
            .then(|| rest.trim_start_matches([' ', ']', ':', '\t', '|', '-']))
    })
}

/// `org.apache.kafka.common.config.ConfigException: …`, `java.lang.NoSuchMethodError: …`.
fn begins_with_exception(text: &str) -> bool {
    let end =
        text.find(|one: char| !(one.is_ascii_alphanumeric() || "._$".contains(one))).unwrap_or(text.len());
    let Some(name) = text.get(..end) else { return false };
    let behind = text.get(end..).unwrap_or_default();
    let class = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && class.starts_with(|one: char| one.is_ascii_uppercase())
        && ["Exception", "Error", "Failure", "Fault"].iter().any(|end| class.ends_with(end))
        && (behind.is_empty() || behind.starts_with(':') || behind.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_known_by_their_form() {
        for (line, want) in [
            (
                "[2025-05-20 06:30:00,117] ERROR Exiting Kafka (kafka.Kafka$)",
                Some("Exiting Kafka (kafka.Kafka$)"),
            ),
            ("broker-1  | [2025-05-20 06:30:00,117] ERROR x: y", Some("x: y")),
            ("java.lang.NoSuchMethodError: 'x'", Some("java.lang.NoSuchMethodError: 'x'")),
            ("\tat org.apache.kafka.common.config.ConfigException.<init>(ConfigException.java:1)", None),
            ("[2026-04-07 07:00:00,001] INFO Registered error handler", None),
            ("this line mentions an Exception somewhere", None),
            ("throw new ConfigException(\"x\");", None),
            (
                "Unrecognized VM option 'UseConcMarkSweepGC'",
                Some("Unrecognized VM option 'UseConcMarkSweepGC'"),
            ),
        ] {
            assert_eq!(message(line), want, "{line}");
        }
    }
}
