//! The first screen: nothing pasted yet.

/// The first four stand in `index.html` as well, which shows them before the shell is there.
pub(crate) const TITLE: &str = "Know what breaks before you upgrade Kafka.";
pub(crate) const LEAD: &str = "See what will not start, what changes silently, and the order to upgrade in.";
pub(crate) const LABEL: &str = "Configuration, script, manifest, code or log";
pub(crate) const DROP: &str = "or drop files or a folder anywhere on this page";

pub(crate) const PASTE: &str = "Paste server.properties, a Compose or Strimzi file, a script, Java code, a log …\n\nzookeeper.connect=zk-1:2181,zk-2:2181\ninter.broker.protocol.version=3.4";
pub(crate) const DESCRIBE: &str = "Or type what you run";
/// What can be typed, as one line.
pub(crate) const EVERYTHING: &str =
    "brokers 2.8 on ZooKeeper, Java 11, Streams 3.1, librdkafka 1.9, kafkajs 2.2, Connect 3.4";
pub(crate) const CHECK: &str = "Check";
pub(crate) const OPEN_FILES: &str = "Open files";
pub(crate) const OPEN_FOLDER: &str = "Open a folder";

// Sets of files to try the page with: title, what is in it, how it ends.
pub(crate) const EXAMPLES: &str = "Look at an example first";
pub(crate) const ZOOKEEPER: [&str; 3] =
    ["A cluster on ZooKeeper", "brokers, Connect, a script, logging", "✕ not ready"];
pub(crate) const KRAFT: [&str; 3] =
    ["KRaft 3.9 and its clients", "Compose, two services, a requirements file", "▲ almost ready"];
pub(crate) const JAVA: [&str; 3] = ["A Java service", "a consumer, Streams, Gradle, settings", "✕ not ready"];

pub(crate) fn content(what: &str, files: usize) -> String {
    format!("{what}: {files} files")
}
