//! Releases as they are typed.

use kafka_upgrade_catalog::Release;

/// The release that somebody means.
pub(crate) fn resolve(text: &str) -> Result<Release, String> {
    text.parse().map_err(|error: kafka_upgrade_catalog::ParseReleaseError| error.to_string())
}

/// The newest release that is known.
pub(crate) fn newest() -> Release {
    Release::new(4, 4, 0)
}
