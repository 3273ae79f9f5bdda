//! Streams and clients of different releases in one build: calls whose target is not there.

use kafka_upgrade_catalog::{Component, class_path};
use kafka_upgrade_document::Dependency;

use super::{Check, notes};
use crate::diagnostic::{Diagnostics, Location};
use crate::inventory::{builds, libraries, release};
use crate::upgrade::Upgrade;

const MISSING: &str = "requires-clients-that-fit-streams";
const STREAMS: &str = "org.apache.kafka:kafka-streams";
const CLIENTS: &str = "org.apache.kafka:kafka-clients";

pub(super) const CHECK: Check = Check { applies, run, reports: &[MISSING] };

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| builds(read) && libraries(read).any(|one| one.artifact == STREAMS))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = notes::note(MISSING) else { return };
    for (file, read) in case.files.iter().enumerate().filter(|(_, read)| builds(read)) {
        // What is published under the numbers of a distribution is Kafka of another number.
        let of = |artifact: &'static str| {
            let plain = |one: &&Dependency| {
                one.version.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
            };
            libraries(read).filter(move |one| one.artifact == artifact).filter(plain)
        };
        let (Some(streams), Some(clients)) = (of(STREAMS).next(), of(CLIENTS).next()) else { continue };
        // Files of several builds in one, such as a lock of all modules, say not which belongs to which.
        let is_other = |one: &Dependency, first: &Dependency| one.version != first.version;
        if of(STREAMS).any(|one| is_other(one, streams)) || of(CLIENTS).any(|one| is_other(one, clients)) {
            continue;
        }
        let (Some(its), Some(theirs)) = (release(&streams.version), release(&clients.version)) else {
            continue;
        };
        let Some(lacks) = class_path::missing(its, theirs) else { continue };
        let holes =
            [("name", streams.version.as_str()), ("value", clients.version.as_str()), ("lacks", lacks)];
        sink.note(
            note,
            Some(Component::STREAMS),
            sink.since(note),
            Location::span(file, clients.span),
            &holes,
        );
    }
}
