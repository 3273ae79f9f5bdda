//! What is judged: the files as they were read, and the upgrade path.
//!
//! What is *not* here: judgement. Lookups only, over what `input` read.

use kafka_upgrade_catalog::clients::{Decides, ProductKind};
use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::{Observed, UsageKind};
use kafka_upgrade_report::{Mode, Severity};

pub use crate::checked_file::CheckedFile;
use crate::inventory::Inventory;
pub use crate::mentions::Mentions;
use crate::notes::{ChangeKind, Note};
use crate::place::Location;
use crate::platform::Running;

/// Everything that one request is about.
#[derive(Debug)]
pub struct Upgrade<'a> {
    /// In the order of the request, each before its parts.
    pub files: Vec<CheckedFile<'a>>,
    /// What runs, as the files name it.
    pub inventory: Inventory,
    /// Release that runs now, stated or detected.
    pub from: Option<Release>,
    /// Release to get to.
    pub to: Release,
    /// How the cluster keeps its metadata now, stated or detected.
    pub mode: Option<Mode>,
    /// Whether nothing here shows that mode, and of the clusters that are judged apart some have the other one.
    pub mode_in_doubt: bool,
    /// How its brokers are run, stated or detected; on machines where nothing shows it.
    pub running: Running,
    /// Where the files name what failures are about.
    pub mentions: Mentions,
}

impl Upgrade<'_> {
    /// Whether the upgrade path crosses the release in which something changed. Never when `from` is the target.
    pub fn crosses(&self, since: Release) -> bool {
        since <= self.to && self.from.is_none_or(|from| from < since)
    }

    /// Whether the release that runs now already has a change, and there is an upgrade to the target.
    pub fn has_already(&self, since: Release) -> bool {
        self.from.is_some_and(|from| since <= from && from < self.to)
    }

    /// Whether what a note reports happens on the upgrade path, and still holds at its end.
    pub fn crosses_note(&self, note: &Note) -> bool {
        self.crosses(note.since) && note.until.is_none_or(|until| self.to < until)
    }

    /// Whether a tool, class or member that a note names is gone from the release that runs now and from the target:
    /// whoever uses it is broken as it stands.
    pub fn is_gone_already(&self, note: &Note) -> bool {
        matches!(note.kind, ChangeKind::Removed | ChangeKind::Renamed | ChangeKind::Refused)
            && note.severity == Severity::Error
            && self.has_already(note.since)
            && note.until.is_none_or(|until| self.to < until)
    }

    /// Whether a note is about the mode that runs, or that is not known.
    pub fn is_of_mode(&self, note: &Note) -> bool {
        note.mode.is_none() || self.mode.is_none() || note.mode == self.mode
    }

    /// Whether any file is of a component that a note is about.
    pub fn concerns(&self, note: &Note) -> bool {
        self.files.iter().any(|read| {
            read.component.is_some_and(|component| {
                note.components
                    .iter()
                    .any(|name| *name == component.name() || (*name == "controller" && read.is_broker()))
            })
        })
    }

    /// Whether something of a component is there: a file that configures it, or its program by name.
    pub fn has(&self, component: Component) -> bool {
        let kind = match component {
            Component::BROKER => ProductKind::Broker,
            Component::PRODUCER | Component::CONSUMER | Component::ADMIN => ProductKind::Client,
            Component::STREAMS => ProductKind::Streams,
            Component::CONNECT_DISTRIBUTED | Component::CONNECT_STANDALONE => ProductKind::Connect,
            _ => return self.files.iter().any(|read| read.component == Some(component)),
        };
        // What Kafka says of its clients it says of its own.
        let of_kind = |kind| {
            let items = self.inventory.of_kind(kind);
            items
                .into_iter()
                .any(|item| item.product.is_some_and(|product| product.decides == Decides::Kafka))
        };
        let carried =
            kind == ProductKind::Broker && self.inventory.of_kind(ProductKind::Distribution).next().is_some();
        carried || self.files.iter().any(|read| read.component == Some(component)) || of_kind(kind)
    }

    /// What the files show of clusters and programs that run.
    pub fn observations(&self) -> impl Iterator<Item = &Observed> {
        self.files.iter().flat_map(|read| &read.document.observations)
    }

    /// The finalised levels of a feature that the files show, as they are written.
    pub fn levels_of(&self, feature: &str) -> impl Iterator<Item = &str> {
        self.observations().filter_map(move |one| one.what.level_of(feature))
    }

    /// Whether any file uses classes, options, metrics or libraries.
    pub fn uses_anything(&self) -> bool {
        self.files
            .iter()
            .any(|read| !read.document.usages.is_empty() || !read.document.dependencies.is_empty())
    }

    /// Which library brings along what is there; empty where only that it is brought along is known.
    pub fn brought_by(&self, place: Location) -> Option<&str> {
        self.files.get(place.file?)?.document.shared.transitive_by(place.span?)
    }

    /// Whether a command in any file sets a Java system property.
    fn sets_property(&self, property: &str) -> bool {
        let usages = self.files.iter().flat_map(|read| &read.document.usages);
        usages.into_iter().any(|usage| usage.kind == UsageKind::SystemProperty && usage.name == property)
    }

    /// Whether a note is about this file, leaving its keys and values aside.
    pub fn applies(&self, note: &Note, read: &CheckedFile<'_>, component: Component) -> bool {
        let of_component = note.components.iter().any(|name| match *name {
            "controller" => component == Component::BROKER && read.roles.controller,
            "broker" => component == Component::BROKER && read.roles.broker,
            name => component.name() == name,
        });
        of_component
            && self.is_of_mode(note)
            && note.unless.iter().all(|key| read.setting(component, key).is_none())
            && !note.unless_property.is_some_and(|property| self.sets_property(property))
            && note.when.iter().all(|(key, values)| {
                read.setting(component, key).is_some_and(|setting| has_value(values, &setting.value))
            })
    }
}

/// Whether a note is about this value.
pub fn fits(note: &Note, value: &str) -> bool {
    (note.values.is_empty() || has_value(note.values, value)) && !has_value(note.except, value)
}

/// Whether a value is one of those, without regard to case and blanks around it; `*` is any, `*x*` any with `x` in it.
pub fn has_value(values: &[&str], value: &str) -> bool {
    values.iter().any(|one| {
        let inner = one.strip_prefix('*').and_then(|rest| rest.strip_suffix('*'));
        *one == "*"
            || one.eq_ignore_ascii_case(value.trim())
            || inner.is_some_and(|inner| value.contains(inner))
    })
}
