//! Steps and their commands: each is whole, and one that its release knows.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{Mode, Plan};
use kafka_upgrade_session::File;

use super::{BROKER, CONTROLLER, commands_of, kraft_plan, plan, plan_of, release};

/// The plans between all minors, and between the patches of each, with nothing stated and with everything that adds steps.
static PLANS: LazyLock<Vec<(Release, Release, Plan)>> = LazyLock::new(|| {
    let broker = "broker.id=1\nlisteners=SASL_SSL://b1.example.com:9093\nzookeeper.connect=z:2181/kafka\n";
    let files = [File::new("server.properties", broker)];
    let have = ["streams 2.2, connect 2.8, mm2 2.8, mm1 2.8, java 11"];
    let mut plans = Vec::new();
    for from in catalog::minors() {
        let patch = catalog::releases().find(|one| one.first_of_minor() == from.first_of_minor());
        for to in catalog::minors().chain(patch).filter(|to| *to != from) {
            for mode in [Mode::Zookeeper, Mode::Kraft] {
                plans.push((from, to, plan(from, to, mode)));
                plans.push((from, to, plan_of(Some(from), to, Some(mode), &files, &have)));
            }
        }
    }
    plans
});

#[test]
fn every_step_is_whole_and_belongs_to_a_hop() {
    for (from, to, plan) in PLANS.iter() {
        let whole = || format!("{from} to {to}: {plan:#?}");
        let numbers = 1..=plan.hops.len() as u32;
        for hop in numbers.clone() {
            assert!(plan.steps.iter().any(|step| step.hop == hop), "hop {hop} is empty, {}", whole());
        }
        assert!(plan.steps.windows(2).all(|two| two[0].hop <= two[1].hop), "{}", whole());
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
    for (from, to, plan) in PLANS.iter() {
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
    for (from, to, plan) in PLANS.iter() {
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

#[test]
fn no_node_is_started_before_its_process_has_gone() {
    let mut starts = 0;
    for (from, to, plan) in PLANS.iter() {
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
    for (from, to, plan) in PLANS.iter() {
        for command in plan.steps.iter().flat_map(|step| &step.commands) {
            let word = command.split([' ', '=']).next().unwrap_or_default();
            assert!(!word.contains('.') || word.contains('/'), "{from} to {to}: {command}");
        }
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
fn nothing_is_touched_before_a_look_at_the_cluster_and_a_backup_of_where_its_metadata_is() {
    const TOUCHES: [&str; 3] = ["roll-brokers", "migrate-provision", "migrate-switch-on"];
    for (from, to, plan) in PLANS.iter().filter(|(from, to, _)| from < to) {
        let mut backup = "";
        for step in &plan.steps {
            let has = |what: &str| step.commands.iter().any(|line| line.contains(what));
            if step.id.starts_with("before-you-begin") {
                backup = ["zookeeper-backup", "metadata-backup"].into_iter().find(|one| has(one)).unwrap();
            }
            if TOUCHES.iter().any(|id| step.id.starts_with(id)) {
                // No tool of a preview shows the quorum.
                let in_kraft = step.id.starts_with("roll") && has("kafka-metadata-quorum");
                let fits = if in_kraft { backup == "metadata-backup" } else { !backup.is_empty() };
                assert!(fits, "{from} to {to}: {} behind {backup:?}", step.id);
            }
        }
    }
    let on_zookeeper = plan(Release::new(3, 9, 2), Release::new(4, 1, 2), Mode::Zookeeper);
    let at = |id: &str| on_zookeeper.steps.iter().position(|step| step.id == id).unwrap();
    assert_eq!(at("before-you-begin-3-9-2") + 1, at("migrate-provision-controllers"));
    assert!(at("migrate-finish") < at("before-you-begin-4-1-2"));
    assert!(at("before-you-begin-4-1-2") < at("roll-brokers-4-1-2"));
}

#[test]
fn a_migration_under_way_goes_on_from_where_it_is() {
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
fn streams_go_through_a_release_that_upgrade_from_allows() {
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
