//! Texts of other programs that use what Kafka uses, ZooKeeper and the JVM: their failures are passed over.
//!
//! What is *not* here: programs that share no words with Kafka; nothing of theirs is taken for a failure.

use kafka_upgrade_document::{Anchors, Slice as _};

use super::signs::places;

/// Bytes of a text in which it names the program that it is of.
const BEGINNING_BYTES: usize = 64_000;

const OTHERS: &[&str] = &[
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
];
const BEGIN: Anchors = Anchors::of(OTHERS);

/// Names that Kafka, its vendors, operators and clients go by.
const OURS: &[&str] = &["kafka", "Kafka", "KAFKA", "onfluent", "arama", "trimzi", "KRaft", "redpanda"];
const OURS_BEGIN: Anchors = Anchors::of(OURS);

/// Whether a text names such a program, and nothing of Kafka's.
pub(crate) fn is_of_another(text: &str) -> bool {
    let start = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    places(start, &BEGIN, OTHERS).next().is_some() && places(start, &OURS_BEGIN, OURS).next().is_none()
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
