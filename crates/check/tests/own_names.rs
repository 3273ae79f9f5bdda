//! What plans take from the files: names, ports, places and logins of the reader's own, and what is said where a hop
//! breaks off.

#![expect(clippy::expect_used, reason = "tests")]

use kafka_upgrade_catalog::{Platform, resolve};
use kafka_upgrade_report::{Mode, Report};
use kafka_upgrade_session::{File, Request, check};

fn report(from: Option<&str>, mode: Option<Mode>, files: &[(&str, &str)], have: &[&str]) -> Report {
    let files: Vec<File<'_>> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    check(&Request {
        from: from.map(|from| resolve(from).expect("a release")),
        mode,
        have,
        ..Request::new(resolve("4.4").expect("a release"), &files)
    })
}

fn commands(report: &Report) -> String {
    report.plan.steps.iter().flat_map(|step| &step.commands).fold(String::new(), |all, one| all + one + "\n")
}

const KAFKA: &str = "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata: {name: prod, namespace: streaming}\nspec:\n  kafka:\n    version: 3.9.0\n    replicas: 3\n    listeners:\n      - {name: tls, port: 9093, type: internal, tls: true, authentication: {type: scram-sha-512}}\n  zookeeper: {replicas: 3}\n";
const OPERATOR: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: my-operator, namespace: strimzi}\nspec:\n  template:\n    spec:\n      containers: [{name: op, image: \"quay.io/strimzi/operator:0.45.0\"}]\n";

#[test]
fn tools_in_a_pod_use_the_listener_that_the_resource_has() {
    let lines = commands(&report(None, None, &[("kafka.yaml", KAFKA)], &[]));
    assert!(
        lines.contains("--bootstrap-server localhost:9093 --command-config /tmp/admin.properties"),
        "{lines}"
    );
    assert!(!lines.contains("localhost:9092"), "{lines}");
    let plain = KAFKA
        .replace("  zookeeper", "      - {name: plain, port: 9095, type: internal, tls: false}\n  zookeeper");
    let lines = commands(&report(None, None, &[("kafka.yaml", &plain)], &[]));
    assert!(lines.contains("--bootstrap-server localhost:9095 --describe"), "{lines}");
    assert!(!lines.contains("--command-config"), "{lines}");
}

#[test]
fn an_operator_is_no_cluster_and_is_upgraded_where_it_runs() {
    let found = report(None, None, &[("kafka.yaml", KAFKA), ("operator.yaml", OPERATOR)], &[]);
    assert!(found.clusters.is_empty(), "{:?}", found.clusters);
    let lines = commands(&found);
    for line in ["helm -n strimzi upgrade", "kubectl -n strimzi rollout status deployment/my-operator"] {
        assert!(lines.contains(line), "no {line} in {lines}");
    }
}

#[test]
fn a_file_is_put_where_the_unit_starts_a_node_from() {
    let broker =
        |id: u32| format!("broker.id={id}\nzookeeper.connect=z:2181\nlisteners=PLAINTEXT://b{id}:9092\n");
    let (one, two) = (broker(1), broker(2));
    let unit = "[Service]\nExecStart=/opt/kafka/bin/kafka-server-start.sh /etc/kafka/server.properties\n";
    let files = [("b1.properties", one.as_str()), ("b2.properties", &two), ("kafka.service", unit)];
    let lines = commands(&report(Some("3.9"), None, &files, &[]));
    assert!(lines.contains("# /etc/kafka/server.properties is now the draft from 3-kraft/"), "{lines}");
    assert!(
        lines.contains("sudo systemctl stop kafka") && !lines.contains("config/server.properties"),
        "{lines}"
    );
    // Two units with a file each: no one path is that of all.
    let other = unit.replace("/etc/kafka/server", "/srv/two/server");
    let lines = commands(&report(
        Some("3.9"),
        None,
        &[("a.properties", &one), ("1.service", unit), ("2.service", &other)],
        &[],
    ));
    assert!(lines.contains("config/a.properties") && !lines.contains("/srv/two"), "{lines}");
}

#[test]
fn a_chart_is_upgraded_with_its_values_and_not_with_itself() {
    let chart = "apiVersion: v2\nname: platform\nversion: 1.0.0\ndependencies:\n  - name: kafka\n    version: 26.4.2\n    repository: https://charts.bitnami.com/bitnami\n";
    let values = "kafka:\n  kraft:\n    enabled: true\n  controller:\n    replicaCount: 3\n";
    for path in ["prod-values.yaml", "values.yaml"] {
        let lines = commands(&report(Some("3.9"), None, &[("Chart.yaml", chart), (path, values)], &[]));
        assert!(lines.contains(&format!("helm upgrade RELEASE . -f {path}")), "{lines}");
    }
    let lines = commands(&report(Some("3.9"), Some(Mode::Kraft), &[("Chart.yaml", chart)], &[]));
    assert!(!lines.contains("-f Chart.yaml"), "{lines}");
}

#[test]
fn bitnamis_chart_gets_no_image_that_it_cannot_start() {
    let values = "kraft:\n  enabled: true\ncontroller:\n  replicaCount: 3\nimage:\n  repository: bitnami/kafka\n  tag: 3.9.0\n";
    let lines = commands(&report(Some("3.9"), None, &[("values.yaml", values)], &[]));
    let change = "with image.registry: $REGISTRY, image.repository: bitnami/kafka and image.tag: 4.4.0";
    assert!(lines.contains(change) && !lines.contains("apache/kafka"), "{lines}");
}

#[test]
fn a_stop_that_counts_old_requests_is_offered_where_the_path_has_none() {
    let first = |from: &str, mode: Mode| {
        let found = report(Some(from), Some(mode), &[], &["kafka"]);
        found.plan.steps.first().expect("a step").why.clone()
    };
    let offer = "The plan for that stop is the one to the target 3.9.";
    assert!(first("3.5", Mode::Kraft).contains(offer));
    assert!(!first("3.7", Mode::Kraft).contains(offer), "it counts already");
    assert!(!first("2.8", Mode::Zookeeper).contains(offer), "the path goes through 3.9");
}

#[test]
fn an_inventory_of_ansible_tells_what_its_machines_run() {
    let hosts = "all:\n  vars:\n    confluent_package_version: 7.4.1\nzookeeper:\n  hosts:\n    z1:\nkafka_broker:\n  hosts:\n    b1:\n";
    for text in [hosts, "confluent_package_version: 7.4.1\n"] {
        let found = report(None, Some(Mode::Zookeeper), &[("group_vars/all.yml", text)], &[]);
        assert_eq!(
            (found.path.from.as_deref(), found.plan.platform.as_str()),
            (Some("3.4.1"), "confluent-platform")
        );
    }
}

#[test]
fn a_cluster_of_msk_is_found_by_its_name() {
    let text = |more: &str| {
        format!(
            "resource \"aws_msk_cluster\" \"a\" {{\n  cluster_name = \"prod-events\"\n  kafka_version = \"3.6.0\"\n}}\n{more}"
        )
    };
    let lines = commands(&report(None, None, &[("main.tf", &text(""))], &[]));
    assert!(lines.contains("--cluster-name-filter prod-events --query"), "{lines}");
    let two = text("resource \"aws_msk_cluster\" \"b\" {\n  cluster_name = \"other\"\n}\n");
    assert!(
        commands(&report(None, None, &[("main.tf", &two)], &[])).contains("CLUSTER_ARN=  # of the cluster")
    );
    let evil = text("").replace("prod-events", "a;b");
    assert!(!commands(&report(None, None, &[("main.tf", &evil)], &[])).contains("a;b"));
}

#[test]
fn other_resources_of_confluents_operator_are_upgraded_by_their_names() {
    let kafka = "apiVersion: platform.confluent.io/v1beta1\nkind: Kafka\nmetadata: {name: kafka, namespace: confluent}\nspec: {replicas: 3, image: {application: confluentinc/cp-server:7.9.0}, dependencies: {kRaftController: {clusterRef: {name: kraftcontroller}}}}\n---\napiVersion: platform.confluent.io/v1beta1\nkind: Connect\nmetadata: {name: sinks, namespace: confluent}\nspec: {replicas: 1, image: {application: registry.example.com/cp-server-connect:7.9.0}}\n";
    let found = report(None, Some(Mode::Kraft), &[("cp.yaml", kafka)], &[]);
    let lines = commands(&found);
    assert!(
        lines.contains("patch connect sinks") && lines.contains("registry.example.com/cp-server-connect:8."),
        "{lines}"
    );
    assert!(!lines.contains("grep -i connect"), "{lines}");
}

#[test]
fn a_service_is_described_where_no_release_is_known() {
    for (have, words, asks) in [
        ("redpanda 23.2", "nothing here applies to it", false),
        ("confluent cloud", "no release to choose", false),
        ("azure event hubs", "no broker release", false),
        ("instaclustr", "after a ticket", true),
        ("aiven", "You choose the release", true),
    ] {
        let why = report(None, None, &[], &[have]).plan.why_not.unwrap_or_default();
        assert!(why.contains(words) && why.contains("responsible for the clients"), "{have}: {why}");
        assert_eq!(why.contains("Which release it runs is not known"), asks, "{have}: {why}");
    }
    let aiven =
        "resource \"aiven_kafka\" \"k\" {\n  kafka_user_config {\n    kafka_version = \"3.7\"\n  }\n}\n";
    for found in [
        report(None, None, &[], &["aiven kafka 3.7"]),
        report(None, None, &[], &["kafka 3.7 on aiven"]),
        report(None, None, &[("aiven.tf", aiven)], &[]),
    ] {
        assert_eq!(found.path.from.as_deref(), Some("3.7.2"));
        assert_eq!(found.plan.platform, Platform::OtherManaged.name());
        assert!(found.plan.possible);
    }
}

/// Steps that change running nodes one after the other.
const CHANGES: [&str; 7] = [
    "roll-brokers-",
    "raise-protocol-",
    "migrate-provision-",
    "migrate-switch-on",
    "migrate-brokers-to-kraft",
    "migrate-finish",
    "finalize-metadata-",
];

#[test]
fn each_step_that_changes_nodes_tells_what_to_do_where_it_breaks_off() {
    let mut seen = 0;
    for platform in
        [Platform::Host, Platform::ConfluentPlatform, Platform::Compose, Platform::Kubernetes, Platform::Helm]
    {
        for (from, mode) in [("2.8", Mode::Zookeeper), ("3.9", Mode::Kraft)] {
            let found = check(&Request {
                from: Some(resolve(from).expect("a release")),
                mode: Some(mode),
                platform: Some(platform),
                have: &["kafka"],
                ..Request::new(resolve("4.4").expect("a release"), &[])
            });
            let changes = |id: &str| CHANGES.iter().any(|one| id.starts_with(one));
            for step in found.plan.steps.iter().filter(|step| changes(&step.id)) {
                let says =
                    ["halfway", "breaks off", "does not start"].iter().any(|word| step.why.contains(word));
                assert!(says, "{platform:?} {}: {}", step.id, step.why);
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "only {seen} steps were looked at");
}
