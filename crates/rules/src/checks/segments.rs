//! Topics that exist with a `segment.bytes` below the bound of 4.1: brokers that read them at their start stop.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Kind;

use super::{Check, tell_at};
use crate::case::Case;
use crate::draft::Sink;
use crate::notes;

const EXISTING: &str = "note-small-segments-of-existing-topics";
/// Bytes. Source: `LogConfig` of 4.1 (KIP-1030).
const LEAST: i64 = 1_048_576;

pub(super) const CHECK: Check = Check { applies, run, tells: &[EXISTING] };

fn applies(case: &Case<'_>) -> bool {
    notes::note(EXISTING).is_some_and(|note| note.since <= case.to)
}

fn run(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    // What a tool printed of a topic is a topic that exists.
    let printed = case.files.iter().enumerate().filter(|(_, read)| read.document.kind == Kind::LiveOutput);
    for (file, read) in printed {
        let Some(setting) = read.setting(Component::TOPIC, "segment.bytes") else { continue };
        if setting.value.trim().parse::<i64>().is_ok_and(|bytes| bytes < LEAST) {
            tell_at(sink, EXISTING, file, setting, &[]);
        }
    }
}
