//! Dockerfiles: images, downloads, variables and commands.

use super::{dependencies, parts};
use crate::{Kind, read};

#[test]
fn a_dockerfile_names_images_and_downloads_with_its_variables_resolved() {
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
    let url = "https://archive.example/kafka/$KAFKA_VERSION/kafka_${SCALA}-${KAFKA_VERSION}.tgz";
    assert_eq!(
        dependencies("Dockerfile", text),
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
    assert_eq!(
        parts(&document, text),
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

#[test]
fn a_copied_file_is_a_path_and_not_a_command() {
    let text = "FROM apache/kafka:3.9.0\nCOPY kafka-topics.sh server.properties /opt/kafka/config/kraft/server.properties\n";
    let document = read("Dockerfile", text, None);
    let usages: Vec<_> = document.usages.iter().map(|usage| usage.span.of(text)).collect();
    assert_eq!(usages, ["config/kraft/server.properties"]);
}

#[test]
fn files_in_here_documents_and_variables_of_applications_are_read() {
    let text = "FROM apache/kafka:3.9.1\nCOPY <<EOF /etc/kafka/server.properties\nnode.id=1\nprocess.roles=broker\nEOF\nENV A=b\n";
    let document = crate::read("Dockerfile", text, None);
    let settings = document.parts.iter().flat_map(|part| &part.settings);
    let settings: Vec<_> = settings.map(|one| (one.key.as_str(), one.value_span.of(text))).collect();
    assert_eq!(settings, [("node.id", "1"), ("process.roles", "broker")]);
    let text = "FROM eclipse-temurin:17\nENV SPRING_KAFKA_PRODUCER_PROPERTIES_LINGER_MS=7 \\\n    B=c\n";
    let document = crate::read("Dockerfile", text, None);
    let settings: Vec<_> =
        document.parts.iter().flat_map(|part| &part.settings).map(|one| one.key.as_str()).collect();
    assert_eq!(settings, ["linger.ms"]);
    let own = "FROM registry.example.org/base:1\nENV KAFKA_ZOOKEEPER_CONNECT=zk:2181\n";
    let document = crate::read("Dockerfile", own, None);
    assert_eq!(document.parts.len(), 1);
}
