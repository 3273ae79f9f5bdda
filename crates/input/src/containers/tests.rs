use kafka_upgrade_catalog::Component;

use crate::{Document, Kind, read};

fn dependencies(path: &str, text: &str) -> Vec<String> {
    let document = read(path, text, None);
    assert_eq!(document.kind, Kind::Containers, "{text}");
    let dependencies = document.dependencies.iter();
    dependencies.map(|one| format!("{} {} at {}", one.artifact, one.version, one.span.of(text))).collect()
}

/// Each part as its component and its settings; of each the key as written and as it is read.
fn parts(document: &Document, text: &str) -> Vec<String> {
    let part = |part: &Document| {
        let mut told = part.component.map_or("-", Component::name).to_owned();
        if part.is_partial {
            told.push('?');
        }
        for setting in &part.settings {
            let (key, value) = (setting.key_span.of(text), setting.value_span.of(text));
            told.push_str(&format!(" {key}:{}{}={}", setting.prefix, setting.key, setting.value));
            if value != setting.value {
                told.push_str(&format!("~{value}"));
            }
        }
        told
    };
    document.parts.iter().map(part).collect()
}

fn told(text: &str) -> Vec<String> {
    let document = read("", text, None);
    assert_eq!(document.kind, Kind::Containers, "{text}");
    parts(&document, text)
}

#[test]
fn a_dockerfile_names_images_and_what_it_downloads_with_its_variables_put_in() {
    let text = "# syntax=docker/dockerfile:1
ARG VERSION=7.4.1
FROM --platform=linux/amd64 eclipse-temurin:11-jre AS base
ARG SCALA=2.13
ENV KAFKA_VERSION 3.6.1
RUN curl -O https://archive.example/kafka/$KAFKA_VERSION/kafka_${SCALA}-${KAFKA_VERSION}.tgz
FROM base AS tools
from confluentinc/cp-kafka:${VERSION}
FROM eclipse-temurin:8
COPY --from=base a b
";
    let told = dependencies("Dockerfile", text);
    let url = "https://archive.example/kafka/$KAFKA_VERSION/kafka_${SCALA}-${KAFKA_VERSION}.tgz";
    assert_eq!(
        told,
        [
            "eclipse-temurin 11-jre at eclipse-temurin:11-jre".to_owned(),
            format!("kafka 3.6.1 at {url}"),
            format!("scala 2.13 at {url}"),
            "confluentinc/cp-kafka 7.4.1 at confluentinc/cp-kafka:${VERSION}".to_owned(),
        ]
    );
}

#[test]
fn variables_of_a_dockerfile_are_settings_and_its_commands_are_read() {
    let text = "FROM apache/kafka:3.9.0
ENV KAFKA_NODE_ID=1 KAFKA_LOG_DIRS=\"/a b\" \\
    # between
    KAFKA_PROCESS_ROLES='broker'
ENV KAFKA_OPTS=\"-Dx.y=z -Xmx1G\"
RUN set -e; \\
    bin/kafka-topics.sh --zookeeper z:2181 --list
CMD [\"kafka-configs.sh\", \"--zookeeper\", \"z\"]
";
    let document = read("Dockerfile", text, None);
    let told = parts(&document, text);
    assert_eq!(
        told,
        [
            "broker? KAFKA_NODE_ID:node.id=1 KAFKA_LOG_DIRS:log.dirs=/a b KAFKA_PROCESS_ROLES:process.roles=broker"
        ]
    );
    let usages: Vec<_> = document.usages.iter().map(|one| (one.name.as_str(), one.span.of(text))).collect();
    for want in [
        ("x.y", "x.y"),
        ("kafka-topics.sh --zookeeper", "--zookeeper"),
        ("kafka-configs.sh --zookeeper", "--zookeeper"),
    ] {
        assert!(usages.contains(&want), "{want:?} of {usages:?}");
    }
}

#[test]
fn a_text_that_begins_with_from_is_no_dockerfile() {
    for text in
        ["FROM the beginning of time", "from kafka import KafkaProducer\n", "FROM orders o\nJOIN x", "ARG a"]
    {
        assert_ne!(read("", text, None).kind, Kind::Containers, "{text}");
    }
}

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
fn kubernetes_workloads_config_maps_and_lists_are_read() {
    let text = "apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: StatefulSet
    spec:
      template:
        spec:
          initContainers:
            - name: wait
              image: bitnamilegacy/kafka:3.6.0-debian-11-r0
              command: [sh, -c]
              args:
                - |
                  until kafka-topics.sh \\
                      --zookeeper z --list; do sleep 1; done
          containers:
            - name: kafka
              image: registry.example.com/dockerhub/bitnami/kafka:3.6.0-debian-11-r0
              env:
                - name: KAFKA_CFG_ZOOKEEPER_CONNECT
                  value: zk:2181
                - name: KAFKA_CFG_BROKER_ID
                  valueFrom: {fieldRef: {fieldPath: metadata.name}}
---
apiVersion: v1
kind: ConfigMap
data:
  server.properties: |
    broker.id=1
    # a comment
    zookeeper.connect=zk:2181
    listeners=PLAINTEXT://:9092,\\
      SSL://:9093
  log4j.properties: |-
    log4j.rootLogger=INFO, stdout
    log4j.appender.stdout=org.apache.log4j.ConsoleAppender
  note: |
    Nothing of that: sort
    a=b
  run.sh: |
    #!/bin/sh
    exec kafka-configs.sh --zookeeper z
";
    let document = read("", text, None);
    assert_eq!(
        parts(&document, text),
        [
            "broker? KAFKA_CFG_ZOOKEEPER_CONNECT:zookeeper.connect=zk:2181",
            "broker broker.id:broker.id=1 zookeeper.connect:zookeeper.connect=zk:2181 \
             listeners:listeners=PLAINTEXT://:9092,SSL://:9093~PLAINTEXT://:9092,\\\n      SSL://:9093",
            "- log4j.rootLogger:log4j.rootLogger=INFO, stdout \
             log4j.appender.stdout:log4j.appender.stdout=org.apache.log4j.ConsoleAppender",
        ]
    );
    let kinds: Vec<_> = document.parts.iter().map(|part| part.kind).collect();
    assert_eq!(kinds, [Kind::Containers, Kind::BrokerProperties, Kind::Log4jProperties]);
    let usages: Vec<_> = document.usages.iter().map(|one| (one.name.as_str(), one.span.of(text))).collect();
    for want in
        [("kafka-topics.sh --zookeeper", "--zookeeper"), ("kafka-configs.sh --zookeeper", "--zookeeper")]
    {
        assert!(usages.contains(&want), "{want:?} of {usages:?}");
    }
}

#[test]
fn resources_of_strimzi_say_versions_mode_and_settings() {
    let text = "apiVersion: kafka.strimzi.io/v1beta2
kind: Kafka
metadata: {name: orders}
spec:
  kafka:
    version: 3.6.1
    metadataVersion: 3.6-IV2
    config:
      inter.broker.protocol.version: \"3.6\"
    jvmOptions:
      javaSystemProperties:
        - name: a.b
          value: c
  zookeeper: {replicas: 3}
---
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaConnect
spec:
  version: 3.6.1
  config: {group.id: g, key.converter.schemas.enable: false}
  build:
    plugins:
      - artifacts: [{type: maven, group: io.debezium, artifact: debezium-core, version: 2.1.0.Final}]
---
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaConnector
metadata: {name: files}
spec:
  class: x.FileSourceConnector
  tasksMax: 2
  config: {topic: t}
---
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaMirrorMaker2
spec:
  version: 3.6.1
  connectCluster: b
  clusters:
    - {alias: a, config: {ssl.endpoint.identification.algorithm: \"\"}}
    - {alias: b, config: {config.storage.replication.factor: -1}}
  mirrors:
    - sourceConnector: {config: {topics.blacklist: x}}
---
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaMirrorMaker
spec:
  version: 3.6.1
  consumer: {config: {max.poll.records: 1}}
---
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaTopic
spec: {config: {retention.ms: 1}}
";
    let document = read("", text, None);
    assert_eq!(
        parts(&document, text),
        [
            "broker? inter.broker.protocol.version:inter.broker.protocol.version=3.6",
            "connect-distributed? group.id:group.id=g key.converter.schemas.enable:key.converter.schemas.enable=false",
            "connector-source name:name=files class:connector.class=x.FileSourceConnector tasksMax:tasks.max=2 topic:topic=t",
            "mm2-client? ssl.endpoint.identification.algorithm:ssl.endpoint.identification.algorithm=",
            "connect-distributed? config.storage.replication.factor:config.storage.replication.factor=-1",
            "mm2-source? topics.blacklist:topics.blacklist=x",
            "consumer? max.poll.records:max.poll.records=1",
            "topic retention.ms:retention.ms=1",
        ]
    );
    let observed: Vec<_> = document
        .observations
        .iter()
        .map(|one| (one.subject.as_str(), one.value.as_str(), one.span.of(text)))
        .collect();
    assert_eq!(observed, [("metadata.version", "3.6-IV2", "3.6-IV2"), ("mode", "zookeeper", "zookeeper")]);
    let versions = dependencies("", text);
    for want in [
        "kafka 3.6.1 at 3.6.1",
        "kafka connect 3.6.1 at 3.6.1",
        "kafka-mirror-maker 3.6.1 at 3.6.1",
        "mirrormaker 2 3.6.1 at 3.6.1",
        "io.debezium:debezium-core 2.1.0.Final at 2.1.0.Final",
    ] {
        assert!(versions.iter().any(|one| one == want), "{want} of {versions:#?}");
    }
}

#[test]
fn resources_of_confluent_say_images_and_overrides() {
    let text = "apiVersion: platform.confluent.io/v1beta1
kind: Kafka
spec:
  image: {application: confluentinc/cp-server:7.4.1, init: confluentinc/confluent-init-container:2.6.0}
  configOverrides:
    server:
      - log.message.format.version=3.0
    jvm: [\"-Da.b=c\"]
  dependencies:
    zookeeper: {endpoint: z}
";
    let document = read("", text, None);
    assert_eq!(parts(&document, text), ["broker? log.message.format.version:log.message.format.version=3.0"]);
    assert_eq!(dependencies("", text), ["confluentinc/cp-server 7.4.1 at confluentinc/cp-server:7.4.1"]);
    assert_eq!(document.usages.first().map(|one| one.span.of(text)), Some("a.b"));
}

#[test]
fn values_of_charts_name_images_and_settings() {
    let text = "image:
  registry: docker.io
  repository: bitnami/kafka
  tag: 3.4.0-debian-11-r2
extraEnvVars:
  - name: KAFKA_CFG_LOG_MESSAGE_FORMAT_VERSION
    value: \"3.0\"
extraConfig: |
  log.message.format.version=3.0
  zookeeper.connect={{ .Values.zookeeper }}
broker:
  overrideConfiguration:
    log.retention.hours: 1
cp-kafka:
  image: confluentinc/cp-kafka
  imageTag: 6.1.0
";
    assert_eq!(
        dependencies("values.yaml", text),
        [
            "bitnami/kafka 3.4.0-debian-11-r2 at 3.4.0-debian-11-r2",
            "confluentinc/cp-kafka 6.1.0 at confluentinc/cp-kafka"
        ]
    );
    assert_eq!(
        told(text),
        [
            "broker? KAFKA_CFG_LOG_MESSAGE_FORMAT_VERSION:log.message.format.version=3.0",
            "broker? log.message.format.version:log.message.format.version=3.0 \
             zookeeper.connect:zookeeper.connect={{ .Values.zookeeper }}",
            "broker? log.retention.hours:log.retention.hours=1",
        ]
    );
}

#[test]
fn files_of_other_programs_are_read_and_give_nothing() {
    let texts = [
        "apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{image: nginx:1, env: [{name: A, value: b}], command: [a]}]}}}\n",
        "services:\n  db:\n    image: postgres:15\n    environment: {POSTGRES_PASSWORD: x}\n",
        "services:\n  web:\n    build: .\n    environment: [\"A=b\"]\n    command: java -jar app.jar\n",
    ];
    for text in texts {
        let document = read("", text, None);
        assert_eq!(document.kind, Kind::Containers, "{text}");
        assert!(document.parts.is_empty() && document.usages.is_empty() && document.problems.is_empty());
    }
    for text in [
        "lockfileVersion: '9.0'\nsettings:\n  a: b\n",
        "groups:\n- name: kafka\n  rules:\n  - alert: X\n",
        "Configuration:\n  Loggers:\n    Root: {level: INFO}\n",
        "- hosts: all\n  tasks: []\n",
        "image is a word: here\n",
    ] {
        assert_ne!(read("", text, None).kind, Kind::Containers, "{text}");
    }
}

#[test]
fn confluents_image_listens_at_what_it_advertises_and_apaches_does_not() {
    let text = |image: &str| {
        format!(
            "services:\n  b:\n    image: {image}\n    environment:\n      KAFKA_ADVERTISED_LISTENERS: A://b:9092,B://c:1\n"
        )
    };
    let advertised = "broker KAFKA_ADVERTISED_LISTENERS:advertised.listeners=A://b:9092,B://c:1";
    assert_eq!(told(&text("apache/kafka:4.0.0")), [advertised]);
    let listeners = "KAFKA_ADVERTISED_LISTENERS:listeners=A://0.0.0.0:9092,B://0.0.0.0:1~A://b:9092,B://c:1";
    assert_eq!(told(&text("confluentinc/cp-kafka:7.4.1")), [format!("{advertised} {listeners}")]);
}

#[test]
fn what_is_put_in_later_makes_a_part_of_a_configuration() {
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
    assert_eq!(told(text), ["broker KAFKA_LOG_DIRS:log.dirs=/var/logs~${LOGS:-/var/logs}"]);
}

#[test]
fn an_image_without_a_telling_name_is_told_by_what_only_a_node_has() {
    for image in ["image: ${IMAGE}", "build: .", "image: example/streaming:1"] {
        let text = |variable: &str| {
            format!(
                "services:\n  b:\n    {image}\n    environment: {{{variable}: a, KAFKA_LOG_DIRS: /a, KAFKA_X: b}}\n"
            )
        };
        assert_eq!(
            told(&text("KAFKA_PROCESS_ROLES")),
            ["broker? KAFKA_PROCESS_ROLES:process.roles=a KAFKA_LOG_DIRS:log.dirs=/a"]
        );
        assert!(told(&text("KAFKA_BOOTSTRAP_SERVERS")).is_empty());
    }
}

#[test]
fn names_of_bitnamis_image_are_told_in_another_one_and_not_in_its_own() {
    let problems = |image: &str| {
        let text =
            format!("services:\n  a:\n    image: {image}\n    environment:\n      KAFKA_CFG_NODE_ID: 1\n");
        crate::read("", &text, None).problems.into_iter().map(|one| one.message).collect::<Vec<_>>()
    };
    for image in ["apache/kafka:4.0.0", "confluentinc/cp-kafka:7.9.0"] {
        let told = problems(image);
        assert!(
            told.len() == 1 && told[0].contains("`cfg.node.id`") && told[0].contains("`KAFKA_NODE_ID`"),
            "{told:?}"
        );
    }
    assert!(problems("bitnami/kafka:3.9").is_empty());
    assert!(problems("example/kafka:3.9").is_empty());
}

#[test]
fn a_file_of_variables_is_that_of_a_node_when_only_a_node_has_them() {
    let text =
        "# kafka\nKAFKA_ZOOKEEPER_CONNECT=\"zk:2181\"\nKAFKA_LOG_DIRS=/d\nKAFKA_LOG4J_OPTS=-Da=b\nOTHER=1\n";
    let document = crate::read("kafka.env", text, None);
    let part = document.parts.first().expect("a part");
    let told: Vec<_> = part.settings.iter().map(|one| (one.key.as_str(), one.value_span.of(text))).collect();
    assert_eq!(told, [("zookeeper.connect", "zk:2181"), ("log.dirs", "/d")]);
    assert_eq!(document.usages.first().map(|usage| usage.span.of(text)), Some("a"));
    let client = "KAFKA_BOOTSTRAP_SERVERS=a:1\nKAFKA_SSL_KEYSTORE_LOCATION=/x\n";
    assert!(crate::read(".env", client, None).parts.is_empty());
}

#[test]
fn connectors_and_log4j_of_a_config_map_are_opened() {
    let text = "apiVersion: v1\nkind: ConfigMap\ndata:\n  sink.json: |\n    {\"name\": \"x\", \"config\": {\n      \"connector.class\": \"a.B\", \"topics\": \"t\"}}\n  log4j.properties: |\n    log4j.rootLogger=INFO, k\n    log4j.appender.k=a.KafkaAppender\n";
    let document = crate::read("", text, None);
    let settings = document.parts.iter().flat_map(|part| &part.settings);
    let told: Vec<_> = settings.map(|one| one.value_span.of(text)).collect();
    assert_eq!(told, ["x", "a.B", "t", "INFO, k", "a.KafkaAppender"]);
    let classes = document.parts.iter().flat_map(|part| &part.usages).map(|usage| usage.span.of(text));
    assert_eq!(classes.collect::<Vec<_>>(), ["a.KafkaAppender"]);
}

#[test]
fn what_is_copied_into_an_image_tells_its_place_and_runs_nothing() {
    let text = "FROM apache/kafka:3.9.0\nCOPY kafka-topics.sh server.properties /opt/kafka/config/kraft/server.properties\n";
    let document = crate::read("Dockerfile", text, None);
    let told: Vec<_> = document.usages.iter().map(|usage| usage.span.of(text)).collect();
    assert_eq!(told, ["config/kraft/server.properties"]);
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
        assert_eq!(told(text), told(block), "{text}");
    }
}

#[test]
fn a_file_in_a_string_with_escapes_is_read_where_it_is_written_and_is_not_edited() {
    let body = r#""broker.id=1\nzookeeper.connect=a:1\nlog.dirs=/d\n""#;
    let yaml = format!("apiVersion: v1\nkind: ConfigMap\ndata:\n  server.properties: {body}\n");
    let json =
        format!(r#"{{"apiVersion": "v1", "kind": "ConfigMap", "data": {{"server.properties": {body}}}}}"#);
    for text in [yaml, json] {
        let document = read("", &text, None);
        let [part] = document.parts.as_slice() else { panic!("{text}: {:?}", document.parts) };
        let settings = part.settings.iter();
        let written: Vec<_> =
            settings.map(|one| (one.key_span.of(&text), one.value_span.of(&text))).collect();
        assert_eq!(written, [("broker.id", "1"), ("zookeeper.connect", "a:1"), ("log.dirs", "/d")]);
        assert!(part.component == Some(Component::BROKER) && part.editor.is_none());
    }
}
