//! The controller quorum: static (`controller.quorum.voters`) or dynamic (`controller.quorum.bootstrap.servers`).

use super::{Check, brokers, crossed, has_brokers, notes, report_at, report_missing, runs_kraft};
use crate::diagnostic::Diagnostics;
use crate::levels;
use crate::upgrade::Upgrade;

const MISSING: &str = "requires-controller-quorum";
const STATIC: &str = "note-static-quorum";
const NO_VOTERS: &str = "requires-voters-of-static-quorum";

pub(super) const CHECK: Check = Check { applies: has_brokers, run, reports: &[MISSING, STATIC, NO_VOTERS] };

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (file, read) in brokers(case).filter(|(_, read)| runs_kraft(read)) {
        let set = |key| read.broker_setting(key).filter(|setting| !setting.value.trim().is_empty());
        match (set("controller.quorum.voters"), set("controller.quorum.bootstrap.servers")) {
            (None, None) => report_missing(sink, MISSING, file),
            (Some(voters), None) if crossed(case, STATIC).is_some() => {
                let (minor, command) = (levels::minor(case.to), levels::upgrade_by_name(case.to));
                report_at(sink, STATIC, file, voters, &[("minor", &minor), ("command", &command)]);
            }
            // Brokers find the quorum through any of its controllers; those need to know each other.
            (None, Some(servers))
                if read.roles.controller && !read.document.is_partial && has_static(case) =>
            {
                report_at(sink, NO_VOTERS, file, servers, &[]);
            }
            _ => {}
        }
    }
}

/// Whether the cluster printed that its quorum is static, and the target has dynamic ones to mistake it for.
fn has_static(case: &Upgrade<'_>) -> bool {
    notes::note(NO_VOTERS).is_some_and(|note| note.since <= case.to)
        && case.levels_of("kraft.version").any(|level| level == "0")
}
