//! Source of programs that use a client of another language than Java's: whether a text is one.
//!
//! What is *not* here: the protocol version that it sets (`super::protocol`), and the version of the client, which a
//! manifest names.

use std::collections::BTreeSet;

use super::connectors;
use crate::client_names::LIBRDKAFKA;
use crate::metric_names;
use crate::part::is_kafkas;
use crate::tokens::{self, Comments, TokenKind};
use crate::{Document, Encoding, Format, Kind, Observation, Observed, Span, Usage, UsageKind};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Embedded, EmbeddedFile, Slice as _, SourceText, paths};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "client source",
    extensions: &[
        "py",
        "ipynb",
        "js",
        "jsx",
        "mjs",
        "cjs",
        "ts",
        "tsx",
        "go",
        "cs",
        "fs",
        "vb",
        "php",
        "phpt",
        "rb",
        "rs",
        "c",
        "cc",
        "cpp",
        "cxx",
        "h",
        "hpp",
        "ex",
        "exs",
        "erl",
        "hrl",
        "jsonnet",
        "libsonnet",
        "zig",
        "lua",
        "pl",
        "pm",
        "swift",
        "dart",
        "hs",
        "cr",
        "nim",
        "jl",
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
    "BroadwayKafka",
    "brod",
    "Kafka.new(",
    "UseKafka(",
    "UsingKafka(",
    "faust.App(",
    "lovoo/goka\"",
    "watermill-kafka",
    "/kafka-topics.sh --",
    "setBrokerVersion",
    "KafkaContainer",
    "Testcontainers.Kafka",
    "KAFKA_ZOOKEEPER_CONNECT",
    "quixstreams",
    "kafka://",
    "use kafka::",
    "k6/x/kafka",
    "kafkaTrigger",
    "from kstreams",
    "#include <kafka/",
    "#include \"kafka/Kafka",
    "#include \"kafka/AdminClient",
    "cppkafka",
    "Rdkafka::",
    "kafka_protocol/include/",
    "\"kafka.strimzi.io\"",
];

/// Words with which a line brings something in.
const IMPORTS: &[&str] = &[
    "import ", "from ", "const ", "let ", "var ", "require ", "require(", "use ", "using ", "#include",
    "<?php", "config ", "package ",
];

/// Calls and options of clients that hardly any other library has, in files whose program gets
/// its client from elsewhere, by the endings of their names.
const CALLS: &[(&[&str], &[&str])] = &[
    (
        &[".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx"],
        &[
            "KafkaClient",
            "HighLevelProducer",
            "ConsumerGroup(",
            "kafkaHost:",
            "requireAcks",
            "eachMessage",
            "eachBatch",
            "createAdmin(",
            "createConsumer(",
            "createProducer(",
            ".createTopics(",
            "bootstrapBrokers",
            "bootstrapServers",
            "process.env.KAFKA_",
        ],
    ),
    (
        &[".py"],
        &[
            ".create_topics(",
            ".delete_topics(",
            ".list_topics(",
            "auto_offset_reset=",
            "sasl_mechanism=",
            "sasl_plain_",
            "\"sasl_mechanism\"",
            "BOOTSTRAP_SERVERS",
            ".kafka_trigger(",
            ".kafka_output(",
            ".format('kafka')",
        ],
    ),
    (
        &[".rb"],
        &[
            ".deliver_message",
            ".each_message",
            ".create_topic(",
            ".security_protocol",
            ".sasl_mechanism",
            "Karafka::App",
            "Karafka::BaseConsumer",
            "Karafka.producer",
            "WaterDrop::",
            "Kafka::Client",
            "Kafka::Consumer",
            "Kafka::Producer",
            "Kafka::BufferOverflow",
            "Kafka::DeliveryFailed",
            "Kafka::ProcessingError",
            "Phobos::Producer",
            "Racecar::",
        ],
    ),
    (
        &[".go"],
        &[
            "NewConsumerGroup(",
            "ConsumerGroupConfig{",
            "ReaderConfig{",
            "WriterConfig{",
            "ConfigEntry{",
            "\"kafka-version\"",
            ".replication.throttled.rate",
            ".Kafka.Broker",
            ".Kafka.TLS.",
            ".Kafka.SASL.",
        ],
    ),
    (
        &[".cs", ".fs", ".vb"],
        &[
            ".WithBrokers(",
            "BootstrapServers =",
            "AutoOffsetReset.",
            ".WithAutoOffsetReset(",
            "[KafkaTrigger(",
            "[KafkaOutput(",
            "[Kafka(",
            "new KafkaTriggerAttribute(",
            "new KafkaAttribute(",
            "new StreamBuilder(",
            "new StreamConfig",
        ],
    ),
    (&[".rs"], &["KafkaClient", "kafka::client::", "kafka::consumer::", "kafka::producer::"]),
    (&[".php"], &["Kafka::publish(", "Kafka::consumer(", "Kafka::createConsumer("]),
];

/// Variables of a broker's container, which a program sets for one that it starts.
const OF_BROKERS: &[&str] = &["KAFKA_PROCESS_ROLES", "KAFKA_ZOOKEEPER_CONNECT", "KAFKA_ADVERTISED_LISTENERS"];

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

fn sniff(path: &str, text: &str) -> u8 {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    let is_sign = |line: &str| SIGNS.iter().any(|sign| line.contains(sign));
    if FORMAT.is_named(path) {
        let is_one =
            is_sign(beginning) || sets_client(path, beginning) || !connectors::find(path, text).is_empty();
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

/// Whether a program that names Kafka has a key of Kafka's in quotes or on a line of a text, whichever library or
/// wrapper it is given to, or calls a client.
fn sets_client(path: &str, text: &str) -> bool {
    if !text.contains("afka") && !text.contains("KAFKA") {
        return false;
    }
    let is_key = |part: &str| {
        let key = part.split(['=', ':', ';', '\\']).next().unwrap_or_default().trim();
        // Flink's tables hand a client's keys on behind a word, and so do Spark's streams.
        let key = ["properties.", "kafka."].iter().find_map(|start| key.strip_prefix(start)).unwrap_or(key);
        key.len() <= MAX_KEY_BYTES && (is_kafkas(key) || LIBRDKAFKA.contains(&key))
            || OF_BROKERS.contains(&key)
            || is_class(part)
            || is_variable(part)
            || is_place(part)
    };
    // A schema of a topic has its keys as names.
    let is_name = |part: &&str| {
        let inner = part.trim_start_matches("consumer_").trim_start_matches("producer_");
        part.len() <= MAX_KEY_BYTES && part.contains('_') && is_kafkas(&inner.replace('_', "."))
    };
    let calls = |(endings, words): &(&[&str], &[&str])| {
        endings.iter().any(|ending| path.ends_with(ending)) && words.iter().any(|word| text.contains(word))
    };
    text.contains("bootstrap_servers")
        || has_metrics(path, text)
        || speaks_protocol(text)
        || path.ends_with(".go") && text.lines().any(takes_library)
        || (text.contains(":type=") || text.contains("<type=")) && text.contains("\"kafka.")
        || CALLS.iter().any(calls)
        || text.split(['"', '\'', '`', '\n']).any(is_key)
        || text.split('"').filter(is_name).collect::<BTreeSet<_>>().len() >= MIN_NAMES
}

/// Whether a line of Go brings in a library that is called after Kafka: `kafka "github.com/acme/kafka-consumer/v2"`.
fn takes_library(line: &str) -> bool {
    let Some((before, rest)) = line.split_once("\"github.com/") else { return false };
    let mut parts = rest.split('"').next().unwrap_or_default().split('/').skip(1);
    let is_named = parts.next().is_some_and(|name| name.contains("kafka"));
    let is_version = |part: &str| part.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok());
    let is_import = before
        .split_ascii_whitespace()
        .all(|word| word.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'_'));
    is_named && is_import && parts.all(is_version)
}

/// Whether a text is the name of a class of Kafka's, as settings have them.
fn is_class(text: &str) -> bool {
    let simple = text.rsplit('.').next().unwrap_or_default();
    text.starts_with("org.apache.kafka.")
        && simple.starts_with(|one: char| one.is_ascii_uppercase())
        && text.bytes().all(|one| one.is_ascii_alphanumeric() || b"._$".contains(&one))
}

/// Whether a text is a variable of the environment that says where Kafka is: `APP_KAFKA_BROKERS`.
fn is_variable(text: &str) -> bool {
    const PLACES: &[&str] = &["BROKER", "BOOTSTRAP", "SERVER", "HOST", "URL", "ADDR", "ZOOKEEPER"];
    text.len() <= MAX_KEY_BYTES
        && text.contains("KAFKA")
        && PLACES.iter().any(|word| text.contains(word))
        && text.bytes().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || one == b'_')
}

/// Whether a text is a key of a program's own that says where Kafka is: `ingest.kafka.brokers`.
fn is_place(text: &str) -> bool {
    const KEYS: &[&str] =
        &["kafka.broker", "kafka.brokers", "kafka.bootstrap.servers", "kafka.servers", "kafka.hosts"];
    KEYS.iter()
        .any(|key| text.strip_suffix(key).is_some_and(|start| start.is_empty() || start.ends_with('.')))
}

/// Whether a program writes requests of Kafka's protocol itself: it has the numbers of their keys, `ApiKey: 3`,
/// `API_KEY_FETCH: i16 = 1`, and speaks of their versions.
fn speaks_protocol(text: &str) -> bool {
    let has_version = ["piVersion", "pi_version", "PI_VERSION"].iter().any(|word| text.contains(word));
    let is_number = |(at, word): (usize, &str)| {
        let rest = text.slice(at + word.len()..);
        let rest = rest.trim_start_matches(|one: char| one.is_ascii_alphabetic() || one == '_');
        let mut signs = rest.trim_start_matches([' ', ':']).split([' ', '=']);
        // A type may stand between a name and its value.
        let value = signs.find(|one| !one.is_empty() && !matches!(*one, "i16" | "int16" | "short"));
        let value = value.map(|one| one.trim_start_matches("int16("));
        rest.starts_with([':', ' '])
            && value.is_some_and(|one| one.starts_with(|one: char| one.is_ascii_digit()))
    };
    has_version && ["piKey", "pi_key", "PI_KEY"].iter().any(|word| text.match_indices(word).any(is_number))
}

/// Names of keys that make a program's list of them.
const MIN_NAMES: usize = 4;

/// Longest key, in bytes.
const MAX_KEY_BYTES: usize = 80;

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    document.observations.extend(test_broker(path, text));
    document.parts = connectors::find(path, text);
    texts(path, text, &mut document);
    document
}

/// Whether a text in Jsonnet, which dashboards and rules are made of, names metrics of brokers as exporters do.
fn has_metrics(path: &str, text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "kafka_server_",
        "kafka_controller_",
        "kafka_network_",
        "kafka_log_log_",
        "kafka_connect_",
        "kafka_streams_",
        "kafka_schema_registry_",
        "kafka_topic_partition_",
        "kafka_consumergroup_",
    ];
    path.ends_with("sonnet") && SIGNS.iter().any(|sign| text.contains(sign))
}

/// MBeans, classes, metrics and manifests that a program has as texts.
fn texts(path: &str, text: &str, document: &mut Document) {
    let has_beans = text.contains(":type=") && text.contains("kafka.");
    let has_manifests = text.contains("kafka.strimzi.io/");
    let has_names = has_metrics(path, text);
    if !has_beans && !has_manifests && !has_names && !text.contains("org.apache.kafka.") {
        return;
    }
    let is_hashed = [".py", ".rb"].iter().any(|ending| path.ends_with(ending));
    let all = tokens::read(text, if is_hashed { Comments::Hash } else { Comments::Slashes });
    for token in all.iter().filter(|one| one.kind == TokenKind::Text) {
        let quotes = (token.span.end - token.span.start) as usize - token.text.len();
        let start = token.span.start + (quotes / 2) as u32;
        if has_names && token.text.contains("kafka_") {
            document.usages.extend(metric_names::flat(token.text, start, false).into_iter().map(Usage::from));
        } else if token.text.starts_with("kafka.") && token.text.contains(":type=") {
            document.usages.extend(metric_names::beans(token.text, start, &[]).into_iter().map(Usage::from));
        } else if is_class(token.text) {
            let span = Span::new(start, start + token.text.len() as u32);
            document.usages.push(Usage { guessed: true, ..Usage::new(UsageKind::Class, token.text, span) });
        } else if token.text.trim_start().starts_with("apiVersion: kafka.strimzi.io/") {
            let body = SourceText::plain(token.text, start);
            document.embed(Embedded::File(EmbeddedFile {
                name: "manifest.yaml".to_owned(),
                place: token.span,
                text: body.clone(),
                written: body,
                is_escaped: true,
            }));
        }
    }
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
mod tests;
