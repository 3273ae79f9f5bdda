//! Findings that no note reports: words and conditions that come from the catalog alone.

use crate::common::request;
use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{CheckOutcome, Confidence, Finding, Report, Severity};
use kafka_upgrade_session::{File, check};

const BROKER: &str = "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=2@h:9093\n\
                      controller.listener.names=CONTROLLER\n";

fn run(from: Option<Release>, to: Release, text: &str) -> Report {
    run_all(from, to, &[("server.properties", text)])
}

fn run_all(from: Option<Release>, to: Release, files: &[(&str, &str)]) -> Report {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    check(&request(from, to, &files))
}

fn finding_of<'r>(report: &'r Report, rule: &str) -> Option<&'r Finding> {
    report.findings.iter().find(|finding| finding.rule == rule)
}

#[test]
fn a_key_that_the_target_does_not_know_is_gone_from_the_release_after_the_last_that_knew_it() {
    let text = format!("{BROKER}eligible.leader.replicas.enable=true\n");
    let (v39, v40, v41) = (Release::new(3, 9, 0), Release::new(4, 0, 0), Release::new(4, 1, 0));
    let report = run(Some(v39), v40, &text);
    let finding = finding_of(&report, "removed-eligible-leader-replicas-enable").unwrap();
    assert_eq!((finding.severity, finding.line), (Severity::Error, Some(5)));
    assert_eq!((finding.since.as_deref(), finding.hop.as_deref()), (Some("4.0.0"), Some("4.0")));
    assert!(!finding.fix.as_ref().unwrap().safe);
    assert!(finding_of(&run(Some(v40), v41, &text), "removed-eligible-leader-replicas-enable").is_none());
    assert!(finding_of(&run(None, v41, &text), "removed-eligible-leader-replicas-enable").is_some());
}

#[test]
fn a_refused_value_is_crossing_when_the_source_takes_it_and_of_the_state_otherwise() {
    let text = format!("{BROKER}controller.quorum.fetch.timeout.ms=-5\nnum.io.threads=0\n");
    let report = run(Some(Release::new(4, 0, 0)), Release::new(4, 1, 0), &text);
    let crossing = finding_of(&report, "refused-value-controller-quorum-fetch-timeout-ms").unwrap();
    let state = finding_of(&report, "refused-value-num-io-threads").unwrap();
    assert_eq!((crossing.since.as_deref(), state.since.as_deref()), (Some("4.1.0"), None));
    assert_eq!(report.files.first().unwrap().accepted, Some(false));
    assert_eq!(report.files.first().unwrap().refusals.len(), 2);
}

#[test]
fn a_key_whose_value_nobody_knows_is_not_missing() {
    let connector = |name: &str| {
        format!(
            "- name: connect\n  command: tee source.properties\n  stdin: |\n{name}    connector.class=io.confluent.connect.jdbc.JdbcSourceConnector\n    tasks.max=1\n    topic.prefix=p\n- name: list\n  command: kafka-topics.sh --bootstrap-server a:9092 --list\n"
        )
    };
    for (name, is_missing) in
        [("    name=source-%UNIQUE%\n", false), ("    name=source\n", false), ("", true)]
    {
        let text = connector(name);
        let report = run_all(Some(Release::new(3, 9, 2)), Release::new(4, 3, 1), &[("tests.yml", &text)]);
        assert_eq!(finding_of(&report, "requires-name").is_some(), is_missing, "{text}");
    }
}

#[test]
fn what_came_deprecated_asks_nothing_of_anybody_yet() {
    let severity = |from, text: &str, path: &str| {
        let report = run_all(Some(from), Release::new(4, 3, 1), &[(path, text)]);
        report.findings.iter().find(|one| one.rule.starts_with("deprecated-")).map(|one| one.severity)
    };
    let v42 = Release::new(4, 2, 0);
    let streams =
        "application.id=a\nbootstrap.servers=h:9092\nprocessing.exception.handler.global.enabled=true\n";
    assert_eq!(severity(v42, streams, "streams.properties"), Some(Severity::Info));
    let code = "import org.apache.kafka.streams.StreamsConfig;\nclass A { String key = StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG; }\n";
    assert_eq!(severity(v42, code, "A.java"), Some(Severity::Info));
    // What a release deprecated that had it before.
    let older = "import org.apache.kafka.streams.Topology;\nclass A { Topology.AutoOffsetReset reset; }\n";
    assert_eq!(severity(Release::new(3, 9, 2), older, "A.java"), Some(Severity::Warning));
}

#[test]
fn a_misspelt_key_gets_a_hint_and_a_plugins_key_does_not() {
    let text = format!("{BROKER}num.partitoins=3\nlog_retention.ms=5\nmy.plugin.partitions=7\n");
    let report = run(Some(Release::new(4, 0, 0)), Release::new(4, 0, 0), &text);
    let hints: Vec<_> =
        report.findings.iter().map(|one| (one.subject.as_str(), one.replacement.as_deref())).collect();
    assert_eq!(
        hints,
        [("num.partitoins", Some("num.partitions")), ("log_retention.ms", Some("log.retention.ms"))]
    );
    assert!(report.findings.iter().all(|one| one.confidence == Confidence::Possible));
}

#[test]
fn an_error_takes_the_place_of_a_lesser_finding_about_the_same_key() {
    let text = format!("{BROKER}log.cleaner.enable=maybe\n");
    let report = run(Some(Release::new(4, 0, 0)), Release::new(4, 1, 0), &text);
    let about: Vec<_> = report.findings.iter().filter(|one| one.subject == "log.cleaner.enable").collect();
    assert_eq!(about.len(), 1);
    assert_eq!(about.first().unwrap().severity, Severity::Error);
}

#[test]
fn a_key_of_one_listener_is_not_the_brokers_own() {
    let text = format!("{BROKER}listener.name.client.ssl.keystore.type=PKCS12\n");
    let report = run(Some(Release::new(3, 9, 0)), Release::new(4, 0, 0), &text);
    assert!(report.findings.iter().all(|finding| finding.line.is_none()), "{:?}", report.findings);
}

#[test]
fn one_default_of_two_files_is_one_finding_without_a_file() {
    let files = [("a.properties", BROKER), ("b.properties", BROKER)];
    let report = run_all(Some(Release::new(3, 9, 0)), Release::new(4, 0, 0), &files);
    let rule = "changed-default-num-recovery-threads-per-data-dir";
    assert_eq!(report.findings.iter().filter(|finding| finding.rule == rule).count(), 1);
    assert_eq!(finding_of(&report, rule).unwrap().path, None);
}

#[test]
fn a_release_that_the_catalog_lacks_is_reported() {
    let report = run(Some(Release::new(4, 0, 0)), Release::new(9, 9, 9), BROKER);
    assert!(finding_of(&report, "unknown-release").unwrap().message.contains("9.9.9"));
}

#[test]
fn every_check_is_listed_with_what_became_of_it() {
    let report = run(Some(Release::new(3, 9, 0)), Release::new(4, 0, 0), BROKER);
    let outcome = |id: &str| report.checks.iter().find(|check| check.id == id).map(|check| check.outcome);
    assert_eq!(outcome("removed-zookeeper-set-acl"), Some(CheckOutcome::Ran));
    assert_eq!(outcome("changed-default-linger-ms"), Some(CheckOutcome::DidNotApply));
    assert_eq!(outcome("misspelled-settings"), Some(CheckOutcome::Ran));
}

#[test]
fn keys_of_a_transform_are_missed_where_they_are_not_and_only_there() {
    let connector = "name=c\nconnector.class=org.apache.kafka.connect.file.FileStreamSinkConnector\ntopics=t\n\
                     transforms=m\ntransforms.m.type=org.apache.kafka.connect.transforms.MaskField$Value\n";
    let v40 = Release::new(4, 0, 0);
    let missing = "requires-transforms-m-fields";
    assert!(finding_of(&run(Some(v40), v40, connector), missing).is_some());
    let whole = format!("{connector}transforms.m.fields=card\n");
    assert!(finding_of(&run(Some(v40), v40, &whole), missing).is_none());
}

/// Rules and lines of what is found in a Java file.
fn in_java(from: Release, to: Release, text: &str) -> Vec<(String, Option<u32>, Confidence)> {
    let report = run_all(Some(from), to, &[("App.java", text)]);
    let places = report
        .findings
        .iter()
        .flat_map(|one| one.spots().map(|spot| (spot.rule.to_owned(), spot.line, one.confidence)));
    let mut places: Vec<_> = places.collect();
    places.sort_by_key(|(_, line, _)| *line);
    places
}

#[test]
fn a_removed_member_without_a_note_is_found_once_a_line_wherever_the_target_lacks_it() {
    let text = "import org.apache.kafka.clients.consumer.ConsumerRecord;\nclass App {\n\
                long t(ConsumerRecord<String, String> r) {\n return r.checksum() + r.checksum(); } }\n";
    let (v28, v30, v39) = (Release::new(2, 8, 2), Release::new(3, 0, 2), Release::new(3, 9, 2));
    let rule = "removed-member-consumer-record-checksum".to_owned();
    let found = [(rule, Some(4), Confidence::Certain)];
    assert_eq!(in_java(v28, v30, text), found);
    assert_eq!(in_java(v30, v39, text), found, "3.0 does not compile it either");
    assert_eq!(in_java(v30, v30, text), []);
}

#[test]
fn a_call_that_may_mean_a_remaining_overload_is_no_finding() {
    let code = |argument: &str| {
        format!(
            "import org.apache.kafka.clients.consumer.Consumer;\nclass App {{\n\
             void t(Consumer<String, String> c) {{\n c.poll({argument}); }} }}\n"
        )
    };
    let (v39, v40) = (Release::new(3, 9, 2), Release::new(4, 0, 0));
    let lines = |text: &str| -> Vec<_> { in_java(v39, v40, text).into_iter().map(|one| one.1).collect() };
    assert_eq!(lines(&code("100")), [Some(4)]);
    assert_eq!(lines(&code("timeout()")), []);
    assert_eq!(lines(&code("java.time.Duration.ZERO")), []);
}

#[test]
fn what_is_lacking_for_some_releases_only_is_gone_there_and_nowhere_else() {
    let text = "class App {\n  String key = org.apache.kafka.common.config.TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG;\n}\n";
    let (v422, v431, v440) = (Release::new(4, 2, 2), Release::new(4, 3, 1), Release::new(4, 4, 0));
    let rules = |from, to| -> Vec<String> { in_java(from, to, text).into_iter().map(|one| one.0).collect() };
    assert_eq!(rules(v422, v431), ["removed-member-topic-config-max-decompressed-message-bytes-config"]);
    assert_eq!(rules(v422, v440), [""; 0]);
    assert_eq!(rules(v431, v440), [""; 0]);
}

#[test]
fn removed_internal_classes_and_packages_are_found_at_their_import() {
    let text = "import kafka.security.auth.*;\nimport kafka.server.KafkaServerStartable;\n\
                import kafka.server.*;\nimport kafka.admin.*;\nclass App {\n  KafkaServerStartable broker;\n}\n";
    let (v27, v39) = (Release::new(2, 7, 2), Release::new(3, 9, 2));
    let rule = |name: &str, line| (name.to_owned(), Some(line), Confidence::Certain);
    assert_eq!(
        in_java(v27, v39, text),
        [
            rule("removed-package-kafka-security-auth", 1),
            rule("removed-class-kafka-server-startable", 2),
            rule("removed-class-kafka-server-startable", 6)
        ]
    );
    assert_eq!(in_java(v39, v39, text), []);
}

#[test]
fn a_call_that_another_overload_accepts_is_no_finding_but_an_override_is() {
    let code = |body: &str| {
        format!(
            "import org.apache.kafka.streams.kstream.Materialized;\nclass App extends Materialized<String, String, \
             org.apache.kafka.streams.processor.StateStore> {{\n{body}\n}}\n"
        )
    };
    let (v36, v37) = (Release::new(3, 6, 2), Release::new(3, 7, 2));
    let rules = |body: &str| in_java(v36, v37, &code(body)).len();
    assert_eq!(rules("void t(Materialized.StoreType one) { withStoreType(one); }"), 0);
    let method = "public Materialized withStoreType(Materialized.StoreType one) { return this; }";
    assert_eq!(rules(&format!("@Override\n{method}")), 1);
}

#[test]
fn a_text_with_clients_of_several_sorts_is_of_no_single_component() {
    let component = |text: &str| {
        run(None, Release::new(4, 0, 2), text).files.first().and_then(|file| file.component.clone())
    };
    let consumer = "spring.kafka.consumer.group-id=a\n";
    assert_eq!(component(consumer).as_deref(), Some("consumer"));
    assert_eq!(component(&format!("{consumer}spring.kafka.producer.acks=all\n")), None);
}

#[test]
fn a_value_in_a_command_or_in_code_that_the_target_refuses_is_an_error_where_it_stands() {
    let errors = |path: &str, text: &str, to: Release| -> Vec<(String, Option<u32>)> {
        let report = run_all(Some(Release::new(3, 9, 2)), to, &[(path, text)]);
        let found = report.findings.into_iter().filter(|one| one.severity == Severity::Error);
        found.map(|one| (one.rule, one.line)).collect()
    };
    let topic =
        "kafka-topics.sh --create --topic t \\\n --config segment.bytes=16384 --config retention.ms=$KEPT\n";
    let rule = "refused-value-segment-bytes".to_owned();
    assert_eq!(errors("a.sh", topic, Release::new(4, 1, 2)), [(rule, Some(2))]);
    assert_eq!(errors("a.sh", topic, Release::new(4, 0, 2)), []);
    let code = |acks: &str| {
        format!(
            "class A {{ void a(java.util.Properties p) {{\np.put(\"acks\", {acks});\n\
                 new org.apache.kafka.clients.producer.KafkaProducer<String, String>(p); }} }}"
        )
    };
    let rule = "refused-value-acks".to_owned();
    assert_eq!(errors("A.java", &code("\"7\""), Release::new(4, 0, 2)), [(rule, Some(2))]);
    assert_eq!(errors("A.java", &code("\"1\""), Release::new(4, 0, 2)), []);
    assert_eq!(errors("A.java", &code("given"), Release::new(4, 0, 2)), []);
}

#[test]
fn requests_in_flight_in_code_may_be_too_many_where_nothing_turns_idempotence_off() {
    let code = |other: &str| {
        format!(
            "class A {{ void a(java.util.Properties p) {{\np.put(\"max.in.flight.requests.per.connection\", 6);\n\
             {other}\nnew org.apache.kafka.clients.producer.KafkaProducer<String, String>(p); }} }}"
        )
    };
    let (v39, v40) = (Release::new(3, 9, 2), Release::new(4, 0, 2));
    let found =
        ("refused-value-max-in-flight-requests-per-connection".to_owned(), Some(2), Confidence::Possible);
    assert_eq!(in_java(v39, v40, &code("p.put(\"acks\", \"all\");")), [found]);
    assert_eq!(in_java(v39, v40, &code("p.put(\"enable.idempotence\", \"false\");")), []);
    assert_eq!(in_java(v39, v40, &code("p.put(\"enable.idempotence\", given);")), []);
}
