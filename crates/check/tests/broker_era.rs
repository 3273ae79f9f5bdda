//! The path that most readers come with: a ZooKeeper-era broker on its way to 4.0.

#![expect(clippy::unwrap_used, reason = "tests")]

use crate::common::request;
use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Finding, Mode, Report, Severity, Spot, Verdict};
use kafka_upgrade_session::{File, Request, check};

const SERVER: &str = "\
# prod broker 1
broker.id=1
zookeeper.connect=zk1:2181,zk2:2181/kafka
zookeeper.connection.timeout.ms=18000
delegation.token.master.key=hunter2
log.dirs=/var/lib/kafka
inter.broker.protocol.version=3.4
log.message.format.version=3.0
offsets.commit.required.acks=-1
log.message.timestamp.difference.max.ms=600000
control.plane.listener.name=CONTROL
num.partitions=6
listeners=PLAINTEXT://:9092,CONTROL://:9094
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROL:PLAINTEXT
";

fn run(from: Option<Release>, to: Release, text: &str) -> Report {
    let files = [File::new("server.properties", text)];
    check(&Request { mode: Some(Mode::Zookeeper), ..request(from, to, &files) })
}

/// The one place at which something is reported of a key, and the finding that it belongs to.
fn about<'r>(report: &'r Report, subject: &str) -> (&'r Finding, Spot<'r>) {
    let all = report.findings.iter().flat_map(|finding| finding.spots().map(move |spot| (finding, spot)));
    let mut here = all.filter(|(_, spot)| spot.subject == subject);
    let one = here.next().unwrap();
    assert!(here.next().is_none(), "{subject} twice");
    one
}

#[test]
fn every_removed_key_is_found_at_its_line_and_the_missing_role_without_one() {
    let report = run(Some(Release::new(3, 4, 0)), Release::new(4, 0, 0), SERVER);
    for (subject, line) in [
        ("zookeeper.connect", 3),
        ("zookeeper.connection.timeout.ms", 4),
        ("delegation.token.master.key", 5),
        ("inter.broker.protocol.version", 7),
        ("log.message.format.version", 8),
        ("offsets.commit.required.acks", 9),
        ("log.message.timestamp.difference.max.ms", 10),
        ("control.plane.listener.name", 11),
    ] {
        let (finding, spot) = about(&report, subject);
        assert_eq!((spot.line, spot.column), (Some(line), Some(1)), "{subject}");
        assert_eq!(finding.since.as_deref(), Some("4.0.0"), "{subject}");
    }
    // A broker on ZooKeeper has one problem, at all of its places.
    let (cause, role) = about(&report, "process.roles");
    assert_eq!((cause.severity, role.line, role.path), (Severity::Error, None, Some("server.properties")));
    assert_eq!(cause.subject, "zookeeper.connect");
    let lines: Vec<_> = cause.spots().map(|spot| (spot.subject, spot.line)).collect();
    let want = [
        ("zookeeper.connect", Some(3)),
        ("process.roles", None),
        ("zookeeper.connection.timeout.ms", Some(4)),
        ("inter.broker.protocol.version", Some(7)),
    ];
    assert_eq!(lines, want);
    assert_eq!(report.verdict, Verdict::Blocked);
    assert!(report.findings.iter().all(|finding| !finding.message.contains("hunter2")));
}

#[test]
fn a_good_file_has_no_finding_from_a_release_to_itself() {
    let report = run(Some(Release::new(3, 4, 0)), Release::new(3, 4, 0), SERVER);
    assert_eq!(report.summary.error, 0);
    assert!(report.findings.iter().all(|finding| finding.since.is_none()));
}

#[test]
fn an_unknown_source_shows_what_could_apply_and_says_so() {
    let report = run(
        None,
        Release::new(4, 0, 0),
        "broker.id=1\nzookeeper.connect=z:2181\ndelegation.token.master.key=x\n",
    );
    assert_eq!(report.path.from, None);
    assert!(about(&report, "delegation.token.master.key").0.why.contains("not known"));
}

#[test]
fn the_source_is_read_off_the_file_and_a_stated_one_wins() {
    let to = Release::new(4, 0, 0);
    let detected = run(None, to, SERVER);
    assert!(detected.path.from.as_deref().unwrap().starts_with("3.4."));
    let [from, mode] = detected.path.detected.as_slice() else {
        unreachable!("{:?}", detected.path.detected)
    };
    assert_eq!((from.what.as_str(), from.line), ("from", 7));
    assert_eq!((mode.what.as_str(), mode.value.as_str(), mode.line), ("mode", "zookeeper", 3));
    assert_eq!(run(Some(Release::new(3, 6, 0)), to, SERVER).path.from.as_deref(), Some("3.6.0"));
}

#[test]
fn a_downgrade_is_reported_as_one_and_an_impossible_one_blocks() {
    let file = "broker.id=1\nzookeeper.connect=z:2181\n";
    let rules = |from, to| {
        let report = run(Some(from), to, file);
        let is_of_path = |rule: &&str| ["backwards", "no-way"].contains(rule);
        let rules: Vec<String> = report
            .findings
            .iter()
            .map(|finding| finding.rule.as_str())
            .filter(is_of_path)
            .map(Into::into)
            .collect();
        (rules, report.verdict, report.plan.possible)
    };
    let (back, _, possible) = rules(Release::new(3, 9, 0), Release::new(3, 4, 0));
    assert_eq!((back, possible), (vec!["backwards".to_owned()], true));
    let (none, verdict, possible) = rules(Release::new(4, 1, 0), Release::new(3, 9, 0));
    assert_eq!((none, verdict, possible), (vec!["no-way".to_owned()], Verdict::Blocked, false));
    let (unknown, _, possible) = rules(Release::new(1, 1, 0), Release::new(3, 9, 0));
    assert_eq!((unknown, possible), (Vec::new(), false), "older than what is known is no mistake");
}
