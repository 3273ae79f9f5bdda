//! What reading a text gives, whatever the format.

use kafka_upgrade_catalog::Component;

use crate::Span;

/// Everything that was read from one text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What the text is.
    pub kind: Kind,
    /// The component whose keys it sets, where it is a configuration of one.
    pub component: Option<Component>,
    /// Keys with values, in the order of the text. A duplicate key is listed twice, the effective one last.
    pub settings: Vec<Setting>,
    /// Classes, methods, options, metrics and paths that the text names.
    pub usages: Vec<Usage>,
    /// Libraries, images and runtimes with their versions.
    pub dependencies: Vec<Dependency>,
    /// What a live cluster printed.
    pub observations: Vec<Observation>,
    /// What is wrong with the text itself, in the order of the text.
    pub problems: Vec<Problem>,
}

/// What a text is. The name in [`Kind::name`] is part of the report's contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// `server.properties` of a broker or controller.
    BrokerProperties,
    /// Producer configuration.
    ProducerProperties,
    /// Consumer configuration.
    ConsumerProperties,
    /// Admin client configuration, as passed to `--command-config`.
    AdminProperties,
    /// Kafka Streams configuration.
    StreamsProperties,
    /// Connect worker, distributed or standalone.
    ConnectWorkerProperties,
    /// A connector's own configuration.
    ConnectorProperties,
    /// MirrorMaker 2's `mm2.properties`.
    MirrorMakerProperties,
    /// Topic, group or other entity configuration as `kafka-configs.sh --add-config-file` reads it.
    EntityProperties,
    /// log4j 1 configuration.
    Log4jProperties,
    /// log4j 2 configuration.
    Log4j2Properties,
    /// A file of another program, for certain. Which one is in the document's first problem.
    NotKafka,
    /// Nothing here tells what it is.
    #[default]
    Unknown,
}

impl Kind {
    /// The name in reports: kebab case, stable.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BrokerProperties => "broker-properties",
            Self::ProducerProperties => "producer-properties",
            Self::ConsumerProperties => "consumer-properties",
            Self::AdminProperties => "admin-properties",
            Self::StreamsProperties => "streams-properties",
            Self::ConnectWorkerProperties => "connect-worker-properties",
            Self::ConnectorProperties => "connector-properties",
            Self::MirrorMakerProperties => "mirror-maker-properties",
            Self::EntityProperties => "entity-properties",
            Self::Log4jProperties => "log4j-properties",
            Self::Log4j2Properties => "log4j2-properties",
            Self::NotKafka => "not-kafka",
            Self::Unknown => "unknown",
        }
    }
}

/// A key with its value, as Kafka would read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Whose key it is; differs from the document's where a file sets keys of several
    /// (`producer.acks` in a Connect worker).
    pub component: Option<Component>,
    /// The key as its component knows it: escapes resolved, a component prefix removed.
    pub key: String,
    /// What stood before the key and says where it applies (`producer.`, `a->b.`); often empty.
    pub prefix: String,
    /// The value with its escapes resolved and its continuation lines joined; not trimmed.
    pub value: String,
    /// The whole entry: from the first byte of the key's line to the end of the value's last line,
    /// without the last line break.
    pub span: Span,
    /// The key with its prefix as written.
    pub key_span: Span,
    /// The value as written; empty and after the separator when there is none.
    pub value_span: Span,
    /// False when the same key comes again later in the text and that later value counts.
    pub effective: bool,
}

/// Something of Kafka that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What sort of thing it is.
    pub kind: UsageKind,
    /// Its full name: `org.apache.kafka.clients.consumer.Consumer#poll(long)`, `kafka-topics.sh --zookeeper`.
    pub name: String,
    /// Where it is named.
    pub span: Span,
}

/// What sort of thing a [`Usage`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageKind {
    /// A class, interface, enum or trait.
    Class,
    /// A method, constructor, field or constant.
    Member,
    /// A command line tool or its option.
    Option,
    /// A metric or MBean name.
    Metric,
    /// A path in Kafka's distribution.
    Path,
}

/// A library, image or runtime in some version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// What it is, in its own registry's words: `org.apache.kafka:kafka-clients`, `librdkafka`, `apache/kafka`.
    pub artifact: String,
    /// The version as written.
    pub version: String,
    /// Where it is written.
    pub span: Span,
}

/// What a live cluster printed about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// What it is about: `metadata.version`, `api-versions`, `broker-version`.
    pub subject: String,
    /// What was printed.
    pub value: String,
    /// Where it was printed.
    pub span: Span,
}

/// Something that is wrong with the text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What, and what to do about it, in one or two sentences.
    pub message: String,
    /// Where.
    pub span: Span,
    /// True when Kafka would refuse the whole file for it.
    pub fatal: bool,
}
