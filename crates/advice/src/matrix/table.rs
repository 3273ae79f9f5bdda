//! The matrix in the making: its columns, and what its rows are made of.

use kafka_upgrade_catalog::{self as catalog, Component, Release};
use kafka_upgrade_report::{Finding, MatrixCell, MatrixRow, Sense};
use kafka_upgrade_sorted::Sorted as _;

use crate::diagnostic::Location;
use crate::upgrade::Upgrade;

/// First release without ZooKeeper and without the oldest API versions.
pub(super) const V4: Release = Release::new(4, 0, 0);
/// The last minor from which 4.0 can be reached directly, and the oldest column of the matrix.
pub(super) const BRIDGE: Release = Release::new(3, 9, 0);

/// At most this many running things are compared with every release; a paste may name a hundred thousand.
pub(super) const MAX_ITEMS: usize = 200;

/// Whether something says what runs, beside configuration and code.
pub(super) fn is_about_a_cluster(case: &Upgrade<'_>) -> bool {
    !case.inventory.items.is_empty() || case.observations().next().is_some()
}

/// The first release of every minor, and the releases of the columns, each oldest first.
#[must_use]
pub fn columns(case: &Upgrade<'_>) -> (Vec<Release>, Vec<Release>) {
    let (mut minors, mut columns): (Vec<Release>, Vec<Release>) = (Vec::new(), Vec::new());
    for release in catalog::releases().filter(|release| *release >= BRIDGE) {
        let first = release.first_of_minor();
        match columns.last_mut() {
            // Patches of a minor are listed in order, so the newest one stays.
            Some(last) if minors.last() == Some(&first) => *last = release,
            _ => {
                minors.push(first);
                columns.push(release);
            }
        }
    }
    let of_way = case.from.into_iter().chain([case.to]);
    columns.extend(of_way.filter(|release| catalog::releases().any(|known| known == *release)));
    columns.order();
    columns.dedup();
    (minors, columns)
}

/// The matrix in the making.
pub(super) struct Table<'c, 'a> {
    pub(super) case: &'c Upgrade<'a>,
    pub(super) findings: &'c [Finding],
    pub(super) judged: &'c [Judged],
    /// The first release of every minor from [`BRIDGE`] on.
    pub(super) minors: Vec<Release>,
    pub(super) columns: Vec<Release>,
    pub(super) rows: Vec<MatrixRow>,
    /// Where each row's subject is named.
    pub(super) places: Vec<Location>,
}

impl Table<'_, '_> {
    pub(super) fn push(
        &mut self,
        subject: &str,
        version: &str,
        sense: Sense,
        place: Location,
        cells: Vec<MatrixCell>,
    ) {
        let read = place.file.and_then(|file| self.case.files.get(file));
        let line = read.zip(place.span).map(|(read, span)| read.lines().line(span.start));
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

/// The findings of a release other than the target.
pub struct Judged {
    pub(super) release: Release,
    /// Indices of the report's findings that hold there too.
    pub(super) held: Vec<u32>,
    /// Component of each finding that the report does not have, and whether it is an error.
    pub(super) others: Vec<(Option<Component>, bool)>,
}
