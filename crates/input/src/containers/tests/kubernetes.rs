//! Kubernetes' resources, those of operators, values of charts, and the files within them.

use kafka_upgrade_catalog::Component;

use super::{dependencies, parts, parts_of};
use crate::{Kind, read};

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
fn resources_of_strimzi_have_versions_mode_and_settings() {
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
        .map(|one| (one.what.subject(), one.what.value(), one.span.of(text)))
        .collect();
    let level = ("metadata.version", "3.6-IV2".to_owned(), "3.6-IV2");
    assert_eq!(observed, [level, ("mode", "zookeeper".to_owned(), "zookeeper")]);
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
fn resources_of_confluent_have_images_and_overrides() {
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
        parts_of(text),
        [
            "broker? KAFKA_CFG_LOG_MESSAGE_FORMAT_VERSION:log.message.format.version=3.0",
            "broker? log.message.format.version:log.message.format.version=3.0 \
             zookeeper.connect:zookeeper.connect={{ .Values.zookeeper }}",
            "broker? log.retention.hours:log.retention.hours=1",
        ]
    );
}

#[test]
fn connectors_and_log4j_of_a_config_map_are_opened() {
    let text = "apiVersion: v1\nkind: ConfigMap\ndata:\n  sink.json: |\n    {\"name\": \"x\", \"config\": {\n      \"connector.class\": \"a.B\", \"topics\": \"t\"}}\n  log4j.properties: |\n    log4j.rootLogger=INFO, k\n    log4j.appender.k=a.KafkaAppender\n";
    let document = read("", text, None);
    let settings = document.parts.iter().flat_map(|part| &part.settings);
    let values: Vec<_> = settings.map(|one| one.value_span.of(text)).collect();
    assert_eq!(values, ["x", "a.B", "t", "INFO, k", "a.KafkaAppender"]);
    let classes = document.parts.iter().flat_map(|part| &part.usages).map(|usage| usage.span.of(text));
    assert_eq!(classes.collect::<Vec<_>>(), ["a.KafkaAppender"]);
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

#[test]
fn the_mode_of_confluents_resources_is_that_of_what_kafka_depends_on() {
    let resource = |kind: &str, spec: &str| {
        format!(
            "apiVersion: platform.confluent.io/v1beta1\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{replicas: 3{spec}}}\n---\n"
        )
    };
    let modes = |text: String| -> Vec<String> {
        let document = crate::read("k.yaml", &text, None);
        let modes = document.observations.iter().filter(|one| one.what.subject() == "mode");
        modes.map(|one| one.what.value()).collect()
    };
    assert_eq!(modes(resource("Zookeeper", "") + &resource("Kafka", "")), ["zookeeper"]);
    assert_eq!(modes(resource("KRaftController", "") + &resource("Kafka", "")), ["kraft"]);
    let migrating = resource("Zookeeper", "")
        + &resource("KRaftController", "")
        + &resource(
            "Kafka",
            ", dependencies: {zookeeper: {endpoint: z}, kRaftController: {clusterRef: {name: a}}}",
        );
    assert_eq!(modes(migrating), ["zookeeper"]);
    assert_eq!(
        modes(resource("Kafka", ", dependencies: {kRaftController: {clusterRef: {name: a}}}")),
        ["kraft"]
    );
}

#[test]
fn operators_of_other_programs_and_workers_are_read() {
    let versions = |text: &str| -> Vec<String> {
        let document = crate::read("k.yaml", text, None);
        let all = document.observations.iter().filter(|one| one.what.subject() == "protocol-version");
        all.map(|one| one.what.value()).collect()
    };
    let collector = "apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: {name: o}\nspec:\n  config:\n    exporters:\n      kafka: {protocol_version: 0.10.2}\n";
    assert_eq!(versions(collector), ["OpenTelemetry Collector (protocol_version) 0.10.2"]);
    let beat = "apiVersion: beat.k8s.elastic.co/v1beta1\nkind: Beat\nmetadata: {name: f}\nspec:\n  type: filebeat\n  config:\n    output.kafka: {hosts: [k], version: 0.10.2.1}\n";
    assert_eq!(versions(beat), ["Beats (Sarama) 0.10.2.1"]);
    let worker = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  CONNECT_CONFIG_STORAGE_TOPIC: c\n  CONNECT_CONSUMER_MAX_POLL_RECORDS: '5'\n  CONNECT_CONSUMER_ANYTHING: x\n";
    let document = crate::read("c.yaml", worker, None);
    let keys: Vec<_> =
        document.parts.iter().flat_map(|part| &part.settings).map(|one| one.key_span.of(worker)).collect();
    assert_eq!(keys, ["CONNECT_CONFIG_STORAGE_TOPIC", "CONNECT_CONSUMER_MAX_POLL_RECORDS"]);
}

#[test]
fn images_that_are_named_after_kafka_take_part() {
    let clients = |image: &str, env: &str| {
        let text = format!("services:\n  a:\n    image: {image}\n    environment: {{{env}}}\n");
        let document = crate::read("c.yaml", &text, None);
        document.observations.iter().filter(|one| one.what.subject() == "client").count()
    };
    assert_eq!(clients("registry.example.org/team/kafka-relay:3", "A: b"), 1);
    assert_eq!(clients("registry.example.org/team/kafka:3", "A: b"), 0);
    assert_eq!(clients("registry.example.org/team/kafka-own:3", "KAFKA_PROCESS_ROLES: broker"), 0);
    assert_eq!(clients("postgres:16", "A: b"), 0);
    // The address of a broker, or what a program works with Kafka by.
    assert_eq!(clients("registry.example.org/team/ingest:3", "SOURCE: 'kafka-0.kafka:9092'"), 1);
    assert_eq!(
        clients("apache/druid:30.0.0", "druid_extensions_loadList: '[\"druid-kafka-indexing-service\"]'"),
        1
    );
    assert_eq!(clients("postgres:16", "POSTGRES_DB: kafka_audit"), 0);
    let own = "KAFKA_PROCESS_ROLES: broker, KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://kafka:9092'";
    assert_eq!(clients("registry.example.org/team/queue:3", own), 0);
}

#[test]
fn values_of_a_chart_with_the_address_of_brokers_are_those_of_a_program_that_takes_part() {
    let clients = |values: &str| {
        let text = format!("image:\n  repository: example/ingest\n  tag: 0.6.0\n{values}");
        let document = crate::read("values.yaml", &text, None);
        document.observations.iter().filter(|one| one.what.subject() == "client").count()
    };
    assert_eq!(clients("kafka:\n  brokers: k1:9092\n"), 1);
    assert_eq!(clients("kafkaBootstrapServers: k1:9092\n"), 1);
    assert_eq!(clients("kafka:\n  enabled: false\n"), 0);
    assert_eq!(clients("redis:\n  host: r1\n"), 0);
}

#[test]
fn charts_with_a_zookeeper_elsewhere_or_in_a_chart_of_its_own_run_on_it() {
    let modes = |text: &str| -> Vec<String> {
        let document = crate::read("values.yaml", text, None);
        document
            .observations
            .iter()
            .filter(|one| one.what.subject() == "mode")
            .map(|one| one.what.value())
            .collect()
    };
    assert_eq!(modes("cp-zookeeper:\n  enabled: true\ncp-kafka:\n  enabled: true\n"), ["zookeeper"]);
    let elsewhere =
        "externalZookeeper:\n  servers: [zk1]\nkraft: {enabled: false}\nzookeeper: {enabled: false}\n";
    assert_eq!(modes(elsewhere), ["zookeeper"]);
    assert!(modes(&elsewhere.replace("enabled: false", "enabled: true").replace("[zk1]", "[]")).is_empty());
}

#[test]
fn commands_behind_lines_of_a_template_are_where_they_stand() {
    let text = "apiVersion: v1
kind: ConfigMap
data:
  run.sh: |
    #!/bin/bash
    echo \"{{ .Values.image }}\"
  {{- range $n, $topic := .Values.topics }}
    {{- if $topic.partitions }}
    kafka-topics --zookeeper {{ $zk }} --create --topic {{ $topic.name }}
        {{ if $topic.x }}
    kafka-configs --zookeeper {{ $zk }} --describe
        {{- end }}
    {{- end }}
  {{- end }}
";
    let document = read("templates/config.yaml", text, None);
    let options = document.usages.iter().filter(|one| one.name.ends_with("--zookeeper"));
    let places: Vec<_> = options.map(|one| one.span).collect();
    assert_eq!(places.len(), 2, "{:?}", document.usages);
    assert!(places.iter().all(|span| span.of(text) == "--zookeeper"), "{places:?}");
}

#[test]
fn a_line_that_a_task_puts_into_a_file_of_kafkas_is_a_setting() {
    let text = "- hosts: all
  tasks:
    - lineinfile:
        path: /etc/kafka/server.properties
        line: log.message.format.version=2.8
    - lineinfile:
        path: /etc/hosts
        line: 10.0.0.1 kafka.example.org
    - lineinfile:
        dest: /etc/other.properties
        line: name=value
";
    let document = read("play.yml", text, None);
    assert_eq!(parts(&document, text), ["broker? log.message.format.version:log.message.format.version=2.8"]);
}

#[test]
fn variables_that_a_chart_passes_on_as_a_text_are_variables() {
    let text = "image: shop
env: |
  - name: SPRING_KAFKA_CONSUMER_PROPERTIES_PARTITION_ASSIGNMENT_STRATEGY
    value: org.apache.kafka.clients.consumer.RangeAssignor
  - name: SPRING_KAFKA_PRODUCER_ACKS
    value: \"all\"
  - name: SERVER_PORT
    value: \"8080\"
";
    let document = read("chart/values.yaml", text, None);
    let all: Vec<_> = document.parts.iter().flat_map(|part| &part.settings).collect();
    assert!(all.iter().any(|one| one.key == "acks" && one.value_span.of(text) == "all"), "{all:?}");
}

#[test]
fn a_guarantee_of_storms_makes_no_map_one_of_streams() {
    let text = "bootstrap.servers: \"k:9092\"\nprocessing.guarantee: \"AT_LEAST_ONCE\"\nkafka.topic: a\n";
    assert!(read("conf.yml", text, None).parts.is_empty());
    let text = "application.id: a\nbootstrap.servers: \"k:9092\"\nprocessing.guarantee: exactly_once\n";
    assert_eq!(read("conf.yml", text, None).parts.len(), 1);
}

#[test]
fn koperators_resource_shows_its_mode() {
    let modes = |spec: &str| {
        let text = format!("apiVersion: kafka.banzaicloud.io/v1beta1\nkind: KafkaCluster\nspec:\n{spec}");
        let document = crate::read("cluster.yaml", &text, None);
        let modes = document.observations.iter().filter(|one| one.what.subject() == "mode");
        modes.map(|one| one.what.value()).collect::<Vec<_>>()
    };
    assert_eq!(modes("  zkAddresses: [\"zk:2181\"]\n"), ["zookeeper"]);
    assert_eq!(modes("  kRaft: true\n"), ["kraft"]);
    assert_eq!(modes("  zkAddresses: []\n"), Vec::<String>::new());
}

#[test]
fn what_docker_prints_of_a_container_has_its_variables() {
    let text = r#"[{"Id": "0f", "Config": {"Image": "confluentinc/cp-kafka:7.5.0", "Env": ["KAFKA_ZOOKEEPER_CONNECT=zk:2181", "PATH=/bin"]}}]"#;
    let document = crate::read("inspect.json", text, None);
    let settings = document.parts.iter().flat_map(|part| &part.settings);
    let settings: Vec<_> = settings.map(|one| (one.key.as_str(), one.span.of(text))).collect();
    assert_eq!(settings, [("zookeeper.connect", "KAFKA_ZOOKEEPER_CONNECT=zk:2181")]);
    assert_eq!(document.dependencies.first().map(|one| one.version.as_str()), Some("7.5.0"));
}

#[test]
fn a_connector_as_a_resource_of_any_operator_is_no_application() {
    let config = "spec:\n  connectCluster: c\n  config:\n    connector.class: a.b.FileSourceConnector\n    tasks.max: 1\n    topic: t\n";
    let document = read("c.yml", &format!("apiVersion: v1\nkind: Connector\n{config}"), None);
    assert_eq!(document.kind, Kind::Containers);
    assert_eq!(document.parts.len(), 1);
    assert_eq!(read("c.yml", config, None).kind, Kind::ApplicationConfig);
}
