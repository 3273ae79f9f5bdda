//! Files of a migration to KRaft, drafted from the brokers' own.
//!
//! Four phases, each with its files: controllers that wait for the brokers (`controller`), brokers that know them,
//! brokers in KRaft mode (`broker`), controllers without ZooKeeper. What is *not* here: what to do with them (`steps`).
//!
//! Invariants: a draft starts on the release on which it is used, and the last of each kind has no error up to the
//! target (`mend`); what cannot be drafted so is not drafted, and the reason is given. Only a file that is
//! `.properties` as a whole is drafted: what stands inside a manifest is not. A draft holds what the broker's file holds,
//! secrets as well, so whoever exports it covers them. No two drafts have the same path, and none leads out of its folder.

mod broker;
mod carried;
mod context;
mod controller;
mod mend;
mod names;
mod quorum;
mod security;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{DraftFile, HopKind, Plan};

use self::context::Context;
use self::controller::Controller;
use self::names::Names;
use self::quorum::Quorum;
use super::upgrade_path::Hop;
use crate::upgrade::{CheckedFile, Upgrade};

/// Longest text that is drafted from, in bytes; no broker's file is longer.
const MAX_BYTES: usize = 256 * 1024;
/// A step names at most this many files without a draft, and gives the number of the rest.
const MAX_SENTENCES: usize = 5;

/// What was drafted, and what was not.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) files: Vec<DraftFile>,
    missing: Vec<Missing>,
    is_missing: BTreeSet<Missing>,
    names: Names,
}

/// A draft that a step lacks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Missing {
    step: &'static str,
    /// Of which file.
    what: String,
    why: String,
}

impl Drafts {
    /// A draft that comes from the file `source`.
    fn add(
        &mut self,
        step: &'static str,
        folder: &str,
        (path, source): (&str, &str),
        text: Result<String, String>,
    ) {
        match text {
            Ok(text) => {
                let path = self.names.claim(folder, path);
                let source = Some(source.to_owned());
                self.files.push(DraftFile { step: step.to_owned(), path, source, text });
            }
            Err(why) => self.lacks(step, path, why),
        }
    }

    fn add_controller(
        &mut self,
        step: &'static str,
        folder: &str,
        (one, source): (Controller<'_>, &str),
        text: Result<String, String>,
    ) {
        match text {
            // New controllers all fail for the same reason, so it is stated once, without a name.
            Err(why) if one.file.is_none() => self.lacks(step, "a controller", why),
            text => self.add(step, folder, (&path_of(one), one.file.map_or(source, |file| file.path)), text),
        }
    }

    fn lacks(&mut self, step: &'static str, what: &str, why: String) {
        let missing = Missing { step, what: what.to_owned(), why };
        if self.is_missing.insert(missing.clone()) {
            self.missing.push(missing);
        }
    }

    /// Leaves out what no step uses, and lets each step say which drafts it lacks.
    pub(super) fn settle(self, plan: &mut Plan) {
        let Plan { drafts, steps, .. } = plan;
        drafts.retain(|draft| steps.iter().any(|step| step.id == draft.step));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let is_there = |one: &&Missing| {
            drafts.iter().any(|draft| draft.step == one.step && draft.source.as_ref() == Some(&one.what))
        };
        // A platform may have drafted by itself what is no broker's own file.
        for Missing { step: id, what, why } in self.missing.iter().filter(|one| !is_there(one)) {
            let count = counts.entry(*id).or_default();
            *count += 1;
            let Some(step) = steps.iter_mut().find(|step| step.id == *id) else { continue };
            if *count <= MAX_SENTENCES {
                step.why.push_str(&format!(" There is no draft of {what}: {why}."));
            }
        }
        for (id, count) in counts {
            let more = count.saturating_sub(MAX_SENTENCES);
            if let Some(step) = steps.iter_mut().find(|step| step.id == id && more > 0) {
                step.why.push_str(&format!(" {more} more files have no draft, for reasons like these."));
            }
        }
    }
}

const PROVISION: &str = "migrate-provision-controllers";
const SWITCH_ON: &str = "migrate-switch-on";
const TO_KRAFT: &str = "migrate-brokers-to-kraft";
const FINISH: &str = "migrate-finish";

/// The drafts of an upgrade path, by phase. A phase that the files are past has none.
pub(super) fn write(case: &Upgrade<'_>, from: Release, hops: &[Hop]) -> Drafts {
    let mut drafts = Drafts::default();
    let Some(hop) = hops.iter().find(|hop| hop.kind == HopKind::MigrateToKraft) else { return drafts };
    let brokers: Vec<&CheckedFile<'_>> = case.files.iter().filter(|read| keeps_in_zookeeper(read)).collect();
    undrafted(case, &mut drafts);
    let Some(quorum) = Quorum::of(&brokers, &case.files) else { return drafts };
    let draftable = || case.files.iter().filter(|read| is_draftable(read));
    let Some(lines) = draftable().find_map(|read| read.document.editor?.lines) else { return drafts };
    let context = Context { from, bridge: hop.to, to: case.to, lines };
    let controllers = controllers(case, &quorum);
    let source = brokers.first().map_or("", |read| read.path);
    let brokers_migrate = brokers.iter().any(|read| controller::migrates(read));
    if !brokers.is_empty() && !brokers_migrate {
        let waiting = controllers.iter().filter(|one| !one.file.is_some_and(controller::migrates));
        let mut new = None;
        for one in waiting {
            let text = like(&mut new, *one, (&quorum, context), || {
                controller::migrating(*one, &brokers, &quorum, context)
            });
            drafts.add_controller(PROVISION, "1-provision", (*one, source), text);
        }
    }
    for read in brokers.iter().filter(|read| !controller::migrates(read)) {
        drafts.add(
            SWITCH_ON,
            "2-switch-on",
            (read.path, read.path),
            broker::migrating(read, &quorum, context),
        );
    }
    for read in &brokers {
        drafts.add(TO_KRAFT, "3-kraft", (read.path, read.path), broker::migrated(read, &quorum, context));
    }
    let mut new = None;
    for one in controllers.iter().filter(|one| one.file.is_some() || !brokers.is_empty()) {
        let text = like(&mut new, *one, (&quorum, context), || {
            controller::migrated(*one, &brokers, &quorum, context)
        });
        drafts.add_controller(FINISH, "4-finish", (*one, source), text);
    }
    drafts
}

/// New controllers differ in number and port alone, so that only the `first` has to be worked out.
fn like(
    first: &mut Option<Result<String, String>>,
    one: Controller<'_>,
    (quorum, context): (&Quorum<'_>, Context),
    write: impl FnOnce() -> Result<String, String>,
) -> Result<String, String> {
    if one.file.is_some() {
        return write();
    }
    match first {
        Some(known) => known.clone().map(|text| controller::renumbered(text, one, quorum, context)),
        None => first.insert(write()).clone(),
    }
}

/// The controllers of the quorum, and those that its value does not name but that have files.
fn controllers<'c>(case: &'c Upgrade<'_>, quorum: &Quorum<'_>) -> Vec<Controller<'c>> {
    let number = |read: &CheckedFile<'_>| read.broker_setting("node.id")?.value.trim().parse::<u32>().ok();
    let given: Vec<&CheckedFile<'_>> = case
        .files
        .iter()
        .filter(|read| is_draftable(read) && read.roles.controller && !read.roles.broker)
        .collect();
    let named = |wanted| given.iter().copied().find(|read| number(read) == Some(wanted));
    let mut all: Vec<Controller<'_>> =
        quorum.nodes.iter().map(|&(number, port)| Controller { number, port, file: named(number) }).collect();
    for read in &given {
        if let Some(number) = number(read).filter(|one| !all.iter().any(|known| known.number == *one)) {
            all.push(Controller { number, port: 0, file: Some(*read) });
        }
    }
    all
}

/// An existing controller keeps the name of its file.
fn path_of(one: Controller<'_>) -> String {
    one.file.map_or_else(|| format!("node-{}/controller.properties", one.number), |read| read.path.to_owned())
}

/// Brokers in ZooKeeper mode for which no draft can be made, with the reason.
fn undrafted(case: &Upgrade<'_>, drafts: &mut Drafts) {
    let mut paths: Vec<&str> = Vec::new();
    for read in case.files.iter().filter(|read| is_of_zookeeper_mode(read) && !is_draftable(read)) {
        if paths.contains(&read.path) {
            continue;
        }
        paths.push(read.path);
        let why = if read.text.len() > MAX_BYTES {
            format!("it is longer than {} KB", MAX_BYTES / 1024)
        } else {
            "only files that are .properties as a whole are drafted. Change the same keys in it as the steps name them"
                .to_owned()
        };
        drafts.lacks(PROVISION, read.path, why);
    }
}

/// Hosts and ports of the controllers that the drafts name; all of them, since a tool tries the next one when the
/// first is down.
pub(super) fn controllers_of(case: &Upgrade<'_>) -> Option<String> {
    let brokers: Vec<&CheckedFile<'_>> = case.files.iter().filter(|read| keeps_in_zookeeper(read)).collect();
    let quorum = Quorum::of(&brokers, &case.files)?;
    Some(addresses(&quorum.controllers))
}

/// `c1:9093,c2:9093` of `1@c1:9093,2@c2:9093`.
pub(super) fn addresses(voters: &str) -> String {
    let address = |one: &str| one.split_once('@').map_or(one, |(_, address)| address).trim().to_owned();
    voters.split(',').map(address).collect::<Vec<_>>().join(",")
}

/// A broker's file of a cluster that keeps its metadata in ZooKeeper.
fn keeps_in_zookeeper(read: &CheckedFile<'_>) -> bool {
    is_draftable(read) && is_of_zookeeper_mode(read)
}

fn is_of_zookeeper_mode(read: &CheckedFile<'_>) -> bool {
    read.is_broker()
        && read.broker_setting("process.roles").is_none()
        && read.broker_setting("zookeeper.connect").is_some()
}

/// Whether the whole text is one configuration.
fn is_draftable(read: &CheckedFile<'_>) -> bool {
    read.is_broker() && !read.is_part && read.document.kind.is_properties() && read.text.len() <= MAX_BYTES
}
