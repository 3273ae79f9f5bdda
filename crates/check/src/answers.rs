//! What is found in a case, counted, and in one word.

use kafka_upgrade_report::{Cluster, Finding, Plan, Severity, Summary, Verdict};
use kafka_upgrade_rules::failures::Explanations;
use kafka_upgrade_rules::{refusals, unknown};

/// What is found at the target.
#[derive(Default)]
pub(crate) struct Answers {
    pub(crate) findings: Vec<Finding>,
    /// What the target says of each file.
    pub(crate) accepted: Vec<refusals::Answer>,
    /// Each cluster, where there are several.
    pub(crate) clusters: Vec<Cluster>,
    /// What the failures mean; nothing yet, where clusters are judged apart.
    pub(crate) explanations: Explanations,
}

/// Counts findings.
pub(crate) fn summary(findings: &[Finding]) -> Summary {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as u32;
    Summary {
        error: count(Severity::Error),
        warning: count(Severity::Warning),
        info: count(Severity::Info),
        unknown: findings.iter().filter(|finding| unknown::is_unknown(finding)).count() as u32,
    }
}

/// The verdict for the counted findings. Pasted output of the plan's commands can make it worse: a fenced broker is
/// no finding, but no cluster with one is ready.
pub(crate) fn verdict(summary: Summary, plan: &Plan) -> Verdict {
    match summary {
        Summary { error: 1.., .. } => Verdict::Blocked,
        Summary { warning: 1.., .. } => Verdict::ActionNeeded,
        Summary { unknown: 1.., .. } => Verdict::Unknown,
        _ if plan.misfits().next().is_some() => Verdict::ActionNeeded,
        Summary { info: 1.., .. } => Verdict::Review,
        _ => Verdict::Ready,
    }
}
