//! What a format is: how it is recognised, and how it is read.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, paths, template};

/// A format: one file of this crate, one entry in [`crate::FORMATS`].
pub struct Format {
    /// Name for people and for the report.
    pub name: &'static str,
    /// Endings of file names that say so, without the dot.
    pub extensions: &'static [&'static str],
    /// Whole file names that say so, where an ending does not: `Dockerfile`.
    pub names: &'static [&'static str],
    /// How sure the text makes it, 0 (it is not) to 100. The name it was given under is a hint, no more: a pasted
    /// text has none.
    pub sniff: fn(path: &str, text: &str) -> u8,
    /// Reads the text.
    pub read: fn(path: &str, text: &str, component: Option<Component>, encoding: Encoding) -> Document,
}

impl Format {
    /// Whether a file's name says that it is of this format.
    #[must_use]
    pub fn is_named(&self, path: &str) -> bool {
        let file = paths::file_name(template::plain_name(path));
        let (_, extension) = file.rsplit_once('.').unwrap_or_default();
        self.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
            || self.names.iter().any(|known| known.eq_ignore_ascii_case(file))
    }
}
