//! `kafka-configs.sh --alter` of 4.0 at brokers that are older than 2.3.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Usage;

use super::{Check, crossed};
use crate::case::Case;
use crate::draft::{At, Sink};

const INCREMENTAL: &str = "requires-brokers-of-2-3-for-kafka-configs";

/// The first brokers that change settings one by one.
const OLDEST: Release = Release::new(2, 3, 0);

pub(super) const CHECK: Check = Check { applies, run, tells: &[INCREMENTAL] };

fn is_alter(usage: &Usage) -> bool {
    usage.name == "kafka-configs.sh --alter"
}

fn applies(case: &Case<'_>) -> bool {
    case.files.iter().any(|read| read.document.usages.iter().any(is_alter))
}

fn run(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, INCREMENTAL).filter(|_| case.from.is_none_or(|from| from < OLDEST)) else {
        return;
    };
    for (file, read) in case.files.iter().enumerate() {
        for usage in read.document.usages.iter().filter(|usage| is_alter(usage)) {
            sink.note(note, "", sink.since(note), At::span(file, usage.span), &[]);
        }
    }
}
