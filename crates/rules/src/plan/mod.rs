//! The upgrade plan: how to get there, stretch by stretch.
//!
//! `route` says which stretches there are, `steps` what is done on each, `places` which finding bites where,
//! `drafts` writes the files of a migration to KRaft. What is *not* here: conditions of findings.
//!
//! Invariants: step ids are the same for the same way, whatever the files say beside it, so that a tick can be kept;
//! each error and warning belongs to exactly one step.

mod drafts;
mod places;
pub(crate) mod route;
mod steps;

use kafka_upgrade_report::{Finding, Plan};

use crate::case::Case;

/// The plan for a case, with its findings put where they bite.
pub(crate) fn plan(case: &Case<'_>, findings: &[Finding]) -> Plan {
    let legs = match route::route(case.from, case.to, case.mode) {
        Ok(legs) => legs,
        Err(why_not) => return Plan { why_not: Some(why_not), ..Plan::default() },
    };
    let Some(from) = case.from.filter(|_| !legs.is_empty()) else {
        return Plan { possible: true, ..Plan::default() };
    };
    let mut plan = steps::write(case, from, &legs);
    places::attach(&mut plan, findings);
    plan.drafts = drafts::write(case, from, &legs);
    plan
}
