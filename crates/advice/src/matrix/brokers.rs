//! Broker software, as it runs, to each release.
//!
//! The upgrade path is the plan's (`rules::upgrade_path`); the findings on it are the report's. What is *not* here: what
//! to do step by step.

use std::fmt::Write as _;

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{self as catalog, Component, Platform, Release};
use kafka_upgrade_document::Resource;
use kafka_upgrade_report::{CellVerdict, HopKind, MatrixCell, Mode, Sense};

use super::{MAX_ITEMS, RowFindings, Table, V4, carried, cell};
use crate::diagnostic::Location;
use crate::patches;
use crate::plan;
use crate::plan::upgrade_path::{self, NoPath};
use crate::upgrade::CheckedFile;

/// A row for every broker version that runs. When nothing else names a version, one row stands for the files, even
/// for a file of a platform that runs brokers but has none of their settings.
pub(super) fn rows(table: &mut Table<'_, '_>) {
    let case = table.case;
    // These signs do not show that brokers run here: resources for topics and users name an operator just as clusters
    // do, and the brokers of a managed service are run by its provider.
    let says_little = |platform| {
        matches!(platform, Platform::Strimzi | Platform::ConfluentForKubernetes | Platform::OtherManaged)
    };
    let runs = |read: &CheckedFile<'_>| {
        read.document.resources.iter().any(Resource::runs_brokers)
            || read.document.platforms.iter().any(|sign| sign.runs && !says_little(sign.platform))
    };
    let of_brokers = case.files.iter().position(CheckedFile::is_broker);
    let file = of_brokers.or_else(|| case.files.iter().position(runs));
    let named = || {
        let brokers = case.inventory.of_kind(ProductKind::Broker);
        brokers.chain(case.inventory.of_kind(ProductKind::Distribution)).take(MAX_ITEMS)
    };
    let found = RowFindings::of(table, |component| component == Some(Component::BROKER), file.is_some());
    for item in named() {
        // An item whose version is not understood must not be given the release of the other brokers.
        let release = if item.version.is_empty() { item.release.or(case.from) } else { item.release };
        let mut cells = cells(table, release, &found);
        if let Some(product) = item.product {
            carried::annotate(product, &item.version, &mut cells);
        }
        table.push(item.title(), &item.version, Sense::BrokerUpgrade, item.place, cells);
    }
    if let Some(file) = file.filter(|_| named().next().is_none()) {
        let cells = cells(table, case.from, &found);
        let version = case.from.map(|from| from.to_string()).unwrap_or_default();
        table.push("Kafka brokers", &version, Sense::BrokerUpgrade, Location::file(file), cells);
    }
}

fn cells(table: &Table<'_, '_>, from: Option<Release>, found: &RowFindings) -> Vec<MatrixCell> {
    table.columns.iter().map(|release| to(table, from, *release, found)).collect()
}

/// The cell of one release, for an upgrade from the release that runs.
fn to(table: &Table<'_, '_>, from: Option<Release>, release: Release, found: &RowFindings) -> MatrixCell {
    let mode = table.case.mode;
    let Some(from) = from else {
        return if release >= V4 && mode == Some(Mode::Zookeeper) {
            let reason =
                format!("{release} has no ZooKeeper mode: the cluster has to move to KRaft on 3.9 first.");
            MatrixCell {
                supported: Some(false),
                ..cell(release, CellVerdict::Refused, "migrate first", reason)
            }
        } else {
            let reason = "Nothing shows which release runs now. State it, or give a file or some output of a broker that names it.";
            cell(release, CellVerdict::Unknown, "unknown", reason.to_owned())
        };
    };
    if from == release {
        return with_window(
            cell(release, CellVerdict::Works, "runs now", format!("{release} is what runs now.")),
            table,
            release,
        );
    }
    let hops = match upgrade_path::hops(Some(from), release, mode, plan::finalized(table.case)) {
        Ok(hops) => hops,
        Err(NoPath { why, .. }) if mode.is_none() && from < V4 && release >= V4 => {
            let reason = format!(
                "{why} In KRaft mode the brokers can go to {release}; on ZooKeeper they have to migrate on 3.9 first."
            );
            return cell(release, CellVerdict::Unknown, "depends on the mode", reason);
        }
        Err(NoPath { why, .. }) if mode.is_none() && from < V4 => {
            return cell(release, CellVerdict::Unknown, "depends on the mode", why);
        }
        // A release older than the running one is no target that anybody asked for.
        Err(NoPath { why, .. }) if release < from && release != table.case.to => {
            return cell(release, CellVerdict::Neutral, "older", why);
        }
        Err(NoPath { why, certain: false }) => return cell(release, CellVerdict::Unknown, "unknown", why),
        Err(NoPath { why, .. }) => {
            return MatrixCell {
                supported: Some(false),
                ..cell(release, CellVerdict::Refused, "no way", why)
            };
        }
    };
    let mut stops =
        hops.iter().filter(|hop| hop.kind == HopKind::Upgrade).map(|hop| hop.to).filter(|to| *to != release);
    let last = stops.next_back();
    let migrates = hops.iter().any(|hop| hop.kind == HopKind::MigrateToKraft);
    let (verdict, word, reason) = match last {
        _ if migrates => {
            let stop = last.unwrap_or(from);
            let reason = format!(
                "{release} has no ZooKeeper mode. Bring the brokers to {stop}, move the metadata to KRaft there, then \
                 go on."
            );
            (CellVerdict::Refused, "migrate first".to_owned(), reason)
        }
        Some(stop) => {
            let reason =
                format!("{release} cannot be reached from {from} in one step: upgrade through {stop}.");
            (CellVerdict::WorksWithChanges, format!("via {stop}"), reason)
        }
        None if release < from => {
            let reason = format!(
                "{release} is older than what runs. The brokers can be rolled back to it as long as nothing newer is \
                 finalised."
            );
            (CellVerdict::WorksWithChanges, "goes back".to_owned(), reason)
        }
        None if let Some(better) = patches::better(release, "broker") => {
            let reason = format!("{} Take {better}.", patches::why(release, "broker"));
            (CellVerdict::WorksWithChanges, format!("take {better}"), reason)
        }
        None => (
            CellVerdict::Works,
            "direct".to_owned(),
            format!("A rolling upgrade leads from {from} to {release} in one step."),
        ),
    };
    let supported = Some(!migrates && last.is_none());
    let mut cell = MatrixCell { supported, ..cell(release, verdict, &word, reason) };
    if release > from {
        found.add_to(table, release, &mut cell);
    }
    with_window(cell, table, release)
}

/// Adds when a release gets no more fixes: the project maintains its newest three minors.
fn with_window(mut cell: MatrixCell, table: &Table<'_, '_>, release: Release) -> MatrixCell {
    let at = table.minors.iter().position(|minor| *minor == release.first_of_minor());
    let successor = at.and_then(|at| table.minors.get(at + 3));
    if let Some(successor) = successor {
        let day = catalog::date(*successor).map_or_else(String::new, |date| format!(" on {date}"));
        let _ = write!(
            cell.reason,
            " Kafka fixes the newest three minors; {}.{} is no longer one of them since {successor} was released{day}.",
            release.major, release.minor,
        );
    }
    cell
}
