//! Findings of what takes part in the upgrade and could not be judged: their rules, and which findings say so.
//!
//! What is *not* here: how they come about, since they are made of the matrix (`advice`).

use kafka_upgrade_report::Finding;

use crate::{failures, path, texts};

/// The rules that are reported from the matrix.
pub const RULES: &[&str] = &[CLIENT, BROKERS, STANDING];
/// A client of which nobody knows whether the target serves it.
pub const CLIENT: &str = "unknown-client";
/// Brokers of which nobody knows whether they can go to the target.
pub const BROKERS: &str = "unknown-state-of-brokers";
/// A client that the target refuses, as the release that runs now does.
pub const STANDING: &str = "refused-client";

/// Whether a finding says that something is not known.
#[must_use]
pub fn is_unknown(finding: &Finding) -> bool {
    [CLIENT, BROKERS, texts::UNKNOWN, path::UNKNOWN, failures::NOT_KNOWN].contains(&&*finding.rule)
}
