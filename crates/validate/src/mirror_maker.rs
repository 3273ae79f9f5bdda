//! MirrorMaker 2: each flow between two clusters has a worker and three connectors, put together from the one file.
//!
//! `MirrorMakerConfig` takes keys from everywhere: behind `CLUSTER.`, behind `SOURCE->TARGET.`, and from the top.
//! What is found wrong in a flow is told once, at the setting that it came from.

use kafka_upgrade_catalog::Component;

use super::fault::quote;
use super::settings::{Refusal, Settings};
use super::view::View;
use super::{facts, list, number, refusals};

/// Beginnings of keys that workers take from the top of the file.
const OF_WORKERS: [&str; 9] = [
    "offset.storage",
    "config.storage",
    "status.storage",
    "key.converter",
    "value.converter",
    "header.converter",
    "task",
    "worker",
    "replication.policy",
];

const CONNECTORS: [(Component, &str); 3] = [
    (Component::MM2_SOURCE, "MirrorSourceConnector"),
    (Component::MM2_HEARTBEAT, "MirrorHeartbeatConnector"),
    (Component::MM2_CHECKPOINT, "MirrorCheckpointConnector"),
];

/// Flows that are looked at; a file with more of them is nobody's, and would take its square in time.
const MOST_FLOWS: usize = 400;

/// Index of what comes from no setting.
const NOWHERE: usize = usize::MAX;

pub(crate) fn check(view: &mut View<'_>) {
    let mut clusters: Vec<&str> = Vec::new();
    for cluster in list::items(view.text("clusters").unwrap_or_default()) {
        if clusters.len() < MOST_FLOWS && !clusters.contains(&cluster) {
            clusters.push(cluster);
        }
    }
    let pairs = clusters
        .iter()
        .flat_map(|source| clusters.iter().map(move |target| (*source, *target)))
        .filter(|(source, target)| source != target);
    let flows: Vec<_> =
        pairs.filter(|(source, target)| is_flow(view, source, target)).take(MOST_FLOWS).collect();
    for (source, target) in flows {
        flow(view, source, target);
    }
}

/// A replication policy has to be one; only Java's own classes and Kafka's others are known not to be.
pub(crate) fn policy(view: &mut View<'_>) {
    let key = "replication.policy.class";
    let Some(class) = view.entry(key).map(|entry| number::trim(entry.value)) else { return };
    let kafkas = class.strip_prefix("org.apache.kafka.").map(|name| name.ends_with("ReplicationPolicy"));
    if (kafkas == Some(false) || class.starts_with("java.")) && !view.is_refused(key) {
        view.refuse(key, "refused-class", format!("{} is no replication policy.", quote(class)));
    }
}

/// A pair of clusters has connectors when it is enabled or sends heartbeats, which it does unless told otherwise.
fn is_flow(view: &View<'_>, source: &str, target: &str) -> bool {
    let flag = |key: &str| view.settings.get(key).map(|entry| entry.value.eq_ignore_ascii_case("true"));
    let heartbeats = "emit.heartbeats.enabled";
    flag(&format!("{source}->{target}.enabled")) == Some(true)
        || flag(&format!("{source}->{target}.{heartbeats}")).or_else(|| flag(heartbeats)).unwrap_or(true)
}

fn flow(view: &mut View<'_>, source: &str, target: &str) {
    let worker = worker(view, target);
    keep(view, refusals(Component::CONNECT_DISTRIBUTED, &worker, view.release));
    for (component, name) in CONNECTORS {
        let connector = connector(view, source, target, name);
        keep(view, refusals(component, &connector, view.release));
    }
}

/// Tells what is wrong with a part, unless it was told of another flow already.
fn keep(view: &mut View<'_>, found: Vec<Refusal<'_>>) {
    for refusal in found {
        view.adopt(refusal, NOWHERE);
    }
}

/// What a worker of the target cluster is given. Later keys overrule earlier ones.
fn worker<'a>(view: &View<'a>, target: &str) -> Settings<'a> {
    let settings = view.settings;
    let defaults = [
        ("client.id", "flow"),
        ("group.id", "mm2"),
        ("offset.storage.topic", "mm2-offsets"),
        ("status.storage.topic", "mm2-status"),
        ("config.storage.topic", "mm2-configs"),
        ("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
        ("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
        ("header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
    ];
    let top = settings
        .iter()
        .filter(|entry| facts::definition(Component::MM2_CLIENT, entry.key, view.release).is_some())
        .map(|entry| (entry.key, entry.value, entry.index));
    let shared = OF_WORKERS
        .iter()
        .flat_map(|prefix| settings.with_prefix(prefix))
        .map(|entry| (entry.key, entry.value, entry.index));
    let defaults = defaults.into_iter().map(|(key, value)| (key, value, NOWHERE));
    defaults.chain(top).chain(behind(settings, &format!("{target}."))).chain(shared).collect()
}

/// What one connector of the flow is given.
fn connector<'a>(view: &View<'a>, source: &str, target: &str, name: &'static str) -> Settings<'a> {
    let settings = view.settings;
    let defaults = [("name", name), ("connector.class", name), ("source.cluster.alias", "source")];
    let known = |key: &str| {
        CONNECTORS.iter().any(|(component, _)| facts::definition(*component, key, view.release).is_some())
            || key.starts_with("replication.policy")
    };
    let top =
        settings.iter().filter(|entry| known(entry.key)).map(|entry| (entry.key, entry.value, entry.index));
    let defaults = defaults.into_iter().map(|(key, value)| (key, value, NOWHERE));
    defaults.chain(top).chain(behind(settings, &format!("{source}->{target}."))).collect()
}

/// Settings behind a prefix, without it.
fn behind<'a>(settings: &'a Settings<'a>, prefix: &str) -> Vec<(&'a str, &'a str, usize)> {
    let stripped = settings.iter().filter_map(|entry| {
        let key = entry.key.strip_prefix(prefix).filter(|key| !key.is_empty())?;
        Some((key, entry.value, entry.index))
    });
    stripped.collect()
}
