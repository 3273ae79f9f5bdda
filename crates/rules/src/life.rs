//! Keys that are set: what becomes of each on the upgrade path.
//!
//! A key has one fate and gets one finding: gone, renamed, refused, deprecated, or something to know. A note
//! that speaks of it brings the words; without one they are computed from the catalog. Only the value that
//! counts is judged. What is *not* here: keys that are not set (`defaults`), values (`refusals`).

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Setting;

use crate::checks::existing_topics;
use crate::computed;
use crate::diagnostic::Diagnostics;
use crate::notes::{self, ChangeKind, Note};
use crate::upgrade::{self, CheckedFile};

/// Judges every key of one file.
pub(crate) fn judge(file: usize, read: &CheckedFile<'_>, sink: &mut Diagnostics<'_, '_>) {
    for setting in read.document.settings.iter().filter(|setting| setting.effective) {
        if let Some(component) = read.component_of(setting) {
            judge_key(file, read, setting, component, sink);
        }
    }
}

fn judge_key(
    file: usize,
    read: &CheckedFile<'_>,
    setting: &Setting,
    component: Component,
    sink: &mut Diagnostics<'_, '_>,
) {
    if existing_topics::keeps(read, component, &setting.key, sink.case.to) {
        return;
    }
    if let Some(note) = note_about(read, setting, component, sink) {
        if computed::left_over(note, (file, read, setting), sink) {
            return;
        }
        sink.note_at(note, component, sink.since(note), (file, setting), &[]);
    } else {
        computed::fate(file, read, setting, component, sink);
    }
}

/// The note about the key's fate: of several the gravest, of equals the newest.
fn note_about(
    read: &CheckedFile<'_>,
    setting: &Setting,
    component: Component,
    sink: &Diagnostics<'_, '_>,
) -> Option<&'static Note> {
    let case = sink.case;
    notes::about(&setting.key)
        .filter(|note| {
            // Of code and commands a value that is not written is not known.
            let is_open = setting.value.is_empty() && read.component.is_none();
            let by_value = upgrade::fits(note, &setting.value)
                && !(is_open && note.kind == ChangeKind::Refused && !note.values.is_empty());
            let about_set = match note.kind {
                // Bounds are the catalog's; a note that names no value only brings words for them.
                ChangeKind::Refused => !note.values.is_empty(),
                ChangeKind::Default | ChangeKind::Requires => false,
                _ => true,
            };
            about_set && by_value && case.crosses_note(note) && case.applies(note, read, component)
        })
        .min_by_key(|note| (rank(note.kind), std::cmp::Reverse(note.since)))
}

const fn rank(kind: ChangeKind) -> u8 {
    match kind {
        ChangeKind::Removed | ChangeKind::Renamed => 0,
        ChangeKind::Refused => 1,
        ChangeKind::Deprecated => 2,
        ChangeKind::Default | ChangeKind::Requires | ChangeKind::Note => 3,
    }
}
