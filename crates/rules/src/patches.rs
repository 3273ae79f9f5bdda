//! Patch releases that should be neither stop nor target, and which one to take in their place.
//!
//! Which they are is data: the notes that are reported by presence and name the release that mended them (`until`), with
//! their tickets. What is *not* here: when such a note is a finding, see `life`.

use kafka_upgrade_catalog::{self as catalog, Release};

use crate::notes::{self, Note};

/// What speaks against a release for a component, `broker` or `streams`.
pub fn faults(release: Release, component: &str) -> impl Iterator<Item = &'static Note> {
    notes::notes().filter(move |note| {
        note.presence
            && note.since <= release
            && note.until.is_some_and(|until| release < until)
            && note.components.contains(&component)
    })
}

/// Whether nothing speaks against brokers of it.
pub fn is_sound(release: Release) -> bool {
    faults(release, "broker").next().is_none()
}

/// The newest patch of the same minor, where it has none of the faults.
pub fn better(release: Release, component: &str) -> Option<Release> {
    let minor = release.first_of_minor();
    let newest = catalog::releases().rfind(|other| other.first_of_minor() == minor)?;
    (faults(release, component).next().is_some() && faults(newest, component).next().is_none())
        .then_some(newest)
}

/// Why not to take it, with the tickets.
pub fn why(release: Release, component: &str) -> String {
    let messages = faults(release, component).map(|note| {
        let tickets: Vec<&str> = note.references.iter().map(|(title, _)| *title).collect();
        format!("{} {} ({})", note.plain(note.message), note.plain(note.why), tickets.join(", "))
    });
    messages.collect::<Vec<_>>().join(" ")
}
