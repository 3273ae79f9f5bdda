//! What judging asks of reading, without knowing any format.

use kafka_upgrade_catalog::Component;

use crate::{Document, Encoding, Settled};

/// What the rules need in order to read texts again.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Reads a text that an edit has changed, with the same settings as before; without its secrets, as nobody sees it.
    pub reread: fn(path: &str, text: &str, component: Option<Component>, encoding: Encoding) -> Document,
    /// Versions that other files of a project define, by path and document of each.
    pub settle: fn(files: &[(&str, &Document)]) -> Vec<Settled>,
}
