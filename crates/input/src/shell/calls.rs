//! Which words of a command are a tool of Kafka's, and which are its arguments.

use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Embedded, SourceText, paths};

use super::{MAX_DEPTH, add, java, options};
use crate::tool_names::is_tool;
use crate::{Document, UsageKind};

/// Commands whose arguments only name things and run none.
const NAMING: &[&str] = &[
    "[", "[[", "awk", "basename", "cat", "cd", "chmod", "chown", "command", "COPY", "ADD", "cp", "curl",
    "diff", "dirname", "echo", "egrep", "find", "grep", "head", "install", "less", "ln", "ls", "man",
    "mkdir", "more", "mv", "pgrep", "pkill", "printf", "rm", "scp", "rsync", "sed", "source", "stat", "tail",
    "tar", "test", "touch", "type", "unlink", "vi", "vim", "wget", "whereis", "which",
];

/// Paths of Kafka's distribution, and what has to be behind the last `/` of one that ends in it.
const FOLDERS: &[&str] = &["config/kraft/", "config/"];

/// Files below `config/` that some release lacks.
const FILES: &[&str] =
    &["zookeeper.properties", "log4j.properties", "tools-log4j.properties", "connect-log4j.properties"];

/// Reads one command.
pub(super) fn read(words: &[SourceText], depth: usize, found: &mut Document) {
    let words = expanded(words);
    let first_usage = found.usages.len();
    for word in &words {
        if !java::assignment(word, found) {
            path(word, found);
        }
    }
    let first = words.iter().position(|word| !is_before(&word.text));
    let Some(rest) = first.and_then(|first| words.get(first..)) else { return };
    let Some(command) = rest.first() else { return };
    if command.text.starts_with("-D") {
        java::class(rest, found);
        return;
    }
    if command.text == "alias" {
        for word in rest.iter().skip(1).filter(|_| depth < MAX_DEPTH) {
            let start = word.text.find('=').map_or(0, |at| at + 1);
            let word = word.sub(start, word.text.len());
            super::read(&word.text, Some(&word), depth + 1, found);
        }
        return;
    }
    if NAMING.contains(&paths::file_name(&command.text)) {
        return;
    }
    if starts_container(rest) {
        found.embed(Embedded::Container(rest.to_vec()));
    }
    let Some(at) = rest.iter().position(|word| is_program(&word.text)) else {
        nested(rest, depth, found);
        return;
    };
    let (Some(program), Some(arguments)) = (rest.get(at), rest.get(at + 1..)) else { return };
    // `which`, `cp` and the like behind `sudo` or in a condition.
    if rest.iter().take(at).any(|word| NAMING.contains(&paths::file_name(&word.text))) {
        return;
    }
    let name = stem(&program.text);
    if let Some(tool) = wrapped(name) {
        options::read(tool, arguments, found);
        return;
    }
    if name == "java" {
        let before = found.usages.len();
        started(arguments, found);
        if is_of_others(arguments, found, before) {
            // What another program logs with, and how it asks its own ZooKeeper, is not Kafka's.
            let mut at = 0;
            found.usages.retain(|one| {
                at += 1;
                let is_property = one.kind == UsageKind::SystemProperty
                    && ["log4j.", "zookeeper."].iter().any(|start| one.name.starts_with(start));
                let is_path = one.kind == UsageKind::Path;
                !(is_property && at > before || is_path && at > first_usage)
            });
        }
        return;
    }
    let start = program.text.len() - paths::file_name(&program.text).len();
    add(found, UsageKind::Option, format!("{name}.sh"), None, program.part(start, program.text.len()));
    if name == "kafka-run-class" {
        started(arguments, found);
    } else {
        options::read(name, arguments, found);
    }
}

/// Whether Java runs a program that is not part of Kafka: a class found after the first `before` usages, or a jar.
fn is_of_others(arguments: &[SourceText], found: &Document, before: usize) -> bool {
    let mut classes = found.usages.iter().skip(before).filter(|one| one.kind == UsageKind::Class);
    let is_kafkas = |name: &str| name.starts_with("kafka.") || name.starts_with("org.apache.kafka.");
    match classes.next() {
        Some(class) => !is_kafkas(&class.name),
        None => arguments.iter().any(|word| word.text == "-jar"),
    }
}

/// Whether a command runs a container, or makes one.
fn starts_container(words: &[SourceText]) -> bool {
    let mut words =
        words.iter().map(|word| word.text.as_str()).skip_while(|word| matches!(*word, "sudo" | "exec"));
    matches!(words.next(), Some("docker" | "podman" | "nerdctl"))
        && matches!(words.next(), Some("run" | "create"))
}

/// What Java runs; a class that is a tool's has its options.
fn started(arguments: &[SourceText], found: &mut Document) {
    let Some((at, class)) = java::class(arguments, found) else { return };
    if class.starts_with("kafka.") || class.starts_with("org.apache.kafka.") {
        for word in arguments.iter().take(at).filter(|word| word.text.starts_with("-X")) {
            java::option(word, true, found);
        }
    }
    let simple = class.rsplit('.').next().unwrap_or_default();
    let tool = options::BY_CLASS.iter().find(|(name, _)| *name == simple);
    if let (Some((_, tool)), Some(rest)) = (tool, arguments.get(at + 1..))
        && (class.starts_with("kafka.") || class.starts_with("org.apache.kafka."))
    {
        options::read(tool, rest, found);
    }
}

/// Words with blanks that came out of a variable are several, unless they were quoted there.
fn expanded(words: &[SourceText]) -> Vec<SourceText> {
    let mut all = Vec::with_capacity(words.len());
    for word in words {
        let several = !word.quoted && word.text.contains(char::is_whitespace) && !word.text.contains('=');
        let options = !word.quoted && word.text.starts_with('-') && word.text.contains(char::is_whitespace);
        if several || options { all.extend(word.split()) } else { all.push(word.clone()) }
    }
    all
}

/// A command in a word of its own: `bash -c 'kafka-topics.sh …'`.
fn nested(words: &[SourceText], depth: usize, found: &mut Document) {
    if depth >= MAX_DEPTH {
        return;
    }
    for word in words.iter().filter(|word| word.quoted && word.text.contains(char::is_whitespace)) {
        let text = word.text.as_str();
        if ["kafka", "zookeeper-", "connect-", "KAFKA_"].iter().any(|sign| text.contains(sign)) {
            super::read(text, Some(word), depth + 1, found);
        }
    }
}

/// What can stand before a command: a prompt, an assignment, a word of the shell's grammar.
fn is_before(text: &str) -> bool {
    const WORDS: &[&str] =
        &["if", "then", "elif", "else", "while", "until", "do", "!", "{", "time", "export"];
    let assigns = text.split_once('=').is_some_and(|(name, _)| kafka_upgrade_syntax::shell::is_name(name));
    let prompt = text.ends_with(['$', '#', '%', '>']) && !text.contains('=');
    WORDS.contains(&text) || assigns || prompt || text.starts_with("[root@")
}

/// Whether a word starts a tool of Kafka's or Java.
fn is_program(text: &str) -> bool {
    let name = stem(text);
    let kafkas = ["kafka-", "connect-", "zookeeper-"].iter().any(|start| name.starts_with(start));
    let script = name.len() < paths::file_name(text).len();
    name == "java"
        || wrapped(name).is_some()
        || (kafkas && (script || is_tool(name)) && !text.contains(['=', ',', ':', ' ', '\n']))
}

/// The tool that one of Confluent's hands its options to: `kafka-avro-console-producer` is Kafka's with a formatter.
pub(super) fn wrapped(name: &str) -> Option<&'static str> {
    let format = ["kafka-avro-", "kafka-protobuf-", "kafka-json-schema-"];
    match format.iter().find_map(|start| name.strip_prefix(start))? {
        "console-producer" => Some("kafka-console-producer"),
        "console-consumer" => Some("kafka-console-consumer"),
        _ => None,
    }
}

/// The last part of a path without what says that it is a script.
pub(crate) fn stem(text: &str) -> &str {
    let base = paths::file_name(text);
    base.strip_suffix(".sh").or_else(|| base.strip_suffix(".bat")).unwrap_or(base)
}

/// A path of Kafka's distribution.
fn path(word: &SourceText, found: &mut Document) {
    let text = word.text.as_str();
    for folder in FOLDERS {
        let Some(at) = text.rfind(folder) else { continue };
        let border =
            text.get(..at).is_none_or(|before| before.is_empty() || before.ends_with(['/', ':', '=']));
        let rest = text.slice(at + folder.len()..);
        let known = if folder.len() > 7 { rest.ends_with(".properties") } else { FILES.contains(&rest) };
        if border && known && !rest.contains('/') {
            let name = text.slice(at..);
            add(found, UsageKind::Path, name, None, word.part(at, text.len()));
            return;
        }
    }
}
