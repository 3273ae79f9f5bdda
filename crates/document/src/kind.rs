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
    /// Nothing in the text identifies it.
    #[default]
    Unknown,
}

/// What is to be known of a kind; in the order of the kinds.
struct Row {
    kind: Kind,
    name: &'static str,
    language: Language,
}

/// How a kind of text is written, as far as edits care.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    /// `.properties` lines.
    Lines,
    /// YAML, or lines as well; comments begin as those do.
    Yaml,
    /// Anything else.
    Other,
}

const ROWS: [Row; COUNT] = [
    Row { kind: Kind::BrokerProperties, name: "broker-properties", language: Language::Lines },
    Row { kind: Kind::ProducerProperties, name: "producer-properties", language: Language::Lines },
    Row { kind: Kind::ConsumerProperties, name: "consumer-properties", language: Language::Lines },
    Row { kind: Kind::AdminProperties, name: "admin-properties", language: Language::Lines },
    Row { kind: Kind::StreamsProperties, name: "streams-properties", language: Language::Lines },
    Row { kind: Kind::ConnectWorkerProperties, name: "connect-worker-properties", language: Language::Lines },
    Row { kind: Kind::ConnectorProperties, name: "connector-properties", language: Language::Lines },
    Row { kind: Kind::MirrorMakerProperties, name: "mirror-maker-properties", language: Language::Lines },
    Row { kind: Kind::EntityProperties, name: "entity-properties", language: Language::Lines },
    Row { kind: Kind::Log4jProperties, name: "log4j-properties", language: Language::Lines },
    Row { kind: Kind::Log4j2Properties, name: "log4j2-properties", language: Language::Lines },
    Row { kind: Kind::Log4jXml, name: "log4j-xml", language: Language::Other },
    Row { kind: Kind::Log4j2Markup, name: "log4j2-markup", language: Language::Other },
    Row { kind: Kind::ConnectorJson, name: "connector-json", language: Language::Other },
    Row { kind: Kind::JavaSource, name: "java-source", language: Language::Other },
    Row { kind: Kind::KotlinSource, name: "kotlin-source", language: Language::Other },
    Row { kind: Kind::ScalaSource, name: "scala-source", language: Language::Other },
    Row { kind: Kind::ShellScript, name: "shell-script", language: Language::Other },
    Row { kind: Kind::BuildFile, name: "build-file", language: Language::Other },
    Row { kind: Kind::Containers, name: "containers", language: Language::Yaml },
    Row { kind: Kind::ApplicationConfig, name: "application-config", language: Language::Yaml },
    Row { kind: Kind::Metrics, name: "metrics", language: Language::Other },
    Row { kind: Kind::LiveOutput, name: "live-output", language: Language::Other },
    Row { kind: Kind::Inventory, name: "inventory", language: Language::Other },
    Row { kind: Kind::NotKafka, name: "not-kafka", language: Language::Lines },
    Row { kind: Kind::Unknown, name: "unknown", language: Language::Lines },
];

const COUNT: usize = 26;

impl Kind {
    /// Every kind.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        ROWS.iter().map(|row| row.kind)
    }

    fn row(self) -> Option<&'static Row> {
        let row = ROWS.get(self as usize).filter(|row| row.kind == self);
        debug_assert!(row.is_some(), "{self:?} has no row, or not in its place");
        row
    }

    /// The name in reports: kebab case, stable.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().map_or("unknown", |row| row.name)
    }

    /// Whether the text is one of `.properties` lines, and can be edited as such.
    #[must_use]
    pub fn is_properties(self) -> bool {
        self.row().is_some_and(|row| row.language == Language::Lines)
    }

    /// What begins a comment that ends with its line; `None` where a line cannot become one.
    #[must_use]
    pub fn comment(self) -> Option<&'static str> {
        let row = self.row()?;
        (row.language != Language::Other).then_some("# ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_row_and_a_name_of_its_own() {
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.kind as usize, at, "{}", row.name);
        }
        // The last one of the enum: a kind behind it would be in no row.
        assert_eq!(Kind::Unknown as usize + 1, COUNT);
        let names: std::collections::BTreeSet<_> = Kind::all().map(Kind::name).collect();
        assert_eq!(names.len(), COUNT);
    }
}
