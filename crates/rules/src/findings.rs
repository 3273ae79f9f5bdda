//! How findings in the making become those of the report: places, owners, and one finding for one cause.
//!
//! Findings that say the same of several places are one, with all its places; each place keeps its own edits.
//! Invariant: the order of files, and the order in which checks ran, leave no trace.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use kafka_upgrade_catalog::{self as catalog, Component, definition};
use kafka_upgrade_document::{Kind, LineIndex, Span, TextEdit, Units};
use kafka_upgrade_report::{
    Confidence, Edit, Finding, Fix, Owner, Place, Proof, ProofKind, Reference, Severity,
};
use kafka_upgrade_sorted::Sorted as _;

use crate::diagnostic::{Diagnostic, Diagnostics, PendingFix};
use crate::facts;
use crate::notes::ChangeKind;
use crate::rule::{Computed, Rule};
use crate::upgrade::Upgrade;

impl Diagnostics<'_, '_> {
    /// The findings as the report has them: sorted by file, place, rule; each cause once.
    #[must_use]
    pub fn finish(self, units: Units) -> Vec<Finding> {
        let Self { case, drafts, .. } = self;
        let mut places = Places { case, units };
        let mut findings: Vec<Finding> = drafts.into_iter().map(|draft| places.finding(draft)).collect();
        findings.order_by(by_place);
        // One place can belong to several parts of a text: what YAML's anchors bring into each service.
        findings.dedup_by(|a, b| {
            a.bytes.is_some()
                && (&a.path, a.bytes, &a.rule, &a.subject) == (&b.path, b.bytes, &b.rule, &b.subject)
                && a.message == b.message
        });
        let mut findings = merged(folded(findings));
        for finding in &mut findings {
            finding.places.order_by(|one, other| order(one).cmp(&order(other)));
        }
        findings
    }
}

/// Findings of several clusters as those of one report: sorted, and what is about no cluster once.
#[must_use]
pub fn united(findings: Vec<Finding>) -> Vec<Finding> {
    let mut findings = findings;
    findings.order_by(by_place);
    findings.dedup();
    findings
}

/// The place of a finding among [`united`] ones.
#[must_use]
pub fn place_of(all: &[Finding], one: &Finding) -> Option<u32> {
    let first = all.partition_point(|other| by_place(other, one).is_lt());
    let alike = all.get(first..)?.iter().position(|other| other == one)?;
    u32::try_from(first + alike).ok()
}

fn order(place: &Place) -> (&str, Option<u32>, Option<u32>, Option<&str>) {
    (&place.path, place.line, place.column, place.rule.as_deref())
}

/// Rules that name a cause, each with the rules for its consequences in the same file. Fixing the cause fixes all of
/// them; fixing one of them alone does not help. The first cause that is present is used.
const CAUSES: [(&str, &[&str]); 10] = [
    (
        "removed-zookeeper-connect",
        &[
            "requires-process-roles",
            "requires-controller-listener-names",
            "requires-node-id",
            "note-generated-broker-id",
            "removed-zookeeper-settings",
            "removed-inter-broker-protocol-version",
        ],
    ),
    ("requires-process-roles", &["requires-controller-listener-names", "requires-node-id"]),
    ("removed-zookeeper-connect-of-kraft-node", &["removed-zookeeper-settings"]),
    ("note-test-broker-with-zookeeper", &["removed-zookeeper-settings"]),
    ("deprecated-log4j-configuration-property", &["removed-log4j-1-files"]),
    ("note-confluent-metrics-reporter", &["note-metric-reporters-without-jmx"]),
    (
        "deprecated-list-consumer-groups",
        &[
            "deprecated-class-consumer-group-listing",
            "deprecated-class-list-consumer-groups-options",
            "deprecated-class-list-consumer-groups-result",
        ],
    ),
    ("deprecated-consumer-group-state", &["deprecated-member-consumer-group-description-new"]),
    ("deprecated-close-options-of-streams", &["deprecated-member-kafka-streams-close"]),
    ("removed-streams-metadata", &["removed-member-streams-metadata-not-available"]),
];

/// This rule gives one finding per line, for a script that is gone and the file passed to it.
const BY_LINE: &str = "removed-zookeeper-scripts";

/// Causes of findings, by their places among those that are kept.
struct Causes {
    by_rule: BTreeMap<(String, String), usize>,
    /// The first of what one rule says of one line; whoever changes the line sees the rest of it.
    by_line: BTreeMap<(String, String, u32), usize>,
    by_subject: BTreeMap<(String, String), usize>,
}

impl Causes {
    fn of(findings: &[Finding]) -> Self {
        let mut causes =
            Self { by_rule: BTreeMap::new(), by_line: BTreeMap::new(), by_subject: BTreeMap::new() };
        for (at, finding) in findings.iter().enumerate() {
            let Some(path) = &finding.path else { continue };
            causes.by_rule.entry((path.clone(), finding.rule.clone())).or_insert(at);
            causes.by_subject.entry((path.clone(), finding.subject.clone())).or_insert(at);
            if let Some(line) = finding.line.filter(|_| finding.rule == BY_LINE) {
                causes.by_line.entry((path.clone(), finding.rule.clone(), line)).or_insert(at);
            }
        }
        causes
    }

    /// The cause of this finding, if one is present.
    fn cause(&self, finding: &Finding) -> Option<usize> {
        let path = finding.path.clone()?;
        let of_rule = CAUSES.iter().filter(|(_, parts)| parts.contains(&&*finding.rule));
        let by_rule =
            of_rule.filter_map(|(cause, _)| self.by_rule.get(&(path.clone(), (*cause).to_owned()))).next();
        let by_subject =
            || causes_by_subject(finding).find_map(|subject| self.by_subject.get(&(path.clone(), subject)));
        let by_line = || {
            let line = finding.line.filter(|_| finding.rule == BY_LINE)?;
            self.by_line.get(&(path.clone(), finding.rule.clone(), line))
        };
        by_rule.or_else(by_subject).or_else(by_line).copied()
    }
}

/// What goes with the subject of a finding about code: with a member its class, with an inner class the outer ones, and
/// with a constant the key that it is the name of.
fn causes_by_subject(finding: &Finding) -> impl Iterator<Item = String> {
    let is_removed =
        finding.rule.starts_with("removed-member-") || finding.rule.starts_with("removed-class-");
    let (class, member) = match finding.subject.split_once('#') {
        Some((class, member)) => (class, Some(member)),
        None => (finding.subject.as_str(), None),
    };
    let around = std::iter::successors(Some(class), |class| Some(class.rsplit_once('$')?.0));
    let classes = around.skip(usize::from(member.is_none())).filter(move |_| is_removed);
    let constant = member.and_then(|name| name.strip_suffix("_CONFIG")).filter(|_| !is_removed);
    let key = constant
        .map(|name| name.strip_suffix("_CLASS").unwrap_or(name).to_ascii_lowercase().replace('_', "."));
    classes.map(str::to_owned).chain(key)
}

/// Findings with those of the same cause as further places of it. Their own fixes go: none mends the cause.
fn folded(findings: Vec<Finding>) -> Vec<Finding> {
    let causes = Causes::of(&findings);
    // A consequence that is graver than its cause stays a finding of its own.
    let is_as_grave =
        |at: &usize, part: &Finding| findings.get(*at).is_some_and(|cause| cause.severity <= part.severity);
    let above: Vec<Option<usize>> =
        findings.iter().map(|finding| causes.cause(finding).filter(|at| is_as_grave(at, finding))).collect();
    // A cause may itself be a part of another one.
    let root = |at: usize| {
        let mut root = at;
        for _ in 0..CAUSES.len() {
            match above.get(root).copied().flatten().filter(|next| *next != root) {
                Some(next) => root = next,
                None => break,
            }
        }
        root
    };
    let mut further: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
    let mut kept: Vec<(usize, Finding)> = Vec::with_capacity(findings.len());
    for (at, finding) in findings.into_iter().enumerate() {
        match root(at) {
            cause if cause == at => kept.push((at, finding)),
            cause => further.entry(cause).or_default().push(finding),
        }
    }
    for (at, cause) in &mut kept {
        for finding in further.remove(at).unwrap_or_default() {
            let place = place(Finding { fix: None, ..finding }, cause);
            cause.places.push(place);
        }
    }
    let mut kept: Vec<Finding> = kept.into_iter().map(|(_, finding)| finding).collect();
    kept.order_by(by_place);
    kept
}

fn by_place(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let key = |one: &Finding| (one.line, one.column);
    (&a.path, key(a), &a.rule, &a.subject, &a.message).cmp(&(
        &b.path,
        key(b),
        &b.rule,
        &b.subject,
        &b.message,
    ))
}

/// Sorted findings, those that say the same put together at the first of their places.
fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut first: BTreeMap<Same, usize> = BTreeMap::new();
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        // What is about no file is one already.
        if finding.path.is_none() {
            kept.push(finding);
            continue;
        }
        match first.entry(Same::of(&finding)) {
            Entry::Vacant(vacant) => {
                vacant.insert(kept.len());
                kept.push(finding);
            }
            Entry::Occupied(at) => {
                if let Some(kept) = kept.get_mut(*at.get()) {
                    let mut finding = finding;
                    let mut further = std::mem::take(&mut finding.places);
                    kept.places.push(place(finding, kept));
                    kept.places.append(&mut further);
                }
            }
        }
    }
    kept
}

/// All that a finding says, but where.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Same {
    rule: String,
    /// Empty if it is the file itself.
    subject: String,
    texts: [String; 3],
    about: (Option<String>, Option<String>, Option<String>),
    grave: (Severity, Confidence),
    owner: Owner,
    fix: Option<(String, bool)>,
}

impl Same {
    fn of(finding: &Finding) -> Self {
        let is_file = finding.path.as_deref() == Some(&*finding.subject);
        Self {
            rule: finding.rule.clone(),
            subject: if is_file { String::new() } else { finding.subject.clone() },
            texts: [finding.message.clone(), finding.why.clone(), finding.action.clone()],
            about: (finding.component.clone(), finding.since.clone(), finding.replacement.clone()),
            grave: (finding.severity, finding.confidence),
            owner: finding.owner,
            fix: finding.fix.as_ref().map(|fix| (fix.title.clone(), fix.safe)),
        }
    }
}

/// A finding as one more place of another.
fn place(finding: Finding, of: &Finding) -> Place {
    Place {
        path: finding.path.unwrap_or_default(),
        line: finding.line,
        column: finding.column,
        end_line: finding.end_line,
        end_column: finding.end_column,
        bytes: finding.bytes,
        rule: Some(finding.rule).filter(|rule| *rule != of.rule),
        subject: Some(finding.subject).filter(|subject| *subject != of.subject),
        message: Some(finding.message).filter(|message| *message != of.message),
        edits: finding.fix.map_or_else(Vec::new, |fix| fix.edits),
    }
}

/// Works out places.
struct Places<'c, 'a> {
    case: &'c Upgrade<'a>,
    units: Units,
}

impl<'c> Places<'c, '_> {
    fn index(&self, file: usize) -> Option<(&'c LineIndex, &'c str)> {
        self.case.files.get(file).map(|read| (read.lines(), read.text))
    }

    fn place(&mut self, file: usize, span: Span) -> Option<kafka_upgrade_document::Place> {
        let units = self.units;
        let (index, text) = self.index(file)?;
        Some(index.place(span, text, units))
    }

    /// Offsets of edits are bytes, and in JavaScript UTF-16 units.
    fn fix(&mut self, mend: PendingFix, file: usize) -> Fix {
        let units = self.units;
        let index = self.index(file).filter(|_| units == Units::Utf16);
        let offset = |at: u32| index.map_or(at, |(index, text)| index.units_before(at, text, units));
        let edits = mend.edits.into_iter();
        let edits = edits.map(|TextEdit { span, text }| Edit {
            start: offset(span.start),
            end: offset(span.end),
            text,
        });
        Fix { title: mend.title, edits: edits.collect(), safe: mend.safe }
    }

    fn finding(&mut self, draft: Diagnostic) -> Finding {
        let case = self.case;
        let read = draft.place.file.and_then(|file| case.files.get(file));
        // What a whole part lacks is reported where the part is named.
        let span = draft.place.span.or_else(|| read?.document.place);
        let place = span.zip(draft.place.file).and_then(|(span, file)| self.place(file, span));
        let hop = draft.since.map(|since| format!("{}.{}", since.major, since.minor));
        let evidence = evidence(case, &draft);
        let fix = draft.fix.zip(draft.place.file).map(|(mend, file)| self.fix(mend, file));
        Finding {
            owner: owner(draft.component, read.map(|read| read.document.kind)),
            evidence,
            rule: draft.rule.into_id(),
            severity: draft.severity,
            confidence: draft.confidence,
            subject: draft.subject,
            component: draft.component.map(|component| component.name().to_owned()),
            since: draft.since.map(|since| since.to_string()),
            path: read.map(|read| read.path.to_owned()),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            end_line: place.map(|place| place.end_line),
            end_column: place.map(|place| place.end_column),
            bytes: place.and(span).map(|span| (span.start, span.end)),
            message: draft.message,
            why: draft.why,
            action: draft.action,
            replacement: draft.replacement,
            fix,
            references: draft
                .references
                .iter()
                .map(|(title, url)| Reference { title: (*title).to_owned(), url: (*url).to_owned() })
                .collect(),
            places: Vec::new(),
            hop,
        }
    }
}

/// Whose a finding is: by its component, else by what the text is.
fn owner(component: Option<Component>, kind: Option<Kind>) -> Owner {
    match component {
        Some(
            Component::BROKER
            | Component::TOPIC
            | Component::GROUP
            | Component::CLIENT_METRICS
            | Component::REMOTE_LOG_METADATA,
        ) => {
            return Owner::Brokers;
        }
        Some(Component::PRODUCER | Component::CONSUMER | Component::ADMIN) => return Owner::Clients,
        Some(Component::STREAMS) => return Owner::Streams,
        Some(_) => return Owner::Connect,
        None => {}
    }
    match kind {
        None => Owner::Brokers,
        Some(Kind::BuildFile) => Owner::Build,
        Some(
            Kind::JavaSource
            | Kind::KotlinSource
            | Kind::ScalaSource
            | Kind::ApplicationConfig
            | Kind::Inventory,
        ) => Owner::Clients,
        Some(_) => Owner::Ops,
    }
}

/// How a finding is known: a computed one by what it was computed from, a note's by the facts that show it as well, else
/// by the documents that it names.
fn evidence(case: &Upgrade<'_>, draft: &Diagnostic) -> Option<Proof> {
    let target = |by| Some(Proof { by, release: Some(case.to.to_string()) });
    match &draft.rule {
        Rule::Fixed(_) => None,
        Rule::Computed(Computed::UnknownSetting, _) => None,
        Rule::Computed(Computed::RefusedValue | Computed::Requires, _) => target(ProofKind::Validator),
        Rule::Computed(..) => target(ProofKind::Jars),
        Rule::Note(_) if is_in_jars(case, draft) => target(ProofKind::Jars),
        Rule::Note(id) => {
            let note = crate::note(id).filter(|note| !note.references.is_empty())?;
            Some(Proof { by: ProofKind::Docs, release: Some(note.since.to_string()) })
        }
    }
}

/// Whether the target's jars show what a note says of a key or a class: that it is gone or deprecated, or what its default
/// is.
fn is_in_jars(case: &Upgrade<'_>, draft: &Diagnostic) -> bool {
    let Rule::Note(id) = &draft.rule else { return false };
    let Some(kind) = crate::note(id).map(|note| note.kind) else { return false };
    let key = draft.subject.as_str();
    let component = draft.component;
    let known = component.and_then(|component| definition(component, key, case.to));
    let is_gone = || {
        let of_key = component.is_some_and(|component| facts::gone(component, key, case.to).is_some());
        of_key || catalog::class(key).is_some_and(|life| !life.has(catalog::facts_of(case.to)))
    };
    match kind {
        ChangeKind::Removed | ChangeKind::Renamed => is_gone(),
        ChangeKind::Deprecated => known.is_some_and(|known| known.deprecated),
        ChangeKind::Default => known.is_some(),
        ChangeKind::Refused | ChangeKind::Requires | ChangeKind::Note => false,
    }
}
