//! What the place of a finding says of it: branches and files that are for other releases, and servers that
//! give a key a meaning of their own.
//!
//! Runs over all findings once they are made. What is *not* here: what makes a finding.

use std::collections::BTreeMap;

use kafka_upgrade_document::{Guard, Kind, Span};
use kafka_upgrade_report::Severity;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::notes::{self, ChangeKind};
use crate::rule::{Computed, Rule};
use crate::upgrade::CheckedFile;

/// Drops what never happens at the target, and lowers what nobody has to act on.
pub(crate) fn apply(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let mut guards: BTreeMap<(&str, usize), &[Guard]> = BTreeMap::new();
    for read in case.files.iter().filter(|read| !read.is_part && !read.document.guards.is_empty()) {
        guards.insert(whole(read), &read.document.guards);
    }
    // Whether a text holds what a note must not stand beside: searched once.
    let mut holding: BTreeMap<(&str, usize, &str), bool> = BTreeMap::new();
    let guarding = |read: &CheckedFile<'_>| guards.get(&whole(read)).copied().unwrap_or_default();
    sink.drafts.retain_mut(|draft| {
        let Some(read) = draft.place.file.and_then(|file| case.files.get(file)) else {
            return true;
        };
        if let Some(span) = draft.place.span {
            let mut around = guarding(read).iter().filter(|guard| is_within(span, guard.span));
            if around.any(|guard| guard.is_dead_in(case.to) || (guard.asks_for_file() && names_file(draft))) {
                return false;
            }
        }
        if let Rule::Note(id) = draft.rule
            && let Some(note) = notes::note(id).filter(|note| !note.unless_text.is_empty())
        {
            let (path, length) = whole(read);
            let holds = holding
                .entry((path, length, id))
                .or_insert_with(|| note.unless_text.iter().any(|sign| read.text.contains(sign)));
            if *holds {
                return false;
            }
        }
        // What every release refuses, a test gives on purpose.
        let is_state = matches!(draft.rule, Rule::Computed(Computed::RefusedValue, _)) && draft.since.is_none();
        if is_state && is_test(read) {
            return false;
        }
        if draft.severity != Severity::Info
            && let Some(version) = read.kept_for
        {
            draft.severity = Severity::Info;
            draft.why.push_str(" Its path names ");
            draft.why.push_str(version);
            draft.why.push_str(", one of several releases that are kept beside each other: this matters once it is to follow them.");
        }
        true
    });
}

/// Whether it is source of a test.
fn is_test(read: &CheckedFile<'_>) -> bool {
    matches!(read.document.kind, Kind::JavaSource | Kind::KotlinSource | Kind::ScalaSource)
        && read.path.split(['/', '\\']).any(|folder| matches!(folder, "test" | "tests"))
}

/// A text by its path and its length: parts have both of the whole.
fn whole<'r>(read: &CheckedFile<'r>) -> (&'r str, usize) {
    (read.path, read.text.len())
}

fn is_within(span: Span, outer: Span) -> bool {
    outer.start <= span.start && span.end <= outer.end
}

/// Whether it is about a file of Kafka's distribution that is gone.
fn names_file(draft: &Diagnostic) -> bool {
    matches!(draft.change, ChangeKind::Removed | ChangeKind::Renamed)
        && (draft.subject.contains('/') || draft.subject.ends_with(".sh"))
}
