//! Lines of logs that name what runs.

use kafka_upgrade_catalog::Mode;

use super::{Line, Live, between};
use crate::Observation;

/// Whether a line is one of a log of Kafka's that names what runs.
pub(super) fn is_one(line: &str) -> bool {
    (line.contains("Kafka version: ") || line.contains("Kafka version : ")) && line.contains("INFO")
        || ["[KafkaServer id=", "[KafkaRaftServer nodeId=", "[ControllerServer id=", "(kafka.server."]
            .iter()
            .any(|sign| line.contains(sign))
        || line.contains("org.apache.kafka.common.errors.UnsupportedVersionException")
}

/// Whether a broker or controller logs here, and not a client.
pub(super) fn is_of_broker(text: &str) -> bool {
    ["KafkaConfig values", "(kafka.server.", "(kafka.Kafka", "[KafkaServer id=", "[KafkaRaftServer nodeId="]
        .iter()
        .any(|sign| text.contains(sign))
}

/// How lines name the release.
const RELEASE: [&str; 2] = ["Kafka version: ", "Kafka version : "];
/// What only servers of one mode log.
const OF_MODES: [(&[&str], Mode); 2] = [
    (&["[KafkaRaftServer nodeId=", "[ControllerServer id=", "(kafka.server.KafkaRaftServer)"], Mode::Kraft),
    (
        &["[ZooKeeperClient ", "(kafka.zookeeper.ZooKeeperClient)", "(kafka.server.KafkaServer)"],
        Mode::Zookeeper,
    ),
];

/// Whether anything is read from a line.
pub(super) fn names_what_runs(line: &str) -> bool {
    let modes = OF_MODES.iter().flat_map(|(signs, _)| *signs);
    RELEASE.iter().chain(modes).any(|sign| line.contains(sign))
}

/// Reads one line.
pub(super) fn read(line: Line<'_>, live: &mut Live) {
    let text = line.text;
    for sign in RELEASE {
        if let Some(version) = between(text, sign, &[' ', '(', '\t'])
            .filter(|version| version.starts_with(|one: char| one.is_ascii_digit()))
        {
            if live.of_broker {
                live.observe(Observation::BrokerVersion(version.to_owned()), line.place(version));
            } else {
                live.runs("kafka-clients", version, line.place(version));
            }
        }
    }
    for (signs, mode) in OF_MODES {
        if let Some(sign) =
            signs.iter().find_map(|sign| text.find(sign).and_then(|at| text.get(at..at + sign.len())))
        {
            live.observe(Observation::Mode(mode), line.place(sign));
        }
    }
}
