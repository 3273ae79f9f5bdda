//! What the place of a finding says of it: branches and files that are for other releases, and servers that
//! give a key a meaning of their own.
//!
//! Runs over all findings once they are made. What is *not* here: what makes a finding.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_document::paths::folder;
use kafka_upgrade_document::{Guard, Slice as _, Span};
use kafka_upgrade_report::Severity;
use kafka_upgrade_sorted::Gather as _;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::notes::{self, ChangeKind};
use crate::rule::{Computed, Rule};
use crate::test_files;
use crate::upgrade::CheckedFile;

/// Drops findings in parts that the target never uses, and lowers the severity of those that need no action.
pub(crate) fn apply(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let mut guards: BTreeMap<(&str, usize), &[Guard]> = BTreeMap::new();
    for read in case.files.iter().filter(|read| !read.is_part && !read.document.guards.is_empty()) {
        guards.insert(whole(read), &read.document.guards);
    }
    // Whether a text holds what a note must not stand beside: searched once.
    let mut holding: BTreeMap<(&str, usize, &str), bool> = BTreeMap::new();
    let mut paths: Option<BTreeSet<&str>> = None;
    let guarding = |read: &CheckedFile<'_>| guards.get(&whole(read)).copied().unwrap_or_default();
    sink.drafts.retain_mut(|draft| {
        let Some(read) = draft.place.file.and_then(|file| case.files.get(file)) else {
            return true;
        };
        if let Some(span) = draft.place.span {
            let around = || guarding(read).iter().filter(|guard| is_within(span, guard.span));
            if around().any(|guard| guard.is_dead_in(case.to) || (guard.asks_for_file() && names_file(draft))) {
                return false;
            }
            if let Some(values) = &read.switches
                && draft.severity != Severity::Info
                && around().any(|guard| guard.is_off(|name| values.get(name).copied()))
            {
                draft.severity = Severity::Info;
                draft.why.push_str(" The chart's own values leave this part out; it matters where somebody switches it on.");
            }
        }
        if let Some(span) = draft.place.span.filter(|_| names_file(draft)) {
            let paths = paths.get_or_insert_with(|| case.files.iter().map(|read| read.path).gather());
            if own_file(read, span).is_some_and(|path| paths.contains(path.as_str())) {
                return false;
            }
        }
        if let Rule::Note(id) = draft.rule
            && let Some(note) =
                notes::note(id).filter(|note| !note.unless_text.is_empty() || note.unless_property.is_some())
        {
            let (path, length) = whole(read);
            let holds = holding.entry((path, length, id)).or_insert_with(|| {
                // Whoever names the property beside the setting sets it, in whatever language.
                let signs = note.unless_text.iter().copied().chain(note.unless_property);
                signs.into_iter().any(|sign| read.text.contains(sign))
            });
            if *holds {
                return false;
            }
        }
        // What every release refuses, a test gives on purpose.
        let is_state = matches!(draft.rule, Rule::Computed(Computed::RefusedValue, _)) && draft.since.is_none();
        if is_state && test_files::is_source(read) {
            return false;
        }
        // In a test, a setting without effect breaks nothing.
        if draft.severity == Severity::Warning && is_idle_in_tests(draft) && (test_files::is_source(read) || test_files::is_resource(read.path)) {
            draft.severity = Severity::Info;
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

/// Whether the finding does not matter in tests: it is about a setting that has no effect or will be removed, or its
/// note says so.
fn is_idle_in_tests(draft: &Diagnostic) -> bool {
    let is_key = draft.subject.starts_with(|one: char| one.is_ascii_lowercase())
        && !["org.", "kafka.", "scala."].iter().any(|start| draft.subject.starts_with(start));
    let of_note =
        matches!(draft.rule, Rule::Note(id) if notes::note(id).is_some_and(|note| note.idle_in_tests));
    is_key
        && draft.component.is_some()
        && matches!(draft.change, ChangeKind::Removed | ChangeKind::Deprecated)
        || of_note
}

/// Identifies a whole text by path and length; its parts share both.
fn whole<'r>(read: &CheckedFile<'r>) -> (&'r str, usize) {
    (read.path, read.text.len())
}

fn is_within(span: Span, outer: Span) -> bool {
    outer.start <= span.start && span.end <= outer.end
}

/// The file that a path in a text means, where it is one beside the text and not below Kafka's own folder: `config/x`,
/// `$base_dir/config/x`.
fn own_file(read: &CheckedFile<'_>, span: Span) -> Option<String> {
    let at = span.start as usize;
    let before = read.text.slice(read.text.floor_char_boundary(at.saturating_sub(MAX_PATH))..at);
    let begins =
        before.rfind(|one: char| one.is_whitespace() || "\"'=:,".contains(one)).map_or(0, |at| at + 1);
    let above = before.slice(begins..);
    let named = span.of(read.text);
    let above = match above.split_once('/') {
        Some((variable, rest)) if variable.starts_with('$') => {
            (!variable.to_ascii_lowercase().contains("kafka")).then_some(rest)?
        }
        _ => above,
    };
    let above = above.strip_prefix("./").unwrap_or(above);
    let folder = folder(read.path);
    let slash = if folder.is_empty() { "" } else { "/" };
    (!above.starts_with('/') && above.len() < MAX_PATH).then(|| format!("{folder}{slash}{above}{named}"))
}

/// Longest path, in bytes.
const MAX_PATH: usize = 500;

/// Whether it is about a file of Kafka's distribution that is gone.
fn names_file(draft: &Diagnostic) -> bool {
    matches!(draft.change, ChangeKind::Removed | ChangeKind::Renamed)
        && (draft.subject.contains('/') || draft.subject.ends_with(".sh"))
}
