//! The controller quorum: static (`controller.quorum.voters`) or dynamic (`controller.quorum.bootstrap.servers`).

use super::{Check, brokers, crossed, has_brokers, runs_kraft, tell_at, tell_missing};
use crate::draft::Sink;

const MISSING: &str = "requires-controller-quorum";
const STATIC: &str = "note-static-quorum";

pub(super) const CHECK: Check = Check { applies: has_brokers, run, tells: &[MISSING, STATIC] };

fn run(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    for (file, read) in brokers(case).filter(|(_, read)| runs_kraft(read)) {
        let set = |key| read.broker_setting(key).filter(|setting| !setting.value.trim().is_empty());
        match (set("controller.quorum.voters"), set("controller.quorum.bootstrap.servers")) {
            (None, None) => tell_missing(sink, MISSING, file),
            (Some(voters), None) if crossed(case, STATIC).is_some() => {
                tell_at(sink, STATIC, file, voters, &[])
            }
            _ => {}
        }
    }
}
