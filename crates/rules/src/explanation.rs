//! What explains a rule: the note that it is, or what is known of what it speaks of.

use kafka_upgrade_catalog as catalog;

use crate::failures::{self, Failure};
use crate::named::{self, Named};
use crate::rule::{Computed, Rule, Thing};
use crate::words::kebab;
use crate::{Note, note};

/// What explains a rule.
#[derive(Debug)]
pub enum Explanation {
    /// A note.
    Note(&'static Note),
    /// What a failure means.
    Failure(&'static Failure),
    /// What releases say of a key.
    Key(&'static str),
    /// Which releases have these.
    Named(Vec<Named>),
    /// A sentence.
    Text(&'static str),
}

impl Rule {
    /// What explains it; `None` where it speaks of nothing that is known.
    #[must_use]
    pub fn explain(&self) -> Option<Explanation> {
        if let Some(failure) = failures::failure(self.id()) {
            return Some(Explanation::Failure(failure));
        }
        match self {
            Self::Note(id) => note(id).map(Explanation::Note),
            Self::Fixed(id) => named::about(id).map(Explanation::Text),
            Self::Computed(computed, id) => {
                let (word, thing) = computed.beginning();
                let name = id.strip_prefix(word)?.strip_prefix(thing)?;
                match computed {
                    Computed::LeftOver => Some(Explanation::Text(named::LEFT_OVER)),
                    Computed::UnknownSetting => Some(Explanation::Text(named::UNKNOWN_SETTING)),
                    Computed::UnknownOption => Some(Explanation::Text(named::UNKNOWN_OPTION)),
                    Computed::Removed(Thing::Setting)
                    | Computed::Deprecated(Thing::Setting)
                    | Computed::ChangedDefault
                    | Computed::RefusedValue
                    | Computed::Requires => {
                        catalog::keys().find(|key| kebab(key) == name).map(Explanation::Key)
                    }
                    Computed::Removed(thing) | Computed::Deprecated(thing) => {
                        let found = named::named(*thing, name);
                        (!found.is_empty()).then_some(Explanation::Named(found))
                    }
                    Computed::Failure => None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_about_a_key_is_explained_by_the_key() {
        let key = |id: &str| match Rule::parse(id)?.explain()? {
            Explanation::Key(key) => Some(key),
            _ => None,
        };
        assert_eq!(key("refused-value-linger-ms"), Some("linger.ms"));
        assert_eq!(key("requires-group-id"), Some("group.id"));
        assert_eq!(key("removed-no-key-of-kafkas"), None);
    }

    #[test]
    fn rules_about_texts_clients_and_the_path_say_what_they_are() {
        for id in crate::rule::FIXED.iter().flat_map(|(_, ids)| *ids) {
            assert!(*id == crate::rule::UNKNOWN_FAILURE || Rule::Fixed(id).explain().is_some(), "{id}");
        }
    }
}
