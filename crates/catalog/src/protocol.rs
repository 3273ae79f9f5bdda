//! What releases speak: API versions, metadata versions, features.

use crate::release::Release;
use crate::releases::recorded;
use crate::tables::{APIS, FEATURES, METADATA_VERSIONS};

/// An API of the protocol as one release serves it. Source: `ApiKeys`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    /// Its key: 0 is Produce.
    pub key: u16,
    /// Its name.
    pub name: &'static str,
    /// The oldest version that is served.
    pub min: i16,
    /// The newest version, with those that are not stable yet. Below `min`: the API is gone.
    pub max: i16,
    /// The newest stable version.
    pub stable_max: i16,
    /// Whether brokers listen for it.
    pub on_brokers: bool,
    /// Whether controllers listen for it.
    pub on_controllers: bool,
}

/// A metadata version; before 3.0 an inter-broker protocol version. Source: `MetadataVersion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetadataVersion {
    /// Feature level; -1 for what only ZooKeeper mode has.
    pub level: i16,
    /// Its name, such as `4.0-IV3`.
    pub name: &'static str,
    /// Whether the metadata's own form changed with it, so that it cannot be downgraded across.
    pub changed: bool,
    /// Whether it is meant for production.
    pub production: bool,
    /// Whether it is the oldest that the release runs with.
    pub minimum: bool,
}

/// One level of a feature. Source: `Feature`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name, such as `group.version`.
    pub name: &'static str,
    /// The level.
    pub level: u16,
    /// The metadata version from which new clusters start with it.
    pub bootstrap: &'static str,
    /// Features and the levels that it needs.
    pub needs: &'static [(&'static str, u16)],
    /// Whether it is meant for production.
    pub production: bool,
}

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
