//! Classes and members that some release lacks or deprecates, and what it takes to find them in code.
//!
//! What every release has is here only where it leads to them: overloads of theirs, classes below theirs, and
//! methods that return one of theirs.

use crate::release::Release;
use crate::releases::recorded_at;
use crate::tables::{CLASSES, ClassRow, MEMBERS, MemberRow, RECORDED, RETURNS};

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

/// The life of a class, by its binary name (`org.apache.kafka.common.requests.X$Y`); `None` when there is
/// nothing to tell of it and its members.
#[must_use]
pub fn class(name: &str) -> Option<Life> {
    let row = CLASSES.get(place(name)?)?;
    Some(life(row.first, row.last, row.deprecated))
}

/// Members of a class that are gone or deprecated in some release in which the class itself is there, as
/// `method poll(long)`, `new (java.lang.String)` or `field NAME`, sorted.
pub fn members(class: &str) -> impl Iterator<Item = (&'static str, Life)> {
    let at = place(class);
    let last = at.and_then(|at| CLASSES.get(at)).map_or(0, |class| class.last);
    let telling = rows(at).iter().filter(move |row| row.last < last || row.deprecated.is_some());
    telling.map(|row| (row.signature, life(row.first, row.last, row.deprecated)))
}

/// As [`members`], with the overloads of those members that every release has.
pub fn overloads(class: &str) -> impl Iterator<Item = (&'static str, Life)> {
    rows(place(class)).iter().map(|row| (row.signature, life(row.first, row.last, row.deprecated)))
}

/// Every class that is gone or deprecated in some release or has members that are, sorted by name.
pub fn classes() -> impl Iterator<Item = (&'static str, Life)> {
    let newest = RECORDED.len().saturating_sub(1);
    let telling = CLASSES.iter().filter(move |row| {
        usize::from(row.last) < newest || row.deprecated.is_some() || members(row.name).next().is_some()
    });
    telling.map(|row| (row.name, life(row.first, row.last, row.deprecated)))
}

/// The classes and interfaces directly above a class, in any release, as far as they are known here.
pub fn supertypes(class: &str) -> impl Iterator<Item = &'static str> {
    let row = place(class).and_then(|at| CLASSES.get(at));
    row.into_iter().flat_map(|row| row.supers).filter_map(|at| name(*at))
}

/// What a method of that class returns, where that is a class that is known here; `None` for inherited methods.
#[must_use]
pub fn returns(class: &str, method: &str) -> Option<&'static str> {
    let class = u16::try_from(place(class)?).ok()?;
    let found = RETURNS.binary_search_by(|row| (row.class, row.method).cmp(&(class, method))).ok()?;
    name(RETURNS.get(found)?.returns)
}

/// The name of a class that is known here, as the catalog itself holds it.
#[must_use]
pub fn class_name(name: &str) -> Option<&'static str> {
    CLASSES.get(place(name)?).map(|row| row.name)
}

fn place(name: &str) -> Option<usize> {
    CLASSES.binary_search_by(|row: &ClassRow| row.name.cmp(name)).ok()
}

fn name(at: u16) -> Option<&'static str> {
    CLASSES.get(usize::from(at)).map(|row| row.name)
}

fn rows(class: Option<usize>) -> &'static [MemberRow] {
    let Some(class) = class else { return &[] };
    let start = MEMBERS.partition_point(|row| usize::from(row.class) < class);
    let end = MEMBERS.partition_point(|row| usize::from(row.class) <= class);
    MEMBERS.get(start..end).unwrap_or_default()
}

fn life(first: u8, last: u8, deprecated: Option<u8>) -> Life {
    Life { first: recorded_at(first), last: recorded_at(last), deprecated: deprecated.map(recorded_at) }
}
