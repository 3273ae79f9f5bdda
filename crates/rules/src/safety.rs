//! Which fixes are safe to apply before anything is upgraded.
//!
//! A fix is tried on the text. It is safe when what it writes is understood by the release that runs now and by the
//! target (where nothing says what runs: by every release up to the target), when neither refuses the file for it, and
//! when the file still is what it was and what says the release and the mode is still there. A fix that is not safe says
//! with which hop it may go out, where one makes it so. What is *not* here: how a fix is written (`fix`).
//!
//! Invariants: all fixes that are called safe are so together, in any order; a file is read once when all of its fixes
//! are safe, and a few times more for each that is not.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kafka_upgrade_catalog::clients::{self, ProductKind};
use kafka_upgrade_catalog::{Component, Release, definition};
use kafka_upgrade_document::{Document, Encoding, Reader, TextEdit, apply};
use kafka_upgrade_report::{Detected, Mode};
use kafka_upgrade_sorted::{Gather as _, Sorted as _};

use crate::checked_file::with_its_parts;
use crate::diagnostic::Diagnostics;
use crate::facts;
use crate::inventory::{self, Inventory};
use crate::path;
use crate::place::Beside;
use crate::refusals;
use crate::request::Request;
use crate::understood::Added;
use crate::upgrade::CheckedFile;

/// Checks every fix that its note calls safe, and marks it as unsafe if it is not.
pub fn settle(sink: &mut Diagnostics<'_, '_>, asked: &Asked, detected: &[Detected]) {
    let case = sink.case;
    // The files of the request in the order of the case, each with its parts.
    let mut starts: Vec<usize> =
        (0..case.files.len()).filter(|at| !case.files.get(*at).is_some_and(|read| read.is_part)).collect();
    starts.push(case.files.len());
    let mut fixes: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
    for (draft, one) in sink.drafts.iter().enumerate() {
        let Some((file, fix)) = one.place.file.zip(one.fix.as_ref().filter(|fix| fix.safe)) else { continue };
        let whole = starts.partition_point(|start| *start <= file).saturating_sub(1);
        // If the running release is known, the fix waits for its hop; otherwise the new keys may be added beside the
        // old one.
        let beside = fix.beside.clone().filter(|_| case.from.is_none());
        let (edits, relies) = (fix.edits.clone(), fix.relies.clone());
        fixes.entry(whole).or_default().push(Candidate { draft, since: one.since, edits, relies, beside });
    }
    let mut trials: Vec<(Trial<'_, '_>, Vec<Candidate>)> = Vec::new();
    for (whole, candidates) in fixes {
        let reads =
            starts.get(whole).zip(starts.get(whole + 1)).and_then(|(from, to)| case.files.get(*from..*to));
        if let (Some(file), Some(reads)) = (asked.files.get(whole), reads) {
            let text = reads.first().map_or("", |read| read.text);
            let runs = running(text, case.from, case.to, &case.inventory, &starts, whole);
            let said = evidence(reads, asked.reader);
            let trial = Trial {
                file: *file,
                reader: asked.reader,
                before: reads,
                said,
                runs,
                from: case.from,
                to: case.to,
                needs: Needs::default(),
                refused: OnceCell::new(),
                last: RefCell::default(),
            };
            trials.push((trial, candidates));
        }
    }
    let needs = needs(asked, case.from, detected, &trials);
    for (trial, candidates) in &mut trials {
        trial.needs = needs;
        let mut verdicts = BTreeMap::new();
        trial.divide(candidates, &mut Accepted::default(), &mut verdicts);
        for (draft, outcome) in verdicts {
            let Some(fix) = sink.drafts.get_mut(draft).and_then(|draft| draft.fix.as_mut()) else { continue };
            match (outcome, fix.beside.take()) {
                (Outcome::Beside, Some(beside)) => {
                    let keys: Vec<_> = beside.keys.iter().map(|key| format!("`{key}`")).collect();
                    fix.title = format!("Add {} and keep this line for older releases", keys.join(" and "));
                    fix.edits = beside.edits;
                }
                (Outcome::Beside, None) => fix.safe = false,
                (Outcome::Unsafe(why), _) => {
                    fix.safe = false;
                    fix.title.push_str(&why.says());
                }
            }
        }
    }
}

/// What was stated of release, mode and files.
#[derive(Debug)]
pub struct Asked {
    from: Option<Release>,
    mode: Option<Mode>,
    files: Vec<Given>,
    reader: Reader,
}

/// How a file is read.
#[derive(Clone, Copy, Debug)]
struct Given {
    component: Option<Component>,
    encoding: Encoding,
}

impl Asked {
    /// What the request states.
    pub fn of(request: &Request<'_>, reader: Reader) -> Self {
        let files = request
            .files
            .iter()
            .map(|file| Given { component: request.component.or(file.component), encoding: file.encoding });
        Self { from: request.from, mode: request.mode, files: files.collect(), reader }
    }

    /// The same for some of the files, by their places in the request.
    #[must_use]
    pub fn of_some(&self, places: &[usize]) -> Self {
        let files = places.iter().filter_map(|at| self.files.get(*at).copied()).collect();
        Self { from: self.from, mode: self.mode, files, reader: self.reader }
    }
}

/// A fix of a file.
#[derive(Debug)]
struct Candidate {
    /// The finding's number.
    draft: usize,
    /// Release in which what it mends became so.
    since: Option<Release>,
    edits: Vec<TextEdit>,
    /// Existing keys that replace the old one, which the reading release has to know.
    relies: Vec<&'static str>,
    /// An alternative if the releases that read the text do not know the new keys.
    beside: Option<Beside>,
}

/// What came of a candidate that is not safe as it is.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Unsafe(Unsafe),
    /// It is safe if the old key stays too.
    Beside,
}

/// Fixes that are safe together.
#[derive(Clone, Debug, Default)]
struct Accepted {
    edits: Vec<TextEdit>,
    /// New keys added beside the old ones, which older releases ignore.
    beside: BTreeSet<String>,
}

/// Why a fix is not safe.
#[derive(Clone, Copy, Debug)]
enum Unsafe {
    /// What runs now does not know what it writes: the first release that does, and whether the one that runs is known.
    Unknown { first: Option<Release>, from_is_known: bool },
    /// A release refuses the file for it.
    Refused,
    /// Nothing else says which release runs, or how the metadata is kept.
    Evidence,
    /// The text would be something else.
    OtherKind,
}

impl Unsafe {
    /// What the title of the fix says beside what is done.
    fn says(self) -> String {
        match self {
            Self::Unknown { first: Some(first), from_is_known } => {
                let minor = format!("{}.{}", first.major, first.minor);
                if from_is_known {
                    format!(" (with the upgrade to {minor}, not before)")
                } else {
                    format!(" (where {minor} or newer runs, not before)")
                }
            }
            Self::Evidence => " (after you state what runs: only this line says it)".to_owned(),
            Self::OtherKind => " (after you state what the file is: only this line says it)".to_owned(),
            Self::Unknown { first: None, .. } | Self::Refused => String::new(),
        }
    }
}

/// What the files have to go on saying.
#[derive(Clone, Copy, Debug, Default)]
struct Needs {
    from: bool,
    mode: bool,
}

/// A file on which fixes are tried.
struct Trial<'t, 'a> {
    file: Given,
    reader: Reader,
    /// As it was read, with its parts.
    before: &'t [CheckedFile<'a>],
    /// What it says of release and mode.
    said: BTreeSet<(String, String)>,
    /// What has to understand it: what runs, or may.
    runs: Vec<Release>,
    from: Option<Release>,
    to: Release,
    needs: Needs,
    /// Of each of `before`, the keys for which each of [`Trial::asked`] refuses it.
    refused: OnceCell<Vec<Vec<BTreeSet<String>>>>,
    /// The text that was read last, and what was read: that of all fixes is asked for twice.
    last: RefCell<(String, Vec<Rc<Document>>)>,
}

impl Trial<'_, '_> {
    fn path(&self) -> &str {
        self.before.first().map_or("", |read| read.path)
    }

    fn text(&self) -> &str {
        self.before.first().map_or("", |read| read.text)
    }

    /// The releases that must not refuse it for a fix, the target last.
    fn asked(&self) -> Vec<Release> {
        self.runs.iter().copied().chain([self.to]).collect()
    }

    /// Another text of the file as it would be read, with its parts.
    fn reads<'t>(&'t self, text: &'t str) -> Vec<CheckedFile<'t>> {
        let Given { component, encoding } = self.file;
        let path = self.path();
        let mut last = self.last.borrow_mut();
        if last.0 != text || last.1.is_empty() {
            let document = (self.reader.reread)(path, text, component, encoding);
            *last = (text.to_owned(), with_its_parts(document));
        }
        CheckedFile::of_documents(path, text, &last.1, component)
    }

    /// Adds to `accepted` the edits of all candidates that are safe together, and to `outcomes` the others.
    fn divide(
        &self,
        candidates: &[Candidate],
        accepted: &mut Accepted,
        outcomes: &mut BTreeMap<usize, Outcome>,
    ) {
        let Some(first) = candidates.first() else { return };
        let mut tried = accepted.clone();
        tried.edits.extend(candidates.iter().flat_map(|one| one.edits.iter().cloned()));
        if candidates.len() == 1 && overlap(&mut tried.edits) {
            // Whichever is applied first, the other comes up again in what that leaves.
            tried.edits.clone_from(&first.edits);
        }
        let why =
            if overlap(&mut tried.edits) { Some(Unsafe::Refused) } else { self.try_out(candidates, &tried) };
        match (why, candidates.split_at_checked(candidates.len() / 2)) {
            (None, _) => *accepted = tried,
            (Some(_), Some((left, right))) if !left.is_empty() => {
                self.divide(left, accepted, outcomes);
                self.divide(right, accepted, outcomes);
            }
            (Some(why), _) => {
                let outcome = if matches!(why, Unsafe::Unknown { .. }) && self.adds(first, accepted) {
                    Outcome::Beside
                } else {
                    Outcome::Unsafe(why)
                };
                outcomes.insert(first.draft, outcome);
            }
        }
    }

    /// Adds to `accepted` what a candidate can write beside what is there, where that is safe.
    fn adds(&self, candidate: &Candidate, accepted: &mut Accepted) -> bool {
        let Some(beside) = &candidate.beside else { return false };
        let mut tried = accepted.clone();
        tried.edits.extend(beside.edits.iter().cloned());
        tried.beside.extend(beside.keys.iter().cloned());
        let is_safe =
            !overlap(&mut tried.edits) && self.try_out(std::slice::from_ref(candidate), &tried).is_none();
        if is_safe {
            *accepted = tried;
        }
        is_safe
    }

    /// Whether a release knows a key that the text sets.
    fn reads_key(&self, key: &str, release: Release) -> bool {
        self.before.iter().any(|read| {
            let mut same = read.document.settings.iter().filter(|one| one.effective && one.key == key);
            same.any(|one| {
                read.component_of(one).is_some_and(|component| definition(component, key, release).is_some())
            })
        })
    }

    /// Why these edits are not safe, applied together.
    fn try_out(&self, candidates: &[Candidate], tried: &Accepted) -> Option<Unsafe> {
        let text = apply(self.text(), &tried.edits);
        let after = self.reads(&text);
        let is_same = |(old, new): (&CheckedFile<'_>, &CheckedFile<'_>)| {
            old.document.kind == new.document.kind && old.component == new.component && old.roles == new.roles
        };
        if after.len() != self.before.len() || !self.before.iter().zip(&after).all(is_same) {
            return Some(Unsafe::OtherKind);
        }
        let says = evidence(&after, self.reader);
        let lost = |what: &str| self.said.difference(&says).any(|(one, _)| one == what);
        if (self.needs.from && lost("from")) || (self.needs.mode && lost("mode")) {
            return Some(Unsafe::Evidence);
        }
        let since = candidates.iter().filter_map(|one| one.since).max();
        let pairs = || self.before.iter().zip(&after);
        let added: Vec<Added<'_>> = pairs().map(|(old, new)| Added::between(old, new)).collect();
        let none = BTreeSet::new();
        let understood = |release| {
            let ignored = if release == self.to { &none } else { &tried.beside };
            added.iter().all(|one| one.is_understood(ignored, since, release))
                && candidates.iter().flat_map(|one| &one.relies).all(|key| self.reads_key(key, release))
        };
        if !self.runs.iter().all(|release| understood(*release)) || !understood(self.to) {
            // From which recorded release on everything understands it.
            let on_the_way: Vec<Release> = facts::recorded()
                .map(|(_, first)| *first)
                .filter(|release| self.from.is_none_or(|from| *release > from) && *release <= self.to)
                .collect();
            let lacks = on_the_way.iter().rposition(|release| !understood(*release));
            let first = on_the_way.get(lacks.map_or(0, |at| at + 1)).copied();
            return Some(Unsafe::Unknown {
                first: first.filter(|_| understood(self.to)),
                from_is_known: self.from.is_some(),
            });
        }
        // A change that adds nothing can only be refused by the target, which is the strictest.
        let writes = added.iter().any(Added::sets);
        let asked = if writes || self.from.is_some() { self.asked() } else { vec![self.to] };
        let before = self
            .refused
            .get_or_init(|| self.before.iter().map(|read| refusals::keys(read, &self.asked())).collect());
        let refused = after.iter().zip(before).any(|(new, before)| {
            let before = before.iter().skip(before.len() - asked.len());
            refusals::keys(new, &asked).iter().zip(before).any(|(new, before)| !new.is_subset(before))
        });
        refused.then_some(Unsafe::Refused)
    }
}

/// The releases that read the file before the target does: the one that runs, and any that the file itself names; all
/// up to the target where nothing says what runs.
fn running(
    text: &str,
    from: Option<Release>,
    to: Release,
    inventory: &Inventory,
    starts: &[usize],
    whole: usize,
) -> Vec<Release> {
    let mut runs: Vec<Release> = match from {
        Some(from) => vec![from],
        None => facts::recorded().map(|(recorded, _)| *recorded).filter(|release| *release <= to).collect(),
    };
    let kinds = [ProductKind::Broker, ProductKind::Distribution];
    let named = kinds.into_iter().flat_map(|kind| inventory.of_kind(kind)).filter(|item| {
        item.place
            .file
            .is_some_and(|file| starts.partition_point(|start| *start <= file).saturating_sub(1) == whole)
    });
    runs.extend(named.filter_map(|item| item.release));
    runs.extend(in_paths(text));
    runs.order();
    runs.dedup();
    runs
}

/// Releases that paths name, such as `/opt/kafka_2.13-2.4.1/bin` and `/opt/confluent-5.1.2`: tools are called by them,
/// whatever the brokers are.
fn in_paths(text: &str) -> Vec<Release> {
    const SIGNS: &[(&str, &str)] = &[
        ("/confluent-", "confluent-platform"),
        ("/kafka-", "broker"),
        ("/kafka_2.11-", "broker"),
        ("/kafka_2.12-", "broker"),
        ("/kafka_2.13-", "broker"),
    ];
    let of_sign = |(sign, product): &(&'static str, &'static str)| {
        let product = clients::product(product);
        let found = text.match_indices(sign).filter_map(|(at, sign)| text.get(at + sign.len()..));
        found
            .filter_map(|rest| {
                let end = rest.find(|one: char| !one.is_ascii_digit() && one != '.').unwrap_or(rest.len());
                let version = rest.get(..end)?.trim_end_matches('.');
                inventory::release_in(product?, version).filter(|_| version.contains('.'))
            })
            .collect::<Vec<_>>()
    };
    SIGNS.iter().flat_map(of_sign).collect()
}

/// What a file by itself says of the release that runs and of the mode.
fn evidence(reads: &[CheckedFile<'_>], reader: Reader) -> BTreeSet<(String, String)> {
    let seen = path::detect(reads, &Inventory::of(reads, reader));
    seen.detected.into_iter().map(|one| (one.what, one.value)).gather()
}

/// Whether applying every fix would change what is detected.
fn needs(
    asked: &Asked,
    now: Option<Release>,
    detected: &[Detected],
    trials: &[(Trial<'_, '_>, Vec<Candidate>)],
) -> Needs {
    let mut gone: BTreeSet<(&str, String, String)> = BTreeSet::new();
    for (trial, candidates) in trials {
        let mut edits: Vec<TextEdit> = candidates.iter().flat_map(|one| one.edits.iter().cloned()).collect();
        edits.order_by_key(|edit| edit.span);
        let mut end = 0;
        edits.retain(|edit| {
            let apart = edit.span.start >= end;
            end = end.max(edit.span.end);
            apart
        });
        let text = apply(trial.text(), &edits);
        let says = evidence(&trial.reads(&text), trial.reader);
        let lost = trial.said.difference(&says);
        gone.extend(lost.map(|(what, value)| (trial.path(), what.clone(), value.clone())));
    }
    let stays = |one: &&Detected| !gone.contains(&(one.path.as_str(), one.what.clone(), one.value.clone()));
    let said = |what: &'static str| detected.iter().filter(move |one| one.what == what);
    let from = said("from").filter(stays).filter_map(|one| one.value.parse::<Release>().ok()).min();
    let worst =
        |all: &mut dyn Iterator<Item = &Detected>| all.map(|one| one.value.as_str()).max().map(str::to_owned);
    let (before, after) = (worst(&mut said("mode")), worst(&mut said("mode").filter(stays)));
    Needs { from: asked.from.is_none() && from != now, mode: asked.mode.is_none() && before != after }
}

/// Sorts the edits; whether two of them touch the same text.
fn overlap(edits: &mut [TextEdit]) -> bool {
    edits.order_by_key(|edit| edit.span);
    edits
        .iter()
        .zip(edits.iter().skip(1))
        .any(|(one, next)| next.span.start < one.span.end || next.span == one.span)
}
