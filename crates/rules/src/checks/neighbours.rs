//! Programs beside Kafka that ask the ZooKeeper of its cluster.

use super::{Check, crossed};
use crate::case::Case;
use crate::draft::{At, Sink};

const ASKS: &str = "note-zookeeper-of-other-programs";

pub(super) const CHECK: Check = Check { applies, run, tells: &[ASKS] };

/// Subject of an observation: what its value names asks ZooKeeper.
const SUBJECT: &str = "asks-zookeeper";

fn applies(case: &Case<'_>) -> bool {
    case.files.iter().any(|read| read.document.observations.iter().any(|one| one.subject == SUBJECT))
}

fn run(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, ASKS) else { return };
    for (file, read) in case.files.iter().enumerate() {
        for observation in read.document.observations.iter().filter(|one| one.subject == SUBJECT) {
            let place = At::span(file, observation.span);
            sink.note(note, "", sink.since(note), place, &[("name", &observation.value)]);
        }
    }
}
