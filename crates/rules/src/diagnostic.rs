//! Findings in the making.
//!
//! A draft speaks in byte spans and file numbers; lines, columns and units are worked out once, at the end
//! (`findings`). What is *not* here: conditions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::{Setting, Span};
use kafka_upgrade_report::{Confidence, Severity};

use crate::facts;
use crate::fix;
use crate::notes::{ChangeKind, Note};
pub use crate::place::{Location, PendingFix};
use crate::rule::Rule;
use crate::upgrade::Upgrade;
use crate::words;

/// A finding before its place is worked out.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What it is found by.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What it is about: a key, a class, an option.
    pub subject: String,
    /// Whose it is, where it is of a component.
    pub component: Option<Component>,
    /// What changes.
    pub change: ChangeKind,
    /// Release in which it became so, of a crossing finding.
    pub since: Option<Release>,
    /// Where it is.
    pub place: Location,
    /// What is wrong.
    pub message: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub action: String,
    /// What takes its place.
    pub replacement: Option<String>,
    /// Titles and addresses.
    pub references: &'static [(&'static str, &'static str)],
    /// The edits that take it away.
    pub fix: Option<PendingFix>,
}

impl Diagnostic {
    /// One that is certain, and of nothing but its place so far.
    #[must_use]
    pub fn new(severity: Severity, rule: impl Into<Rule>, place: Location) -> Self {
        Self {
            rule: rule.into(),
            severity,
            confidence: Confidence::Certain,
            subject: String::new(),
            component: None,
            change: ChangeKind::Note,
            since: None,
            place,
            message: String::new(),
            why: String::new(),
            action: String::new(),
            replacement: None,
            references: &[],
            fix: None,
        }
    }

    /// At the target it breaks.
    #[must_use]
    pub fn error(rule: impl Into<Rule>, place: Location) -> Self {
        Self::new(Severity::Error, rule, place)
    }

    /// It works, but differently.
    #[must_use]
    pub fn warning(rule: impl Into<Rule>, place: Location) -> Self {
        Self::new(Severity::Warning, rule, place)
    }

    /// Something to know.
    #[must_use]
    pub fn info(rule: impl Into<Rule>, place: Location) -> Self {
        Self::new(Severity::Info, rule, place)
    }

    /// What it is about: a key, a class, an option.
    #[must_use]
    pub fn subject(self, subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..self }
    }

    /// What is wrong.
    #[must_use]
    pub fn message(self, message: impl Into<String>) -> Self {
        Self { message: message.into(), ..self }
    }

    /// Why.
    #[must_use]
    pub fn why(self, why: impl Into<String>) -> Self {
        Self { why: why.into(), ..self }
    }

    /// What to do.
    #[must_use]
    pub fn action(self, action: impl Into<String>) -> Self {
        Self { action: action.into(), ..self }
    }

    /// How sure it is.
    #[must_use]
    pub fn confidence(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// Whose it is.
    #[must_use]
    pub fn component(self, component: Option<Component>) -> Self {
        Self { component, ..self }
    }

    /// What changes.
    #[must_use]
    pub fn change(self, change: ChangeKind) -> Self {
        Self { change, ..self }
    }

    /// The release in which it became so.
    #[must_use]
    pub fn since(self, since: impl Into<Option<Release>>) -> Self {
        Self { since: since.into(), ..self }
    }

    /// What takes its place.
    #[must_use]
    pub fn replacement(self, replacement: impl Into<Option<String>>) -> Self {
        Self { replacement: replacement.into(), ..self }
    }

    /// Titles and addresses.
    #[must_use]
    pub fn references(self, references: &'static [(&'static str, &'static str)]) -> Self {
        Self { references, ..self }
    }

    /// The edits that take it away.
    #[must_use]
    pub fn fix(self, fix: impl Into<Option<PendingFix>>) -> Self {
        Self { fix: fix.into(), ..self }
    }
}

/// Collects findings.
#[derive(Debug)]
pub struct Diagnostics<'c, 'a> {
    /// What is judged.
    pub case: &'c Upgrade<'a>,
    /// In the order in which they were added.
    pub drafts: Vec<Diagnostic>,
    index: Index,
}

/// Index of the drafts by file and subject, so that not all of them are searched for each refused key.
#[derive(Debug, Default)]
struct Index {
    /// Drafts before this one are in it.
    seen: usize,
    by_subject: BTreeMap<(usize, String), Vec<usize>>,
    /// Places of errors.
    errors: BTreeSet<(usize, Span)>,
    /// Drafts replaced by a graver one.
    superseded: BTreeSet<usize>,
}

impl<'c, 'a> Diagnostics<'c, 'a> {
    /// Nothing is found yet.
    pub fn new(case: &'c Upgrade<'a>) -> Self {
        Self { case, drafts: Vec::new(), index: Index::default() }
    }

    /// Whether this key of the file already has an error. If not, its lesser findings are marked as superseded, and
    /// go with [`Sink::drop_superseded`].
    pub fn has_error(&mut self, file: usize, subject: &str) -> bool {
        self.keep_index();
        let Some(about) = self.index.by_subject.get(&(file, subject.to_owned())) else { return false };
        let is_error =
            |at: &usize| self.drafts.get(*at).is_some_and(|draft| draft.severity == Severity::Error);
        if about.iter().any(is_error) {
            return true;
        }
        self.index.superseded.extend(about);
        false
    }

    /// Whether an error is already reported at this place.
    pub fn has_error_at(&mut self, file: usize, span: Span) -> bool {
        self.keep_index();
        self.index.errors.contains(&(file, span))
    }

    /// Takes out the findings that made room for an error.
    pub fn drop_superseded(&mut self) {
        let superseded = std::mem::take(&mut self.index).superseded;
        let mut at = 0..;
        self.drafts.retain(|_| at.next().is_none_or(|at| !superseded.contains(&at)));
    }

    fn keep_index(&mut self) {
        for (at, draft) in self.drafts.iter().enumerate().skip(self.index.seen) {
            let Some(file) = draft.place.file else { continue };
            self.index.by_subject.entry((file, draft.subject.clone())).or_default().push(at);
            if let Some(span) = draft.place.span.filter(|_| draft.severity == Severity::Error) {
                self.index.errors.insert((file, span));
            }
        }
        self.index.seen = self.drafts.len();
    }

    /// Adds a finding. Its reason says if it depends on the unknown source release, or if it fails with the running
    /// one already.
    pub fn push(&mut self, mut draft: Diagnostic) {
        if let Some((from, since)) = self.case.from.zip(draft.since)
            && self.case.has_already(since)
        {
            draft.since = None;
            let _ = write!(draft.why, " {since} brought this, so it fails with {from} as well.");
        }
        if let (None, Some(since)) = (self.case.from, draft.since) {
            let gone =
                matches!(draft.change, ChangeKind::Removed | ChangeKind::Renamed | ChangeKind::Refused);
            let less_sure = if gone { Confidence::Likely } else { Confidence::Possible };
            draft.confidence = draft.confidence.max(less_sure);
            draft.why.push_str(" The release that runs now is not known: this applies if it is older than ");
            draft.why.push_str(&since.to_string());
            draft.why.push('.');
        }
        // Computed from facts that another release had to lend.
        if let Rule::Computed(..) = draft.rule
            && let Some(component) = draft.component
            && let Some(lender) = facts::borrowed(component, self.case.to)
        {
            let who = words::who(component);
            let lent = format!(
                " {} published no artifact of the {who} to read; this is taken from {lender}.",
                self.case.to
            );
            draft.why.push_str(&lent);
        }
        self.drafts.push(draft);
    }

    /// When a note's change comes on the upgrade path; `None` when it does not, or holds whatever the source is.
    pub fn since(&self, note: &Note) -> Option<Release> {
        let applies = self.case.crosses_note(note) && (!note.state || self.case.from.is_some());
        applies.then_some(note.since)
    }

    /// Adds what a note says. `holes` fill the `{…}` of its texts beside `{from}` and `{to}`. Without a component
    /// the file is no component's, such as one of the logging.
    pub fn note(
        &mut self,
        note: &'static Note,
        component: Option<Component>,
        since: Option<Release>,
        place: Location,
        holes: &[(&str, &str)],
    ) {
        if note.silent {
            return;
        }
        let fill = |text| words::fill(text, holes, self.case.from, self.case.to);
        let brought = self.case.brought_by(place).map_or_else(String::new, |by| match by {
            "" => " It is a transitive dependency.".to_owned(),
            by => format!(" It is a transitive dependency of `{by}`."),
        });
        let draft = Diagnostic::new(note.severity, Rule::Note(note.id), place)
            .confidence(note.confidence)
            .subject(note.subject.to_owned())
            .component(component)
            .change(note.kind)
            .since(since)
            .message(fill(note.message) + &brought)
            .why(fill(note.why))
            .action(fill(note.action))
            .replacement(note.replacement.map(str::to_owned))
            .references(note.references);
        self.push(draft);
    }

    /// Adds what a note says about a setting at its key, with the note's fix. `holes` are the check's own
    /// beside `{value}` and `{key}`.
    pub fn note_at(
        &mut self,
        note: &'static Note,
        component: Component,
        since: Option<Release>,
        (file, setting): (usize, &Setting),
        holes: &[(&str, &str)],
    ) {
        let Some(read) = self.case.files.get(file).filter(|_| !note.silent) else { return };
        let value = words::shown_value(&setting.key, &setting.value);
        let mut all = vec![("value", value.as_str()), ("key", setting.key.as_str())];
        all.extend_from_slice(holes);
        self.note(note, Some(component), since, Location::span(file, setting.key_span), &all);
        if let Some(draft) = self.drafts.last_mut() {
            draft.fix = note.remedy.and_then(|remedy| fix::mend(read, setting, remedy, note.safe));
            if note.is_of_a_key_that_goes()
                && let (Some(fix), Some(remedy)) = (&mut draft.fix, note.remedy)
            {
                fix.beside = fix::beside(read, setting, remedy);
            }
            // A note that speaks for several keys is about the one that is set here.
            if !note.settings.is_empty() {
                setting.key.clone_into(&mut draft.subject);
            }
        }
    }
}
