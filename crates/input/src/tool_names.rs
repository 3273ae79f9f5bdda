//! Names of the tools of Kafka's releases, as commands and manifests have them.

/// Tools that the catalog does not know of, because their scripts take no options or run no class of their own.
const OTHERS: &[&str] = &[
    "connect-distributed",
    "connect-standalone",
    "kafka-metadata-shell",
    "kafka-replay-log-producer",
    "kafka-run-class",
    "kafka-server-stop",
    "kafka-simple-consumer-shell",
    "trogdor",
    "zookeeper-server-start",
    "zookeeper-server-stop",
    "zookeeper-shell",
];

/// Whether one of Kafka's releases has a tool of that name.
pub(crate) fn is_tool(name: &str) -> bool {
    OTHERS.contains(&name) || kafka_upgrade_catalog::tools::is_tool(name)
}
