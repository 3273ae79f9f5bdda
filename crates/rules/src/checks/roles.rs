//! `process.roles`: from 4.0 every node says what it is; and what a node in KRaft mode then needs.

use super::{Check, brokers, has_brokers, notes, report_missing, runs_kraft};
use crate::diagnostic::Diagnostics;

const ROLES: &str = "requires-process-roles";
const LISTENERS: &str = "requires-controller-listener-names";

pub(super) const CHECK: Check = Check { applies: has_brokers, run, reports: &[ROLES, LISTENERS] };

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (file, read) in brokers(case) {
        if runs_kraft(read) {
            if read.broker_setting("controller.listener.names").is_none() {
                report_missing(sink, LISTENERS, file);
            }
        } else if notes::note(ROLES).is_some_and(|note| note.since <= case.to) {
            report_missing(sink, ROLES, file);
        }
    }
}
