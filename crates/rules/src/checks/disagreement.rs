//! Brokers of one cluster that disagree: on a setting that all of them should have alike, or on their release.
//!
//! Numbers and voters are in `across`. What is *not* here: which nodes are of one cluster.

use kafka_upgrade_catalog::clients;
use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::{Kind, Setting};
use kafka_upgrade_sorted::Sorted as _;

use super::across::{are_of_two_clusters, identity};
use super::{Check, brokers, notes, report_at};
use crate::diagnostic::{Diagnostics, Location};
use crate::inventory::release_in;
use crate::upgrade::{CheckedFile, Upgrade};

const DIFFERENT: &str = "note-brokers-disagree";
const RELEASES: &str = "note-brokers-of-two-releases";

pub(super) const CHECK: Check = Check { applies, run, reports: &[DIFFERENT, RELEASES] };

/// Keys that mean little unless every broker has the same value.
const ALIKE: [&str; 20] = [
    "inter.broker.protocol.version",
    "log.message.format.version",
    "controller.quorum.bootstrap.servers",
    "inter.broker.listener.name",
    "security.inter.broker.protocol",
    "sasl.mechanism.inter.broker.protocol",
    "authorizer.class.name",
    "allow.everyone.if.no.acl.found",
    "super.users",
    "default.replication.factor",
    "min.insync.replicas",
    "offsets.topic.replication.factor",
    "transaction.state.log.replication.factor",
    "transaction.state.log.min.isr",
    "auto.create.topics.enable",
    "unclean.leader.election.enable",
    "group.coordinator.rebalance.protocols",
    "remote.log.storage.system.enable",
    "message.max.bytes",
    "zookeeper.metadata.migration.enable",
];

/// At most this many brokers are compared with the first one.
const MAX_BROKERS: usize = 200;

fn applies(case: &Upgrade<'_>) -> bool {
    brokers(case).nth(1).is_some()
}

type Node<'c, 'a> = (usize, &'c CheckedFile<'a>);

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let is_one = |(_, read): &Node<'_, '_>| read.roles.broker && read.document.kind != Kind::LiveOutput;
    let mut nodes: Vec<Node<'_, '_>> = brokers(case).filter(is_one).take(MAX_BROKERS).collect();
    nodes.order_by(|(one, a), (other, b)| (a.path, one).cmp(&(b.path, other)));
    for key in ALIKE {
        let Some((first, setting)) = nodes.iter().find_map(|node| Some((node, known(node.1, key)?))) else {
            continue;
        };
        let differs = |(_, other): &&Node<'_, '_>| match other.broker_setting(key) {
            Some(there) => {
                !there.has_placeholder() && !there.value.trim().eq_ignore_ascii_case(setting.value.trim())
            }
            // What an image or a template brings is not seen.
            None => other.path == first.1.path && other.is_part || !other.document.is_partial,
        };
        // Without numbers of their own two parts may be of one node, as in a chart's values.
        let is_other = |other: &CheckedFile<'_>| {
            let (one, two) = (number(first.1), number(other));
            one.is_some() && two.is_some() && one != two
        };
        let others =
            nodes.iter().filter(|(_, other)| is_other(other) && !are_of_two_clusters(first.1, other));
        if let Some((_, other)) = others.clone().find(differs) {
            let there = match other.broker_setting(key) {
                Some(there) => format!("`{}`", there.value.trim()),
                None => "not set".to_owned(),
            };
            let holes = [("there", there.as_str()), ("other", name(other))];
            report_at(sink, DIFFERENT, first.0, setting, &holes);
        }
    }
    releases(sink, &nodes);
}

/// The value of a broker that is written there.
fn known<'r>(read: &'r CheckedFile<'_>, key: &str) -> Option<&'r Setting> {
    read.broker_setting(key).filter(|setting| !setting.has_placeholder())
}

/// A broker's number, where it is written.
fn number(read: &CheckedFile<'_>) -> Option<u32> {
    identity(read)?.value.trim().parse().ok()
}

/// What to call a broker: its file, or what starts it.
fn name<'r>(read: &'r CheckedFile<'_>) -> &'r str {
    let place = read.document.place.filter(|_| read.is_part);
    let named = place.and_then(|place| read.text.get(place.start as usize..place.end as usize));
    named.filter(|name| !name.is_empty() && name.len() < 100).unwrap_or(read.path)
}

/// Containers of one text whose images are of different minors.
fn releases(sink: &mut Diagnostics<'_, '_>, nodes: &[Node<'_, '_>]) {
    let case = sink.case;
    let Some(note) = notes::note(RELEASES) else { return };
    let mut seen: Vec<(&CheckedFile<'_>, Release)> = Vec::new();
    for (file, read) in nodes.iter().filter(|(_, read)| read.is_part) {
        let Some(release) = release_of(case, *file, read) else { continue };
        let same = |one: &&(&CheckedFile<'_>, Release)| {
            one.0.path == read.path
                && one.1.first_of_minor() != release.first_of_minor()
                && !are_of_two_clusters(one.0, read)
        };
        if let (Some((other, its)), Some(place)) = (seen.iter().find(same), read.document.place) {
            let (here, there) = (release.to_string(), its.to_string());
            let holes = [("here", here.as_str()), ("there", &there), ("other", name(other))];
            sink.note(note, Some(Component::BROKER), sink.since(note), Location::span(*file, place), &holes);
        }
        seen.push((read, release));
    }
}

/// The release in the image of the service or workload that a part is about.
fn release_of(case: &Upgrade<'_>, file: usize, part: &CheckedFile<'_>) -> Option<Release> {
    let whole = case.files.get(..file)?.iter().rfind(|read| !read.is_part && read.path == part.path)?;
    let resource = whole.document.resources.iter().find(|one| Some(one.span) == part.document.place)?;
    let image = resource.value("image")?;
    let (name, tag) = image.rsplit_once(':').filter(|(_, tag)| !tag.contains('/'))?;
    let mut folders = name.rsplit('/');
    let (program, owner) = (folders.next()?, folders.next());
    let artifact = owner.map_or_else(|| program.to_owned(), |owner| format!("{owner}/{program}"));
    release_in(clients::product_of("image", &artifact)?, tag)
}
