//! All keys of a program with their values, as one prints them in the form of a file.
//!
//! What is *not* here: what Kafka's own tools and logs print (`live`).

use kafka_upgrade_catalog::{self as catalog, Component, Default as Preset};

use crate::Setting;

/// Programs that print all of their keys print at least this many without a value; a file hardly has so many.
const MIN_NULLS: usize = 3;

/// Keeps only the settings that somebody changed, if a program printed all of its keys as `key=value`; returns
/// whether one did.
pub(crate) fn keep_set(component: Component, settings: &mut Vec<Setting>) -> bool {
    let is_null = |one: &&Setting| one.value.trim() == "null";
    if settings.iter().filter(is_null).count() < MIN_NULLS {
        return false;
    }
    settings.retain(|one| {
        let is_default = |release| {
            let definition = catalog::definition(component, &one.key, release);
            definition
                .is_some_and(|known| matches!(known.default, Preset::Text(text) if text == one.value.trim()))
        };
        one.value.trim() != "null" && !catalog::minors().any(is_default)
    });
    true
}
