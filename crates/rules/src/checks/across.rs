//! Files against each other: what only shows when several nodes' files are seen together.

use std::collections::BTreeMap;

use kafka_upgrade_document::{Kind, Setting, Slice as _, paths};
use kafka_upgrade_sorted::Sorted as _;

use super::{Check, brokers, report_at, runs_kraft};
use crate::clusters::is_elsewhere;
use crate::diagnostic::Diagnostics;
use crate::upgrade::{CheckedFile, Upgrade};

/// Each node is compared with at most this many others of the same number, those with the nearest paths.
const MAX_SAME: usize = 20;

const SAME_ID: &str = "note-same-node-id";
const VOTERS: &str = "note-different-voters";

pub(super) const CHECK: Check = Check { applies, run, reports: &[SAME_ID, VOTERS] };

fn applies(case: &Upgrade<'_>) -> bool {
    brokers(case).nth(1).is_some()
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    // Sorted by path, so that the order in which files came does not matter. Output about a node is not another node.
    let mut sorted: Vec<_> =
        brokers(case).filter(|(_, read)| read.document.kind != Kind::LiveOutput).collect();
    sorted.order_by_key(|(file, read)| (read.path, *file));
    let mut by_id: BTreeMap<u32, Vec<&CheckedFile<'_>>> = BTreeMap::new();
    for (file, read) in sorted.iter().copied() {
        let Some(id) = identity(read) else { continue };
        // Each of what tests start is a test of its own.
        if paths::parts(read.path).any(|folder| matches!(folder, "fixtures" | "testdata")) {
            continue;
        }
        // A template's `${NODE_ID}` and a generated id are the same text in many files, and different nodes.
        let Ok(number) = id.value.trim().parse::<u32>() else { continue };
        let earlier = by_id.entry(number).or_default();
        // With thousands of equal numbers not all pairs are compared: files of one cluster have neighbouring paths.
        let other = earlier.iter().rev().take(MAX_SAME).rev().find(|other| !are_of_two_clusters(read, other));
        if let Some(other) = other {
            let holes = [("id", id.value.trim()), ("other", other.path)];
            report_at(sink, SAME_ID, file, id, &holes);
        }
        earlier.push(read);
    }
    let voters = |read: &CheckedFile<'_>| -> Option<Vec<String>> {
        let setting = read.broker_setting("controller.quorum.voters").filter(|_| runs_kraft(read))?;
        let mut voters: Vec<_> = setting.value.split(',').map(|one| one.trim().to_owned()).collect();
        voters.order();
        Some(voters)
    };
    let first = sorted.iter().find_map(|(_, read)| voters(read).map(|voters| (read, voters)));
    let Some((one, first)) = first else { return };
    for (file, read) in sorted.iter().copied() {
        if let Some(other) = voters(read).filter(|other| *other != first && !are_of_two_clusters(one, read))
            && let Some(setting) = read.broker_setting("controller.quorum.voters")
        {
            let (here, there) = (other.join(","), first.join(","));
            report_at(
                sink,
                VOTERS,
                file,
                setting,
                &[("here", &here), ("there", &there), ("other", one.path)],
            );
        }
    }
}

/// Whether two nodes most likely belong to different clusters: their controllers or ZooKeeper have no address in
/// common, or the files are in different folders and name only this machine, or nothing. Each text about containers
/// is a project of its own.
pub(super) fn are_of_two_clusters(one: &CheckedFile<'_>, other: &CheckedFile<'_>) -> bool {
    const HEADS: [&str; 3] =
        ["controller.quorum.voters", "controller.quorum.bootstrap.servers", "zookeeper.connect"];
    let heads = |read: &CheckedFile<'_>| -> Vec<String> {
        let values = HEADS.into_iter().filter_map(|key| read.broker_setting(key));
        let all = values.flat_map(|setting| setting.value.split(','));
        all.map(|one| one.rsplit('@').next().unwrap_or(one).trim().to_owned()).collect()
    };
    let (mine, theirs) = (heads(one), heads(other));
    let share = |is_meant: fn(&str) -> bool| mine.iter().any(|head| is_meant(head) && theirs.contains(head));
    if one.path == other.path {
        let has_heads = !mine.is_empty() && !theirs.is_empty();
        return one.is_part
            && other.is_part
            && (has_heads && !share(|_| true) || are_of_two_jobs(one, other));
    }
    let is_container = |read: &CheckedFile<'_>| read.document.kind == Kind::Containers;
    if is_container(one) || is_container(other) {
        return true;
    }
    if paths::folder(one.path) == paths::folder(other.path) {
        // `server.properties` and `server-with-ssl.properties` are two ways to start the same node.
        return !are_numbered(one.path, other.path) && !share(is_elsewhere);
    }
    !share(is_elsewhere)
}

/// Bytes before a node in which the jobs of a file are counted.
const MAX_JOBS_BYTES: usize = 64_000;

/// Whether two nodes are started by two jobs of one file for continuous integration, each on machines of its own.
fn are_of_two_jobs(one: &CheckedFile<'_>, other: &CheckedFile<'_>) -> bool {
    let is_of_jobs = [".circleci", "workflows"].contains(&paths::file_name(paths::folder(one.path)));
    let job = |read: &CheckedFile<'_>| {
        let place = read.document.place.filter(|_| is_of_jobs)?.start as usize;
        if place > MAX_JOBS_BYTES {
            return None;
        }
        let (_, jobs) = read.text.slice(..place).split_once("\njobs:")?;
        let indentation = |line: &str| line.len() - line.trim_start().len();
        let named = || {
            jobs.lines().skip(1).filter(|line| {
                let inner = line.trim_start();
                !inner.is_empty() && !inner.starts_with(['#', '-'])
            })
        };
        let least = named().next().map(indentation)?;
        Some(named().filter(|line| indentation(line) == least).count())
    };
    job(one).zip(job(other)).is_some_and(|(one, other)| one != other)
}

/// Whether two names differ in a number or a single letter alone, as those of nodes do.
fn are_numbered(one: &str, other: &str) -> bool {
    let plain = |path: &str| -> Vec<String> {
        let file = paths::file_name(path);
        let words = file.split(|sign: char| !sign.is_ascii_alphabetic());
        words.filter(|word| word.len() > 1).map(str::to_ascii_lowercase).collect()
    };
    plain(one) == plain(other)
}

pub(super) fn identity<'r>(read: &'r CheckedFile<'_>) -> Option<&'r Setting> {
    read.broker_setting("node.id").or_else(|| read.broker_setting("broker.id"))
}
