//! What the target's own validation says of a file.

use kafka_upgrade_report::Refusal;

use crate::case::Read;
use crate::draft::Sink;

/// The answer for one file.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// `None`: not a configuration, or nobody can say.
    pub(crate) accepted: Option<bool>,
    /// Why not.
    pub(crate) refusals: Vec<Refusal>,
}

/// Asks, and tells as findings what no other finding is about.
pub(crate) fn judge(_file: usize, _read: &Read<'_>, _sink: &mut Sink<'_, '_>) -> Answer {
    Answer::default()
}
