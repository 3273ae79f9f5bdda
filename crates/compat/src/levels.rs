//! Metadata versions and feature levels: which ones a release is finalised at and reads, and which one is meant by
//! what somebody printed.
//!
//! What is *not* here: what files show of them, and what follows from them for a path or a cell.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kafka_upgrade_catalog::{self as catalog, MetadataVersion, Release};

/// The feature whose level 1 makes a controller quorum dynamic (KIP-853). It cannot be lowered.
pub const KRAFT_VERSION: &str = "kraft.version";
/// The feature that enables eligible leader replicas (KIP-966).
pub const ELIGIBLE_LEADER_REPLICAS: &str = "eligible.leader.replicas.version";
/// First release whose controllers can make a running static quorum dynamic (KAFKA-18979).
pub const MAKES_DYNAMIC: Release = Release::new(4, 1, 0);

/// The metadata version that a release is finalised at.
pub fn newest_level(release: Release) -> Option<&'static MetadataVersion> {
    catalog::metadata_versions(release).filter(|version| version.production).last()
}

/// The newest metadata version that a release supports; for a release before 3.3 with the level that later releases
/// assigned to it.
pub fn newest_read(release: Release) -> Option<&'static MetadataVersion> {
    newest_level(release).and_then(|version| named(version.name))
}

/// The metadata version that a name, a level or a release stands for.
pub fn level_of(text: &str) -> Option<&'static MetadataVersion> {
    named(text).or_else(|| newest_read(text.parse().ok()?))
}

/// Searched in every release, since newer ones no longer list the oldest.
fn named(text: &str) -> Option<&'static MetadataVersion> {
    let number = text.parse().ok().filter(|level: &i16| *level > 0);
    let mut lists = catalog::releases().rev().map(catalog::metadata_versions);
    lists.find_map(|mut list| list.find(|version| version.name == text || number == Some(version.level)))
}

/// Levels of features by name, without `metadata.version` and `kraft.version`; level 0 is left out.
pub type Levels = BTreeMap<&'static str, u16>;

/// The levels to which `kafka-features.sh upgrade --release-version` of a release takes a cluster: those of a cluster
/// that is new with it. Source: the bootstrap metadata version of each level.
pub fn finalized_by(release: Release) -> Levels {
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

/// The newest release, not after `at`, that corresponds to a metadata version: the one that finalises at it.
pub fn finalized_at(version: &MetadataVersion, at: Release) -> Option<Release> {
    let reached = |release: &Release| {
        *release <= at && newest_level(*release).is_some_and(|newest| newest.level <= version.level)
    };
    catalog::releases().rfind(reached)
}

/// `3.9` of 3.9.2.
pub fn minor(release: Release) -> String {
    format!("{}.{}", release.major, release.minor)
}

/// Arguments of `kafka-features.sh` that finalise a release feature by feature, so that `kraft.version` stays.
pub fn upgrade_by_name(to: Release) -> String {
    let mut arguments = format!("upgrade --metadata {}", minor(to));
    for (name, level) in finalized_by(to) {
        let _ = write!(arguments, " --feature {name}={level}");
    }
    arguments
}
