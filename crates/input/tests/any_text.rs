//! Reading never fails: texts put together at random from what steers the readers, always the same ones.

use kafka_upgrade_document::Encoding;
use kafka_upgrade_document::{Span, Units};
use kafka_upgrade_input::listing::ListedFile;
use kafka_upgrade_input::{read, read_as, settle};
use kafka_upgrade_syntax::properties::{self, tokens};

#[rustfmt::skip] // one part a line would hide that they are a heap
const PARTS: &[&str] = &[
    "connector.class", "transforms", "transforms.a.type", "transforms.a.x", "clusters", "a->b.", "->", "a.", ".b",
    "listener.name.", "listener.name.x.", "producer.", "consumer.override.", "admin.", "key.converter", "topic.creation.",
    "topic.creation.g.x", "process.roles", "application.id", "main.consumer.", "config.storage.", "log4j.", "spring.",
    "motd", "level-name", "rlmm.config.remote.log.metadata.", "remote.log.metadata.manager.impl.prefix", "é", "\u{feff}",
    "\u{1f600}", "\\u00e9", "\\ud83d", "\\ude00", "\\u1", "\\", "\\\n", "\\\r\n  ", "\n", "\n", "\n", "\r", "\r\n", "=", "=",
    "=", ":", " ", "\t", "\u{c}", "#", "!", "a", "b", ",", "\0", "\u{2028}", "org.apache.kafka.connect.transforms.MaskField$Value",
];

/// What steers the reader of shells.
#[rustfmt::skip] // as above
const COMMANDS: &[&str] = &[
    "kafka-topics.sh", "kafka-configs", "--zookeeper", "--config", "--add-config", "a=b", "[c,d]", ",", "-Da=b", "java", "-cp", "a.B",
    "<<EOF\n", "<<-'EOF'\n", "EOF\n", "cat >server.properties", "broker.id=1", "bash -c", "$A", "${A", "A=", "export ", "KAFKA_OPTS=", "é", "\u{1f600}",
    "\"", "\"", "'", "'", "`", "$(", "$'", ")", "(", "{", "}", "|", "&&", ";", "\\", "\\\n", "\n", "\n", "\r\n", " ", " ", " ", "#", "=", "config/kraft/server.properties",
];

/// Numbers that look random and are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

#[test]
fn any_text_is_read_and_given_back() {
    let mut numbers = Numbers(7);
    for _ in 0..5_000 {
        let length = numbers.below(30);
        let text: String = (0..length).map(|_| PARTS[numbers.below(PARTS.len())]).collect();
        let joined: String = tokens(&text).iter().map(|token| token.span.of(&text)).collect();
        assert_eq!(joined, text);
        let (whole, _) = properties::read(&text, Encoding::Utf8);
        let document = read("x.properties", &text, None);
        let listed = ListedFile::new("x.properties", &text, &document, Units::Utf16);
        let expected: Vec<&str> = whole.iter().map(|setting| setting.key.as_str()).collect();
        let found: Vec<&str> = listed.settings.iter().map(|setting| setting.key.as_str()).collect();
        assert_eq!(found, expected, "a prefix and its key are the key as the file has it: {text:?}");
        for component in kafka_upgrade_catalog::Component::ALL {
            let document = read_as("", &text, Some(*component), Encoding::Latin1);
            assert_eq!(document.settings.len(), whole.len(), "{text:?}");
        }
    }
}

#[test]
fn any_command_is_read_and_every_span_lies_in_the_text() {
    let mut numbers = Numbers(11);
    for _ in 0..5_000 {
        let length = numbers.below(40);
        let heap: String = (0..length).map(|_| COMMANDS[numbers.below(COMMANDS.len())]).collect();
        let text = format!("#!/bin/sh\n{heap}");
        let document = read("", &text, None);
        let spans = document.usages.iter().map(|usage| usage.span);
        for span in
            spans.chain(document.settings.iter().flat_map(|one| [one.span, one.key_span, one.value_span]))
        {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {text:?}");
        }
    }
}

/// What steers the readers of manifests, configurations in other languages, and what is printed.
#[rustfmt::skip] // as above
const MARKUP: &[&str] = &[
    "{", "}", "[", "]", ":", ",", "\"", "\"", "'", "\n", "\n", "  ", "    ", "- ", "<", ">", "</", "/>", "=", "(", ")", "#", "//", "/*", "%", "%%", "$", "${a}", "${",
    "{{", "}}", "---\n", "|\n", "&a ", "*a", "<<: ", "!", "@", ";", "\\", "\t", "\r\n", "é", "\u{1f600}", "\u{feff}", "null", "1.2.3", "^2.2", "~> 1", ">=1,<2",
    "\"connector.class\"", "\"config\"", "\"name\"", "dependencies", "\"dependencies\"", "\"kafkajs\"", "kafka-python", "confluent-kafka==", "[extra]", "require ",
    "github.com/IBM/sarama v", "[[package]]\n", "[dependencies]\n", "name = ", "version = ", "gem ", "rdkafka", "{:brod, ", "<dependency>", "<groupId>", "org.apache.kafka",
    "<artifactId>", "kafka_2.12", "<version>", "<properties>", "implementation", "org.apache.kafka:kafka-clients:", "group: ", "scalaVersion := ", "val v = ", "FROM ", "ENV ",
    "image: ", "services:\n", "environment:\n", "KAFKA_LOG_DIRS", "kind: Kafka\n", "apiVersion: ", "data:\n", "groups:\n", "expr: ", "rules:\n", "pattern: ",
    "lowercaseOutputName: true\n", "alert: ", "kafka.server<type=", "(A|B)", "name=", "><>", "kafka_a{", "__name__=~", "by (", "\"panels\"", "\"expr\"", "\"datasource\"", "mbean = ",
    "Produce(0): 0 to 11 [usable: 11]", "Feature: metadata.version", "KafkaConfig values: \n", "\tlog.dirs = /a\n", "UnsupportedVersionException",
];

const NAMES: &[&str] = &[
    "",
    "x.json",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "build.sbt",
    "libs.versions.toml",
    "gradle.properties",
    "gradle.lockfile",
    "tree.txt",
    "environment.yml",
    "project.assets.json",
    "package.json",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "requirements.txt",
    "pyproject.toml",
    "poetry.lock",
    "Pipfile.lock",
    "go.mod",
    "Cargo.toml",
    "Gemfile",
    "Gemfile.lock",
    "composer.json",
    "a.csproj",
    "mix.exs",
    "rebar.config",
    "Dockerfile",
    "docker-compose.yml",
    "x.yaml",
    "rules.yml",
    "dashboard.json",
    "server.log",
    "x.txt",
];

#[test]
fn any_markup_is_read_and_every_span_lies_in_the_text() {
    let mut numbers = Numbers(13);
    for round in 0..12_000 {
        let length = numbers.below(60);
        let text: String = (0..length).map(|_| MARKUP[numbers.below(MARKUP.len())]).collect();
        let path = NAMES[round % NAMES.len()];
        let document = read(path, &text, None);
        let stands = |span: Span| text.get(span.start as usize..span.end as usize).is_some();
        for part in document.all() {
            for setting in &part.settings {
                let places = [setting.span, setting.key_span, setting.value_span];
                assert!(places.into_iter().all(stands), "{path}: {text:?}: {setting:?}");
            }
            assert!(part.dependencies.iter().all(|one| stands(one.span)), "{path}: {text:?}");
            assert!(part.usages.iter().all(|one| stands(one.span)), "{path}: {text:?}");
            assert!(part.observations.iter().all(|one| stands(one.span)), "{path}: {text:?}");
        }
        assert!(
            document.problems.iter().all(|one| stands(one.span)),
            "{path}: {text:?}: {:?}",
            document.problems
        );
        let listed = ListedFile::new(path, &text, &document, Units::Utf16);
        let settings: usize = document.all().map(|part| part.settings.len()).sum();
        assert_eq!(listed.settings.len(), settings, "{path}: {text:?}");
    }
}

/// What steers the reader of containers.
#[rustfmt::skip] // as above
const CONTAINERS: &[&str] = &[
    "FROM ", "FROM a\n", "ENV ", "ARG A=", "RUN ", "CMD [", "COPY ", "<<EOF\n", "EOF\n", "\\\n", "# c\n", "KAFKA_LOG_DIRS", "=", "\"", "'", "$A", "${A", "${A:-", "}", "kafka_2.13-3.",
    "services:\n", "  a:\n", "    image: ", "apache/kafka", "bitnami/kafka:", "@sha256:", "\n", "\n", "    environment:\n", "      KAFKA_", "      - KAFKA_CFG_", "LOG_DIRS", ": ", "x", "é",
    "\u{1f600}", "\\u00e9", "\\x41", "|\n", ">\n", "        ", "    ", "  ", "{{", "}}", "- ", "&a ", "*a", "<<: ", "command: ", "args: [", "]", "kafka-topics.sh --zookeeper z", "bash -c ",
    "apiVersion: kafka.strimzi.io/v1\n", "kind: Kafka\n", "spec:\n", "config:\n", "version: ", "name: ", "value: ", "server.properties: |\n", "broker.id=1\n", "log4j.a=b\n", "\r\n", "\t", "-",
];

#[test]
fn any_container_is_read_and_each_span_lies_in_the_text() {
    let mut numbers = Numbers(17);
    let mut count = 0;
    for round in 0..12_000 {
        let length = numbers.below(50);
        let heap: String = (0..length).map(|_| CONTAINERS[numbers.below(CONTAINERS.len())]).collect();
        let start = [
            "FROM apache/kafka\n",
            "services:\n  b:\n    image: apache/kafka\n    environment:\n",
            "apiVersion: kafka.strimzi.io/v1\nkind: Kafka\n",
            "",
        ];
        let text = format!("{}{heap}", start[round % start.len()]);
        let document = read("", &text, None);
        let stands = |span: Span| text.get(span.start as usize..span.end as usize).is_some();
        for part in document.all() {
            for setting in &part.settings {
                let places = [setting.span, setting.key_span, setting.value_span];
                assert!(places.into_iter().all(stands), "{text:?}: {setting:?}");
            }
            assert!(part.usages.iter().all(|one| stands(one.span)), "{text:?}: {:?}", part.usages);
            assert!(part.dependencies.iter().all(|one| stands(one.span)), "{text:?}");
            assert!(part.place.is_none_or(stands), "{text:?}");
            count += part.settings.len();
        }
    }
    // Heaps that nothing shows to be Kafka's have none.
    assert!(count > 200, "{count}");
}

/// What steers the readers of build files of the JVM's languages.
#[rustfmt::skip] // as above
const BUILDS: &[&str] = &[
    "implementation ", "'a.b:c:1'", "\"a.b:c:", "${", "$v", ".w", "}", "\"", "'", "\"\"\"", "\\", "exclude ", "group: 'a.b'", ", name: 'c'", ", version: v", "(", ")", "{", "}",
    "version { strictly ", "ext['kafka.version']", " = ", "'3.4.1'", "val v by extra(", "mapOf(\"v\" to ", "[v: '1', ", "sourceCompatibility = ", "JavaVersion.VERSION_1_8", "11",
    "\n", "\n", "\r\n", " ", "// ", "/*", "*/", "é", "\u{1f600}", "scalaVersion := ", "\"2.12.18\"", " %% ", " % ", "import sbt._\n", "id 'org.springframework.boot' version ", "jvmTarget", ",", "+ v",
    "+--- ", "|    \\--- ", "[INFO] +- ", "a.b:c:jar:1:compile", " -> 2", " -> ", "a:b", "digraph \"a:b:c:d\" {\n", "\"a.b:c:jar:1\"", " (c)", "=x\n", "v=1\n", "val v: String by project\n", "v = w\n", "w = property('v')\n", "[a.b/c ", "{:mvn/version ", ";", "# ", "library(\"a\", ", ").versionRef(\"v\")", "::",
];

#[test]
fn any_build_is_read_and_each_span_lies_in_the_text() {
    let mut numbers = Numbers(19);
    let (mut count, mut settled) = (0, 0);
    for round in 0..12_000 {
        let length = numbers.below(50);
        let text: String = (0..length).map(|_| BUILDS[numbers.below(BUILDS.len())]).collect();
        let names = [
            "build.gradle",
            "build.gradle.kts",
            "build.sbt",
            "Dependencies.scala",
            "tree.txt",
            "gradle.lockfile",
            "deps.edn",
            "WORKSPACE",
        ];
        let path = names[round % names.len()];
        let document = read(path, &text, None);
        let other = "v=1\nw=$v\n";
        let beside = read("gradle.properties", other, None);
        for one in settle(&[(path, &document), ("gradle.properties", &beside)]) {
            let (file, span) = one.place;
            let stands = [&text, other][file].get(span.start as usize..span.end as usize).is_some();
            assert!(stands, "{path}: {text:?}: {one:?}");
            settled += 1;
        }
        for one in &document.dependencies {
            let stands = text.get(one.span.start as usize..one.span.end as usize).is_some();
            assert!(stands, "{path}: {text:?}: {one:?}");
        }
        count += document.dependencies.len();
    }
    assert!(count > 1_000 && settled > 30, "{count} {settled}");
}
