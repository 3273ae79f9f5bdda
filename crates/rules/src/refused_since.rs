//! From which release on keys are refused, kept with a file so that each release is asked once.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Release;

use crate::facts;

/// From which release on keys of one configuration are refused: worked out once, as far as a target has asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct RefusedSince {
    /// The release that runs now, and the keys that it refuses itself.
    start: Option<(Release, BTreeSet<String>)>,
    /// The first release after it that refuses a key.
    first: BTreeMap<String, Release>,
    /// The last release that was asked.
    until: Option<Release>,
}

impl RefusedSince {
    /// Asks every release after `from`, up to `to`, that was not asked before.
    pub(crate) fn ask(&mut self, from: Release, to: Release, refused: impl Fn(Release) -> Vec<String>) {
        if self.start.as_ref().is_none_or(|(release, _)| *release != from) {
            *self = Self { start: Some((from, refused(from).into_iter().collect())), ..Self::default() };
        }
        let after = self.until.unwrap_or(from);
        for (recorded, first) in facts::recorded().filter(|(_, first)| *first > after && *first <= to) {
            for key in refused(*recorded) {
                self.first.entry(key).or_insert(*first);
            }
            self.until = Some(*first);
        }
    }

    /// The first release up to `to` that refuses the key; `None` when the one at the start does already.
    pub(crate) fn since(&self, key: &str, to: Release) -> Option<Release> {
        let at_start = self.start.as_ref().is_some_and(|(_, refused)| refused.contains(key));
        self.first.get(key).copied().filter(|first| !at_start && *first <= to)
    }
}
