//! Releases, API versions, metadata versions and features.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Facts, Number, Releases};
use crate::eras::eras;
use crate::strings::declare;

/// Tables `RELEASES` (all) and `RECORDED` (those with facts of their own).
pub(crate) fn releases(releases: &Releases) -> String {
    let known: Vec<String> = releases
        .known
        .iter()
        .map(|(number, date)| {
            let date = date.as_ref().map_or("None".to_owned(), |date| format!("Some({date:?})"));
            format!("({}, {date}, {})", release(*number), stand_in(*number, &releases.facts))
        })
        .collect();
    let recorded: Vec<String> = releases
        .facts
        .iter()
        .map(|facts| {
            let java =
                |part: &str| facts.java.get(part).or(facts.java.get("broker")).copied().unwrap_or_default();
            format!(
                "Recorded {{ release: {}, java_servers: {}, java_clients: {}, scala: &{:?} }}",
                release(facts.number),
                java("broker"),
                java("clients"),
                facts.scala
            )
        })
        .collect();
    declare("RELEASES", "(Release, Option<&str>, u8)", &known) + &declare("RECORDED", "Recorded", &recorded)
}

fn release((major, minor, patch): Number) -> String {
    format!("Release::new({major}, {minor}, {patch})")
}

/// Index of the release whose facts speak for this one: itself, or the nearest patch of the same minor.
fn stand_in(number: Number, facts: &[Facts]) -> usize {
    facts
        .iter()
        .enumerate()
        .min_by_key(|(_, other)| {
            let minors = (i32::from(other.number.0) - i32::from(number.0)).abs() * 100
                + (i32::from(other.number.1) - i32::from(number.1)).abs();
            (minors, (i32::from(other.number.2) - i32::from(number.2)).abs())
        })
        .map_or(0, |(at, _)| at)
}

/// Tables `APIS`, `METADATA_VERSIONS`, `FEATURES`: one row an era.
pub(crate) fn tables(facts: &[Facts]) -> String {
    let keys: BTreeSet<u16> = facts.iter().flat_map(|facts| facts.apis.iter().map(|api| api.key)).collect();
    let mut apis = Vec::new();
    for key in keys {
        for era in eras(facts.iter().map(|facts| facts.apis.iter().find(|api| api.key == key).cloned())) {
            let api = era.value;
            let listens = |name: &str| api.listeners.iter().any(|listener| listener == name);
            apis.push(format!(
                "ApiRow {{ api: Api {{ key: {key}, name: {:?}, min: {}, max: {}, stable_max: {}, on_brokers: {}, on_controllers: {} }}, first: {}, last: {} }}",
                api.name, api.min, api.max, api.stable_max,
                api.listeners.is_empty() || listens("broker") || listens("zk_broker"), listens("controller"), era.first, era.last
            ));
        }
    }
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for facts in facts {
        for version in &facts.metadata_versions {
            let order = names.len();
            names.entry(&version.name).or_insert(order);
        }
    }
    let mut names: Vec<(&str, usize)> = names.into_iter().collect();
    names.sort_by_key(|(_, order)| *order);
    let mut versions = Vec::new();
    for (name, _) in names {
        let found = facts
            .iter()
            .map(|facts| facts.metadata_versions.iter().find(|version| version.name == name).cloned());
        for era in eras(found) {
            let version = era.value;
            versions.push(format!(
                "MetadataRow {{ version: MetadataVersion {{ level: {}, name: {name:?}, changed: {}, production: {}, minimum: {} }}, first: {}, last: {} }}",
                version.level, version.changed, version.production, version.minimum, era.first, era.last
            ));
        }
    }
    let levels: BTreeSet<(&str, u16)> = facts
        .iter()
        .flat_map(|facts| facts.features.iter().map(|feature| (feature.name.as_str(), feature.level)))
        .collect();
    let mut features = Vec::new();
    for (name, level) in levels {
        let found = facts.iter().map(|facts| {
            facts.features.iter().find(|feature| feature.name == name && feature.level == level).cloned()
        });
        for era in eras(found) {
            let needs: Vec<(&str, u16)> =
                era.value.needs.iter().map(|(name, level)| (name.as_str(), *level)).collect();
            features.push(format!(
                "FeatureRow {{ feature: Feature {{ name: {name:?}, level: {level}, bootstrap: {:?}, needs: &{needs:?}, production: {} }}, first: {}, last: {} }}",
                era.value.bootstrap, era.value.production, era.first, era.last
            ));
        }
    }
    declare("APIS", "ApiRow", &apis)
        + &declare("METADATA_VERSIONS", "MetadataRow", &versions)
        + &declare("FEATURES", "FeatureRow", &features)
}
