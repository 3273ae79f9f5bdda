//! Feature levels: what is finalised, what is lowered, what cannot be undone.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::Mode;
use kafka_upgrade_session::File;

use super::{BROKER, CONTROLLER, commands_of, kraft_plan, plan};

#[test]
fn what_is_irreversible_says_so_and_until_when() {
    let last = |from: &str, to: &str| {
        let mut plan = plan(from.parse().unwrap(), to.parse().unwrap(), Mode::Kraft);
        let at = plan.steps.iter().position(|step| step.id.starts_with("finalize-metadata")).unwrap();
        plan.steps.swap_remove(at)
    };
    let step = last("3.9.2", "4.0.2");
    assert!(
        !step.reversible && step.undo.contains("4.0-IV1") && step.undo.contains("3.4.1"),
        "{}",
        step.undo
    );
    assert!(step.verify.contains("metadata.version with FinalizedVersionLevel 4.0-IV3"), "{}", step.verify);
    let step = last("4.0.2", "4.2.2");
    assert!(step.reversible && step.undo.contains("downgrade --metadata 4.0 --feature"), "{}", step.undo);
    let step = last("4.2.2", "4.3.1");
    assert!(!step.reversible && step.undo.contains("4.3-IV0"), "{}", step.undo);
    let step = last("3.2.3", "3.9.2");
    assert!(!step.reversible && step.undo.contains("no way back to 3.2.3"), "{}", step.undo);
    let migration = plan(Release::new(3, 9, 2), Release::new(4, 0, 2), Mode::Zookeeper);
    let ends: Vec<&str> =
        migration.steps.iter().filter(|step| !step.reversible).map(|step| step.id.as_str()).collect();
    assert_eq!(ends, ["migrate-finish", "finalize-metadata-4-0-2"]);
}

#[test]
fn the_value_of_the_brokers_is_set_for_the_cluster_before_eligible_leader_replicas_are_switched_on() {
    let files = [File::new("broker.properties", BROKER), File::new("controller.properties", CONTROLLER)];
    let alter = "bin/kafka-configs.sh --bootstrap-server k1:9092 --alter --entity-type brokers --entity-default \
                 --add-config min.insync.replicas=2";
    for (from, to) in [("3.9.2", "4.4.0"), ("4.0.2", "4.1.2"), ("3.5.2", "4.2.2")] {
        let plan = kraft_plan(from, to, &files);
        assert!(commands_of(&plan, "set-min-insync-replicas").contains(&alter), "{plan:#?}");
        let at = |id: &str| plan.steps.iter().position(|step| step.id.starts_with(id)).unwrap();
        assert!(at("roll-brokers") < at("set-min-insync-replicas"));
        assert!(at("set-min-insync-replicas") < at("finalize-metadata"));
    }
    for (from, to) in [("3.9.2", "4.0.2"), ("4.1.2", "4.4.0")] {
        let plan = kraft_plan(from, to, &files);
        assert!(!plan.steps.iter().any(|step| step.id.starts_with("set-min-insync-replicas")), "{from} {to}");
    }
}

#[test]
fn a_static_quorum_stays_static_unless_somebody_chooses_otherwise() {
    let dynamic = BROKER.replace("controller.quorum.voters=100@", "controller.quorum.bootstrap.servers=");
    for (broker, by_name) in [(BROKER, true), (dynamic.as_str(), false)] {
        let plan = kraft_plan("4.0.2", "4.1.2", &[File::new("broker.properties", broker)]);
        let commands = commands_of(&plan, "finalize-metadata");
        let sends_release = |line: &&str| line.contains("--release-version") && !line.starts_with('#');
        assert_eq!(!commands.iter().any(sends_release), by_name, "{commands:#?}");
        assert_eq!(plan.steps.iter().any(|step| step.id.starts_with("choose-quorum")), by_name);
    }
    let printed = "Feature: metadata.version\tSupportedMinVersion: 3.3-IV3\tSupportedMaxVersion: 4.1-IV1\t\
        FinalizedVersionLevel: 4.0-IV3\tEpoch: 5\nFeature: kraft.version\tSupportedMinVersion: 0\t\
        SupportedMaxVersion: 1\tFinalizedVersionLevel: 1\tEpoch: 5\n";
    let files = [File::new("broker.properties", BROKER), File::new("features.txt", printed)];
    let plan = kraft_plan("4.0.2", "4.1.2", &files);
    assert!(commands_of(&plan, "finalize-metadata")[0].ends_with("upgrade --release-version 4.1"));
}

#[test]
fn an_upgrade_that_was_never_finalised_is_finalised_first_of_all() {
    let printed = "Feature: metadata.version\tSupportedMinVersion: 3.3-IV3\tSupportedMaxVersion: 4.1-IV1\t\
        FinalizedVersionLevel: 4.0-IV3\tEpoch: 5\n";
    let plan = kraft_plan("4.1.2", "4.1.2", &[File::new("features.txt", printed)]);
    let ids: Vec<&str> = plan.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "check-registered-nodes-4-1-2",
            "set-min-insync-replicas-4-1-2",
            "choose-quorum-4-1-2",
            "finalize-metadata-4-1-2"
        ]
    );
    let step = plan.steps.last().unwrap();
    assert!(step.reversible && step.undo.contains("downgrade --metadata 4.0"), "{}", step.undo);
}

#[test]
fn lowering_names_only_what_has_to_go_down_and_waits_for_a_snapshot() {
    let lower = |elr: u32| {
        let printed = format!(
            "Feature: metadata.version\tSupportedMinVersion: 3.3-IV3\tSupportedMaxVersion: 4.1-IV1\t\
             FinalizedVersionLevel: 4.1-IV1\tEpoch: 5\nFeature: eligible.leader.replicas.version\t\
             SupportedMinVersion: 0\tSupportedMaxVersion: 1\tFinalizedVersionLevel: {elr}\tEpoch: 5\n"
        );
        let files = [File::new("controller.properties", CONTROLLER), File::new("features.txt", &printed)];
        let plan = kraft_plan("4.1.2", "4.0.2", &files);
        let ids: Vec<&str> = plan.steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(ids, ["lower-metadata-4-0-2", "wait-for-snapshot-4-0-2", "roll-brokers-4-0-2"]);
        assert!(commands_of(&plan, "wait-for-snapshot")[1].contains("/srv/meta/__cluster_metadata-0"));
        commands_of(&plan, "lower-metadata")[1].to_owned()
    };
    assert!(lower(1).ends_with("downgrade --metadata 4.0 --feature eligible.leader.replicas.version=0"));
    assert!(lower(0).ends_with("downgrade --metadata 4.0"));
}
