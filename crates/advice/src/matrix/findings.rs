//! The findings of the files in each release: those of the target that hold there too, and how many others.
//!
//! What is *not* here: how findings come about.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_report::{CellVerdict, Finding, MatrixCell, Severity, Spot, Summary};
use kafka_upgrade_sorted::Gather as _;

use super::table::{Judged, Table, is_about_a_cluster};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::upgrade::Upgrade;

/// Texts longer than this, in bytes, are judged for the target alone. The matrix judges files once per column, and
/// that must not multiply the time of an already long check.
const MAX_BYTES: usize = 100_000;

/// Whether to judge the files for each column: only for a request about a cluster, and only when it is quick.
pub fn worth_judging(case: &Upgrade<'_>) -> bool {
    let bytes: usize = case.files.iter().map(|read| read.text.len()).sum();
    is_about_a_cluster(case) && bytes <= MAX_BYTES
}

impl Judged {
    /// Compares what was found for one release with the report's findings.
    pub fn new(sink: &Diagnostics<'_, '_>, findings: &[Finding]) -> Self {
        let path = |draft: &Diagnostic| {
            draft.place.file.and_then(|file| sink.case.files.get(file)).map(|read| read.path)
        };
        let is_counted = |draft: &&Diagnostic| draft.severity != Severity::Info && draft.place.file.is_some();
        let found: BTreeSet<_> = sink
            .drafts
            .iter()
            .filter(is_counted)
            .map(|draft| (draft.rule.id(), draft.subject.as_str(), path(draft)))
            .gather();
        let at_target: BTreeSet<_> = findings.iter().flat_map(Finding::spots).map(key).gather();
        let held = findings
            .iter()
            .enumerate()
            .filter(|(_, finding)| finding.spots().any(|spot| found.contains(&key(spot))));
        let others = sink
            .drafts
            .iter()
            .filter(is_counted)
            .filter(|draft| !at_target.contains(&(draft.rule.id(), draft.subject.as_str(), path(draft))));
        Self {
            release: sink.case.to,
            held: held.map(|(at, _)| at as u32).collect(),
            others: others.map(|draft| (draft.component, draft.severity == Severity::Error)).collect(),
        }
    }
}

fn key(spot: Spot<'_>) -> (&str, &str, Option<&str>) {
    (spot.rule, spot.subject, spot.path)
}

/// The findings of the files of one row.
pub(super) struct RowFindings {
    /// Whether any file was given that this row could have findings in.
    pub(super) given: bool,
    is_about: fn(Option<Component>) -> bool,
    /// Index of a finding, from when on it holds, and whether it is an error.
    findings: Vec<(u32, Option<Release>, bool)>,
}

impl RowFindings {
    /// The findings about a row, chosen by their component. `given`: whether there is a file to find them in.
    pub(super) fn of(table: &Table<'_, '_>, is_about: fn(Option<Component>) -> bool, given: bool) -> Self {
        let about = table.findings.iter().enumerate().filter(|(_, finding)| {
            finding.severity != Severity::Info
                && finding.path.is_some()
                && is_about(finding.component.as_deref().and_then(Component::parse))
        });
        let since = |finding: &Finding| finding.since.as_deref().and_then(|since| since.parse().ok());
        let findings =
            about.map(|(at, finding)| (at as u32, since(finding), finding.severity == Severity::Error));
        Self { given, is_about, findings: findings.collect() }
    }

    /// Adds the findings that hold in a release to its cell.
    pub(super) fn add_to(&self, table: &Table<'_, '_>, release: Release, cell: &mut MatrixCell) {
        let target = table.case.to;
        let judged = table.judged.iter().find(|judged| judged.release == release);
        let holds = |at: u32, since: Option<Release>| match judged {
            Some(judged) => judged.held.binary_search(&at).is_ok(),
            // A finding without a release depends on the target alone, so only the target's cell shows it.
            None => since.map_or(release == target, |since| since <= release),
        };
        let held = || self.findings.iter().filter(|(at, since, _)| holds(*at, *since));
        cell.findings = held().map(|(at, ..)| *at).collect();
        let mut errors = held().filter(|(.., error)| *error).count();
        let warnings = cell.findings.len() - errors;
        if errors + warnings > 0 {
            let _ = write!(cell.reason, " The files have {} there.", counted(errors, warnings));
        }
        let others = judged.map(|judged| judged.others.as_slice()).unwrap_or_default();
        let others = || others.iter().filter(|(component, _)| (self.is_about)(*component));
        let (all, bad) = (others().count(), others().filter(|(_, error)| *error).count());
        if all > 0 {
            let count = counted(bad, all - bad);
            let _ = write!(
                cell.reason,
                " The files have {count} there that {target} does not have; choose {release} as the target to see them."
            );
        }
        errors += bad;
        let (works, looked_at) = (cell.verdict == CellVerdict::Works, judged.is_some() || release <= target);
        if works && errors > 0 {
            cell.verdict = CellVerdict::WorksWithChanges;
            "with changes".clone_into(&mut cell.word);
        } else if works && self.given && !looked_at {
            cell.verdict = CellVerdict::Unknown;
            "not looked at".clone_into(&mut cell.word);
        }
        if self.given && release != target && judged.is_none() {
            let first = release.min(target);
            let _ = write!(
                cell.reason,
                " The files were judged for {target}, so only findings up to {first} are shown. Choose {release} as \
                 the target for the rest."
            );
        }
    }
}

/// `2 errors and 1 warning`.
fn counted(errors: usize, warnings: usize) -> String {
    let summary = Summary { error: errors as u32, warning: warnings as u32, ..Summary::default() };
    match (errors, warnings) {
        (_, 0) => summary.counted(Severity::Error),
        (0, _) => summary.counted(Severity::Warning),
        _ => [Severity::Error, Severity::Warning].map(|one| summary.counted(one)).join(" and "),
    }
}
