//! Which finding bites at which step.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Kind;
use kafka_upgrade_report::{Finding, HopKind, Plan, Severity};

use crate::notes;
use crate::upgrade::Upgrade;

/// The kind of each file by its path.
type Files<'c> = BTreeMap<&'c str, Kind>;

/// Gives each error and warning to the one step that deals with it.
pub(super) fn attach(case: &Upgrade<'_>, plan: &mut Plan, findings: &[Finding]) {
    let mut files = BTreeMap::new();
    for read in &case.files {
        files.entry(read.path).or_insert(read.document.kind);
    }
    for (at, finding) in findings.iter().enumerate().filter(|(_, one)| one.severity != Severity::Info) {
        let step = step_for(&files, plan, finding);
        if let Some(step) = step.and_then(|step| plan.steps.get_mut(step)) {
            step.findings.push(at as u32);
        }
    }
}

/// Index of the step that deals with a finding; the first step, a general review, takes what fits nowhere else.
fn step_for(files: &Files<'_>, plan: &Plan, finding: &Finding) -> Option<usize> {
    let begins = |prefix: &str, hop: Option<u32>| {
        plan.steps
            .iter()
            .position(|step| step.id.starts_with(prefix) && hop.is_none_or(|hop| step.hop == hop))
    };
    let of_zookeeper = finding.subject.starts_with("zookeeper.")
        || finding.subject == "process.roles"
        || finding.rule == "requires-kraft";
    if of_zookeeper && let Some(step) = begins("migrate-brokers-to-kraft", None) {
        return Some(step);
    }
    if finding.rule == "requires-metadata-version"
        && let Some(step) = begins("check-metadata-version", None)
    {
        return Some(step);
    }
    let of_patch = notes::note(&finding.rule).is_some_and(|note| note.presence && note.until.is_some());
    let component = finding.component.as_deref().unwrap_or_default();
    if of_patch && let Some(step) = begins(&format!("choose-patch-of-{component}"), None) {
        return Some(step);
    }
    let of_old_client =
        finding.rule.starts_with("requires-newer-") || finding.rule == "requires-java-clients-of-2-1";
    if of_old_client && let Some(step) = begins("upgrade-clients-first", None) {
        return Some(step);
    }
    let settings = || {
        let crossed = hop_of(plan, finding).and_then(|hop| begins("change-settings", Some(hop)));
        crossed.or_else(|| begins("change-settings", None))
    };
    let first = if plan.steps.is_empty() { None } else { Some(0) };
    if deals_with_brokers(files, finding) {
        return settings().or(first);
    }
    begins("change-clients", None).or_else(settings).or(first)
}

/// Whether the operator of the brokers deals with a finding: their settings, logging and scripts, and findings
/// without a file. The rest belongs to owners of clients.
fn deals_with_brokers(files: &Files<'_>, finding: &Finding) -> bool {
    if let Some(component) = finding.component.as_deref() {
        return matches!(component, "broker" | "topic" | "group" | "client-metrics" | "remote-log-metadata");
    }
    let Some(path) = &finding.path else { return true };
    files.get(path.as_str()).is_some_and(|kind| {
        use Kind::{
            Containers, LiveOutput, Log4j2Markup, Log4j2Properties, Log4jProperties, Log4jXml, Metrics,
            ShellScript,
        };
        matches!(
            kind,
            Containers
                | LiveOutput
                | Log4j2Markup
                | Log4j2Properties
                | Log4jProperties
                | Log4jXml
                | Metrics
                | ShellScript
        )
    })
}

/// The hop that crosses the release of a finding; the last one for a finding that depends on the target alone.
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
