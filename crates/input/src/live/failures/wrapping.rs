//! What stands around a message: colours, names of containers, times of whoever collected the log, JSON.
//!
//! Invariants: nothing of the message is lost; work is linear in the line.

use kafka_upgrade_document::Slice as _;
use std::borrow::Cow;

use kafka_upgrade_syntax::tree::{Node, json};

/// A line as the program wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unwrapped<'t> {
    pub(super) text: Cow<'t, str>,
    /// When, as it is written.
    pub(super) time: Option<Cow<'t, str>>,
    /// The level, where it stands apart from the text.
    pub(super) level: Option<Level>,
}

/// How bad the program calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Error,
    Warning,
    Lesser,
}

impl Level {
    pub(super) fn of(word: &str) -> Option<Self> {
        const WORDS: &[(&str, Level)] = &[
            ("ERROR", Level::Error),
            ("FATAL", Level::Error),
            ("SEVERE", Level::Error),
            ("CRITICAL", Level::Error),
            ("PANIC", Level::Error),
            ("ERR", Level::Error),
            ("EROR", Level::Error),
            ("FAIL", Level::Error),
            ("WARN", Level::Warning),
            ("WARNING", Level::Warning),
            ("INFO", Level::Lesser),
            ("DEBUG", Level::Lesser),
            ("TRACE", Level::Lesser),
            ("NOTICE", Level::Lesser),
        ];
        WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, level)| *level)
    }
}

/// The lines that stand in a line: one, or those of a JSON record with its stack trace.
pub(super) fn unwrap(line: &str) -> Vec<Unwrapped<'_>> {
    let (text, _) = strip(line);
    if !text.starts_with('{')
        && let Some(sign) = glue(text)
    {
        let parts = text.split(sign).map(|part| part.trim_start_matches("\\t").trim_end_matches('/'));
        return parts.filter(|part| !part.trim().is_empty()).flat_map(unwrap_one).collect();
    }
    unwrap_one(line)
}

/// What stands between lines that a web page, or a program that escapes its messages, wrote as one.
fn glue(text: &str) -> Option<&'static str> {
    ["<br/>", "<br>"].into_iter().find(|sign| text.contains(sign)).or_else(|| {
        let escapes = ["\\n\\tat ", "\\n    at ", "\\n\\nCaused by: ", "\\nCaused by: "];
        escapes.iter().any(|sign| text.contains(sign)).then_some("\\n")
    })
}

fn unwrap_one(line: &str) -> Vec<Unwrapped<'_>> {
    let (text, time) = strip(line);
    let at = if text.starts_with('{') { Some(0) } else { record_behind(text) };
    if let Some(json) = at.and_then(|at| text.get(at..)).filter(|json| json.contains("\":")) {
        let mut found = Vec::new();
        record(json, time, &mut found);
        if !found.is_empty() {
            return found;
        }
    }
    let text = if text.contains('\u{1b}') {
        Cow::Owned(strip(&without_colours(text)).0.to_owned())
    } else {
        Cow::Borrowed(text)
    };
    vec![Unwrapped { text, time: time.map(Cow::Borrowed), level: None }]
}

/// Where a record of JSON begins behind numbers, which a collector wrote before it.
fn record_behind(text: &str) -> Option<usize> {
    let at = text.find("{\"").filter(|at| (1..60).contains(at) && text.ends_with('}'))?;
    let before = text.get(..at)?;
    let is_plain = |byte: u8| !byte.is_ascii_lowercase();
    (before.ends_with([' ', '\t']) && before.bytes().all(is_plain)).then_some(at)
}

/// Without what a terminal would not show.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        let inner = behind.strip_prefix('[').unwrap_or(behind);
        let end = inner.find(|one: char| one.is_ascii_alphabetic()).map_or(inner.len(), |at| at + 1);
        rest = inner.slice(end..);
    }
    plain.push_str(rest);
    plain
}

/// Layers around a line that are taken off.
const MAX_LAYERS: usize = 5;

/// Without what collectors of logs write before a line, and the time that they wrote.
pub(super) fn strip(line: &str) -> (&str, Option<&str>) {
    let mut text = line.trim_end();
    let mut when = None;
    for _ in 0..MAX_LAYERS {
        let bare = text.trim_start_matches(|one: char| one.is_whitespace() || "|│>\u{feff}`".contains(one));
        let (rest, time) = layer(bare).unwrap_or((bare, None));
        when = when.or(time);
        if rest.len() == text.len() {
            break;
        }
        // An indentation says that a line belongs to the one above, so the last one stays.
        text = rest;
    }
    (text, when)
}

/// Whether lines of a text are of different containers, as Compose prefixes them.
pub(super) fn has_several_sources(text: &str) -> bool {
    let mut names = text.lines().filter_map(|line| {
        let (name, _) = line.split_once(" | ")?;
        let name = name.trim();
        let is_name =
            !name.contains([' ', '"', '[']) && name.starts_with(|one: char| one.is_ascii_alphabetic());
        is_name.then_some(name)
    });
    let first = names.next();
    names.any(|name| Some(name) != first)
}

/// What is behind one layer, and the time in it.
fn layer(text: &str) -> Option<(&str, Option<&str>)> {
    // `broker-1  | …` of Compose, `stack_kafka.1.x@node    | …` of Swarm.
    if let Some((name, rest)) =
        text.split_once('|').filter(|(name, _)| name.len() < 70 && name.ends_with(' '))
    {
        let name = name.trim();
        let is_name = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-@/".contains(&byte));
        // A level or a time is a column of a log's own layout.
        if is_name && Level::of(name).is_none() && !name.starts_with(|one: char| one.is_ascii_digit()) {
            return Some((rest.strip_prefix(' ').unwrap_or(rest), None));
        }
    }
    // `[pod/kafka-0/kafka] …` of `kubectl logs --prefix`.
    if let Some(rest) = text.strip_prefix("[pod/") {
        return rest.split_once("] ").map(|(_, rest)| (rest, None));
    }
    if let Some(rest) = syslog(text) {
        return Some(rest);
    }
    let (time, rest) = time(text)?;
    let rest = rest.strip_prefix(' ').or_else(|| rest.starts_with("log4j:").then_some(rest))?;
    // The container runtime's own form.
    for stream in ["stdout F ", "stderr F ", "stdout P ", "stderr P "] {
        if let Some(rest) = rest.strip_prefix(stream) {
            return Some((rest, Some(time)));
        }
    }
    let inner = rest.trim_start();
    let is_outer = self::time(inner.trim_start_matches('[')).is_some()
        || [
            "{\"",
            "at ",
            "Caused by: ",
            "Suppressed: ",
            "... ",
            "Exception in ",
            "##[",
            "[ERROR] ",
            "\u{1b}[",
            "log4j:",
            "symbol: ",
            "location: ",
            "e: ",
            "error: ",
        ]
        .iter()
        .any(|start| inner.starts_with(start))
        || is_exception(inner);
    is_outer.then_some((rest, Some(time)))
}

/// `org.example.SomeException`, `java.lang.NoSuchMethodError: …`, `KafkaJSError: …`: a class whose name says that it is
/// a failure, and its message.
pub(super) fn is_exception(text: &str) -> bool {
    let end =
        text.find(|one: char| !(one.is_ascii_alphanumeric() || "._$/".contains(one))).unwrap_or(text.len());
    let (Some(name), Some(behind)) = (text.get(..end), text.get(end..)) else { return false };
    let class = name.rsplit(['.', '$']).next().unwrap_or_default();
    let ends = ["Exception", "Error", "Failure", "Fault", "Throwable"].iter().any(|end| class.ends_with(end))
        || ["KafkaJSNumberOfRetriesExceeded", "KafkaJSServerDoesNotSupportApiKey"].contains(&class)
        || ["NoBrokersAvailable", "UnrecognizedBrokerVersion", "IncompatibleBrokerVersion"].contains(&class)
        || ["OffsetMetadataTooLarge", "InvalidRegularExpression"].contains(&class);
    let is_long = name.contains('.') || class.len() > 9;
    // Python's and JavaScript's own.
    let is_known = ["KeyError", "TypeError", "NameError", "OSError", "IOError"].contains(&class)
        && behind.starts_with(": ");
    class.starts_with(|one: char| one.is_ascii_uppercase())
        && ends
        && (is_long || is_known)
        && (behind.trim().is_empty()
            || behind.starts_with(':')
            || behind.starts_with("(\"")
            || behind.starts_with(" [")
            || behind.starts_with(": ["))
}

/// `Nov 29 06:30:00 host prog[1234]: …`, with or without the priority.
fn syslog(text: &str) -> Option<(&str, Option<&str>)> {
    const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    let month = text.get(..3).filter(|month| MONTHS.split(' ').any(|known| known == *month));
    let (time, rest) = match month {
        Some(_) => {
            let end = 3 + text.get(3..)?.find(':')?;
            let end = end + text.get(end..)?.find(' ')?;
            (text.get(..end)?, text.get(end + 1..)?)
        }
        // `2026-11-29T06:30:00+0100 host prog[1234]: …`
        None => time(text).map(|(time, rest)| (time, rest.trim_start()))?,
    };
    if time.len() > 40 {
        return None;
    }
    let (head, rest) = rest.split_once(": ")?;
    let mut words = head.split(' ').filter(|word| !word.is_empty());
    let (_, program) = (words.next()?, words.next()?);
    let is_program = program.ends_with(']') && program.contains('[') && !program.starts_with('[');
    (words.next().is_none() && (is_program || month.is_some())).then_some((rest, Some(time)))
}

/// A time at the beginning, with or without a date, and what is behind it.
pub(super) fn time(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[').unwrap_or(text);
    if !inner.starts_with(|one: char| one.is_ascii_digit()) {
        return None;
    }
    let end =
        inner.find(|one: char| !(one.is_ascii_digit() || "-:.,TZ+/ ".contains(one))).unwrap_or(inner.len());
    let taken = inner.get(..end)?.trim_end_matches([' ', '-', '+', '/', '.', ',']);
    let mut parts = taken.split(':');
    let clock = parts.next()?.ends_with(|one: char| one.is_ascii_digit())
        && parts.next()?.len() == 2
        && parts.next().is_some();
    // Two times, one behind the other: the first is the collector's.
    let taken = match taken.match_indices(' ').nth(1) {
        Some((at, _)) => taken.get(..at)?,
        None => taken,
    };
    let taken = match taken.split_once(' ') {
        Some((one, _)) if one.contains(':') => one,
        _ => taken,
    };
    if !clock || taken.len() > 40 || !taken.contains(':') {
        return None;
    }
    let rest = inner.get(taken.len()..)?;
    let closed = if inner.len() < text.len() { rest.strip_prefix(']').unwrap_or(rest) } else { rest };
    Some((taken, closed))
}

/// Names of the fields of JSON logs, of which the first that is there counts.
const MESSAGES: &[&str] =
    &["message", "msg", "log", "MESSAGE", "Message", "textPayload", "short_message", "event", "error"];
const LEVELS: &[&str] =
    &["level", "severity", "log.level", "levelname", "loglevel", "@level", "level_name", "lvl", "Level"];
const TIMES: &[&str] =
    &["@timestamp", "timestamp", "time", "ts", "asctime", "instant", "timeMillis", "Timestamp", "datetime"];
const TRACES: &[&str] = &[
    "stack_trace",
    "stackTrace",
    "stacktrace",
    "exception",
    "throwable",
    "exc_info",
    "error.stack_trace",
    "error.stack",
    "exception.stacktrace",
    "full_message",
    "stack",
    "err",
    "error",
    "StackTrace",
    "thrown",
];

/// Names of the fields that have the class of an exception and its message, with dots in one name each.
const THROWN: &[(&[&str], &str)] = &[
    (&["error.type", "error.kind"], "error.message"),
    (&["exception.type", "exception.class"], "exception.message"),
];

/// Adds the lines of a JSON record.
fn record<'t>(text: &str, time: Option<&'t str>, found: &mut Vec<Unwrapped<'t>>) {
    let tree = json::read(text);
    let Some(root) = tree.roots.first() else { return };
    let field = |names: &[&str]| {
        names.iter().find_map(|name| {
            let node = root.get(name).or_else(|| {
                let (outer, inner) = name.split_once('.')?;
                root.get(outer)?.get(inner)
            })?;
            node.text().map(str::to_owned)
        })
    };
    let Some(message) = field(MESSAGES) else { return };
    let time = field(TIMES).map(Cow::Owned).or(time.map(Cow::Borrowed));
    // Numbers are those of pino and bunyan.
    let level = field(LEVELS).and_then(|level| match level.as_str() {
        "50" | "60" | "3" => Some(Level::Error),
        "40" | "4" => Some(Level::Warning),
        "30" | "20" | "6" => Some(Level::Lesser),
        word => Level::of(word),
    });
    let mut level = level;
    let mut add = |text: &str, found: &mut Vec<Unwrapped<'t>>| {
        for line in text.lines().take(MAX_JSON_LINES) {
            let plain = without_colours(line);
            let (text, inner) = strip(&plain);
            let time = inner.map(|inner| Cow::Owned(inner.to_owned())).or_else(|| time.clone());
            found.push(Unwrapped { text: Cow::Owned(text.to_owned()), time, level: level.take() });
        }
    };
    add(&message, found);
    for (classes, text) in THROWN {
        if let Some(text) = root.get(text).and_then(Node::text).filter(|text| *text != message) {
            let class = classes.iter().find_map(|class| root.get(class)?.text()).unwrap_or("Error");
            add(&format!("{class}: {text}"), found);
        }
    }
    for name in TRACES {
        let node = root.get(name).or_else(|| {
            let (outer, inner) = name.split_once('.')?;
            root.get(outer)?.get(inner)
        });
        let Some(node) = node else { continue };
        if let Some(text) = node.text().filter(|text| *text != message) {
            add(text, found);
        }
        thrown(node, &mut |line| add(line, found));
    }
}

/// Lines of one field that are read; traces of whole applications have some hundred.
const MAX_JSON_LINES: usize = 400;

/// An exception as a map: `{"name": …, "message": …, "cause": {…}, "extendedStackTrace": …}`, and names like it.
fn thrown(node: &Node, add: &mut dyn FnMut(&str)) {
    let mut node = Some(node);
    let mut before = "";
    for _ in 0..8 {
        let Some(one) = node.filter(|one| !one.entries().is_empty()) else { return };
        let text = |names: &[&str]| names.iter().find_map(|name| one.get(name)?.text());
        let name = text(&["name", "class", "exception_class", "type", "exceptionType", "className"]);
        let message = text(&["message", "exception_message", "msg"]).unwrap_or_default();
        let name = name.unwrap_or("Error");
        add(&format!("{before}{name}: {message}"));
        if let Some(trace) = text(&["extendedStackTrace", "stacktrace", "stack", "stack_trace", "stackTrace"])
        {
            // It begins with the exception itself.
            let skip = usize::from(trace.starts_with(name));
            trace.lines().skip(skip).for_each(&mut *add);
        }
        node = one.get("cause");
        before = "Caused by: ";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_out_of_what_stands_around_them() {
        let plain = "[2025-05-20 06:30:00,117] ERROR Exiting Kafka (kafka.Kafka$)";
        for wrapped in [
            plain.to_owned(),
            format!("kafka-1  | {plain}"),
            format!("stack_kafka.1.x0y@node-3    | {plain}"),
            format!("2025-05-20T06:30:00.123456789Z {plain}"),
            format!("2025-05-20T06:30:00.123456789Z stderr F {plain}"),
            format!("[pod/kafka-0/kafka] {plain}"),
            format!("May 20 06:30:00 node-3 kafka-server-start.sh[812]: {plain}"),
            format!("2025-05-20T06:30:00+0200 node-3 kafka[812]: {plain}"),
            format!("\u{1b}[31m{plain}\u{1b}[0m"),
            format!("{{\"log\":\"{plain}\\n\",\"stream\":\"stdout\",\"time\":\"2025-05-20T06:30:00.1Z\"}}"),
            format!("> {plain}"),
        ] {
            let texts: Vec<_> = unwrap(&wrapped).into_iter().map(|one| one.text.into_owned()).collect();
            assert_eq!(texts, [plain], "{wrapped}");
        }
    }

    #[test]
    fn json_records_give_message_level_time_and_trace() {
        let line = r#"{"@timestamp":"2025-05-20T06:30:00Z","log.level":"ERROR","message":"Exiting","error":{"type":"java.lang.ClassNotFoundException","message":"a.B","stack_trace":"java.lang.ClassNotFoundException: a.B\n\tat a.C.d(C.java:1)"}}"#;
        let found = unwrap(line);
        let texts: Vec<&str> = found.iter().map(|one| &*one.text).collect();
        assert_eq!(texts.first(), Some(&"Exiting"));
        assert!(texts.contains(&"java.lang.ClassNotFoundException: a.B"), "{texts:?}");
        assert!(texts.contains(&"at a.C.d(C.java:1)"), "{texts:?}");
        assert_eq!(found.first().and_then(|one| one.level), Some(Level::Error));
        assert!(found.iter().all(|one| one.time.as_deref() == Some("2025-05-20T06:30:00Z")));
    }

    #[test]
    fn lines_that_were_glued_together_are_taken_apart() {
        for (line, want) in [
            (
                "[ERROR] A.java:[1,2] cannot find symbol<br/>[ERROR]   symbol: class B<br/>",
                vec!["[ERROR] A.java:[1,2] cannot find symbol", "[ERROR]   symbol: class B"],
            ),
            (
                r"java.lang.RuntimeException: a\n\tat b.C.d(C.java:1)\nCaused by: e.F: g",
                vec!["java.lang.RuntimeException: a", "at b.C.d(C.java:1)", "Caused by: e.F: g"],
            ),
            (r"the path C:\new is odd", vec![r"the path C:\new is odd"]),
        ] {
            let texts: Vec<_> = unwrap(line).into_iter().map(|one| one.text.into_owned()).collect();
            assert_eq!(texts, want);
        }
    }

    #[test]
    fn a_record_may_stand_behind_numbers() {
        let line = "1734428414181\t{\"@timestamp\":\"2024-12-17T09:40:14.1Z\",\"level\":\"WARN\",\"message\":\"late\"}";
        assert_eq!(unwrap(line).iter().map(|one| &*one.text).collect::<Vec<_>>(), ["late"]);
        let line = "took {\"message\":\"late\"}";
        assert_eq!(unwrap(line).first().map(|one| &*one.text), Some(line));
    }

    #[test]
    fn times_are_known_in_the_forms_of_logs() {
        for (line, want) in [
            ("[2025-05-20 06:30:00,117] ERROR x", Some("2025-05-20 06:30:00,117")),
            ("2025-05-20T06:30:00.1Z x", Some("2025-05-20T06:30:00.1Z")),
            ("08:00:00.000 [info] x", Some("08:00:00.000")),
            ("2025/05/20 06:30:00 x", Some("2025/05/20 06:30:00")),
            ("12 brokers: x", None),
            ("10.0.0.1:9092 x", None),
        ] {
            assert_eq!(time(line).map(|(time, _)| time), want, "{line}");
        }
    }
}
