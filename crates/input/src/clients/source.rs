//! Source of programs that use a client of another language than Java's: whether a text is one.
//!
//! What is *not* here: what it tells its client (`super::told`), and the client's version, which its manifest names.

use kafka_upgrade_catalog::Component;

use crate::{Document, Encoding, Format, Kind};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "client source",
    extensions: &[
        "py", "ipynb", "js", "jsx", "mjs", "cjs", "ts", "tsx", "go", "cs", "fs", "vb", "php", "rb", "rs",
        "c", "cc", "cpp", "cxx", "h", "hpp", "ex", "exs", "erl",
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
];

/// Words with which a line brings something in.
const IMPORTS: &[&str] = &[
    "import ", "from ", "const ", "let ", "var ", "require ", "require(", "use ", "using ", "#include",
    "<?php", "config ", "package ",
];

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

fn sniff(path: &str, text: &str) -> u8 {
    let beginning = text.get(..text.floor_char_boundary(BEGINNING_BYTES)).unwrap_or_default();
    let is_sign = |line: &str| SIGNS.iter().any(|sign| line.contains(sign));
    if FORMAT.is_named(path) {
        return if is_sign(beginning) { 92 } else { 0 };
    }
    // Whatever a name says counts before what a line seems to bring in.
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    if file.contains('.') && !file.ends_with(".txt") {
        return 0;
    }
    let brings_in = |line: &str| IMPORTS.iter().any(|word| line.starts_with(word)) && is_sign(line);
    if beginning.lines().any(|line| brings_in(line.trim_start())) { 76 } else { 0 }
}

fn read(path: &str, text: &str, component: Option<Component>, encoding: Encoding) -> Document {
    if component.is_some() && !FORMAT.is_named(path) {
        return crate::properties::document(path, text, component, encoding);
    }
    Document { kind: Kind::ApplicationConfig, ..Document::default() }
}
