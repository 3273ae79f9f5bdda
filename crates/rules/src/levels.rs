//! Metadata versions and feature levels: which ones a release is finalized at and reads, what the files show, and
//! which one is meant by what somebody printed.
//!
//! What is *not* here: what follows from them for a path (`plan`) or a cell (`matrix`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kafka_upgrade_catalog::{self as catalog, MetadataVersion, Release};
use kafka_upgrade_report::Mode;

use crate::case::Case;

/// The feature whose level 1 makes a controller quorum dynamic (KIP-853). It never goes down.
pub(crate) const KRAFT_VERSION: &str = "kraft.version";
/// The feature that switches eligible leader replicas on (KIP-966).
pub(crate) const ELIGIBLE_LEADER_REPLICAS: &str = "eligible.leader.replicas.version";
/// First release whose controllers can make a running static quorum dynamic (KAFKA-18979).
pub(crate) const MAKES_DYNAMIC: Release = Release::new(4, 1, 0);

/// The metadata version that a release is finalised at.
pub(crate) fn newest_level(release: Release) -> Option<&'static MetadataVersion> {
    catalog::metadata_versions(release).filter(|version| version.production).last()
}

/// The newest metadata version that a release reads: of one before 3.3, with the level that later ones gave it.
pub(crate) fn newest_read(release: Release) -> Option<&'static MetadataVersion> {
    newest_level(release).and_then(|version| named(version.name))
}

/// The metadata version that is meant by a name, a level or a release.
pub(crate) fn level_of(text: &str) -> Option<&'static MetadataVersion> {
    named(text).or_else(|| newest_read(text.parse().ok()?))
}

/// By name or level, whichever release knows it: newer ones leave out the oldest.
fn named(text: &str) -> Option<&'static MetadataVersion> {
    let number = text.parse().ok().filter(|level: &i16| *level > 0);
    let mut lists = catalog::releases().rev().map(catalog::metadata_versions);
    lists.find_map(|mut list| list.find(|version| version.name == text || number == Some(version.level)))
}

/// Levels of features by name, without `metadata.version` and `kraft.version`; level 0 is left out.
pub(crate) type Levels = BTreeMap<&'static str, u16>;

/// The levels to which `kafka-features.sh upgrade --release-version` of a release takes a cluster: those of a cluster
/// that is new with it. Source: the bootstrap metadata version of each level.
pub(crate) fn finalized_by(release: Release) -> Levels {
    let level = |name: &str| {
        let mut versions = catalog::metadata_versions(release);
        versions.find(|one| one.name == name).map(|one| one.level)
    };
    let newest = newest_level(release).map(|version| version.level);
    let mut levels = Levels::new();
    let features = catalog::features(release).filter(|feature| feature.name != KRAFT_VERSION);
    for feature in features.filter(|feature| feature.production && feature.level > 0) {
        if level(feature.bootstrap).is_some_and(|needs| newest.is_some_and(|has| needs <= has)) {
            let highest = levels.entry(feature.name).or_default();
            *highest = feature.level.max(*highest);
        }
    }
    levels
}

/// Levels that the files show, as `kafka-features.sh describe` prints them: of several clusters' the lowest, as that one
/// has the most to come. `None`: none is printed.
pub(crate) fn printed(case: &Case<'_>) -> Option<Levels> {
    let observations = || case.files.iter().flat_map(|read| &read.document.observations);
    observations().find(|one| one.subject == "metadata.version")?;
    let mut levels = Levels::new();
    for feature in catalog::features(catalog::newest()).filter(|feature| feature.name != KRAFT_VERSION) {
        let seen = observations().filter(|one| one.subject == feature.name);
        if let Some(level) =
            seen.filter_map(|one| one.value.trim().parse().ok()).min().filter(|level| *level > 0)
        {
            levels.insert(feature.name, level);
        }
    }
    Some(levels)
}

/// Whether finalising the target raises `eligible.leader.replicas.version` from 0, which moves `min.insync.replicas`
/// from the brokers' files to the cluster.
pub(crate) fn finalising_switches_elr_on(case: &Case<'_>) -> bool {
    let on = |levels: &Levels| levels.contains_key(ELIGIBLE_LEADER_REPLICAS);
    let leads_back = case.from.is_some_and(|from| from > case.to);
    on(&finalized_by(case.to))
        && !leads_back
        && match printed(case) {
            Some(levels) => !on(&levels),
            None => case.from.is_none_or(|from| !on(&finalized_by(from))),
        }
}

/// The newest release up to `at` that a metadata version is as new as: where it is finalized at.
pub(crate) fn finalized_at(version: &MetadataVersion, at: Release) -> Option<Release> {
    let reached = |release: &Release| {
        *release <= at && newest_level(*release).is_some_and(|newest| newest.level <= version.level)
    };
    catalog::releases().rfind(reached)
}

/// `3.9` of 3.9.2.
pub(crate) fn minor(release: Release) -> String {
    format!("{}.{}", release.major, release.minor)
}

/// Arguments of `kafka-features.sh` that finalise a release feature by feature, so that `kraft.version` stays.
pub(crate) fn upgrade_by_name(to: Release) -> String {
    let mut arguments = format!("upgrade --metadata {}", minor(to));
    for (name, level) in finalized_by(to) {
        let _ = write!(arguments, " --feature {name}={level}");
    }
    arguments
}

/// How the controllers of a cluster know each other (KIP-853).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quorum {
    /// By `controller.quorum.voters` in every file; `kraft.version` is 0.
    Static,
    /// By records in the metadata log; `kraft.version` is 1.
    Dynamic,
    /// Nothing shows which of both.
    Unknown,
}

/// What the files show of the quorum. A printed `kraft.version` beats settings, which are often left behind.
pub(crate) fn quorum(case: &Case<'_>) -> Quorum {
    let observations = case.files.iter().flat_map(|read| &read.document.observations);
    let levels = observations.filter(|one| one.subject == KRAFT_VERSION);
    if let Some(level) = levels.filter_map(|one| one.value.trim().parse::<u16>().ok()).min() {
        return if level > 0 { Quorum::Dynamic } else { Quorum::Static };
    }
    let set = |key: &str| {
        let mut settings = case.files.iter().filter_map(|read| read.broker_setting(key));
        settings.any(|setting| !setting.value.trim().is_empty())
    };
    // A quorum that began before 3.9, or with a migration, is static.
    let began_static = case.mode == Some(Mode::Zookeeper) || case.from.is_some_and(|from| from < DYNAMIC);
    if began_static || set("controller.quorum.voters") {
        return Quorum::Static;
    }
    if set("controller.quorum.bootstrap.servers") { Quorum::Dynamic } else { Quorum::Unknown }
}

/// First release with dynamic quorums.
const DYNAMIC: Release = Release::new(3, 9, 0);
