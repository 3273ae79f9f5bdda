//! Classes and members that some release lacks or deprecates. Those that every release has are not here.

use crate::release::Release;
use crate::releases::recorded_at;
use crate::tables::{CLASSES, MEMBERS};

/// In which releases a class or member is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// The first recorded release that has it.
    pub first: Release,
    /// The last recorded release that has it.
    pub last: Release,
    /// The release from which it is deprecated to its end.
    pub deprecated: Option<Release>,
}

/// The life of a class, by its binary name (`org.apache.kafka.common.requests.X$Y`); `None` when every release
/// has it, or none.
#[must_use]
pub fn class(name: &str) -> Option<Life> {
    let row = CLASSES.get(CLASSES.binary_search_by(|row| row.name.cmp(name)).ok()?)?;
    Some(life(row.first, row.last, row.deprecated))
}

/// Members of a class that are gone or deprecated in some release in which the class itself is there, as
/// `method poll(long)`, `new (java.lang.String)` or `field NAME`, sorted.
pub fn members(class: &str) -> impl Iterator<Item = (&'static str, Life)> {
    let class = CLASSES.binary_search_by(|row| row.name.cmp(class)).ok();
    let at = |row: &crate::tables::MemberRow| Some(usize::from(row.class));
    let start = MEMBERS.partition_point(|row| at(row) < class);
    let rows = MEMBERS.get(start..).unwrap_or_default();
    rows.iter()
        .take_while(move |row| class.is_some() && at(row) == class)
        .map(|row| (row.signature, life(row.first, row.last, row.deprecated)))
}

/// Every class that is gone or deprecated in some release, sorted by name.
pub fn classes() -> impl Iterator<Item = (&'static str, Life)> {
    CLASSES.iter().map(|row| (row.name, life(row.first, row.last, row.deprecated)))
}

fn life(first: u8, last: u8, deprecated: Option<u8>) -> Life {
    Life { first: recorded_at(first), last: recorded_at(last), deprecated: deprecated.map(recorded_at) }
}
