//! Which lines are messages: the form of a line that reports a failure, by itself, in a log, or in a condition or event
//! of Kubernetes.
//!
//! What is *not* here: which failure a line goes on with, and whose program it is of. Invariants: nothing is looked up
//! for a line that has none of the signs.

use kafka_upgrade_document::Anchors;

use super::wrapping::{Level, is_exception};

/// The message of a line that reports a failure, and whether it is called an error.
pub(super) fn message(text: &str, level: Option<Level>) -> Option<(&str, bool)> {
    if text.len() < 6 || text.starts_with("at ") {
        return None;
    }
    if let Some(rest) = level.filter(|level| *level != Level::Lesser).and(Some(text)) {
        return Some((rest, level == Some(Level::Error)));
    }
    if let Some((rest, level)) = of_level(text).filter(|_| !text.starts_with("log4j:")) {
        if level != Level::Lesser {
            return Some((rest, level == Level::Error));
        }
        return PARTS.iter().any(|part| rest.contains(part)).then_some((rest, false));
    }
    if level == Some(Level::Lesser) {
        return PARTS.iter().any(|part| text.contains(part)).then_some((text, false));
    }
    let is_plain =
        STARTS.iter().any(|start| text.starts_with(start)) || PARTS.iter().any(|part| is_said(text, part));
    if is_plain || is_exception(text) {
        let is_error = !["log4j:WARN", "%4|", "warning: ", "WARN", "DEPRECATED: "]
            .iter()
            .any(|start| text.starts_with(start));
        return Some((text, is_error));
    }
    // A line of Kafka's own layout without its level: `message (org.apache.kafka.raft.KafkaRaftClient)`.
    let logger = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).map(|(_, logger)| logger);
    if logger.is_some_and(|logger| {
        ["kafka.", "org.apache.kafka.", "org.apache.zookeeper."].iter().any(|start| logger.starts_with(start))
            && !logger.contains(' ')
    }) {
        return Some((text, false));
    }
    // Behind what the layout of a log put before it: `kafka-0 kafka Caused by: …`.
    let cause = ["Caused by: ", "Exception in thread \"", " - ERROR - ", " | ERROR | "]
        .iter()
        .find_map(|sign| text.find(sign))
        .filter(|at| *at < 160)
        .or_else(|| inner_exception(text))?;
    text.get(cause..).map(|text| (text.trim_start_matches([' ', '-', '|']), true))
}

/// Whether a line says such a part itself: in code it is an argument.
fn is_said(text: &str, part: &str) -> bool {
    text.find(part).is_some_and(|at| !is_code(text, at))
}

/// Whether what stands at a byte of a line is a text within code.
fn is_code(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_start();
    // A field of JSON is none.
    let opens = ["(\"", "('", "(`", "[\"", "['", "= \"", "= '"].iter().any(|open| before.contains(open));
    let ends = text.trim_end().ends_with([',', ';', '{', ')']);
    !before.ends_with("\": \"") && (opens || (before.starts_with('"') && ends))
}

/// Where an exception of Kafka's with its message begins in a line of something else's layout.
fn inner_exception(text: &str) -> Option<usize> {
    const CLASSES: &[&str] = &[
        "org.apache.kafka.",
        "ClassNotFoundException: org.apache.kafka.",
        "NoClassDefFoundError: org/apache/kafka/",
        "KafkaJS",
        "kafka.errors.",
        "kafka.common.",
        "Confluent.Kafka.",
        "cimpl.KafkaException",
    ];
    let at = CLASSES.iter().filter_map(|class| text.find(class)).min().filter(|at| *at < 400)?;
    let rest = text.get(at..)?;
    let (name, message) = rest.split_once(": ")?;
    (is_exception(name) && !message.is_empty() && !is_code(text, at)).then_some(at)
}

/// Words of which a line that reports a failure has one.
pub(super) fn has_sign(line: &str) -> bool {
    line.len() >= 8
        && ANCHORS.places(line).any(|at| {
            let rest = line.as_bytes().get(at..).unwrap_or_default();
            SIGNS.iter().any(|sign| rest.starts_with(sign.as_bytes()))
        })
}

const ANCHORS: Anchors = Anchors::of(SIGNS);

const SIGNS: &[&str] = &[
    "rror",
    "ERR",
    "FATAL",
    "xception",
    "WARN",
    "a recognized",
    "nsupported",
    "Could not",
    "FAIL",
    "VM option",
    "ailed",
    "does not",
    "doesn't",
    "symbol",
    "issing",
    "nvalid",
    "nable to",
    "is not ",
    "annot ",
    "must ",
    "isconnected",
    "SEVERE",
    "warn",
    "Denied",
    "more recent version",
    "Warning",
    "KafkaJS",
    "panic:",
    "value ",
    "fatal",
    "refused",
    "NoBrokersAvailable",
    "nrecognized",
    "fail:",
    "crit:",
    "unavailable",
    "nresolved",
    "No such file",
    "already formatted",
    "Back-off",
    "an't ",
    "already exists",
    "already in use",
    "closed",
    "denied",
    "losing socket",
    "EOF",
    "usage",
    "is deprecated",
    "till waiting",
    "VERSION",
    "too old",
    "run out of",
    "no such",
    "kafka.common.errors.",
    "kafka.connect.errors.",
    "timed out",
    "appears to be for",
    "No module named",
    "error while",
    "not connected",
    "kind: ",
    "not be ",
    "Only ",
    "Unknown ",
    "collectors",
    "heap size",
    "required",
    "Version",
    "INCONSISTENT",
    "threw",
    "must",
    "No ",
    "DEPRECATED",
];

/// How such lines begin where no log puts a level before them.
const STARTS: &[&str] = &[
    "Exception in thread",
    "Exception in ",
    "Exception: ",
    "Caused by: ",
    "Suppressed: ",
    "Error: ",
    "Error ",
    "ERROR",
    "FATAL",
    "CRITICAL",
    "[ERROR]",
    "[Error]",
    "[error]",
    "[FATAL]",
    "[ERR",
    "error: ",
    "fatal: ",
    "fail: ",
    "crit: ",
    "e: ",
    "WARNING: Due to",
    "log4j:ERROR",
    "log4j:WARN",
    "Unrecognized VM option",
    "Unrecognized option",
    "Could not ",
    "Invalid ",
    "Failed ",
    "Unable to ",
    "Missing ",
    "Cannot ",
    "Unsupported ",
    "Leaving group, reason:",
    "Unhandled ",
    "Uncaught ",
    "panic: ",
    "%0|",
    "%1|",
    "%2|",
    "%3|",
    "%4|",
    "kafka: ",
    "kafka server: ",
    "KafkaError",
    "KafkaException",
    "KafkaJS",
    "Wrapped by: ",
    "UnhandledPromiseRejectionWarning: ",
    "rd_kafka_",
    "Option ",
    "Command must ",
    "Only one of ",
    "Only the --",
    "Exactly one ",
    "Broker: ",
    "Local: ",
    "java: ",
    "You must ",
    "You cannot ",
    "You can ",
    "Can't ",
    "Either --",
    "One of the required ",
    "At least one ",
    "Must specify ",
    "Command line error: ",
    "Warning: ",
    "--bootstrap-server ",
    "Option combination ",
    "Unknown ",
    "Initial heap size ",
    "Conflicting ",
    "WARNING: ",
    "DEPRECATED: ",
    "dependency '",
    "npm ERR!",
    "npm error",
];

/// What only such lines have in them.
const PARTS: &[&str] = &[
    "is not a recognized option",
    "unsupported_vsn_range",
    ": error: ",
    "error:  ",
    "till waiting for all controller",
    "error: unrecognized arguments",
    "error: argument",
    "Could not upgrade ",
    "Could not downgrade ",
    "Could not disable ",
    "has been compiled by a more recent version of the Java Runtime",
    "symbol:   ",
    "environment variable \"KAFKA_",
    "environment variable \"CLUSTER_ID\"",
    "dub ensure ",
    "class file has wrong version",
    "is Denied operation",
    "is Denied Operation",
    "Failed authentication with ",
    "Unsupported VM option",
    "Conflicting collector combinations",
    "could not be established. Broker may not be available",
    "could not be established. Node may not be available",
    "level=error",
    "lvl=error",
    "level=fatal",
    "level=warn",
    "ModuleNotFoundError: ",
    "start.sh: No such file",
    "shell.sh: No such file",
    "is already formatted",
    "does not appear to be a valid UUID",
    "you must specify one of",
    "must be specified",
    "Back-off ",
    "kafka server: ",
    "The version of API is not supported",
    "kafka: client has run out of available brokers",
    "KafkaError{",
    "client has run out of",
    "no longer supported in Kafka",
    "is not a member of",
    "cannot find symbol",
    "unresolved reference",
    "Unresolved reference",
    "has private access in",
    "does not exist and cannot be",
    "Support for Java 8 has been",
    "is too old to be supported",
    "event failed with",
    "Failed to pull image",
    "Could not find artifact ",
    "Local: Broker transport failure",
    "Local: All broker",
    "Local: Timed out",
    "Broker: Group ",
    "Broker: Topic ",
    "Broker: Unknown ",
    "Broker: Not ",
    "Consumer group session timed out",
    "Unable to register the broker",
    "appears to be for a legacy cluster",
    "kafka: error while ",
    "kafka: broker not connected",
    "kafka: invalid configuration",
    "No module named 'kafka",
    "No module named 'confluent_kafka",
    "Error { kind: ",
    "Multiple garbage collectors selected",
    "symbol: class ",
    "symbol: method ",
    "symbol: variable ",
    "incompatible types: ",
    "Type mismatch: ",
    "type mismatch",
    "FATAL ERROR in native method",
    "No such configuration property",
    "No matching distribution found",
    "was supplied but isn't a known config",
    "were supplied but are not used yet",
    "' and can't be used with",
    "in unnamed module of loader",
    "is deprecated and will be removed",
];

/// What is behind the level of a line of a log: `[2025-05-20 06:30:00,117] ERROR message (logger)`, and the level.
fn of_level(text: &str) -> Option<(&str, Level)> {
    const LEVELS: &[&str] = &[
        "ERROR", "FATAL", "WARN", "INFO", "DEBUG", "TRACE", "[error]", "SEVERE", "CRITICAL", "WARNING",
        "Error", "error", "[warn]", "[info]", "fatal",
    ];
    let end = text.floor_char_boundary(140);
    let head = text.get(..end)?;
    // A log begins with a time.
    if !head.bytes().take(44).any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let found = LEVELS.iter().filter_map(|level| {
        let at = head.find(level)?;
        let before = head.get(..at)?;
        let rest = text.get(at + level.len()..)?;
        let apart = (before.is_empty() || before.ends_with([' ', '[', ']', '\t', ':', '|', '(']))
            && rest.starts_with([' ', ']', ':', '\t', '|', ')'])
            && before.bytes().any(|byte| byte.is_ascii_digit());
        // In lower case it is a level only where nothing but times and brackets stand before it.
        let is_word = level.starts_with(|one: char| one.is_ascii_lowercase()) || *level == "Error";
        let plain =
            !is_word || before.bytes().all(|byte| !byte.is_ascii_alphabetic() || b"TZ".contains(&byte));
        (apart && plain).then(|| (at, *level, rest.trim_start_matches([' ', ']', ':', '\t', '|', '-', ')'])))
    });
    // The first one is the level, words like it come later.
    let (_, level, rest) = found.min_by_key(|(at, ..)| *at)?;
    let level = Level::of(level.trim_matches(['[', ']'])).unwrap_or(Level::Lesser);
    Some((rest, level))
}

pub(super) fn is_status(line: &str) -> bool {
    let line = line.trim_start();
    ["message:", "Message:", "Reason:", "Warning", "- message:"].iter().any(|start| line.starts_with(start))
        || line.contains(" Warning ")
}

/// The message of a condition or an event of Kubernetes.
pub(super) fn status(line: &str) -> Option<(&str, bool)> {
    let line = line.trim_start_matches([' ', '-']);
    for start in ["message:", "Message:"] {
        if let Some(rest) = line.strip_prefix(start) {
            let rest =
                rest.trim().trim_start_matches(['\'', '"', '>', '|', '-']).trim_end_matches(['\'', '"']);
            return Some((if rest.is_empty() { line } else { rest.trim_start() }, true));
        }
    }
    let rest = match line.strip_prefix("Warning  ") {
        Some(rest) => rest,
        None => line.split_once(" Warning  ").map(|(_, rest)| rest)?,
    };
    Some((rest.trim_start(), true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_within_code_are_no_failures() {
        for code in [
            r#"assert!(text.contains("kafka: client has run out of available brokers"));"#,
            r#"const START: &str = "org.apache.kafka.common.config.ConfigException: ";"#,
            r#"    "kafka: client has run out of available brokers": true,"#,
            "import org.apache.kafka.common.errors.TimeoutException;",
            "  KafkaJSConnectionError,",
        ] {
            assert_eq!(message(code, None), None, "{code}");
        }
        for (line, want) in [
            ("w-2 - ERROR - no metadata: broken", "no metadata: broken"),
            (
                "nested exception is org.apache.kafka.common.errors.TimeoutException: late",
                "org.apache.kafka.common.errors.TimeoutException: late",
            ),
            (
                r#""trace": "org.apache.kafka.connect.errors.ConnectException: stopped"#,
                "org.apache.kafka.connect.errors.ConnectException: stopped",
            ),
        ] {
            assert_eq!(message(line, None).map(|(message, _)| message), Some(want), "{line}");
        }
    }

    #[test]
    fn failures_are_known_by_their_form() {
        for (line, want) in [
            (
                "[2025-05-20 06:30:00,117] ERROR Exiting Kafka (kafka.Kafka$)",
                Some("Exiting Kafka (kafka.Kafka$)"),
            ),
            ("java.lang.NoSuchMethodError: 'x'", Some("java.lang.NoSuchMethodError: 'x'")),
            ("at org.apache.kafka.common.config.ConfigException.<init>(ConfigException.java:1)", None),
            ("[2026-04-07 07:00:00,001] INFO Registered error handler", None),
            ("this line mentions an Exception somewhere", None),
            ("throw new ConfigException(\"x\");", None),
            (
                "Unrecognized VM option 'UseConcMarkSweepGC'",
                Some("Unrecognized VM option 'UseConcMarkSweepGC'"),
            ),
            (
                "2025-05-20 06:30:00.117 ERROR 1 --- [main] o.s.boot.App : failed",
                Some("1 --- [main] o.s.boot.App : failed"),
            ),
            (
                "KafkaJSProtocolError: The version of API is not supported",
                Some("KafkaJSProtocolError: The version of API is not supported"),
            ),
        ] {
            assert_eq!(message(line, None).map(|(message, _)| message), want, "{line}");
        }
    }
}
