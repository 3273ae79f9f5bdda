//! Brokers that tests start with ZooKeeper: Testcontainers, and the embedded ones of Spring.
//!
//! What is *not* here: Kafka's own server classes, which are usages like any other.

use crate::{Observation, Span};

/// Subject of an [`Observation`]: a test starts a broker that needs ZooKeeper; its value says how.
const SUBJECT: &str = "test-with-zookeeper";

/// What is in the text, and what it is called.
const SIGNS: &[(&str, &str)] = &[
    (".withEmbeddedZookeeper(", "Testcontainers' `withEmbeddedZookeeper`"),
    (".withExternalZookeeper(", "Testcontainers' `withExternalZookeeper`"),
    ("withEnv(\"KAFKA_ZOOKEEPER_CONNECT\"", "a container with `KAFKA_ZOOKEEPER_CONNECT`"),
    ("new EmbeddedKafkaZKBroker(", "Spring's `EmbeddedKafkaZKBroker`"),
    ("EmbeddedKafkaZKBroker(", "Spring's `EmbeddedKafkaZKBroker`"),
];

/// Bytes of an annotation's arguments.
const MAX_ARGUMENTS_BYTES: usize = 2_000;

/// Every such broker, in the order of the text.
pub(super) fn find(text: &str) -> Vec<Observation> {
    let mut found: Vec<Observation> = Vec::new();
    for (sign, what) in SIGNS {
        for (at, _) in text.match_indices(sign).filter(|(at, _)| is_code(text, *at)) {
            let start = at + sign.len() - sign.trim_start_matches('.').len();
            found.push(observation(what, start, at + sign.trim_end_matches('(').len()));
        }
    }
    for (at, sign) in text.match_indices("@EmbeddedKafka(").filter(|(at, _)| is_code(text, *at)) {
        let rest = text.get(at + sign.len()..).unwrap_or_default();
        let rest = rest.get(..rest.floor_char_boundary(MAX_ARGUMENTS_BYTES)).unwrap_or_default();
        let arguments = rest.split(')').next().unwrap_or_default();
        let plain: String = arguments.chars().filter(|one| !one.is_whitespace()).collect();
        if plain.contains("kraft=false") {
            let start = at + sign.len() + arguments.find("kraft").unwrap_or_default();
            found.push(observation("Spring's `@EmbeddedKafka(kraft = false)`", start, start + "kraft".len()));
        }
    }
    found.sort_by_key(|one| one.span);
    found.dedup_by(|one, other| one.span.end == other.span.end);
    found
}

fn observation(what: &str, start: usize, end: usize) -> Observation {
    Observation {
        subject: SUBJECT.to_owned(),
        value: what.to_owned(),
        span: Span::new(start as u32, end as u32),
    }
}

/// Whether no comment begins before it in its line.
fn is_code(text: &str, at: usize) -> bool {
    let line = text.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    !line.contains("//") && !line.trim_start().starts_with('*')
}
