//! Classes and members that some release lacks or deprecates, and what it takes to find them in code.
//!
//! What every release has is here only where it leads to them: overloads of theirs, classes below theirs, and
//! methods that return one of theirs.

use crate::release::Release;
use crate::releases::recorded_at;
use crate::tables::{CLASSES, ClassRow, LEFT_BEHIND, MEMBERS, MemberRow, RECORDED, RETURNS};

/// In which releases a class or member is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// The first recorded release that has it.
    pub first: Release,
    /// The last recorded release that has it.
    pub last: Release,
    /// The first and the last of the recorded releases in between that lack it.
    pub gap: Option<(Release, Release)>,
    /// The release that deprecates it; it stays deprecated.
    pub deprecated: Option<Release>,
}

impl Life {
    /// Whether a recorded release has it.
    #[must_use]
    pub fn has(&self, release: Release) -> bool {
        let lacks = |(first, last): (Release, Release)| first <= release && release <= last;
        self.first <= release && release <= self.last && !self.gap.is_some_and(lacks)
    }
}

/// A member of a class as one of its releases declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// `method poll(long)`, `new (java.lang.String)` or `field NAME`.
    pub signature: &'static str,
    /// In which releases callers are served.
    pub life: Life,
    /// The last release that declares it. Earlier than the end of its life if another overload or a supertype accepts
    /// its calls afterwards.
    pub declared: Release,
}

/// A signature of the catalog, split into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature<'s> {
    /// The name in the class; `new` for a constructor.
    pub name: &'s str,
    /// The erased types of a method's or constructor's parameters, separated by commas; `None` for a field.
    parameters: Option<&'s str>,
}

impl<'s> Signature<'s> {
    /// `method poll(long)`, `new (java.lang.String)` or `field NAME`.
    #[must_use]
    pub fn parse(text: &'s str) -> Self {
        let (kind, rest) = text.split_once(' ').unwrap_or(("field", text));
        match rest.split_once('(') {
            Some((name, list)) if kind != "field" => {
                let list = list.strip_suffix(')').unwrap_or(list);
                Self { name: if kind == "new" { kind } else { name }, parameters: Some(list) }
            }
            _ => Self { name: rest, parameters: None },
        }
    }

    /// The types of its parameters; `None` for a field.
    #[must_use]
    pub fn parameters(&self) -> Option<Vec<&'s str>> {
        let list = self.parameters?;
        Some(list.split(',').filter(|one| !one.is_empty()).collect())
    }

    /// Whether it is a field or constant.
    #[must_use]
    pub fn is_field(&self) -> bool {
        self.parameters.is_none()
    }
}

/// The life of a class, by its binary name (`org.apache.kafka.common.requests.X$Y`); `None` when there is
/// nothing to report of it and its members.
#[must_use]
pub fn class(name: &str) -> Option<Life> {
    let row = CLASSES.get(place(name)?)?;
    Some(of_class(row))
}

/// Members of a class that are gone or deprecated in some release in which the class itself is there, as
/// `method poll(long)`, `new (java.lang.String)` or `field NAME`, sorted.
pub fn members(class: &str) -> impl Iterator<Item = (&'static str, Life)> {
    let at = place(class);
    let last = at.and_then(|at| CLASSES.get(at)).map_or(0, |class| class.last);
    let changes = move |row: &&MemberRow| row.last < last || row.deprecated.is_some() || row.gap.is_some();
    rows(at).iter().filter(changes).map(|row| (row.signature, of_member(row)))
}

/// As [`members`], but also with overloads that exist in every release, and with removed members whose calls others
/// accept now.
pub fn overloads(class: &str) -> impl Iterator<Item = Member> {
    rows(place(class)).iter().map(|row| Member {
        signature: row.signature,
        life: of_member(row),
        declared: recorded_at(row.declared),
    })
}

/// Whether a class that is gone as a whole had a method or field of that name, its own or from above.
#[must_use]
pub fn had(class: &str, member: &str) -> bool {
    let at = place(class).and_then(|at| u16::try_from(at).ok());
    let found = at.and_then(|at| LEFT_BEHIND.binary_search_by_key(&at, |(class, _)| *class).ok());
    found
        .and_then(|at| LEFT_BEHIND.get(at))
        .is_some_and(|(_, names)| names.split(' ').any(|name| name == member))
}

/// Every class that is gone or deprecated in some release or has members that are, sorted by name.
pub fn classes() -> impl Iterator<Item = (&'static str, Life)> {
    let newest = RECORDED.len().saturating_sub(1);
    let changing = CLASSES.iter().filter(move |row| {
        usize::from(row.last) < newest
            || row.deprecated.is_some()
            || row.gap.is_some()
            || members(row.name).next().is_some()
    });
    changing.map(|row| (row.name, of_class(row)))
}

/// Names of the methods and fields that classes had that are gone as a whole, with the class.
pub fn left_behind() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of = |(class, names): &'static (u16, &'static str)| {
        let names = names.split(' ');
        names.filter_map(|member| Some((name(*class)?, member)))
    };
    LEFT_BEHIND.iter().flat_map(of)
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

/// Whether there are classes nested in the one of that name.
#[must_use]
pub fn is_around(name: &str) -> bool {
    let at = CLASSES.partition_point(|row| row.name <= name);
    let nested = |row: &ClassRow| row.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('$'));
    CLASSES.get(at).is_some_and(nested)
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

fn of_class(row: &ClassRow) -> Life {
    life(row.first, row.last, row.gap, row.deprecated)
}

fn of_member(row: &MemberRow) -> Life {
    life(row.first, row.last, row.gap, row.deprecated)
}

pub(crate) fn life(first: u8, last: u8, gap: Option<(u8, u8)>, deprecated: Option<u8>) -> Life {
    Life {
        first: recorded_at(first),
        last: recorded_at(last),
        gap: gap.map(|(first, last)| (recorded_at(first), recorded_at(last))),
        deprecated: deprecated.map(recorded_at),
    }
}
