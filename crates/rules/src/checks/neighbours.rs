//! What 4.0 takes away beside the brokers themselves: ZooKeeper of other programs and of tests, Log4j 1 of operators'
//! resources.

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::upgrade::Upgrade;

const ASKS: &str = "note-zookeeper-of-other-programs";
const TESTS: &str = "note-test-broker-with-zookeeper";

const LOGGERS: &str = "note-loggers-of-operator-resources";

pub(super) const CHECK: Check = Check { applies, run, reports: &[ASKS, TESTS, LOGGERS] };

/// Subjects of observations whose value names what needs it, and their notes.
const SUBJECTS: &[(&str, &str)] =
    &[("asks-zookeeper", ASKS), ("test-with-zookeeper", TESTS), ("log4j-1-loggers", LOGGERS)];

fn applies(case: &Upgrade<'_>) -> bool {
    let mut observations = case.files.iter().flat_map(|read| &read.document.observations);
    observations.any(|one| SUBJECTS.iter().any(|(subject, _)| one.subject == *subject))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (subject, id) in SUBJECTS {
        let Some(note) = crossed(case, id) else { continue };
        for (file, read) in case.files.iter().enumerate() {
            for observation in read.document.observations.iter().filter(|one| one.subject == *subject) {
                let place = Location::span(file, observation.span);
                sink.note(note, "", sink.since(note), place, &[("name", &observation.value)]);
            }
        }
    }
}
