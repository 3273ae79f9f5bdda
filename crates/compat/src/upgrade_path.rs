//! The upgrade path from release to release: its hops, or why there is none.
//!
//! Rules that Kafka's own upgrade notes give, each with its place; what a release reads and writes comes from the
//! catalog. What is *not* here: what to do on a hop (`steps`).

use kafka_upgrade_catalog::{self as catalog, MetadataVersion, Release};
use kafka_upgrade_report::{HopKind, Mode};

use crate::levels::{newest_level, newest_read};

/// One hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// What is done.
    pub kind: HopKind,
    /// Release at its start.
    pub from: Release,
    /// Release at its end.
    pub to: Release,
    /// How the metadata is kept at its end.
    pub mode: Mode,
}

/// First release without ZooKeeper.
pub const WITHOUT_ZOOKEEPER: Release = Release::new(4, 0, 0);
/// First release whose KRaft mode is meant for production, and the oldest from which a KRaft cluster can be upgraded
/// to 4.x.
pub const PRODUCTION: Release = Release::new(3, 3, 0);
/// First release that can migrate from ZooKeeper; files of an older release with the migration enabled were changed
/// too early.
const MIGRATES: Release = Release::new(3, 4, 0);

/// First release with KRaft at all, as a preview that cannot be upgraded.
const PREVIEW: Release = Release::new(2, 8, 0);
/// First release whose KRaft metadata later releases read: the oldest metadata version of 3.9 is 3.0-IV1.
const READABLE: Release = Release::new(3, 0, 0);
/// From 2.4 on brokers bring ZooKeeper 3.5; those of 3.6 and later cannot talk to anything older (KIP-902).
const ZOOKEEPER_3_5: Release = Release::new(2, 4, 0);
/// From 3.6 on brokers bring ZooKeeper 3.8.
pub const ZOOKEEPER_3_8: Release = Release::new(3, 6, 0);

/// How far a migration to KRaft has come, named by the first step that is still to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Migration {
    /// Controllers exist; brokers in ZooKeeper mode have to be connected to them.
    SwitchOn,
    /// Some brokers run in KRaft mode already.
    MoveBrokers,
    /// All brokers do; the controllers still write to ZooKeeper as well.
    Finish,
}

/// What the files show to be finalised, which decides whether a rollback is possible, and to be in progress.
#[derive(Clone, Copy, Debug, Default)]
pub struct Finalized {
    /// The newest `inter.broker.protocol.version` that a broker has.
    pub protocol: Option<Release>,
    /// The metadata version that the cluster printed.
    pub metadata: Option<&'static MetadataVersion>,
    /// A migration that has begun.
    pub migration: Option<Migration>,
}

/// Why there is no hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPath {
    /// For people.
    pub why: String,
    /// Whether it is certain that there is none; otherwise too little is known.
    pub certain: bool,
}

impl NoPath {
    fn at_all(why: String) -> Self {
        Self { why, certain: true }
    }

    fn known(why: String) -> Self {
        Self { why, certain: false }
    }
}

/// Whether an upgrade path may stop at a release: false if a fault is known that speaks against it.
pub type IsSound = fn(Release) -> bool;

/// The hops from a release to another, or why there are none.
///
/// # Errors
///
/// Why there is none, or what has to be known first.
pub fn hops(
    from: Option<Release>,
    to: Release,
    mode: Option<Mode>,
    finalized: Finalized,
    is_sound: IsSound,
) -> Result<Vec<Hop>, NoPath> {
    let Some(from) = from else {
        return Err(NoPath::known(unknown(to, is_sound)));
    };
    for release in [from, to] {
        if !catalog::releases().any(|known| known == release) {
            return Err(not_known(release, is_sound));
        }
    }
    let only = match (from, mode) {
        (from, Some(Mode::Zookeeper)) if from >= WITHOUT_ZOOKEEPER => {
            let why = format!("{from} has no ZooKeeper mode. A cluster that runs it is in KRaft mode.");
            return Err(NoPath::at_all(why));
        }
        (from, Some(Mode::Kraft)) if from < PREVIEW => {
            let why = format!("{from} has no KRaft mode: it came with 2.8. This cluster runs on ZooKeeper.");
            return Err(NoPath::at_all(why));
        }
        (from, _) if from >= WITHOUT_ZOOKEEPER => Some(Mode::Kraft),
        (from, _) if from < PREVIEW => Some(Mode::Zookeeper),
        (_, stated) => stated,
    };
    if finalized.migration.is_some() && (MIGRATES..WITHOUT_ZOOKEEPER).contains(&from) && to >= from {
        // No rolling upgrade starts in the middle of a migration.
        let mut hops = vec![Hop { kind: HopKind::MigrateToKraft, from, to: from, mode: Mode::Kraft }];
        if to > from {
            hops.extend(in_kraft(from, to, finalized, is_sound)?);
        }
        return Ok(hops);
    }
    if from == to {
        let open = only == Some(Mode::Kraft) && is_open(to, finalized);
        let finalize = Hop { kind: HopKind::Finalize, from: to, to, mode: Mode::Kraft };
        return Ok(if open { vec![finalize] } else { Vec::new() });
    }
    let Some(mode) = only else {
        return Err(NoPath::known(format!(
            "{from} runs on ZooKeeper or in KRaft mode, and the upgrade path depends on which. Say it, or give a broker's \
             server.properties."
        )));
    };
    if to < from {
        return back(from, to, mode, finalized);
    }
    match mode {
        Mode::Zookeeper => Ok(on_zookeeper(from, to, is_sound)),
        Mode::Kraft => in_kraft(from, to, finalized, is_sound),
    }
}

/// A release that is not in the catalog: older than all that are, or none that was published.
fn not_known(release: Release, is_sound: IsSound) -> NoPath {
    let (oldest, newest) = (catalog::oldest(), catalog::newest());
    if release >= oldest {
        return NoPath::at_all(format!(
            "There is no release {release} that is known here; the newest is {newest}. Choose one that exists."
        ));
    }
    let first = stop_before(ZOOKEEPER_3_8, is_sound).unwrap_or(oldest);
    NoPath::known(format!(
        "{release} is older than {oldest}, with which what is known here begins. Roll the brokers to {first} first, by \
         the upgrade notes of that release: they take over from every release since 0.8. Then ask for the upgrade path from \
         {first}."
    ))
}

/// The explanation if the release that runs is not known.
fn unknown(to: Release, is_sound: IsSound) -> String {
    let mut text =
        "The release that runs now is not known. Say it, or give a file or some output of a broker that \
                    names it."
            .to_owned();
    if to >= WITHOUT_ZOOKEEPER {
        let bridge = bridge(to, is_sound);
        text.push_str(&format!(
            " Whichever it is: a cluster on ZooKeeper, and one in KRaft mode before 3.3, goes through {bridge} on its \
             way to {to}; one in KRaft mode from 3.3 on goes there directly."
        ));
    }
    text
}

/// The newest release that still supports ZooKeeper: it has the most complete migration, and reads the metadata of
/// every earlier KRaft release.
fn bridge(otherwise: Release, is_sound: IsSound) -> Release {
    stop_before(WITHOUT_ZOOKEEPER, is_sound).unwrap_or(otherwise)
}

/// The newest release before another at which an upgrade path may stop.
fn stop_before(release: Release, is_sound: IsSound) -> Option<Release> {
    catalog::releases().rfind(|known| *known < release && is_sound(*known))
}

fn on_zookeeper(from: Release, to: Release, is_sound: IsSound) -> Vec<Hop> {
    let mode = Mode::Zookeeper;
    let last = bridge(to, is_sound);
    // Any patch of that minor can migrate just as well.
    let end = if to > last && same_minor(from, last) && is_sound(from) { from } else { to.min(last) };
    let mut hops = Vec::new();
    let mut at = from;
    let mut upgrade = |at: &mut Release, to: Release| {
        if *at < to {
            hops.push(Hop { kind: HopKind::Upgrade, from: *at, to, mode });
            *at = to;
        }
    };
    if from < ZOOKEEPER_3_5 && end >= ZOOKEEPER_3_8 {
        let between = stop_before(ZOOKEEPER_3_8, is_sound).unwrap_or(end);
        upgrade(&mut at, between);
    }
    upgrade(&mut at, end);
    if !same_minor(at, from) {
        hops.push(Hop { kind: HopKind::Finalize, from: at, to: at, mode });
    }
    if to > end {
        hops.push(Hop { kind: HopKind::MigrateToKraft, from: at, to: at, mode: Mode::Kraft });
        hops.push(Hop { kind: HopKind::Upgrade, from: at, to, mode: Mode::Kraft });
        hops.push(Hop { kind: HopKind::Finalize, from: to, to, mode: Mode::Kraft });
    }
    hops
}

fn in_kraft(from: Release, to: Release, finalized: Finalized, is_sound: IsSound) -> Result<Vec<Hop>, NoPath> {
    if from < READABLE {
        return Err(NoPath::at_all(format!(
            "KRaft in {from} was a preview, and no later release reads its metadata. Build a new cluster on {to} and \
             copy the topics with MirrorMaker 2."
        )));
    }
    let mode = Mode::Kraft;
    let upgrade = |from, to| Hop { kind: HopKind::Upgrade, from, to, mode };
    let finalize = |at| Hop { kind: HopKind::Finalize, from: at, to: at, mode };
    if from < PRODUCTION && to >= WITHOUT_ZOOKEEPER {
        let bridge = bridge(from, is_sound);
        return Ok(vec![upgrade(from, bridge), finalize(bridge), upgrade(bridge, to), finalize(to)]);
    }
    let mut hops = vec![upgrade(from, to)];
    // Before 3.3 there is no metadata version that somebody could finalise.
    if to >= PRODUCTION && (!same_minor(from, to) || is_open(to, finalized)) {
        hops.push(finalize(to));
    }
    Ok(hops)
}

/// Whether the cluster printed a metadata version below the release's own: an upgrade that was not finalised.
fn is_open(release: Release, finalized: Finalized) -> bool {
    let (has, own) = (finalized.metadata, newest_level(release));
    has.zip(own).is_some_and(|(has, own)| has.level < own.level)
}

/// Patches of one minor speak the same protocol and know the same metadata versions.
fn same_minor(one: Release, other: Release) -> bool {
    one.first_of_minor() == other.first_of_minor()
}

/// The way back: it replaces only the software, and exists only if protocol and metadata allow it.
fn back(from: Release, to: Release, mode: Mode, finalized: Finalized) -> Result<Vec<Hop>, NoPath> {
    let roll = Hop { kind: HopKind::Upgrade, from, to, mode };
    if mode == Mode::Zookeeper {
        return match finalized.protocol {
            Some(protocol) if protocol.first_of_minor() > to.first_of_minor() => {
                Err(NoPath::at_all(format!(
                    "There is no way back from {from} to {to}: inter.broker.protocol.version is {}.{}, which brokers of {to} \
                 do not speak, and it cannot be lowered once brokers use it.",
                    protocol.major, protocol.minor
                )))
            }
            _ => Ok(vec![roll]),
        };
    }
    if to < READABLE {
        let why = format!("{to} cannot read what {from} wrote: KRaft metadata is readable from 3.0 on.");
        return Err(NoPath::at_all(why));
    }
    let level = finalized.metadata.or_else(|| newest_level(from));
    let (has, reads) = (level.map(|version| version.level), newest_read(to).map(|version| version.level));
    if let Some(barrier) = barrier_between(from, reads, has) {
        let name = level.map_or_else(|| from.to_string(), |version| version.name.to_owned());
        let known = if finalized.metadata.is_some() {
            format!("The metadata version is finalised at {name}")
        } else {
            format!("Once the metadata version is finalised at {name}, that of {from}, that is final")
        };
        return Err(NoPath::at_all(format!(
            "There is no way back from {from} to {to}. {known}: the metadata's form changed with {}, and that cannot be \
             undone. Before an upgrade is finalised the brokers can be rolled back to the release that they came from; \
             kafka-features.sh describe shows what is finalised.",
            barrier.name
        )));
    }
    if has <= reads {
        return Ok(vec![roll]);
    }
    Ok(vec![Hop { kind: HopKind::Finalize, from, to, mode }, roll])
}

/// The oldest metadata version between two releases that changed the format of the metadata.
pub fn barrier(newer: Release, older: Release) -> Option<&'static MetadataVersion> {
    let level = |release| newest_level(release).map(|version| version.level);
    barrier_between(newer, level(older), level(newer))
}

/// The same above one level and up to another, as the newer release names them.
fn barrier_between(
    newer: Release,
    floor: Option<i16>,
    ceiling: Option<i16>,
) -> Option<&'static MetadataVersion> {
    let (floor, ceiling) = (floor?, ceiling?);
    catalog::metadata_versions(newer)
        .find(|version| version.changed && version.level > floor && version.level <= ceiling)
}
