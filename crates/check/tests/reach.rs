//! What keeps a finding from the target: files for others, tests on the way, and what somebody else gives.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_session::{File, Request, check};

/// The rules of errors and warnings, each once.
fn rules(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let request = Request { from: "3.9.2".parse().ok(), ..Request::new(Release::new(4, 3, 1), &files) };
    let all = check(&request).findings.into_iter().filter(|one| one.severity.name() != "info");
    let mut all: Vec<String> = all.map(|one| one.rule).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn has(files: &[(&str, &str)], rule: &str) -> bool {
    rules(files).iter().any(|one| one == rule)
}

#[test]
fn a_script_that_runs_only_where_it_is_there_is_not_missed() {
    let gone = "removed-zookeeper-scripts";
    let asks = |text: &str| has(&[("stop.sh", text)], gone);
    assert!(!asks(
        "#!/bin/sh\nif [ -f bin/zookeeper-server-stop.sh ]; then\n  bin/zookeeper-server-stop.sh\nfi\n"
    ));
    assert!(!asks("#!/bin/sh\n[ -x bin/zookeeper-server-stop.sh ] && bin/zookeeper-server-stop.sh\n"));
    assert!(!asks(
        "#!/bin/sh\nif command -v zookeeper-server-stop.sh; then\n  zookeeper-server-stop.sh\nfi\n"
    ));
    assert!(
        asks("#!/bin/sh\nif [ -f /tmp/pid ]; then\n  bin/zookeeper-server-stop.sh\nfi\n"),
        "another file"
    );
    assert!(asks("#!/bin/sh\n[ -f /tmp/pid ] && bin/zookeeper-server-stop.sh\n"), "another file");
}

#[test]
fn a_folder_for_an_older_major_release_stays_there_beside_one_for_what_runs() {
    let tasks = "- shell: /opt/kafka/bin/kafka-topics.sh --zookeeper z:2181 --list\n";
    let new = "- shell: /opt/kafka/bin/kafka-topics.sh --bootstrap-server b:9092 --list\n";
    let rule = "removed-zookeeper-option";
    assert!(has(&[("tasks/2.0/topics.yml", tasks)], rule));
    assert!(!has(&[("tasks/2.0/topics.yml", tasks), ("tasks/3.0/topics.yml", new)], rule));
    assert!(has(&[("tasks/3.0/topics.yml", tasks), ("tasks/2.0/topics.yml", new)], rule));
}

#[test]
fn a_setting_that_a_script_deletes_is_left_over_from_nothing() {
    let compose = "services:\n  kafka:\n    image: bitnami/kafka:3.9.0\n    environment:\n      KAFKA_CFG_PROCESS_ROLES: broker,controller\n      KAFKA_CFG_ZOOKEEPER_CONNECT: z:2181\n";
    let script = "#!/bin/sh\nsed -e '/zookeeper.connect/d' -i /tmp/server.properties\nexec kafka-server-start.sh /tmp/server.properties\n";
    let rule = "removed-zookeeper-connect-of-kraft-node";
    let old = "broker.id=1\nzookeeper.connect=z:2181\nlog.dirs=/d\n";
    assert!(has(&[("server.properties", old), ("entrypoint.sh", script)], "removed-zookeeper-connect"));
    assert!(has(&[("compose.yml", compose)], rule));
    assert!(!has(&[("compose.yml", compose), ("entrypoint.sh", script)], rule));
    let other = [
        ("a/server.properties", "process.roles=broker,controller\nnode.id=1\nlog.dirs=/d\n"),
        ("compose.yml", compose),
    ];
    assert!(has(&other, rule), "of two clusters");
    assert!(!has(&[other[0], other[1], ("entrypoint.sh", script)], rule), "the script is of neither cluster");
}

#[test]
fn what_is_for_zookeeper_stays_there_beside_the_same_for_kraft() {
    let old = "services:\n  kafka:\n    image: confluentinc/cp-kafka:7.9.0\n    environment:\n      KAFKA_ZOOKEEPER_CONNECT: z:2181\n";
    let new = "services:\n  kafka:\n    image: confluentinc/cp-kafka:7.9.0\n    environment:\n      KAFKA_PROCESS_ROLES: broker,controller\n";
    let rule = "removed-zookeeper-connect";
    assert_eq!(rules(&[("zk-stack.yml", old)]), [rule]);
    assert_eq!(rules(&[("zk-stack.yml", old), ("kraft-stack.yml", new)]), rules(&[("kraft-stack.yml", new)]));
    assert!(has(&[("zk-stack.yml", old), ("kraft-other.yml", new)], rule));
    assert!(has(&[("zk-stack.yml", old)], rule));
}

#[test]
fn what_tests_compare_or_hold_wrong_on_purpose_is_an_info() {
    let topics =
        "topics:\n  t:\n    partitions: 1\n    replication: 2\n    configs:\n      segment.bytes: 100000\n";
    let rule = "refused-value-segment-bytes";
    assert!(has(&[("src/test/resources/plans/topic.yaml", topics)], rule));
    assert!(!has(&[("src/test/resources/plans/invalid-topic.yaml", topics)], rule));
    let telegraf = "[[inputs.kafka_consumer]]\n  brokers = [\"k:9092\"]\n  topics = [\"t\"]\n";
    let rule = "requires-newer-protocol-version";
    assert!(has(&[("etc/telegraf.conf", telegraf)], rule));
    assert!(!has(&[("m/testcases/defer/expected.conf", telegraf)], rule));
}

#[test]
fn sections_for_zookeeper_break_no_test() {
    let jaas = "KafkaServer {\n  org.apache.kafka.common.security.plain.PlainLoginModule required user_a=\"x\";\n};\nClient {\n  org.apache.zookeeper.server.auth.DigestLoginModule required username=\"k\" password=\"y\";\n};\n";
    let rule = "note-zookeeper-login";
    assert!(has(&[("config/server_jaas.conf", jaas)], rule));
    assert!(!has(&[("src/test/resources/server_jaas.conf", jaas)], rule));
}

#[test]
fn a_program_that_asks_for_4_0_has_another_way() {
    let source = |test: &str| {
        format!(
            "import subprocess\n\ndef add(kafka_version):\n    {test}\n    subprocess.run(['bin/kafka-configs.sh', '--zookeeper', 'z:2181', '--alter'])\n"
        )
    };
    let rule = "removed-zookeeper-option-of-configs";
    assert!(has(&[("test/fixtures.py", &source("pass"))], rule));
    assert!(!has(&[("test/fixtures.py", &source("assert kafka_version < (4, 0)"))], rule));
}

#[test]
fn a_file_of_ones_own_that_is_copied_into_an_image_is_there() {
    let file = |line: &str| format!("FROM quay.io/debezium/kafka:3.0\n{line}\n");
    let rule = "removed-log4j-1-files";
    let copied = file("COPY log4j.properties $KAFKA_HOME/config/log4j.properties");
    assert!(!has(&[("Dockerfile", &copied)], rule));
    let twice = format!("{copied}RUN chmod g+w $KAFKA_HOME/config/log4j.properties\n");
    assert!(!has(&[("Dockerfile", &twice)], rule));
    let starts = "#!/bin/sh\nsed -i s/INFO/WARN/ config/log4j.properties\nbin/kafka-server-start.sh config/server.properties\n";
    assert!(has(&[("start.sh", starts)], rule));
    let writes = "#!/bin/sh\ncat > config/log4j.properties <<EOF\nlog4j.rootLogger=INFO\nEOF\n";
    assert!(!has(&[("start.sh", starts), ("install.sh", writes)], rule));
    let changed = file("RUN sed -i s/INFO/WARN/ $KAFKA_HOME/config/log4j.properties");
    assert!(has(&[("Dockerfile", &changed)], rule));
}

#[test]
fn java_that_a_build_is_given_is_no_default() {
    let image = "ARG JAVA_VERSION=11\nFROM eclipse-temurin:${JAVA_VERSION}-jdk\nARG KAFKA_VERSION=3.9.0\nRUN curl -sL https://archive.apache.org/dist/kafka/${KAFKA_VERSION}/kafka_2.13-${KAFKA_VERSION}.tgz -o kafka.tgz\n";
    let run =
        |java: &str| format!("#!/bin/sh\nJAVA_VERSION=\"{java}\"\ndocker build --build-arg JAVA_VERSION .\n");
    let rule = "requires-java-of-servers";
    assert!(has(&[("Dockerfile", image)], rule));
    assert!(has(&[("Dockerfile", image), ("run.sh", &run("11"))], rule));
    assert!(!has(&[("Dockerfile", image), ("run.sh", &run("17"))], rule));
}

#[test]
fn the_first_consumers_of_kafka_are_refused() {
    let pom = "<project>\n  <dependencies>\n    <dependency>\n      <groupId>org.apache.kafka</groupId>\n      <artifactId>kafka_2.11</artifactId>\n      <version>1.1.1</version>\n    </dependency>\n  </dependencies>\n</project>\n";
    let source = "import kafka.javaapi.consumer.SimpleConsumer;\n\nclass A { SimpleConsumer consumer; }\n";
    assert!(has(&[("pom.xml", pom)], "requires-java-clients-of-2-1"));
    assert!(!has(&[("pom.xml", pom)], "requires-newer-client"));
    let both = [("pom.xml", pom), ("src/main/java/A.java", source)];
    assert!(has(&both, "requires-newer-client") && !has(&both, "requires-java-clients-of-2-1"));
}

#[test]
fn a_method_that_overrides_nothing_any_more_is_ones_own() {
    let wrapper = |mark: &str| {
        format!(
            "import java.util.Map;\nimport org.apache.kafka.clients.consumer.OffsetAndMetadata;\nimport org.apache.kafka.clients.producer.Producer;\nimport org.apache.kafka.common.TopicPartition;\n\nabstract class Wrapper<K, V> implements Producer<K, V> {{\n    {mark}\n    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, String group) {{\n    }}\n}}\n"
        )
    };
    let rule = "removed-send-offsets-to-transaction";
    assert!(has(&[("Wrapper.java", &wrapper("@Override"))], rule));
    assert!(!has(&[("Wrapper.java", &wrapper("@Deprecated"))], rule));
}

#[test]
fn logging_that_a_jar_is_started_with_is_its_own() {
    let rule = "deprecated-log4j-1-configuration";
    let text = "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.apache.log4j.ConsoleAppender\nlog4j.appender.out.layout=org.apache.log4j.PatternLayout\nlog4j.logger.kafka.controller=INFO\n";
    let run =
        "#!/bin/sh\nexec java -Dlog4j.configuration=file:config/run-log4j.properties -cp a.jar a.Main\n";
    let of = |name: &str, script: &str| has(&[("start.sh", script), (&format!("config/{name}"), text)], rule);
    assert!(!of("run-log4j.properties", run));
    assert!(!of("log4j.properties", run), "nothing names it, and the program has another one");
    assert!(of("log4j.properties", "#!/bin/sh\nexec java -cp a.jar a.Main\n"));
    let brokers = run.replace("a.Main", "kafka.Kafka");
    assert!(of("run-log4j.properties", &brokers));
    let additive = "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.apache.log4j.ConsoleAppender\nlog4j.additivity.kafka.server=false\n";
    assert!(!has(&[("build.gradle", "plugins { id 'java' }\n"), ("a/log4j.properties", additive)], rule));
}

#[test]
fn a_consumer_that_finds_its_brokers_in_zookeeper_is_no_broker() {
    let consumer = "zookeeper.connect=z:2181\nzookeeper.session.timeout.ms=3000\ngroup.id=g\n";
    let rule = "removed-zookeeper-connect";
    assert!(!has(&[("consumer.properties", consumer)], rule));
    assert!(has(&[("server.properties", &format!("broker.id=1\n{consumer}"))], rule));
}

#[test]
fn a_service_decides_itself_what_of_a_resource_reaches_kafka() {
    let resource = |of: &str| {
        format!(
            "provider \"x\" {{}}\nresource \"{of}\" \"t\" {{\n  name = \"t\"\n  config = {{\n    \"message.format.version\" = \"2.7-IV2\"\n  }}\n}}\n"
        )
    };
    let rule = "removed-message-format-version";
    assert!(has(&[("topics.tf", &resource("kafka_topic"))], rule));
    let aiven = resource("aiven_kafka_topic").replace("\"message.format.version\"", "message_format_version");
    assert!(!has(&[("topics.tf", &aiven)], rule));
}

#[test]
fn a_profile_for_an_old_release_stays_with_it() {
    let dependency = "<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>2.0.1</version></dependency></dependencies>";
    let pom = |inside: &str| {
        format!(
            "<project><modelVersion>4.0.0</modelVersion><artifactId>a</artifactId><version>1</version>{inside}</project>"
        )
    };
    let rule = "requires-java-clients-of-2-1";
    assert!(has(&[("pom.xml", &pom(dependency))], rule));
    let profile = |id: &str| format!("<profiles><profile><id>{id}</id>{dependency}</profile></profiles>");
    assert!(!has(&[("pom.xml", &pom(&profile("kafka-2.0.1")))], rule));
    assert!(has(&[("pom.xml", &pom(&profile("release")))], rule));
}

#[test]
fn scala_that_a_build_is_given_is_no_default() {
    let image = "FROM eclipse-temurin:17\nARG KAFKA_VERSION=3.9.2\nARG SCALA_VERSION=2.12\nRUN curl -sL https://archive.apache.org/dist/kafka/${KAFKA_VERSION}/kafka_${SCALA_VERSION}-${KAFKA_VERSION}.tgz -o k.tgz\n";
    let script = "#!/bin/sh\ncase $1 in 4.*) SCALA_VERSION=\"2.13\" ;; *) SCALA_VERSION=\"2.12\" ;; esac\ndocker build --build-arg SCALA_VERSION=$SCALA_VERSION .\n";
    let rule = "removed-scala-2-12";
    assert!(has(&[("Dockerfile", image)], rule));
    assert!(!has(&[("Dockerfile", image), ("build.sh", script)], rule));
}

#[test]
fn an_address_of_oauth_that_no_handler_uses_refuses_no_login() {
    let broker = "process.roles=broker\nnode.id=2\ncontroller.quorum.voters=1@c:9093\ncontroller.listener.names=C\nlog.dirs=/d\nsasl.oauthbearer.jwks.endpoint.url=https://sso.example.com/keys\n";
    let rule = "note-oauthbearer-allowed-urls";
    assert!(!has(&[("server.properties", broker)], rule));
    let handler = "listener.name.l.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler\n";
    assert!(has(&[("server.properties", &format!("{broker}{handler}"))], rule));
    let client = "bootstrap.servers=b:9092\nkey.serializer=S\nvalue.serializer=S\nsasl.oauthbearer.token.endpoint.url=https://sso.example.com/t\n";
    assert!(has(&[("producer.properties", client)], rule), "its code may give the handler");
}

#[test]
fn a_class_of_the_same_name_in_another_project_starts_no_broker() {
    let test = |import: &str| {
        format!(
            "import {import}.EmbeddedZookeeper;\nimport org.apache.kafka.clients.producer.KafkaProducer;\nclass T {{ EmbeddedZookeeper z = new EmbeddedZookeeper(); }}\n"
        )
    };
    let rule = "note-test-broker-with-zookeeper";
    assert!(has(&[("src/test/java/T.java", &test("kafka.zk"))], rule));
    assert!(!has(&[("src/test/java/T.java", &test("com.example.testutil"))], rule));
}

#[test]
fn logging_of_log4j_1_beside_the_same_for_log4j_2_is_converted_already() {
    let old = "log4j.rootLogger=INFO, stdout\nlog4j.appender.stdout=org.apache.log4j.ConsoleAppender\nlog4j.logger.kafka=INFO\nlog4j.logger.org.apache.kafka=INFO\n";
    let new = "Configuration:\n  Loggers:\n    Root:\n      level: INFO\n";
    let server = ("config/server.properties", "process.roles=broker,controller\nnode.id=1\nlog.dirs=/d\n");
    let rule = "deprecated-log4j-1-configuration";
    assert!(has(&[server, ("config/log4j.properties", old)], rule));
    assert!(!has(&[server, ("config/log4j.properties", old), ("config/log4j2.yaml", new)], rule));
    assert!(has(&[server, ("config/log4j.properties", old), ("other/log4j2.yaml", new)], rule));
}

#[test]
fn a_native_image_is_built_without_a_class_that_is_missing() {
    let text =
        "{\"reflection\": [{\"type\": \"org.apache.kafka.clients.producer.internals.DefaultPartitioner\"}]}";
    assert!(rules(&[("META-INF/native-image/reachability-metadata.json", text)]).is_empty());
}

#[test]
fn samples_in_yaml_are_no_source() {
    let text = "- name: calls\n  commands:\n    - command: |\n        kafka-topics --zookeeper localhost:2181 --list\n    - command: cat Main.java\n      stdout: |\n        import org.apache.kafka.clients.producer.KafkaProducer;\n        public class Main { KafkaProducer<String, String> p; }\n";
    assert!(has(&[("tests.yml", text)], "removed-zookeeper-option"));
}
