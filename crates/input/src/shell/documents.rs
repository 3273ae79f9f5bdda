//! Here-documents: properties that a script writes, and commands that it hands to another shell.

use std::collections::BTreeMap;

use super::calls::stem;
use kafka_upgrade_document::SourceText;
use kafka_upgrade_syntax::shell::Command;

use super::{MAX_DEPTH, set};
use kafka_upgrade_catalog::Component;

use crate::{Document, Kind, Setting, Span, kind, loggers, prefix};
use kafka_upgrade_document::{Embedded, Encoding, paths};
use kafka_upgrade_syntax::properties;

/// Shells that run what they are given.
const SHELLS: &[&str] = &["bash", "sh", "ssh", "zsh", "su", "ksh", "docker", "kubectl", "podman", "sudo"];

/// Reads the here-documents of a command.
pub(super) fn read(
    text: &str,
    command: &Command,
    variables: &BTreeMap<String, SourceText>,
    depth: usize,
    found: &mut Document,
) {
    let program = command.words.iter().map(|word| stem(&word.text)).find(|name| *name != "sudo");
    let file =
        command.target.as_ref().or_else(|| command.words.last()).map(|word| paths::file_name(&word.text));
    let file = file.unwrap_or_default();
    let writes = matches!(program, None | Some("cat" | "tee"));
    for span in &command.documents {
        let body = span.of(text);
        if writes && file.ends_with(".sh") || !writes && program.is_some_and(|name| SHELLS.contains(&name)) {
            if depth < MAX_DEPTH {
                let word = SourceText::plain(body, span.start);
                super::read(body, Some(&word), depth + 1, found);
            }
        } else if !writes && program != Some("curl") {
            continue;
        } else if configuration(&SourceText::plain(body, span.start), found) {
        } else if writes {
            settings(file, body, span.start, variables, found);
        }
    }
}

/// Words that are files or bodies of requests: `curl -d '{…}'`, `echo 'key=value' >> server.properties`.
pub(super) fn words(command: &Command, variables: &BTreeMap<String, SourceText>, found: &mut Document) {
    let Some(at) = command.words.iter().position(|word| !matches!(word.text.as_str(), "sudo" | "exec"))
    else {
        return;
    };
    let program = command.words.get(at).map(|word| stem(&word.text)).unwrap_or_default();
    let echoes = matches!(program, "echo" | "printf");
    for word in command.words.iter().skip(at + 1) {
        if word.text.trim_start().starts_with(['{', '[']) && word.text.len() > 2 {
            configuration(word, found);
        } else if let Some(file) = command.target.as_ref().filter(|_| echoes) {
            let line = word.text.trim_end_matches("\\n");
            // A line is too short to say what file it is, and no name but these says it.
            let component = match paths::file_name(&file.text) {
                "server.properties" | "broker.properties" | "controller.properties" => Component::BROKER,
                "producer.properties" => Component::PRODUCER,
                "consumer.properties" => Component::CONSUMER,
                "connect-distributed.properties" => Component::CONNECT_DISTRIBUTED,
                "connect-standalone.properties" => Component::CONNECT_STANDALONE,
                _ => continue,
            };
            if !line.contains(['\n', '\\']) {
                let first = found.settings.len();
                set(found, component, word, 0, line.len());
                found.settings.iter_mut().skip(first).for_each(|setting| resolve(setting, variables));
            }
        }
    }
}

/// Whether a text is an object or a list with the class of a connector in it.
fn is_json(text: &str) -> bool {
    text.contains("\"connector.class\"") && text.trim_start().starts_with(['{', '['])
}

/// JSON of connectors and configurations of Log4j 1, which are parts of their own; whether it is such.
fn configuration(word: &SourceText, found: &mut Document) -> bool {
    if is_json(&word.text) {
        found.embed(Embedded::Json(word.clone()));
        return true;
    }
    if !word.text.contains("log4j.rootLogger") && !word.text.contains("log4j.appender.") {
        return false;
    }
    let (mut settings, _) = properties::read(&word.text, Encoding::Utf8);
    let (kind, ..) = kind::detect("", &settings);
    if kind != Kind::Log4jProperties {
        return false;
    }
    let moved = |span: Span| word.part(span.start as usize, span.end as usize);
    settings.iter_mut().for_each(|setting| setting.place(moved));
    let place = settings.first().map(|first| first.key_span);
    let usages = loggers::classes(&settings);
    found.parts.push(Document { kind, settings, usages, place, ..Document::default() });
    true
}

/// The settings of a body that is a file of Kafka's.
fn settings(
    file: &str,
    body: &str,
    start: u32,
    variables: &BTreeMap<String, SourceText>,
    found: &mut Document,
) {
    let (settings, _) = properties::read(body, Encoding::Utf8);
    let (kind, component, _) = kind::detect(file, &settings);
    let Some(component) = component else { return };
    let mut inner = Document { kind, component: Some(component), settings, ..Document::default() };
    prefix::assign(&mut inner);
    let moved = |span: Span| Span::new(span.start + start, span.end + start);
    for mut setting in inner.settings {
        setting.place(moved);
        resolve(&mut setting, variables);
        found.settings.push(setting);
    }
}

/// Puts in a variable that is the whole value.
fn resolve(setting: &mut Setting, variables: &BTreeMap<String, SourceText>) {
    let name = setting.value.strip_prefix('$').map(|name| name.trim_start_matches('{').trim_end_matches('}'));
    if let Some(value) = name.and_then(|name| variables.get(name)) {
        value.text.clone_into(&mut setting.value);
    }
}
