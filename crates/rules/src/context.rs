//! What the place of a finding says of it: branches and files that are for other releases, and servers that
//! give a key a meaning of their own.
//!
//! Runs over all findings once they are made. What is *not* here: what makes a finding.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use kafka_upgrade_catalog::{Component, java_of_clients};
use kafka_upgrade_document::paths::{self, folder};
use kafka_upgrade_document::{Guard, Slice as _, Span};
use kafka_upgrade_report::Severity;
use kafka_upgrade_sorted::Gather as _;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::evidence::{Evidence, is_asked_before, profile, service};
use crate::kept::KeptFor;
use crate::notes::{self, ChangeKind, Note};
use crate::programs::is_program;
use crate::rule::{Computed, Rule};
use crate::test_files;
use crate::unused::Unused;
use crate::upgrade::{CheckedFile, Upgrade};

/// Drops findings in parts that the target never uses, and lowers the severity of those that need no action.
pub(crate) fn apply(sink: &mut Diagnostics<'_, '_>) {
    let mut context = Context::of(sink.case);
    let files = &sink.case.files;
    sink.drafts.retain_mut(|draft| {
        let Some(read) = draft.place.file.and_then(|file| files.get(file)) else {
            return true;
        };
        if context.drops(draft, read) {
            return false;
        }
        if draft.severity != Severity::Info
            && let Some(reason) = context.reason(draft, read)
        {
            draft.severity = Severity::Info;
            draft.why.push_str(&reason);
        }
        true
    });
}

/// What is asked of each finding's surroundings.
struct Context<'c, 'a> {
    case: &'c Upgrade<'a>,
    /// By path and length of a text.
    guards: BTreeMap<(&'a str, usize), &'c [Guard]>,
    evidence: Evidence<'a>,
    unused: Unused<'c>,
    paths: OnceCell<BTreeSet<&'a str>>,
}

impl<'c, 'a> Context<'c, 'a> {
    fn of(case: &'c Upgrade<'a>) -> Self {
        let guarded = case.files.iter().filter(|read| !read.is_part && !read.document.guards.is_empty());
        let guards = guarded.map(|read| (whole(read), &*read.document.guards)).collect();
        let (evidence, unused) = (Evidence::default(), Unused::default());
        Self { case, guards, evidence, unused, paths: OnceCell::new() }
    }

    fn paths(&self) -> &BTreeSet<&'a str> {
        self.paths.get_or_init(|| self.case.files.iter().map(|read| read.path).gather())
    }

    /// The tests around a place.
    fn around(&self, read: &CheckedFile<'a>, span: Span) -> impl Iterator<Item = &'c Guard> {
        let guards = self.guards.get(&whole(read)).copied().unwrap_or_default();
        guards.iter().filter(move |guard| is_within(span, guard.span))
    }

    /// Whether it does not concern the target at all.
    fn drops(&mut self, draft: &Diagnostic, read: &CheckedFile<'a>) -> bool {
        if let Some(span) = draft.place.span {
            let names_file = names_file(draft);
            let is_other =
                |guard: &Guard| guard.is_dead_in(self.case.to) || (guard.asks_for_file() && names_file);
            if self.around(read, span).any(is_other) {
                return true;
            }
            if names_file
                && (own_file(read, span).is_some_and(|path| self.paths().contains(path.as_str()))
                    || self.evidence.is_copied_there(read, span)
                    || self.evidence.is_written(span.of(read.text), &self.case.files))
            {
                return true;
            }
        }
        if let Some(note) = note_of(draft) {
            // Whoever names the property beside the setting sets it, in whatever language.
            let mut signs = note.unless_text.iter().copied().chain(note.unless_property);
            if signs.any(|sign| self.evidence.holds(read, sign)) {
                return true;
            }
        }
        // What every release refuses, a test gives on purpose.
        is_refused_by_all(draft) && test_files::is_source(read)
    }

    /// Why nobody has to act on it; empty where it needs no words.
    fn reason(&mut self, draft: &Diagnostic, read: &CheckedFile<'a>) -> Option<String> {
        let of_place = draft.place.span.and_then(|span| self.reason_of_place(draft, read, span));
        let of_text = of_place.or_else(|| self.reason_of_file(draft, read));
        of_text.or_else(|| self.unused.reason(draft, read, self.case)).or_else(|| reason_of_path(draft, read))
    }

    /// What stands around the place says so.
    fn reason_of_place(&mut self, draft: &Diagnostic, read: &CheckedFile<'a>, span: Span) -> Option<String> {
        const OF_BUILDS: [&str; 3] =
            ["requires-java-of-servers", "requires-java-of-clients", "removed-scala-2-12"];
        let is_asked = |guard: &Guard| {
            let named = paths::file_name(span.of(read.text));
            let part = guard.span.of(read.text);
            guard.needs_file()
                && !named.is_empty()
                && part.len() < MAX_ASKED
                && part.matches(named).nth(1).is_some()
        };
        if names_file(draft) && (self.around(read, span).any(is_asked) || is_asked_before(read.text, span)) {
            return Some(
                " It is asked for first, and where it is missing nothing is done in its place.".to_owned(),
            );
        }
        if let Some(values) = &read.switches
            && self.around(read, span).any(|guard| guard.is_off(|name| values.get(name).copied()))
        {
            return Some(
                " The chart's own values leave this part out; it matters where somebody switches it on."
                    .to_owned(),
            );
        }
        if matches!(draft.rule, Rule::Note(id) if OF_BUILDS.contains(&id))
            && self.evidence.gets_newer(read, span, &self.case.files)
        {
            return Some(
                " It is an argument of the build, and another file gives it a newer version.".to_owned(),
            );
        }
        if let Some(service) = service(read, span) {
            return Some(format!(
                " {service}'s own interface takes these settings, and decides what reaches Kafka."
            ));
        }
        let profile = profile(read, span)?;
        Some(format!(" It is in the profile `{profile}`, which is for that release."))
    }

    /// What else is in the file, or beside it, says so.
    fn reason_of_file(&mut self, draft: &Diagnostic, read: &CheckedFile<'a>) -> Option<String> {
        // An error stays: it would hide what else the file lacks.
        if draft.severity == Severity::Warning
            && draft.change == ChangeKind::Removed
            && (read.deleted.contains(&draft.subject)
                || draft.rule.id().contains("zookeeper") && read.deleted.contains("zookeeper.connect"))
        {
            return Some(
                " A script here deletes the line, or `zookeeper.connect`, before the server starts."
                    .to_owned(),
            );
        }
        if is_about_zookeeper(draft) && is_program(read.path) && self.evidence.asks_for_4_0(read) {
            return Some(" This file asks whether Kafka is older than 4.0; whether that keeps it from this line was not followed.".to_owned());
        }
        if draft.rule == Rule::Note("requires-java-of-clients") {
            let (files, least) = (&self.case.files, u16::from(java_of_clients(self.case.to)));
            if let Some(java) = self.evidence.java_beside(read, files, least) {
                return Some(format!(
                    " The Dockerfile beside it builds and runs it on Java {java}, which takes class files of an older level."
                ));
            }
            if let Some(java) = self.evidence.java_above(read, files, least) {
                return Some(format!(
                    " The build in a folder above sets `maven.compiler.release` to {java}, which counts before it."
                ));
            }
        }
        if read.path.ends_with(".java") && self.evidence.is_excluded(read.path, &self.case.files) {
            return Some(
                " The build leaves this source out, unless somebody chooses a profile that has it."
                    .to_owned(),
            );
        }
        if draft.rule == Rule::Note("deprecated-log4j-1-configuration")
            && let Some(twin) = beside(self.paths(), read.path, "log4j2.")
        {
            return Some(format!(" `{twin}` beside it is for Log4j 2."));
        }
        // A server's file has all of its settings; a client's may get the rest from its code.
        let word = note_of(draft).filter(|note| !note.settings.is_empty()).and_then(|note| note.looks_for)?;
        (draft.component == Some(Component::BROKER) && !self.evidence.holds(read, word))
            .then(|| format!(" Nothing in this file names a {word} that would use it."))
    }
}

/// What its path is says so.
fn reason_of_path(draft: &Diagnostic, read: &CheckedFile<'_>) -> Option<String> {
    if paths::NATIVE_IMAGE.contains(&paths::file_name(read.path)) {
        return Some(" A native image is built without a class that is missing: what matters is where the program uses it.".to_owned());
    }
    let refuses = draft.rule.id().starts_with("refused-value");
    if is_refused_by_all(draft) && test_files::is_named(read.path)
        || refuses && test_files::is_wrong_on_purpose(read.path)
    {
        return Some(" It lies among tests, where a value may be wrong on purpose.".to_owned());
    }
    if test_files::is_golden(read.path) {
        return Some(" It lies among what tests compare texts with, and connects to nothing.".to_owned());
    }
    // In a test, a setting without effect breaks nothing.
    if draft.severity == Severity::Warning
        && is_idle_in_tests(draft)
        && (test_files::is_source(read) || test_files::is_resource(read.path))
    {
        return Some(String::new());
    }
    match read.kept_for? {
        KeptFor::Version(version) => Some(format!(" Its path names {version}, one of several releases that are kept beside each other: this matters once it is to follow them.")),
        KeptFor::Vendor(folder) => Some(format!(" `{folder}` holds copies of other projects: it changes where they do.")),
        // What stays before 4.0 has nothing to do with what the target asks for.
        KeptFor::ZooKeeper(named) => Some(format!(" `{named}` is for ZooKeeper and has the same for KRaft beside it: it stays with releases before 4.0.")),
        KeptFor::Example(named) => Some(format!(" `{named}` is about Kafka with ZooKeeper, and the examples beside it run in KRaft mode: it stays with releases before 4.0.")),
        KeptFor::Written => Some(" Confluent's image writes this file anew at each start, from the container's variables: what matters is there.".to_owned()),
        KeptFor::Leftover => Some(" No file that was read names this one, or the folder that it is in: it may be a leftover.".to_owned()),
        KeptFor::Migration(folder) => is_about_zookeeper(draft).then(|| format!(" `{folder}` shows the migration to KRaft, which others here have behind them: this is where it begins.")),
    }
}

/// The note that it is of.
fn note_of(draft: &Diagnostic) -> Option<&'static Note> {
    let Rule::Note(id) = draft.rule else { return None };
    notes::note(id)
}

/// Whether every release refuses the value.
fn is_refused_by_all(draft: &Diagnostic) -> bool {
    matches!(draft.rule, Rule::Computed(Computed::RefusedValue, _)) && draft.since.is_none()
}

/// A file of the same folder whose name begins so.
fn beside<'p>(paths: &BTreeSet<&'p str>, path: &str, begins: &str) -> Option<&'p str> {
    let folder = folder(path);
    let start = if folder.is_empty() { begins.to_owned() } else { format!("{folder}/{begins}") };
    let from = (Bound::Included(start.as_str()), Bound::Unbounded);
    let found = paths.range::<str, _>(from).next().filter(|path| path.starts_with(&start))?;
    Some(paths::file_name(found))
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
