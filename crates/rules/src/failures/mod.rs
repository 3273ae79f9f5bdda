//! What pasted failures mean: messages of brokers, tools, clients, compilers and the JVM, each with its cause and what to
//! do.
//!
//! `failures/<id>.toml` are the explanations as data; `build.rs` makes one table of them. `linkage` works out what is
//! in the catalog: classes and members that a release lost. What is *not* here: which lines report a failure
//! (`input`), and settings, versions and clients that stand in files of their own.
//!
//! Of one failure that a log repeats the first place is the finding's; what it names is its subject.

mod linkage;
mod template;

use std::collections::BTreeSet;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Span;
use kafka_upgrade_report::{Confidence, Severity};

use crate::case::Case;
use crate::draft::{At, Draft, Sink};
use crate::notes::NoteKind;
use crate::words;

/// What ids of these rules begin with.
pub(crate) const RULES: &[&str] = &[PREFIX];
const PREFIX: &str = "failure-";

/// Subject of an observation whose value is a line that reports a failure.
const SUBJECT: &str = "failure";

/// An explanation.
#[derive(Debug)]
pub struct Failure {
    /// Its id without `failure-`: the stem of its file.
    pub id: &'static str,
    /// What is on the line, as templates with holes; one of them fits.
    pub lines: &'static [&'static str],
    /// The text has one of these somewhere; none: any text.
    pub near: &'static [&'static str],
    /// How bad it is.
    pub severity: Severity,
    /// The release that brought it, where one did.
    pub since: Option<Release>,
    /// What people look for: a key, a class, a feature. Holes are filled.
    pub subject: &'static str,
    /// What happened.
    pub message: &'static str,
    /// Why.
    pub why: &'static str,
    /// What to do.
    pub action: &'static str,
    /// Where it is from.
    pub references: &'static [(&'static str, &'static str)],
    /// Texts that it explains, for tests and documentation.
    pub examples: &'static [&'static str],
}

mod table {
    use super::{Failure, Release, Severity};
    include!(concat!(env!("OUT_DIR"), "/failures.rs"));
}

/// Every explanation, sorted by id.
pub fn failures() -> impl ExactSizeIterator<Item = &'static Failure> {
    table::FAILURES.iter()
}

/// The explanation of a rule, `failure-ID`.
#[must_use]
pub fn failure(rule: &str) -> Option<&'static Failure> {
    let id = rule.strip_prefix(PREFIX)?;
    let at = table::FAILURES.binary_search_by(|failure| failure.id.cmp(id)).ok()?;
    table::FAILURES.get(at)
}

/// The explanations of a text, line by line: each with what its holes hold.
pub fn explain(text: &str) -> impl Iterator<Item = (&'static Failure, Vec<(&'static str, &str)>)> {
    text.lines().filter_map(move |line| find(line, text))
}

/// The explanation of a line; of several the one whose templates say most.
fn find<'l>(line: &'l str, text: &str) -> Option<(&'static Failure, Vec<(&'static str, &'l str)>)> {
    let mut best: Option<(_, &'static Failure, Vec<_>)> = None;
    for failure in failures() {
        let is_near = failure.near.is_empty() || failure.near.iter().any(|near| text.contains(near));
        for template in failure.lines.iter().filter(|_| is_near) {
            let weight = template::weight(template);
            if best.as_ref().is_some_and(|(known, ..)| *known >= weight) {
                continue;
            }
            if let Some(holes) = template::matched(template, line) {
                best = Some((weight, failure, holes));
            }
        }
    }
    best.map(|(_, failure, holes)| (failure, holes))
}

/// Reports the failures of one file.
pub(crate) fn judge(file: usize, sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    let Some(read) = case.files.get(file).filter(|read| !read.is_part) else { return };
    let lines = read.document.observations.iter().filter(|one| one.subject == SUBJECT);
    let mut known = BTreeSet::new();
    let mut unknown: Option<Span> = None;
    for observation in lines {
        let frames = read.text.get(observation.span.end as usize..).unwrap_or_default();
        if let Some(found) = linkage::explain(&observation.value, frames, case) {
            if known.insert((found.rule.to_string(), found.subject.clone())) {
                sink.push(Draft { place: At::span(file, observation.span), ..found }, NoteKind::Note);
            }
            continue;
        }
        match find(&observation.value, read.text) {
            Some((failure, holes)) => {
                let draft = draft(failure, &holes, case);
                if known.insert((draft.rule.to_string(), draft.subject.clone())) {
                    sink.push(Draft { place: At::span(file, observation.span), ..draft }, NoteKind::Note);
                }
            }
            None => unknown = unknown.or(Some(observation.span)),
        }
    }
    if let Some(span) = unknown.filter(|_| known.is_empty()) {
        sink.push(not_known(At::span(file, span)), NoteKind::Note);
    }
}

fn draft(failure: &'static Failure, holes: &[(&str, &str)], case: &Case<'_>) -> Draft {
    let computed = linkage::computed(holes, case);
    let mut all = holes.to_vec();
    all.extend(computed.iter().map(|(name, value)| (*name, value.as_str())));
    let fill = |text: &str| words::fill(text, &all, case.from, case.to);
    Draft {
        rule: format!("{PREFIX}{}", failure.id).into(),
        severity: failure.severity,
        confidence: Confidence::Likely,
        subject: fill(failure.subject),
        component: None,
        since: failure.since.filter(|since| case.crosses(*since)),
        place: At::NOWHERE,
        message: fill(failure.message),
        why: fill(failure.why),
        action: fill(failure.action),
        replacement: None,
        references: failure.references,
        fix: None,
    }
}

/// A failure that nothing here explains: nothing is said to be right beside it.
fn not_known(place: At) -> Draft {
    Draft {
        rule: format!("{PREFIX}not-known").into(),
        severity: Severity::Warning,
        confidence: Confidence::Possible,
        subject: "failure".to_owned(),
        component: None,
        since: None,
        place,
        message: "This failure is not one that is explained here.".to_owned(),
        why: "Nothing in the catalog has these words, so whether an upgrade brought it cannot be said.".to_owned(),
        action: "Paste the lines before it, from the first ERROR on, together with the configuration and the versions of the program that printed it.".to_owned(),
        replacement: None,
        references: &[],
        fix: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_explained_by_its_own_failure() {
        for failure in failures() {
            assert!(!failure.examples.is_empty(), "{}: no example", failure.id);
            for example in failure.examples {
                let found: Vec<_> = explain(example).map(|(failure, _)| failure.id).collect();
                assert!(found.contains(&failure.id), "{}: {example:?} is explained by {found:?}", failure.id);
            }
        }
        assert!(failures().count() > 30);
    }

    #[test]
    fn every_hole_of_a_text_is_one_of_its_lines_or_computed() {
        for failure in failures() {
            let known: Vec<&str> = failure.lines.iter().flat_map(|line| holes(line)).collect();
            for text in [failure.message, failure.why, failure.action, failure.subject] {
                for hole in holes(text) {
                    let computed = ["from", "to", "fate"].contains(&hole);
                    assert!(computed || known.contains(&hole), "{}: nothing fills {{{hole}}}", failure.id);
                }
            }
        }
    }

    fn holes(text: &'static str) -> impl Iterator<Item = &'static str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }

    #[test]
    fn rules_are_found_by_their_ids() {
        assert!(failures().is_sorted_by(|one, other| one.id < other.id));
        for one in failures() {
            assert!(failure(&format!("failure-{}", one.id)).is_some_and(|found| found.id == one.id));
        }
        assert!(failure("failure-nothing").is_none());
    }
}
