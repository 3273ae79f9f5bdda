//! All keys of a program with their values, as one prints them in the form of a file.
//!
//! What is *not* here: what Kafka's own tools and logs print (`live`).

use kafka_upgrade_catalog::{self as catalog, Component, Default as Preset};

use crate::Setting;

/// So many keys without a value are in what a program prints of all of its keys, and hardly in a file.
const MIN_NULLS: usize = 3;

/// Keeps of all keys that a program printed as `key=value` those that somebody set; whether the settings are such.
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
