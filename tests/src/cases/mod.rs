//! Configurations to ask real Kafka about, the same ones at each run.
//!
//! Three kinds: every value of [`values`] for every key that the catalog's release has, on top of the component's
//! first base; every base as it stands and with each of its keys left out; and bases with a few keys changed, most
//! of them to the alternatives of `relations`, so that keys that depend on each other meet from both sides.
//!
//! What is *not* here: how Kafka answers them (`verdicts`). Invariant: the cases of a component at a release follow
//! from what the catalog has of that release alone, so that a further release leaves all older ones as they are.

mod bases;
mod mix;
mod relations;
mod values;

use std::collections::BTreeMap;

use kafka_upgrade_catalog::{Component, Definition, Release, definitions};

use mix::Mix;
use relations::Relation;

/// One configuration.
pub type Settings = BTreeMap<String, String>;

/// Configurations that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The key whose values are tried, after the base where there are several; or the base that is changed.
    pub name: String,
    /// Each of them.
    pub cases: Vec<Settings>,
}

/// How often the bases of a component are changed at random.
const CHANGED: usize = 600;
/// The same for brokers, whose keys depend on each other most.
const CHANGED_BROKERS: usize = 1500;

/// Every case of a component at a release; none where there is nothing to ask.
#[must_use]
pub fn groups(component: Component, release: Release) -> Vec<Group> {
    let definitions: Vec<Definition> = definitions(component, release).collect();
    if definitions.is_empty() {
        return Vec::new();
    }
    let bases = bases::of(component, release);
    let relations = relations::of(component);
    let mut groups = Vec::new();
    for (prefix, base) in bases::of_values(component, release) {
        groups.extend(definitions.iter().map(|definition| of_key(prefix, &base, definition)));
    }
    for (name, base) in &bases {
        groups.push(left_out(name, base));
        groups.push(changed(component, name, base, &definitions, &relations));
    }
    groups
}

/// A number that differs when any case does.
#[must_use]
pub fn fingerprint(groups: &[Group]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for group in groups {
        add(&group.name);
        for case in &group.cases {
            add("");
            for (key, value) in case {
                add(key);
                add(value);
            }
        }
    }
    hash
}

/// The base without the key, then with each of its values.
fn of_key(prefix: &str, base: &Settings, definition: &Definition) -> Group {
    let mut without = base.clone();
    without.remove(definition.key);
    let with = values::of(definition).into_iter().map(|value| {
        let mut settings = base.clone();
        settings.insert(definition.key.to_owned(), value);
        settings
    });
    Group { name: format!("{prefix}{}", definition.key), cases: with.chain([without.clone()]).collect() }
}

/// The base, then the base without each of its keys.
fn left_out(name: &str, base: &Settings) -> Group {
    let mut cases = vec![base.clone()];
    for key in base.keys() {
        let mut settings = base.clone();
        settings.remove(key);
        cases.push(settings);
    }
    Group { name: format!("without:{name}"), cases }
}

/// The base with one to four keys changed.
fn changed(
    component: Component,
    name: &str,
    base: &Settings,
    definitions: &[Definition],
    relations: &[Relation],
) -> Group {
    let count = match component {
        Component::BROKER => CHANGED_BROKERS,
        _ if relations.is_empty() => 20 * definitions.len(),
        _ => CHANGED,
    };
    let mut mix = Mix::seeded(name);
    let cases = (0..count).map(|_| {
        let mut settings = base.clone();
        for _ in 0..1 + mix.below(4) {
            change(&mut settings, definitions, relations, &mut mix);
        }
        settings
    });
    Group { name: format!("changed:{name}"), cases: cases.collect() }
}

fn change(settings: &mut Settings, definitions: &[Definition], relations: &[Relation], mix: &mut Mix) {
    match mix.below(8) {
        0 => {
            let at = mix.below(settings.len().max(1));
            if let Some(key) = settings.keys().nth(at).cloned() {
                settings.remove(&key);
            }
        }
        1 | 2 => set_any(settings, definitions, mix),
        _ => match mix.pick(relations) {
            None => set_any(settings, definitions, mix),
            Some(relation) => match mix.pick(&relation.alternatives).copied().flatten() {
                Some(value) => drop(settings.insert(relation.key.to_owned(), value.to_owned())),
                None => drop(settings.remove(relation.key)),
            },
        },
    }
}

fn set_any(settings: &mut Settings, definitions: &[Definition], mix: &mut Mix) {
    let Some(definition) = mix.pick(definitions) else { return };
    if let Some(value) = mix.pick(&values::of(definition)) {
        settings.insert(definition.key.to_owned(), value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_release_has_the_same_cases_again() {
        let release = Release::new(4, 0, 2);
        let of = |component| fingerprint(&groups(component, release));
        assert_eq!(of(Component::PRODUCER), of(Component::PRODUCER));
        assert_ne!(of(Component::PRODUCER), of(Component::CONSUMER));
    }

    #[test]
    fn every_key_of_the_release_has_a_group_of_its_own() {
        let release = Release::new(3, 9, 2);
        let groups = groups(Component::TOPIC, release);
        for definition in definitions(Component::TOPIC, release) {
            assert!(groups.iter().any(|group| group.name == definition.key), "{}", definition.key);
        }
    }
}
