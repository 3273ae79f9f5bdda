//! Packages that some release lacks, and classes of Kafka's that are not public API and that some release lacks.

use crate::members::{Life, life};
use crate::tables::{PACKAGES, PackageRow, RECORDED};

/// The life of a package that the newest release lacks; a package is there as long as something below it is.
#[must_use]
pub fn package(name: &str) -> Option<Life> {
    let row = row(name).filter(|row| usize::from(row.last) + 1 < RECORDED.len())?;
    Some(life(row.first, row.last, None, None))
}

/// The life of a class that is not public API and that some release lacks, by its binary name. A nested class lives
/// as long as the one around it.
#[must_use]
pub fn internal_class(name: &str) -> Option<Life> {
    let (package, class) = name.rsplit_once('.')?;
    let class = class.split('$').next()?;
    lost(row(package)?).find_map(|(name, life)| (name == class).then_some(life))
}

/// The life of a class, public API or not, by its binary name, where it is known.
#[must_use]
pub fn any_class(name: &str) -> Option<Life> {
    crate::class(name).or_else(|| internal_class(name))
}

/// Every package that the newest release lacks, sorted by name.
pub fn packages() -> impl Iterator<Item = (&'static str, Life)> {
    PACKAGES.iter().filter_map(|row| Some((row.name, package(row.name)?)))
}

/// Every top-level class that is not public API and that some release lacks: its package, its name, and its life.
pub fn internal_classes() -> impl Iterator<Item = (&'static str, &'static str, Life)> {
    PACKAGES.iter().flat_map(|row| lost(row).map(|(name, life)| (row.name, name, life)))
}

fn lost(row: &'static PackageRow) -> impl Iterator<Item = (&'static str, Life)> {
    let release = |letter: Option<u8>| letter?.checked_sub(b'A');
    row.lost.split(' ').filter_map(move |one| {
        let mut letters = one.bytes();
        let (first, last) = (release(letters.next())?, release(letters.next())?);
        Some((one.get(2..)?, life(first, last, None, None)))
    })
}

fn row(name: &str) -> Option<&'static PackageRow> {
    PACKAGES.get(PACKAGES.binary_search_by(|row: &PackageRow| row.name.cmp(name)).ok()?)
}
