//! The upgrade plan: how to get there, hop by hop.
//!
//! `upgrade_path` finds the hops, `steps` what is done in each, `places` which finding bites where, `shown` what pasted output
//! shows of a step, `drafts` writes the files of a migration to KRaft. What is *not* here: conditions of findings.
//!
//! Invariants: step ids are the same for the same upgrade path, whatever else the files say, so that a tick can be kept;
//! each error and warning belongs to exactly one step.

mod drafts;
mod places;
mod rehearsed;
mod shown;
mod steps;

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_report::{Finding, Mode, Plan};
pub(crate) use kafka_upgrade_rules::upgrade_path::{self, finalized};

use crate::upgrade::Upgrade;

/// The plan for a case, each finding at the step where it matters.
#[must_use]
pub fn plan(case: &Upgrade<'_>, findings: &[Finding]) -> Plan {
    Plan { platform: case.running.platform.name().to_owned(), ..written(case, findings) }
}

/// The plan but for the name of its platform.
fn written(case: &Upgrade<'_>, findings: &[Finding]) -> Plan {
    // A managed service decides itself how its brokers keep their metadata, and no step depends on it.
    let managed = case.running.platform == Platform::OtherManaged;
    let mode = case.mode.or(managed.then_some(Mode::Kraft));
    let hops = match upgrade_path::hops(case.from, case.to, mode, finalized(case)) {
        Ok(hops) => hops,
        Err(_) if managed && case.from.is_none() => {
            let why = steps::of_a_service(case.running.service);
            return Plan { why_not: Some(why), ..Plan::default() };
        }
        Err(no_path) => return Plan { why_not: Some(no_path.why), ..Plan::default() },
    };
    let Some(from) = case.from.filter(|_| !hops.is_empty()) else {
        return Plan { possible: true, ..Plan::default() };
    };
    let mut drafts = drafts::write(case, from, &hops);
    // These drafts are files of nodes. Other platforms have no such files, and draft their own with the steps.
    if !matches!(case.running.platform, Platform::Host | Platform::ConfluentPlatform) {
        drafts.files.clear();
    }
    let mut plan = steps::write(case, from, &hops, std::mem::take(&mut drafts.files));
    places::attach(case, &mut plan, findings);
    shown::attach(case, &mut plan);
    drafts.settle(&mut plan);
    plan
}
