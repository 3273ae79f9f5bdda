//! Source of programs that use a client of another language than Java's: whether a text is one.
//!
//! What is *not* here: the protocol version that it sets (`super::protocol`), and the version of the client, which a
//! manifest names.

use super::connectors;
use crate::part::is_kafkas;
use crate::{Document, Encoding, Format, Kind, Observation, Observed, Span};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Slice as _, paths};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "client source",
    extensions: &[
        "py", "ipynb", "js", "jsx", "mjs", "cjs", "ts", "tsx", "go", "cs", "fs", "vb", "php", "phpt", "rb",
        "rs", "c", "cc", "cpp", "cxx", "h", "hpp", "ex", "exs", "erl",
    ],
    names: &[],
    sniff,
    read,
};

/// Names by which programs bring in a client, or a broker for their tests.
const SIGNS: &[&str] = &[
    "confluent_kafka",
    "aiokafka",
    "pykafka",
    "from kafka",
    "import kafka",
    "node-rdkafka",
    "kafka-javascript",
    "kafkajs",
    "kafka-node",
    "Confluent.Kafka",
    "RdKafka",
    "rdkafka",
    "sarama",
    "franz-go",
    "confluent-kafka-go",
    "segmentio/kafka-go",
    "ruby-kafka",
    "\"kafka\"",
    "rd_kafka_",
    "kafka_ex",
    "KafkaEx",
    "brod",
    "setBrokerVersion",
    "KafkaContainer",
    "Testcontainers.Kafka",
    "KAFKA_ZOOKEEPER_CONNECT",
];

/// Words with which a line brings something in.
const IMPORTS: &[&str] = &[
    "import ", "from ", "const ", "let ", "var ", "require ", "require(", "use ", "using ", "#include",
    "<?php", "config ", "package ",
];

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

fn sniff(path: &str, text: &str) -> u8 {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    let is_sign = |line: &str| SIGNS.iter().any(|sign| line.contains(sign));
    if FORMAT.is_named(path) {
        let is_one = is_sign(beginning) || sets_client(beginning) || !connectors::find(path, text).is_empty();
        return if is_one { 92 } else { 0 };
    }
    // Whatever a name says counts before what a line seems to bring in.
    let file = paths::file_name(path);
    if file.contains('.') && !file.ends_with(".txt") {
        return 0;
    }
    let brings_in = |line: &str| IMPORTS.iter().any(|word| line.starts_with(word)) && is_sign(line);
    if beginning.lines().any(|line| brings_in(line.trim_start())) { 76 } else { 0 }
}

/// Whether a program that names Kafka has a key of Kafka's in quotes, whichever library or wrapper it is given to.
fn sets_client(text: &str) -> bool {
    let is_key = |part: &str| part.len() <= MAX_KEY_BYTES && is_kafkas(part);
    (text.contains("afka") || text.contains("KAFKA"))
        && (text.contains("bootstrap_servers") || text.split(['"', '\'']).any(is_key))
}

/// Longest key, in bytes.
const MAX_KEY_BYTES: usize = 80;

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    document.observations.extend(test_broker(path, text));
    document.parts = connectors::find(path, text);
    document
}

/// A broker with ZooKeeper that a test starts. The libraries for Python and Node start one unless `with_kraft` or
/// `withKraft` is called; others do on request.
fn test_broker(path: &str, text: &str) -> Option<Observed> {
    const SIGNS: &[(&str, &str)] = &[
        ("KafkaContainer(", "testcontainers-python's `KafkaContainer` without `with_kraft`"),
        ("new KafkaContainer(", "testcontainers-node's `KafkaContainer` without `withKraft`"),
        (".withZooKeeper(", "Testcontainers' `withZooKeeper`"),
        (".WithZooKeeper(", "Testcontainers' `WithZooKeeper`"),
        ("KAFKA_ZOOKEEPER_CONNECT", "a container with `KAFKA_ZOOKEEPER_CONNECT`"),
    ];
    if !text.contains("testcontainers") && !text.contains("Testcontainers") {
        return None;
    }
    let is_python = path.ends_with(".py") || text.contains("from testcontainers");
    // A class of the program's own may have the same name.
    let is_own = text.contains("class KafkaContainer") || text.contains("KafkaContainer = ");
    let of_python = is_python && !is_own && !text.contains("with_kraft(");
    // Images of Confluent Platform 8 have no ZooKeeper to start.
    let of_node = text.contains("@testcontainers/kafka")
        && !is_own
        && !["withKraft(", "withZooKeeper(", "cp-kafka:8", "cp-kafka:latest"]
            .iter()
            .any(|sign| text.contains(sign));
    let signs = SIGNS.iter().enumerate().filter(|(at, _)| match at {
        0 => of_python,
        1 => of_node,
        _ => true,
    });
    signs.map(|(_, sign)| sign).find_map(|(sign, what)| {
        let (at, _) = text.match_indices(sign).find(|(at, _)| !is_taken_out(text, *at))?;
        let span = Span::new(at as u32, (at + sign.trim_end_matches('(').len()) as u32);
        Some(Observed { what: Observation::TestWithZookeeper(what), span })
    })
}

/// Whether a line names something to delete it from a script of the image.
fn is_taken_out(text: &str, at: usize) -> bool {
    let before = text.slice(..at);
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.contains("sed ")
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn a_program_that_sets_a_client_is_one_whatever_its_library_is_called() {
        for (path, text) in [
            ("a.rb", "topic 'Kafka' do\n  kafka(\"bootstrap.servers\": '127.0.0.1:9091')\nend\n"),
            ("kafka_test.go", "c := ConfigMap{\"group.id\": \"kafka\"}\n"),
            ("b.rb", "config.kafka[:\"transactional.id\"] = 'a'\n"),
            ("a.phpt", "RdKafka conf\n$conf->set('group.id', 'a');\n"),
            ("b.py", "KafkaAdmin(bootstrap_servers=x)\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::ApplicationConfig, "{path}");
        }
        for (path, text) in [("a.py", "# Kafka\nx.group.id = 1\n"), ("b.py", "x = {'group.id': 1}\n")] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}: {text}");
        }
    }
}
