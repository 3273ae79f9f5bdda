//! What a text is: one table, from which reports, the page and edits derive. What is *not* here: how it is detected.

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
    /// Certainly a file of another program. The document's first problem names it.
    NotKafka,
    /// Nothing in the text identifies it.
    #[default]
    Unknown,
}

/// What is to be known of a kind; in the order of the kinds.
struct Row {
    kind: Kind,
    name: &'static str,
    title: &'static str,
    language: Language,
    comments: &'static [&'static str],
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

/// Strings that a comment line starts with, for code that sees only single lines.
const LINES: &[&str] = &["#", "!"];
const HASH: &[&str] = &["#"];
const CODE: &[&str] = &["//", "/*", "* ", "*/"];
const BUILD: &[&str] = &["#", "//", "/*", "* ", "*/", "<!--"];
const MARKUP: &[&str] = &["#", "<!--"];
const NONE: &[&str] = &[];

const fn row(
    kind: Kind,
    name: &'static str,
    title: &'static str,
    language: Language,
    comments: &'static [&'static str],
) -> Row {
    Row { kind, name, title, language, comments }
}

static ROWS: [Row; COUNT] = [
    row(Kind::BrokerProperties, "broker-properties", "Broker configuration", Language::Lines, LINES),
    row(Kind::ProducerProperties, "producer-properties", "Producer configuration", Language::Lines, LINES),
    row(Kind::ConsumerProperties, "consumer-properties", "Consumer configuration", Language::Lines, LINES),
    row(Kind::AdminProperties, "admin-properties", "Admin client configuration", Language::Lines, LINES),
    row(Kind::StreamsProperties, "streams-properties", "Streams configuration", Language::Lines, LINES),
    row(
        Kind::ConnectWorkerProperties,
        "connect-worker-properties",
        "Connect worker configuration",
        Language::Lines,
        LINES,
    ),
    row(Kind::ConnectorProperties, "connector-properties", "Connector configuration", Language::Lines, LINES),
    row(
        Kind::MirrorMakerProperties,
        "mirror-maker-properties",
        "MirrorMaker 2 configuration",
        Language::Lines,
        LINES,
    ),
    row(Kind::EntityProperties, "entity-properties", "Topic or group configuration", Language::Lines, LINES),
    row(Kind::Log4jProperties, "log4j-properties", "log4j 1 configuration", Language::Lines, LINES),
    row(Kind::Log4j2Properties, "log4j2-properties", "log4j 2 configuration", Language::Lines, LINES),
    row(Kind::Log4jXml, "log4j-xml", "log4j 1 configuration, XML", Language::Other, MARKUP),
    row(Kind::Log4j2Markup, "log4j2-markup", "log4j 2 configuration, XML or YAML", Language::Other, MARKUP),
    row(Kind::ConnectorJson, "connector-json", "Connector configuration, JSON", Language::Other, NONE),
    row(Kind::JavaSource, "java-source", "Java source", Language::Other, CODE),
    row(Kind::KotlinSource, "kotlin-source", "Kotlin source", Language::Other, CODE),
    row(Kind::ScalaSource, "scala-source", "Scala source", Language::Other, CODE),
    row(Kind::ShellScript, "shell-script", "Shell script or commands", Language::Other, HASH),
    row(Kind::BuildFile, "build-file", "Build file", Language::Other, BUILD),
    row(Kind::Containers, "containers", "Containers and deployment", Language::Yaml, HASH),
    row(
        Kind::ApplicationConfig,
        "application-config",
        "Configuration in another format",
        Language::Yaml,
        HASH,
    ),
    row(Kind::Metrics, "metrics", "Names of metrics", Language::Other, HASH),
    row(Kind::LiveOutput, "live-output", "Output of a tool or a log", Language::Other, NONE),
    row(Kind::Inventory, "inventory", "What runs, as you stated it", Language::Other, NONE),
    row(Kind::NotKafka, "not-kafka", "Not Kafka's", Language::Lines, LINES),
    row(Kind::Unknown, "unknown", "Kind unknown", Language::Lines, LINES),
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

    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(|row| row.kind)
    }

    /// The name for people: `Broker configuration`.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().map_or("", |row| row.title)
    }

    /// Whether the line is only a comment, as far as a single line can show.
    #[must_use]
    pub fn is_comment(self, line: &str) -> bool {
        let signs = self.row().map_or(LINES, |row| row.comments);
        let line = line.trim();
        line == "*" && signs.contains(&"* ") || signs.iter().any(|sign| line.starts_with(sign))
    }

    /// Whether the text consists of `.properties` lines and can be edited as such.
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
        // The last variant of the enum: one added after it would have no row.
        assert_eq!(Kind::Unknown as usize + 1, COUNT);
        let names: std::collections::BTreeSet<_> = Kind::all().map(Kind::name).collect();
        assert_eq!(names.len(), COUNT);
        assert!(Kind::all().all(|kind| !kind.title().is_empty() && Kind::parse(kind.name()) == Some(kind)));
    }

    #[test]
    fn a_comment_is_what_its_language_calls_one() {
        for (kind, line, comment) in [
            (Kind::BrokerProperties, "  ! note", true),
            (Kind::BrokerProperties, "// no", false),
            (Kind::JavaSource, "    // note", true),
            (Kind::JavaSource, "     * of more lines", true),
            (Kind::JavaSource, "#no", false),
            (Kind::ShellScript, "! grep x", false),
            (Kind::ConnectorJson, "# no", false),
        ] {
            assert_eq!(kind.is_comment(line), comment, "{kind:?}: {line}");
        }
    }
}
