//! How the languages that are read here write settings: one [`Editor`] each.
//!
//! What is *not* here: what to change, which rules decide.

mod application;
mod entries;
mod json;
mod properties;

use kafka_upgrade_document::{Document, Editor, Kind};

/// Leaves the editor of its language with a document and its parts.
pub(crate) fn assign(document: &mut Document) {
    document.editor = of(document.kind);
    for part in &mut document.parts {
        part.editor = of(part.kind).filter(|_| !part.is_escaped);
    }
}

fn of(kind: Kind) -> Option<&'static Editor> {
    match kind {
        Kind::ConnectorJson => Some(&json::EDITOR),
        Kind::Containers => Some(&entries::EDITOR),
        Kind::ApplicationConfig => Some(&application::EDITOR),
        kind if kind.is_properties() => Some(&properties::EDITOR),
        _ => None,
    }
}
