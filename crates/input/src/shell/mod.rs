//! Shell scripts and commands: which of Kafka's tools they call, with which options, classes and settings.
//!
//! The lexer knows what a shell makes of a text; `calls` what Kafka's scripts make of their arguments. What is
//! *not* here: releases, and which option a tool has in which of them.
//!
//! How usages are placed: a tool at the last part of its path, an option at its own word up to `=`, a class and a
//! path at their names, a system property at its name behind `-D`. Commands within other formats come here as
//! embedded texts.

mod calls;
mod documents;
mod java;
mod options;
mod sniff;
mod units;
mod windows;

pub(crate) use calls::stem;
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Embedded, EmbeddedFile, SourceText, Variable};
use kafka_upgrade_sorted::Sorted as _;

use crate::environment::{STARTS, is_of_client};
use crate::{Document, Encoding, Format, Kind, Setting, Span, Usage, UsageKind};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "shell",
    extensions: &["sh", "bash", "zsh", "ksh", "bat", "cmd", "ps1", "service", "container"],
    names: &[],
    sniff: sniff::sniff,
    read: document,
};

/// Texts within texts (`bash -c '…'`) that are read as such.
const MAX_DEPTH: usize = 4;

fn document(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = empty();
    if units::is_unit(text) {
        units::read(text, &mut found);
    } else if let Some(written) = windows::as_shell(path, text) {
        read(&written, None, 0, &mut found);
    } else {
        read(text, None, 0, &mut found);
        // What a script exports, or hands to a container, for a program that is not Kafka's.
        if STARTS.iter().any(|start| text.contains(start)) {
            let (commands, _) = kafka_upgrade_syntax::shell::commands(text);
            let words = commands.iter().flat_map(|command| &command.words);
            let variables = words.filter_map(Variable::of_word);
            let variables = variables.filter(|one| is_of_client(&one.name.text)).collect();
            found.embed(Embedded::Variables { variables, of_any_program: true });
        }
    }
    sorted(found)
}

fn empty() -> Document {
    Document { kind: Kind::ShellScript, ..Document::default() }
}

/// Reads commands that are a word of another format.
pub(crate) fn read_text(word: &SourceText) -> Document {
    let mut found = empty();
    read(&word.text, Some(word), 0, &mut found);
    sorted(found)
}

/// Reads what a variable passes to Java, or to a Java that runs something of Kafka's.
pub(crate) fn read_options(word: &SourceText, of_kafka: bool) -> Document {
    let mut found = empty();
    for one in word.split() {
        java::option(&one, of_kafka, &mut found);
    }
    sorted(found)
}

/// Reads one command whose words are known: `command: ["kafka-topics.sh", "--list"]`.
pub(crate) fn read_words(words: &[SourceText]) -> Document {
    let mut found = empty();
    calls::read(words, 0, &mut found);
    sorted(found)
}

/// Reads a script that is a file within another text; `None` where it is none.
pub(crate) fn within(file: &EmbeddedFile) -> Option<Document> {
    (file.name.ends_with(".sh") || file.text.text.starts_with("#!")).then(|| read_text(&file.text))
}

/// Brings the parts of what was read, also those of its embedded texts, into the order of the text, each once.
pub(crate) fn finish(found: &mut Document) {
    found.parts.order_by_key(|part| part.place);
    found.parts.dedup_by(|a, b| a.place == b.place);
}

/// Reads a text; `outer` is the word of another text that it is, if it is one.
fn read(text: &str, outer: Option<&SourceText>, depth: usize, found: &mut Document) {
    let (commands, variables) = kafka_upgrade_syntax::shell::commands(text);
    for mut command in commands {
        if let Some(outer) = outer {
            command.words = command.words.into_iter().map(|word| word.within(outer)).collect();
        }
        calls::read(&command.words, depth, found);
        if outer.is_none() {
            documents::read(text, &command, &variables, depth, found);
        }
        documents::words(&command, &variables, found);
    }
}

/// With usages and settings in the order of the text, each once.
fn sorted(mut found: Document) -> Document {
    found
        .usages
        .order_by(|a, b| (a.span, a.kind, &a.name, &a.value).cmp(&(b.span, b.kind, &b.name, &b.value)));
    found.usages.dedup_by(|a, b| a.span == b.span && a.kind == b.kind && a.name == b.name);
    found.settings.order_by(|a, b| (a.key_span, &a.key).cmp(&(b.key_span, &b.key)));
    found.settings.dedup_by(|a, b| a.key_span == b.key_span && a.key == b.key);
    found
}

fn add(found: &mut Document, kind: UsageKind, name: impl Into<String>, value: Option<String>, span: Span) {
    found.usages.push(Usage { value, ..Usage::new(kind, name, span) });
}

/// Adds `key=value` in a word as a setting of the component; `start` and `end` are bytes of its resolved text.
fn set(found: &mut Document, component: Component, word: &SourceText, start: usize, end: usize) {
    let text = word.text.slice(start..end);
    let Some((key, value)) = text.split_once('=') else { return };
    let trimmed = key.trim();
    if trimmed.is_empty() || trimmed.contains(char::is_whitespace) {
        return;
    }
    let first = start + (key.len() - key.trim_start().len());
    found.settings.push(Setting {
        component: Some(component),
        key: trimmed.to_owned(),
        prefix: String::new(),
        value: value.to_owned(),
        span: word.part(first, end),
        key_span: word.part(first, first + trimmed.len()),
        value_span: word.part(start + key.len() + 1, end),
        effective: true,
    });
}

#[cfg(test)]
mod tests;
