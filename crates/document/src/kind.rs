//! What a text is. What is *not* here: how it is detected.

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
    /// log4j 1 configuration as XML.
    Log4jXml,
    /// log4j 2 configuration as YAML or XML.
    Log4j2Markup,
    /// A connector's configuration as JSON: the body of a REST request, or its `config` alone.
    ConnectorJson,
    /// Java source.
    JavaSource,
    /// Kotlin source.
    KotlinSource,
    /// Scala source.
    ScalaSource,
    /// A shell script, or commands as they are typed.
    ShellScript,
    /// A build file or the manifest of a package: Maven, Gradle, sbt, npm, pip, Go modules, Cargo and the like.
    BuildFile,
    /// Containers and their images: Dockerfile, Compose, Kubernetes.
    Containers,
    /// Configuration of an application whose framework brings Kafka's clients: Spring Boot, Quarkus, Micronaut.
    ApplicationConfig,
    /// Names of metrics: JMX exporter, Prometheus rules, Grafana dashboards.
    Metrics,
    /// What a tool, a broker or a client printed.
    LiveOutput,
    /// What runs, in the reader's own words.
    Inventory,
    /// A file of another program, for certain. Which one is in the document's first problem.
    NotKafka,
    /// Nothing here tells what it is.
    #[default]
    Unknown,
}

impl Kind {
    /// Whether the text is one of `.properties` lines, and can be edited as such.
    #[must_use]
    pub const fn is_properties(self) -> bool {
        use Kind::{
            AdminProperties, BrokerProperties, ConnectWorkerProperties, ConnectorProperties,
            ConsumerProperties, EntityProperties, Log4j2Properties, Log4jProperties, MirrorMakerProperties,
            NotKafka, ProducerProperties, StreamsProperties, Unknown,
        };
        matches!(
            self,
            BrokerProperties
                | ProducerProperties
                | ConsumerProperties
                | AdminProperties
                | StreamsProperties
                | ConnectWorkerProperties
                | ConnectorProperties
                | MirrorMakerProperties
                | EntityProperties
                | Log4jProperties
                | Log4j2Properties
                | NotKafka
                | Unknown
        )
    }

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
            Self::Log4jXml => "log4j-xml",
            Self::Log4j2Markup => "log4j2-markup",
            Self::ConnectorJson => "connector-json",
            Self::JavaSource => "java-source",
            Self::KotlinSource => "kotlin-source",
            Self::ScalaSource => "scala-source",
            Self::ShellScript => "shell-script",
            Self::BuildFile => "build-file",
            Self::Containers => "containers",
            Self::ApplicationConfig => "application-config",
            Self::Metrics => "metrics",
            Self::LiveOutput => "live-output",
            Self::Inventory => "inventory",
            Self::NotKafka => "not-kafka",
            Self::Unknown => "unknown",
        }
    }
}
