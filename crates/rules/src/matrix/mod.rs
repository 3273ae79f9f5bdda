//! The compatibility matrix: what runs, against releases, in five senses that are kept apart.
//!
//! Columns are the newest patch of 3.9 and of every later minor, the target and the release that runs. What is *not*
//! here: what to do in which order (`plan`). Invariant: no cell is blank; what is not known says what to look at.

mod brokers;
mod clients;
mod libraries;
mod operations;
mod runtime;
mod upgrades;

use std::fmt::Write as _;

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_input::LineIndex;
use kafka_upgrade_report::{CellVerdict, Evidence, Finding, Matrix, MatrixCell, MatrixRow, Sense, Severity};

use crate::case::Case;
use crate::draft::At;

pub use clients::operations;

/// First release without ZooKeeper and without the oldest API versions.
const V4: Release = Release::new(4, 0, 0);
/// The last minor from which 4.0 is reached, and the oldest that everything is held against.
const BRIDGE: Release = Release::new(3, 9, 0);

/// So many things that run are held against every release; a paste may name a hundred thousand.
const MOST: usize = 200;

/// Everything that runs, against every release of the columns.
pub(crate) fn of(case: &Case<'_>, findings: &[Finding]) -> Matrix {
    let lines = case.files.iter().map(|_| None).collect();
    let (minors, columns) = columns(case);
    let mut table = Table { case, findings, lines, minors, columns, rows: Vec::new() };
    brokers::rows(&mut table);
    clients::rows(&mut table);
    upgrades::rows(&mut table);
    // Facts of releases alone are for those who ask about a cluster, not about one file.
    let observed = case.files.iter().any(|read| !read.document.observations.is_empty());
    if observed || !case.inventory.items.is_empty() {
        runtime::rows(&mut table);
        runtime::features(&mut table);
    }
    Matrix { columns: table.columns.iter().map(Release::to_string).collect(), rows: table.rows }
}

/// The first release of every minor, and the releases of the columns, each oldest first.
fn columns(case: &Case<'_>) -> (Vec<Release>, Vec<Release>) {
    let (mut minors, mut columns): (Vec<Release>, Vec<Release>) = (Vec::new(), Vec::new());
    for release in catalog::releases().filter(|release| *release >= BRIDGE) {
        let first = release.first_of_minor();
        match columns.last_mut() {
            // Patches of a minor come one after another, so the newest stays.
            Some(last) if minors.last() == Some(&first) => *last = release,
            _ => {
                minors.push(first);
                columns.push(release);
            }
        }
    }
    columns.extend(case.from);
    columns.push(case.to);
    columns.sort_unstable();
    columns.dedup();
    (minors, columns)
}

/// The matrix in the making.
struct Table<'c, 'a> {
    case: &'c Case<'a>,
    findings: &'c [Finding],
    /// Indices of the lines of files that rows are in.
    lines: Vec<Option<LineIndex>>,
    /// The first release of every minor from [`BRIDGE`] on.
    minors: Vec<Release>,
    columns: Vec<Release>,
    rows: Vec<MatrixRow>,
}

impl Table<'_, '_> {
    /// The findings about what a row is about, by whose they are. `given`: whether there is a file to find them in.
    fn met(&self, is_about: impl Fn(Option<&str>) -> bool, given: bool) -> Met {
        let about = self.findings.iter().enumerate();
        let about = about.filter(|(_, finding)| {
            finding.severity != Severity::Info && is_about(finding.component.as_deref())
        });
        let about = about.filter(|(_, finding)| finding.path.is_some());
        let since = |finding: &Finding| finding.since.as_deref().and_then(|since| since.parse().ok());
        Met {
            given,
            findings: about
                .map(|(at, finding)| (at as u32, since(finding), finding.severity == Severity::Error))
                .collect(),
        }
    }

    fn push(&mut self, subject: &str, version: &str, sense: Sense, place: At, cells: Vec<MatrixCell>) {
        let read = place.file.and_then(|file| self.case.files.get(file));
        let index = place.file.and_then(|file| self.lines.get_mut(file));
        let line = read.zip(place.span).zip(index).map(|((read, span), index)| {
            index.get_or_insert_with(|| LineIndex::new(read.text)).line(span.start)
        });
        self.rows.push(MatrixRow {
            subject: subject.to_owned(),
            version: (!version.is_empty()).then(|| version.to_owned()),
            sense,
            path: read.map(|read| read.path.to_owned()),
            line,
            cells,
        });
    }
}

/// What the files of a row meet on the way to the target.
struct Met {
    /// Whether there is such a file at all.
    given: bool,
    /// Index of a finding, from when on it holds, and whether it is an error.
    findings: Vec<(u32, Option<Release>, bool)>,
}

impl Met {
    /// Puts what holds in a release into its cell. What holds at the target whatever the source is told there only,
    /// and beyond the target nothing was looked for.
    fn tell(&self, table: &Table<'_, '_>, release: Release, cell: &mut MatrixCell) {
        let target = table.case.to;
        let holds = |since: Option<Release>| since.map_or(release == target, |since| since <= release);
        let held = || self.findings.iter().filter(|(_, since, _)| holds(*since));
        cell.findings = held().map(|(at, ..)| *at).collect();
        let errors = held().filter(|(.., error)| *error).count();
        let others = cell.findings.len() - errors;
        if errors + others > 0 {
            let _ = write!(cell.reason, " What was given meets {} there.", counted(errors, others));
        }
        let works = cell.verdict == CellVerdict::Works;
        if works && errors > 0 {
            cell.verdict = CellVerdict::WorksWithChanges;
            "with changes".clone_into(&mut cell.word);
        } else if works && self.given && release > target {
            cell.verdict = CellVerdict::Unknown;
            "not looked at".clone_into(&mut cell.word);
        }
        if self.given && release != target {
            let told = if release < target { "of what came up to it" } else { "of what came up to that" };
            let _ = write!(
                cell.reason,
                " The files were judged for {target}: here is only told {told}. Choose {release} as the target for the rest."
            );
        }
    }
}

/// `2 errors and 1 warning`.
fn counted(errors: usize, warnings: usize) -> String {
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    match (errors, warnings) {
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// A cell of which nothing more is to be said.
fn cell(release: Release, verdict: CellVerdict, word: &str, reason: String) -> MatrixCell {
    MatrixCell {
        release: release.to_string(),
        verdict,
        word: word.to_owned(),
        supported: None,
        reason: reason.trim_end().to_owned(),
        findings: Vec::new(),
        evidence: Evidence::Computed,
        operations: Vec::new(),
    }
}
