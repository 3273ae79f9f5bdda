//! Java and Scala for each release, and the metadata version and features that go with it.
//!
//! Source of all of it: the catalog, which read it off the jars. What is *not* here: what a newer Java breaks.

use std::fmt::Write as _;

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{self as catalog, Component, Release};
use kafka_upgrade_document::Observed;
use kafka_upgrade_report::{CellVerdict, MatrixCell, Sense};
use kafka_upgrade_sorted::Sorted as _;

use super::{MAX_ITEMS, Table, cell};
use crate::diagnostic::Location;
use crate::inventory::{Item, java_number};
use crate::levels;

/// The first Java whose `Subject.getSubject` throws unless a security manager is allowed; from 24 on it always does.
const WITHOUT_SUBJECT: u16 = 23;
/// The first release that logs in without that call (KAFKA-17078); 4.0 has it too.
const WITHOUT_GET_SUBJECT: Release = Release::new(3, 9, 1);

/// Rows about Java and Scala of what runs.
pub(super) fn rows(table: &mut Table<'_, '_>) {
    let case = table.case;
    let has = |components: &[Component]| components.iter().any(|component| case.has(*component));
    let servers = has(&[
        Component::BROKER,
        Component::CONNECT_DISTRIBUTED,
        Component::CONNECT_STANDALONE,
        Component::MM2,
    ]);
    let clients = has(&[Component::STREAMS, Component::PRODUCER, Component::CONSUMER, Component::ADMIN]);
    let java: Vec<Item> = case.inventory.of_kind(ProductKind::Java).take(MAX_ITEMS).cloned().collect();
    let alone = !java.is_empty() && !servers && !clients;
    let roles = [
        (
            servers || alone,
            "Java of brokers, Connect and tools",
            catalog::java_of_servers as fn(Release) -> u8,
        ),
        (clients || alone, "Java of clients and Streams", catalog::java_of_clients),
    ];
    for (_, title, needs) in roles.into_iter().filter(|(there, ..)| *there) {
        if java.is_empty() {
            let cells =
                table.columns.iter().map(|release| java_cell("", *release, needs, case.from)).collect();
            table.push(title, "", Sense::Runtime, Location::NOWHERE, cells);
        }
        for item in &java {
            let cells =
                table.columns.iter().map(|release| java_cell(&item.version, *release, needs, case.from));
            let cells = cells.collect();
            table.push(title, &item.version, Sense::Runtime, item.place, cells);
        }
    }
    let scala: Vec<Item> = case.inventory.of_kind(ProductKind::Scala).take(MAX_ITEMS).cloned().collect();
    for item in scala {
        let cells =
            table.columns.iter().map(|release| scala_cell(&item.version, *release, case.from)).collect();
        table.push("Scala", &item.version, Sense::Runtime, item.place, cells);
    }
}

/// A cell for a Java or Scala that is too old for a release. Where it is too old for the running release as well,
/// that release must be running on something else, so the upgrade breaks nothing.
fn too_old(release: Release, runs: Option<Release>, word: &str, reason: &str) -> MatrixCell {
    match runs {
        None => cell(release, CellVerdict::Refused, word, reason.to_owned()),
        Some(runs) => {
            let reason = format!("{reason} So is {runs}, which runs already: what runs it is another.");
            cell(release, CellVerdict::Neutral, word, reason)
        }
    }
}

fn java_cell(version: &str, release: Release, needs: fn(Release) -> u8, from: Option<Release>) -> MatrixCell {
    let runs_without = |java: u16| from.filter(|from| java < u16::from(needs(*from)));
    let needs = needs(release);
    let must = format!("{release} is built for Java {needs}: nothing older starts it.");
    match java_number(version) {
        Some(java) if java >= WITHOUT_SUBJECT && release < WITHOUT_GET_SUBJECT => {
            let how = if java == WITHOUT_SUBJECT {
                " With Java 23 `-Djava.security.manager=allow` helps."
            } else {
                ""
            };
            let reason = format!(
                "{must} Logins with SASL fail on Java {java}: below 3.9.1 Kafka calls `Subject.getSubject`, which \
                 throws `UnsupportedOperationException` there (KAFKA-17078).{how} 3.9.1 and 4.0 are without the call."
            );
            cell(release, CellVerdict::WorksWithChanges, "not with SASL", reason)
        }
        Some(java) if java >= u16::from(needs) => cell(release, CellVerdict::Works, "works", must),
        Some(java) => too_old(release, runs_without(java), &format!("needs {needs}"), &must),
        // No Java was named in what was given, so there is nothing to judge.
        None => {
            let reason = format!("{must} It is not known which Java runs; `java -version` shows it.");
            cell(release, CellVerdict::Neutral, &format!("needs {needs}"), reason)
        }
    }
}

fn scala_cell(version: &str, release: Release, from: Option<Release>) -> MatrixCell {
    let built = catalog::scala(release);
    let reason = format!("{release} is built for Scala {}.", built.join(" and "));
    let fits = |release| {
        let is = |known: &&str| {
            let rest = version.strip_prefix(*known);
            rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
        };
        catalog::scala(release).iter().any(is)
    };
    let runs_without = from.filter(|from| !fits(*from));
    let fits = fits(release);
    match fits {
        true => cell(release, CellVerdict::Works, "works", reason),
        // Code built for Scala 2.13 can be used from Scala 3.
        false if version.starts_with('3') && built.contains(&"2.13") => cell(
            release,
            CellVerdict::Works,
            "works",
            format!("{reason} Scala 3 uses what is built for 2.13."),
        ),
        false if version.is_empty() => cell(
            release,
            CellVerdict::Unknown,
            built.first().copied().unwrap_or("unknown"),
            format!("{reason} Say which Scala the code is built with."),
        ),
        false => too_old(release, runs_without, "not built", &reason),
    }
}

/// Rows about metadata version and features, when there are brokers.
pub(super) fn features(table: &mut Table<'_, '_>) {
    let case = table.case;
    if !case.has(Component::BROKER) {
        return;
    }
    let seen = |name: &str| {
        case.files.iter().enumerate().find_map(|(file, read)| {
            let mut levels = read.document.observations.iter();
            let level = |one: &Observed| Some((one.what.level_of(name)?.to_owned(), one.span));
            levels.find_map(level).map(|(level, span)| (level, Location::span(file, span)))
        })
    };
    let metadata = seen("metadata.version");
    let (value, place) = metadata.unwrap_or((String::new(), Location::NOWHERE));
    let cells = table.columns.iter().map(|release| metadata_cell(&value, *release)).collect();
    table.push("metadata.version", &value, Sense::Features, place, cells);
    let mut names: Vec<&str> = table
        .columns
        .iter()
        .flat_map(|release| catalog::features(*release))
        .map(|feature| feature.name)
        .collect();
    names.order();
    names.dedup();
    for name in names {
        let (value, place) = seen(name).unwrap_or((String::new(), Location::NOWHERE));
        let cells = table.columns.iter().map(|release| feature_cell(name, &value, *release)).collect();
        table.push(name, &value, Sense::Features, place, cells);
    }
}

fn metadata_cell(seen: &str, release: Release) -> MatrixCell {
    let newest = levels::newest_level(release);
    if seen.is_empty() && newest.is_none_or(|version| version.level < 0) {
        let reason =
            format!("{release} has no metadata version; its brokers agree by inter.broker.protocol.version.");
        return cell(release, CellVerdict::Neutral, "not there", reason);
    }
    let newest = newest.map_or("none", |version| version.name);
    let oldest = catalog::metadata_versions(release).find(|version| version.minimum);
    let mut reason = format!("A new cluster of {release} starts with {newest}.");
    if let Some(oldest) = oldest {
        let _ = write!(reason, " Its brokers run with {} at least.", oldest.name);
    }
    let has = levels::level_of(seen);
    let known =
        has.is_some_and(|has| catalog::metadata_versions(release).any(|version| version.name == has.name));
    let too_old = !known && has.zip(oldest).is_some_and(|(has, oldest)| has.level < oldest.level);
    if seen.is_empty() || known {
        return cell(release, verdict_of(seen), newest, reason);
    }
    let _ = write!(reason, " The cluster has {seen}.");
    let word = if too_old { "too old" } else { "not known there" };
    let verdict = if too_old { CellVerdict::Refused } else { CellVerdict::Unknown };
    if !too_old {
        let _ = write!(
            reason,
            " {release} does not know it; compare it with what `kafka-features.sh describe` prints."
        );
    }
    cell(release, verdict, word, reason)
}

fn feature_cell(name: &str, seen: &str, release: Release) -> MatrixCell {
    let levels = || catalog::features(release).filter(|feature| feature.name == name && feature.production);
    let newest = levels().map(|feature| feature.level).max();
    let Some(newest) = newest else {
        let reason = format!("{release} does not have {name}.");
        return match seen.parse::<u16>() {
            Ok(level) if level > 0 => cell(
                release,
                CellVerdict::Refused,
                "not there",
                format!("{reason} The cluster has level {level}."),
            ),
            _ => cell(release, CellVerdict::Neutral, "not there", reason),
        };
    };
    let starts = levels()
        .filter(|feature| starts_with(release, feature.bootstrap))
        .map(|feature| feature.level)
        .max()
        .unwrap_or(0);
    let reason = format!(
        "{release} has {name} up to {newest}; a new cluster starts with {starts}, one that was upgraded keeps its own \
         until it is raised."
    );
    if seen.parse::<u16>().is_ok_and(|level| level > newest) {
        return cell(release, CellVerdict::Refused, "too new", format!("{reason} The cluster has {seen}."));
    }
    cell(release, verdict_of(seen), &format!("up to {newest}"), reason)
}

/// Without a level of the cluster it is a fact of the release, no verdict.
fn verdict_of(seen: &str) -> CellVerdict {
    if seen.is_empty() { CellVerdict::Neutral } else { CellVerdict::Works }
}

/// Whether new clusters of a release have a metadata version at which a level of a feature is there by itself.
fn starts_with(release: Release, bootstrap: &str) -> bool {
    let level = catalog::metadata_versions(release)
        .find(|version| version.name == bootstrap)
        .map(|version| version.level);
    let newest = levels::newest_level(release).map(|version| version.level);
    level.zip(newest).is_some_and(|(level, newest)| level <= newest)
}
