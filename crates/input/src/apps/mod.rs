//! Configurations of applications whose framework brings the clients: Spring Boot and Spring Cloud Stream, Quarkus and
//! other MicroProfile servers, Micronaut, Camel; as `.properties` or YAML.
//!
//! Each client of the application is a part of its own, judged as a file of that component is, and partial: the
//! framework adds settings of its own. A key that all clients get goes to one that knows it, and is reported once.
//! What is *not* here: variables of the environment, and what the application's code sets.

pub(crate) mod beans;
pub(crate) mod flume;
pub(crate) mod hocon;
pub(crate) mod logback;
mod mapping;
#[cfg(test)]
mod tests;

use kafka_upgrade_document::Slice as _;
use std::collections::BTreeMap;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{EmbeddedFile, SourceText, Variable};
use kafka_upgrade_sorted::Sorted as _;

use self::mapping::{Mapped, mapped};
use crate::environment::{CLIENTS, STARTS, is_known, key_in};
use crate::part::is_kafkas;
use crate::{Document, Encoding, Format, Kind, Problem, Setting, Span, prefix};
use kafka_upgrade_syntax::properties::{self, mark_duplicates};
use kafka_upgrade_syntax::tree::{self, Node, Scalar};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "application",
    extensions: &[],
    names: &[
        "application.properties",
        "application.yaml",
        "application.yml",
        "bootstrap.yaml",
        "bootstrap.yml",
        "microprofile-config.properties",
    ],
    sniff,
    read,
};

/// Bytes that are searched for signs of the format; applications with more settings in front of Kafka's keep those in
/// a separate file.
const BEGINNING_BYTES: usize = 32_000;

fn sniff(path: &str, text: &str) -> u8 {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    if !beginning.contains("kafka") || beginning.trim_start().starts_with(['[', '<']) {
        return 0;
    }
    let (mut framework, mut kafka, mut inside) = (false, false, false);
    for line in tree::yaml::unfolded(beginning).lines() {
        let at_top = line.starts_with(|one: char| one.is_ascii_alphabetic() || one == '%');
        if at_top {
            let name = line.split_once('.').filter(|_| line.starts_with('%')).map_or(line, |(_, rest)| rest);
            let is = |start: &str| name.starts_with(start);
            if [
                "spring.kafka.",
                "spring.kafka:",
                "spring.cloud.stream.kafka.",
                "spring.cloud.stream.kafka:",
                "mp.messaging.",
                "quarkus.kafka",
                "kafka-streams.",
                "debezium.sink.kafka.",
                "camel.component.kafka.",
            ]
            .into_iter()
            .any(is)
                || name.trim_end().trim_end_matches(':') == "kafka-streams"
            {
                return 70;
            }
            // `spring.cloud:` opens the tree as well.
            let opens = name.trim_end().ends_with(':');
            framework = ["spring:", "mp:", "quarkus:", "micronaut:", "camel:"].into_iter().any(is)
                || opens && is("spring.");
            // Quarkus' own client takes Kafka's keys behind the word; others have keys of their own there.
            let key = name.strip_prefix("kafka.").and_then(|rest| rest.split(['=', ':', ' ']).next());
            kafka |= key.is_some_and(is_kafkas) && FORMAT.is_named(path)
                || is("kafka.bootstrap.servers")
                || is("kafka.consumers.")
                || is("kafka.producers.");
            inside = name.trim_end() == "kafka:";
            continue;
        }
        let inner = line.trim_start();
        let is = |start: &str| inner.starts_with(start);
        if framework
            && (is("kafka:")
                || is("kafka.")
                || is("messaging:")
                || is("kafka-streams:")
                || is("cloud.stream.kafka"))
        {
            return 70;
        }
        kafka |=
            inside && ["bootstrap:", "bootstrap.servers:", "consumers:", "producers:"].into_iter().any(is);
    }
    u8::from(kafka) * 65
}

/// One property of the application.
struct Property {
    name: String,
    value: String,
    span: Span,
    key: Span,
    value_span: Span,
}

impl Property {
    /// A variable as the property of a name.
    fn of_variable(name: String, variable: &Variable) -> Self {
        let all = |one: &SourceText| one.part(0, one.text.len());
        let Variable { name: written, value, span } = variable;
        Self { name, value: value.text.clone(), span: *span, key: all(written), value_span: all(value) }
    }
}

fn read(_: &str, text: &str, _: Option<Component>, encoding: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    for properties in properties_of(text, encoding, &mut document.problems) {
        parts(Some(text), &properties, &mut document.parts);
    }
    document
}

/// Reads such a configuration that is a file within another text; `None` where it is none.
pub(crate) fn within(file: &EmbeddedFile) -> Option<Document> {
    if sniff(&file.name, &file.text.text) == 0 {
        return None;
    }
    let mut document = read(&file.name, &file.text.text, None, Encoding::Utf8);
    document.relocate(&file.text);
    (!document.parts.is_empty()).then_some(document)
}

/// What the variables of a container set for the clients of the application in it: a framework takes a variable for the
/// property of that name in lower case, with dots for underscores.
pub(crate) fn of_variables(variables: &[Variable]) -> Vec<Document> {
    let mut properties: Vec<Property> = Vec::new();
    for variable in variables {
        let name = variable.name.text.as_str();
        if !STARTS.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        let property = name.to_ascii_lowercase().replace('_', ".");
        properties.push(Property::of_variable(property, variable));
    }
    let mut found = Vec::new();
    // A variable's name never contains the key as Kafka spells it, so there is no text to find it in.
    parts(None, &properties, &mut found);
    found
}

/// What variables of a program that no framework is known of set for its clients.
pub(crate) fn of_any_variables(variables: &[Variable]) -> Vec<Document> {
    let mut clients = BTreeMap::<usize, Vec<Setting>>::new();
    for variable in variables {
        let Some((owner, key)) = key_in(&variable.name.text) else { continue };
        let at = CLIENTS.iter().position(|one| *one == owner).unwrap_or_default();
        let property = Property::of_variable(String::new(), variable);
        let mapped =
            Mapped { component: Some(owner), client: String::new(), key, unit: mapping::Unit::Plain };
        clients.entry(at).or_default().push(setting(None, &property, mapped));
    }
    clients.into_iter().map(|(at, settings)| part(at, settings)).collect()
}

/// Whether the first line that says something is one of YAML.
pub(crate) fn is_yaml(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', '!']));
    let is_entry = |line: &str| {
        let key = line.split_once(": ").map(|(key, _)| key).or_else(|| line.strip_suffix(':'));
        line == "---" || key.is_some_and(|key| !key.contains(['=', ' ']))
    };
    lines.next().is_some_and(is_entry)
}

/// The properties of each document of a text; a profile of Spring's is a YAML document of its own.
fn properties_of(text: &str, encoding: Encoding, problems: &mut Vec<Problem>) -> Vec<Vec<Property>> {
    if is_yaml(text) {
        let tree = tree::yaml::read(text);
        problems.extend(tree.problem);
        let flat = tree.roots.iter().map(|root| {
            let mut found = Vec::new();
            flatten(root, "", &mut found, 0);
            found
        });
        return flat.collect();
    }
    let (settings, found) = properties::read(text, encoding);
    problems.extend(found);
    let property = |one: Setting| Property {
        name: plain(&one.key),
        value: one.value,
        span: one.span,
        key: one.key_span,
        value_span: one.value_span,
    };
    vec![settings.into_iter().map(property).collect()]
}

/// Levels of a tree that are joined to one name.
const MAX_DEPTH: usize = 32;

fn flatten(node: &Node, above: &str, found: &mut Vec<Property>, depth: usize) {
    for (key, value) in node.entries().iter().filter(|_| depth < MAX_DEPTH) {
        let name = if above.is_empty() { plain(&key.text) } else { format!("{above}.{}", plain(&key.text)) };
        let items: Vec<&Scalar> = match value {
            Node::Scalar(scalar) => vec![scalar],
            Node::List(items) => items.iter().filter_map(Node::scalar).collect(),
            Node::Map(_) => {
                flatten(value, &name, found, depth + 1);
                continue;
            }
        };
        let (Some(first), Some(last)) = (items.first(), items.last()) else { continue };
        let value_span = Span::new(first.span.start, last.span.end);
        let all: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
        found.push(Property {
            name,
            value: all.join(","),
            span: Span::new(key.span.start, value_span.end.max(key.span.end)),
            key: key.span,
            value_span,
        });
    }
}

/// Without the brackets in which a key with dots may stand.
fn plain(key: &str) -> String {
    key.replace('[', ".").replace(']', "").trim_matches('.').replace("..", ".")
}

/// Puts what each client gets into parts.
fn parts(text: Option<&str>, properties: &[Property], parts: &mut Vec<Document>) {
    let (mut clients, mut common) = (BTreeMap::<(usize, String), Vec<Setting>>::new(), Vec::new());
    let foreign = channels_of_others(properties);
    for property in properties {
        let Some(mapped) = mapped(&property.name) else { continue };
        if foreign.contains(&mapped.client) {
            continue;
        }
        let (component, client) = (mapped.component, mapped.client.clone());
        let setting = setting(text, property, mapped);
        match component.and_then(|component| CLIENTS.iter().position(|one| *one == component)) {
            Some(at) => clients.entry((at, client)).or_default().push(setting),
            None => common.push(setting),
        }
    }
    for setting in common {
        let knows =
            |at: usize| CLIENTS.get(at).is_some_and(|component| is_known(&setting.key, Some(*component)));
        let there = clients.keys().find(|(at, _)| knows(*at)).cloned();
        let place = there.or_else(|| (0..CLIENTS.len()).find(|at| knows(*at)).map(|at| (at, String::new())));
        // A key that no client knows is still reported, if there is a client at all.
        let place = place.or_else(|| clients.keys().next().cloned()).unwrap_or_default();
        // A client's own value overrides the one for all clients.
        clients.entry(place).or_default().insert(0, setting);
    }
    parts.extend(clients.into_iter().map(|((at, _), settings)| part(at, settings)));
}

/// The part of a client, by its place among [`CLIENTS`].
fn part(at: usize, mut settings: Vec<Setting>) -> Document {
    mark_duplicates(&mut settings, &mut Vec::new());
    settings.order_by_key(|setting| setting.span);
    let place = settings.first().map(|setting| setting.key_span);
    let mut part = Document {
        kind: Kind::ApplicationConfig,
        component: CLIENTS.get(at).copied(),
        settings,
        place,
        is_partial: true,
        ..Document::default()
    };
    prefix::assign(&mut part);
    part
}

/// Channels of MicroProfile's messaging that another connector serves.
fn channels_of_others(properties: &[Property]) -> Vec<String> {
    let of_others = properties.iter().filter(|one| !one.value.contains("kafka"));
    let channels = of_others.filter_map(|one| one.name.strip_suffix("connector"));
    channels.filter(|start| start.contains("mp.messaging.")).map(str::to_owned).collect()
}

fn setting(text: Option<&str>, property: &Property, mapped: Mapped) -> Setting {
    let Mapped { key, unit, .. } = mapped;
    // The key alone, where it is written as Kafka has it.
    let written = text.map_or("", |text| property.key.of(text));
    let key_span = match written.strip_suffix(key.as_str()) {
        Some(start) => Span::new(property.key.start + start.len() as u32, property.key.end),
        None => property.key,
    };
    Setting {
        component: None,
        value: unit.read(&with_default(&property.value)),
        key,
        prefix: String::new(),
        span: property.span,
        key_span,
        value_span: property.value_span,
        effective: true,
    }
}

/// What `${NAME:value}` stands for while nobody sets the property.
fn with_default(value: &str) -> String {
    let inner = value.trim().strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    match inner.and_then(|inner| inner.split_once(':')) {
        Some((name, default)) if !name.contains(['$', '{']) && !default.contains("${") => default.to_owned(),
        _ => value.to_owned(),
    }
}
