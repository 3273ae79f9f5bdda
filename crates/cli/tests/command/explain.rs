//! `explain` and `rules`: every rule that a report names has an explanation.

use super::{Folder, run, run_with};

#[test]
fn each_rule_of_the_list_can_be_explained() {
    let folder = Folder::new("rules");
    let rules = run(&folder, "rules");
    assert_eq!(rules.code, 0);
    assert!(rules.out.lines().count() > 20);
    let explained = run(&folder, "explain removed-zookeeper-connect");
    assert_eq!(explained.code, 0);
    assert!(
        explained.out.starts_with("removed-zookeeper-connect (error, from 4.0.0)\n\nWhat: "),
        "{}",
        explained.out
    );
    assert!(!explained.out.contains('{'), "{}", explained.out);
    for example in
        ["\nExample, reported from 3.9.0 to 4.0.0: server.properties\n    ", "\nExample, not reported from "]
    {
        assert!(explained.out.contains(example), "{}", explained.out);
    }
}

#[test]
fn a_computed_rule_is_explained_by_the_history_of_its_key() {
    let folder = Folder::new("computed-rule");
    let outcome = run(&folder, "explain changed-default-log-segment-bytes");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let start = "changed-default-log-segment-bytes is computed from what the releases say of `log.segment.bytes`.\n\n\
                 broker\n  2.0.1 to 3.9.2  int, at least 14; default 1073741824\n";
    assert!(outcome.out.starts_with(start), "{}", outcome.out);
    let key = run(&folder, "explain log.segment.bytes");
    assert!(key.out.starts_with("broker\n  2.0.1 to 3.9.2  int, at least 14; "), "{}", key.out);
}

#[test]
fn a_computed_rule_about_code_or_tools_is_explained_by_the_releases_that_have_what_it_names() {
    let folder = Folder::new("computed-code");
    for (rule, end) in [
        ("removed-class-kafka-server", "kafka.server.KafkaServer (internal to Kafka)\n  2.0.1 to 3.9.2\n"),
        ("removed-package-kafka-zk", "kafka.zk.*\n  2.0.1 to 3.9.2\n"),
        (
            "removed-member-topic-config-max-decompressed-message-bytes-config",
            "TopicConfig#MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG\n  4.2.2, 4.4.0\n",
        ),
        (
            "removed-option-kafka-topics-zookeeper",
            "kafka-topics.sh --zookeeper\n  2.0.1 to 2.8.2; deprecated from 2.2.2\n",
        ),
        ("no-way", "Kafka has no upgrade path from the source to the target.\n"),
    ] {
        let outcome = run(&folder, &format!("explain {rule}"));
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(outcome.out.starts_with(rule) && outcome.out.ends_with(end), "{}", outcome.out);
    }
}

#[test]
fn every_failure_that_a_report_can_name_has_a_text() {
    let folder = Folder::new("explain-ids");
    for rule in ["config-refused", "missing-member", "not-known", "vm-option", "sasl-handshake-mechanism"] {
        let outcome = run(&folder, &format!("explain failure-{rule}"));
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        assert!(outcome.out.starts_with(&format!("failure-{rule}\n\nWhat: ")), "{}", outcome.out);
        assert!(outcome.out.contains("\nWhy: ") && outcome.out.contains("\nDo: "), "{}", outcome.out);
        // A placeholder of a template is printed as a word if nothing fills it.
        assert!(!outcome.out.split("Example").next().unwrap().contains('{'), "{}", outcome.out);
    }
}

#[test]
fn the_text_of_a_failure_is_explained_as_an_argument_and_from_standard_input() {
    let folder = Folder::new("explain-failure");
    let line = "Unrecognized VM option 'UseConcMarkSweepGC'";
    let explained = run_with(&folder, &["explain", line], b"", &[]);
    assert_eq!(run_with(&folder, &["explain", "-"], line.as_bytes(), &[]).out, explained.out);
    assert_eq!(explained.code, 0, "{}", explained.err);
    assert!(
        explained.out.contains("failure-vm-option") && explained.out.contains("UseG1GC"),
        "{}",
        explained.out
    );
    assert!(!explained.out.contains('{'), "{}", explained.out);
    let unknown = run_with(&folder, &["explain", "the cat sat on the mat"], b"", &[]);
    assert_eq!(unknown.code, 2);
    // One without a blank may be a name; no rule or key has this one.
    let named = run(&folder, "explain org.apache.kafka.common.errors.ProducerFencedException");
    assert!(named.out.contains("failure-transaction-fenced"), "{}{}", named.out, named.err);
    assert_eq!(run(&folder, "explain no-such-rule").code, 2);
}
