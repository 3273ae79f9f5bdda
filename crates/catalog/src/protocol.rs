//! What releases speak: API versions, metadata versions, features.

use crate::model::{Api, Feature, MetadataVersion};
use crate::release::Release;
use crate::releases::recorded;
use crate::tables::{APIS, FEATURES, METADATA_VERSIONS};

/// APIs of a release, by key. Those that are gone but still named have `max` below `min`.
pub fn apis(release: Release) -> impl Iterator<Item = &'static Api> {
    let at = recorded(release);
    APIS.iter().filter(move |row| row.first <= at && at <= row.last).map(|row| &row.api)
}

/// One API of a release.
#[must_use]
pub fn api(release: Release, key: u16) -> Option<&'static Api> {
    apis(release).find(|api| api.key == key)
}

/// Metadata versions that a release knows, oldest first.
pub fn metadata_versions(release: Release) -> impl Iterator<Item = &'static MetadataVersion> {
    let at = recorded(release);
    METADATA_VERSIONS.iter().filter(move |row| row.first <= at && at <= row.last).map(|row| &row.version)
}

/// Levels of every feature that a release knows, by feature, by level.
pub fn features(release: Release) -> impl Iterator<Item = &'static Feature> {
    let at = recorded(release);
    FEATURES.iter().filter(move |row| row.first <= at && at <= row.last).map(|row| &row.feature)
}
