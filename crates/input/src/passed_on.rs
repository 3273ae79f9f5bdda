//! Settings that other programs pass on to Kafka's clients in them, behind a beginning of their own:
//! `kafkastore.security.protocol`, `ksql.streams.processing.guarantee`.
//!
//! Only keys that a client knows are taken. What is *not* here: which program has which beginnings
//! ([`crate::lookalikes`]).

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Kind, Setting, Span};
use kafka_upgrade_syntax::properties::mark_duplicates;

use crate::environment::{CLIENTS, is_known};
use crate::lookalikes::Passes;
use crate::part::with_settings;

/// Keys of these programs' own that would be a client's without their beginning.
const OWN: &[&str] = &[
    "consumer.instance.timeout.ms",
    "consumer.request.max.bytes",
    "consumer.request.timeout.ms",
    "kafkastore.group.id",
    "kafkastore.timeout.ms",
];

/// Beginnings of keys that Streams hands to its own clients.
const OF_STREAMS: &[&str] =
    &["main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.", "admin."];

/// A part for each client that gets settings.
pub(crate) fn parts(passes: Passes, settings: &[Setting]) -> Vec<Document> {
    let found = |component: Component| {
        let taken = settings.iter().filter_map(|one| taken(passes, one));
        let mut own: Vec<Setting> =
            taken.filter(|(owner, _)| *owner == component).map(|(_, setting)| setting).collect();
        let place = own.first()?.key_span;
        mark_duplicates(&mut own, &mut Vec::new());
        Some(with_settings(Kind::ApplicationConfig, component, own, place))
    };
    CLIENTS.iter().filter_map(|component| found(*component)).collect()
}

/// The client that gets a setting, and what it gets.
fn taken(passes: Passes, setting: &Setting) -> Option<(Component, Setting)> {
    if OWN.contains(&setting.key.as_str()) {
        return None;
    }
    let (start, client) = passes.iter().find(|(start, _)| setting.key.starts_with(start))?;
    let key = setting.key.get(start.len()..)?;
    let knows = |component: Component| {
        let inner = OF_STREAMS
            .iter()
            .filter(|_| component == Component::STREAMS)
            .find_map(|start| key.strip_prefix(start));
        inner.map_or_else(|| is_known(key, Some(component)), |inner| is_known(inner, None))
    };
    let owner = match client {
        Some(client) => Some(*client).filter(|client| knows(*client)),
        None => CLIENTS.iter().copied().find(|client| *client != Component::STREAMS && knows(*client)),
    };
    // An escaped key has another length where it is written.
    let Span { start: from, end } = setting.key_span;
    let is_written = (end - from) as usize == setting.key.len();
    let from = if is_written { from + start.len() as u32 } else { from };
    let key_span = Span::new(from, end);
    Some((owner?, Setting { key: key.to_owned(), key_span, ..setting.clone() }))
}

#[cfg(test)]
mod tests {
    use crate::{Kind, Observation, read};

    /// `component key` of each setting, and that each stands where its key is written.
    fn keys(path: &str, text: &str) -> Vec<String> {
        let document = read(path, text, None);
        assert_eq!(document.kind, Kind::ApplicationConfig, "{text}");
        assert!(document.problems.is_empty(), "{:?}", document.problems);
        let settings = document.parts.iter().flat_map(|part| {
            part.settings.iter().map(|one| {
                assert!(one.key_span.of(text).ends_with(&one.key), "{}", one.key);
                let owner = one.component.map_or("-", kafka_upgrade_catalog::Component::name);
                format!("{owner} {}{}", one.prefix, one.key)
            })
        });
        settings.collect()
    }

    #[test]
    fn clients_in_other_programs_get_what_is_behind_a_beginning() {
        let registry = "kafkastore.topic=_schemas\nkafkastore.timeout.ms=500\nkafkastore.security.protocol=SSL\n\
                        kafkastore.max.poll.records=5\nschema.registry.group.id=a\n";
        let expected = ["admin security.protocol", "consumer max.poll.records"];
        assert_eq!(keys("schema-registry.properties.delta", registry), expected);
        let ksql = "ksql.service.id=a\nksql.streams.processing.guarantee=exactly_once\n\
                    ksql.streams.producer.acks=all\nksql.streams.no.such.key=1\n";
        let expected = ["streams processing.guarantee", "producer producer.acks"];
        assert_eq!(keys("ksql-server.properties", ksql), expected);
        let proxy = "kafka.rest.id=1\nclient.security.protocol=SSL\nconsumer.request.timeout.ms=1\n\
                     producer.acks=all\n";
        assert_eq!(keys("kafka-rest.properties", proxy), ["admin security.protocol", "producer acks"]);
    }

    #[test]
    fn the_zookeeper_of_such_a_program_is_seen_beside_what_it_passes_on() {
        let text = "kafkastore.connection.url=z:2181\nkafkastore.security.protocol=SSL\n";
        let document = read("schema-registry.properties", text, None);
        let asks: Vec<_> = document.observations.iter().map(|one| &one.what).collect();
        assert_eq!(asks, [&Observation::AsksZookeeper("Schema Registry")]);
        assert_eq!(document.parts.len(), 1);
    }
}
