//! The compatibility matrix: what runs, against releases, in five senses that are kept apart.
//!
//! Columns are the newest patch of 3.9 and of every later minor, the target and the release that runs, as far as they
//! are known. What is *not* here: what to do in which order (`plan`). Invariant: no cell is blank; what is not known says what to look at.

mod brokers;
mod carried;
mod clients;
mod findings;
mod runtime;
mod table;
mod upgrades;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{CellVerdict, Finding, Matrix, Sense};

use crate::diagnostic::Location;
use crate::upgrade::Upgrade;

use findings::RowFindings;
use table::{MAX_ITEMS, Table, V4, is_about_a_cluster};

pub use findings::worth_judging;
use kafka_upgrade_compat::cell::cell;
pub(crate) use kafka_upgrade_rules::inventory::loss;
pub use table::{Judged, columns};

/// Everything that runs, against every release of the columns.
#[must_use]
pub fn of(case: &Upgrade<'_>, findings: &[Finding], judged: &[Judged]) -> Matrix {
    let (minors, columns) = columns(case);
    let mut table = Table { case, findings, judged, minors, columns, rows: Vec::new(), places: Vec::new() };
    brokers::rows(&mut table);
    clients::rows(&mut table);
    upgrades::rows(&mut table);
    // Rows that hold only facts of releases are shown to people who ask about a cluster, not about one file.
    if is_about_a_cluster(case) {
        runtime::rows(&mut table);
        runtime::features(&mut table);
    }
    Matrix { columns: table.columns.iter().map(Release::to_string).collect(), rows: table.rows }
}

/// Something that takes part in the upgrade, as the target's column of the matrix judges it.
pub(crate) struct Standing {
    /// Name and version, as the row has them.
    pub(crate) subject: String,
    pub(crate) is_client: bool,
    pub(crate) place: Location,
    /// [`CellVerdict::Unknown`] or [`CellVerdict::Refused`].
    pub(crate) verdict: CellVerdict,
    pub(crate) reason: String,
}

/// Brokers and clients that the matrix cannot judge at the target, and clients that the target refuses. They are
/// taken from the rows so that findings, verdict and matrix agree.
pub(crate) fn open(case: &Upgrade<'_>) -> Vec<Standing> {
    let (minors, _) = columns(case);
    let mut table = Table {
        case,
        findings: &[],
        judged: &[],
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
