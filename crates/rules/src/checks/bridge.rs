//! Ways that lead through a release in between.

use std::collections::BTreeSet;

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::Observation;
use kafka_upgrade_report::{Mode, Severity};
use kafka_upgrade_sorted::Gather as _;

use super::{Check, brokers, crossed, report_file};
use crate::diagnostic::{Diagnostics, Location};
use crate::inventory::Item;
use crate::upgrade::{CheckedFile, Upgrade};

const BRIDGE: &str = "requires-bridge-release";
const KRAFT: &str = "requires-kraft";
const BOUNCES: &str = "requires-upgrade-from";

/// Why it may not be so.
const IN_DOUBT: &str = " Nothing here shows in which mode these brokers run: other files have clusters in ZooKeeper mode and in KRaft mode, each judged by itself.";

pub(super) const CHECK: Check = Check { applies, run, reports: &[BRIDGE, BOUNCES, KRAFT] };

/// First release whose KRaft clusters can be upgraded to 4.0 directly.
const PRODUCTION: Release = Release::new(3, 3, 1);

fn applies(case: &Upgrade<'_>) -> bool {
    runs_brokers(case).is_some()
        || brokers(case).next().is_some()
        || case.mode == Some(Mode::Zookeeper)
        || case.files.iter().any(|read| read.component == Some(Component::STREAMS))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let old = case.from.is_some_and(|from| from < PRODUCTION);
    if old && case.mode == Some(Mode::Kraft) && crossed(case, BRIDGE).is_some() {
        for (file, _) in brokers(case) {
            report_file(sink, BRIDGE, file, &[]);
        }
        if brokers(case).next().is_none() {
            report_running(sink, BRIDGE);
        }
    }
    if case.mode == Some(Mode::Zookeeper) {
        // A text that says KRaft itself is about other brokers than those that keep their metadata in ZooKeeper.
        let in_kraft = in_kraft(case);
        let item = running(case).filter(|_| runs_brokers(case).is_some()).find(|item| {
            let read = item.place.file.and_then(|file| case.files.get(file));
            read.is_none_or(|read| !in_kraft.contains(read.path))
        });
        match item.zip(crossed(case, KRAFT)) {
            Some((item, note)) => {
                let before = sink.drafts.len();
                let holes = [("name", item.title())];
                sink.note(note, Some(Component::BROKER), sink.since(note), item.place, &holes);
                for draft in sink.drafts.iter_mut().skip(before).filter(|_| case.mode_in_doubt) {
                    draft.severity = Severity::Info;
                    draft.why.push_str(IN_DOUBT);
                }
            }
            None => report_seen(sink),
        }
    }
    if case.from.is_some() && crossed(case, BOUNCES).is_some() {
        for (file, read) in case.files.iter().enumerate() {
            let streams = read.component == Some(Component::STREAMS);
            if streams && read.setting(Component::STREAMS, "upgrade.from").is_none() {
                report_file(sink, BOUNCES, file, &[]);
            }
        }
    }
}

/// Files in which somebody says that brokers run in KRaft mode, and nobody that others do not.
fn in_kraft<'c>(case: &'c Upgrade<'_>) -> BTreeSet<&'c str> {
    let says = |mode: Mode| {
        let of_mode = move |read: &&CheckedFile<'_>| {
            read.document.observations.iter().any(|one| one.what == Observation::Mode(mode))
        };
        case.files.iter().filter(of_mode).map(|read| read.path)
    };
    let others: BTreeSet<&str> = says(Mode::Zookeeper).gather();
    says(Mode::Kraft).filter(|path| !others.contains(path)).gather()
}

/// Whatever is named that is, or carries, a broker.
fn running<'c>(case: &'c Upgrade<'_>) -> impl Iterator<Item = &'c Item> {
    case.inventory.of_kind(ProductKind::Broker).chain(case.inventory.of_kind(ProductKind::Distribution))
}

/// Brokers known only by name and version, with no configuration that shows their mode.
fn runs_brokers<'c>(case: &'c Upgrade<'_>) -> Option<&'c Item> {
    let item = running(case).next()?;
    let is_silent = |(_, read): (usize, &CheckedFile<'_>)| {
        read.document.is_partial && read.broker_setting("zookeeper.connect").is_none()
    };
    brokers(case).all(is_silent).then_some(item)
}

/// For brokers of unknown version: a file shows that their metadata is in ZooKeeper, but no configuration of theirs
/// does.
fn report_seen(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let says = |read: &CheckedFile<'_>| {
        let mut seen = read.document.observations.iter();
        seen.find(|one| one.what == Observation::Mode(Mode::Zookeeper)).map(|one| one.span)
    };
    let is_silent = |(_, read): (usize, &CheckedFile<'_>)| {
        read.document.is_partial && read.broker_setting("zookeeper.connect").is_none()
    };
    let place =
        case.files.iter().enumerate().find_map(|(file, read)| Some(Location::span(file, says(read)?)));
    if let (Some(place), Some(note), true) = (place, crossed(case, KRAFT), brokers(case).all(is_silent)) {
        sink.note(note, Some(Component::BROKER), sink.since(note), place, &[("name", "Kafka brokers")]);
    }
}

fn report_running(sink: &mut Diagnostics<'_, '_>, id: &str) {
    let case = sink.case;
    if let (Some(item), Some(note)) = (runs_brokers(case), crossed(case, id)) {
        let what = item.title();
        sink.note(note, Some(Component::BROKER), sink.since(note), item.place, &[("name", what)]);
    }
}
