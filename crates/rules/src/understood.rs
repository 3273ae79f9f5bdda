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

/// Whether a release knows all that is new in a file, but for keys that it may ignore.
pub(crate) fn understands(
    (old, new): (&CheckedFile<'_>, &CheckedFile<'_>),
    ignored: &BTreeSet<String>,
    since: Option<Release>,
    release: Release,
) -> bool {
    let knows = |setting: &Setting| {
        let unlisted = UNLISTED.iter().find(|(key, _)| *key == setting.key);
        // A file of MirrorMaker hands on to its connectors what stands there for all of them.
        let also: &[Component] = match new.component_of(setting) {
            Some(Component::MM2) => &[Component::MM2_SOURCE, Component::MM2_CHECKPOINT],
            _ => &[],
        };
        let known = |component| {
            let mut all = std::iter::once(component).chain(also.iter().copied());
            all.any(|one| definition(one, &setting.key, release).is_some())
        };
        unlisted.map_or_else(|| new.component_of(setting).is_some_and(known), |(_, came)| *came <= release)
    };
    let had: BTreeSet<(&str, &str)> =
        old.document.settings.iter().map(|one| (one.prefix.as_str(), one.key.as_str())).gather();
    let mut keys = new_settings(old, new)
        .filter(|one| !had.contains(&(one.prefix.as_str(), one.key.as_str())) && !ignored.contains(&one.key));
    let used: BTreeSet<(UsageKind, &str)> =
        old.document.usages.iter().map(|one| (one.kind, one.name.as_str())).gather();
    let mut usages = new.document.usages.iter().filter(|one| !used.contains(&(one.kind, one.name.as_str())));
    let loads = |one: &Setting| class_is_there(one.value.trim(), release);
    keys.all(knows) && new_settings(old, new).all(loads) && usages.all(|one| serves(one, since, release))
}

/// Whether a value that names a class of Kafka's names one that the release has, as far as any lacks it.
fn class_is_there(value: &str, release: Release) -> bool {
    let life = catalog::class(value).or_else(|| catalog::internal_class(value));
    life.is_none_or(|life| life.has(catalog::facts_of(release)))
}

/// Settings that count and were not there before.
pub(crate) fn new_settings<'r>(
    old: &CheckedFile<'_>,
    new: &'r CheckedFile<'_>,
) -> impl Iterator<Item = &'r Setting> {
    let said = |one: &Setting| (one.prefix.clone(), one.key.clone(), one.value.clone());
    let had: BTreeSet<_> = old.document.settings.iter().filter(|one| one.effective).map(said).gather();
    new.document.settings.iter().filter(move |one| one.effective && !had.contains(&said(one)))
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
        UsageKind::Class => {
            match catalog::class(&usage.name).or_else(|| catalog::internal_class(&usage.name)) {
                Some(life) => life.has(at),
                None => by_note(),
            }
        }
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
