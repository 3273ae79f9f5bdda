//! Which finding bites at which step.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Finding, HopKind, Plan, Severity};

/// Gives each error and warning to the one step that deals with it.
pub(super) fn attach(plan: &mut Plan, findings: &[Finding]) {
    for (at, finding) in findings.iter().enumerate().filter(|(_, one)| one.severity != Severity::Info) {
        let step = step_for(plan, finding);
        if let Some(step) = step.and_then(|step| plan.steps.get_mut(step)) {
            step.findings.push(at as u32);
        }
    }
}

/// Index of the step; of a finding that fits nowhere that of the first step, where everything is looked through.
fn step_for(plan: &Plan, finding: &Finding) -> Option<usize> {
    let begins = |prefix: &str, hop: Option<u32>| {
        plan.steps
            .iter()
            .position(|step| step.id.starts_with(prefix) && hop.is_none_or(|hop| step.hop == hop))
    };
    let of_client = finding.component.as_deref().is_some_and(|component| component != "broker");
    let of_kraft = finding.subject.starts_with("zookeeper.") || finding.subject == "process.roles";
    if of_kraft && let Some(step) = begins("migrate-brokers-to-kraft", None) {
        return Some(step);
    }
    let about_brokers = finding.component.as_deref() == Some("broker");
    if about_brokers {
        return begins("change-settings", hop_of(plan, finding))
            .or_else(|| begins("change-settings", None))
            .or(Some(0));
    }
    let code_or_client = of_client || finding.component.is_none();
    let clients = begins("change-clients", None).filter(|_| code_or_client && finding.path.is_some());
    clients.or_else(|| begins("change-settings", None)).or(if plan.steps.is_empty() { None } else { Some(0) })
}

/// The stretch that leads over the release of which the finding speaks; of what holds at the target the last.
fn hop_of(plan: &Plan, finding: &Finding) -> Option<u32> {
    let since: Option<Release> = finding.since.as_deref().and_then(|since| since.parse().ok());
    let mut upgrades = plan.hops.iter().zip(1..).filter(|(hop, _)| hop.kind == HopKind::Upgrade);
    let crosses = |to: &str| {
        let to: Option<Release> = to.parse().ok();
        since.zip(to).is_some_and(|(since, to)| since <= to)
    };
    match since {
        Some(_) => upgrades.find(|(hop, _)| crosses(&hop.to)).map(|(_, number)| number),
        None => upgrades.last().map(|(_, number)| number),
    }
}
