//! What all drafts of one migration have in common.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Lines;

/// The releases of a migration, and how its files are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// What runs now.
    pub(super) from: Release,
    /// Where it migrates.
    pub(super) bridge: Release,
    /// Where it goes in the end.
    pub(super) to: Release,
    /// How the files are written.
    pub(super) lines: &'static Lines,
}
