//! Log4j 1, its files and its libraries: 4.0 logs with Log4j 2.
//!
//! Clients and Streams log through SLF4J alone and take any library; what is not said of them is not missed.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Kind;
use kafka_upgrade_report::Severity;

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::inventory::{builds, is_brought_by_kafka, libraries};
use crate::upgrade::{CheckedFile, Upgrade};
use crate::whose_logging::Around;

const LOG4J_1: &str = "deprecated-log4j-1-configuration";
const LIBRARY: &str = "requires-log4j-2";

/// From this release on brokers and workers check for Log4j 2, and do without changing levels if it is missing.
const DOES_WITHOUT: Release = Release::new(4, 1, 0);

/// Artifacts that contain Log4j 1 or replace it, and whether SLF4J logs through them.
const LIBRARIES: &[(&str, bool)] = &[
    ("log4j:log4j", false),
    ("ch.qos.reload4j:reload4j", false),
    ("org.slf4j:slf4j-log4j12", true),
    ("org.slf4j:slf4j-reload4j", true),
];

/// What has Log4j 1, or what took its place, log instead: an image that brings it keeps it.
const BINDINGS: [&str; 2] = ["slf4j-log4j12", "slf4j-reload4j"];

/// What of Kafka's sets levels through the classes of its logging library.
const SETS_LEVELS: &[&str] = &["connect-runtime", "connect-mirror", "kafka_2.13", "kafka_2.12", "kafka_2.11"];

pub(super) const CHECK: Check = Check { applies, run, reports: &[LOG4J_1, LIBRARY] };

fn is_log4j_1(read: &CheckedFile<'_>) -> bool {
    matches!(read.document.kind, Kind::Log4jProperties | Kind::Log4jXml)
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| is_log4j_1(read) || sets_levels(read).is_some())
}

/// The first library of a build file that needs what Kafka logs with.
fn sets_levels<'r>(read: &'r CheckedFile<'_>) -> Option<&'r str> {
    let mut names = libraries(read).filter_map(|one| one.artifact.strip_prefix("org.apache.kafka:"));
    names.find(|name| builds(read) && SETS_LEVELS.contains(name))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    if let Some(note) = crossed(case, LOG4J_1) {
        let around = Around::of(case);
        let logging = case.files.iter().enumerate().filter(|(_, read)| is_log4j_1(read));
        // Parts of a text have the whole of it.
        let mut known = BTreeMap::new();
        let mut brings = |read: &CheckedFile<'_>| {
            let brings = || BINDINGS.iter().any(|name| read.text.contains(name));
            *known.entry((read.text.as_ptr().addr(), read.text.len())).or_insert_with(brings)
        };
        for (file, _) in logging.filter(|(_, read)| !brings(read) && around.is_of_kafka(read)) {
            sink.note(note, None, sink.since(note), Location::file(file), &[]);
        }
    }
    let Some(note) = crossed(case, LIBRARY) else { return };
    for (file, read) in case.files.iter().enumerate() {
        let Some(needs) = sets_levels(read) else { continue };
        // By its name in 4.0.
        let needs = if needs.starts_with("kafka_") { "kafka_2.13" } else { needs };
        let has_log4j_2 = libraries(read).any(|one| one.artifact == "org.apache.logging.log4j:log4j-core");
        for one in libraries(read) {
            if is_brought_by_kafka(read, one) {
                continue;
            }
            let known = LIBRARIES.iter().find(|(name, _)| *name == one.artifact);
            // Next to Log4j 2 the old classes do no harm, unless SLF4J may bind to them.
            if known.is_some_and(|(_, binds)| *binds || !has_log4j_2) {
                let holes = [("name", one.artifact.as_str()), ("value", needs)];
                let before = sink.drafts.len();
                sink.note(note, None, sink.since(note), Location::span(file, one.span), &holes);
                if case.to >= DOES_WITHOUT {
                    sink.drafts.iter_mut().skip(before).for_each(|draft| draft.severity = Severity::Info);
                }
            }
        }
    }
}
