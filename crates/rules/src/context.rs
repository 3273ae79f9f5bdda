//! What the place of a finding says of it: branches and files that are for other releases, and servers that
//! give a key a meaning of their own.
//!
//! Runs over all findings once they are made. What is *not* here: what makes a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths::{self, folder};
use kafka_upgrade_document::{Guard, Slice as _, Span};
use kafka_upgrade_report::Severity;
use kafka_upgrade_sorted::Gather as _;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::evidence::{Evidence, is_asked_before, profile, service};
use crate::kept::KeptFor;
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
    let mut evidence = Evidence::default();
    let mut all_paths: Option<BTreeSet<&str>> = None;
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
            let is_asked = |guard: &Guard| {
                let named = paths::file_name(span.of(read.text));
                let part = guard.span.of(read.text);
                guard.needs_file()
                    && !named.is_empty()
                    && part.len() < MAX_ASKED
                    && part.matches(named).nth(1).is_some()
            };
            if names_file(draft) && (around().any(is_asked) || is_asked_before(read.text, span)) {
                lower(draft, " It is asked for first, and where it is missing nothing is done in its place.");
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
            let paths = all_paths.get_or_insert_with(|| case.files.iter().map(|read| read.path).gather());
            if own_file(read, span).is_some_and(|path| paths.contains(path.as_str()))
                || evidence.is_copied_there(read, span)
                || evidence.is_written(span.of(read.text), &case.files)
            {
                return false;
            }
        }
        // An error stays: it would hide what else the file lacks.
        if draft.severity == Severity::Warning
            && draft.change == ChangeKind::Removed
            && (read.deleted.contains(&draft.subject)
                || draft.rule.id().contains("zookeeper") && read.deleted.contains("zookeeper.connect"))
        {
            lower(draft, " A script here deletes the line, or `zookeeper.connect`, before the server starts.");
        }
        if is_about_zookeeper(draft) && test_files::is_program(read.path) && evidence.asks_for_4_0(read) {
            lower(draft, " This file asks whether Kafka is older than 4.0; whether that keeps it from this line was not followed.");
        }
        if matches!(draft.rule, Rule::Note("requires-java-of-servers" | "requires-java-of-clients" | "removed-scala-2-12"))
            && let Some(span) = draft.place.span
            && evidence.gets_newer(read, span, &case.files)
        {
            lower(draft, " It is an argument of the build, and another file gives it a newer version.");
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
        if test_files::is_of_native_image(read.path) {
            lower(draft, " A native image is built without a class that is missing: what matters is where the program uses it.");
        }
        if draft.rule == Rule::Note("deprecated-log4j-1-configuration") {
            let paths = all_paths.get_or_insert_with(|| case.files.iter().map(|read| read.path).gather());
            if let Some(twin) = beside(paths, read.path, "log4j2.") {
                lower(draft, &format!(" `{twin}` beside it is for Log4j 2."));
            }
        }
        // A server's file has all of its settings; a client's may get the rest from its code.
        if let Rule::Note(id) = draft.rule
            && draft.component == Some(Component::BROKER)
            && let Some(word) =
                notes::note(id).filter(|note| !note.settings.is_empty()).and_then(|note| note.looks_for)
            && !read.text.contains(word)
        {
            lower(draft, &format!(" Nothing in this file names a {word} that would use it."));
        }
        if let Some(service) = draft.place.span.and_then(|span| service(read, span)) {
            lower(draft, &format!(" {service}'s own interface takes these settings, and decides what reaches Kafka."));
        }
        if let Some(profile) = draft.place.span.and_then(|span| profile(read, span)) {
            lower(draft, &format!(" It is in the profile `{profile}`, which is for that release."));
        }
        // What every release refuses, a test gives on purpose.
        let is_state = matches!(draft.rule, Rule::Computed(Computed::RefusedValue, _)) && draft.since.is_none();
        if is_state && test_files::is_source(read) {
            return false;
        }
        let refuses = draft.rule.id().starts_with("refused-value");
        if is_state && test_files::is_named(read.path) || refuses && test_files::is_wrong_on_purpose(read.path) {
            lower(draft, " It lies among tests, where a value may be wrong on purpose.");
        }
        if test_files::is_golden(read.path) {
            lower(draft, " It lies among what tests compare texts with, and connects to nothing.");
        }
        // In a test, a setting without effect breaks nothing.
        if draft.severity == Severity::Warning && is_idle_in_tests(draft) && (test_files::is_source(read) || test_files::is_resource(read.path)) {
            draft.severity = Severity::Info;
        }
        match read.kept_for {
            Some(KeptFor::Version(version)) => lower(
                draft,
                &format!(" Its path names {version}, one of several releases that are kept beside each other: this matters once it is to follow them."),
            ),
            Some(KeptFor::Vendor(folder)) => lower(
                draft,
                &format!(" `{folder}` holds copies of other projects: it changes where they do."),
            ),
            // What stays before 4.0 has nothing to do with what the target asks for.
            Some(KeptFor::ZooKeeper(named)) => lower(
                draft,
                &format!(" `{named}` is for ZooKeeper and has the same for KRaft beside it: it stays with releases before 4.0."),
            ),
            Some(KeptFor::Migration(folder)) if is_about_zookeeper(draft) => lower(
                draft,
                &format!(" `{folder}` shows the migration to KRaft, which others here have behind them: this is where it begins."),
            ),
            _ => {}
        }
        true
    });
}

/// A file of the same folder whose name begins so.
fn beside<'p>(paths: &BTreeSet<&'p str>, path: &str, begins: &str) -> Option<&'p str> {
    let folder = folder(path);
    let start = if folder.is_empty() { begins.to_owned() } else { format!("{folder}/{begins}") };
    let from = (Bound::Included(start.as_str()), Bound::Unbounded);
    let found = paths.range::<str, _>(from).next().filter(|path| path.starts_with(&start))?;
    Some(paths::file_name(found))
}

/// Makes an error or a warning an info, with the reason.
fn lower(draft: &mut Diagnostic, reason: &str) {
    if draft.severity != Severity::Info {
        draft.severity = Severity::Info;
        draft.why.push_str(reason);
    }
}

/// Whether the finding says what clusters with ZooKeeper alone have.
fn is_about_zookeeper(draft: &Diagnostic) -> bool {
    let rule = draft.rule.id();
    // What KRaft alone requires as well.
    [
        "zookeeper",
        "requires-kraft",
        "requires-process-roles",
        "requires-controller",
        "inter-broker-protocol-version",
        "authorizer-class-name",
    ]
    .iter()
    .any(|word| rule.contains(word))
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

/// Longest part of a script that asks for a file and then uses it, in bytes.
const MAX_ASKED: usize = 20_000;

/// Longest path, in bytes.
const MAX_PATH: usize = 500;

/// Whether it is about a file of Kafka's distribution that is gone.
fn names_file(draft: &Diagnostic) -> bool {
    matches!(draft.change, ChangeKind::Removed | ChangeKind::Renamed)
        && (draft.subject.contains('/') || draft.subject.ends_with(".sh"))
}
