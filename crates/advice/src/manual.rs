//! What no pasted file can show, to be checked by hand.
//!
//! Sentences appear only on upgrade paths that they concern; one that always appeared would soon be read by nobody.

use kafka_upgrade_catalog::{Component, Platform, Release};
use kafka_upgrade_report::Mode;

use crate::upgrade::Upgrade;

/// A sentence and the upgrade paths that it belongs to.
struct Hand {
    /// The path crosses this release; `None`: any path.
    since: Option<Release>,
    /// Only in this mode.
    mode: Option<Mode>,
    /// Only when one of the files is of one of these kinds; empty: always.
    components: &'static [Component],
    text: &'static str,
}

const V4: Option<Release> = Some(Release::new(4, 0, 0));
const BROKER: &[Component] = &[Component::BROKER];
const CONNECT: &[Component] =
    &[Component::CONNECT_DISTRIBUTED, Component::CONNECT_STANDALONE, Component::MM2];

static HANDS: &[Hand] = &[
    Hand {
        since: None,
        mode: None,
        components: BROKER,
        text: "Settings that are kept in the cluster (dynamic broker, topic and client settings) overrule this file: list them with `kafka-configs.sh --describe` for `--entity-type` brokers and topics, and check them as files too.",
    },
    Hand {
        since: V4,
        mode: None,
        components: BROKER,
        text: "Old clients: brokers of 4.0 refuse requests that clients older than 2.1 send. On 3.7 to 3.9 the metric `kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec` shows who sends them; 0 is the aim.",
    },
    Hand {
        since: V4,
        mode: None,
        components: BROKER,
        text: "Java: brokers, controllers, Connect and the command line tools need Java 17 from 4.0; clients and Streams need Java 11.",
    },
    Hand {
        since: V4,
        mode: Some(Mode::Kraft),
        components: BROKER,
        text: "Metadata version: 4.0 starts only on a cluster whose `metadata.version` is at least 3.3-IV3. `kafka-features.sh describe` shows the finalised one.",
    },
    Hand {
        since: V4,
        mode: Some(Mode::Zookeeper),
        components: BROKER,
        text: "Migration: the upgrade path to 4.0 goes through KRaft on 3.9. When the migration is finalised there is no way back to ZooKeeper, so rehearse it on a copy.",
    },
    Hand {
        since: V4,
        mode: None,
        components: BROKER,
        text: "Topics: `message.format.version`, `message.timestamp.difference.max.ms` and `message.downconversion.enable` are gone from topics in 4.0; creating a topic with one of them is refused. Scripts and operators that create topics may still set them.",
    },
    Hand {
        since: V4,
        mode: None,
        components: BROKER,
        text: "Plugins on the class path (authorizers, quota callbacks, metrics reporters, remote storage managers) have to be built against the new release.",
    },
    Hand {
        since: V4,
        mode: None,
        components: &[Component::BROKER, Component::PRODUCER, Component::CONSUMER, Component::STREAMS],
        text: "Dashboards and alerts: metrics of clients have other names in 4.0, and those of ZooKeeper mode are gone. Give the files of the JMX exporter, Prometheus and Grafana too, and they are checked.",
    },
    Hand {
        since: V4,
        mode: None,
        components: BROKER,
        text: "Logging: 4.0 reads `log4j2.yaml` instead of `log4j.properties`; `KAFKA_LOG4J_OPTS` and mounted files have to follow.",
    },
    Hand {
        since: V4,
        mode: None,
        components: CONNECT,
        text: "Connector plugins: 4.0 dropped methods of `SinkTask` and `SourceTask` and needs Java 17; each plugin's own release notes say from which version it runs there.",
    },
    Hand {
        since: V4,
        mode: None,
        components: &[Component::STREAMS],
        text: "Streams: 4.0 needs brokers of at least 2.1, and of at least 2.5 with exactly-once; state stores written by 4.x cannot be read by 3.x.",
    },
    Hand {
        since: Some(Release::new(3, 8, 0)),
        mode: None,
        components: &[Component::BROKER, Component::PRODUCER, Component::CONSUMER, Component::STREAMS],
        text: "Temporary folders: zstd and snappy unpack a native library into `/tmp`. Where it is mounted with `noexec`, set `-DZstdTempFolder=FOLDER -Dorg.xerial.snappy.tempdir=FOLDER` in `KAFKA_OPTS`, with a folder from which programs may run.",
    },
    Hand {
        since: None,
        mode: None,
        components: BROKER,
        text: "Room and time: one broker at a time is down while the upgrade rolls. Check that no partition is under-replicated before each restart.",
    },
];

/// The sentences for this upgrade path, in a fixed order.
pub fn sentences(case: &Upgrade<'_>) -> Vec<String> {
    if case.from == Some(case.to) {
        return Vec::new();
    }
    let concerns = |hand: &&Hand| {
        hand.since.is_none_or(|since| case.crosses(since))
            && (hand.mode.is_none() || case.mode.is_none() || hand.mode == case.mode)
            && (hand.components.is_empty() || hand.components.iter().any(|component| case.has(*component)))
    };
    let hands = HANDS.iter().filter(concerns).map(|hand| hand.text.to_owned());
    hands.chain(rehearsal(case)).collect()
}

/// Which parts of a cluster's plan have been run exactly as printed. Source: `tests/rehearsals`.
fn rehearsal(case: &Upgrade<'_>) -> Option<String> {
    let is_host = case.running.platform == Platform::Host;
    let is_about_brokers = case.has(Component::BROKER) || !is_host;
    let run = if is_host {
        "a part of the plan that was run on a real cluster exactly as it is printed has the date beside it; the others were not run".to_owned()
    } else {
        format!("the steps for `{}` were not run as they are printed", case.running.platform.name())
    };
    is_about_brokers.then(|| format!("Rehearsal: {run}. Run the whole plan on a copy of the cluster first."))
}
