//! The compatibility matrix: what runs, against releases, in five senses that are kept apart.
//!
//! Columns are the newest patch of 3.9 and of every later minor, the target and the release that runs, as far as they
//! are known. What is *not* here: what to do in which order (`plan`). Invariant: no cell is blank; what is not known says what to look at.

mod brokers;
mod carried;
mod clients;
mod met;
mod runtime;
mod upgrades;

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_document::LineIndex;
use kafka_upgrade_report::{CellVerdict, Finding, Matrix, MatrixCell, MatrixRow, Sense};

use crate::case::Case;
use crate::draft::At;

use met::Met;

use kafka_upgrade_compat::cell::cell;
pub(crate) use kafka_upgrade_rules::inventory::loss;
pub use met::{Judged, worth_judging};

/// First release without ZooKeeper and without the oldest API versions.
const V4: Release = Release::new(4, 0, 0);
/// The last minor from which 4.0 is reached, and the oldest that everything is held against.
const BRIDGE: Release = Release::new(3, 9, 0);

/// So many things that run are held against every release; a paste may name a hundred thousand.
const MOST: usize = 200;

/// Everything that runs, against every release of the columns.
#[must_use]
pub fn of(case: &Case<'_>, findings: &[Finding], judged: &[Judged]) -> Matrix {
    let lines = case.files.iter().map(|_| None).collect();
    let (minors, columns) = columns(case);
    let mut table =
        Table { case, findings, judged, lines, minors, columns, rows: Vec::new(), places: Vec::new() };
    brokers::rows(&mut table);
    clients::rows(&mut table);
    upgrades::rows(&mut table);
    // Facts of releases alone are for those who ask about a cluster, not about one file.
    if is_about_a_cluster(case) {
        runtime::rows(&mut table);
        runtime::features(&mut table);
    }
    Matrix { columns: table.columns.iter().map(Release::to_string).collect(), rows: table.rows }
}

/// Whether something says what runs, beside configuration and code.
fn is_about_a_cluster(case: &Case<'_>) -> bool {
    !case.inventory.items.is_empty() || case.files.iter().any(|read| !read.document.observations.is_empty())
}

/// The first release of every minor, and the releases of the columns, each oldest first.
#[must_use]
pub fn columns(case: &Case<'_>) -> (Vec<Release>, Vec<Release>) {
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
    let of_way = case.from.into_iter().chain([case.to]);
    columns.extend(of_way.filter(|release| catalog::releases().any(|known| known == *release)));
    columns.sort_unstable();
    columns.dedup();
    (minors, columns)
}

/// The matrix in the making.
struct Table<'c, 'a> {
    case: &'c Case<'a>,
    findings: &'c [Finding],
    judged: &'c [Judged],
    /// Indices of the lines of files that rows are in.
    lines: Vec<Option<LineIndex>>,
    /// The first release of every minor from [`BRIDGE`] on.
    minors: Vec<Release>,
    columns: Vec<Release>,
    rows: Vec<MatrixRow>,
    /// Where each row's subject is named.
    places: Vec<At>,
}

/// Something that takes part in the upgrade, as the matrix has it at the target.
pub(crate) struct Standing {
    /// Name and version, as the row has them.
    pub(crate) subject: String,
    pub(crate) is_client: bool,
    pub(crate) place: At,
    /// [`CellVerdict::Unknown`] or [`CellVerdict::Refused`].
    pub(crate) verdict: CellVerdict,
    pub(crate) reason: String,
}

/// Brokers and clients of which the matrix does not know whether they can go to the target, and clients that it
/// refuses. So that findings and verdict say the same as the matrix, they are made of its rows.
pub(crate) fn open(case: &Case<'_>) -> Vec<Standing> {
    let lines = case.files.iter().map(|_| None).collect();
    let (minors, _) = columns(case);
    let mut table = Table {
        case,
        findings: &[],
        judged: &[],
        lines,
        minors,
        columns: vec![case.to],
        rows: Vec::new(),
        places: Vec::new(),
    };
    brokers::rows(&mut table);
    clients::rows(&mut table);
    let Table { rows, places, .. } = table;
    let standing = rows.into_iter().zip(places).filter_map(|(row, place)| {
        let is_client = row.sense == Sense::ClientBroker;
        let cell = row.cells.into_iter().next()?;
        let is_open =
            cell.verdict == CellVerdict::Unknown || (is_client && cell.verdict == CellVerdict::Refused);
        let subject = match row.version {
            Some(version) => format!("{} {version}", row.subject),
            None => row.subject,
        };
        is_open.then_some(Standing { subject, is_client, place, verdict: cell.verdict, reason: cell.reason })
    });
    standing.collect()
}

impl Table<'_, '_> {
    fn push(&mut self, subject: &str, version: &str, sense: Sense, place: At, cells: Vec<MatrixCell>) {
        let read = place.file.and_then(|file| self.case.files.get(file));
        let index = place.file.and_then(|file| self.lines.get_mut(file));
        let line = read.zip(place.span).zip(index).map(|((read, span), index)| {
            index.get_or_insert_with(|| LineIndex::new(read.text)).line(span.start)
        });
        self.places.push(place);
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
