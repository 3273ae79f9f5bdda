//! Rules: what a finding is found by, its id, and the family that it counts for.
//!
//! Here, and nowhere else, ids of computed rules are put together and taken apart. What is *not* here: when a rule
//! applies, and what explains it (`explanation`). Invariant: `Rule::parse(rule.id())` is the rule again, but for
//! failures.

use crate::note;

/// What a finding is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A note, whether data or code decides when it applies.
    Note(&'static str),
    /// Something about texts, clients, failures or the upgrade path, whose id is always the same.
    Fixed(&'static str),
    /// Computed from facts about something, with its whole id: `removed-class-kafka-zk-client`.
    Computed(Computed, String),
}

/// What a computed rule says of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Computed {
    /// Releases had it, and the target has not.
    Removed(Thing),
    /// It is still there, and will go.
    Deprecated(Thing),
    /// The default of a key that is not set changes.
    ChangedDefault,
    /// The target's own validation refuses the value of a key.
    RefusedValue,
    /// The target's own validation refuses that a key is missing.
    Requires,
    /// The key is gone, and what took its place is set beside it.
    LeftOver,
    /// No release knows the key, and one slip of the keyboard away there is one.
    UnknownSetting,
    /// No release's tool has the option, and one slip of the keyboard away there is one.
    UnknownOption,
    /// A program failed with a text that is explained.
    Failure,
}

/// Something that releases have or lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A key of a configuration.
    Setting,
    /// A class, interface, enum or trait.
    Class,
    /// A method, constructor or field.
    Member,
    /// A package.
    Package,
    /// A logger that is named after a class.
    Logger,
    /// A tool.
    Tool,
    /// An option of a tool.
    Option,
}

/// Rules that are counted as one check of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Clients and brokers that could be judged.
    KnownClientsAndBrokers,
    /// Failures that programs printed.
    Failures,
    /// Classes and members that code uses.
    Code,
    /// Tools and their options.
    Tools,
    /// Settings that are gone.
    RemovedSettings,
    /// Defaults under keys that are not set.
    ChangedDefaults,
    /// Settings that will go.
    DeprecatedSettings,
    /// Values that the target refuses.
    RefusedValues,
    /// Settings that the target requires.
    RequiredSettings,
    /// Settings that nothing knows.
    MisspelledSettings,
    /// Whether texts can be read.
    ReadableTexts,
    /// The upgrade path itself.
    Path,
}

impl Thing {
    /// What it is called.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::Class => "class",
            Self::Member => "member",
            Self::Package => "package",
            Self::Logger => "logger",
            Self::Tool => "tool",
            Self::Option => "option",
        }
    }
}

/// Things by the word that an id has for them, settings last: they have none.
const THINGS: [(Thing, &str); 7] = [
    (Thing::Class, "class-"),
    (Thing::Member, "member-"),
    (Thing::Package, "package-"),
    (Thing::Logger, "logger-"),
    (Thing::Tool, "tool-"),
    (Thing::Option, "option-"),
    (Thing::Setting, ""),
];

/// Sorts of rules that are about one sort of thing, by what their ids begin with.
const SORTS: [(Computed, &str); 7] = [
    (Computed::ChangedDefault, "changed-default-"),
    (Computed::RefusedValue, "refused-value-"),
    (Computed::Requires, "requires-"),
    (Computed::LeftOver, "left-over-"),
    (Computed::UnknownSetting, "unknown-setting-"),
    (Computed::UnknownOption, "unknown-option-"),
    (Computed::Failure, FAILURE),
];

impl Rule {
    /// The rule that says this of something, whose name is given in kebab case.
    #[must_use]
    pub fn computed(computed: Computed, name: &str) -> Self {
        let (word, thing) = computed.beginning();
        debug_assert!(!word.is_empty(), "{computed:?} has no id");
        Self::Computed(computed, [word, thing, name].concat())
    }

    /// The rule of an id; `None` where no rule can have it. Of what a computed one speaks is not looked up.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        if let Some(note) = note(id) {
            return Some(Self::Note(note.id));
        }
        let mut fixed = FIXED.iter().flat_map(|(_, ids)| *ids);
        if let Some(known) = fixed.find(|known| **known == id) {
            return Some(Self::Fixed(known));
        }
        let of_thing =
            |rest: &str| THINGS.iter().find(|(_, word)| rest.starts_with(word)).map(|(thing, _)| *thing);
        let computed = if let Some(rest) = id.strip_prefix(REMOVED) {
            of_thing(rest).map(Computed::Removed)
        } else if let Some(rest) = id.strip_prefix(DEPRECATED) {
            of_thing(rest).map(Computed::Deprecated)
        } else {
            SORTS.iter().find(|(_, word)| id.starts_with(word)).map(|(computed, _)| *computed)
        };
        computed.map(|computed| Self::Computed(computed, id.to_owned()))
    }

    /// As reports and `explain` have it.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Note(id) | Self::Fixed(id) => id,
            Self::Computed(_, id) => id,
        }
    }

    /// The same, owned.
    #[must_use]
    pub fn into_id(self) -> String {
        match self {
            Self::Note(id) | Self::Fixed(id) => id.to_owned(),
            Self::Computed(_, id) => id,
        }
    }

    /// What it counts for; a note counts for itself.
    #[must_use]
    pub fn family(&self) -> Option<Family> {
        match self {
            Self::Note(_) => None,
            Self::Fixed(id) if id.starts_with(FAILURE) => Some(Family::Failures),
            Self::Fixed(id) => FIXED.iter().find(|(_, ids)| ids.contains(id)).map(|(family, _)| *family),
            Self::Computed(computed, _) => Some(computed.family()),
        }
    }
}

impl From<&'static str> for Rule {
    fn from(id: &'static str) -> Self {
        Self::Fixed(id)
    }
}

const REMOVED: &str = "removed-";
const DEPRECATED: &str = "deprecated-";
/// What ids of failures begin with.
pub(crate) const FAILURE: &str = "failure-";

/// A text of another program.
pub const NOT_KAFKA: &str = "not-kafka";
/// A file that nothing places.
pub const UNKNOWN_FILE: &str = "unknown-file";
/// A text that Kafka refuses as a whole.
pub const UNREADABLE_TEXT: &str = "unreadable-text";
/// A text that can be read, but most likely not as it was meant.
pub const DOUBTFUL_TEXT: &str = "doubtful-text";
/// The target is older than the source.
pub const BACKWARDS: &str = "backwards";
/// No upgrade path leads from the source to the target.
pub const NO_PATH: &str = "no-way";
/// A release that the catalog does not have.
pub const UNKNOWN_RELEASE: &str = "unknown-release";
/// A client of which nobody knows whether the target serves it.
pub const UNKNOWN_CLIENT: &str = "unknown-client";
/// Brokers of which nobody knows whether they can go to the target.
pub const UNKNOWN_BROKERS: &str = "unknown-state-of-brokers";
/// A client that the target refuses, as the release that runs now does.
pub const REFUSED_CLIENT: &str = "refused-client";
/// A failure that nothing here explains.
pub const UNKNOWN_FAILURE: &str = "failure-not-known";

/// Rules whose ids are always the same.
pub(crate) const FIXED: [(Family, &[&str]); 4] = [
    (Family::KnownClientsAndBrokers, &[UNKNOWN_CLIENT, UNKNOWN_BROKERS, REFUSED_CLIENT]),
    (Family::ReadableTexts, &[NOT_KAFKA, UNKNOWN_FILE, UNREADABLE_TEXT, DOUBTFUL_TEXT]),
    (Family::Path, &[BACKWARDS, NO_PATH, UNKNOWN_RELEASE]),
    (Family::Failures, &[UNKNOWN_FAILURE]),
];

impl Computed {
    /// What an id of it begins with: its word, and that of the thing.
    pub(crate) fn beginning(self) -> (&'static str, &'static str) {
        let of = |thing: Thing| THINGS.iter().find(|(one, _)| *one == thing).map_or("", |(_, word)| word);
        match self {
            Self::Removed(thing) => (REMOVED, of(thing)),
            Self::Deprecated(thing) => (DEPRECATED, of(thing)),
            _ => (SORTS.iter().find(|(one, _)| *one == self).map_or("", |(_, word)| word), ""),
        }
    }

    const fn family(self) -> Family {
        match self {
            Self::Removed(Thing::Setting) | Self::LeftOver => Family::RemovedSettings,
            Self::Deprecated(Thing::Setting) => Family::DeprecatedSettings,
            Self::Removed(Thing::Tool | Thing::Option)
            | Self::Deprecated(Thing::Tool | Thing::Option)
            | Self::UnknownOption => Family::Tools,
            Self::Removed(_) | Self::Deprecated(_) => Family::Code,
            Self::ChangedDefault => Family::ChangedDefaults,
            Self::RefusedValue => Family::RefusedValues,
            Self::Requires => Family::RequiredSettings,
            Self::UnknownSetting => Family::MisspelledSettings,
            Self::Failure => Family::Failures,
        }
    }
}

/// What a family looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Any text, whatever it is.
    Always,
    /// Files whose component is known.
    Settings,
    /// What is used.
    Code,
}

impl Family {
    /// Every family, in the order of the enum.
    pub const ALL: [Self; 12] = [
        Self::KnownClientsAndBrokers,
        Self::Failures,
        Self::Code,
        Self::Tools,
        Self::RemovedSettings,
        Self::ChangedDefaults,
        Self::DeprecatedSettings,
        Self::RefusedValues,
        Self::RequiredSettings,
        Self::MisspelledSettings,
        Self::ReadableTexts,
        Self::Path,
    ];

    /// The id of its check in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::KnownClientsAndBrokers => "known-clients-and-brokers",
            Self::Failures => "failures",
            Self::Code => "code",
            Self::Tools => "tools",
            Self::RemovedSettings => "removed-settings",
            Self::ChangedDefaults => "changed-defaults",
            Self::DeprecatedSettings => "deprecated-settings",
            Self::RefusedValues => "refused-values",
            Self::RequiredSettings => "required-settings",
            Self::MisspelledSettings => "misspelled-settings",
            Self::ReadableTexts => "readable-texts",
            Self::Path => "way",
        }
    }

    /// What has to be there for it to have run.
    #[must_use]
    pub const fn looks(self) -> Looks {
        match self {
            Self::KnownClientsAndBrokers | Self::Failures | Self::ReadableTexts | Self::Path => Looks::Always,
            Self::Code | Self::Tools => Looks::Code,
            _ => Looks::Settings,
        }
    }
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_sorted::Sorted as _;

    use super::*;

    fn things() -> impl Iterator<Item = Thing> {
        THINGS.into_iter().map(|(thing, _)| thing)
    }

    #[test]
    fn a_rule_is_found_again_from_its_id() {
        let of_things = things().flat_map(|thing| [Computed::Removed(thing), Computed::Deprecated(thing)]);
        for computed in of_things.chain(SORTS.into_iter().map(|(computed, _)| computed)) {
            let rule = Rule::computed(computed, "some-name");
            assert_eq!(Rule::parse(rule.id()), Some(rule));
        }
        for note in crate::notes() {
            assert_eq!(Rule::parse(note.id), Some(Rule::Note(note.id)));
        }
        for id in FIXED.iter().flat_map(|(_, ids)| *ids) {
            assert_eq!(Rule::parse(id), Some(Rule::Fixed(id)));
            assert!(Rule::Fixed(id).family().is_some(), "{id}");
        }
        assert_eq!(Rule::parse("zookeeper.connect"), None);
    }

    #[test]
    fn families_are_listed_in_their_order_and_have_ids_of_their_own() {
        let mut ids: Vec<_> = Family::ALL.iter().map(|family| family.id()).collect();
        assert!(Family::ALL.iter().enumerate().all(|(at, family)| *family as usize == at));
        ids.order();
        ids.dedup();
        assert_eq!(ids.len(), Family::ALL.len());
    }
}
