//! Log4j 1 files: 4.0 logs with Log4j 2.

use kafka_upgrade_input::Kind;

use super::{Check, crossed};
use crate::case::{Case, Read};
use crate::draft::{At, Sink};

const LOG4J_1: &str = "deprecated-log4j-1-configuration";

pub(super) const CHECK: Check = Check { applies, run, tells: &[LOG4J_1] };

fn is_log4j_1(read: &Read<'_>) -> bool {
    matches!(read.document.kind, Kind::Log4jProperties | Kind::Log4jXml)
}

fn applies(case: &Case<'_>) -> bool {
    case.files.iter().any(is_log4j_1)
}

fn run(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, LOG4J_1) else { return };
    for (file, _) in case.files.iter().enumerate().filter(|(_, read)| is_log4j_1(read)) {
        sink.note(note, "", sink.since(note), At::file(file), &[]);
    }
}
