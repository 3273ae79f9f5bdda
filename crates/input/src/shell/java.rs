//! What Java is started with: `-D` properties and the class that runs.

use kafka_upgrade_document::SourceText;

use super::add;
use crate::environment::is_for_java;
use crate::{Document, UsageKind};

/// Options of Java and of `kafka-run-class.sh` that take the next word.
const WITH_VALUE: &[&str] =
    &["-cp", "-classpath", "--class-path", "-p", "--module-path", "-name", "--add-modules", "--add-opens"];

/// Reads `KAFKA_OPTS="-Da=b"`; whether it is such a word.
pub(super) fn assignment(word: &SourceText, found: &mut Document) -> bool {
    let Some((name, _)) = word.text.split_once('=').filter(|(name, _)| is_for_java(name)) else {
        return false;
    };
    let of_kafka = name.starts_with("KAFKA_");
    for one in word.sub(name.len() + 1, word.text.len()).split() {
        option(&one, of_kafka, found);
    }
    true
}

/// Reads one option of Java; of those that are Java's own only what something of Kafka's is started with.
pub(super) fn option(word: &SourceText, of_kafka: bool, found: &mut Document) {
    let text = word.text.as_str();
    // What other programs log with, and their own ZooKeeper, is not Kafka's.
    let is_others = !of_kafka && ["-Dlog4j.", "-Dzookeeper."].iter().any(|start| text.starts_with(start));
    if is_others || property(word, found) || !of_kafka {
        return;
    }
    let (name, value) = match text.strip_prefix("-XX:") {
        Some(rest) => {
            let (name, value) =
                rest.split_once('=').map_or((rest, None), |(name, value)| (name, Some(value)));
            let sign = name.get(..1).filter(|sign| matches!(*sign, "+" | "-"));
            (name.trim_start_matches(['+', '-']), value.or(sign))
        }
        None if text.starts_with("-X") => (text.split(':').next().unwrap_or(text), None),
        None => return,
    };
    if !name.is_empty() {
        let span = word.part(0, text.len());
        add(found, UsageKind::JavaOption, name, value.map(str::to_owned), span);
    }
}

/// Reads `-Dkey=value`, and what `-javaagent` has in its place is nothing to us.
pub(super) fn property(word: &SourceText, found: &mut Document) -> bool {
    let Some(rest) = word.text.strip_prefix("-D") else { return false };
    let (key, value) = rest.split_once('=').map_or((rest, None), |(key, value)| (key, Some(value)));
    if !key.is_empty() {
        let span = word.part(2, 2 + key.len());
        add(found, UsageKind::SystemProperty, key, value.map(str::to_owned), span);
    }
    true
}

/// Reads what follows `java` or `kafka-run-class.sh`: its options, and the class with its place among the words.
pub(super) fn class<'w>(words: &'w [SourceText], found: &mut Document) -> Option<(usize, &'w str)> {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let text = word.text.as_str();
        if WITH_VALUE.contains(&text) {
            at += 2;
        } else if text == "-jar" {
            return None;
        } else if text.starts_with('-') || text.is_empty() {
            property(word, found);
            at += 1;
        } else if is_class(text) {
            named(word, found);
            return Some((at, text));
        } else if text.contains('$') {
            // Options that a variable holds which is not set here.
            at += 1;
        } else {
            return None;
        }
    }
    None
}

/// A class that a word names.
pub(super) fn named(word: &SourceText, found: &mut Document) {
    if is_class(&word.text) {
        add(found, UsageKind::Class, word.text.as_str(), None, word.part(0, word.text.len()));
    }
}

fn is_class(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|part| {
            part.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_$".contains(&byte))
        })
        && text
            .rsplit('.')
            .next()
            .is_some_and(|name| name.starts_with(|first: char| first.is_ascii_uppercase()))
}
