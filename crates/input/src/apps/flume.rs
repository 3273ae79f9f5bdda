//! Flume's agents: the clients of their sources, sinks and channels of Kafka, and the ZooKeeper that those of before 1.7
//! ask.
//!
//! What is *not* here: what else an agent does.

use kafka_upgrade_document::Slice as _;
use std::collections::BTreeMap;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_syntax::properties;

use super::part;
use crate::environment::{CLIENTS, is_known};
use crate::{Document, Encoding, Format, Kind, Observation, Setting, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "flume", extensions: &[], names: &[], sniff, read };

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

/// Classes of the parts that work with Kafka.
const CLASSES: &[&str] = &["flume.source.kafka.", "flume.sink.kafka.", "flume.channel.kafka."];

/// What agents have, and the client of each.
const PARTS: &[(&str, Component)] = &[
    (".sources.", Component::CONSUMER),
    (".sinks.", Component::PRODUCER),
    (".channels.", Component::CONSUMER),
];

fn sniff(_: &str, text: &str) -> u8 {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    if !CLASSES.iter().any(|class| beginning.contains(class)) {
        return 0;
    }
    let is_agent = || {
        beginning.lines().any(|line| {
            line.split_once('=').is_some_and(|(key, value)| {
                key.trim_end().ends_with(".type") && CLASSES.iter().any(|class| value.contains(class))
            })
        })
    };
    if is_agent() { 80 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, encoding: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    let (settings, problems) = properties::read(text, encoding);
    document.problems = problems;
    let mut clients = BTreeMap::<(usize, String), Vec<Setting>>::new();
    for one in settings {
        let Some((owner, rest, component)) = of_part(&one.key) else { continue };
        if rest == "zookeeperConnect" && !one.value.trim().is_empty() {
            document.observe(Observation::AsksZookeeper("Flume"), one.span);
        }
        let (component, key) = match rest.strip_prefix("kafka.") {
            Some(rest) => match rest.split_once('.') {
                Some(("consumer", key)) => (Component::CONSUMER, key),
                Some(("producer", key)) => (Component::PRODUCER, key),
                _ => (component, rest),
            },
            None => continue,
        };
        if !is_known(key, Some(component)) {
            continue;
        }
        let at = CLIENTS.iter().position(|one| *one == component).unwrap_or_default();
        let start = one.key_span.end.saturating_sub(key.len() as u32);
        let key_span = Span::new(start.max(one.key_span.start), one.key_span.end);
        let client = (at, owner.to_owned());
        clients.entry(client).or_default().push(Setting { key: key.to_owned(), key_span, ..one });
    }
    document.parts.extend(clients.into_iter().map(|((at, _), settings)| part(at, settings)));
    document
}

/// The agent and the part of it that a key is of, what it is called there, and the client of such a part.
fn of_part(key: &str) -> Option<(&str, &str, Component)> {
    PARTS.iter().find_map(|(word, component)| {
        let name = key.find(word)? + word.len();
        let end = name + key.get(name..)?.find('.')?;
        Some((key.get(..end)?, key.get(end + 1..)?, *component))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_agent_have_clients_of_their_own_and_old_ones_ask_zookeeper() {
        let text = "a.sources.k.type = org.apache.flume.source.kafka.KafkaSource\n\
                    a.sources.k.zookeeperConnect = zk1:2181\n\
                    a.sources.k.kafka.bootstrap.servers = k1:9092\n\
                    a.sources.k.kafka.consumer.group.id = clicks\n\
                    a.sinks.s.type = org.apache.flume.sink.kafka.KafkaSink\n\
                    a.sinks.s.kafka.producer.acks = 1\n\
                    a.sinks.s.kafka.topic = out\n";
        let document = crate::read("flume.conf", text, None);
        let keys = |part: &Document| {
            let keys: Vec<_> = part.settings.iter().map(|one| one.key.as_str()).collect();
            format!("{}: {}", part.component.map_or("nobody", Component::name), keys.join(" "))
        };
        assert_eq!(
            document.parts.iter().map(keys).collect::<Vec<_>>(),
            ["consumer: bootstrap.servers group.id", "producer: acks"]
        );
        let asking = document.observations.iter().map(|one| one.span.of(text));
        assert_eq!(asking.collect::<Vec<_>>(), ["a.sources.k.zookeeperConnect = zk1:2181"]);
    }

    #[test]
    fn agents_without_kafka_are_not_read() {
        assert_eq!(sniff("flume.conf", "a.sources.k.type = exec\na.sinks.h.type = hdfs\n"), 0);
    }
}
