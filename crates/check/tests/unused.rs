//! What is there and makes no difference is no more than an info, or nothing.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Report, Sense};
use kafka_upgrade_session::{File, Request, check};

fn report(files: &[(&str, &str)]) -> Report {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let to = Release::new(4, 3, 1);
    check(&Request { from: "3.9.2".parse().ok(), ..Request::new(to, &files) })
}

/// How severe what a rule finds is, each time that it finds something.
fn severities(files: &[(&str, &str)], rule: &str) -> Vec<&'static str> {
    let found = report(files).findings.into_iter().filter(|one| one.rule == rule);
    found.map(|one| one.severity.name()).collect()
}

#[test]
fn clients_of_a_version_of_their_own_speak_for_what_would_bring_older_ones() {
    let dependency = |name: &str, version: &str| {
        format!(
            "<dependency><groupId>org.apache.kafka</groupId><artifactId>{name}</artifactId><version>{version}</version></dependency>"
        )
    };
    let pom = |inner: &str| format!("<project><dependencies>{inner}</dependencies></project>\n");
    let streams = dependency("kafka-streams", "0.10.0.0");
    let both = pom(&format!("{streams}{}", dependency("kafka-clients", "3.9.2")));
    let (alone, rule) = (pom(&streams), "requires-newer-client");
    assert_eq!(severities(&[("pom.xml", &alone)], rule), ["error"]);
    assert_eq!(severities(&[("pom.xml", &both)], rule), [""; 0]);
    let report = report(&[("pom.xml", &both)]);
    let rows = report
        .matrix
        .rows
        .iter()
        .filter(|row| row.sense == Sense::ClientBroker && row.version.as_deref() == Some("0.10.0.0"));
    let words: Vec<&str> = rows.flat_map(|row| &row.cells).map(|cell| cell.word.as_str()).collect();
    assert!(!words.is_empty() && words.iter().all(|word| *word == "see beside"), "{words:?}");
}

#[test]
fn monitors_and_binders_that_only_pass_the_address_of_zookeeper_on_lose_nothing() {
    let rule = "note-zookeeper-of-other-programs";
    let monitor = "# monitors\n{\n  \"m\": {\n    \"class.name\": \"com.linkedin.kmf.apps.SingleClusterMonitor\",\n    \"zookeeper.connect\": \"z:2181\",\n    \"bootstrap.servers\": \"k:9092\"\n  }\n}\n";
    let code = "package com.linkedin.xinfra.monitor;\n\nimport org.apache.kafka.clients.admin.AdminClient;\n\nclass A { AdminClient a; }\n";
    let file = ("config/m.properties", monitor);
    assert_eq!(severities(&[file], rule), ["warning"]);
    assert_eq!(severities(&[file, ("src/A.java", code)], rule), [""; 0]);
    let newer = monitor.replace(".kmf.", ".xinfra.monitor.");
    assert_eq!(severities(&[("config/m.properties", &newer)], rule), [""; 0]);
    let rest = |tag: &str| {
        format!(
            "services:\n  r:\n    image: confluentinc/cp-kafka-rest:{tag}\n    environment:\n      KAFKA_REST_ZOOKEEPER_CONNECT: z:2181\n      KAFKA_REST_BOOTSTRAP_SERVERS: k:9092\n"
        )
    };
    assert_eq!(severities(&[("compose.yml", &rest("4.0.0"))], rule), ["warning"]);
    assert_eq!(severities(&[("compose.yml", &rest("7.9.5"))], rule), [""; 0]);
}

#[test]
fn an_image_that_brings_log4j_1_goes_on_with_it() {
    let script = |more: &str| {
        format!(
            "#!/bin/sh\n{more}\nexport KAFKA_LOG4J_OPTS=-Dlog4j.configuration=file:/k/log4j.properties\nbin/kafka-server-start.sh k.properties\n"
        )
    };
    let rule = "deprecated-log4j-configuration-property";
    assert_eq!(severities(&[("a.sh", &script(""))], rule), ["warning"]);
    assert_eq!(severities(&[("a.sh", &script("cp slf4j-log4j12.jar libs"))], rule), [""; 0]);
}

#[test]
fn jobs_of_one_file_have_brokers_of_their_own() {
    let job = |name: &str, environment: &str| {
        format!(
            "  {name}:\n    docker:\n    - image: bitnami/zookeeper:3.8\n    - image: bitnami/kafka:3.9.0\n      environment: {environment}\n"
        )
    };
    let variables = "&e\n        KAFKA_CFG_BROKER_ID: 1\n        KAFKA_CFG_ZOOKEEPER_CONNECT: localhost:2181\n        ALLOW_PLAINTEXT_LISTENER: yes\n";
    let text = format!("version: 2\njobs:\n{}{}", job("a", variables), job("b", "*e"));
    let rule = "note-same-node-id";
    assert_eq!(severities(&[(".circleci/config.yml", &text)], rule), [""; 0]);
    let same = text.replace("  b:\n    docker:\n    - image: bitnami/zookeeper:3.8\n", "");
    assert_eq!(severities(&[(".circleci/config.yml", &same)], rule), ["warning"], "{same}");
}

#[test]
fn a_version_that_the_brokers_answer_may_replace_is_no_more_than_an_info() {
    let code = |more: &str| {
        format!(
            "package a\n\nimport \"github.com/IBM/sarama\"\n\nvar oldest = sarama.V2_0_0_0\n\nfunc f() {{\n{more}}}\n"
        )
    };
    let rule = "note-old-protocol-version";
    assert_eq!(severities(&[("a.go", &code(""))], rule), ["warning"]);
    let asks = code("\trequest := &sarama.ApiVersionsRequest{}\n\tb.ApiVersions(request)\n");
    assert_eq!(severities(&[("a.go", &asks)], rule), ["info"]);
}

#[test]
fn clients_beside_an_address_of_event_hubs_speak_to_no_release_of_kafka() {
    let project = "<Project><ItemGroup><PackageReference Include=\"Confluent.Kafka\" Version=\"1.0.0\" /></ItemGroup></Project>\n";
    let config =
        "bootstrap.servers=n.servicebus.windows.net:9093\nsecurity.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n";
    let rule = "requires-newer-client";
    let (build, hub) = (("a/b.csproj", project), ("a/client.properties", config));
    assert_eq!(severities(&[build], rule), ["error"]);
    assert_eq!(severities(&[build, hub], rule), ["info"]);
    assert_eq!(severities(&[build, ("c/client.properties", config)], rule), ["error"], "another program");
}

#[test]
fn an_output_of_fluentd_is_served_whatever_client_it_has() {
    let text = |block: &str, kind: &str| format!("<{block}>\n  @type {kind}\n  brokers k:9092\n</{block}>\n");
    let of = |text: &str| severities(&[("fluent.conf", text)], "note-fluentd-with-ruby-kafka");
    assert_eq!(of(&text("source", "kafka_group")), ["warning"]);
    assert_eq!(of(&text("match a.**", "kafka2")), ["info"]);
}

#[test]
fn methods_that_only_pass_on_are_for_older_workers() {
    let code = |body: &str| {
        format!(
            "import java.util.Collection;\nimport org.apache.kafka.common.TopicPartition;\nimport org.apache.kafka.connect.sink.SinkTask;\n\npublic abstract class A extends SinkTask {{\n  @Override\n  public void onPartitionsRevoked(Collection<TopicPartition> all) {{\n{body}  }}\n}}\n"
        )
    };
    let of = |body: &str| severities(&[("A.java", &code(body))], "removed-sink-task-partition-methods");
    assert_eq!(of("    close(all); // newer\n"), ["info"]);
    assert_eq!(of("    close(all);\n    mine.stop();\n"), ["error"]);
    assert_eq!(of("    flushAll(all);\n"), ["error"]);
}

#[test]
fn tests_of_what_is_old_are_about_it() {
    let code = |name: &str| {
        format!(
            "import org.apache.kafka.streams.Topology;\n\nclass ATest {{\n  @Test\n  void {name}() {{\n    f(Topology.AutoOffsetReset.LATEST);\n  }}\n}}\n"
        )
    };
    let of = |path: &str, name: &str| {
        severities(&[(path, &code(name))], "deprecated-class-topology-auto-offset-reset")
    };
    assert_eq!(of("src/test/java/ATest.java", "shouldUseLegacyReset"), ["info"]);
    assert_eq!(of("src/test/java/ATest.java", "shouldReset"), ["warning"]);
    assert_eq!(of("src/main/java/A.java", "useLegacyReset"), ["warning"]);
}

#[test]
fn a_library_of_brokers_that_no_code_uses_needs_no_newer_java() {
    let pom = "<project><properties><maven.compiler.release>11</maven.compiler.release></properties><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>3.9.0</version></dependency></dependencies></project>\n";
    let code = |import: &str| {
        format!(
            "package a;\n\nimport org.apache.kafka.clients.admin.Admin;\n{import}\nclass A {{ Admin a; }}\n"
        )
    };
    let rule = "requires-java-of-servers";
    let file = ("pom.xml", pom);
    assert_eq!(severities(&[file], rule), ["error"], "no code says anything");
    assert_eq!(severities(&[file, ("src/main/java/A.java", &code(""))], rule), ["info"]);
    let uses = code("import kafka.server.KafkaConfig;\n");
    assert_eq!(severities(&[file, ("src/main/java/A.java", &uses)], rule), ["error"]);
}

#[test]
fn brokers_that_say_kraft_are_not_those_of_other_clusters_in_zookeeper_mode() {
    let zookeeper = "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: a\nspec:\n  kafka:\n    version: 3.6.0\n  zookeeper:\n    replicas: 3\n";
    let chart = "dependencies:\n- name: kafka\n  repository: https://charts.bitnami.com/bitnami\n  version: 26.11.4\n";
    let report = report(&[("a/k.yaml", zookeeper), ("b/Chart.lock", chart)]);
    let found = report.findings.iter().filter(|one| one.rule == "requires-kraft");
    let paths: Vec<_> =
        found.map(|one| (one.path.as_deref().unwrap_or_default(), one.severity.name())).collect();
    assert_eq!(paths, [("a/k.yaml", "error")]);
}

#[test]
fn the_release_that_a_build_above_compiles_for_counts_before_a_modules_target() {
    let rule = "requires-java-of-clients";
    let module = "<project><build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration><source>1.8</source><target>1.8</target></configuration></plugin></plugins></build><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>3.9.2</version></dependency></dependencies></project>\n";
    let above = |java: &str| {
        format!(
            "<project><properties><maven.compiler.release>{java}</maven.compiler.release></properties></project>\n"
        )
    };
    let found = |path: &str, above: &str| {
        severities(&[("a/pom.xml", above), (path, module)], rule).into_iter().next()
    };
    assert_eq!(found("a/b/c/pom.xml", &above("17")), Some("info"));
    assert_eq!(found("a/b/c/pom.xml", &above("8")), Some("error"));
    assert_eq!(found("b/c/pom.xml", &above("17")), Some("error"), "another project");
}
