//! Keys that depend on each other, with the values that matter for it: one file a component.
//!
//! A line is a key, a colon and the alternatives, separated by ` | `; `(absent)` leaves the key out and `(empty)` is
//! the empty value.

use kafka_upgrade_catalog::Component;

/// A key and what it may be; `None` leaves it out.
pub(super) struct Relation {
    pub(super) key: &'static str,
    pub(super) alternatives: Vec<Option<&'static str>>,
}

macro_rules! files {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("relations/", $name, ".txt")))),*] };
}

const FILES: &[(&str, &str)] = files! {
    "admin" "broker" "client-metrics" "connect-distributed" "connect-standalone" "connector-sink" "connector-source"
    "consumer" "group" "mm2" "mm2-checkpoint" "mm2-client" "mm2-heartbeat" "mm2-source" "producer" "streams" "topic"
};

/// The component's; none for one whose keys stand for themselves.
pub(super) fn of(component: Component) -> Vec<Relation> {
    let text = FILES.iter().find(|(name, _)| *name == component.name()).map_or("", |(_, text)| *text);
    text.lines().filter_map(|line| line.split_once(": ")).map(relation).collect()
}

fn relation((key, alternatives): (&'static str, &'static str)) -> Relation {
    let alternatives = alternatives.split(" | ").map(|text| match text {
        "(absent)" => None,
        "(empty)" => Some(""),
        text => Some(text),
    });
    Relation { key, alternatives: alternatives.collect() }
}
