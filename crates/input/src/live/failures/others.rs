//! Texts of other programs that use what Kafka uses, ZooKeeper and the JVM: their failures are passed over.
//!
//! What is *not* here: programs that share no words with Kafka; nothing of theirs is taken for a failure.

use kafka_upgrade_document::{Literals, Slice as _};

/// Bytes of a text in which it names the program that it is of.
const BEGINNING_BYTES: usize = 64_000;

const OTHERS: Literals = Literals::of(&[
    "hbase",
    "HBase",
    "hadoop",
    "Hadoop",
    "solr",
    "Solr",
    "elasticsearch",
    "Elasticsearch",
    "opensearch",
    "cassandra",
    "Cassandra",
    "dubbo",
    "clickhouse",
    "ClickHouse",
    "mesos",
    "nifi",
    "pulsar",
]);

/// Names that Kafka, its vendors, operators and clients go by.
const OURS: Literals =
    Literals::of(&["kafka", "Kafka", "KAFKA", "onfluent", "arama", "trimzi", "KRaft", "redpanda"]);

/// Whether a text names such a program, and nothing of Kafka's.
pub(crate) fn is_of_another(text: &str) -> bool {
    let start = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    OTHERS.are_in(start) && !OURS.are_in(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_names_kafka_is_of_kafka() {
        assert!(is_of_another("org.apache.hadoop.hbase.zookeeper.ZKUtil: Session expired"));
        assert!(!is_of_another("elasticsearch sink of kafka: Session expired"));
        assert!(!is_of_another("Session expired"));
    }
}
