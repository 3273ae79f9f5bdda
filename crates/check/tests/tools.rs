//! Commands as people paste them: what becomes of tools and options, with and without a note.

use crate::common::request;
use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Finding, Severity};
use kafka_upgrade_session::{File, check};

fn run(from: Option<Release>, to: Release, text: &str) -> Vec<Finding> {
    let files = [File::new("", text)];
    check(&request(from, to, &files)).findings
}

fn rules(from: Option<Release>, to: Release, text: &str) -> Vec<String> {
    let findings = run(from, to, text).into_iter();
    findings.map(|one| one.rule).filter(|rule| rule.contains("option") || rule.contains("tool")).collect()
}

const V28: Release = Release::new(2, 8, 2);
const V32: Release = Release::new(3, 2, 0);
const V39: Release = Release::new(3, 9, 0);
const V40: Release = Release::new(4, 0, 0);
const V42: Release = Release::new(4, 2, 0);

#[test]
fn an_option_that_the_target_lacks_is_gone_from_the_release_after_the_last_that_had_it() {
    let text = "kafka-features.sh --bootstrap-server a:9092 --upgrade-all";
    let findings = run(Some(V32), V40, text);
    let finding =
        findings.iter().find(|one| one.rule == "removed-option-kafka-features-upgrade-all").unwrap();
    assert_eq!((finding.severity, finding.since.as_deref()), (Severity::Error, Some("3.3.1")));
    assert_eq!((finding.line, finding.column, finding.end_column), (Some(1), Some(45), Some(58)));
    let already = run(Some(V39), V40, text);
    let finding = already.iter().find(|one| one.rule == "removed-option-kafka-features-upgrade-all").unwrap();
    assert_eq!(
        (finding.severity, finding.since.as_deref()),
        (Severity::Error, None),
        "the source lacks it too"
    );
    assert!(finding.why.ends_with(" 3.3.1 brought this, so it fails with 3.9.0 as well."), "{}", finding.why);
    assert!(rules(Some(V40), V40, text).is_empty() && rules(Some(V40), V39, text).is_empty());
    assert_eq!(rules(None, V40, text), ["removed-option-kafka-features-upgrade-all"]);
}

#[test]
fn an_abbreviated_option_counts_as_the_option_where_the_tool_takes_it() {
    assert!(
        rules(Some(V39), V40, "kafka-metadata-quorum.sh --bootstrap-s a:9092 describe --status").is_empty()
    );
    let refused =
        |text| run(Some(V39), V40, text).into_iter().find(|one| one.subject.contains(" --b")).unwrap();
    let hint = refused("kafka-topics.sh --bootstrap a:9092 --list");
    assert_eq!(hint.rule, "unknown-option-kafka-topics-bootstrap");
    assert_eq!(hint.replacement.as_deref(), Some("--bootstrap-server"));
    // No release took it, so it is not gone.
    assert!(
        refused("kafka-console-producer.sh --broker a:9092 --topic t").rule.starts_with("unknown-option-")
    );
    let gone = rules(Some(V32), V40, "kafka-features.sh --bootstrap-server a:9092 --upgrade-a");
    assert_eq!(gone, ["removed-option-kafka-features-upgrade-a"]);
}

#[test]
fn what_a_help_calls_deprecated_is_so_without_a_note() {
    let text = "kafka-features.sh --bootstrap-server a:9092 upgrade --metadata 4.0";
    assert_eq!(rules(Some(V39), V40, text), ["deprecated-option-kafka-features-metadata"]);
    assert!(rules(Some(V40), V42, text).is_empty());
}

#[test]
fn a_misspelt_option_gets_a_hint_and_one_that_a_tool_may_hide_does_not() {
    let text = "kafka-topics.sh --bootstap-server a:9092 --list";
    let findings = run(Some(V39), V40, text);
    let hint = findings.iter().find(|one| one.rule.starts_with("unknown-option-")).unwrap();
    assert_eq!(hint.replacement.as_deref(), Some("--bootstrap-server"));
    assert!(
        rules(Some(V39), V40, "kafka-transactions.sh --bootstrap-server a:9092 abort --start-offset 1")
            .is_empty()
    );
    assert!(rules(Some(V39), V40, "kafka-server-start.sh -daemon server.properties").is_empty());
}

#[test]
fn a_new_option_that_the_target_has_is_no_finding() {
    let text = "kafka-console-consumer.sh --bootstrap-server a:9092 --topic t --command-config c.properties";
    assert!(rules(Some(V39), V42, text).is_empty());
}

#[test]
fn the_commands_of_an_old_handbook_are_each_found_once() {
    let text = "#!/bin/bash\n\
        ZK=localhost:2181\n\
        bin/zookeeper-server-start.sh -daemon config/zookeeper.properties\n\
        bin/kafka-topics.sh --zookeeper $ZK --create --topic t --partitions 1 --replication-factor 1\n\
        bin/kafka-console-producer.sh --broker-list localhost:9092 --topic t\n\
        bin/kafka-console-consumer.sh --bootstrap-server localhost:9092 --whitelist t\n\
        bin/kafka-preferred-replica-election.sh --zookeeper $ZK\n\
        bin/kafka-acls.sh --authorizer kafka.security.auth.SimpleAclAuthorizer --authorizer-properties zookeeper.connect=$ZK --list\n\
        bin/kafka-run-class.sh kafka.tools.GetOffsetShell --broker-list localhost:9092 --topic t\n\
        bin/kafka-mirror-maker.sh --consumer.config c --producer.config p --whitelist t\n";
    let findings = run(Some(V28), V40, text);
    let found: Vec<_> = findings
        .iter()
        .filter(|one| one.path.is_some())
        .map(|one| (one.line.unwrap_or(0), one.rule.as_str()))
        .collect();
    let want = [
        (3, "removed-zookeeper-scripts"),
        (4, "removed-zookeeper-option"),
        (5, "removed-broker-list-option"),
        (6, "removed-whitelist-of-console-consumer"),
        (7, "removed-kafka-preferred-replica-election"),
        (8, "removed-authorizer-options-of-acls"),
        (8, "removed-simple-acl-authorizer-class"),
        (8, "removed-authorizer-options-of-acls"),
        (9, "renamed-get-offset-shell"),
        (9, "removed-broker-list-option"),
        (10, "removed-kafka-mirror-maker"),
    ];
    assert_eq!(found, want, "{found:#?}");
}
