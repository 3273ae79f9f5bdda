//! Configurations of applications.

use super::*;

/// `component key=value` of every setting, part by part.
fn settings(text: &str) -> Vec<String> {
    let document = crate::read("", text, None);
    assert_eq!(document.kind, Kind::ApplicationConfig, "{text}");
    let line = |part: &Document, one: &Setting| {
        format!("{} {}={}", part.component.map_or("-", Component::name), one.key, one.value)
    };
    document.parts.iter().flat_map(|part| part.settings.iter().map(move |one| line(part, one))).collect()
}

#[test]
fn names_of_spring_are_keys_of_kafka_however_they_are_written() {
    let text = "server.port=8080\nspring.kafka.bootstrap-servers=a:9092\nspring.kafka.consumer.autoOffsetReset=latest\n\
                spring.kafka.consumer.max_poll_records=5\nspring.kafka.consumer.fetch-max-wait=2s\n\
                spring.kafka.consumer.isolation-level=read-committed\nspring.kafka.producer.batch-size=16KB\n\
                spring.kafka.producer.transaction-id-prefix=t\nspring.kafka.streams.application-id=app\n\
                spring.kafka.listener.ack-mode=batch\n";
    assert_eq!(
        settings(text),
        [
            "consumer bootstrap.servers=a:9092",
            "consumer auto.offset.reset=latest",
            "consumer max.poll.records=5",
            "consumer fetch.max.wait.ms=2000",
            "consumer isolation.level=read_committed",
            "producer batch.size=16384",
            "streams application.id=app",
        ]
    );
}

#[test]
fn keys_of_kafka_below_properties_are_taken_as_they_are_in_properties_and_yaml() {
    let expected =
        ["consumer max.poll.interval.ms=60000", "producer linger.ms=5", "streams num.stream.threads=2"];
    let properties = "spring.kafka.consumer.properties.max.poll.interval.ms=60000\n\
                      spring.kafka.producer.properties[linger.ms]=5\n\
                      spring.kafka.streams.properties.num.stream.threads=2\n";
    assert_eq!(settings(properties), expected);
    let yaml = "spring:\n  application:\n    name: orders\n  kafka:\n    consumer:\n      properties:\n        \
                max.poll.interval.ms: 60000\n    producer:\n      properties:\n        \"[linger.ms]\": 5\n    \
                streams.properties:\n      num:\n        stream.threads: 2\n";
    assert_eq!(settings(yaml), expected);
}

#[test]
fn a_key_for_all_clients_is_reported_once_for_a_client_that_knows_it() {
    let text = "spring.kafka.properties.enable.idempotence=false\nspring.kafka.properties.check.crcs=true\n\
                spring.kafka.producer.acks=1\nspring.kafka.properties.nobodys.key=1\n";
    assert_eq!(
        settings(text),
        [
            "consumer check.crcs=true",
            "consumer nobodys.key=1",
            "producer enable.idempotence=false",
            "producer acks=1"
        ]
    );
}

#[test]
fn what_a_client_sets_for_itself_counts_before_what_all_get_wherever_it_stands() {
    let text = "spring.kafka.consumer.client-id=mine\nspring.kafka.client-id=all\n";
    let document = crate::read("", text, None);
    let counts: Vec<_> =
        document.parts[0].settings.iter().map(|one| (one.value.as_str(), one.effective)).collect();
    assert_eq!(counts, [("mine", true), ("all", false)]);
}

#[test]
fn channels_of_quarkus_are_clients_and_those_of_other_connectors_are_not() {
    let text = "kafka.bootstrap.servers=a:9092\nmp.messaging.incoming.orders.connector=smallrye-kafka\n\
                mp.messaging.incoming.orders.topic=o\nmp.messaging.incoming.orders.auto.offset.reset=earliest\n\
                %dev.mp.messaging.outgoing.out.acks=1\nmp.messaging.incoming.other.connector=smallrye-amqp\n\
                mp.messaging.incoming.other.client.id=x\nkafka-streams.cache.max.bytes.buffering=1\n\
                quarkus.kafka-streams.application-id=app\n";
    assert_eq!(
        settings(text),
        [
            "consumer bootstrap.servers=a:9092",
            "consumer auto.offset.reset=earliest",
            "producer acks=1",
            "streams cache.max.bytes.buffering=1",
            "streams application.id=app",
        ]
    );
}

#[test]
fn micronaut_and_cloud_stream_have_clients_by_name() {
    let text = "kafka:\n  bootstrap:\n    servers: a:9092\n  consumers:\n    default:\n      session.timeout.ms: 30000\n  \
                producers:\n    product-client:\n      retries: 5\n";
    assert_eq!(
        settings(text),
        ["consumer bootstrap.servers=a:9092", "consumer session.timeout.ms=30000", "producer retries=5"]
    );
    let text = "spring:\n  cloud:\n    stream:\n      kafka:\n        binder:\n          brokers: a\n          \
                configuration:\n            security.protocol: SSL\n        bindings:\n          in-0:\n            consumer:\n              \
                configuration:\n                max.poll.records: 1\n";
    assert_eq!(settings(text), ["consumer security.protocol=SSL", "consumer max.poll.records=1"]);
}

#[test]
fn a_property_with_a_default_has_it_and_its_key_has_its_own_place() {
    let text =
        "spring.kafka.producer.acks=${ACKS:all}\nspring.kafka.producer.properties.linger.ms=${LINGER}\n";
    assert_eq!(settings(text), ["producer acks=all", "producer linger.ms=${LINGER}"]);
    let document = crate::read("", text, None);
    let keys: Vec<&str> = document.parts[0].settings.iter().map(|one| one.key_span.of(text)).collect();
    assert_eq!(keys, ["acks", "linger.ms"]);
}

#[test]
fn an_application_without_kafka_and_another_file_with_such_words_are_not_claimed() {
    for text in [
        "server.port=8080\nspring.datasource.url=jdbc:x\n",
        "spring:\n  datasource:\n    url: kafka\n",
        "broker.id=1\nlog.dirs=/kafka\n",
        "services:\n  kafka:\n    image: apache/kafka:4.0.0\n",
        "kafka.topic=a\nkafka.enabled=true\n",
    ] {
        assert_ne!(crate::read("", text, None).kind, Kind::ApplicationConfig, "{text}");
    }
}

#[test]
fn a_framework_may_be_named_on_one_line_with_kafka() {
    let text =
        "spring.application.name: a\nspring.kafka:\n  producer:\n    properties:\n      linger.ms: 5\n";
    assert_eq!(settings(text), ["producer linger.ms=5"]);
}

#[test]
fn keys_behind_the_word_are_the_clients_in_an_application_alone() {
    let text = "kafka.group.id=a\nkafka.fetch.min.bytes=\n";
    let document = crate::read("src/main/resources/application.properties", text, None);
    assert_eq!(document.kind, crate::Kind::ApplicationConfig);
    assert!(document.parts.iter().any(|part| part.settings.iter().any(|one| one.key == "group.id")));
    assert!(crate::read("secor.properties", text, None).parts.is_empty());
}
