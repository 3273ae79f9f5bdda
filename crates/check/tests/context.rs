//! What the place of a finding says of it.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_session::{File, Request, check};

/// `rule: severity at path:line` of a release to another.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let to = Release::new(4, 3, 1);
    let request = Request { from: "3.9.2".parse().ok(), ..Request::new(to, &files) };
    let all = check(&request).findings.into_iter().filter(|one| one.severity.name() != "info");
    all.map(|one| {
        format!(
            "{}: {} at {}:{}",
            one.rule,
            one.severity.name(),
            one.path.unwrap_or_default(),
            one.line.unwrap_or_default()
        )
    })
    .collect()
}

#[test]
fn what_only_older_releases_get_is_not_missed_at_the_target() {
    let script = |test: &str| {
        format!(
            "#!/bin/sh\nif {test}; then\n  bin/kafka-storage.sh info -c config/s.properties\nelse\n  bin/zookeeper-server-start.sh /z\nfi\n"
        )
    };
    let old = |test| found(&[("start.sh", &script(test))]);
    assert_eq!(old("[[ $KAFKA_VERSION == 4.* ]]"), [""; 0]);
    let want = ["removed-zookeeper-scripts: error at start.sh:5"];
    assert_eq!(old("[[ $KAFKA_VERSION == 3.* ]]"), want, "the branch of the target");
    assert_eq!(old("[[ -n $KAFKA_VERSION ]]"), want, "no test for a release");
}

#[test]
fn a_file_that_is_one_of_several_that_are_looked_for_is_not_missed() {
    let script = |test: &str| {
        format!(
            "#!/bin/sh\nfor c in config/kraft/server.properties config/server.properties; do\n  {test}\ndone\nbin/kafka-server-start.sh $c\n"
        )
    };
    assert_eq!(found(&[("a.sh", &script("[ -f \"$c\" ] && break"))]), [""; 0]);
    let all = found(&[("a.sh", &script("echo $c"))]);
    assert_eq!(all, ["removed-config-kraft-folder: error at a.sh:2"]);
}

#[test]
fn files_for_older_releases_beside_newer_ones_are_for_them() {
    let text = "services:\n  kafka:\n    image: wurstmeister/kafka\n    environment:\n      KAFKA_ZOOKEEPER_CONNECT: zk:2181\n";
    let all =
        found(&[("d/compose.0.11.yml", text), ("d/compose.1.1.yml", text), ("d/compose.2.8.yml", text)]);
    assert!(!all.is_empty() && all.iter().all(|one| one.contains("2.8")), "{all:?}");
    let all = found(&[("d/compose-a.yml", text), ("d/compose-b.yml", text), ("d/compose-c.yml", text)]);
    assert!(all.iter().any(|one| one.contains("compose-a")), "{all:?}");
}

#[test]
fn confluents_servers_encrypt_cluster_links() {
    let text = |image: &str| {
        format!(
            "services:\n  kafka:\n    image: {image}\n    environment:\n      KAFKA_PROCESS_ROLES: broker\n      KAFKA_PASSWORD_ENCODER_SECRET: x\n"
        )
    };
    let has = |image: &str| {
        found(&[("compose.yml", &text(image))]).iter().any(|one| one.starts_with("removed-password-encoder"))
    };
    assert!(!has("confluentinc/cp-server:7.9.0"));
    assert!(has("confluentinc/cp-kafka:7.9.0"));
}

#[test]
fn values_that_no_release_takes_are_given_by_tests_on_purpose() {
    let text = "import java.util.*;\nimport org.apache.kafka.clients.producer.*;\nclass A { void f() {\n  Properties p = new Properties();\n  p.put(\"acks\", \"baz\");\n  new KafkaProducer<>(p);\n} }\n";
    let has = |path: &str| found(&[(path, text)]).iter().any(|one| one.starts_with("refused-value-acks"));
    assert!(has("src/main/java/A.java"));
    assert!(!has("src/test/java/A.java"));
}
