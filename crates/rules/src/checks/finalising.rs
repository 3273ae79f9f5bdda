//! What finalising a release does beside raising the metadata version, by the same levels as the plan's commands.

use std::collections::BTreeSet;

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::{Kind, Setting};
use kafka_upgrade_report::{Mode, Severity};
use kafka_upgrade_sorted::Gather as _;

use super::{Check, brokers, crossed, has_brokers, report_at, runs_kraft};
use crate::diagnostic::{Diagnostics, Location};
use crate::levels::{self, ELIGIBLE_LEADER_REPLICAS};
use crate::notes;
use crate::upgrade::{CheckedFile, Upgrade};

const ELIGIBLE: &str = "note-eligible-leader-replicas";
const MIN_ISR: &str = "note-min-insync-replicas-of-brokers";
const KEY: &str = "min.insync.replicas";

pub(super) const CHECK: Check = Check { applies, run, reports: &[ELIGIBLE, MIN_ISR] };

fn applies(case: &Upgrade<'_>) -> bool {
    has_brokers(case) || case.has(kafka_upgrade_catalog::Component::BROKER)
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    eligible(sink);
    if levels::finalising_switches_elr_on(sink.case) {
        min_isr(sink);
    }
}

/// Once a report: what becomes of eligible leader replicas.
fn eligible(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let level = levels::finalized_by(case.to).get(ELIGIBLE_LEADER_REPLICAS).copied().unwrap_or_default();
    let rises = levels::finalising_switches_elr_on(case);
    let Some(note) = notes::note(ELIGIBLE).filter(|note| case.crosses_note(note) || rises) else { return };
    let when = if rises {
        "the plan does so before it finalises"
    } else {
        "4.1 and later releases raise it to 1 when they are finalised"
    };
    let mut files = brokers(case).filter(|(_, read)| read.roles.broker);
    let place = match (files.next(), files.next()) {
        (Some((file, _)), None) => Location::file(file),
        _ => Location::NOWHERE,
    };
    let number = level.to_string();
    let switched = note_since(case);
    let since = if rises { switched } else { sink.since(note) };
    sink.note(note, Some(Component::BROKER), since, place, &[("level", &number), ("when", when)]);
}

/// The release at which finalising enables it, if the upgrade path crosses it.
fn note_since(case: &Upgrade<'_>) -> Option<Release> {
    notes::note(MIN_ISR).map(|note| note.since).filter(|since| case.crosses(*since))
}

/// Reports each file whose `min.insync.replicas` loses its effect, or becomes a setting of the cluster.
fn min_isr(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    if crossed(case, MIN_ISR).is_none() && levels::printed(case).is_none() {
        return;
    }
    let nodes = || brokers(case).filter(|(_, read)| read.document.kind != Kind::LiveOutput);
    let values = |read: &CheckedFile<'_>| number(read.broker_setting(KEY));
    let controllers: Vec<u32> =
        nodes().filter(|(_, read)| read.roles.controller).map(|(_, read)| values(read)).collect();
    let cluster_has = brokers(case).any(|(_, read)| is_cluster_value(read));
    // Strimzi writes a resource's configuration for brokers and controllers alike.
    let is_of_strimzi = |read: &&CheckedFile<'_>| {
        !read.is_part && read.document.kind == Kind::Containers && read.text.contains("kafka.strimzi.io/")
    };
    let of_all: BTreeSet<&str> = case.files.iter().filter(is_of_strimzi).map(|read| read.path).gather();
    for (file, read) in nodes() {
        let Some(setting) = read.broker_setting(KEY) else { continue };
        if of_all.contains(read.path) || setting.has_placeholder() {
            continue;
        }
        let own = number(Some(setting));
        let is_controller = read.roles.controller && !read.roles.broker;
        let other = controllers.iter().find(|one| **one != own);
        let lacks = || nodes().any(|(_, node)| node.roles.broker && node.broker_setting(KEY).is_none());
        let (severity, becomes) = if cluster_has {
            (
                Severity::Info,
                "it keeps the value that it has (`--entity-default`), whatever this file says".to_owned(),
            )
        } else if is_controller {
            // A value that differs from what a broker's file says is reported there.
            if own == 1 || !lacks() {
                continue;
            }
            (
                Severity::Warning,
                format!("brokers whose files have none, which means 1, get the {own} of this controller"),
            )
        } else if let Some(other) = other {
            let grave = if own > 1 { Severity::Error } else { Severity::Warning };
            let what = format!(
                "the {other} of a controller's file, where none is set, takes the place of the {own} in this one"
            );
            (grave, what)
        } else if !controllers.is_empty() {
            (Severity::Info, format!("the controllers' files say {own} as well, so that it stays"))
        } else if !runs_kraft(read) && case.mode != Some(Mode::Kraft) {
            (
                Severity::Info,
                format!("the {own} in this file has to be in the controllers' files too, as in the drafts"),
            )
        } else if own == 1 {
            continue;
        } else {
            let what = format!(
                "the value of the active controller's own file, or 1, takes the place of the {own} in this one"
            );
            (Severity::Warning, what)
        };
        let before = sink.drafts.len();
        report_at(sink, MIN_ISR, file, setting, &[("becomes", &becomes)]);
        sink.drafts.iter_mut().skip(before).for_each(|draft| draft.severity = severity);
    }
}

/// The value that counts; Kafka's default without a line.
fn number(setting: Option<&Setting>) -> u32 {
    setting.and_then(|one| one.value.trim().parse().ok()).unwrap_or(1)
}

/// Whether a printed text shows a value that the cluster has already.
fn is_cluster_value(read: &CheckedFile<'_>) -> bool {
    read.document.kind == Kind::LiveOutput
        && read.broker_setting(KEY).is_some()
        && read.text.contains("Default configs for brokers in the cluster")
}
