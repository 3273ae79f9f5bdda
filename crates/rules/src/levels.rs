//! Metadata versions: which one a release is finalised at and reads, and which one is meant by what somebody printed.
//!
//! What is *not* here: what follows from them for a way (`plan`) or a cell (`matrix`).

use kafka_upgrade_catalog::{self as catalog, MetadataVersion, Release};

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
