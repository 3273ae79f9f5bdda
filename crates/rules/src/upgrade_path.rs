//! The upgrade path, with what the files show of it: what is finalised, and a migration that has begun.
//!
//! What is *not* here: how the path follows from it (`compat`), what to do on it (`advice`).

use kafka_upgrade_catalog::Release;
use kafka_upgrade_compat::upgrade_path as compat;
pub use kafka_upgrade_compat::upgrade_path::*;
use kafka_upgrade_document::Kind;
use kafka_upgrade_report::Mode;

use crate::upgrade::{CheckedFile, Upgrade};
use crate::{inventory, levels, patches};

/// The hops from a release to another, or why there are none; releases with known faults are no stops.
///
/// # Errors
///
/// Why there is none, or what has to be known first.
pub fn hops(
    from: Option<Release>,
    to: Release,
    mode: Option<Mode>,
    finalized: Finalized,
) -> Result<Vec<Hop>, NoPath> {
    compat::hops(from, to, mode, finalized, patches::is_sound)
}

/// What the files say of it; of several the newest, since one broker is enough.
#[must_use]
pub fn finalized(case: &Upgrade<'_>) -> Finalized {
    let protocols = case.files.iter().filter_map(|read| read.broker_setting("inter.broker.protocol.version"));
    let protocol = protocols.filter_map(|setting| inventory::release(&setting.value)).max();
    let printed = case.levels_of("metadata.version").filter_map(levels::level_of);
    let metadata = printed.max_by_key(|version| version.level);
    Finalized { protocol, metadata, migration: migration(case) }
}

/// A migration that the files show as begun: `zookeeper.metadata.migration.enable` in a broker's or controller's file.
fn migration(case: &Upgrade<'_>) -> Option<Migration> {
    let nodes = || {
        let files = case.files.iter().filter(|read| read.is_broker());
        files.filter(|read| read.document.kind != Kind::LiveOutput)
    };
    let migrates = nodes().any(|read| {
        let switch = read.broker_setting("zookeeper.metadata.migration.enable");
        switch.is_some_and(|setting| setting.value.trim().eq_ignore_ascii_case("true"))
    });
    if !migrates {
        return None;
    }
    let in_kraft = |read: &&CheckedFile<'_>| read.broker_setting("process.roles").is_some();
    let brokers = || nodes().filter(|read| read.roles.broker);
    Some(match (brokers().any(|read| in_kraft(&read)), brokers().all(|read| in_kraft(&read))) {
        (true, true) => Migration::Finish,
        (true, false) => Migration::MoveBrokers,
        // Of a controller alone nobody knows how far its brokers are.
        (false, _) => Migration::SwitchOn,
    })
}
