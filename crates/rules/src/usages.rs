//! Things that are used: classes, members, options, system properties, metrics, paths and libraries that a note
//! speaks of.
//!
//! What is *not* here: configuration keys (`life`), what the catalog knows of classes without a note (`code`).

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::template::has_placeholder;
use kafka_upgrade_document::{Arguments, Dependency, Kind, MemberName, Usage, UsageKind};
use kafka_upgrade_report::{Confidence, Severity};

use crate::code;
use crate::diagnostic::{Diagnostics, Location};
use crate::fix;
use crate::inventory::is_brought_by_kafka;
use crate::loggers;
use crate::metrics::Known;
use crate::notes::{self, ChangeKind, Note};
use crate::options;
use crate::upgrade::{self, CheckedFile, Upgrade};

/// Judges everything that one file uses.
pub(crate) fn judge(file: usize, read: &CheckedFile<'_>, sink: &mut Diagnostics<'_, '_>) {
    let mut reported = code::Reported::default();
    let mut metrics = None;
    for usage in &read.document.usages {
        match note_about(read, usage, &mut reported, &mut metrics, sink) {
            Some(note) => {
                let later = note.kind == ChangeKind::Deprecated && reported.is_only_import(read, usage);
                let goes =
                    matches!(note.kind, ChangeKind::Removed | ChangeKind::Renamed | ChangeKind::Deprecated);
                let other = goes && code::is_another_overload(sink.case, usage);
                let about = if usage.kind == UsageKind::Metric { &usage.name } else { note.id };
                let again = is_reported_by_line(usage) && !reported.is_first(read, usage.span, about);
                if !later && !other && !again {
                    report(file, read, usage, note, &mut reported, sink);
                }
            }
            None if usage.kind == UsageKind::Option => options::fate(file, usage, sink),
            None if usage.kind == UsageKind::Logger => loggers::fate(file, usage, sink),
            None => code::fate(file, read, usage, &mut reported, sink),
        }
    }
    for dependency in &read.document.dependencies {
        for note in notes::naming(&dependency.artifact) {
            if is_of(note, dependency)
                && sink.case.crosses_note(note)
                && !is_brought_by_kafka(read, dependency)
            {
                let holes = [("value", dependency.version.as_str()), ("name", dependency.artifact.as_str())];
                sink.note(
                    note,
                    component(note),
                    sink.since(note),
                    Location::span(file, dependency.span),
                    &holes,
                );
            }
        }
    }
}

/// Whether one line that names it twice is reported once.
const fn is_reported_by_line(usage: &Usage) -> bool {
    matches!(usage.kind, UsageKind::Class | UsageKind::Member | UsageKind::Metric)
}

/// Reports, once a report, what is worth knowing of components that are there at all: of the file, where it is one.
pub(crate) fn judge_presence(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for note in notes::notes().filter(|note| note.presence && case.crosses_note(note)) {
        let mut there =
            case.files.iter().enumerate().filter(|(_, read)| {
                read.component.is_some_and(|component| case.applies(note, read, component))
            });
        let place = match (there.next(), there.next()) {
            (Some((file, _)), None) => Location::file(file),
            (Some(_), Some(_)) => Location::NOWHERE,
            (None, _) if runs(note, case) => Location::NOWHERE,
            (None, _) => continue,
        };
        sink.note(note, component(note), sink.since(note), place, &[]);
    }
}

/// Whether something that a note is about runs, as far as files do not decide that by their settings.
fn runs(note: &Note, case: &Upgrade<'_>) -> bool {
    let there = note.components.iter().any(|name| {
        let component = if *name == "controller" { Some(Component::BROKER) } else { Component::parse(name) };
        // Where there are files, they say more than a name.
        let configured = case.files.iter().any(|read| component.is_some() && read.component == component);
        component.is_some_and(|component| case.has(component) && !configured)
    });
    there && case.is_of_mode(note) && note.when.is_empty() && note.unless.is_empty()
}

/// Of several notes the one that names most, of equals the newest.
fn note_about(
    read: &CheckedFile<'_>,
    usage: &Usage,
    reported: &mut code::Reported,
    metrics: &mut Option<Known>,
    sink: &Diagnostics<'_, '_>,
) -> Option<&'static Note> {
    let named: Vec<_> = match usage.kind {
        UsageKind::Metric => metrics.get_or_insert_with(Known::new).naming(&usage.name),
        _ => {
            let candidates = notes::naming(&usage.name).into_iter();
            let names =
                candidates.flat_map(|note| note.usages.iter().map(move |(kind, name)| (note, *kind, *name)));
            let named = names.filter(|(_, kind, name)| *kind == usage.kind && names_it(name, usage));
            named.map(|(note, _, name)| (note, name)).collect()
        }
    };
    let value = usage.value.as_deref().unwrap_or_default();
    let breaks = matches!(usage.kind, UsageKind::Class | UsageKind::Member | UsageKind::Option);
    let fits = |note: &Note| {
        (sink.case.crosses_note(note) || breaks && sink.case.is_gone_already(note))
            && upgrade::fits(note, value)
            && sink.case.is_of_mode(note)
            && (note.values.is_empty() || usage.kind != UsageKind::Option || !has_placeholder(value))
    };
    let fitting = named.into_iter().filter(|(note, _)| fits(note));
    let fitting = fitting.map(|(note, name)| (name.len(), note.since, note));
    let (.., note) = fitting.max_by_key(|(most, since, _)| (*most, *since))?;
    let of_change = matches!(note.kind, ChangeKind::Removed | ChangeKind::Renamed | ChangeKind::Deprecated);
    let mut spared = || code::may_live(sink.case, usage) || code::is_spared(sink.case, read, usage, reported);
    (!of_change || !spared()).then_some(note)
}

fn report(
    file: usize,
    read: &CheckedFile<'_>,
    usage: &Usage,
    note: &'static Note,
    reported: &mut code::Reported,
    sink: &mut Diagnostics<'_, '_>,
) {
    let value = usage.value.as_deref().unwrap_or_default();
    let holes = [("value", value), ("name", usage.name.as_str())];
    let before = sink.drafts.len();
    let since = sink.since(note).or_else(|| sink.case.is_gone_already(note).then_some(note.since));
    sink.note(note, component(note), since, Location::span(file, usage.span), &holes);
    for draft in sink.drafts.iter_mut().skip(before) {
        if usage.kind == UsageKind::Metric {
            // A note speaks for several.
            usage.name.clone_into(&mut draft.subject);
        }
        draft.fix =
            note.remedy.and_then(|remedy| fix::mend_usage(read, usage, note.subject, remedy, note.safe));
        if usage.guessed {
            draft.confidence = Confidence::Possible;
        }
    }
    if note.kind == ChangeKind::Removed && is_collected(read, usage) {
        for draft in sink.drafts.iter_mut().skip(before) {
            draft.severity = Severity::Info;
            draft.why.push_str(
                " This collects it where it is there, and costs nothing where it is not; alerts and dashboards that use it are found by themselves.",
            );
        }
    }
    let counts_on_it = note.looks_for.is_none_or(|word| reported.has_word(read, word));
    if !counts_on_it || (note.kind == ChangeKind::Deprecated && reported.is_suppressed(read, usage)) {
        sink.drafts.iter_mut().skip(before).for_each(|draft| draft.severity = Severity::Info);
    }
}

/// Whether it is an MBean that a collector looks for: a pattern or an object name in a file that is no script, whose
/// commands ask once and miss the answer.
fn is_collected(read: &CheckedFile<'_>, usage: &Usage) -> bool {
    usage.kind == UsageKind::Metric
        && read.document.kind != Kind::ShellScript
        && usage.name.split_once(':').is_some_and(|(domain, rest)| domain.contains('.') && rest.contains('='))
}

/// Whose finding it is, where the note is about one component.
fn component(note: &Note) -> Option<Component> {
    match note.components {
        [one] => Component::parse(one),
        _ => None,
    }
}

fn is_of(note: &Note, dependency: &Dependency) -> bool {
    note.dependencies.iter().any(|(ecosystem, name)| {
        *ecosystem == dependency.ecosystem.name() && stands_for(name, &dependency.artifact)
    })
}

/// Whether a note's name stands for what is used.
fn names_it(name: &str, usage: &Usage) -> bool {
    match usage.kind {
        UsageKind::Member => MemberName::parse(name)
            .zip(usage.member.as_ref())
            .is_some_and(|(name, used)| is_member(&name, used)),
        _ => stands_for(name, &usage.name),
    }
}

/// `*` at the end is any rest.
fn stands_for(name: &str, used: &str) -> bool {
    name.strip_suffix('*').map_or(name == used, |beginning| used.starts_with(beginning))
}

/// Whether a note's member is the one that is used: `CLASS#poll` is every `poll`, `CLASS#poll(long)` one with that
/// argument, or with one whose type is not known.
fn is_member(name: &MemberName, used: &MemberName) -> bool {
    let fits = match &name.arguments {
        Arguments::None => true,
        Arguments::Any => used.arguments != Arguments::None,
        Arguments::Types(wanted) => {
            used.arguments.fit(&wanted.iter().map(|one| one.as_deref().unwrap_or("?")).collect::<Vec<_>>())
        }
    };
    fits && name.class == used.class && name.name == used.name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_without_parentheses_is_every_overload_and_an_unknown_argument_is_any() {
        let is = |name: &str, used: &str| {
            is_member(&MemberName::parse(name).unwrap(), &MemberName::parse(used).unwrap())
        };
        assert!(is("a.B#poll", "a.B#poll(long)") && is("a.B#poll(long)", "a.B#poll(?)"));
        assert!(is("a.B#new()", "a.B#new()"));
        assert!(!is("a.B#poll(long)", "a.B#poll(java.time.Duration)"));
        assert!(!is("a.B#poll(long)", "a.B#poll(?,?)") && !is("a.B#poll", "a.B#pollAll(long)"));
    }
}
