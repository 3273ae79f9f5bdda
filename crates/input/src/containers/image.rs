//! Names of images: whose image it is, in which version, and how it takes its settings.
//!
//! What is *not* here: which product an image is (the catalog's `data/clients/products.csv`). Registry hosts, mirrors'
//! folders and digests say nothing about what is inside.

use kafka_upgrade_catalog::clients::{self, ProductKind};
use kafka_upgrade_document::{ClientVersion, Variable, template};
use kafka_upgrade_sorted::case::Case as _;

use crate::environment::Mapping;
use crate::{Dependency, Ecosystem, Span};

/// Programs beside brokers, by what is in the names of their images.
const TOOLS: &[&str] = &[
    "akhq",
    "apicurio-registry",
    "burrow",
    "cmak",
    "conduktor",
    "cruise-control",
    "debezium",
    "kafdrop",
    "kafka-exporter",
    "kafka-lag",
    "kafka-manager",
    "kafka-minion",
    "kafka-rest",
    "kafka-ui",
    "kafka-topics-ui",
    "kafka-webview",
    "kafka-proxy",
    "kaf-ui",
    "karapace",
    "kminion",
    "kowl",
    "kpow",
    "kroxylicious",
    "ksql",
    "redpanda",
    "remora",
    "schema-registry",
    "strimzi-admin",
];

/// Ends of variables with which images of brokers set their own settings.
const BROKERS_OWN: &[&str] =
    &["LISTENERS", "BROKER_ID", "ZOOKEEPER_CONNECT", "INTER_BROKER_LISTENER_NAME", "HOST_NAME"];

/// An image as it is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Image {
    /// `apache/kafka`, `zookeeper`.
    pub(super) name: String,
    /// `3.9.0`; empty when it is not said.
    pub(super) tag: String,
}

impl Image {
    /// Takes a reference apart: `registry:5000/apache/kafka:3.9.0@sha256:…`.
    pub(super) fn new(reference: &str) -> Self {
        let reference = reference.trim();
        let reference = reference.strip_prefix("docker.io/").unwrap_or(reference);
        let reference = reference.split_once('@').map_or(reference, |(before, _)| before);
        let (name, tag) = match reference.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, tag),
            _ => (reference, ""),
        };
        Self { name: name_of(name), tag: tag.trim().to_owned() }
    }

    /// Two values of a chart: `image.repository` and `image.tag`.
    pub(super) fn of_parts(repository: &str, tag: &str) -> Self {
        let Self { name, tag: own } = Self::new(repository);
        Self { name, tag: if tag.trim().is_empty() { own } else { tag.trim().to_owned() } }
    }

    /// Whether it holds Java and nothing else.
    pub(super) fn is_java(&self) -> bool {
        clients::product_of("image", &self.name).is_some_and(|product| product.kind == ProductKind::Java)
    }

    /// Whether brokers run in KRaft mode alone in it: Kafka's own images never had anything else (KIP-975).
    pub(super) fn is_of_kraft(&self) -> bool {
        matches!(self.name.as_str(), "apache/kafka" | "apache/kafka-native")
    }

    /// Whether it holds ZooKeeper and nothing of Kafka's.
    pub(super) fn is_zookeeper(&self) -> bool {
        let program = self.name.rsplit('/').next().unwrap_or_default();
        program.contains("zookeeper") && !program.contains("kafka")
    }

    /// What runs in it.
    pub(super) fn dependencies(&self, span: Span) -> Vec<Dependency> {
        let image = |artifact: &str, version: &str| Dependency {
            ecosystem: Ecosystem::Image,
            artifact: artifact.to_owned(),
            version: version.to_owned(),
            span,
        };
        // A chart's value may change the tag alone.
        if self.name.is_empty()
            && let Some((operator, kafka)) = self.tag.split_once("-kafka-")
            && [operator, kafka].iter().all(|one| is_number(one))
        {
            return vec![image("strimzi/operator", operator), image("strimzi/kafka", kafka)];
        }
        // What a template names is not known.
        if self.name.is_empty() || template::has_placeholder(&self.name) {
            return Vec::new();
        }
        // Strimzi's say both versions: 0.40.0-kafka-3.7.0.
        if let Some((operator, kafka)) =
            self.tag.split_once("-kafka-").filter(|_| self.name == "strimzi/kafka")
        {
            return vec![image("strimzi/operator", operator), image("strimzi/kafka", kafka)];
        }
        vec![image(&self.name, &self.tag)]
    }

    /// Name and tag, as a client that runs is listed.
    pub(super) fn as_client(&self) -> ClientVersion {
        let tag = if self.tag.is_empty() { "latest" } else { &self.tag };
        ClientVersion { name: self.name.clone(), version: tag.to_owned() }
    }

    /// Whether a program in it, which is no broker, talks to Kafka: its name is that of a tool for Kafka, or it is given
    /// the address of brokers.
    pub(super) fn uses_kafka(&self, variables: &[Variable]) -> bool {
        let program = self.name.rsplit('/').next().unwrap_or_default();
        // An image of brokers by anybody's name, or one of which nothing but ZooKeeper runs.
        let is_broker = ["kafka", "kafka-broker", "kafka-kraft", "kafka-server", "kafka-native", "zookeeper"];
        if program.is_empty() || is_broker.contains(&program) {
            return false;
        }
        let is_tool = TOOLS.iter().any(|tool| program.contains(tool));
        let is_address = |variable: &Variable| {
            let name = variable.name.text.to_ascii_uppercase();
            let names_kafka =
                name.split(|sign: char| !sign.is_ascii_alphanumeric()).any(|word| word == "KAFKA");
            // A broker's own settings do not make it a client.
            let is_brokers = variable.name.text.starts_with("KAFKA_CFG_")
                || BROKERS_OWN.iter().any(|own| name.ends_with(own));
            let is_server =
                ["SERVER", "BROKER", "BOOTSTRAP", "SEED", "HOST", "URL", "URI", "ADDR", "ENDPOINT", "PEERS"]
                    .iter()
                    .any(|word| name.contains(word));
            !is_brokers && ((names_kafka && is_server) || name.contains("BOOTSTRAP_SERVERS"))
        };
        // A custom image named after Kafka that gets no settings of a broker.
        let is_node = variables.iter().any(|one| Mapping::of_variable(&one.name.text).is_some());
        let is_named = program.contains("kafka") && !is_node;
        let is_given = |one: &Variable| is_address(one) || (!is_node && names_kafka(&one.value.text));
        is_tool || is_named || variables.iter().any(is_given)
    }

    /// How it makes settings of its variables.
    pub(super) fn mapping(&self) -> Mapping {
        let (owner, program) = self.name.split_once('/').unwrap_or(("", &self.name));
        match (owner, program) {
            ("apache", "kafka" | "kafka-native") => Mapping::APACHE,
            ("confluentinc", program) => match program {
                "cp-kafka" | "cp-server" | "cp-enterprise-kafka" | "confluent-local" => Mapping::CONFLUENT,
                _ if program.contains("connect") && !program.contains("replicator") => {
                    Mapping::CONFLUENT_CONNECT
                }
                _ => Mapping::NONE,
            },
            ("bitnami" | "bitnamilegacy" | "bitnamisecure", "kafka") => Mapping::BITNAMI,
            ("debezium", "connect" | "connect-base") => Mapping::DEBEZIUM,
            ("debezium", "kafka") => Mapping::DEBEZIUM_KAFKA,
            ("wurstmeister", "kafka") => Mapping::WURSTMEISTER,
            ("strimzi", _) => Mapping::NONE,
            // An image of one's own, often built on one of these.
            _ if program.contains("connect") => Mapping::GUESSED_CONNECT,
            _ if program.contains("kafka") => Mapping::GUESSED,
            _ => Mapping::NONE,
        }
    }
}

/// Whether a variable's value is the address of a broker by its name (`kafka:9092`, `PLAINTEXT://kafka-0.kafka:9092`), or
/// names what a program works with Kafka by, such as an extension.
fn names_kafka(value: &str) -> bool {
    let is_sign = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_');
    let is_port = |rest: &str| {
        rest.strip_prefix(':').is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit()))
    };
    value.match_indices("kafka").take(MAX_NAMES).any(|(at, _)| {
        let before = value.get(..at).unwrap_or_default();
        let rest = value.get(at..).unwrap_or_default();
        let end = rest.find(|one| !is_sign(one)).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        is_port(rest.get(end..).unwrap_or_default())
            || before.ends_with("://")
            || ["kafka-indexing-service", "kafka-extraction-namespace", "kafka-emitter"]
                .iter()
                .any(|extension| name.starts_with(extension))
    })
}

/// Names in a value that are looked at.
const MAX_NAMES: usize = 8;

/// Whether a text is a version of three numbers.
fn is_number(text: &str) -> bool {
    let numbers = text.split('.');
    numbers.clone().count() == 3
        && numbers.into_iter().all(|one| !one.is_empty() && one.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Without the host of a registry and the folders that a mirror puts before it.
fn name_of(name: &str) -> String {
    let name = name.trim();
    let (first, rest) = name.split_once('/').unwrap_or(("", name));
    let host = first.contains(['.', ':']) || first == "localhost";
    let name = if host { rest } else { name };
    let folders = name.matches('/').count();
    let name = name.splitn(folders.max(1), '/').last().unwrap_or(name);
    name.strip_prefix("library/").unwrap_or(name).lower()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_name_loses_registry_and_digest_and_keeps_its_tag_apart() {
        for (reference, name, tag) in [
            ("apache/kafka:3.9.0", "apache/kafka", "3.9.0"),
            ("docker.io/apache/kafka:3.9.0@sha256:0f", "apache/kafka", "3.9.0"),
            ("registry.example.com:5000/mirror/confluentinc/cp-kafka", "confluentinc/cp-kafka", ""),
            ("localhost/kafka:dev", "kafka", "dev"),
            ("docker.io/library/zookeeper:3.8", "zookeeper", "3.8"),
            ("zookeeper", "zookeeper", ""),
            ("a/b/c/d:1", "c/d", "1"),
            ("", "", ""),
            (":", "", ""),
            ("@", "", ""),
        ] {
            assert_eq!(
                Image::new(reference),
                Image { name: name.to_owned(), tag: tag.to_owned() },
                "{reference}"
            );
        }
    }

    #[test]
    fn a_tag_of_strimzi_says_two_versions() {
        let image = Image::new("quay.io/strimzi/kafka:0.40.0-kafka-3.7.0");
        let found: Vec<_> = image.dependencies(Span::default());
        let found: Vec<_> = found.iter().map(|one| (one.artifact.as_str(), one.version.as_str())).collect();
        assert_eq!(found, [("strimzi/operator", "0.40.0"), ("strimzi/kafka", "3.7.0")]);
    }

    fn key(image: &str, variable: &str) -> String {
        Image::new(image).mapping().key(variable).unwrap_or_default()
    }

    #[test]
    fn each_image_makes_its_own_of_underscores() {
        for (image, variable, want) in [
            ("apache/kafka", "KAFKA_LOG_RETENTION_HOURS", "log.retention.hours"),
            ("apache/kafka", "KAFKA_A__B___C", "a_b-c"),
            ("confluentinc/cp-kafka", "KAFKA_ZOOKEEPER_CONNECT", "zookeeper.connect"),
            ("confluentinc/cp-kafka-connect", "CONNECT_GROUP_ID", "group.id"),
            ("confluentinc/cp-kafka-connect", "KAFKA_GROUP_ID", ""),
            ("bitnami/kafka", "KAFKA_CFG_LISTENER_NAME_SASL_SSL_X", "listener.name.sasl_ssl.x"),
            ("bitnamilegacy/kafka", "KAFKA_LOG_DIRS", ""),
            ("wurstmeister/kafka", "KAFKA_ADVERTISED_HOST_NAME", "advertised.host.name"),
            ("debezium/connect", "CONFIG_STORAGE_TOPIC", "config.storage.topic"),
            (
                "debezium/connect",
                "CONNECT_CONNECTOR_CLIENT_CONFIG_OVERRIDE_POLICY",
                "connector.client.config.override.policy",
            ),
            ("corp/my-kafka", "KAFKA_CFG_LOG_DIRS", "log.dirs"),
            ("corp/my-kafka", "KAFKA_SOMETHING_ELSE", ""),
            ("postgres", "KAFKA_LOG_DIRS", ""),
            ("confluentinc/cp-schema-registry", "KAFKA_LOG_DIRS", ""),
        ] {
            assert_eq!(key(image, variable), want, "{image} {variable}");
        }
    }

    #[test]
    fn what_scripts_take_for_themselves_is_no_key() {
        for variable in [
            "KAFKA_HEAP_OPTS",
            "KAFKA_OPTS",
            "KAFKA_LOG4J_LOGGERS",
            "KAFKA_LOG4J_ROOT_LOGLEVEL",
            "KAFKA_JMX_PORT",
            "KAFKA_VERSION",
            "KAFKA_CREATE_TOPICS",
            "CLUSTER_ID",
            "KAFKA_TOOLS_LOG4J_LOGLEVEL",
            "KAFKA_",
            "KAFKA",
        ] {
            for image in ["apache/kafka", "confluentinc/cp-kafka", "wurstmeister/kafka"] {
                assert_eq!(key(image, variable), "", "{image} {variable}");
            }
        }
    }
}
