//! Which lines are messages: the form of a line that reports a failure, by itself, in a log, or in a condition or event
//! of Kubernetes.
//!
//! What is *not* here: which failure a line goes on with, and whose program it is of. Invariants: nothing is looked up
//! for a line that has none of the signs.

use super::healthy::HARMLESS;
use super::prose::is_prose;
use super::signs::{PARTS, STARTS, is_of_kafka_go};
use super::wrapping::{Level, is_exception};
use kafka_upgrade_document::{Literals, NOT_FOUND, NOT_RECOGNIZED, Slice as _};

/// The message of a line that reports a failure, and what the program calls it: [`Level::Lesser`] where only its words
/// are those of a failure.
pub(super) fn message(text: &str, level: Option<Level>) -> Option<(&str, Level)> {
    if text.len() < 6
        || text.starts_with("at ")
        || is_frame_of_ruby(text)
        || HARMLESS.iter().any(|part| text.contains(part))
    {
        return None;
    }
    let has_part = |text: &str| PARTS.are_in(text);
    if let Some(level) = level.filter(|level| *level != Level::Lesser) {
        return Some((text, level));
    }
    if let Some((rest, level)) = of_level(text).filter(|_| !text.starts_with("log4j:")) {
        if level != Level::Lesser {
            return Some((rest, level));
        }
        return has_part(rest).then_some((rest, Level::Lesser));
    }
    if level == Some(Level::Lesser) {
        return has_part(text).then_some((text, Level::Lesser));
    }
    let is_plain = (STARTS.iter().any(|start| text.starts_with(start)) && !is_prose(text))
        // In code it is an argument.
        || PARTS.places(text).any(|at| !is_code(text, at))
        || has_exit_code(text)
        || is_of_kafka_go(text)
        || is_missing_script(text);
    if is_plain || is_exception(text) {
        let is_warning = ["log4j:WARN", "%4|", "warning: ", "WARN", "DEPRECATED: "]
            .iter()
            .any(|start| text.starts_with(start));
        return Some((text, if is_warning { Level::Warning } else { Level::Error }));
    }
    // A line of Kafka's own layout without its level: `message (org.apache.kafka.raft.KafkaRaftClient)`.
    let logger = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).map(|(_, logger)| logger);
    if logger.is_some_and(|logger| {
        ["kafka.", "org.apache.kafka.", "org.apache.zookeeper."].iter().any(|start| logger.starts_with(start))
            && !logger.contains(' ')
    }) {
        return Some((text, Level::Lesser));
    }
    // Behind what the layout of a log put before it: `kafka-0 kafka Caused by: …`.
    let cause = ["Caused by: ", "Exception in thread \"", " - ERROR - ", " | ERROR | "]
        .iter()
        .find_map(|sign| text.find(sign))
        .filter(|at| *at < 160)
        .or_else(|| inner_exception(text))
        .or_else(|| named_in_prose(text))?;
    text.get(cause..).map(|text| (text.trim_start_matches([' ', '-', '|']), Level::Error))
}

/// `from /usr/lib/ruby/a.rb:86:in 'A.b'`.
pub(super) fn is_frame_of_ruby(text: &str) -> bool {
    text.starts_with("from ") && text.contains(":in ")
}

/// Whether what stands at a byte of a line is a text within code.
fn is_code(text: &str, at: usize) -> bool {
    let before = text.slice(..at).trim_start();
    // A field of JSON is none.
    let opens = ["(\"", "('", "(`", "[\"", "['", "= \"", "= '"].iter().any(|open| before.contains(open));
    let ends = text.trim_end().ends_with([',', ';', '{', ')']);
    !before.ends_with("\": \"") && (opens || (before.starts_with('"') && ends))
}

/// Whether a line is one of code or of a configuration, whatever words are in it.
pub(super) fn is_of_code(line: &str) -> bool {
    let text = line.trim();
    text.ends_with([';', '{', '(', ','])
        || text.starts_with('}')
        || ["//", "#", "/*", "* ", "<!--", "import ", "public ", "private ", "def ", "func "]
            .iter()
            .any(|start| text.starts_with(start))
        || text.split_once('=').is_some_and(|(key, _)| !key.trim_end().contains(' '))
}

/// Where an exception of Kafka's with its message begins in a line of something else's layout.
fn inner_exception(text: &str) -> Option<usize> {
    const CLASSES: &[&str] = &[
        "org.apache.kafka.",
        "ClassNotFoundException: org.apache.kafka.",
        "NoClassDefFoundError: org/apache/kafka/",
        "NoSuchMethodError: ",
        "NoSuchFieldError: ",
        "AbstractMethodError: ",
        "UnsupportedClassVersionError: ",
        "joptsimple.",
        "KafkaJS",
        "kafka.errors.",
        "kafka.common.",
        "Confluent.Kafka.",
        "cimpl.KafkaException",
    ];
    const NAMES: Literals = Literals::of(CLASSES);
    let is_one = |at: &usize| {
        let message = text.get(*at..).and_then(|rest| rest.split_once(": "));
        message.is_some_and(|(name, message)| is_exception(name) && !message.is_empty())
            && !is_code(text, *at)
    };
    // Lines that were glued together hold several names, and the class path of a JVM many.
    NAMES.places(text).take(MAX_NAMES).find(is_one)
}

/// Names of classes that are looked at in one line.
const MAX_NAMES: usize = 64;

/// Where a sentence names an error of the JVM's linker, and behind it something of Kafka's that it is about:
/// ``the agent throws `java.lang.NoSuchMethodError` about `org.apache.kafka.…` ``.
fn named_in_prose(text: &str) -> Option<usize> {
    const ERRORS: &[&str] = &[
        "NoSuchMethodError",
        "NoClassDefFoundError",
        "NoSuchFieldError",
        "ClassNotFoundException",
        "AbstractMethodError",
        "IncompatibleClassChangeError",
    ];
    const NAMES: Literals = Literals::of(ERRORS);
    let at = NAMES.places(text).next()?;
    let rest = text.get(at..)?;
    let of_kafka = rest.contains("org.apache.kafka.") || rest.contains("org/apache/kafka/");
    // Code imports it, throws it and catches it.
    let of_code = text.trim_end().ends_with([';', '{', '(', ',']) || text.trim_start().starts_with("//");
    (of_kafka && !of_code && !is_code(text, at)).then_some(at)
}

/// `sh: 1: bin/kafka-mirror-maker.sh: not found`, `'kafka-topics.sh' is not recognized as an internal or external
/// command`: a shell looked for one of Kafka's scripts.
fn is_missing_script(text: &str) -> bool {
    let before = NOT_FOUND.iter().find_map(|end| text.split_once(end)).map_or("", |(before, _)| before);
    let name = before
        .trim_end_matches(['"', '\'', '`'])
        .rsplit([' ', '/', '\\', '"', '\''])
        .next()
        .unwrap_or_default();
    // What stands before the first slash is the command to `cmd.exe`; `cub` is of Confluent's images.
    let is_folder = text.contains(NOT_RECOGNIZED) && matches!(name, "bin" | ".");
    (["kafka-", "zookeeper-", "connect-"].iter().any(|start| name.starts_with(start))
        || is_folder
        || name == "cub")
        && !is_code(text, before.len())
}

/// `container broker-1 exited (137)`, `kafka-1 exited with code 1`: neither an end without a fault nor a stop that was
/// asked for.
fn has_exit_code(text: &str) -> bool {
    // The table of `docker ps`.
    if text.contains("   Restarting (") && text.contains(" ago") {
        return true;
    }
    let code = text.split_once(" exited with code ").or_else(|| text.split_once(" exited ("));
    let code = code.and_then(|(_, rest)| rest.split(|one: char| !one.is_ascii_digit()).next());
    code.is_some_and(|code| !["", "0", "130", "143"].contains(&code))
}

/// What is behind the level of a line of a log: `[2025-05-20 06:30:00,117] ERROR message (logger)`, and the level.
fn of_level(text: &str) -> Option<(&str, Level)> {
    const LEVELS: &[&str] = &[
        "ERROR", "FATAL", "WARN", "INFO", "DEBUG", "TRACE", "[error]", "SEVERE", "CRITICAL", "WARNING",
        "Error", "error", "[warn]", "[info]", "fatal", "ERR",
    ];
    const WORDS: Literals = Literals::of(LEVELS);
    let end = text.floor_char_boundary(140);
    let head = text.get(..end).filter(|head| WORDS.are_in(head))?;
    // A log begins with a time, or with the name of a thread in brackets.
    let begins =
        |head: &str| head.bytes().take(44).any(|byte| byte.is_ascii_digit()) || head.starts_with('[');
    if !begins(head) {
        return None;
    }
    let found = LEVELS.iter().filter_map(|level| {
        let at = head.find(level)?;
        let before = head.get(..at)?;
        let rest = text.get(at + level.len()..)?;
        let apart = (before.is_empty() || before.ends_with([' ', '[', ']', '\t', ':', '|', '(']))
            && rest.starts_with([' ', ']', ':', '\t', '|', ')'])
            && (before.bytes().any(|byte| byte.is_ascii_digit()) || before.trim_end().ends_with(']'));
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

/// Reasons for which a container waits or ended, that are failures.
const STATES: &[&str] = &[
    "CrashLoopBackOff",
    "OOMKilled",
    "ImagePullBackOff",
    "ErrImagePull",
    "CreateContainerConfigError",
    "RunContainerError",
];

/// The message of a condition or an event of Kubernetes.
pub(super) fn status(line: &str) -> Option<(&str, Level)> {
    let line = line.trim_start_matches([' ', '-']);
    for start in ["message:", "Message:"] {
        if let Some(rest) = line.strip_prefix(start) {
            let rest =
                rest.trim().trim_start_matches(['\'', '"', '>', '|', '-']).trim_end_matches(['\'', '"']);
            return Some((if rest.is_empty() { line } else { rest.trim_start() }, Level::Error));
        }
    }
    // The state of a container in `kubectl describe pod`.
    if line.strip_prefix("Reason:").is_some_and(|reason| STATES.contains(&reason.trim())) {
        return Some((line, Level::Error));
    }
    let rest = match line.strip_prefix("Warning  ") {
        Some(rest) => rest,
        None => line.split_once(" Warning  ").map(|(_, rest)| rest)?,
    };
    Some((rest.trim_start(), Level::Error))
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
                "the agent throws `java.lang.NoSuchMethodError` about `org.apache.kafka.clients.ApiVersions.get`",
                Some("NoSuchMethodError` about `org.apache.kafka.clients.ApiVersions.get`"),
            ),
            ("import java.lang.NoSuchMethodError; // org.apache.kafka.clients.ApiVersions;", None),
            (
                "dependency failed to start: container a-kafka-1 exited (137)",
                Some("dependency failed to start: container a-kafka-1 exited (137)"),
            ),
            ("a-kafka-1 exited with code 143", None),
            (
                "f5  confluentinc/cp-kafka:8.1.0   \"bash\"   5 minutes ago   Restarting (127) 29 seconds ago",
                Some(
                    "f5  confluentinc/cp-kafka:8.1.0   \"bash\"   5 minutes ago   Restarting (127) 29 seconds ago",
                ),
            ),
            ("from /gems/rdkafka/error.rb:86:in 'Rdkafka::RdkafkaError.validate!'", None),
            ("KeyError: 14", Some("KeyError: 14")),
            ("KeyError", None),
            ("[pool-1] ERROR o.a.k.Consumer - no answer", Some("o.a.k.Consumer - no answer")),
            (
                "KafkaJSProtocolError: The version of API is not supported",
                Some("KafkaJSProtocolError: The version of API is not supported"),
            ),
        ] {
            assert_eq!(message(line, None).map(|(message, _)| message), want, "{line}");
        }
    }
}
