//! The controllers' own files: their numbers, names and settings, new or already there.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::Mode;
use kafka_upgrade_session::File;

use super::{BASE, BRIDGE, draft, plan, run, settings, start_everywhere, to_4_0, value};

#[test]
fn controllers_that_are_there_already_keep_their_numbers_and_names() {
    let controller = "process.roles=controller\nnode.id=101\ncontroller.quorum.voters=101@q:9099\ncontroller.listener.names=Q\nlisteners=Q://:9099\nlistener.security.protocol.map=Q:SSL,PLAINTEXT:PLAINTEXT\nzookeeper.metadata.migration.enable=true\nzookeeper.connect=zk1:2181\nssl.keystore.location=/k\n";
    let files = [File::new("controller.properties", controller), File::new("server.properties", BASE)];
    let plan = run(BRIDGE, Release::new(4, 0, 2), Mode::Zookeeper, &files).plan;
    let joining = draft(&plan, "migrate-switch-on");
    assert_eq!(value(joining, "controller.quorum.voters").as_deref(), Some("101@q:9099"));
    assert_eq!(value(joining, "controller.listener.names").as_deref(), Some("Q"));
    assert!(value(joining, "listener.security.protocol.map").unwrap().ends_with(",Q:SSL"));
    start_everywhere(&plan, Release::new(4, 0, 2), "with a controller");
}

#[test]
fn numbers_of_controllers_are_no_brokers() {
    let text = BASE.replace("broker.id=7", "broker.id=3001\nreserved.broker.max.id=5000");
    let plan = plan(BRIDGE, Release::new(4, 0, 2), &text);
    assert_eq!(value(draft(&plan, "migrate-finish"), "node.id").as_deref(), Some("4000"));
}

#[test]
fn controllers_take_over_what_they_decide() {
    let decided = "delete.topic.enable=false\nunclean.leader.election.enable=true\nmessage.max.bytes=2000000\n\
        remote.log.storage.system.enable=true\nlog.local.retention.ms=1000\nlog.retention.hours=5\n\
        num.partitions=6\ndefault.replication.factor=3\nmin.insync.replicas=2\nsocket.request.max.bytes=200000000\n\
        log.cleanup.policy=compact\ncompression.type=zstd\nbroker.session.timeout.ms=20000\n\
        auto.leader.rebalance.enable=false\nalter.config.policy.class.name=org.example.P\norg.example.limit=4\n";
    let own = "num.network.threads=9\nlog.cleaner.threads=2\nmax.connections.per.ip=5\nbroker.rack=a\n";
    let plan = to_4_0(&format!("{BASE}{decided}{own}"));
    for draft in plan.drafts.iter().filter(|draft| draft.path.ends_with("controller.properties")) {
        for (key, want) in settings(decided) {
            assert_eq!(value(draft, &key), Some(want), "{}: {key}", draft.path);
        }
        for (key, _) in settings(own) {
            assert_eq!(value(draft, &key), None, "{}: {key}", draft.path);
        }
    }
    // Without a custom class that could read it, a key that Kafka does not have is dropped.
    let plan = to_4_0(&format!("{BASE}org.example.limit=4\n"));
    assert_eq!(value(draft(&plan, "migrate-finish"), "org.example.limit"), None);
}

#[test]
fn brokers_that_differ_are_named_to_choose_from() {
    let other = BASE.replace("broker.id=7", "broker.id=8");
    let (one, two) = (
        format!("{BASE}min.insync.replicas=2\n"),
        format!("{other}min.insync.replicas=1\nnum.partitions=4\n"),
    );
    let files = [File::new("b7.properties", &one), File::new("b8.properties", &two)];
    let plan = run(BRIDGE, Release::new(4, 0, 2), Mode::Zookeeper, &files).plan;
    let text = &draft(&plan, "migrate-finish").text;
    assert!(text.contains("# The brokers differ in min.insync.replicas (see b8.properties)"), "{text}");
    assert!(text.contains("# The brokers differ in num.partitions (see b8.properties)"), "{text}");
    assert_eq!(text.matches("differ in").count(), 2, "{text}");
}

#[test]
fn each_controller_has_a_file_of_its_own() {
    let plan = to_4_0(BASE);
    for (step, folder) in [("migrate-provision-controllers", "1-provision"), ("migrate-finish", "4-finish")] {
        let drafts: Vec<_> = plan.drafts.iter().filter(|draft| draft.step == step).collect();
        let numbers: Vec<_> = drafts.iter().map(|draft| value(draft, "node.id").unwrap()).collect();
        assert_eq!(numbers, ["3000", "3001", "3002"]);
        for (draft, number) in drafts.iter().zip(numbers) {
            assert_eq!(draft.path, format!("{folder}/node-{number}/controller.properties"));
        }
    }
}

#[test]
fn a_migration_that_has_begun_goes_on_with_its_own_controllers() {
    let begun = "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,Q:PLAINTEXT\n\
        inter.broker.protocol.version=3.9\nzookeeper.metadata.migration.enable=true\n\
        controller.quorum.voters=31@m1:9193,32@m2:9293\ncontroller.listener.names=Q\n";
    let plan = to_4_0(&format!("{BASE}{begun}"));
    let steps: Vec<&str> = plan.drafts.iter().map(|draft| draft.step.as_str()).collect();
    assert_eq!(steps, ["migrate-brokers-to-kraft", "migrate-finish", "migrate-finish"]);
    for draft in &plan.drafts {
        assert_eq!(value(draft, "controller.quorum.voters").as_deref(), Some("31@m1:9193,32@m2:9293"));
        assert_eq!(value(draft, "controller.listener.names").as_deref(), Some("Q"));
        assert!(!draft.text.contains("zookeeper."), "{}", draft.text);
    }
    let second = &plan.drafts[2];
    assert_eq!(second.path, "4-finish/node-32/controller.properties");
    assert_eq!(value(second, "listeners").as_deref(), Some("Q://:9293"));
    // One broker still needs the migration enabled, with the same controllers.
    let (one, two) = (format!("{BASE}{begun}"), BASE.replace("broker.id=7", "broker.id=8"));
    let files = [File::new("a.properties", &one), File::new("b.properties", &two)];
    let plan = run(BRIDGE, Release::new(4, 0, 2), Mode::Zookeeper, &files).plan;
    let joining = draft(&plan, "migrate-switch-on");
    assert_eq!(joining.path, "2-switch-on/b.properties");
    assert_eq!(value(joining, "controller.quorum.voters").as_deref(), Some("31@m1:9193,32@m2:9293"));
    start_everywhere(&plan, Release::new(4, 0, 2), "begun");
}

#[test]
fn an_existing_controller_keeps_its_file() {
    let text = "# ours\nprocess.roles=controller\nnode.id=31\nlisteners=Q://:9193\n\
        controller.quorum.voters=31@m1:9193\ncontroller.listener.names=Q\n\
        listener.security.protocol.map=Q:PLAINTEXT,PLAINTEXT:PLAINTEXT\nlog.dirs=/meta\n\
        zookeeper.metadata.migration.enable=true\nzookeeper.connect=zk1:2181\n";
    let files = [File::new("ctl.properties", text), File::new("server.properties", BASE)];
    let plan = run(BRIDGE, Release::new(4, 0, 2), Mode::Zookeeper, &files).plan;
    assert!(plan.drafts.iter().all(|draft| draft.step != "migrate-provision-controllers"));
    let done = draft(&plan, "migrate-finish");
    assert_eq!(done.path, "4-finish/ctl.properties");
    assert_eq!(done.text, text.split("zookeeper.metadata").next().unwrap());
}
