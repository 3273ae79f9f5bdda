//! Findings of what takes part in the upgrade and could not be judged: which findings say so.
//!
//! What is *not* here: how they come about, since they are made of the matrix (`advice`).

use kafka_upgrade_report::Finding;

use crate::rule::{UNKNOWN_BROKERS, UNKNOWN_CLIENT, UNKNOWN_FAILURE, UNKNOWN_FILE, UNKNOWN_RELEASE};

/// Whether a finding says that something is not known.
#[must_use]
pub fn is_unknown(finding: &Finding) -> bool {
    [UNKNOWN_CLIENT, UNKNOWN_BROKERS, UNKNOWN_FILE, UNKNOWN_RELEASE, UNKNOWN_FAILURE]
        .contains(&&*finding.rule)
}
