//! The way from every release to every other, in both modes, against the rules that Kafka's own documents give.
//!
//! The rules are written down here a second time, from the documents and the catalog, not from the planner.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Hop, HopKind, Mode, Plan, Severity};
use kafka_upgrade_session::{File, Request, check};

fn plan_of(
    from: Option<Release>,
    to: Release,
    mode: Option<Mode>,
    files: &[File<'_>],
    have: &[&str],
) -> Plan {
    check(&Request { from, to, mode, platform: None, component: None, files, have, units: Units::Characters })
        .plan
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
    // Before 3.3 KRaft has no metadata version that could be finalised.
    let nothing_to_finalize = now == Mode::Kraft && to < release(3, 3);
    at == to && right_mode && (nothing_to_finalize || finalized.first_of_minor() == to.first_of_minor())
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
                let moves = |at: &usize| !matches!(hops[*at].kind, HopKind::Clients | HopKind::Prepare);
                for at in (0..hops.len()).filter(moves) {
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

/// The ways between all minors, and between the patches of each, with nothing and with everything that a plan can
/// speak of.
static WAYS: LazyLock<Vec<(Release, Release, Plan)>> = LazyLock::new(|| {
    let broker = "broker.id=1\nlisteners=SASL_SSL://b1.example.com:9093\nzookeeper.connect=z:2181/kafka\n";
    let files = [File::new("server.properties", broker)];
    let have = ["streams 2.2, connect 2.8, mm2 2.8, mm1 2.8, java 11"];
    let mut ways = Vec::new();
    for from in catalog::minors() {
        let patch = catalog::releases().find(|one| one.first_of_minor() == from.first_of_minor());
        for to in catalog::minors().chain(patch).filter(|to| *to != from) {
            for mode in [Mode::Zookeeper, Mode::Kraft] {
                ways.push((from, to, plan(from, to, mode)));
                ways.push((from, to, plan_of(Some(from), to, Some(mode), &files, &have)));
            }
        }
    }
    ways
});

#[test]
fn every_step_is_whole_and_belongs_to_a_hop() {
    for (from, to, plan) in WAYS.iter() {
        let way = || format!("{from} to {to}: {plan:#?}");
        let numbers = 1..=plan.hops.len() as u32;
        for hop in numbers.clone() {
            assert!(plan.steps.iter().any(|step| step.hop == hop), "hop {hop} is empty, {}", way());
        }
        assert!(plan.steps.windows(2).all(|two| two[0].hop <= two[1].hop), "{}", way());
        for step in &plan.steps {
            assert!(numbers.contains(&step.hop), "{step:?}");
            for text in [&step.title, &step.why, &step.verify, &step.undo] {
                assert!(!text.is_empty() && !text.contains("  "), "{step:?}");
            }
            assert!(
                step.id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            );
        }
    }
}

#[test]
fn no_step_comes_twice() {
    for (from, to, plan) in WAYS.iter() {
        let ids: BTreeSet<&str> = plan.steps.iter().map(|step| step.id.as_str()).collect();
        let whole: BTreeSet<_> =
            plan.steps.iter().map(|step| (&step.title, &step.why, &step.commands)).collect();
        assert_eq!(ids.len(), plan.steps.len(), "{from} to {to}: {:#?}", plan.steps);
        assert_eq!(whole.len(), plan.steps.len(), "{from} to {to}: {:#?}", plan.steps);
    }
}

/// Steps that are taken before anything of the hop's new release is installed.
fn uses_old_tools(id: &str) -> bool {
    [
        "before-you-begin",
        "change-settings",
        "pin-",
        "check-",
        "install-java",
        "upgrade-clients",
        "lower-metadata",
    ]
    .iter()
    .any(|prefix| id.starts_with(prefix))
}

#[test]
fn every_command_is_one_that_the_tools_of_its_release_take() {
    let mut seen = BTreeSet::new();
    for (from, to, plan) in WAYS.iter() {
        for step in &plan.steps {
            let hop = &plan.hops[step.hop as usize - 1];
            let at: Release = if uses_old_tools(&step.id) { &hop.from } else { &hop.to }.parse().unwrap();
            for command in &step.commands {
                let own = command.split('|').next().unwrap_or_default();
                let mut words = own.split(' ');
                let Some(tool) = words.next().and_then(|one| one.strip_prefix("bin/")?.strip_suffix(".sh"))
                else {
                    continue;
                };
                // Its jar is not published for every release, so nobody can say from when on it is there.
                let published = catalog::tools::tool(tool).filter(|_| tool != "connect-mirror-maker");
                let Some(life) = published else { continue };
                let there = |life: &catalog::Life| {
                    life.first.first_of_minor() <= at && at.first_of_minor() <= life.last
                };
                assert!(there(&life), "{from} to {to}: {tool} is not in {at}: {step:#?}");
                for option in words.filter(|word| word.starts_with("--")) {
                    let known = catalog::tools::options(tool).find(|(name, _)| *name == option);
                    assert!(
                        known.as_ref().is_some_and(|(_, life)| there(life)),
                        "{from} to {to}: {tool} of {at} does not know {option}: {step:#?}"
                    );
                    seen.insert(format!("{tool} {option}"));
                }
            }
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
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
fn a_level_that_was_never_raised_leaves_the_way_back_open() {
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
fn on_zookeeper_the_protocol_between_brokers_decides_whether_there_is_a_way_back() {
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
fn streams_go_the_way_that_upgrade_from_leaves_open() {
    let steps = |streams: &str, to: &str| -> Vec<String> {
        let have = format!("streams {streams}");
        let plan = plan_of(Some(release(4, 0)), to.parse().unwrap(), Some(Mode::Kraft), &[], &[&have]);
        plan.steps.into_iter().map(|step| step.id).filter(|id| id.contains("streams")).collect()
    };
    assert_eq!(steps("2.2", "4.1.2"), ["roll-streams-twice-4-1-2"]);
    assert_eq!(steps("2.2", "4.2.2"), ["roll-streams-twice-4-1-2", "roll-streams-4-2-2"]);
    assert_eq!(steps("3.1", "4.4.0"), ["roll-streams-twice-4-4-0"]);
    assert_eq!(steps("3.6", "4.4.0"), ["roll-streams-4-4-0"]);
}

#[test]
fn connect_and_both_mirror_makers_have_steps_of_their_own() {
    let have = ["connect 3.4, mirrormaker 2 3.4, mirrormaker 1 2.8"];
    let plan = plan_of(Some(Release::new(3, 4, 1)), Release::new(4, 0, 2), Some(Mode::Kraft), &[], &have);
    for id in ["replace-mirror-maker-1", "roll-connect", "roll-mirror-maker-2"] {
        assert!(plan.steps.iter().any(|step| step.id == id), "{id}: {plan:#?}");
    }
    let plan = plan_of(Some(Release::new(3, 4, 1)), Release::new(4, 0, 2), Some(Mode::Kraft), &[], &[]);
    for id in ["replace-mirror-maker-1", "roll-connect", "roll-mirror-maker-2"] {
        assert!(plan.steps.iter().all(|step| step.id != id), "{id}");
    }
}

#[test]
fn commands_reach_the_brokers_as_the_files_say() {
    let reach = |text: &str| {
        let files = [File::new("server.properties", text)];
        let plan =
            plan_of(Some(Release::new(3, 4, 1)), Release::new(3, 9, 2), Some(Mode::Zookeeper), &files, &[]);
        let settings = plan.steps.iter().find(|step| step.id == "change-settings-3-9-2").unwrap();
        settings.commands[0].clone()
    };
    let describe = "--describe --entity-type brokers --all";
    for (text, servers) in [
        ("zookeeper.connect=z:2181\n", "localhost:9092"),
        ("zookeeper.connect=z:2181\nlisteners=PLAINTEXT://:9095\n", "localhost:9095"),
        ("zookeeper.connect=z:2181\nlisteners=PLAINTEXT://[::]:9095\n", "localhost:9095"),
        (
            "zookeeper.connect=z:2181\nadvertised.listeners=PLAINTEXT://b7:1\nlisteners=PLAINTEXT://:9095\n",
            "b7:1",
        ),
        ("zookeeper.connect=z:2181\nadvertised.listeners=PLAINTEXT://$(rm):1\n", "localhost:9092"),
        (
            "zookeeper.connect=z:2181\nlisteners=SSL://b7:9093\n",
            "b7:9093 --command-config config/admin.properties",
        ),
        (
            "zookeeper.connect=z:2181\nlisteners=A://b7:9\nlistener.security.protocol.map=A:PLAINTEXT\n",
            "b7:9",
        ),
    ] {
        assert_eq!(reach(text), format!("bin/kafka-configs.sh --bootstrap-server {servers} {describe}"));
    }
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

#[test]
fn each_error_and_warning_belongs_to_exactly_one_step() {
    let text = "broker.id=1\nlog.dirs=/d\nzookeeper.connect=z:2181\ninter.broker.protocol.version=3.4\n\
                delegation.token.master.key=x\nlog.message.timestamp.difference.max.ms=5\nhost.name=h\n";
    let report = check(&Request {
        from: Some(Release::new(2, 8, 2)),
        to: Release::new(4, 0, 2),
        mode: Some(Mode::Zookeeper),
        platform: None,
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
    let grave = report.findings.iter().enumerate().filter(|(_, one)| one.severity != Severity::Info);
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

#[test]
fn whatever_is_pasted_each_error_and_warning_belongs_to_exactly_one_step() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let (mut grave, mut files) = (0, 0);
    for file in fs::read_dir(corpus).unwrap() {
        let path = file.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let name = path.file_name().unwrap().to_str().unwrap();
        for (from, to, mode) in [
            (Release::new(2, 2, 2), catalog::newest(), Mode::Zookeeper),
            (Release::new(3, 9, 2), Release::new(4, 0, 2), Mode::Zookeeper),
            (Release::new(3, 2, 3), catalog::newest(), Mode::Kraft),
            (Release::new(4, 2, 2), Release::new(4, 1, 2), Mode::Kraft),
        ] {
            let report = check(&Request {
                from: Some(from),
                to,
                mode: Some(mode),
                platform: None,
                component: None,
                files: &[File::new(name, &text)],
                have: &["librdkafka 1.9, streams 2.3"],
                units: Units::Characters,
            });
            for (at, finding) in report.findings.iter().enumerate() {
                let holders =
                    report.plan.steps.iter().filter(|step| step.findings.contains(&(at as u32))).count();
                let is_grave = finding.severity != Severity::Info;
                assert_eq!(holders, usize::from(is_grave), "{name}, {from} to {to}: {finding:#?}");
                grave += usize::from(is_grave);
            }
        }
        files += 1;
    }
    assert!(files > 10 && grave > 50, "{files} files, {grave} findings");
}

/// The commands of the step whose id begins so.
fn commands_of<'p>(plan: &'p Plan, id: &str) -> Vec<&'p str> {
    let step = plan.steps.iter().find(|step| step.id.starts_with(id));
    step.unwrap_or_else(|| panic!("no {id} in {plan:#?}")).commands.iter().map(String::as_str).collect()
}

const CONTROLLER: &str = "process.roles=controller\nnode.id=100\ncontroller.quorum.voters=100@q1:9093\n\
    controller.listener.names=CONTROLLER\nlisteners=CONTROLLER://q1:9093\nlog.dirs=/srv/meta\n";
const BROKER: &str = "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=100@q1:9093\n\
    controller.listener.names=CONTROLLER\nlisteners=PLAINTEXT://k1:9092\nlog.dirs=/srv/kafka\nmin.insync.replicas=2\n";

fn kraft_plan(from: &str, to: &str, files: &[File<'_>]) -> Plan {
    plan_of(Some(from.parse().unwrap()), to.parse().unwrap(), Some(Mode::Kraft), files, &[])
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

#[test]
fn no_node_is_started_before_its_process_has_gone() {
    let mut starts = 0;
    for (from, to, plan) in WAYS.iter() {
        for step in &plan.steps {
            for (at, line) in step.commands.iter().enumerate() {
                let stops = line.contains("kafka-server-stop.sh") || line.starts_with("pkill");
                if stops {
                    let next = step.commands.get(at + 1).map_or("", String::as_str);
                    assert!(next.starts_with("while pgrep -f 'kafka\\.Kafka "), "{from} to {to}: {step:#?}");
                    starts += 1;
                }
            }
        }
    }
    assert!(starts > 100, "{starts}");
}

#[test]
fn no_command_is_a_line_of_a_file() {
    for (from, to, plan) in WAYS.iter() {
        for command in plan.steps.iter().flat_map(|step| &step.commands) {
            let word = command.split([' ', '=']).next().unwrap_or_default();
            assert!(!word.contains('.') || word.contains('/'), "{from} to {to}: {command}");
        }
    }
}

#[test]
fn a_migration_that_is_under_way_is_met_where_it_is() {
    let steps = |files: &[(&str, &str)], mode: Mode| {
        let files: Vec<File<'_>> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        let plan = plan_of(Some(Release::new(3, 9, 2)), Release::new(4, 0, 2), Some(mode), &files, &[]);
        let steps = plan.steps.into_iter().map(|step| step.id).filter(|id| id.starts_with("migrate"));
        Vec::from_iter(steps)
    };
    const SWITCH: &str = "zookeeper.metadata.migration.enable=true\nzookeeper.connect=z:2181\n";
    let controller = format!("{CONTROLLER}{SWITCH}");
    let waiting = format!(
        "broker.id=1\n{SWITCH}controller.quorum.voters=100@q1:9093\ncontroller.listener.names=CONTROLLER\n"
    );
    let (one, two) = (("controller.properties", controller.as_str()), ("b1.properties", BROKER));
    let three = ("b2.properties", waiting.as_str());
    let all = ["migrate-switch-on", "migrate-brokers-to-kraft", "migrate-finish"];
    assert_eq!(steps(&[one, three], Mode::Zookeeper), all);
    assert_eq!(steps(&[three], Mode::Zookeeper), all);
    assert_eq!(steps(&[one, two, three], Mode::Zookeeper), all[1..]);
    assert_eq!(steps(&[one, two], Mode::Kraft), all[2..]);
    let done = CONTROLLER.replace("log.dirs", "# log.dirs");
    assert!(steps(&[("controller.properties", &done), two], Mode::Kraft).is_empty());
}

#[test]
fn a_node_is_named_by_its_own_file_and_stopped_alone_on_a_machine_with_several() {
    let apart = [File::new("b.properties", BROKER), File::new("c.properties", CONTROLLER)];
    let plan = kraft_plan("3.9.2", "4.0.2", &apart);
    let commands = commands_of(&plan, "roll-brokers");
    assert!(commands.contains(&"bin/kafka-server-start.sh -daemon config/c.properties"), "{commands:#?}");
    assert!(commands.contains(&"bin/kafka-server-start.sh -daemon config/b.properties"), "{commands:#?}");
    assert!(commands.contains(&"bin/kafka-server-stop.sh"), "{commands:#?}");
    let together = CONTROLLER.replace("q1:9093\nlog", "k1:9093\nlog");
    let files = [File::new("b.properties", BROKER), File::new("c.properties", &together)];
    let plan = kraft_plan("3.9.2", "4.0.2", &files);
    let commands = commands_of(&plan, "roll-brokers");
    assert!(commands.contains(&"bin/kafka-server-stop.sh --node-id=$NODE_ID"), "{commands:#?}");
    let plan = kraft_plan("3.5.2", "4.0.2", &files);
    assert!(commands_of(&plan, "roll-brokers").iter().any(|line| line.starts_with("pkill -TERM -f")));
}

#[test]
fn a_topic_that_would_stop_brokers_is_looked_for_while_the_old_release_runs() {
    for (from, to, looks) in [("3.9.2", "4.1.2", true), ("4.0.2", "4.4.0", true), ("3.9.2", "4.0.2", false)] {
        let plan = kraft_plan(from, to, &[]);
        let at = |id: &str| plan.steps.iter().position(|step| step.id.starts_with(id));
        let check = at("check-segment-bytes");
        assert_eq!(check.is_some(), looks, "{from} {to}");
        assert!(check.is_none_or(|check| check < at("roll-brokers").unwrap()), "{from} {to}");
    }
}

#[test]
fn the_output_of_a_tool_is_no_second_node() {
    let printed = "All configs for broker 1 are:\n  node.id=1 sensitive=false synonyms={STATIC_BROKER_CONFIG:node.id=1}\n";
    let twice = |files: &[(&str, &str)]| {
        let files: Vec<File<'_>> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        let report = check(&Request {
            from: Some(release(4, 0)),
            to: Release::new(4, 1, 2),
            mode: Some(Mode::Kraft),
            platform: None,
            component: None,
            files: &files,
            have: &[],
            units: Units::Characters,
        });
        report.findings.iter().any(|one| one.rule == "note-same-node-id")
    };
    assert!(!twice(&[("b.properties", BROKER), ("configs.txt", printed)]));
    assert!(!twice(&[("a-configs.txt", printed), ("b.properties", BROKER)]));
    assert!(twice(&[("a.properties", BROKER), ("b.properties", BROKER)]));
}
