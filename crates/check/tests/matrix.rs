//! The compatibility matrix: what runs, against releases.
//!
//! Real clients at real brokers are in the package `acceptance`; here is what no run can show.

#![expect(clippy::expect_used, reason = "a test may panic")]

use crate::common::request;
use kafka_upgrade_catalog::resolve;
use kafka_upgrade_report::{CellVerdict, Evidence, MatrixCell, MatrixRow, Report, Sense};
use kafka_upgrade_session::{File, Request, check};

fn report(from: Option<&str>, to: &str, files: &[File<'_>], have: &[&str]) -> Report {
    let release = |text: &str| resolve(text).expect("a release");
    check(&Request { have, ..request(from.map(release), release(to), files) })
}

fn row<'r>(report: &'r Report, sense: Sense, subject: &str) -> &'r MatrixRow {
    let found = report.matrix.rows.iter().find(|row| row.sense == sense && row.subject == subject);
    found.expect("there is such a row")
}

fn cell<'r>(row: &'r MatrixRow, release: &str) -> &'r MatrixCell {
    row.cells.iter().find(|cell| cell.release == release).expect("there is such a column")
}

fn client(have: &str, to: &str) -> MatrixCell {
    let report = report(None, to, &[], &[have]);
    let row = report.matrix.rows.iter().find(|row| row.sense == Sense::ClientBroker).expect("a row");
    cell(row, &report.path.to).clone()
}

fn refused(cell: &MatrixCell) -> Vec<&str> {
    let refused = cell.operations.iter().filter(|one| one.verdict == CellVerdict::Refused);
    refused.map(|one| one.name.as_str()).collect()
}

#[test]
fn no_cell_is_blank_and_every_row_has_one_a_column() {
    let said = "brokers 3.4, java 11, scala 2.12, librdkafka 1.7.0, kafkajs 2.2.4, streams 3.1, connect 3.4, mm1 2.8, \
                frob 1.2, spring boot 2.7.1, faust 1.10, confluent platform 7.4, kafka-clients latest, sarama, \
                benthos 99, kafka-clients 99.1, ruby-kafka 1.5, brod 3.16, librdkafka 0.8.0";
    for to in ["2.8", "3.9", "4.0.0", "4.0", "4.4"] {
        for from in [None, Some("2.0"), Some("3.4"), Some("4.1")] {
            let report = report(from, to, &[], &[said]);
            let columns = &report.matrix.columns;
            assert!(columns.contains(&report.path.to), "{columns:?}");
            assert!(
                columns.iter().any(|column| column == "3.9.2") && columns.iter().any(|one| one == "4.4.0")
            );
            for row in &report.matrix.rows {
                let releases: Vec<&String> = row.cells.iter().map(|cell| &cell.release).collect();
                assert_eq!(releases, columns.iter().collect::<Vec<_>>(), "{}", row.subject);
                for cell in &row.cells {
                    assert!(!cell.word.is_empty() && cell.reason.ends_with('.'), "{}: {cell:?}", row.subject);
                }
            }
            let senses: Vec<Sense> = report.matrix.rows.iter().map(|row| row.sense).collect();
            assert!(senses.is_sorted(), "{senses:?}");
        }
    }
}

#[test]
fn the_columns_are_the_newest_patches_the_target_and_the_source() {
    let columns = |from, to| report(from, to, &[], &[]).matrix.columns;
    assert_eq!(columns(None, "4.4"), ["3.9.2", "4.0.2", "4.1.2", "4.2.2", "4.3.1", "4.4.0"]);
    let with_both = ["2.8.2", "3.9.2", "4.0.0", "4.0.2", "4.1.2", "4.2.2", "4.3.1", "4.4.0"];
    assert_eq!(columns(Some("2.8"), "4.0.0"), with_both);
}

#[test]
fn a_partly_refused_client_names_the_failing_api_and_the_remedy() {
    let cell = client("librdkafka 1.7.0", "4.1");
    assert_eq!((cell.verdict, cell.word.as_str()), (CellVerdict::WorksWithChanges, "works in part"));
    assert_eq!(refused(&cell), ["consume-assign", "consume-group"]);
    let operation = cell.operations.iter().find(|one| one.name == "consume-assign").expect("it is there");
    let ranges = (operation.api.as_deref(), operation.client, operation.broker);
    assert_eq!(ranges, (Some("ListOffsets"), Some([0, 0]), Some([1, 10])));
    assert!(cell.reason.contains("from librdkafka 1.8.0 on"), "{}", cell.reason);
    assert_eq!((cell.evidence, cell.supported), (Evidence::Ran, None));
    assert_eq!(client("librdkafka 1.8.0", "4.1").verdict, CellVerdict::Works);
    assert_eq!(client("librdkafka 1.8.0", "4.1").evidence, Evidence::Computed);
}

#[test]
fn what_is_inside_of_a_product_decides() {
    let cell = client("node-rdkafka 2.12.0", "4.1");
    assert!(cell.reason.starts_with("Inside is librdkafka 1.7.0."), "{}", cell.reason);
    assert!(cell.reason.contains("inside of node-rdkafka from 2.13.0 on"), "{}", cell.reason);
    assert_eq!(client("node-rdkafka 2.13.0", "4.1").verdict, CellVerdict::Works);
    assert!(client("flink 3.1.0-1.18", "4.1").reason.starts_with("Inside is kafka-clients 3.4.0"));
    assert!(client("telegraf 1.27.1", "4.1").reason.starts_with("Inside is sarama 1.38.1 as in 1.27.0"));
    assert!(client("rdkafka-sys 4.7.0+2.3.0", "4.1").reason.starts_with("Inside is librdkafka 2.3.0."));
    // The number after the plus is the librdkafka in this build, whatever other builds of that version contain.
    assert!(client("rdkafka-sys 4.7.0+2.4.0", "4.1").reason.starts_with("Inside is librdkafka 2.4.0."));
    assert!(client("rdkafka-sys 4.7", "4.1").reason.starts_with("Inside is librdkafka 2.3.0."));
    assert!(client("rust-rdkafka 0.36.2", "4.1").reason.starts_with("Inside is librdkafka 2.3.0 or newer"));
    assert_eq!(client("rust-rdkafka 0.9.0", "4.1").verdict, CellVerdict::Unknown);
    assert!(client("vector 0.30", "4.1").reason.starts_with("Inside is librdkafka 1.9.2."));
    assert!(client("logstash 8.13.0", "4.1").reason.starts_with("Inside is kafka-clients 3.4.1."));
    assert!(client("logstash 7.4.0", "4.1").reason.starts_with("Which kafka-clients is inside"));
    assert_eq!(client("php-rdkafka 6.0.3", "4.1").verdict, CellVerdict::Unknown);
}

#[test]
fn a_version_that_speaks_what_an_older_one_does_has_its_evidence() {
    let nearest = |said| client(said, "4.1").reason.contains("nearest version that was looked at");
    assert!(!nearest("kafkajs 2.2.4") && !nearest("kafkajs 2.2") && !nearest("kafkajs 1.16.0"));
    assert!(nearest("kafkajs 2.9.0"));
    assert!(client("kafkajs 2.9.0", "4.1").reason.contains("those of 2.2.4, the nearest"));
}

#[test]
fn what_happens_and_what_is_promised_are_kept_apart() {
    let old = client("kafka-clients 1.1.1", "4.0.0");
    assert_eq!((old.verdict, old.supported), (CellVerdict::Works, Some(false)));
    assert_eq!(client("kafka-clients 2.1.1", "4.0.0").supported, Some(true));
    assert_eq!(client("kafka-clients 1.1.1", "3.9.2").supported, Some(true));
    let new = client("kafka-clients 4.0.0", "2.0");
    assert_eq!((refused(&new), new.supported), (vec!["produce-zstd"], Some(false)));
    assert_eq!(client("kafka-clients 4.0.0", "2.1").supported, Some(true));
    let mend = client("kafka-clients 0.11.0.3", "4.0.0");
    assert_eq!(refused(&mend), ["describe-configs"]);
    assert!(mend.reason.contains("from kafka-clients 2.1.0 on"), "{}", mend.reason);
}

#[test]
fn the_patch_counts_where_a_patch_brought_versions_back() {
    assert_eq!(
        refused(&client("kafka-go 0.4.47", "4.0.0")),
        ["create-topic", "delete-topic", "consume-group"]
    );
    assert_eq!(refused(&client("kafka-go 0.4.47", "4.0.1")), ["create-topic", "delete-topic"]);
}

#[test]
fn what_the_oldest_known_version_is_refused_an_older_one_is_refused_too() {
    let cell = client("kafka-python 1.0.0", "4.0.2");
    assert_eq!(cell.verdict, CellVerdict::Refused);
    assert!(cell.reason.contains("older than 1.3.5"), "{}", cell.reason);
    // If the oldest known version works, nothing is known of an even older one.
    assert_eq!(client("franz-go 0.5.0", "4.0.2").verdict, CellVerdict::Unknown);
}

#[test]
fn a_setting_that_makes_a_client_work_is_named() {
    let cell = client("sarama 1.26.4", "4.0.2");
    assert_eq!(cell.verdict, CellVerdict::Refused);
    assert!(cell.reason.contains("Config.Version"), "{}", cell.reason);
}

#[test]
fn what_is_not_known_says_where_to_look() {
    for (have, look) in [
        ("frob 1.2", "client library is inside"),
        ("librdkafka", "Name it"),
        ("kafka-clients latest", "Name it"),
        ("kafka-clients 9.9.9", "newest is 4.4.0"),
        ("faust 1.10", "lock file"),
        ("spring boot 99.0", "release notes"),
        ("franz-go 0.5.0", "older than 1.0.0"),
        ("kafka-ex 0.13.0", "DeprecatedRequestsPerSec"),
    ] {
        let cell = client(have, "4.1");
        assert_eq!((cell.verdict, cell.word.as_str()), (CellVerdict::Unknown, "unknown"), "{have}");
        assert!(cell.reason.contains(look), "{have}: {}", cell.reason);
    }
}

#[test]
fn brokers_go_directly_over_a_bridge_or_migrate_first() {
    let word = |said: &str, to: &str| {
        let report = report(None, to, &[], &[said]);
        let row = row(&report, Sense::BrokerUpgrade, "Kafka brokers");
        let cell = cell(row, &report.path.to);
        (cell.verdict, cell.word.clone())
    };
    let is = |verdict, word: &str| (verdict, word.to_owned());
    assert_eq!(word("brokers 3.4, zookeeper", "3.9"), is(CellVerdict::Works, "direct"));
    assert_eq!(word("brokers 3.4, zookeeper", "4.1"), is(CellVerdict::Refused, "migrate first"));
    assert_eq!(word("brokers 3.2, kraft", "4.1"), is(CellVerdict::WorksWithChanges, "via 3.9.2"));
    assert_eq!(word("brokers 3.3, kraft", "4.1"), is(CellVerdict::Works, "direct"));
    assert_eq!(word("brokers 3.4", "4.1"), is(CellVerdict::Unknown, "depends on the mode"));
    assert_eq!(word("brokers 4.1", "4.2.0"), is(CellVerdict::WorksWithChanges, "take 4.2.2"));
    assert_eq!(word("brokers 4.1", "4.1"), is(CellVerdict::Works, "runs now"));
    assert_eq!(word("brokers", "4.1"), is(CellVerdict::Unknown, "unknown"));
}

#[test]
fn findings_of_files_are_in_the_cell_of_the_target_and_of_releases_that_they_hold_in() {
    let text = "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=2@a:9093\ncontroller.listener.names=C\n\
                listeners=PLAINTEXT://a:9092\ndelegation.token.master.key=x\n";
    let files = [File::new("server.properties", text)];
    let report = report(Some("3.8"), "4.1", &files, &[]);
    let row = row(&report, Sense::BrokerUpgrade, "Kafka brokers");
    let of = |release: &str| {
        let cell = cell(row, release);
        let rules = cell.findings.iter().map(|at| report.findings.get(*at as usize).expect("a finding"));
        let there = rules.clone().any(|finding| finding.subject == "delegation.token.master.key");
        (cell.word.as_str(), there)
    };
    assert_eq!(of("4.1.2"), ("with changes", true));
    assert_eq!(of("4.0.2"), ("with changes", true));
    assert!(!of("3.9.2").1);
    assert_eq!((row.path.as_deref(), row.version.as_deref()), (Some("server.properties"), Some("3.8.1")));
}

#[test]
fn an_old_java_is_refused_by_role() {
    let report = report(None, "4.1", &[], &["java 11, brokers 3.9 kraft, streams 3.9"]);
    let servers = row(&report, Sense::Runtime, "Java of brokers, Connect and tools");
    assert_eq!(cell(servers, "4.1.2").word, "needs 17");
    assert_eq!(cell(servers, "3.9.2").verdict, CellVerdict::Works);
    let clients = row(&report, Sense::Runtime, "Java of clients and Streams");
    assert_eq!(cell(clients, "4.1.2").verdict, CellVerdict::Works);
    let of = |said: &str| {
        let report = self::report(None, "4.1", &[], &[said]);
        cell(row(&report, Sense::ClientUpgrade, "Kafka Streams"), "4.1.2").word.clone()
    };
    assert_eq!(of("streams 3.1, java 1.8"), "needs Java 11");
    assert_eq!(of("streams 3.1, java 17"), "no code given");
}

#[test]
fn features_go_with_the_release() {
    let report = report(None, "4.1", &[], &["brokers 3.9, kraft"]);
    let feature = |name| row(&report, Sense::Features, name);
    assert_eq!(cell(feature("metadata.version"), "4.0.2").word, "4.0-IV3");
    assert_eq!(cell(feature("group.version"), "3.9.2").word, "not there");
    assert_eq!(cell(feature("group.version"), "4.0.2").word, "up to 1");
    assert_eq!(cell(feature("transaction.version"), "4.0.2").word, "up to 2");
}

#[test]
fn what_nobody_uses_is_neither_good_nor_bad() {
    let printed = "Feature: group.version\tSupportedMinVersion: 0\tSupportedMaxVersion: 1\tFinalizedVersionLevel: 1\t\
                   Epoch: 12\n";
    let files = [File::new("features.txt", printed)];
    let report = report(None, "4.1", &files, &["brokers 4.0, kraft"]);
    let verdict = |name, at| cell(row(&report, Sense::Features, name), at).verdict;
    assert_eq!(verdict("share.version", "4.0.2"), CellVerdict::Neutral);
    assert_eq!(verdict("share.version", "4.1.2"), CellVerdict::Neutral);
    assert_eq!(verdict("metadata.version", "4.1.2"), CellVerdict::Neutral);
    assert_eq!(verdict("group.version", "3.9.2"), CellVerdict::Refused);
    assert_eq!(verdict("group.version", "4.1.2"), CellVerdict::Works);
    let old = self::report(None, "4.1", &[], &["brokers 2.8, zookeeper"]);
    let metadata = row(&old, Sense::Features, "metadata.version");
    assert_eq!(
        (cell(metadata, "2.8.2").word.as_str(), cell(metadata, "3.9.2").word.as_str()),
        ("not there", "3.9-IV0")
    );
}

#[test]
fn a_paste_that_names_thousands_is_held_in_bounds_and_says_so() {
    let said: Vec<String> = (0..5000).map(|at| format!("librdkafka 1.{}.{}", at / 100, at % 100)).collect();
    let said = said.join(", ");
    let report = report(None, "4.1", &[], &[&said]);
    let clients: Vec<_> = report.matrix.rows.iter().filter(|row| row.sense == Sense::ClientBroker).collect();
    assert_eq!(clients.len(), 201);
    assert!(cell(row(&report, Sense::ClientBroker, "More clients"), "4.1.2").reason.starts_with("4800 more"));
}

#[test]
fn with_a_cluster_named_every_release_is_judged_and_not_only_the_target() {
    let files = [File::new("consumer.properties", "group.id=g\nenable.auto.commit=maybe\n")];
    let text = "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=2@a:9093\ncontroller.listener.names=C\n\
                listeners=PLAINTEXT://a:9092\ndelegation.token.master.key=x\n";
    let brokers = [File::new("server.properties", text)];
    let report = report(None, "3.9", &brokers, &["brokers 3.8 kraft"]);
    let brokers = row(&report, Sense::BrokerUpgrade, "Kafka brokers");
    let at_4 = cell(brokers, "4.1.2");
    assert_eq!(at_4.word, "with changes", "{}", at_4.reason);
    assert!(at_4.reason.contains("that 3.9.2 does not have"), "{}", at_4.reason);
    assert_eq!(cell(brokers, "3.9.2").verdict, CellVerdict::Works);
    let report = self::report(None, "4.1", &files, &["kafka-clients 3.4.0"]);
    let clients = row(&report, Sense::ClientUpgrade, "Java clients");
    for (at, cell) in clients.cells.iter().enumerate() {
        assert_eq!((cell.word.as_str(), cell.findings.is_empty()), ("with changes", false), "column {at}");
        assert!(!cell.reason.contains("were judged for"), "{}", cell.reason);
    }
}

#[test]
fn a_distribution_says_which_of_its_versions_brings_a_release_and_a_service_what_it_does_not_offer() {
    let cell_of = |have: &str, subject: &str, release: &str| {
        let report = report(None, "4.4", &[], &[have]);
        let cell = cell(row(&report, Sense::BrokerUpgrade, subject), release).clone();
        (cell.verdict, cell.word, cell.reason)
    };
    let (verdict, word, reason) = cell_of("strimzi 0.45, kafka 3.9 kraft", "Strimzi", "4.1.2");
    assert_eq!((verdict, word.as_str()), (CellVerdict::WorksWithChanges, "with 0.48.0"));
    assert!(reason.contains("does not carry 4.1"), "{reason}");
    let (verdict, word, _) = cell_of("strimzi 0.48, kafka 4.0 kraft", "Strimzi", "4.1.2");
    assert_eq!((verdict, word.as_str()), (CellVerdict::Works, "direct"));
    let (_, word, _) = cell_of("confluent platform 7.9, kraft", "Confluent Platform", "4.1.2");
    assert_eq!(word, "with 8.1");
    let (_, word, _) = cell_of("msk 3.9 kraft", "Amazon MSK", "4.0.2");
    assert_eq!(word, "direct");
    // What a version carries is known where the mode is not.
    let (verdict, word, reason) = cell_of("strimzi 0.38", "Strimzi", "4.1.2");
    assert_eq!((verdict, word.as_str()), (CellVerdict::Unknown, "depends on the mode"));
    assert!(
        reason.contains("4.1 comes with Strimzi 0.48.0") && reason.contains("depends on which"),
        "{reason}"
    );
    let (verdict, word, _) = cell_of("msk 3.6", "Amazon MSK", "4.1.2");
    assert_eq!((verdict, word.as_str()), (CellVerdict::Refused, "not offered"));
    let (verdict, word, reason) = cell_of("msk 3.9 kraft", "Amazon MSK", "4.1.2");
    assert_eq!((verdict, word.as_str()), (CellVerdict::Refused, "not offered"));
    assert!(reason.contains("2026-11-22"), "{reason}");
}

#[test]
fn a_java_that_breaks_logins_of_an_older_kafka_is_reported_with_the_release_that_fixed_it() {
    let report = report(Some("3.6"), "4.1", &[], &["kafka 3.6 kraft, java 25"]);
    let java = row(&report, Sense::Runtime, "Java of brokers, Connect and tools");
    let old = cell(java, "3.6.2");
    assert_eq!((old.verdict, old.word.as_str()), (CellVerdict::WorksWithChanges, "not with SASL"));
    assert!(old.reason.contains("KAFKA-17078"), "{}", old.reason);
    assert_eq!(cell(java, "3.9.2").verdict, CellVerdict::Works);
}

#[test]
fn a_number_of_a_wrapper_is_not_that_of_its_library() {
    let kcat = client("kcat 1.7.1", "4.1");
    assert_eq!(kcat.verdict, CellVerdict::Works, "{}", kcat.reason);
    assert!(kcat.reason.contains("librdkafka 1.8.2"), "{}", kcat.reason);
    assert_eq!(client("kcat 1.6.0", "4.1").verdict, CellVerdict::Unknown);
    assert_eq!(client("frob rdkafka 0.36.2", "4.1").verdict, CellVerdict::Unknown);
}

#[test]
fn brokers_that_a_platform_runs_have_a_row_without_a_release_and_nothing_is_ready() {
    let strimzi = "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: a\nspec:\n  kafka:\n    listeners: []\n";
    let release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: kafka\nspec:\n  chart:\n    \
                   spec:\n      chart: kafka\n      sourceRef: {kind: HelmRepository, name: bitnami}\n";
    for (path, text) in [("kafka.yaml", strimzi), ("release.yaml", release)] {
        let report = report(None, "4.2", &[File::new(path, text)], &[]);
        let row = row(&report, Sense::BrokerUpgrade, "Kafka brokers");
        assert_eq!(cell(row, &report.path.to).verdict, CellVerdict::Unknown, "{path}");
        assert_eq!(report.verdict, kafka_upgrade_report::Verdict::Unknown, "{path}");
    }
    // A topic resource does not show that a cluster runs here.
    let topic = "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaTopic\nmetadata:\n  name: t\nspec: {partitions: 3}\n";
    let report = report(None, "4.2", &[File::new("topic.yaml", topic)], &[]);
    assert!(report.matrix.rows.iter().all(|row| row.sense != Sense::BrokerUpgrade));
}
