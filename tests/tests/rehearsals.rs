//! Printed hops against what `tests/rehearsals/record.py` carried out on real processes: which of them it carried out
//! exactly as they are printed. What is *not* here: Java; the recording is read.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kafka_upgrade_report::{HopKind, Mode, Report};
use kafka_upgrade_rules::{File, Request};
use kafka_upgrade_session::check;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rehearsals")
}

fn recorded() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/advice/data/rehearsals.txt"))
        .unwrap()
}

/// The files of a cluster as `record.py` puts them together.
fn files(layout: &str, security: &str) -> Vec<(String, String)> {
    let clusters = folder().join("clusters");
    let names = fs::read_to_string(clusters.join("names.json")).unwrap();
    let names: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(&names).unwrap();
    let kraft = layout != "zookeeper";
    let family = if kraft { "kraft" } else { "zookeeper" };
    let roles: &[(&str, &str)] =
        if kraft { &[("controller", "controller"), ("broker", "server")] } else { &[("broker", "server")] };
    let mut files = Vec::new();
    for (node, role) in roles {
        for id in ["1", "2", "3"] {
            let mut parts = vec![clusters.join(family).join(format!("{role}.properties"))];
            parts.push(clusters.join(security).join(format!("{role}.properties")));
            parts.push(clusters.join(security).join(format!("{family}.properties")));
            let mut text: String = parts.iter().filter_map(|part| fs::read_to_string(part).ok()).collect();
            for (name, value) in names[layout].iter().chain(&names[security]) {
                text = text.replace(&format!("@{name}@"), value);
            }
            files.push((format!("{node}{id}/{role}.properties"), text.replace("@ID@", id)));
        }
    }
    files
}

fn report(layout: &str, security: &str, from: &str, to: &str) -> Report {
    let files = if layout == "half-way" { half_way(security, from, to) } else { files(layout, security) };
    let files: Vec<File<'_>> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    check(&Request {
        from: Some(from.parse().unwrap()),
        mode: Some(if matches!(layout, "zookeeper" | "half-way") { Mode::Zookeeper } else { Mode::Kraft }),
        ..Request::new(to.parse().unwrap(), &files)
    })
}

/// The files of a cluster whose brokers know their controllers, as the plan of a cluster on ZooKeeper drafts them.
fn half_way(security: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let drafts = report("zookeeper", security, from, to).plan.drafts;
    let put = |step: &str| matches!(step, "migrate-provision-controllers" | "migrate-switch-on");
    let drafts = drafts.into_iter().filter(|draft| put(&draft.step));
    drafts.map(|draft| (draft.path.split_once('/').unwrap().1.to_owned(), draft.text)).collect()
}

/// Layout, security, releases, and the report.
fn scenarios() -> Vec<([String; 4], Report)> {
    let text = fs::read_to_string(folder().join("scenarios.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let [layout, security, from, to] = words[..] else { panic!("{line}") };
            ([layout, security, from, to].map(str::to_owned), report(layout, security, from, to))
        })
        .collect()
}

#[test]
fn printed_hops_that_were_not_carried_out_as_they_are_printed_are_those_of_the_list() {
    let mut missing = String::new();
    for ([layout, security, from, to], report) in scenarios() {
        for (hop, number) in report.plan.hops.iter().zip(1..).filter(|(hop, _)| hop.kind != HopKind::Clients)
        {
            let mut all = report.plan.rehearsed.iter();
            if !all.any(|one| one.hop == number && one.security == security) {
                missing += &format!("{layout} {security} {from} {to}: {}\n", hop.title);
            }
        }
    }
    let list = folder().join("unrehearsed.txt");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always") {
        fs::write(&list, &missing).unwrap();
    }
    assert_eq!(fs::read_to_string(list).unwrap(), missing, "INSTA_UPDATE=always rewrites it");
}

#[test]
fn each_recorded_line_is_read_and_belongs_to_a_printed_hop() {
    let printed: BTreeSet<(String, String)> = scenarios()
        .into_iter()
        .flat_map(|([_, security, ..], report)| {
            report.plan.hops.into_iter().map(move |hop| (security.clone(), hop.fingerprint))
        })
        .collect();
    for line in recorded().lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        let [date, _, _, security, seconds, fingerprint] = words[..] else { panic!("{line}") };
        assert!(date.len() == 10 && seconds.parse::<u32>().is_ok(), "{line}");
        assert!(
            printed.contains(&(security.to_owned(), fingerprint.to_owned())),
            "no plan prints it: {line}"
        );
    }
}

#[test]
fn names_do_not_change_a_fingerprint_and_commands_do() {
    let plan = |from: &str, hosts: &str, extra: &str| {
        let text = format!(
            "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=9@{hosts}c:9093\n\
             listeners=PLAINTEXT://{hosts}b:9092\ncontroller.listener.names=CONTROLLER\n{extra}"
        );
        let files = [File::new("server.properties", &text)];
        let report = check(&Request {
            from: Some(from.parse().unwrap()),
            mode: Some(Mode::Kraft),
            ..Request::new("4.1.2".parse().unwrap(), &files)
        });
        report.plan.hops.into_iter().map(|hop| hop.fingerprint).collect::<Vec<_>>()
    };
    let known = plan("3.9.2", "east-", "log.dirs=/data/a");
    assert_eq!(known, plan("3.9.2", "west-", "log.dirs=/srv/kafka"));
    assert_eq!(known, plan("3.9.1", "east-", "log.dirs=/data/a"), "patches of one minor");
    let secured =
        plan("3.9.2", "east-", "listener.security.protocol.map=PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT");
    assert_ne!(known, secured, "commands with credentials are others");
    assert!(known.iter().any(|one| !one.is_empty()));
}

#[test]
fn a_roll_of_one_kind_of_quorum_does_not_count_for_another() {
    let hops = |quorum: &str| {
        let text = format!(
            "process.roles=broker\nnode.id=1\n{quorum}\nlisteners=PLAINTEXT://b:9092\n\
             controller.listener.names=CONTROLLER"
        );
        let files = [File::new("server.properties", &text)];
        let request = Request {
            from: Some("4.0.2".parse().unwrap()),
            mode: Some(Mode::Kraft),
            ..Request::new("4.4.0".parse().unwrap(), &files)
        };
        let hops = check(&request).plan.hops;
        hops.into_iter().map(|hop| (hop.kind, hop.fingerprint)).collect::<Vec<_>>()
    };
    let fixed = hops("controller.quorum.voters=9@c:9093");
    let dynamic = hops("controller.quorum.bootstrap.servers=c:9093");
    let unknown = hops("");
    assert!(fixed.iter().any(|(kind, _)| *kind == HopKind::Upgrade));
    for (at, (kind, _)) in fixed.iter().enumerate() {
        let prints: BTreeSet<&String> = [&fixed, &dynamic, &unknown].map(|hops| &hops[at].1).into();
        let depends = matches!(kind, HopKind::Upgrade | HopKind::Finalize);
        assert_eq!(prints.len(), if depends { 3 } else { 1 }, "{kind:?}");
    }
}

/// Steps that are undone without a printed command: other people's clients, Java, files, and checks.
const WITHOUT_COMMANDS: [&str; 9] = [
    "upgrade-clients-first",
    "change-clients",
    "install-java-17",
    "before-you-begin",
    "change-settings",
    "check-old-clients",
    "check-metadata-version",
    "check-registered-nodes",
    "check-zookeeper",
];

#[test]
fn each_kind_of_step_that_can_be_undone_was_undone() {
    let undone = fs::read_to_string(folder().join("undone.txt")).unwrap();
    let undone: BTreeSet<&str> = undone
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let [_, _, _, _, _, step, seconds] = words[..] else { panic!("{line}") };
            assert!(seconds.parse::<u32>().is_ok(), "{line}");
            step
        })
        .collect();
    let mut missing = BTreeSet::new();
    for (_, report) in scenarios() {
        for step in report.plan.steps.iter().filter(|step| step.reversible) {
            let kind = step.id.trim_end_matches(|one: char| one.is_ascii_digit() || one == '-');
            let looks = kind.starts_with("verify") || kind.starts_with("choose-");
            let without = WITHOUT_COMMANDS.iter().any(|one| one.starts_with(kind));
            if !looks && !without && !undone.contains(kind) {
                missing.insert(kind.to_owned());
            }
        }
    }
    assert_eq!(missing, BTreeSet::new(), "steps whose way back was never taken");
}
