//! Settings as `kafka-configs.sh --describe`, `kafka-topics.sh --describe` and start-up logs print them.
//!
//! Each entity and each block of a log is a part of its own. What is at its default is left out, and so is what a
//! tool hides.

use kafka_upgrade_document::Slice as _;
use std::collections::BTreeSet;

use kafka_upgrade_catalog::{self as catalog, Component, Default as Preset, Release};

use super::{Line, Live, between};
use crate::{Document, Kind, Setting, Span, prefix};

/// Whose settings a log prints under that name.
const CLASSES: &[(&str, Component)] = &[
    ("KafkaConfig", Component::BROKER),
    ("ProducerConfig", Component::PRODUCER),
    ("ConsumerConfig", Component::CONSUMER),
    ("AdminClientConfig", Component::ADMIN),
    ("StreamsConfig", Component::STREAMS),
    ("DistributedConfig", Component::CONNECT_DISTRIBUTED),
    ("StandaloneConfig", Component::CONNECT_STANDALONE),
    ("SourceConnectorConfig", Component::CONNECTOR_SOURCE),
    ("SinkConnectorConfig", Component::CONNECTOR_SINK),
    ("MirrorMakerConfig", Component::MM2),
];

/// Keys that a block of a log has at least: those of an admin client, the fewest, are more than forty.
const WHOLE_BLOCK: usize = 30;

/// Whether a line begins such settings.
pub(super) fn is_one(line: &str) -> bool {
    block(line).is_some()
        || entity(line).is_some()
        || topic(line).is_some()
        || line.contains(" sensitive=false synonyms={")
}

/// What is gathered over several lines.
pub(super) struct Configs {
    /// The release that the text names, whose defaults are printed in blocks.
    release: Option<Release>,
    /// Whose settings the next lines are, and those so far.
    open: Option<Document>,
    /// Whether the open one is a block of a log.
    of_log: bool,
    /// Keys that the open block has, those at their default among them.
    keys: usize,
    /// Settings that are reported already: clients of one program often print the same.
    reported: BTreeSet<Vec<(String, String)>>,
}

impl Configs {
    pub(super) fn new(text: &str) -> Self {
        let named = ["Kafka version: ", "Kafka version : "]
            .iter()
            .find_map(|sign| between(text, sign, &[' ', '(', '\n', '\r']));
        let release = named.and_then(|version| version.trim().parse().ok());
        Self { release, open: None, of_log: false, keys: 0, reported: BTreeSet::new() }
    }

    /// Whether the next line may be one more setting, or end them.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the line is one of these.
    pub(super) fn read(&mut self, line: Line<'_>, live: &mut Live) -> bool {
        if let Some(component) = block(line.text) {
            self.begin(component, true, live);
            return true;
        }
        if let Some(component) = entity(line.text) {
            self.begin(component, false, live);
            return true;
        }
        if let Some(configs) = topic(line.text) {
            self.begin(Component::TOPIC, false, live);
            for (key, value) in pairs(configs) {
                self.add(line, key, value);
            }
            self.finish(live);
            return true;
        }
        if self.open.is_some() && self.of_log {
            if let Some((key, value)) = line.text.strip_prefix('\t').and_then(|entry| entry.split_once(" ="))
            {
                let value = value.strip_prefix(' ').unwrap_or(value);
                self.keys += 1;
                if self.is_set(key, value) {
                    self.add(line, key, value);
                }
                return true;
            }
            self.finish(live);
        } else if let Some((key, value)) = described(line.text) {
            if self.open.is_none() {
                // Lines alone: most are of brokers.
                self.begin(Component::BROKER, false, live);
            }
            if let Some(value) = value {
                self.add(line, key, value);
            }
            return true;
        }
        false
    }

    fn begin(&mut self, component: Component, of_log: bool, live: &mut Live) {
        self.finish(live);
        (self.of_log, self.keys) = (of_log, 0);
        self.open =
            // Tools print settings that were changed at run time; those of the file are elsewhere.
            Some(Document {
                kind: Kind::LiveOutput,
                component: Some(component),
                is_partial: !of_log,
                ..Document::default()
            });
    }

    fn add(&mut self, line: Line<'_>, key: &str, value: &str) {
        let Some(document) = &mut self.open else { return };
        let (key_span, value_span) = (line.place(key), line.place(value));
        document.settings.push(Setting {
            component: None,
            key: key.to_owned(),
            prefix: String::new(),
            value: if self.of_log { plain(value) } else { value.to_owned() },
            span: Span::new(key_span.start, value_span.end.max(key_span.end)),
            key_span,
            value_span,
            effective: true,
        });
    }

    /// Whether a value of a log's block is not what the release, or else any, has by default.
    fn is_set(&self, key: &str, value: &str) -> bool {
        let Some(component) = self.open.as_ref().and_then(|open| open.component) else { return false };
        if ["null", "[hidden]", "[]", ""].contains(&value) {
            return false;
        }
        // What a producer of all releases makes of `all`.
        let value = if key == "acks" && value == "-1" { "all".to_owned() } else { plain(value) };
        let is_default = |release| {
            let definition = catalog::definition(component, key, release);
            definition.is_some_and(|one| match one.default {
                Preset::Text(text) => text == value || one.machine.is_some(),
                Preset::Null | Preset::Required => false,
            })
        };
        // What a release does not know it does not print, so an unknown key is somebody's own.
        match self.release {
            Some(release) => !is_default(release),
            None => !catalog::minors().any(is_default),
        }
    }

    /// Ends what is open.
    pub(super) fn finish(&mut self, live: &mut Live) {
        let Some(mut document) = self.open.take() else { return };
        // A program prints all of its keys, so a block with few of them was cut off, and a missing key means nothing.
        document.is_partial |= self.keys < WHOLE_BLOCK;
        // A node of KRaft mode prints its number under the old name as well.
        let value =
            |key: &str| document.settings.iter().find(|one| one.key == key).map(|one| one.value.clone());
        if value("node.id").is_some_and(|id| value("broker.id") == Some(id)) {
            document.settings.retain(|one| one.key != "broker.id");
        }
        let own = document.settings.iter().map(|one| (one.key.clone(), one.value.clone()));
        if document.settings.is_empty() || !self.reported.insert(own.collect()) {
            return;
        }
        prefix::assign(&mut document);
        live.document.parts.push(document);
    }
}

/// `… INFO KafkaConfig values: `.
fn block(line: &str) -> Option<Component> {
    let before = line.trim_end().strip_suffix(" values:")?;
    let name = before.rsplit([' ', '\t', ':', '.', '$']).next()?;
    CLASSES.iter().find(|(class, _)| *class == name).map(|(_, component)| *component)
}

/// `All configs for broker 1 are:`, `Dynamic configs for topic orders are:`, `Default configs for brokers in the
/// cluster are:`.
fn entity(line: &str) -> Option<Component> {
    let line = line.trim_end();
    let (_, rest) = line.split_once("onfigs for ").filter(|_| line.ends_with(" are:"))?;
    match rest.split_whitespace().next()? {
        "broker" | "brokers" => Some(Component::BROKER),
        "topic" => Some(Component::TOPIC),
        "group" => Some(Component::GROUP),
        "client-metrics" => Some(Component::CLIENT_METRICS),
        _ => None,
    }
}

/// The settings of `Topic: orders … ReplicationFactor: 1 Configs: a=b,c=d`.
fn topic(line: &str) -> Option<&str> {
    let own = line.trim_start().starts_with("Topic: ") || line.trim_start().starts_with("Topic:");
    let (_, configs) = line.split_once("Configs: ").filter(|_| own && line.contains("ReplicationFactor:"))?;
    Some(configs.trim())
}

/// `a=b,c=d,e` as pairs: a comma without `=` behind it is one of a value.
fn pairs(configs: &str) -> Vec<(&str, &str)> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(configs.match_indices(',').map(|(at, _)| at + 1));
    let is_start = |start: &usize| {
        let rest = configs.slice(*start..);
        rest.split(',').next().unwrap_or_default().contains('=')
    };
    starts.retain(is_start);
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([configs.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| configs.get(*start..end)?.split_once('=')).collect()
}

/// `  key=value sensitive=false synonyms={…}`; the value is missing where it is a default, inherited or hidden.
fn described(line: &str) -> Option<(&str, Option<&str>)> {
    let (entry, rest) = line.split_once(" sensitive=")?;
    let (key, value) = entry.trim_start().split_once('=')?;
    let synonyms = rest.split_once("synonyms={")?.1;
    let own = ["STATIC_BROKER_CONFIG:", "DYNAMIC_"].iter().any(|start| synonyms.starts_with(start));
    let set = own && rest.starts_with("false") && value != "null";
    Some((key, set.then_some(value)))
}

/// A list, or a class, as it is written in a file.
fn plain(value: &str) -> String {
    let name = |value: &str| {
        let class = ["class ", "interface "].iter().find_map(|what| value.strip_prefix(what));
        class.unwrap_or(value).to_owned()
    };
    match value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => inner.split(", ").map(name).collect::<Vec<_>>().join(","),
        None => name(value),
    }
}
