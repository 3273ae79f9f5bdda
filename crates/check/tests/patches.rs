//! Patch releases that documents warn of: never a stop, and as a target with a better one named.

use crate::common::request;
use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{Mode, Plan, Report};
use kafka_upgrade_session::{Request, check};

fn report(from: Release, to: Release, mode: Mode, have: &[&str]) -> Report {
    check(&Request { mode: Some(mode), have, ..request(Some(from), to, &[]) })
}

fn plan(from: Release, to: Release, mode: Mode) -> Plan {
    report(from, to, mode, &[]).plan
}

const fn release(major: u8, minor: u8) -> Release {
    Release::new(major, minor, 0)
}

/// Releases that documents warn of, their fault's ticket and what to take.
const FAULTY: &[(&str, &str, &str)] = &[
    ("3.5.0", "KAFKA-15353", "3.5.2"),
    ("3.5.1", "KAFKA-15353", "3.5.2"),
    ("3.6.0", "KAFKA-15653", "3.6.2"),
    ("4.0.0", "KAFKA-19444", "4.0.2"),
    ("4.2.0", "KAFKA-20322", "4.2.2"),
];

#[test]
fn a_patch_release_that_is_known_to_be_bad_is_never_a_stop_and_as_a_target_names_a_better_one() {
    let mut warned = Vec::new();
    for to in catalog::releases().filter(|to| *to > release(3, 4)) {
        let mode = if to < release(4, 0) { Mode::Zookeeper } else { Mode::Kraft };
        let from = Release::new(3, 3, 2);
        if let Some(step) = plan(from, to, mode).steps.iter().find(|step| step.id.starts_with("choose-patch"))
        {
            let name = to.to_string();
            let (_, ticket, better) = FAULTY.iter().find(|(faulty, ..)| *faulty == name).unwrap();
            assert!(step.title.contains(better) && step.why.contains(ticket), "{step:#?}");
            warned.push(name);
        }
    }
    assert_eq!(warned, FAULTY.iter().map(|(faulty, ..)| *faulty).collect::<Vec<_>>());
    for from in catalog::releases().filter(|from| *from < release(3, 9)) {
        for hop in &plan(from, release(4, 0), Mode::Zookeeper).hops {
            let faulty = FAULTY.iter().any(|(faulty, ..)| hop.to == *faulty);
            assert!(!faulty || hop.to == "4.0.0" || hop.to == from.to_string(), "{from}: {hop:?}");
        }
    }
}

#[test]
fn the_finding_of_a_bad_patch_release_belongs_to_the_step_that_chooses_another() {
    let have = ["brokers 4.2 kraft, streams 4.2"];
    let from = Release::new(4, 2, 2);
    let report = report(from, release(4, 3), Mode::Kraft, &have);
    let at = |id: &str| report.plan.steps.iter().find(|step| step.id == id);
    let step = at("choose-patch-of-streams-4-3-0").unwrap();
    assert_eq!(step.title, "Choose Streams 4.3.1 instead of 4.3.0");
    let rules: Vec<&str> =
        step.findings.iter().map(|at| report.findings[*at as usize].rule.as_str()).collect();
    assert_eq!(rules, ["note-streams-leak-of-4-3-0"]);
    assert!(at("choose-patch-of-broker-4-3-0").is_none());
    let next = self::report(from, Release::new(4, 3, 1), Mode::Kraft, &have).plan;
    assert!(next.steps.iter().all(|step| !step.id.starts_with("choose-patch")));
}
