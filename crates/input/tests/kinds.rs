//! What small but realistic files are taken for: `kinds.txt`, made up for this test. A file begins with a line
//! `=== what it is | path | kind component`, with `-` for no component.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Kind};
use kafka_upgrade_input::read;

struct Sample {
    what: &'static str,
    path: &'static str,
    expected: &'static str,
    text: &'static str,
}

fn samples() -> impl Iterator<Item = Sample> {
    samples_of(include_str!("kinds.txt"))
}

fn samples_of(text: &'static str) -> impl Iterator<Item = Sample> {
    text.split("=== ").filter(|sample| !sample.is_empty()).map(|sample| {
        let (heading, text) = sample.split_once('\n').unwrap_or((sample, ""));
        let mut parts = heading.split(" | ");
        let mut part = || parts.next().unwrap_or_default();
        Sample { what: part(), path: part(), expected: part(), text }
    })
}

fn kind_of(document: &Document) -> String {
    format!("{} {}", document.kind.name(), document.component.map_or("-", Component::name))
}

#[test]
fn each_file_is_taken_for_what_it_is() {
    let wrong: Vec<String> = samples()
        .map(|sample| (kind_of(&read(sample.path, sample.text, None)), sample))
        .filter(|(kind, sample)| kind != sample.expected)
        .map(|(kind, sample)| format!("{}: {kind}, not {}", sample.what, sample.expected))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(samples().count() >= 40);
}

#[test]
fn what_quotes_output_is_of_the_language_that_its_name_and_form_say() {
    for sample in samples_of(include_str!("languages.txt")) {
        let kind = kind_of(&read(sample.path, sample.text, None));
        assert_eq!(kind, sample.expected, "{}", sample.what);
    }
}

#[test]
fn a_file_of_another_program_is_named_in_its_first_problem() {
    for sample in samples() {
        let document = read(sample.path, sample.text, None);
        if document.kind == Kind::NotKafka {
            let message =
                document.problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
            assert!(message.starts_with("This "), "{}: {message}", sample.what);
        }
    }
    let minecraft = read("server.properties", "motd=Hi\nlevel-name=world\n", None);
    assert_eq!(
        minecraft.problems.first().map(|problem| problem.message.as_str()),
        Some("This looks like Minecraft's server.properties, not Kafka's. Nothing in it was checked.")
    );
}

#[test]
fn a_stated_component_overrules_what_the_text_seems_to_be() {
    for sample in samples() {
        let document = read(sample.path, sample.text, Some(Component::PRODUCER));
        assert_eq!(kind_of(&document), "producer-properties producer", "{}", sample.what);
    }
}

/// Every setting as `prefix|key component`.
fn split(text: &str) -> Vec<String> {
    let document = read("x.properties", text, None);
    let owner = |component: Option<Component>| component.map_or("-", Component::name);
    let settings = document.settings.iter();
    settings
        .map(|setting| format!("{}|{} {}", setting.prefix, setting.key, owner(setting.component)))
        .collect()
}

#[test]
fn a_worker_passes_settings_on_to_clients_converters_and_topics() {
    let text = "config.storage.topic=c\ngroup.id=g\nkey.converter=org.apache.kafka.connect.json.JsonConverter\n\
                key.converter.schemas.enable=false\nvalue.converter=io.example.Avro\nvalue.converter.url=u\n\
                producer.acks=all\nconsumer.max.poll.records=1\nadmin.retries=3\n\
                config.storage.replication.factor=3\nconfig.storage.min.insync.replicas=2\n\
                listeners.https.ssl.client.auth=required\nadmin.listeners=https://:8443\n";
    assert_eq!(
        split(text),
        [
            "|config.storage.topic connect-distributed",
            "|group.id connect-distributed",
            "|key.converter connect-distributed",
            "key.converter.|schemas.enable json-converter",
            "|value.converter connect-distributed",
            "value.converter.|url -",
            "producer.|acks producer",
            "consumer.|max.poll.records consumer",
            "admin.|retries admin",
            "|config.storage.replication.factor connect-distributed",
            "config.storage.|min.insync.replicas topic",
            "listeners.https.|ssl.client.auth connect-distributed",
            "|admin.listeners connect-distributed",
        ]
    );
}

#[test]
fn a_connector_overrides_its_clients_and_configures_its_transforms() {
    let text = "connector.class=com.example.ASource\nproducer.override.linger.ms=1\nproducer.linger.ms=1\n\
                topic.creation.default.replication.factor=3\ntopic.creation.default.cleanup.policy=compact\n\
                transforms=a,b\ntransforms.a.type=com.example.Own\ntransforms.a.x=1\ntransforms.c.x=1\n";
    assert_eq!(
        split(text),
        [
            "|connector.class connector-source",
            "producer.override.|linger.ms producer",
            "|producer.linger.ms connector-source",
            "|topic.creation.default.replication.factor connector-source",
            "topic.creation.default.|cleanup.policy topic",
            "|transforms connector-source",
            "|transforms.a.type connector-source",
            "transforms.a.|x -",
            "|transforms.c.x connector-source",
        ]
    );
}

#[test]
fn mirror_maker_has_clusters_and_flows_before_its_keys() {
    let text = "clusters=eu, eu.west\neu.bootstrap.servers=a:1\neu.west.bootstrap.servers=b:1\n\
                eu.producer.acks=all\neu->eu.west.enabled=true\neu->eu.west.groups=.*\n\
                eu->eu.west.source.consumer.max.poll.records=1\neu->eu.west.producer.override.acks=1\n\
                emit.heartbeats.interval.seconds=1\ntasks.max=2\nstatus.storage.replication.factor=1\n";
    assert_eq!(
        split(text),
        [
            "|clusters mm2",
            "eu.|bootstrap.servers mm2-client",
            "eu.west.|bootstrap.servers mm2-client",
            "eu.producer.|acks producer",
            "eu->eu.west.|enabled mm2-source",
            "eu->eu.west.|groups mm2-checkpoint",
            "eu->eu.west.source.consumer.|max.poll.records consumer",
            "eu->eu.west.producer.override.|acks producer",
            "|emit.heartbeats.interval.seconds mm2-heartbeat",
            "|tasks.max mm2-source",
            "|status.storage.replication.factor connect-distributed",
        ]
    );
}

#[test]
fn a_broker_has_listeners_mechanisms_and_plugins_before_its_keys() {
    let text = "broker.id=1\nlistener.name.a.ssl.client.auth=none\n\
                listener.name.a.scram-sha-256.sasl.jaas.config=x\nlistener.name.a=x\n\
                rlmm.config.remote.log.metadata.topic.num.partitions=5\n\
                rlmm.config.remote.log.metadata.producer.acks=all\nrsm.config.chunk.size=1\n";
    assert_eq!(
        split(text),
        [
            "|broker.id broker",
            "listener.name.a.|ssl.client.auth broker",
            "listener.name.a.scram-sha-256.|sasl.jaas.config broker",
            "|listener.name.a broker",
            "rlmm.config.|remote.log.metadata.topic.num.partitions remote-log-metadata",
            "rlmm.config.remote.log.metadata.producer.|acks producer",
            "rsm.config.|chunk.size -",
        ]
    );
}

#[test]
fn streams_passes_settings_on_to_its_clients() {
    let text = "application.id=a\nauto.offset.reset=latest\nno.such.key=1\nmain.consumer.max.poll.records=1\nproducer.acks=all\ntopic.retention.ms=1\n";
    assert_eq!(
        split(text),
        [
            "|application.id streams",
            "|auto.offset.reset consumer",
            "|no.such.key streams",
            "main.consumer.|max.poll.records consumer",
            "producer.|acks producer",
            "topic.|retention.ms topic",
        ]
    );
}

#[test]
fn what_a_program_prints_of_all_its_keys_is_no_file_and_only_what_was_set_counts() {
    let text = "broker.id=1\nlog.dirs=/data\nzookeeper.connect=null\nlog.roll.ms=null\nlog.retention.ms=null\n\
                auto.create.topics.enable=false\nnum.io.threads=8\n";
    let document = read("current.conf", text, None);
    assert_eq!(document.kind, Kind::LiveOutput);
    let keys: Vec<&str> = document.settings.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["broker.id", "log.dirs", "auto.create.topics.enable"]);
    let file = read("server.properties", "broker.id=1\nlog.dirs=/data\nlog.roll.ms=null\n", None);
    assert_eq!(file.kind, Kind::BrokerProperties);
}

#[test]
fn quotes_around_nearly_all_values_are_the_language_s_and_others_are_the_value_s() {
    let value = |path: &str, text: &str| {
        let document = read(path, text, None);
        document.settings.first().map(|one| one.value.clone()).unwrap_or_default()
    };
    let quoted = "security.protocol=\"SASL_SSL\"\nbootstrap.servers=\"a:9092\"\nsasl.mechanism=\"PLAIN\"\n";
    assert_eq!(value("client.conf", quoted), "SASL_SSL");
    assert_eq!(value("client.properties", quoted), "\"SASL_SSL\"");
    let one = "security.protocol=\"SASL_SSL\"\nbootstrap.servers=a:9092\nsasl.mechanism=PLAIN\n";
    assert_eq!(value("client.conf", one), "\"SASL_SSL\"");
}

#[test]
fn messages_in_source_are_no_failures_and_recipes_of_make_are_no_yaml() {
    let source = "class UnsupportedVersion(Exception):\n    text = 'The version of API is not supported.'\n";
    assert!(read("kafka/errors.py", source, None).failures.is_empty());
    let make = "services: kafka\n\nkafka:\n\tdocker run apache/kafka:3.9.0\nimage: kafka\n";
    assert!(read("Makefile", make, None).problems.is_empty());
}

#[test]
fn logging_of_applications_and_of_zookeeper_is_not_kafka_s() {
    let kind = |path: &str, text: &str| read(path, text, None).kind;
    let client = "log4j.rootLogger=INFO, out\nlog4j.logger.org.apache.kafka=WARN\n";
    assert_eq!(kind("kafka-app/src/test/resources/log4j.properties", client), Kind::NotKafka);
    assert_eq!(kind("docker/zookeeper/log4j.properties", "log4j.rootLogger=INFO, out\n"), Kind::NotKafka);
    let server = "log4j.rootLogger=INFO, out\nlog4j.logger.kafka.controller=TRACE\n";
    assert_eq!(kind("a/src/main/resources/log4j.properties", server), Kind::Log4jProperties);
    assert_eq!(kind("config/log4j.properties", client), Kind::Log4jProperties);
}
