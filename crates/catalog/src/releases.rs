//! Which releases there are, and which of them have facts of their own.

use std::fmt;

use crate::release::Release;
use crate::tables::{RECORDED, RELEASES};

/// A release that does not exist, or that this catalog does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRelease {
    /// What was asked for.
    pub asked: String,
    /// What is near: the newest patch of the same minor, or the newest release of all.
    pub near: Release,
}

impl fmt::Display for UnknownRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no release of Apache Kafka that is known here; known are {} to {}, near is {}",
            self.asked,
            oldest(),
            newest(),
            self.near
        )
    }
}

impl std::error::Error for UnknownRelease {}

/// Every release, oldest first.
pub fn releases() -> impl DoubleEndedIterator<Item = Release> {
    RELEASES.iter().map(|(release, _, _)| *release)
}

/// The newest patch of each minor, oldest first.
pub fn minors() -> impl Iterator<Item = Release> {
    let minor = |release: &Release| (release.major, release.minor);
    releases()
        .filter(move |release| releases().rfind(|other| minor(other) == minor(release)) == Some(*release))
}

/// The newest release.
#[must_use]
pub fn newest() -> Release {
    debug_assert!(!RELEASES.is_empty(), "the catalog is empty");
    releases().next_back().unwrap_or(Release::new(0, 0, 0))
}

/// The oldest release.
#[must_use]
pub fn oldest() -> Release {
    releases().next().unwrap_or(Release::new(0, 0, 0))
}

/// The release that a text names: `4.0.1`, or `4.0` for the newest patch of 4.0.
///
/// # Errors
/// When there is no such release; the error names what is near.
pub fn resolve(text: &str) -> Result<Release, UnknownRelease> {
    let text = text.trim();
    let asked = text.parse::<Release>().ok();
    let whole = text.bytes().filter(|byte| *byte == b'.').count() == 2;
    let of_minor = |asked: Release| {
        releases().rfind(|release| (release.major, release.minor) == (asked.major, asked.minor))
    };
    let found = match asked {
        Some(asked) if whole => releases().find(|release| *release == asked),
        Some(asked) => of_minor(asked),
        None => None,
    };
    let near = || asked.and_then(of_minor).unwrap_or_else(newest);
    found.ok_or_else(|| UnknownRelease { asked: text.to_owned(), near: near() })
}

/// When it was released, as `2025-03-18`; `None` when that is not known.
#[must_use]
pub fn date(release: Release) -> Option<&'static str> {
    RELEASES.iter().find(|(known, _, _)| *known == release).and_then(|(_, date, _)| *date)
}

/// The release whose facts speak for this one: itself, or the nearest patch of the same minor.
#[must_use]
pub fn facts_of(release: Release) -> Release {
    recorded_at(recorded(release))
}

/// The oldest Java on which brokers, Connect and tools of the release run. Source: their class files.
#[must_use]
pub fn java_of_servers(release: Release) -> u8 {
    RECORDED.get(usize::from(recorded(release))).map_or(0, |recorded| recorded.java_servers)
}

/// The oldest Java on which clients and Streams of the release run. Source: their class files.
#[must_use]
pub fn java_of_clients(release: Release) -> u8 {
    RECORDED.get(usize::from(recorded(release))).map_or(0, |recorded| recorded.java_clients)
}

/// Scala versions for which the release is built. Source: which artifacts are published.
#[must_use]
pub fn scala(release: Release) -> &'static [&'static str] {
    RECORDED.get(usize::from(recorded(release))).map_or(&[], |recorded| recorded.scala)
}

/// Index of the facts that speak for a release: of the newest recorded one before it where it is unknown.
pub(crate) fn recorded(release: Release) -> u8 {
    match RELEASES.binary_search_by_key(&release, |(known, _, _)| *known) {
        Ok(at) => RELEASES.get(at).map_or(0, |(_, _, facts)| *facts),
        Err(at) => RELEASES.get(at.saturating_sub(1)).map_or(0, |(_, _, facts)| *facts),
    }
}

/// The recorded release of that index.
pub(crate) fn recorded_at(at: u8) -> Release {
    debug_assert!(usize::from(at) < RECORDED.len(), "{at} is no recorded release");
    RECORDED.get(usize::from(at)).map_or(Release::new(0, 0, 0), |recorded| recorded.release)
}
