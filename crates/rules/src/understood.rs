//! What a release understands of a text that a fix has changed: the keys, classes, options and metrics that are new in
//! it. What is *not* here: which releases are asked, and what follows from it (`safety`).

use std::collections::BTreeSet;

use kafka_upgrade_catalog::{self as catalog, Component, Release, definition, tools};
use kafka_upgrade_document::{Setting, Usage, UsageKind};
use kafka_upgrade_sorted::Gather as _;

use crate::upgrade::CheckedFile;

/// Keys that no configuration class lists, since the reporter of JMX reads them itself (`JmxReporter`, KIP-629), with
/// the release that first has them.
const UNLISTED: &[(&str, Release)] =
    &[("metrics.jmx.exclude", Release::new(2, 7, 0)), ("metrics.jmx.include", Release::new(2, 7, 0))];

/// What an edit adds to a file.
#[derive(Debug)]
pub(crate) struct Added<'r> {
    file: &'r CheckedFile<'r>,
    /// Settings that count and were not there before, with this value.
    settings: Vec<&'r Setting>,
    /// Those of them whose key was not there before either.
    keys: Vec<&'r Setting>,
    usages: Vec<&'r Usage>,
}

impl<'r> Added<'r> {
    /// Compares a file before and after an edit.
    pub(crate) fn between(old: &'r CheckedFile<'r>, new: &'r CheckedFile<'r>) -> Self {
        let said = |one: &'r Setting| (one.prefix.as_str(), one.key.as_str(), one.value.as_str());
        let before = &old.document;
        let had: BTreeSet<_> = before.settings.iter().filter(|one| one.effective).map(said).gather();
        let had_keys: BTreeSet<(&str, &str)> =
            before.settings.iter().map(|one| (one.prefix.as_str(), one.key.as_str())).gather();
        let used: BTreeSet<(UsageKind, &str)> =
            before.usages.iter().map(|one| (one.kind, one.name.as_str())).gather();
        let settings: Vec<&Setting> =
            new.document.settings.iter().filter(|one| one.effective && !had.contains(&said(one))).collect();
        let is_new = |one: &&&Setting| !had_keys.contains(&(one.prefix.as_str(), one.key.as_str()));
        let keys = settings.iter().filter(is_new).copied().collect();
        let usages =
            new.document.usages.iter().filter(|one| !used.contains(&(one.kind, one.name.as_str()))).collect();
        Self { file: new, settings, keys, usages }
    }

    /// Whether it sets anything.
    pub(crate) fn sets(&self) -> bool {
        !self.settings.is_empty()
    }

    /// Whether a release knows all of it, except for keys that it may ignore.
    pub(crate) fn is_understood(
        &self,
        ignored: &BTreeSet<String>,
        since: Option<Release>,
        release: Release,
    ) -> bool {
        let mut keys = self.keys.iter().filter(|one| !ignored.contains(&one.key));
        keys.all(|one| self.knows(one, release))
            && self.settings.iter().all(|one| class_is_there(one.value.trim(), release))
            && self.usages.iter().all(|one| serves(one, since, release))
    }

    fn knows(&self, setting: &Setting, release: Release) -> bool {
        let component = self.file.component_of(setting);
        // A file of MirrorMaker hands on to its connectors what stands there for all of them.
        let also: &[Component] = match component {
            Some(Component::MM2) => &[Component::MM2_SOURCE, Component::MM2_CHECKPOINT],
            _ => &[],
        };
        let known = |one: &Component| definition(*one, &setting.key, release).is_some();
        match UNLISTED.iter().find(|(key, _)| *key == setting.key) {
            Some((_, came)) => *came <= release,
            None => component.iter().chain(also).any(known),
        }
    }
}

/// Whether a value that names a class of Kafka's names one that the release has, as far as any lacks it.
fn class_is_there(value: &str, release: Release) -> bool {
    let life = catalog::any_class(value);
    life.is_none_or(|life| life.has(catalog::facts_of(release)))
}

/// Whether a release has what is used. Of what no table lists it is taken to have come when the old name went.
fn serves(usage: &Usage, since: Option<Release>, release: Release) -> bool {
    let at = catalog::facts_of(release);
    let by_note = || since.is_none_or(|since| since <= release);
    match usage.kind {
        UsageKind::Option => {
            let (script, option) = usage.name.split_once(' ').unwrap_or((usage.name.as_str(), ""));
            let tool = script.trim_end_matches(".sh");
            let Some(life) = tools::tool(tool) else { return by_note() };
            let has = |name: &str| tools::options(tool).any(|(one, life)| one == name && life.has(at));
            life.has(at) && (!option.starts_with("--") || has(option))
        }
        UsageKind::Class => match catalog::any_class(&usage.name) {
            Some(life) => life.has(at),
            None => by_note(),
        },
        UsageKind::Metric if METRICS_IN_NANOSECONDS.iter().any(|name| usage.name.ends_with(name)) => {
            release >= IN_NANOSECONDS
        }
        _ => by_note(),
    }
}

/// Metrics of clients that count nanoseconds, and the release that first has them beside the old ones (KIP-773).
const METRICS_IN_NANOSECONDS: &[&str] =
    &["bufferpool-wait-time-ns-total", "io-time-ns-total", "io-wait-time-ns-total"];
const IN_NANOSECONDS: Release = Release::new(3, 1, 0);
