//! What 4.0 takes away beside the brokers themselves: ZooKeeper of other programs and of tests, Log4j 1 of operators'
//! resources.

use std::cell::OnceCell;

use kafka_upgrade_document::Observation;
use kafka_upgrade_report::Severity;

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

/// The package of Kafka Monitor since it is called Xinfra Monitor, which does nothing with the address of ZooKeeper.
const XINFRA: &str = "com.linkedin.xinfra.";

/// The binder that began to ask the brokers with 2.0 and takes the address of ZooKeeper in vain since then.
const BINDER: &str = "Spring Cloud Stream";

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let is_xinfra = OnceCell::new();
    let is_source_of_xinfra = |name: &str| {
        let mut wholes = case.files.iter().filter(|read| !read.is_part);
        name == "Kafka Monitor" && *is_xinfra.get_or_init(|| wholes.any(|read| read.text.contains(XINFRA)))
    };
    for id in [ASKS, LOGS_IN, TESTS, LOGGERS] {
        let Some(note) = crossed(case, id) else { continue };
        for (file, read) in case.files.iter().enumerate() {
            for observed in &read.document.observations {
                let asking =
                    about(&observed.what).filter(|(about, name)| *about == id && !is_source_of_xinfra(name));
                let Some((_, name)) = asking else { continue };
                let place = Location::span(file, observed.span);
                let before = sink.drafts.len();
                sink.note(note, None, sink.since(note), place, &[("name", name)]);
                for draft in sink.drafts.iter_mut().skip(before).filter(|_| name.starts_with(BINDER)) {
                    draft.severity = Severity::Info;
                    draft.why.push_str(
                        " Spring Cloud Stream does so before 2.0 only; later ones ask the brokers and leave this address alone.",
                    );
                }
            }
        }
    }
}
