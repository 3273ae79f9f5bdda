//! Prefixes that say where a key applies: `producer.acks` in a worker, `us->eu.topics`, `listener.name.x.…`.
//!
//! Splits them off, and gives each setting the component whose key is left. What is *not* here: whether the
//! key exists. Invariant: prefix and key joined are the key as the file has it.
//!
//! A setting whose owner is unknown (a plugin's own key behind its prefix) has no component.

use kafka_upgrade_document::Slice as _;
use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Component;
use kafka_upgrade_sorted::Gather as _;

use crate::kind::{is_key_of, last};
use crate::{Document, Setting};

/// Clients whose keys a prefix passes on.
const CLIENTS: [(&str, Component); 3] =
    [("producer.", Component::PRODUCER), ("consumer.", Component::CONSUMER), ("admin.", Component::ADMIN)];

/// Splits every key of the document and says whose it is.
pub(crate) fn assign(document: &mut Document) {
    let Some(component) = document.component else { return };
    let context = Context::new(component, &document.settings);
    for setting in &mut document.settings {
        let (prefix, owner) = context.split(&setting.key);
        setting.component = owner;
        if prefix > 0 && setting.key.is_char_boundary(prefix) {
            let key = setting.key.split_off(prefix);
            setting.prefix = std::mem::replace(&mut setting.key, key);
        }
    }
}

/// What the rest of the file says about its prefixes.
struct Context {
    component: Component,
    /// Aliases of MirrorMaker 2's clusters.
    clusters: BTreeSet<String>,
    /// Prefix of plugin settings (`key.converter.`, `transforms.mask.`) and whose keys follow it.
    plugins: Plugins,
}

/// Prefixes of plugins; of several that a key begins with, the one that was added first counts.
#[derive(Default)]
struct Plugins {
    /// Those that end in a dot, with their number.
    dotted: BTreeMap<String, (usize, Option<Component>)>,
    /// The length of the longest of them.
    longest: usize,
    others: Vec<(String, usize, Option<Component>)>,
}

impl Plugins {
    fn add(&mut self, prefix: String, owner: Option<Component>) {
        let number = self.dotted.len() + self.others.len();
        if prefix.is_empty() {
        } else if prefix.ends_with('.') {
            self.longest = self.longest.max(prefix.len());
            self.dotted.entry(prefix).or_insert((number, owner));
        } else {
            self.others.push((prefix, number, owner));
        }
    }

    /// Length of the prefix that the key begins with, and whose keys follow it.
    fn of(&self, key: &str) -> Option<(usize, Option<Component>)> {
        let ends = key.match_indices('.').map(|(at, _)| at + 1).take_while(|end| *end <= self.longest);
        let dotted = ends.filter_map(|end| {
            let (number, owner) = self.dotted.get(key.get(..end)?)?;
            Some((*number, end, *owner))
        });
        let others = self.others.iter().filter(|(prefix, ..)| key.starts_with(prefix.as_str()));
        let others = others.map(|(prefix, number, owner)| (*number, prefix.len(), *owner));
        let (_, length, owner) = dotted.chain(others).min_by_key(|(number, ..)| *number)?;
        (key.len() > length).then_some((length, owner))
    }
}

impl Context {
    fn new(component: Component, settings: &[Setting]) -> Self {
        let mut clusters = BTreeSet::new();
        let mut plugins = Plugins::default();
        match component {
            Component::MM2 => {
                let listed = last(settings, "clusters").unwrap_or_default();
                clusters = listed.split(',').map(|name| name.trim().to_owned()).collect();
                clusters.remove("");
            }
            Component::BROKER => {
                let metadata =
                    last(settings, "remote.log.metadata.manager.impl.prefix").unwrap_or("rlmm.config.");
                let storage =
                    last(settings, "remote.log.storage.manager.impl.prefix").unwrap_or("rsm.config.");
                plugins.add(metadata.to_owned(), Some(Component::REMOTE_LOG_METADATA));
                plugins.add(storage.to_owned(), None);
            }
            _ if is_connect(component) => plugins = connect_plugins(settings),
            _ => {}
        }
        Self { component, clusters, plugins }
    }

    /// Length of the key's prefix, and the owner of what follows it.
    fn split(&self, key: &str) -> (usize, Option<Component>) {
        match self.component {
            Component::BROKER => self.broker(key),
            Component::STREAMS => streams(key),
            Component::MM2 => self.mirror_maker(key),
            component if is_connect(component) => self.connect(key),
            // One file may serve several clients of one program.
            Component::PRODUCER => {
                (0, reader(key, &[Component::PRODUCER, Component::CONSUMER, Component::ADMIN]))
            }
            Component::CONSUMER => {
                (0, reader(key, &[Component::CONSUMER, Component::PRODUCER, Component::ADMIN]))
            }
            component => (0, Some(component)),
        }
    }

    fn broker(&self, key: &str) -> (usize, Option<Component>) {
        if let Some(rest) = key.strip_prefix("listener.name.") {
            let Some((_, rest)) = rest.split_once('.') else { return (0, Some(self.component)) };
            // A listener's setting may apply to one mechanism: listener.name.x.scram-sha-256.sasl.jaas.config.
            let mechanism = rest.split_once('.').filter(|(_, rest)| rest.starts_with("sasl."));
            let rest = mechanism.map_or(rest, |(_, rest)| rest);
            return (key.len() - rest.len(), Some(self.component));
        }
        let Some((prefix, owner)) = self.plugins.of(key) else { return (0, Some(self.component)) };
        let rest = key.slice(prefix..);
        let client = rest.strip_prefix("remote.log.metadata.").unwrap_or_default();
        for (start, component) in CLIENTS.into_iter().chain([("common.client.", Component::ADMIN)]) {
            if let Some(rest) = client.strip_prefix(start) {
                return (key.len() - rest.len(), owner.map(|_| component));
            }
        }
        (prefix, owner)
    }

    fn connect(&self, key: &str) -> (usize, Option<Component>) {
        if key.starts_with("admin.listeners") {
            return worker_prefix(key, self.component);
        }
        let worker = matches!(self.component, Component::CONNECT_DISTRIBUTED | Component::CONNECT_STANDALONE);
        for (start, component) in CLIENTS {
            let Some(rest) = key.strip_prefix(start) else { continue };
            match rest.strip_prefix("override.") {
                Some(rest) if !worker => return (key.len() - rest.len(), Some(component)),
                None if worker => return (start.len(), Some(component)),
                _ => {}
            }
        }
        if let Some((prefix, owner)) = self.plugins.of(key) {
            let rest = key.slice(prefix..);
            let own = match key.split('.').next() {
                Some("transforms") => matches!(rest, "type" | "predicate" | "negate"),
                Some("predicates") => rest == "type",
                _ => false,
            };
            return if own { (0, Some(self.component)) } else { (prefix, owner) };
        }
        if worker {
            return worker_prefix(key, self.component);
        }
        // topic.creation.default.cleanup.policy: behind the group's name stand topic settings and four of Connect's.
        let group = key.strip_prefix("topic.creation.").and_then(|rest| rest.split_once('.'));
        match group {
            Some((_, "include" | "exclude" | "replication.factor" | "partitions")) | None => {
                (0, Some(self.component))
            }
            Some((_, rest)) => (key.len() - rest.len(), Some(Component::TOPIC)),
        }
    }

    /// What follows a cluster's alias and a dot; the longest alias counts: `eu.west` before `eu`.
    fn behind_cluster<'k>(&self, key: &'k str) -> Option<&'k str> {
        let mut dots = key.rmatch_indices('.').map(|(at, _)| at);
        let end = dots.find(|at| key.get(..*at).is_some_and(|alias| self.clusters.contains(alias)))?;
        key.get(end + 1..)
    }

    fn mirror_maker(&self, key: &str) -> (usize, Option<Component>) {
        let mut rest = key;
        let mut flow = false;
        if let Some((_, after)) = key.split_once("->") {
            // The target's alias may have dots of its own.
            let target = self.behind_cluster(after);
            if let Some(after) = target.or_else(|| after.split_once('.').map(|(_, rest)| rest)) {
                rest = after;
                flow = true;
            }
        } else if let Some(after) = self.behind_cluster(key) {
            rest = after;
        }
        let inner = ["source.", "target."].iter().find_map(|start| rest.strip_prefix(start));
        let inner =
            inner.filter(|inner| CLIENTS.iter().any(|(start, _)| inner.starts_with(start))).unwrap_or(rest);
        for (start, component) in CLIENTS {
            if let Some(after) = inner.strip_prefix(start) {
                let after = after.strip_prefix("override.").unwrap_or(after);
                return (key.len() - after.len(), Some(component));
            }
        }
        let readers = if flow {
            MIRROR_FLOW
        } else if rest.len() < key.len() {
            MIRROR_CLUSTER
        } else {
            MIRROR_ALONE
        };
        (key.len() - rest.len(), reader(rest, readers))
    }
}

/// Components that may read a key of MirrorMaker 2: without a prefix, after a flow, after a cluster. The first that
/// knows the key owns it; if none does, the first of the list.
const MIRROR_ALONE: &[Component] = &[
    Component::MM2,
    Component::MM2_SOURCE,
    Component::MM2_CHECKPOINT,
    Component::MM2_HEARTBEAT,
    Component::CONNECT_DISTRIBUTED,
];
const MIRROR_FLOW: &[Component] =
    &[Component::MM2_SOURCE, Component::MM2_CHECKPOINT, Component::MM2_HEARTBEAT];
const MIRROR_CLUSTER: &[Component] = &[
    Component::MM2_CLIENT,
    Component::CONNECT_DISTRIBUTED,
    Component::ADMIN,
    Component::CONSUMER,
    Component::PRODUCER,
];

/// The first that knows the key: in the newest release, else in any; the first of all where none does. Older
/// releases of MirrorMaker 2 had all keys of its connectors in one list, so they decide less.
fn reader(key: &str, readers: &[Component]) -> Option<Component> {
    let newest = kafka_upgrade_catalog::newest();
    let now = |component: &&Component| kafka_upgrade_catalog::definition(**component, key, newest).is_some();
    let ever = |component: &&Component| is_key_of(**component, key);
    readers.iter().find(now).or_else(|| readers.iter().find(ever)).or_else(|| readers.first()).copied()
}

const fn is_worker_storage(part: &str) -> bool {
    matches!(part.as_bytes(), b"topic" | b"partitions" | b"replication.factor" | b"file.filename")
}

fn worker_prefix(key: &str, component: Component) -> (usize, Option<Component>) {
    let storage = ["config.storage.", "offset.storage.", "status.storage."];
    for start in storage {
        // Behind these stand Connect's own few keys, and settings of the topic that it creates.
        if let Some(rest) = key.strip_prefix(start)
            && !is_worker_storage(rest)
        {
            return (start.len(), Some(Component::TOPIC));
        }
    }
    for start in ["listeners.https.", "admin.listeners.https."] {
        if key.starts_with(start) {
            return (start.len(), Some(component));
        }
    }
    (0, Some(component))
}

fn is_connect(component: Component) -> bool {
    matches!(
        component,
        Component::CONNECT_DISTRIBUTED
            | Component::CONNECT_STANDALONE
            | Component::CONNECTOR_SOURCE
            | Component::CONNECTOR_SINK
            | Component::MM2_SOURCE
            | Component::MM2_CHECKPOINT
            | Component::MM2_HEARTBEAT
    )
}

fn connect_plugins(settings: &[Setting]) -> Plugins {
    let mut plugins = Plugins::default();
    for name in [
        "key.converter",
        "value.converter",
        "header.converter",
        "internal.key.converter",
        "internal.value.converter",
    ] {
        let json =
            last(settings, name).is_some_and(|class| class == "org.apache.kafka.connect.json.JsonConverter");
        plugins.add(format!("{name}."), json.then_some(Component::JSON_CONVERTER));
    }
    // The last of equal keys counts.
    let values: BTreeMap<&str, &str> =
        settings.iter().map(|setting| (setting.key.as_str(), setting.value.trim())).gather();
    for (family, names) in [("transforms", "smt."), ("predicates", "smt.predicates.")] {
        for alias in last(settings, family).unwrap_or_default().split(',').map(str::trim) {
            if alias.is_empty() {
                continue;
            }
            let class = values.get(&*format!("{family}.{alias}.type")).copied().unwrap_or_default();
            // org.apache.kafka.connect.transforms.MaskField$Value and the short form MaskField$Value.
            let own = class.strip_prefix("org.apache.kafka.connect.transforms.").unwrap_or(class);
            let own = own.strip_prefix("predicates.").unwrap_or(own);
            let own = own.split('$').next().unwrap_or_default();
            plugins.add(format!("{family}.{alias}."), Component::parse(&format!("{names}{own}")));
        }
    }
    plugins
}

fn streams(key: &str) -> (usize, Option<Component>) {
    for start in ["main.consumer.", "restore.consumer.", "global.consumer."] {
        if key.starts_with(start) {
            return (start.len(), Some(Component::CONSUMER));
        }
    }
    for (start, component) in CLIENTS.into_iter().chain([("topic.", Component::TOPIC)]) {
        if key.starts_with(start) {
            return (start.len(), Some(component));
        }
    }
    (0, reader(key, &[Component::STREAMS, Component::CONSUMER, Component::PRODUCER, Component::ADMIN]))
}
