//! Files as people have them, from the least that a component needs to a whole one.
//!
//! A component without a file of its own (transforms, predicates) starts from nothing but what it requires.

use kafka_upgrade_catalog::{Component, Default, Release, definitions};

use super::Settings;

macro_rules! files {
    ($($component:literal $name:literal)*) => {
        &[$(($component, $name, include_str!(concat!("bases/", $component, "-", $name, ".properties")))),*]
    };
}

/// Component, name and text; the first of a component is the one that every value is tried on.
const FILES: &[(&str, &str, &str)] = files! {
    "broker" "combined"
    "broker" "broker"
    "broker" "controller"
    "broker" "migrating"
    "broker" "tiered"
    "broker" "tls"
    "broker" "zookeeper"
    "topic" "minimal"
    "topic" "compacted"
    "topic" "tiered"
    "group" "minimal"
    "group" "consumer"
    "client-metrics" "minimal"
    "producer" "minimal"
    "producer" "exactly-once"
    "producer" "secure"
    "consumer" "minimal"
    "consumer" "classic"
    "consumer" "new-protocol"
    "admin" "minimal"
    "admin" "secure"
    "streams" "minimal"
    "streams" "exactly-once"
    "streams" "simple"
    "connect-distributed" "minimal"
    "connect-distributed" "full"
    "connect-standalone" "minimal"
    "connector-source" "minimal"
    "connector-source" "full"
    "connector-sink" "minimal"
    "connector-sink" "full"
    "mm2-source" "minimal"
    "mm2-checkpoint" "minimal"
    "mm2-heartbeat" "minimal"
    "mm2-client" "minimal"
    "mm2" "minimal"
    "mm2" "full"
    "json-converter" "minimal"
    "remote-log-metadata" "minimal"
};

/// Every base of the component, by name.
pub(super) fn of(component: Component, release: Release) -> Vec<(&'static str, Settings)> {
    let files = FILES.iter().filter(|(of, _, _)| *of == component.name());
    let found: Vec<_> = files.map(|(_, name, text)| (*name, settings(text))).collect();
    if found.is_empty() { vec![("required", required(component, release))] } else { found }
}

/// The bases on which every value is tried, with what their groups' names start with.
pub(super) fn of_values(component: Component, release: Release) -> Vec<(&'static str, Settings)> {
    let mut bases = of(component, release);
    let others = bases.split_off(1.min(bases.len()));
    let zookeeper =
        others.into_iter().find(|(name, _)| *name == "zookeeper" && release < Release::new(4, 0, 0));
    let first = bases.into_iter().map(|(_, settings)| ("", settings));
    first.chain(zookeeper.map(|(_, settings)| ("zookeeper:", settings))).collect()
}

/// The required keys of the release, with values that suit most keys.
fn required(component: Component, release: Release) -> Settings {
    let needed = definitions(component, release).filter(|definition| definition.default == Default::Required);
    needed.map(|definition| (definition.key.to_owned(), suits(definition.key).to_owned())).collect()
}

fn suits(key: &str) -> &'static str {
    match key {
        "spec" => "a:int32",
        "target.type" => "string",
        "operation" => "copy",
        _ => "a",
    }
}

/// Lines of `key=value`, no escapes: what has to be escaped is no matter of these files.
fn settings(text: &str) -> Settings {
    let lines = text.lines().filter_map(|line| line.split_once('='));
    lines.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}
