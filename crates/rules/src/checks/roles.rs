//! `process.roles`: from 4.0 every node says what it is; and what a node in KRaft mode then needs.

use super::{Check, brokers, has_brokers, notes, report_missing, runs_kraft};
use crate::diagnostic::Diagnostics;
use crate::upgrade::CheckedFile;

const ROLES: &str = "requires-process-roles";
const LISTENERS: &str = "requires-controller-listener-names";

pub(super) const CHECK: Check = Check { applies: has_brokers, run, reports: &[ROLES, LISTENERS] };

/// Whether a broker could start with the file alone: additions to an embedded broker's, or to what an image brings,
/// leave out what no broker does without.
fn is_whole(read: &CheckedFile<'_>) -> bool {
    const OWN: [&str; 8] = [
        "broker.id",
        "node.id",
        "zookeeper.connect",
        "log.dirs",
        "log.dir",
        "metadata.log.dir",
        "controller.quorum.voters",
        "controller.quorum.bootstrap.servers",
    ];
    OWN.iter().any(|key| read.broker_setting(key).is_some())
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (file, read) in brokers(case) {
        if runs_kraft(read) {
            if read.broker_setting("controller.listener.names").is_none() {
                report_missing(sink, LISTENERS, file);
            }
        } else if is_whole(read) && notes::note(ROLES).is_some_and(|note| note.since <= case.to) {
            report_missing(sink, ROLES, file);
        }
    }
}
