//! The compatibility matrix: what runs, against releases, in five senses that are kept apart.
//!
//! Columns are the newest patch of 3.9 and of every later minor, the target and the release that runs. What is *not*
//! here: what to do in which order (`plan`). Invariant: no cell is blank; what is not known says what to look at.

mod clients;
mod operations;

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_input::LineIndex;
use kafka_upgrade_report::{CellVerdict, Evidence, Matrix, MatrixCell, MatrixRow, Sense};

use crate::case::Case;
use crate::draft::At;

pub use clients::operations;

/// The last minor from which 4.0 is reached, and the oldest that everything is held against.
const BRIDGE: Release = Release::new(3, 9, 0);

/// Everything that runs, against every release of the columns.
pub(crate) fn of(case: &Case<'_>) -> Matrix {
    let lines = case.files.iter().map(|_| None).collect();
    let mut table = Table { case, lines, columns: columns(case), rows: Vec::new() };
    clients::rows(&mut table);
    Matrix { columns: table.columns.iter().map(Release::to_string).collect(), rows: table.rows }
}

/// The releases of the columns, oldest first.
fn columns(case: &Case<'_>) -> Vec<Release> {
    let mut columns: Vec<Release> = catalog::minors().filter(|minor| *minor >= BRIDGE).collect();
    columns.extend(case.from);
    columns.push(case.to);
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// The matrix in the making.
struct Table<'c, 'a> {
    case: &'c Case<'a>,
    /// Indices of the lines of files that rows are in.
    lines: Vec<Option<LineIndex>>,
    columns: Vec<Release>,
    rows: Vec<MatrixRow>,
}

impl Table<'_, '_> {
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
