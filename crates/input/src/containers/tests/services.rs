//! Services of Compose files: their images and variables, and files of variables.

use kafka_upgrade_catalog::{Component, Mode};

use super::{dependencies, parts, parts_of};
use crate::{Kind, Observation, read};

const COMPOSE: &str = "version: '3'
x-common: &common
  KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181
  KAFKA_LOG_RETENTION_HOURS: 1
services:
  zookeeper:
    image: zookeeper:3.8
    environment: {ZOO_MY_ID: 1}
  broker:
    image: ${REGISTRY:-docker.io}/confluentinc/cp-kafka:${TAG:-7.4.1}
    environment:
      <<: *common
      KAFKA_BROKER_ID: 1
      KAFKA_LOG_RETENTION_HOURS: \"2\"
      KAFKA_HEAP_OPTS: -Xmx1G -Da.b=c
      KAFKA_LOG4J_LOGGERS: kafka=WARN
  connect:
    image: confluentinc/cp-kafka-connect:7.4.1
    env_file: connect.env
    environment:
      - CONNECT_GROUP_ID=orders
      - CONNECT_REST_PORT=8083
      - PATH
  init:
    image: confluentinc/cp-kafka:7.4.1
    command: bash -c 'cub kafka-ready && kafka-topics --zookeeper zookeeper:2181 --list'
    environment:
      KAFKA_BROKER_ID: ignored
  app:
    image: example/orders:1
    environment:
      KAFKA_BOOTSTRAP_SERVERS: broker:9092
";

#[test]
fn each_service_of_a_compose_file_is_a_configuration_of_its_own() {
    let document = read("", COMPOSE, None);
    assert_eq!(
        parts(&document, COMPOSE),
        [
            "broker KAFKA_ZOOKEEPER_CONNECT:zookeeper.connect=zookeeper:2181 \
             KAFKA_LOG_RETENTION_HOURS:log.retention.hours=1 KAFKA_BROKER_ID:broker.id=1 \
             KAFKA_LOG_RETENTION_HOURS:log.retention.hours=2",
            "connect-distributed? CONNECT_GROUP_ID:group.id=orders CONNECT_REST_PORT:rest.port=8083",
        ]
    );
    let broker = document.parts.first().expect("a broker");
    let counts: Vec<_> = broker.settings.iter().map(|one| one.effective).collect();
    assert_eq!(counts, [true, false, true, true]);
    let images = dependencies("", COMPOSE);
    assert_eq!(
        images.get(1).map(String::as_str),
        Some("confluentinc/cp-kafka 7.4.1 at ${REGISTRY:-docker.io}/confluentinc/cp-kafka:${TAG:-7.4.1}")
    );
    let usages: Vec<_> =
        document.usages.iter().map(|one| (one.name.as_str(), one.span.of(COMPOSE))).collect();
    assert_eq!(
        usages,
        [
            ("-Xmx1G", "-Xmx1G"),
            ("a.b", "a.b"),
            ("kafka", "kafka"),
            ("kafka-topics.sh", "kafka-topics"),
            ("kafka-topics.sh --zookeeper", "--zookeeper"),
            ("kafka-topics.sh --list", "--list")
        ]
    );
    assert!(document.problems.is_empty(), "{:?}", document.problems);
}

#[test]
fn confluents_image_listens_at_what_it_advertises_and_apaches_does_not() {
    let text = |image: &str| {
        format!(
            "services:\n  b:\n    image: {image}\n    environment:\n      KAFKA_ADVERTISED_LISTENERS: A://b:9092,B://c:1\n"
        )
    };
    let advertised = "broker KAFKA_ADVERTISED_LISTENERS:advertised.listeners=A://b:9092,B://c:1";
    assert_eq!(parts_of(&text("apache/kafka:4.0.0")), [advertised]);
    let listeners = "KAFKA_ADVERTISED_LISTENERS:listeners=A://0.0.0.0:9092,B://0.0.0.0:1~A://b:9092,B://c:1";
    assert_eq!(parts_of(&text("confluentinc/cp-kafka:7.4.1")), [format!("{advertised} {listeners}")]);
}

#[test]
fn kafkas_own_image_is_in_kraft_mode_where_nothing_names_zookeeper() {
    let modes = |variable: &str| {
        let text =
            format!("services:\n  b:\n    image: apache/kafka:3.9.0\n    environment:\n      {variable}\n");
        let observed = read("compose.yml", &text, None).observations;
        observed.iter().filter(|one| matches!(one.what, Observation::Mode(_))).count()
    };
    assert_eq!(modes("KAFKA_NODE_ID: 1"), 1);
    assert_eq!(modes("KAFKA_ZOOKEEPER_CONNECT: zk:2181"), 0);
}

#[test]
fn a_placeholder_makes_a_configuration_partial() {
    for value in
        ["${LOGS}", "$(POD)", "$LOGS", "{{ .Values.logs }}", "a/{{ .Values.logs }}", "a/{{ .Values.logs }}/b"]
    {
        let text = format!(
            "services:\n  b:\n    image: apache/kafka\n    environment:\n      KAFKA_LOG_DIRS: {value}\n"
        );
        let document = read("", &text, None);
        let part = document.parts.first().expect("a part");
        assert!(part.is_partial, "{text}");
        assert_eq!(part.settings.first().map(|one| one.value.as_str()), Some(value));
    }
    let text = "services:\n  b:\n    image: apache/kafka\n    environment:\n      KAFKA_LOG_DIRS: ${LOGS:-/var/logs}\n";
    assert_eq!(parts_of(text), ["broker KAFKA_LOG_DIRS:log.dirs=/var/logs~${LOGS:-/var/logs}"]);
}

#[test]
fn an_unknown_image_is_a_node_when_it_has_a_variable_that_only_a_node_has() {
    for image in ["image: ${IMAGE}", "build: .", "image: example/streaming:1"] {
        let text = |variable: &str| {
            format!(
                "services:\n  b:\n    {image}\n    environment: {{{variable}: a, KAFKA_LOG_DIRS: /a, KAFKA_X: b}}\n"
            )
        };
        assert_eq!(
            parts_of(&text("KAFKA_PROCESS_ROLES")),
            ["broker? KAFKA_PROCESS_ROLES:process.roles=a KAFKA_LOG_DIRS:log.dirs=/a"]
        );
        assert!(parts_of(&text("KAFKA_BOOTSTRAP_SERVERS")).is_empty());
    }
}

#[test]
fn variables_of_bitnamis_image_are_a_problem_in_another_image_and_not_in_its_own() {
    let problems = |image: &str| {
        let text =
            format!("services:\n  a:\n    image: {image}\n    environment:\n      KAFKA_CFG_NODE_ID: 1\n");
        read("", &text, None).problems.into_iter().map(|one| one.message).collect::<Vec<_>>()
    };
    for image in ["apache/kafka:4.0.0", "confluentinc/cp-kafka:7.9.0"] {
        let problems = problems(image);
        assert!(
            problems.len() == 1
                && problems[0].contains("`cfg.node.id`")
                && problems[0].contains("`KAFKA_NODE_ID`"),
            "{problems:?}"
        );
    }
    assert!(problems("bitnami/kafka:3.9").is_empty());
    assert!(problems("example/kafka:3.9").is_empty());
}

#[test]
fn a_file_of_variables_is_that_of_a_node_when_only_a_node_has_them() {
    let text =
        "# kafka\nKAFKA_ZOOKEEPER_CONNECT=\"zk:2181\"\nKAFKA_LOG_DIRS=/d\nKAFKA_LOG4J_OPTS=-Da=b\nOTHER=1\n";
    let document = read("kafka.env", text, None);
    let part = document.parts.first().expect("a part");
    let settings: Vec<_> =
        part.settings.iter().map(|one| (one.key.as_str(), one.value_span.of(text))).collect();
    assert_eq!(settings, [("zookeeper.connect", "zk:2181"), ("log.dirs", "/d")]);
    assert_eq!(document.usages.first().map(|usage| usage.span.of(text)), Some("a"));
    let client = "KAFKA_BOOTSTRAP_SERVERS=a:1\nKAFKA_SSL_KEYSTORE_LOCATION=/x\n";
    assert!(read(".env", client, None).parts.is_empty());
}

#[test]
fn flow_style_is_read_as_its_block_style() {
    let block = "services:\n  a:\n    image: apache/kafka:3.0.0\n    environment:\n      KAFKA_NODE_ID: 1\n      KAFKA_LOG_DIRS: /d\n";
    let flow =
        "services: {a: {image: 'apache/kafka:3.0.0', environment: {KAFKA_NODE_ID: 1, KAFKA_LOG_DIRS: /d}}}\n";
    let whole =
        "{services: {a: {image: apache/kafka:3.0.0, environment: {KAFKA_NODE_ID: 1, KAFKA_LOG_DIRS: /d}}}}";
    let json = r#"{"services": {"a": {"image": "apache/kafka:3.0.0", "environment": {"KAFKA_NODE_ID": 1, "KAFKA_LOG_DIRS": "/d"}}}}"#;
    for text in [flow, whole, json] {
        assert_eq!(parts_of(text), parts_of(block), "{text}");
    }
}

#[test]
fn commands_of_playbooks_tasks_and_runners_are_read() {
    for text in [
        "- name: list\n  shell: /opt/kafka/bin/kafka-topics.sh --zookeeper {{ zk }} --list\n",
        "- ansible.builtin.command:\n    cmd: kafka-topics.sh --zookeeper zk:2181 --list\n",
        "tasks:\n  list:\n    cmds:\n      - kafka-topics.sh --zookeeper zk:2181 --list\n",
        "test:\n  before_script:\n    - bin/kafka-topics.sh --zookeeper zk:2181 --list\n",
        "language: java\nbefore_install:\n  - bin/kafka-topics.sh --zookeeper zk:2181 --list\n",
        "steps:\n  - name: a\n    commands:\n      - bin/kafka-topics.sh --zookeeper zk:2181 --list\n",
        "- name: list\n  shell: >\n    {{ kafka }}/bin/kafka-topics.sh\n    --zookeeper {{ zk }}\n    --list\n",
        "- name: list\n  shell: |\n    cd /opt/kafka\n    bin/kafka-topics.sh --zookeeper {{ zk }} \\\n      --list\n",
    ] {
        let document = crate::read("main.yml", text, None);
        let used: Vec<_> = document.usages.iter().map(|one| one.span.of(text)).collect();
        assert_eq!(used, ["kafka-topics.sh", "--zookeeper", "--list"], "{text}");
    }
    // A sentence about a tool runs none.
    for text in ["- name: kafka-topics.sh lists topics\n  debug: {msg: a}\n", "about: see kafka-topics.sh\n"]
    {
        assert!(crate::read("main.yml", text, None).usages.is_empty(), "{text}");
    }
}

#[test]
fn files_that_a_machine_gets_are_read_by_their_paths() {
    let text = "#cloud-config\nwrite_files:\n  - path: /etc/kafka/server.properties\n    content: |\n      broker.id=1\n      zookeeper.connect=zk:2181\n";
    assert_eq!(parts_of(text), ["broker broker.id:broker.id=1 zookeeper.connect:zookeeper.connect=zk:2181"]);
    let other = "#cloud-config\nwrite_files:\n  - path: /etc/app/app.properties\n    content: |\n      a=1\n";
    assert!(crate::read("u.yaml", other, None).parts.is_empty());
}

#[test]
fn task_definitions_charts_and_topics_of_other_tools_are_read() {
    let task = r#"{"containerDefinitions": [{"name": "k", "image": "confluentinc/cp-kafka:7.5.0",
      "environment": [{"name": "KAFKA_ZOOKEEPER_CONNECT", "value": "zk:2181"}]}]}"#;
    assert_eq!(parts_of(task), ["broker KAFKA_ZOOKEEPER_CONNECT:zookeeper.connect=zk:2181"]);
    let keys = |text: &str| -> Vec<String> {
        let document = crate::read("values.yaml", text, None);
        let parts = document.parts.iter();
        let of = |part: &crate::Document| {
            let keys: Vec<_> = part.settings.iter().map(|one| one.key.as_str()).collect();
            format!("{} {}", part.component.map_or("-", Component::name), keys.join(" "))
        };
        parts.map(of).collect()
    };
    let values = "env:\n  SPRING_KAFKA_BOOTSTRAP_SERVERS: k:9092\n  SPRING_KAFKA_PRODUCER_PROPERTIES_LINGER_MS: \"5\"\n";
    assert_eq!(keys(values), ["producer linger.ms"]);
    let topics = "topics:\n  - name: bills\n    config:\n      replication.factor: \"3\"\n      num.partitions: \"3\"\n      retention.ms: \"1\"\n";
    assert_eq!(keys(topics), ["topic retention.ms"]);
    let broker =
        "kafka_config:\n  num.partitions: 3\n  log.retention.hours: 1\n  auto.create.topics.enable: false\n";
    assert_eq!(keys(broker), ["broker num.partitions log.retention.hours auto.create.topics.enable"]);
}

#[test]
fn values_with_a_chart_s_switches_and_no_image_say_the_mode() {
    for (text, mode) in [
        (
            "zookeeper:\n  enabled: true\nkraft:\n  enabled: false\nimage:\n  repository: bitnami/kafka\n",
            Mode::Zookeeper,
        ),
        (
            "kraft:\n  enabled: false\nbroker:\n  replicaCount: 3\nzookeeper:\n  enabled: true\n",
            Mode::Zookeeper,
        ),
        ("externalZookeeper:\n  servers: [z1]\nkraft:\n  enabled: false\n", Mode::Zookeeper),
    ] {
        let document = crate::read("values.yaml", text, None);
        let modes = document.observations.iter().filter(|one| one.what == Observation::Mode(mode));
        assert_eq!((document.kind, modes.count()), (Kind::Containers, 1), "{text}");
    }
    // A value of a playbook is no map of a chart.
    assert_ne!(crate::read("all.yml", "kraft: true\nother: 1\n", None).kind, Kind::Containers);
}

/// The versions of clusters that a text names, and the modes.
fn clusters(path: &str, text: &str) -> Vec<String> {
    let document = crate::read(path, text, None);
    let versions = document.dependencies.iter().map(|one| format!("{} {}", one.artifact, one.version));
    let modes = document.observations.iter().filter(|one| one.what.subject() == "mode");
    versions.chain(modes.map(|one| one.what.value())).collect()
}

#[test]
fn clusters_of_amazon_are_found_by_their_versions_wherever_they_are_written() {
    for (path, text) in [
        (
            "main.tf",
            "variable \"v\" {\n  default = \"2.8.1\"\n}\nresource \"aws_msk_cluster\" \"m\" {\n  kafka_version = var.v\n}\n",
        ),
        (
            "main.tf",
            "locals {\n  kafka_version = \"2.8.1\"\n}\nmodule \"msk\" {\n  kafka_version = local.kafka_version\n}\n",
        ),
        (
            "Pulumi.yaml",
            "resources:\n  c:\n    type: aws:msk:Cluster\n    properties:\n      kafkaVersion: 2.8.1\n",
        ),
        (
            "c.yaml",
            "apiVersion: kafka.aws.upbound.io/v1beta1\nkind: Cluster\nspec:\n  forProvider:\n    kafkaVersion: 2.8.1\n",
        ),
    ] {
        assert_eq!(clusters(path, text), ["amazon msk 2.8.1", "zookeeper"], "{text}");
    }
    let other = "variable \"v\" {\n  default = \"2.8.1\"\n}\nresource \"aws_mq_broker\" \"m\" {\n  kafka_version = var.v\n}\n";
    assert!(clusters("main.tf", other).is_empty());
}

#[test]
fn a_tag_of_strimzi_alone_and_the_image_of_a_cluster_of_koperator_say_kafka_s_version() {
    let versions = |text: &str| {
        let document = crate::read("x.yaml", text, None);
        let found = document.dependencies.iter();
        let found = found.map(|one| format!("{} {} {}", one.artifact, one.version, one.span.of(text)));
        found.collect::<Vec<_>>()
    };
    let tag = "0.49.0-kafka-4.1.0";
    assert_eq!(
        versions("rw:\n  enabled: true\n  image:\n    tag: 0.49.0-kafka-4.1.0\n"),
        [format!("strimzi/operator 0.49.0 {tag}"), format!("strimzi/kafka 4.1.0 {tag}")]
    );
    assert!(versions("rw:\n  image:\n    tag: my-kafka-4.1.0\n").is_empty());
    let koperator = "apiVersion: kafka.banzaicloud.io/v1beta1\nkind: KafkaCluster\nspec:\n  clusterImage: \"ghcr.io/adobe/koperator/kafka:2.13-3.9.1\"\n";
    assert_eq!(versions(koperator), ["kafka 3.9.1 3.9.1"]);
}

#[test]
fn a_binder_with_a_zookeeper_asks_it() {
    let asks = |text: &str| {
        let document = crate::read("values.yml", text, None);
        document.observations.iter().map(|one| one.span.of(text).to_owned()).collect::<Vec<_>>()
    };
    let with = "scdf:\n  binder:\n    kafka:\n      broker:\n        host: k\n      zk:\n        host: zoo\n        port: 2181\n";
    assert_eq!(asks(with), ["zoo"]);
    assert!(asks(&with.replace("host: zoo", "host: ''")).is_empty());
}

#[test]
fn a_command_that_is_a_key_and_a_file_that_is_given_to_a_command_are_read() {
    let goss = "command:\n  /opt/kafka/bin/kafka-topics.sh --zookeeper z:2181 --list:\n    exit-status: 0\n    stdout:\n    - \"a\"\n";
    let document = crate::read("test_topics.yml", goss, None);
    let used: Vec<_> = document.usages.iter().map(|one| one.name.as_str()).collect();
    assert!(used.contains(&"kafka-topics.sh --zookeeper"), "{used:?}");
    let tee = "- command: tee worker.properties\n  stdin: |\n    bootstrap.servers=k:9092\n    key.converter=a.B\n    value.converter=a.B\n    internal.key.converter=a.B\n    offset.storage.file.filename=x\n- command: connect-standalone worker.properties c.properties\n";
    let document = crate::read("tests.yml", tee, None);
    let keys = document.parts.iter().flat_map(|part| &part.settings).map(|one| one.key_span.of(tee));
    assert!(keys.clone().any(|key| key == "internal.key.converter"), "{:?}", keys.collect::<Vec<_>>());
}

#[test]
fn lines_of_properties_below_any_key_are_read() {
    let text = "name: a\ndriverClass: x.Y\ntopicConfig: |\n  min.insync.replicas=2\nproducerConfig: |\n  acks=all\n  linger.ms=1\n";
    let document = crate::read("driver.yaml", text, None);
    assert_eq!(
        parts(&document, text),
        ["topic? min.insync.replicas:min.insync.replicas=2", "producer? acks:acks=all linger.ms:linger.ms=1",]
    );
    let other = "about: |\n  retention=2\n  a.b=c\n";
    assert_eq!(crate::read("a.yaml", other, None).kind, crate::Kind::Unknown);
}

#[test]
fn a_role_names_the_kafka_that_it_installs_by_two_versions() {
    let found = |text: &str| {
        let document = crate::read("defaults/main.yml", text, None);
        document.dependencies.iter().map(|one| one.version.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("---\nkafka_version: 3.8.0\nkafka_scala_version: 2.13\nkafka_port: 9092\n"), ["3.8.0"]);
    assert!(found("---\nkafka_version: \"{{ v }}\"\nkafka_scala_version: 2.13\n").is_empty());
    assert!(found("---\nkafka_version: 1.0.0\nkafka_port: 9092\n").is_empty(), "a client may target it");
}

#[test]
fn values_of_a_chart_may_be_a_template() {
    let text = "db: {{ a|default('x=y') }}\nKAFKA_BROKER_ID: {{ id|default('1')}}\nKAFKA_ZOOKEEPER_CONNECT: \"{{ zk }}:2181\"\n";
    let document = crate::read("charts/registry/values.j2", text, None);
    assert_eq!(document.kind, crate::Kind::Containers);
}
