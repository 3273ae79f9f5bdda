//! The way from every release to every other, in both modes, against the rules that Kafka's own documents give.
//!
//! The rules are written down here a second time, from the documents and the catalog, not from the planner.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_input::Units;
use kafka_upgrade_report::{Hop, HopKind, Mode, Plan};
use kafka_upgrade_rules::{File, Request, check};

fn plan_of(
    from: Option<Release>,
    to: Release,
    mode: Option<Mode>,
    files: &[File<'_>],
    have: &[&str],
) -> Plan {
    check(&Request { from, to, mode, component: None, files, have, units: Units::Characters }).plan
}

fn plan(from: Release, to: Release, mode: Mode) -> Plan {
    plan_of(Some(from), to, Some(mode), &[], &[])
}

const fn release(major: u8, minor: u8) -> Release {
    Release::new(major, minor, 0)
}

/// Whether brokers of one release can be replaced by those of another, one at a time, without anything in between.
fn can_roll(from: Release, to: Release, mode: Mode) -> bool {
    match mode {
        // KIP-902: ZooKeeper 3.4, which came with Kafka before 2.4, and the client in 3.6 do not talk.
        Mode::Zookeeper => to < release(4, 0) && !(from < release(2, 4) && to >= release(3, 6)),
        // The oldest metadata version that a release reads, and "3.3.x through 3.9.x" of the notes of 4.0.
        Mode::Kraft => from >= release(3, 0) && (to < release(4, 0) || from >= release(3, 3)),
    }
}

/// Whether the hops lead from a release in a mode to the target in whatever mode it has.
fn leads(hops: &[&Hop], from: Release, mode: Mode, to: Release) -> bool {
    let (mut at, mut now, mut finalized) = (from, mode, from);
    for hop in hops {
        let (start, end): (Release, Release) = (hop.from.parse().unwrap(), hop.to.parse().unwrap());
        if start != at && hop.kind != HopKind::Clients {
            return false;
        }
        match hop.kind {
            HopKind::Upgrade => {
                // 4.x reads no metadata version before 3.3-IV3.
                let stale = end >= release(4, 0) && finalized < release(3, 3);
                if !can_roll(start, end, now) || stale {
                    return false;
                }
                at = end;
            }
            HopKind::Finalize => finalized = end,
            HopKind::MigrateToKraft => {
                // The notes of 3.9: brokers of 3.9, and its own protocol between them.
                let bridge = (at.major, at.minor) == (3, 9);
                let raised = (finalized.major, finalized.minor) == (3, 9);
                if now != Mode::Zookeeper || !bridge || !raised {
                    return false;
                }
                now = Mode::Kraft;
            }
            HopKind::Prepare | HopKind::Clients => {}
        }
        if hop.mode != now && hop.kind != HopKind::Clients {
            return false;
        }
    }
    let right_mode = to < release(4, 0) || now == Mode::Kraft;
    at == to && right_mode && finalized.first_of_minor() == to.first_of_minor()
}

/// Whether any way leads there at all.
fn possible(from: Release, to: Release, mode: Mode) -> bool {
    match mode {
        Mode::Zookeeper => from < release(4, 0),
        Mode::Kraft => from >= release(2, 8) && (from == to || from >= release(3, 0)),
    }
}

#[test]
fn every_way_up_is_allowed_ends_at_the_target_and_has_no_hop_too_many() {
    let (mut ways, mut none) = (0, 0);
    for from in catalog::releases() {
        for to in catalog::releases().filter(|to| *to >= from) {
            for mode in [Mode::Zookeeper, Mode::Kraft] {
                let plan = plan(from, to, mode);
                let way = format!("{from} to {to}, {mode:?}: {plan:#?}");
                assert_eq!(plan.possible, possible(from, to, mode), "{way}");
                assert_eq!(plan.possible, plan.why_not.is_none(), "{way}");
                if !plan.possible || from == to {
                    assert!(plan.hops.is_empty() && plan.steps.is_empty(), "{way}");
                    none += 1;
                    continue;
                }
                let hops: Vec<&Hop> = plan.hops.iter().collect();
                assert!(leads(&hops, from, mode, to), "{way}");
                for at in (0..hops.len()).filter(|at| hops[*at].kind != HopKind::Clients) {
                    let without: Vec<&Hop> =
                        hops.iter().enumerate().filter(|(one, _)| *one != at).map(|(_, hop)| *hop).collect();
                    assert!(!leads(&without, from, mode, to), "hop {at} is not needed on {way}");
                }
                ways += 1;
            }
        }
    }
    assert!(ways > 500 && none > 100, "{ways} ways, {none} without any");
}

#[test]
fn every_step_is_whole_and_belongs_to_a_hop() {
    for from in catalog::releases() {
        for to in catalog::releases() {
            for mode in [Mode::Zookeeper, Mode::Kraft] {
                let plan = plan(from, to, mode);
                let ids: BTreeSet<&str> = plan.steps.iter().map(|step| step.id.as_str()).collect();
                assert_eq!(ids.len(), plan.steps.len(), "{from} to {to}: {:#?}", plan.steps);
                let numbers = 1..=plan.hops.len() as u32;
                for hop in numbers.clone() {
                    assert!(
                        plan.steps.iter().any(|step| step.hop == hop),
                        "{from} to {to}: hop {hop} is empty"
                    );
                }
                for step in &plan.steps {
                    assert!(numbers.contains(&step.hop), "{step:?}");
                    for text in [&step.title, &step.why, &step.verify, &step.undo] {
                        assert!(!text.is_empty() && !text.contains("  "), "{step:?}");
                    }
                }
            }
        }
    }
}

/// The metadata versions with which the metadata's form changed, from the catalog of the newest release that has them.
fn form_changes(older: Release, newer: Release) -> bool {
    let top =
        |release| catalog::metadata_versions(release).filter(|one| one.production).map(|one| one.level).max();
    let between = top(older).unwrap() + 1..=top(newer).unwrap();
    catalog::metadata_versions(newer).any(|one| one.changed && between.contains(&one.level))
}

#[test]
fn there_is_a_way_back_only_where_the_form_of_the_metadata_stays() {
    let (mut back, mut none) = (0, 0);
    for from in catalog::releases().filter(|from| *from >= release(3, 3)) {
        for to in catalog::releases().filter(|to| *to < from && *to >= release(3, 3)) {
            let plan = plan(from, to, Mode::Kraft);
            assert_eq!(plan.possible, !form_changes(to, from), "{from} back to {to}: {plan:#?}");
            if plan.possible { back += 1 } else { none += 1 }
        }
    }
    assert!(back > 5 && none > 50, "{back} ways back, {none} without");
}

#[test]
fn what_cannot_be_answered_says_what_to_do() {
    let newest = catalog::newest();
    let why = |from, to, mode| plan_of(from, to, mode, &[], &[]).why_not.unwrap();
    assert!(why(None, newest, None).contains("not known"));
    assert!(why(Some(release(3, 4)), newest, None).contains("ZooKeeper or in KRaft"));
    assert!(why(Some(release(3, 4)), Release::new(9, 9, 9), Some(Mode::Kraft)).contains("no release 9.9.9"));
    assert!(why(Some(release(4, 0)), release(3, 9), Some(Mode::Zookeeper)).contains("no ZooKeeper mode"));
    assert!(why(Some(release(4, 0)), release(3, 9), Some(Mode::Kraft)).contains("no way back"));
    assert!(why(Some(release(2, 8)), newest, Some(Mode::Kraft)).contains("preview"));
}

#[test]
fn each_error_and_warning_belongs_to_exactly_one_step() {
    let text = "broker.id=1\nlog.dirs=/d\nzookeeper.connect=z:2181\ninter.broker.protocol.version=3.4\n\
                delegation.token.master.key=x\nlog.message.timestamp.difference.max.ms=5\nhost.name=h\n";
    let report = check(&Request {
        from: Some(Release::new(2, 8, 2)),
        to: Release::new(4, 0, 2),
        mode: Some(Mode::Zookeeper),
        component: None,
        files: &[
            File::new("server.properties", text),
            File::new("producer.properties", "acks=1\nlinger.ms=0\nretries=1\n"),
        ],
        have: &["librdkafka 1.9, kafka clients 2.0"],
        units: Units::Characters,
    });
    let mut held: Vec<u32> =
        report.plan.steps.iter().flat_map(|step| step.findings.iter().copied()).collect();
    held.sort_unstable();
    let grave = report
        .findings
        .iter()
        .enumerate()
        .filter(|(_, one)| one.severity != kafka_upgrade_report::Severity::Info);
    let grave: Vec<u32> = grave.map(|(at, _)| at as u32).collect();
    assert_eq!(held, grave);
    let step_of = |subject: &str| {
        let at = report.findings.iter().position(|one| one.subject == subject).unwrap() as u32;
        report.plan.steps.iter().find(|step| step.findings.contains(&at)).unwrap().id.clone()
    };
    assert_eq!(step_of("host.name"), "change-settings-3-9-2");
    assert_eq!(step_of("delegation.token.master.key"), "change-settings-4-0-2");
    assert_eq!(step_of("zookeeper.connect"), "migrate-brokers-to-kraft");
    let first = report.plan.steps.first().unwrap();
    assert!(first.why.contains("Java clients 2.0"), "{}", first.why);
}
