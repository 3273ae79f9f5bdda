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

use kafka_upgrade_document::Kind;
use kafka_upgrade_report::{Finding, Plan};

use self::route::{Finalized, Migration};
use crate::case::{Case, Read};
use crate::{inventory, levels};

/// The plan for a case, with its findings put where they bite.
pub(crate) fn plan(case: &Case<'_>, findings: &[Finding]) -> Plan {
    let legs = match route::route(case.from, case.to, case.mode, finalized(case)) {
        Ok(legs) => legs,
        Err(no_way) => return Plan { why_not: Some(no_way.why), ..Plan::default() },
    };
    let Some(from) = case.from.filter(|_| !legs.is_empty()) else {
        return Plan { possible: true, ..Plan::default() };
    };
    let mut drafts = drafts::write(case, from, &legs);
    let mut plan = steps::write(case, from, &legs, std::mem::take(&mut drafts.files));
    places::attach(case, &mut plan, findings);
    drafts.settle(&mut plan);
    plan
}

/// What the files say of it; of several the newest, since one broker is enough.
pub(crate) fn finalized(case: &Case<'_>) -> Finalized {
    let protocols = case.files.iter().filter_map(|read| read.broker_setting("inter.broker.protocol.version"));
    let protocol = protocols.filter_map(|setting| inventory::release(&setting.value)).max();
    let printed = case.files.iter().flat_map(|read| &read.document.observations);
    let printed = printed
        .filter(|one| one.subject == "metadata.version")
        .filter_map(|one| levels::level_of(one.value.trim()));
    let metadata = printed.max_by_key(|version| version.level);
    Finalized { protocol, metadata, migration: migration(case) }
}

/// A migration that the files show as begun: `zookeeper.metadata.migration.enable` in a broker's or controller's file.
fn migration(case: &Case<'_>) -> Option<Migration> {
    let nodes = || {
        let files = case.files.iter().filter(|read| read.is_broker());
        files.filter(|read| read.document.kind != Kind::LiveOutput)
    };
    let migrates = nodes().any(|read| {
        let switch = read.broker_setting("zookeeper.metadata.migration.enable");
        switch.is_some_and(|setting| setting.value.trim().eq_ignore_ascii_case("true"))
    });
    if !migrates {
        return None;
    }
    let in_kraft = |read: &&Read<'_>| read.broker_setting("process.roles").is_some();
    let brokers = || nodes().filter(|read| read.roles.broker);
    Some(match (brokers().any(|read| in_kraft(&read)), brokers().all(|read| in_kraft(&read))) {
        (true, true) => Migration::Finish,
        (true, false) => Migration::MoveBrokers,
        // Of a controller alone nobody knows how far its brokers are.
        (false, _) => Migration::SwitchOn,
    })
}
