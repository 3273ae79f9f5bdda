//! Pasted output of a plan's commands: what it shows of the step that asks for it.

#![expect(clippy::unwrap_used, reason = "tests")]

use kafka_upgrade_report::{Mode, Plan, Step, Verdict, markdown};
use kafka_upgrade_session::{File, Request, check};

const NODE: &str = "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=101@c:9093\n\
                    listeners=PLAINTEXT://b:9092\ncontroller.listener.names=CONTROLLER\nmin.insync.replicas=2\n";

fn report(mode: Mode, outputs: &[&str]) -> kafka_upgrade_report::Report {
    let names: Vec<String> = (0..outputs.len()).map(|at| format!("{at}.txt")).collect();
    let mut files: Vec<File<'_>> =
        names.iter().zip(outputs).map(|(name, text)| File::new(name, text)).collect();
    let broker = if mode == Mode::Kraft { NODE } else { "broker.id=1\nzookeeper.connect=z:2181\n" };
    files.push(File::new("server.properties", broker));
    check(&Request {
        from: Some("3.9.2".parse().unwrap()),
        mode: Some(mode),
        ..Request::new("4.1.2".parse().unwrap(), &files)
    })
}

fn plan(outputs: &[&str]) -> Plan {
    report(Mode::Kraft, outputs).plan
}

/// What is shown, as `step: text`, with `not` before what does not fit.
fn shown(plan: &Plan) -> Vec<String> {
    let of = |step: &Step| {
        let id = step.id.trim_end_matches("-4-1-2").to_owned();
        step.shown.clone().into_iter().map(move |one| {
            format!("{id}: {}{} {}:{}", if one.fits { "" } else { "not " }, one.text, one.path, one.line)
        })
    };
    plan.steps.iter().flat_map(of).collect()
}

fn done(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().filter(|step| step.done).map(|step| step.id.as_str()).collect()
}

const FEATURES: &str = "Feature: eligible.leader.replicas.version\tSupportedMinVersion: 0\tSupportedMaxVersion: 1\tFinalizedVersionLevel: 1\tEpoch: 9\n\
    Feature: group.version\tSupportedMinVersion: 0\tSupportedMaxVersion: 1\tFinalizedVersionLevel: 1\tEpoch: 9\n\
    Feature: metadata.version\tSupportedMinVersion: 3.3-IV3\tSupportedMaxVersion: 4.1-IV1\tFinalizedVersionLevel: 4.1-IV1\tEpoch: 9\n\
    Feature: transaction.version\tSupportedMinVersion: 0\tSupportedMaxVersion: 2\tFinalizedVersionLevel: 2\tEpoch: 9\n";
const MIN_ISR: &str = "Default configs for brokers in the cluster are:\n  min.insync.replicas=2 sensitive=false synonyms={DYNAMIC_DEFAULT_BROKER_CONFIG:min.insync.replicas=2}\n";

#[test]
fn without_output_nothing_is_shown_and_nothing_is_done() {
    let plan = plan(&[]);
    assert!(shown(&plan).is_empty() && done(&plan).is_empty());
}

#[test]
fn what_is_as_expected_counts_for_the_first_step_that_asks_for_it() {
    let outputs = [
        "No partition reassignments found.\n",
        "ID   HOST  PORT  RACK  STATE     ENDPOINT_TYPE\n1    b     9092  null  unfenced  broker\n",
        "group.version can be upgraded to 1.\nmetadata.version can be upgraded to 27.\n",
        "Dynamic configs for topic orders are:\n  segment.bytes=1048576 sensitive=false synonyms={}\n",
        "No matched attributes for the queried objects [kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,*].\n",
    ];
    let plan = plan(&outputs);
    assert_eq!(
        shown(&plan),
        [
            "check-old-clients: this broker counted no request that 4.0 refuses 4.txt:1",
            "before-you-begin: no reassignment is listed 0.txt:1",
            "check-segment-bytes: no topic that is listed has a segment.bytes below 1048576 3.txt:1",
            "verify: brokers are registered and not fenced 1.txt:2",
            "check-registered-nodes: the dry run would succeed 2.txt:2",
        ]
    );
    assert_eq!(done(&plan), ["check-segment-bytes-4-1-2"]);
}

#[test]
fn what_is_not_as_expected_is_named_with_its_line() {
    let outputs = [
        "Current partition reassignments:\norders-0: replica: 1,2. adding: 3.\n",
        "\tTopic: orders\tPartition: 0\tLeader: 1\tReplicas: 1,2,3\tIsr: 1,2\n\tTopic: orders\tPartition: 1\tLeader: 1\tReplicas: 1,2\tIsr: 2,1\n",
        "ID   HOST  PORT  RACK  STATE     ENDPOINT_TYPE\n1    b     9092  null  unfenced  broker\n2    b     9093  null  fenced    broker\n",
        "Can not upgrade group.version to 1. The update failed for all features since the following feature had an error: Invalid update version 27 for feature metadata.version. Controller 104 only supports versions 7-25\n\
         Can not upgrade metadata.version to 27. The update failed for all features since the following feature had an error: Invalid update version 27 for feature metadata.version. Controller 104 only supports versions 7-25\n",
        "Dynamic configs for topic orders are:\n  segment.bytes=100000 sensitive=false synonyms={}\n",
    ];
    let plan = plan(&outputs);
    assert_eq!(
        shown(&plan),
        [
            "before-you-begin: not partitions are being reassigned 0.txt:1",
            "before-you-begin: not partition 0 of `orders` has 2 of 3 replicas in sync 1.txt:1",
            "check-segment-bytes: not a topic has a segment.bytes of 100000 4.txt:2",
            "verify: not broker 2 is fenced 2.txt:3",
            "check-registered-nodes: not controller 104 only supports versions 7-25 3.txt:1",
        ]
    );
    assert!(done(&plan).is_empty());
}

#[test]
fn levels_tick_the_step_that_finalises_only_when_all_that_it_sets_are_there() {
    let older = FEATURES.replace("FinalizedVersionLevel: 4.1-IV1", "FinalizedVersionLevel: 3.9-IV0");
    let before = plan(&[&older, MIN_ISR]);
    assert_eq!(
        done(&before),
        ["check-metadata-version-4-1-2"],
        "the levels from before say nothing of the last step"
    );
    let half = FEATURES.replacen("FinalizedVersionLevel: 1", "FinalizedVersionLevel: 0", 1);
    let half = plan(&[&half, MIN_ISR]);
    assert!(shown(&half).iter().any(|one| one.contains("not eligible.leader.replicas.version is 0, not 1")));
    assert!(!done(&half).contains(&"finalize-metadata-4-1-2"));
    assert!(done(&plan(&[FEATURES, MIN_ISR])).contains(&"finalize-metadata-4-1-2"));
}

#[test]
fn levels_below_the_least_do_not_fit() {
    let plan = plan(&[&FEATURES.replace("FinalizedVersionLevel: 4.1-IV1", "FinalizedVersionLevel: 3.3-IV1")]);
    assert_eq!(shown(&plan), ["check-metadata-version: not metadata.version is 3.3-IV1 0.txt:3"]);
}

#[test]
fn a_log_line_ends_the_wait_for_the_migration_and_a_command_that_looks_for_it_does_not() {
    let line = "[2026-11-29 16:00:00,123] INFO [KRaftMigrationDriver id=3000] Completed migration of metadata from ZooKeeper to KRaft. 10 records were generated (org.apache.kafka.metadata.migration.KRaftMigrationDriver)\n";
    assert_eq!(done(&report(Mode::Zookeeper, &[line]).plan), ["migrate-switch-on"]);
    let command = "grep 'Completed migration of metadata from ZooKeeper to KRaft' logs/server.log\n";
    assert!(done(&report(Mode::Zookeeper, &[command]).plan).is_empty());
}

#[test]
fn the_checklist_ticks_what_is_shown_and_names_what_does_not_fit() {
    let report = report(
        Mode::Kraft,
        &[
            FEATURES,
            MIN_ISR,
            "1    b     9092  null  fenced  broker\nID   HOST  PORT  RACK  STATE     ENDPOINT_TYPE\n",
        ],
    );
    let text = markdown(&report, &kafka_upgrade_report::Context::default());
    assert!(text.contains("- [x] **Finalise the metadata version"), "{text}");
    assert!(text.contains("**Output does not fit**: broker 1 is fenced (2.txt:1)"), "{text}");
}

#[test]
fn hostile_output_is_never_quoted() {
    let plan = plan(&[
        "ID   HOST  PORT  RACK  STATE     ENDPOINT_TYPE\n\tTopic: a`<b>\tPartition: 0\tLeader: 1\tReplicas: 1,2\tIsr: 1\n",
        "X. \u{1b}[31mController 1 only supports versions <script>\n",
    ]);
    assert!(shown(&plan).is_empty(), "{:?}", shown(&plan));
}

#[test]
fn nothing_is_ready_while_output_shows_what_a_step_does_not_expect() {
    let fenced = "ID         HOST      PORT   RACK   STATE      ENDPOINT_TYPE\n\
                  1          b         9092   null   unfenced   broker\n\
                  2          c         9092   null   fenced     broker\n";
    let verdict = |text: &str| {
        let files = [File::new("endpoints.txt", text)];
        let report = check(&Request {
            from: Some("4.1.2".parse().unwrap()),
            mode: Some(Mode::Kraft),
            ..Request::new("4.2.2".parse().unwrap(), &files)
        });
        (report.verdict, report.plan.misfits().map(|one| one.text.clone()).collect::<Vec<_>>())
    };
    assert_eq!(verdict(fenced), (Verdict::ActionNeeded, vec!["broker 2 is fenced".to_owned()]));
    let (all_run, misfits) = verdict(&fenced.replace("   fenced ", " unfenced "));
    assert_ne!(all_run, Verdict::ActionNeeded);
    assert_eq!(misfits, [""; 0]);
}

#[test]
fn a_command_that_printed_nothing_counts_when_the_next_prompt_is_there() {
    const AWK: &str = "bin/kafka-configs.sh --bootstrap-server b:9092 --describe --entity-type topics | awk '/^Dynamic configs for topic/ { topic = $5 } /^ *segment\\.bytes=/ { split($1, one, \"=\"); if (one[2] < 1048576) print topic, one[2] }'";
    let topics = "bin/kafka-topics.sh --bootstrap-server b:9092 --describe --under-replicated-partitions";
    let fits = |text: &str| shown(&plan(&[text]));
    for prompt in ["$ ", "[root@h kafka]# ", "me@h:~/kafka$ ", "h% "] {
        let text = format!("{prompt}{topics}\n{prompt}\n");
        let want: &[&str] = if prompt == "h% " {
            &[]
        } else {
            &["before-you-begin: no partition is under-replicated 0.txt:1"]
        };
        assert_eq!(fits(&text), want, "{prompt}");
    }
    let text = format!(
        "$ bin/kafka-reassign-partitions.sh --bootstrap-server b:9092 --list\nNo partition reassignments found.\n$ {topics}\n$ {AWK}\n$\n"
    );
    let plan_of = plan(&[&text]);
    assert_eq!(
        shown(&plan_of),
        [
            "before-you-begin: no reassignment is listed 0.txt:2",
            "before-you-begin: no partition is under-replicated 0.txt:3",
            "check-segment-bytes: no topic that is listed has a segment.bytes below 1048576 0.txt:4",
        ]
    );
    assert_eq!(done(&plan_of), ["check-segment-bytes-4-1-2"]);
    let unavailable = "bin/kafka-topics.sh --bootstrap-server b:9092 --describe --unavailable-partitions";
    assert_eq!(fits(&format!("$ {unavailable}\n$ date\n")), ["verify: no partition is unavailable 0.txt:1"]);
    for (text, why) in [
        (format!("$ {topics}\n"), "it may still run"),
        (format!("{topics}\n{topics}\n"), "a script has no prompt"),
        (format!("# {topics}\n# then each broker\n"), "a comment is no prompt"),
        (format!("$ {topics} 2>/dev/null\n$\n"), "errors are hidden"),
        (format!("$ {topics} > partitions.txt\n$\n"), "it is in a file"),
        (format!("$ {topics} | grep orders\n$\n"), "it is searched"),
        (format!("$ {topics} \\\n$ --command-config x\n"), "it goes on"),
        (format!("$ {topics}\nError: connection refused\n$\n"), "it printed something"),
        (
            format!(
                "$ {topics} --bootstrap-server x\n\tTopic: orders\tPartition: 0\tLeader: 1\tReplicas: 1,2\tIsr: 1\n$\n"
            ),
            "it printed a partition",
        ),
    ] {
        assert!(!fits(&text).iter().any(|one| one.contains(": no ")), "{why}: {:?}", fits(&text));
    }
}
