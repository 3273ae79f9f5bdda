//! Feature levels and the kind of quorum, as the files show them.
//!
//! What is *not* here: what follows from them for a path (`plan`) or a cell (`matrix`).

use kafka_upgrade_catalog::{self as catalog, Platform, Release};
pub use kafka_upgrade_compat::levels::*;
use kafka_upgrade_document::Kind;
use kafka_upgrade_report::Mode;

use crate::upgrade::Upgrade;

/// Levels that the files show, as `kafka-features.sh describe` prints them: of several clusters' the lowest, as that one
/// has the most to come. `None`: none is printed.
pub fn printed(case: &Upgrade<'_>) -> Option<Levels> {
    // A manifest names the metadata version that it asks for, and nothing of the other levels.
    let files = case.files.iter().filter(|read| read.document.kind == Kind::LiveOutput);
    let observed: Vec<_> = files.flat_map(|read| &read.document.observations).collect();
    observed.iter().find_map(|one| one.what.level_of("metadata.version"))?;
    let mut levels = Levels::new();
    for feature in catalog::features(catalog::newest()).filter(|feature| feature.name != KRAFT_VERSION) {
        let seen = observed.iter().filter_map(|one| one.what.level_of(feature.name)?.parse().ok());
        if let Some(level) = seen.min().filter(|level| *level > 0) {
            levels.insert(feature.name, level);
        }
    }
    Some(levels)
}

/// Whether finalising the target raises `eligible.leader.replicas.version` from 0, which moves `min.insync.replicas`
/// from the brokers' files to the cluster.
pub fn finalising_switches_elr_on(case: &Upgrade<'_>) -> bool {
    let on = |levels: &Levels| levels.contains_key(ELIGIBLE_LEADER_REPLICAS);
    let leads_back = case.from.is_some_and(|from| from > case.to);
    // Strimzi raises the metadata version, and no other level.
    if case.running.platform == Platform::Strimzi {
        return false;
    }
    on(&finalized_by(case.to))
        && !leads_back
        && match printed(case) {
            Some(levels) => !on(&levels),
            None => case.from.is_none_or(|from| !on(&finalized_by(from))),
        }
}

/// How the controllers of a cluster know each other (KIP-853).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quorum {
    /// By `controller.quorum.voters` in every file; `kraft.version` is 0.
    Static,
    /// By records in the metadata log; `kraft.version` is 1.
    Dynamic,
    /// Nothing shows which of both.
    Unknown,
}

/// What the files show of the quorum. A printed `kraft.version` beats settings, which are often left behind.
pub fn quorum(case: &Upgrade<'_>) -> Quorum {
    if let Some(level) = case.levels_of(KRAFT_VERSION).filter_map(|level| level.parse::<u16>().ok()).min() {
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
