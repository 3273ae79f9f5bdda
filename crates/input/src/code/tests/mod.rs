//! What small pieces of code use and set.

mod java;
mod kotlin;
mod scala;
mod settings;
mod texts;

use super::{Language, document};
use crate::{Document, Kind, LineIndex};

/// Everything used, as `line name`, guesses with a `?` behind the line; `org.apache.kafka.` left out.
fn uses(text: &str, language: Language) -> Vec<String> {
    let lines = LineIndex::new(text);
    let short = |name: &str| name.replace("org.apache.kafka.", "");
    let Document { usages, .. } = document(text, language, Kind::Unknown);
    let one = |usage: &crate::Usage| {
        let guess = if usage.guessed { "?" } else { "" };
        format!("{}{guess} {}", lines.line(usage.span.start), short(&usage.name))
    };
    usages.iter().map(one).collect()
}

/// The members alone.
fn members(text: &str, language: Language) -> Vec<String> {
    uses(text, language).into_iter().filter(|one| one.contains('#')).collect()
}

/// What starts a broker with ZooKeeper for a test.
fn test_brokers(path: &str, text: &str) -> Vec<String> {
    let document = crate::read(path, text, None);
    let found = document.observations.iter().filter(|one| one.what.subject() == "test-with-zookeeper");
    found.map(|one| one.span.of(text).to_owned()).collect()
}

#[test]
fn brokers_of_tests_with_zookeeper_are_found_in_each_language() {
    for (path, text, want) in [
        (
            "FlowSpec.scala",
            "import io.github.embeddedkafka._\nclass A { val c = EmbeddedKafkaConfig(kafkaPort = 1, zooKeeperPort = 2) }\n",
            "zooKeeperPort",
        ),
        (
            "FlowTest.java",
            "import static net.mguenther.kafka.junit.EmbeddedZooKeeperConfig.zooKeeper;\nclass A { Object o = zooKeeper(); }\n",
            "EmbeddedZooKeeperConfig.zooKeeper",
        ),
        (
            "a.test.ts",
            "import { KafkaContainer } from \"@testcontainers/kafka\";\nconst k = await new KafkaContainer(\"confluentinc/cp-kafka:7.2.2\").start();\n",
            "new KafkaContainer",
        ),
        (
            "Tests.cs",
            "using Testcontainers.Kafka;\nvar k = new KafkaBuilder().WithZooKeeper(\"zk:2181\").Build();\n",
            ".WithZooKeeper",
        ),
    ] {
        assert_eq!(test_brokers(path, text), [want], "{path}");
    }
    for (path, text) in [
        (
            "FlowSpec.scala",
            "import io.github.embeddedkafka._\nclass A { val c = EmbeddedKafkaConfig(kafkaPort = 1, controllerPort = 2) }\n",
        ),
        ("Own.scala", "class A { val zooKeeperPort = 2 }\n"),
        (
            "a.test.ts",
            "import { KafkaContainer } from \"@testcontainers/kafka\";\nconst k = new KafkaContainer(\"confluentinc/cp-kafka:7.6.0\").withKraft();\n",
        ),
        (
            "a.test.ts",
            "import { KafkaContainer } from \"@testcontainers/kafka\";\nconst k = new KafkaContainer(\"confluentinc/cp-kafka:8.0.0\");\n",
        ),
    ] {
        assert!(test_brokers(path, text).is_empty(), "{text}");
    }
}
