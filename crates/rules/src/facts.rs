//! What the catalog says, in the questions that rules ask.
//!
//! The catalog has one patch of most minors; a change that its newest patch shows is taken to have come with
//! the first of that minor.

use kafka_upgrade_catalog::{Component, Default, Definition, Release, definitions, facts_of, history};

use crate::near;

include!(concat!(env!("OUT_DIR"), "/facts.rs"));

/// The least `segment.bytes` of a topic from 4.1 on, in bytes. Source: `LogConfig` (KIP-1030).
pub const LEAST_SEGMENT_BYTES: u32 = 1_048_576;

/// A key that is gone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gone {
    /// The last release that knows it.
    pub(crate) last: Release,
    /// The first that does not.
    pub(crate) since: Release,
}

/// Whether a name that a note lists stands for this component.
pub(crate) fn names(component: Component, name: &str) -> bool {
    component.name() == name || (name == "controller" && component == Component::BROKER)
}

/// The first release of which the facts of a recorded one speak: usually the first of its minor.
pub(crate) fn first_like(release: Release) -> Release {
    let at = RECORDED.binary_search_by_key(&release, |(recorded, _)| *recorded).ok();
    at.and_then(|at| RECORDED.get(at)).map_or(release, |(_, first)| *first)
}

/// Whether unknown settings are refused instead of ignored: the cluster stores and validates these.
pub(crate) fn refuses_unknown(component: Component) -> bool {
    matches!(component, Component::TOPIC | Component::GROUP | Component::CLIENT_METRICS)
}

/// Releases with facts of their own, oldest first, each with the first release of which they speak.
pub(crate) fn recorded() -> impl Iterator<Item = &'static (Release, Release)> {
    RECORDED.iter()
}

/// The first release whose facts come after those of a recorded one.
pub(crate) fn after(recorded: Release) -> Option<Release> {
    RECORDED.get(RECORDED.partition_point(|(one, _)| *one <= recorded)).map(|(_, first)| *first)
}

/// The recorded release before another one.
pub(crate) fn before(recorded: Release) -> Option<Release> {
    let place = RECORDED.partition_point(|(one, _)| *one < recorded);
    RECORDED.get(place.checked_sub(1)?).map(|(one, _)| *one)
}

/// When a key went that `at` does not know; `None` when no release before `at` ever knew it.
pub(crate) fn gone(component: Component, key: &str, at: Release) -> Option<Gone> {
    let last = history(component, key).map(|era| era.last).filter(|last| *last < at).max()?;
    Some(Gone { last, since: after(last)? })
}

/// When the default that holds at `at` came, and the definition before it.
pub(crate) fn default_since(component: Component, key: &str, at: Release) -> Option<(Release, Definition)> {
    let mut change = None;
    let mut before: Option<Definition> = None;
    for era in history(component, key).take_while(|era| first_like(era.first) <= at) {
        if let Some(before) = before.filter(|before| differs(before, &era.definition)) {
            change = Some((first_like(era.first), before));
        }
        before = Some(era.definition);
    }
    change
}

/// From when on a key is deprecated that is so at `at`.
pub(crate) fn deprecated_since(component: Component, key: &str, at: Release) -> Option<Release> {
    let mut since = None;
    for era in history(component, key).take_while(|era| first_like(era.first) <= at) {
        since = if era.definition.deprecated { since.or(Some(era.first)) } else { None };
    }
    since.map(first_like)
}

/// The release whose facts stand in for those of a component that `at` did not publish.
pub(crate) fn borrowed(component: Component, at: Release) -> Option<Release> {
    let from = definitions(component, at).next()?.facts_from;
    (from != facts_of(at)).then_some(from)
}

/// The first release that has a key.
pub(crate) fn came(component: Component, key: &str) -> Option<Release> {
    history(component, key).next().map(|era| first_like(era.first))
}

/// Whether a default is another one than before, as far as a reader would notice.
pub(crate) fn differs(old: &Definition, new: &Definition) -> bool {
    match (old.default, new.default) {
        // What is required now is reported as missing, not as a default.
        (Default::Required, _) | (_, Default::Required) => false,
        // Newer releases write an unset default in another way.
        (Default::Null, Default::Text("")) | (Default::Text(""), Default::Null) => false,
        _ if old.machine.is_some() || new.machine.is_some() || new.internal => false,
        (old, new) => old != new,
    }
}

/// Keys of a component whose default is not the same in all releases.
pub(crate) fn varying(component: Component) -> &'static [&'static str] {
    let at = VARYING.binary_search_by(|(name, _)| (*name).cmp(component.name())).ok();
    at.and_then(|at| VARYING.get(at)).map(|(_, keys)| *keys).unwrap_or_default()
}

/// The key of a release that somebody most likely meant.
pub(crate) fn near(component: Component, key: &str, at: Release) -> Option<&'static str> {
    definitions(component, at)
        .filter(|definition| !definition.internal)
        .map(|definition| definition.key)
        .find(|known| near::one_slip_apart(known, key))
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_validate::{Settings, refusals_of_part};

    use super::*;

    #[test]
    fn the_least_segment_of_a_topic_is_that_of_the_validator() {
        let takes = |bytes: u32, release: Release| {
            let value = bytes.to_string();
            let settings: Settings<'_> = [("segment.bytes", value.as_str(), 0)].into_iter().collect();
            refusals_of_part(Component::TOPIC, &settings, release).is_empty()
        };
        let (before, since) = (Release::new(4, 0, 2), Release::new(4, 1, 2));
        assert!(takes(LEAST_SEGMENT_BYTES, since) && !takes(LEAST_SEGMENT_BYTES - 1, since));
        assert!(takes(LEAST_SEGMENT_BYTES - 1, before));
    }
}
