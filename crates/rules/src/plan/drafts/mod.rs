//! Files of a migration to KRaft, drafted from the brokers' own.
//!
//! Four phases, each with its files: controllers that wait for the brokers (`controller`), brokers that know them,
//! brokers in KRaft mode (`broker`), controllers without ZooKeeper. What is *not* here: what to do with them (`steps`).
//!
//! Invariants: a draft starts on the release on which it is used, and the last of each kind meets no error on the way
//! to the target (`mend`); what cannot be drafted so is not drafted. A draft holds what the broker's file holds,
//! secrets as well, so whoever exports it covers them.

mod broker;
mod controller;
mod mend;
mod quorum;
mod security;
mod sheet;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{DraftFile, HopKind};

use self::quorum::Quorum;
use super::route::Leg;
use crate::case::{Case, Read};

/// Longer than any broker's file; what is longer is none.
const LONGEST: usize = 256 * 1024;

/// The releases of a migration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// What runs now.
    from: Release,
    /// Where it migrates.
    bridge: Release,
    /// Where it goes in the end.
    to: Release,
}

/// The drafts of a way, by phase.
pub(super) fn write(case: &Case<'_>, from: Release, legs: &[Leg]) -> Vec<DraftFile> {
    let Some(leg) = legs.iter().find(|leg| leg.kind == HopKind::MigrateToKraft) else { return Vec::new() };
    let way = Way { from, bridge: leg.to, to: case.to };
    let brokers: Vec<&Read<'_>> = case.files.iter().filter(|read| keeps_in_zookeeper(read)).collect();
    let Some(quorum) = Quorum::of(&brokers, &case.files) else { return Vec::new() };
    let mut drafts = Vec::new();
    let mut add = |step: &str, folder: &str, path: &str, text: Option<String>| {
        if let Some(text) = text {
            let path = format!("{folder}/{}", path.trim_start_matches(['/', '\\']));
            drafts.push(DraftFile { step: step.to_owned(), path, text });
        }
    };
    if let Some(first) = brokers.first() {
        let text = controller::migrating(first, &quorum, way);
        add("migrate-provision-controllers", "1-provision", "controller.properties", text);
    }
    for read in &brokers {
        add("migrate-switch-on", "2-switch-on", read.path, broker::migrating(read, &quorum, way));
    }
    for read in &brokers {
        add("migrate-brokers-to-kraft", "3-kraft", read.path, broker::migrated(read, &quorum, way));
    }
    if let Some(first) = brokers.first() {
        let text = controller::migrated(first, &quorum, way);
        add("migrate-finish", "4-finish", "controller.properties", text);
    }
    drafts
}

/// Host and port of the first controller that drafts name.
pub(super) fn controller(case: &Case<'_>) -> Option<String> {
    let brokers: Vec<&Read<'_>> = case.files.iter().filter(|read| keeps_in_zookeeper(read)).collect();
    let quorum = Quorum::of(&brokers, &case.files)?;
    let first = quorum.controllers.split(',').next()?.trim();
    Some(first.split_once('@').map_or(first, |(_, address)| address).to_owned())
}

/// A broker's file of a cluster that keeps its metadata in ZooKeeper.
fn keeps_in_zookeeper(read: &Read<'_>) -> bool {
    read.is_broker()
        && read.document.kind.is_properties()
        && read.text.len() <= LONGEST
        && read.broker_setting("process.roles").is_none()
        && read.broker_setting("zookeeper.connect").is_some()
}
