//! One appender of Log4j 1 as the component of Log4j 2 that does the same.

use std::collections::BTreeMap;

use super::file::File;
use super::{Node, pattern};

/// The result of converting an appender.
pub(super) struct Made {
    pub(super) node: Node,
    /// Appenders to which it forwards.
    pub(super) uses: Vec<String>,
}

/// The options of one appender by lower-case name, each with its key. Used options are removed.
struct Options {
    named: BTreeMap<String, (String, String)>,
}

impl Options {
    fn take(&mut self, name: &str) -> Option<String> {
        self.named.remove(name).map(|(_, value)| value)
    }
}

/// Converts the appender of that name; `None`, with a remark, if Log4j 2 has no equivalent.
pub(super) fn convert(file: &mut File, name: &str) -> Option<Made> {
    let key = format!("log4j.appender.{name}");
    let Some(class) = file.value(&key) else {
        file.remark(
            &key,
            format!(
                "A logger names the appender `{name}`, which the file does not describe; it is left out."
            ),
        );
        return None;
    };
    let prefix = format!("{key}.");
    let below = file.below(&prefix).into_iter();
    let named = below
        .filter_map(|(key, rest)| Some((rest.to_ascii_lowercase(), (key.clone(), file.value(&key)?))))
        .collect();
    let mut options = Options { named };
    let simple = class.rsplit('.').next().unwrap_or_default();
    let ours = class.starts_with("org.apache.log4j.");
    let uses: Vec<String> = options
        .take("appender-ref")
        .into_iter()
        .flat_map(|refs| refs.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>())
        .collect();
    let mut node = match simple {
        "ConsoleAppender" if ours => console(file, &key, name, &mut options),
        "FileAppender" if ours => to_file(file, &key, name, &mut options),
        "RollingFileAppender" if class == "org.apache.log4j.RollingFileAppender" => {
            rolling(file, &key, name, &mut options)
        }
        "DailyRollingFileAppender" if ours => daily(file, &key, name, &mut options),
        "NullAppender" if ours => Some(Node::new("Null").with("name", name)),
        "AsyncAppender" if ours => Some(asynchronous(name, &uses, &mut options)),
        "KafkaLog4jAppender" => {
            file.remark(&key, "`KafkaLog4jAppender` is gone in 4.0. Log4j 2 has a `Kafka` appender of its own, which it calls deprecated; better is to write to a file and ship that.");
            None
        }
        _ => {
            file.remark(&key, format!("`{class}` has no counterpart here; the appender `{name}` is left out. Add one of Log4j 2 by hand where its output is needed."));
            None
        }
    }?;
    if let Some(level) = options.take("threshold") {
        let level = file.level(&format!("{prefix}Threshold"), &level);
        node = node.holding(Node::new("ThresholdFilter").with("level", level));
    }
    // Types that write nothing have no layout.
    if !matches!(node.kind, "Null" | "Async") {
        let layout = layout(file, &key, &mut options);
        node.children.insert(0, layout);
    }
    for (rest, (key, _)) in options.named {
        if rest != "layout" && !rest.starts_with("layout.") {
            file.remark(&key, format!("`{key}` has no counterpart and is left out."));
        }
    }
    Some(Made { node, uses })
}

fn console(file: &mut File, key: &str, name: &str, options: &mut Options) -> Option<Node> {
    let target = options.take("target").unwrap_or_default();
    let mut node = Node::new("Console").with("name", name);
    match target.trim() {
        "" | "System.out" => {}
        "System.err" => node = node.with("target", "SYSTEM_ERR"),
        other => file.remark(key, format!("`{other}` is no target; standard output is written.")),
    }
    let follow = options.take("follow").filter(|value| value.eq_ignore_ascii_case("true"));
    Some(if follow.is_some() { node.with("follow", "true") } else { flushed(node, options) })
}

/// What all appenders to files have in common; `None` without a file.
fn file_named(
    file: &mut File,
    key: &str,
    name: &str,
    options: &mut Options,
    kind: &'static str,
) -> Option<(Node, String)> {
    let Some(path) = options.take("file").filter(|path| !path.is_empty()) else {
        file.remark(key, format!("The appender `{name}` names no `File`; it is left out."));
        return None;
    };
    let mut node = Node::new(kind).with("name", name).with("fileName", path.clone());
    if options.take("append").is_some_and(|value| value.eq_ignore_ascii_case("false")) {
        node = node.with("append", "false");
    }
    let buffered = options.take("bufferedio").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    if let Some(size) = options.take("buffersize").filter(|_| buffered) {
        node = node.with("bufferSize", size);
    }
    if buffered {
        options.take("immediateflush");
        node = node.with("immediateFlush", "false");
    }
    Some((flushed(node, options), path))
}

fn flushed(node: Node, options: &mut Options) -> Node {
    let kept = options.take("immediateflush").is_some_and(|value| value.eq_ignore_ascii_case("false"));
    if kept { node.with("immediateFlush", "false") } else { node }
}

fn to_file(file: &mut File, key: &str, name: &str, options: &mut Options) -> Option<Node> {
    file_named(file, key, name, options, "File").map(|(node, _)| node)
}

fn rolling(file: &mut File, key: &str, name: &str, options: &mut Options) -> Option<Node> {
    let (node, path) = file_named(file, key, name, options, "RollingFile")?;
    let given = options.take("maxfilesize").or_else(|| options.take("maximumfilesize"));
    let size = given.as_deref().map_or(Some("10 MB".to_owned()), |text| {
        if text.contains("${sys:") { Some(text.to_owned()) } else { pattern::size(text) }
    });
    let size = size.unwrap_or_else(|| {
        file.remark(
            &format!("{key}.MaxFileSize"),
            "This is no size; Log4j 1 takes 10 MB, and so is written.",
        );
        "10 MB".to_owned()
    });
    let mut kept = options.take("maxbackupindex").unwrap_or_else(|| "1".to_owned());
    if kept.trim().parse::<i64>().is_ok_and(|kept| kept < 1) {
        file.remark(
            &format!("{key}.MaxBackupIndex"),
            "Log4j 1 keeps no old file here and empties the one that is full; Log4j 2 keeps at least one.",
        );
        "1".clone_into(&mut kept);
    }
    let strategy = Node::new("DefaultRolloverStrategy").with("max", kept).with("fileIndex", "min");
    let node = node.with("filePattern", format!("{path}.%i"));
    Some(node.holding(Node::new("SizeBasedTriggeringPolicy").with("size", size)).holding(strategy))
}

fn daily(file: &mut File, key: &str, name: &str, options: &mut Options) -> Option<Node> {
    let (node, path) = file_named(file, key, name, options, "RollingFile")?;
    let dates = options.take("datepattern").unwrap_or_else(|| "'.'yyyy-MM-dd".to_owned());
    let behind = pattern::date(&dates);
    if !behind.contains("%d{") {
        file.remark(
            &format!("{key}.DatePattern"),
            "There is no date in this pattern, so nothing says when to begin a new file; it is left out.",
        );
        return None;
    }
    let node = node.with("filePattern", format!("{path}{behind}"));
    let policy = Node::new("TimeBasedTriggeringPolicy").with("interval", "1").with("modulate", "true");
    Some(node.holding(policy))
}

fn asynchronous(name: &str, uses: &[String], options: &mut Options) -> Node {
    let mut node = Node::new("Async").with("name", name);
    // The default of Log4j 1.
    node = node.with("bufferSize", options.take("buffersize").unwrap_or_else(|| "128".to_owned()));
    if options.take("blocking").is_some_and(|value| value.eq_ignore_ascii_case("false")) {
        node = node.with("blocking", "false");
    }
    if options.take("locationinfo").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        node = node.with("includeLocation", "true");
    }
    for one in uses {
        node = node.holding(Node::new("AppenderRef").with("ref", one.as_str()));
    }
    node
}

fn layout(file: &mut File, key: &str, options: &mut Options) -> Node {
    let class = options.take("layout").unwrap_or_default();
    let charset = options.take("encoding");
    let at = format!("{key}.layout");
    let given = options.take("layout.conversionpattern");
    let text = match class.rsplit('.').next().unwrap_or_default() {
        "PatternLayout" | "EnhancedPatternLayout" => {
            given.as_deref().map_or("%m%n".to_owned(), pattern::conversion)
        }
        "SimpleLayout" => "%p - %m%n".to_owned(),
        "TTCCLayout" => {
            file.remark(
                &at,
                "`TTCCLayout` is written as a pattern; look through it where the layout has options.",
            );
            "%r [%t] %p %c %notEmpty{%x }- %m%n".to_owned()
        }
        "" => {
            file.remark(
                key,
                "The appender has no layout, which Log4j 1 takes amiss; the message alone is written.",
            );
            "%m%n".to_owned()
        }
        _ => {
            file.remark(&at, format!("`{class}` has no counterpart without another library (Log4j 2 has `XmlLayout` and `JsonTemplateLayout`); a pattern is written in its place."));
            "[%d] %p %m (%c)%n".to_owned()
        }
    };
    let node = Node::new("PatternLayout").with("pattern", text);
    match charset {
        Some(charset) => node.with("charset", charset),
        None => node,
    }
}
