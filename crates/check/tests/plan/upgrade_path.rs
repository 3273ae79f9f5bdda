//! The upgrade path from every release to every other, in both modes, against the rules of Kafka's own documents.
//!
//! The rules are written down here a second time, from the documents and the catalog, not from the planner.

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{Hop, HopKind, Mode};
use kafka_upgrade_session::File;

use super::{plan, plan_of, release};

/// Whether brokers of one release can be replaced by those of another, one at a time, without anything in between.
fn can_roll(from: Release, to: Release, mode: Mode) -> bool {
    match mode {
        // KIP-902: ZooKeeper 3.4, which came with Kafka before 2.4, and the client in 3.6 do not talk.
        Mode::Zookeeper => to < release(4, 0) && !(from < release(2, 4) && to >= release(3, 6)),
        // The oldest metadata version that a release reads, and "3.3.x through 3.9.x" of the notes of 4.0.
        Mode::Kraft => from >= release(3, 0) && (to < release(4, 0) || from >= release(3, 3)),
    }
}

/// Whether the hops lead from a release and mode to the target, in a mode that the target has.
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
    // Before 3.3 KRaft has no metadata version that could be finalised.
    let nothing_to_finalize = now == Mode::Kraft && to < release(3, 3);
    at == to && right_mode && (nothing_to_finalize || finalized.first_of_minor() == to.first_of_minor())
}

/// Whether there is any upgrade path at all.
fn possible(from: Release, to: Release, mode: Mode) -> bool {
    match mode {
        Mode::Zookeeper => from < release(4, 0),
        Mode::Kraft => from >= release(2, 8) && (from == to || from >= release(3, 0)),
    }
}

#[test]
fn every_upgrade_path_is_allowed_ends_at_the_target_and_has_no_hop_too_many() {
    let (mut paths, mut none) = (0, 0);
    for from in catalog::releases() {
        for to in catalog::releases().filter(|to| *to >= from) {
            for mode in [Mode::Zookeeper, Mode::Kraft] {
                let plan = plan(from, to, mode);
                let shown = format!("{from} to {to}, {mode:?}: {plan:#?}");
                assert_eq!(plan.possible, possible(from, to, mode), "{shown}");
                assert_eq!(plan.possible, plan.why_not.is_none(), "{shown}");
                if !plan.possible || from == to {
                    assert!(plan.hops.is_empty() && plan.steps.is_empty(), "{shown}");
                    none += 1;
                    continue;
                }
                let hops: Vec<&Hop> = plan.hops.iter().collect();
                assert!(leads(&hops, from, mode, to), "{shown}");
                let moves = |at: &usize| !matches!(hops[*at].kind, HopKind::Clients | HopKind::Prepare);
                for at in (0..hops.len()).filter(moves) {
                    let without: Vec<&Hop> =
                        hops.iter().enumerate().filter(|(one, _)| *one != at).map(|(_, hop)| *hop).collect();
                    assert!(!leads(&without, from, mode, to), "hop {at} is not needed on {shown}");
                }
                paths += 1;
            }
        }
    }
    assert!(paths > 500 && none > 100, "{paths} paths, {none} without any");
}

/// The metadata versions with which the metadata's form changed, from the catalog of the newest release that has them.
fn form_changes(older: Release, newer: Release) -> bool {
    let top =
        |release| catalog::metadata_versions(release).filter(|one| one.production).map(|one| one.level).max();
    let between = top(older).unwrap() + 1..=top(newer).unwrap();
    catalog::metadata_versions(newer).any(|one| one.changed && between.contains(&one.level))
}

#[test]
fn a_downgrade_is_possible_only_where_the_form_of_the_metadata_stays() {
    let (mut back, mut none) = (0, 0);
    for from in catalog::releases().filter(|from| *from >= release(3, 3)) {
        for to in catalog::releases().filter(|to| *to < from && *to >= release(3, 3)) {
            let plan = plan(from, to, Mode::Kraft);
            assert_eq!(plan.possible, !form_changes(to, from), "{from} back to {to}: {plan:#?}");
            if plan.possible { back += 1 } else { none += 1 }
        }
    }
    assert!(back > 5 && none > 50, "{back} downgrades, {none} impossible");
}

#[test]
fn a_level_that_was_never_raised_allows_a_downgrade() {
    let back = |level: &str, to: Release| {
        let text = format!(
            "Feature: metadata.version\tSupportedMinVersion: 3.0-IV1\tSupportedMaxVersion: 3.9-IV0\t\
             FinalizedVersionLevel: {level}\tEpoch: 12\n"
        );
        let files = [File::new("features.txt", &text)];
        let plan = plan_of(Some(Release::new(3, 9, 2)), to, Some(Mode::Kraft), &files, &[]);
        plan.steps.into_iter().map(|step| step.id).collect::<Vec<_>>()
    };
    let (to_3_4, to_3_2) = (Release::new(3, 4, 1), Release::new(3, 2, 3));
    // Lists of 4.x leave out 3.0-IV1 and 3.2-IV0.
    for level in ["3.0-IV1", "3.2-IV0", "3.3-IV3", "3.4-IV0", "8"] {
        assert_eq!(back(level, to_3_4), ["roll-brokers-3-4-1"], "{level}");
    }
    assert_eq!(
        back("3.5-IV1", to_3_4),
        ["lower-metadata-3-4-1", "wait-for-snapshot-3-4-1", "roll-brokers-3-4-1"]
    );
    for level in ["3.5-IV2", "3.9-IV0", "11"] {
        assert!(back(level, to_3_4).is_empty(), "{level}");
    }
    // Releases before 3.3 have no list of their own.
    assert_eq!(back("3.2-IV0", to_3_2), ["roll-brokers-3-2-3"]);
    assert!(back("3.3-IV1", to_3_2).is_empty());
    assert!(!plan(Release::new(3, 9, 2), to_3_2, Mode::Kraft).possible);
}

#[test]
fn on_zookeeper_the_protocol_between_brokers_decides_whether_a_downgrade_is_possible() {
    let back = |protocol: &str| {
        let text =
            format!("broker.id=1\nzookeeper.connect=z:2181\ninter.broker.protocol.version={protocol}\n");
        let files = [File::new("server.properties", &text)];
        plan_of(Some(Release::new(3, 9, 2)), Release::new(3, 4, 1), Some(Mode::Zookeeper), &files, &[])
    };
    assert!(back("3.9").why_not.unwrap().contains("inter.broker.protocol.version is 3.9"));
    let pinned = back("3.4-IV0");
    assert!(pinned.possible);
    let ids: Vec<&str> = pinned.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["check-protocol-3-4-1", "roll-brokers-3-4-1"]);
    let patch = plan(Release::new(3, 9, 2), Release::new(3, 9, 0), Mode::Zookeeper);
    assert_eq!(patch.steps.len(), 1);
}

#[test]
fn what_cannot_be_answered_says_what_to_do() {
    let newest = catalog::newest();
    let why = |from, to, mode| plan_of(from, to, mode, &[], &[]).why_not.unwrap();
    assert!(
        why(None, newest, None).contains("not known")
            && why(None, newest, None).contains("goes through 3.9.2")
    );
    assert!(why(Some(release(3, 4)), newest, None).contains("ZooKeeper or in KRaft"));
    assert!(why(Some(release(3, 4)), Release::new(9, 9, 9), Some(Mode::Kraft)).contains("no release 9.9.9"));
    assert!(why(Some(release(4, 0)), release(3, 9), Some(Mode::Zookeeper)).contains("no ZooKeeper mode"));
    assert!(why(Some(release(4, 0)), release(3, 9), Some(Mode::Kraft)).contains("no way back"));
    assert!(why(Some(release(2, 8)), newest, Some(Mode::Kraft)).contains("preview"));
}
