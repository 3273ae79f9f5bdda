//! What 4.0 takes away beside the brokers themselves: ZooKeeper of other programs and of tests, Log4j 1 of operators'
//! resources.

use kafka_upgrade_document::Observation;

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::upgrade::Upgrade;

const ASKS: &str = "note-zookeeper-of-other-programs";
const LOGS_IN: &str = "note-zookeeper-login";
const TESTS: &str = "note-test-broker-with-zookeeper";

const LOGGERS: &str = "note-loggers-of-operator-resources";

pub(super) const CHECK: Check = Check { applies, run, reports: &[ASKS, LOGS_IN, TESTS, LOGGERS] };

fn applies(case: &Upgrade<'_>) -> bool {
    case.observations().any(|one| about(&one.what).is_some())
}

/// The note about an observation, and the name of what needs it.
fn about(what: &Observation) -> Option<(&'static str, &str)> {
    match what {
        Observation::AsksZookeeper(program) => Some((ASKS, program)),
        Observation::LogsInToZookeeper => Some((LOGS_IN, "Client")),
        Observation::TestWithZookeeper(how) => Some((TESTS, how)),
        Observation::Log4j1Loggers(name) => Some((LOGGERS, name)),
        _ => None,
    }
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for id in [ASKS, LOGS_IN, TESTS, LOGGERS] {
        let Some(note) = crossed(case, id) else { continue };
        for (file, read) in case.files.iter().enumerate() {
            for observed in &read.document.observations {
                if let Some((_, name)) = about(&observed.what).filter(|(about, _)| *about == id) {
                    let place = Location::span(file, observed.span);
                    sink.note(note, None, sink.since(note), place, &[("name", name)]);
                }
            }
        }
    }
}
