//! Topics that exist, as tools print them, with settings that the target refuses to a new one: too small a
//! `segment.bytes` keeps every broker from starting, a removed setting only stays without effect.

use kafka_upgrade_catalog::{Component, Release, definition};
use kafka_upgrade_document::{Kind, Setting};

use super::{Check, report_at};
use crate::diagnostic::Diagnostics;
use crate::facts::{self, LEAST_SEGMENT_BYTES};
use crate::notes;
use crate::upgrade::{CheckedFile, Upgrade};

const SMALL: &str = "note-small-segments-of-existing-topics";
const REMOVED: &str = "note-removed-settings-of-existing-topics";

pub(super) const CHECK: Check = Check { applies, run, reports: &[SMALL, REMOVED] };

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(is_printed)
}

/// Whether this is a setting of a topic that exists, which a release that no longer knows it refuses to a new topic alone.
pub(crate) fn keeps(read: &CheckedFile<'_>, component: Component, key: &str, release: Release) -> bool {
    component == Component::TOPIC && is_printed(read) && definition(component, key, release).is_none()
}

/// What a tool printed of a topic is a topic that exists.
fn is_printed(read: &CheckedFile<'_>) -> bool {
    read.document.kind == Kind::LiveOutput
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let small = notes::note(SMALL).is_some_and(|note| note.since <= case.to);
    let printed = case.files.iter().enumerate().filter(|(_, read)| is_printed(read));
    for (file, read) in printed {
        let of_topics = |one: &&Setting| one.effective && read.component_of(one) == Some(Component::TOPIC);
        for setting in read.document.settings.iter().filter(of_topics) {
            let too_small =
                || setting.value.trim().parse::<i64>().is_ok_and(|bytes| bytes < LEAST_SEGMENT_BYTES.into());
            if small && setting.key == "segment.bytes" && too_small() {
                report_at(sink, SMALL, file, setting, &[]);
            } else if is_removed(case, &setting.key) {
                report_at(sink, REMOVED, file, setting, &[]);
                if let Some(draft) = sink.drafts.last_mut() {
                    setting.key.clone_into(&mut draft.subject);
                }
            }
        }
    }
}

/// Whether the target lacks a topic setting that earlier releases have.
fn is_removed(case: &Upgrade<'_>, key: &str) -> bool {
    definition(Component::TOPIC, key, case.to).is_none()
        && facts::gone(Component::TOPIC, key, case.to).is_some_and(|gone| case.crosses(gone.since))
}
