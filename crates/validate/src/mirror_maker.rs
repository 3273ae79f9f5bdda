//! MirrorMaker 2: each flow between two clusters has a worker and three connectors, put together from the one file.
//!
//! `MirrorMakerConfig` takes keys from everywhere: behind `CLUSTER.`, behind `SOURCE->TARGET.`, and from the top.
//! What is found wrong in a flow is reported once, at the setting that it came from.

use std::borrow::Cow;
use std::collections::BTreeSet;

use kafka_upgrade_catalog::Component;

use super::fault::quote;
use super::settings::{Entry, Refusal, Settings};
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

/// At most this many flows are looked at. No real file has more, and time grows with their square.
const MOST_FLOWS: usize = 400;

/// Index of settings that are not in the file.
const NOWHERE: usize = usize::MAX;

pub(crate) fn check(view: &mut View<'_>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let listed = list::items(view.text("clusters").unwrap_or_default());
    let clusters: Vec<&str> = listed.filter(|cluster| seen.insert(*cluster)).take(MOST_FLOWS).collect();
    let pairs = clusters
        .iter()
        .flat_map(|source| clusters.iter().map(move |target| (*source, *target)))
        .filter(|(source, target)| source != target);
    let flows: Vec<_> =
        pairs.filter(|(source, target)| is_flow(view, source, target)).take(MOST_FLOWS).collect();
    let parts = Parts::of(view);
    let mut known = view.refused_places();
    for (source, target) in flows {
        for refusal in parts.refusals(view, source, target) {
            view.adopt(refusal, NOWHERE, &mut known);
        }
    }
}

/// A replication policy has to be of that type; only Java's own classes and Kafka's others are known not to be.
pub(crate) fn policy(view: &mut View<'_>) {
    let key = "replication.policy.class";
    // Before 3.5 it is made when the connector runs.
    if !view.since(3, 5) {
        return;
    }
    let Some(class) = view.entry(key).map(|entry| number::trim(entry.value)) else { return };
    let kafkas = class.strip_prefix("org.apache.kafka.").map(|name| name.ends_with("ReplicationPolicy"));
    if (kafkas == Some(false) || class.starts_with("java.")) && !view.is_refused(key) {
        view.refuse(key, "refused-class", format!("{} is no replication policy.", quote(class)));
    }
}

/// A pair of clusters has connectors when it is enabled or sends heartbeats, which it does unless set otherwise.
fn is_flow(view: &View<'_>, source: &str, target: &str) -> bool {
    let flag = |key: &str| view.settings.get(key).map(|entry| entry.value.eq_ignore_ascii_case("true"));
    let heartbeats = "emit.heartbeats.enabled";
    flag(&format!("{source}->{target}.enabled")) == Some(true)
        || flag(&format!("{source}->{target}.{heartbeats}")).or_else(|| flag(heartbeats)).unwrap_or(true)
}

/// A setting with where it comes from, as [`Settings`] are made of.
type Given<'a> = (&'a str, &'a str, usize);

/// What every flow takes from the top of the file.
struct Parts<'a> {
    /// For workers: what their clients know.
    clients: Vec<Given<'a>>,
    /// For workers: what overrules the clusters' own.
    shared: Vec<Given<'a>>,
    /// For connectors.
    connectors: Vec<Given<'a>>,
}

impl<'a> Parts<'a> {
    fn of(view: &View<'a>) -> Self {
        let settings = view.settings;
        let given = |entry: &Entry<'a>| (entry.key, entry.value, entry.index);
        let has = |component, key: &str| facts::definition(component, key, view.release).is_some();
        let of_connectors = |key: &str| {
            CONNECTORS.iter().any(|(component, _)| has(*component, key))
                || key.starts_with("replication.policy")
        };
        let shared = OF_WORKERS.iter().flat_map(|prefix| settings.with_prefix(prefix));
        Self {
            clients: settings.iter().filter(|one| has(Component::MM2_CLIENT, one.key)).map(given).collect(),
            shared: shared.map(given).collect(),
            connectors: settings.iter().filter(|one| of_connectors(one.key)).map(given).collect(),
        }
    }

    /// What is wrong with the worker and the connectors of a flow.
    fn refusals(&self, view: &View<'a>, source: &str, target: &str) -> Vec<Refusal<'static>> {
        let worker = self.worker(view, target);
        let mut found = owned(refusals(Component::CONNECT_DISTRIBUTED, &worker, view.release));
        for (component, name) in CONNECTORS {
            let connector = self.connector(view, source, target, name);
            found.extend(owned(refusals(component, &connector, view.release)));
        }
        found
    }

    /// What a worker of the target cluster is given. Later keys overrule earlier ones.
    fn worker(&self, view: &View<'a>, target: &str) -> Settings<'a> {
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
        let defaults = defaults.into_iter().map(|(key, value)| (key, value, NOWHERE));
        let own = behind(view.settings, &format!("{target}."));
        defaults.chain(self.clients.iter().copied()).chain(own).chain(self.shared.iter().copied()).collect()
    }

    /// What one connector of the flow is given.
    fn connector(&self, view: &View<'a>, source: &str, target: &str, name: &'static str) -> Settings<'a> {
        let defaults = [("name", name), ("connector.class", name), ("source.cluster.alias", "source")];
        let defaults = defaults.into_iter().map(|(key, value)| (key, value, NOWHERE));
        let own = behind(view.settings, &format!("{source}->{target}."));
        defaults.chain(self.connectors.iter().copied()).chain(own).collect()
    }
}

fn owned(found: Vec<Refusal<'_>>) -> Vec<Refusal<'static>> {
    let own = |one: Refusal<'_>| Refusal {
        key: Cow::Owned(one.key.into_owned()),
        setting: one.setting,
        message: one.message,
        rule: one.rule,
    };
    found.into_iter().map(own).collect()
}

/// Settings behind a prefix, without it.
fn behind<'a>(settings: &Settings<'a>, prefix: &str) -> Vec<Given<'a>> {
    let stripped = settings.with_prefix(prefix).filter_map(|entry| {
        let key = entry.key.strip_prefix(prefix).filter(|key| !key.is_empty())?;
        Some((key, entry.value, entry.index))
    });
    stripped.collect()
}
