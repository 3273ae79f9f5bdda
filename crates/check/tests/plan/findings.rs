//! Which step each finding belongs to.

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{Mode, Severity};
use kafka_upgrade_session::{File, Request, check};

use super::{BROKER, corpus, release};
use crate::common::request;

#[test]
fn each_error_and_warning_belongs_to_exactly_one_step() {
    let text = "broker.id=1\nlog.dirs=/d\nzookeeper.connect=z:2181\ninter.broker.protocol.version=3.4\n\
                delegation.token.master.key=x\nlog.message.timestamp.difference.max.ms=5\nhost.name=h\n";
    let files = [
        File::new("server.properties", text),
        File::new("producer.properties", "acks=1\nlinger.ms=0\nretries=1\n"),
    ];
    let have = ["librdkafka 1.9, kafka clients 2.0"];
    let (from, to) = (Some(Release::new(2, 8, 2)), Release::new(4, 0, 2));
    let report = check(&Request { mode: Some(Mode::Zookeeper), have: &have, ..request(from, to, &files) });
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
    let (mut grave, mut count) = (0, 0);
    for (name, text) in corpus::files() {
        let files = [File::new(&name, &text)];
        for (from, to, mode) in [
            (Release::new(2, 2, 2), catalog::newest(), Mode::Zookeeper),
            (Release::new(3, 9, 2), Release::new(4, 0, 2), Mode::Zookeeper),
            (Release::new(3, 2, 3), catalog::newest(), Mode::Kraft),
            (Release::new(4, 2, 2), Release::new(4, 1, 2), Mode::Kraft),
        ] {
            let report = check(&Request {
                mode: Some(mode),
                have: &["librdkafka 1.9, streams 2.3"],
                ..request(Some(from), to, &files)
            });
            for (at, finding) in report.findings.iter().enumerate() {
                let holders =
                    report.plan.steps.iter().filter(|step| step.findings.contains(&(at as u32))).count();
                let is_grave = finding.severity != Severity::Info;
                assert_eq!(holders, usize::from(is_grave), "{name}, {from} to {to}: {finding:#?}");
                grave += usize::from(is_grave);
            }
        }
        count += 1;
    }
    assert!(count > 10 && grave > 50, "{count} files, {grave} findings");
}

#[test]
fn the_output_of_a_tool_is_no_second_node() {
    let printed = "All configs for broker 1 are:\n  node.id=1 sensitive=false synonyms={STATIC_BROKER_CONFIG:node.id=1}\n";
    let twice = |files: &[(&str, &str)]| {
        let files: Vec<File<'_>> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        let report = check(&Request {
            mode: Some(Mode::Kraft),
            ..request(Some(release(4, 0)), Release::new(4, 1, 2), &files)
        });
        report.findings.iter().any(|one| one.rule == "note-same-node-id")
    };
    assert!(!twice(&[("b.properties", BROKER), ("configs.txt", printed)]));
    assert!(!twice(&[("a-configs.txt", printed), ("b.properties", BROKER)]));
    assert!(twice(&[("a.properties", BROKER), ("b.properties", BROKER)]));
}
