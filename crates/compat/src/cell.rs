//! A cell of the compatibility matrix, as all rows make theirs.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{CellVerdict, Evidence, MatrixCell};

/// A cell with these values alone: nothing promised, and no findings or operations.
#[must_use]
pub fn cell(release: Release, verdict: CellVerdict, word: &str, reason: String) -> MatrixCell {
    MatrixCell {
        release: release.to_string(),
        verdict,
        word: word.to_owned(),
        supported: None,
        reason: reason.trim_end().to_owned(),
        findings: Vec::new(),
        evidence: Evidence::Computed,
        operations: Vec::new(),
    }
}
