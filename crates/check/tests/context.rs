//! What the place of a finding says of it.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_session::{File, Request, check};

/// `rule: severity at path:line` of a release to another.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let to = Release::new(4, 3, 1);
    let request = Request { from: "3.9.2".parse().ok(), ..Request::new(to, &files) };
    let all = check(&request).findings.into_iter().filter(|one| one.severity.name() != "info");
    all.map(|one| {
        format!(
            "{}: {} at {}:{}",
            one.rule,
            one.severity.name(),
            one.path.unwrap_or_default(),
            one.line.unwrap_or_default()
        )
    })
    .collect()
}

#[test]
fn what_only_older_releases_get_is_not_missed_at_the_target() {
    let script = |test: &str| {
        format!(
            "#!/bin/sh\nif {test}; then\n  bin/kafka-storage.sh info -c config/s.properties\nelse\n  bin/zookeeper-server-start.sh /z\nfi\n"
        )
    };
    let old = |test| found(&[("start.sh", &script(test))]);
    assert_eq!(old("[[ $KAFKA_VERSION == 4.* ]]"), [""; 0]);
    let want = ["removed-zookeeper-scripts: error at start.sh:5"];
    assert_eq!(old("[[ $KAFKA_VERSION == 3.* ]]"), want, "the branch of the target");
    assert_eq!(old("[[ -n $KAFKA_VERSION ]]"), want, "no test for a release");
}

#[test]
fn a_missing_file_is_not_reported_if_the_script_looks_for_alternatives() {
    let script = |test: &str| {
        format!(
            "#!/bin/sh\nfor c in config/kraft/server.properties config/server.properties; do\n  {test}\ndone\nbin/kafka-server-start.sh $c\n"
        )
    };
    assert_eq!(found(&[("a.sh", &script("[ -f \"$c\" ] && break"))]), [""; 0]);
    let all = found(&[("a.sh", &script("echo $c"))]);
    assert_eq!(all, ["removed-config-kraft-folder: error at a.sh:2"]);
}

#[test]
fn files_for_older_releases_beside_newer_ones_are_for_them() {
    let text = "services:\n  kafka:\n    image: wurstmeister/kafka\n    environment:\n      KAFKA_ZOOKEEPER_CONNECT: zk:2181\n";
    let all =
        found(&[("d/compose.0.11.yml", text), ("d/compose.1.1.yml", text), ("d/compose.2.8.yml", text)]);
    assert!(!all.is_empty() && all.iter().all(|one| one.contains("2.8")), "{all:?}");
    let all = found(&[("d/compose-a.yml", text), ("d/compose-b.yml", text), ("d/compose-c.yml", text)]);
    assert!(all.iter().any(|one| one.contains("compose-a")), "{all:?}");
}

#[test]
fn confluents_servers_encrypt_cluster_links() {
    let text = |image: &str| {
        format!(
            "services:\n  kafka:\n    image: {image}\n    environment:\n      KAFKA_PROCESS_ROLES: broker\n      KAFKA_PASSWORD_ENCODER_SECRET: x\n"
        )
    };
    let has = |image: &str| {
        found(&[("compose.yml", &text(image))]).iter().any(|one| one.starts_with("removed-password-encoder"))
    };
    assert!(!has("confluentinc/cp-server:7.9.0"));
    assert!(has("confluentinc/cp-kafka:7.9.0"));
}

#[test]
fn values_that_no_release_takes_are_given_by_tests_on_purpose() {
    let text = "import java.util.*;\nimport org.apache.kafka.clients.producer.*;\nclass A { void f() {\n  Properties p = new Properties();\n  p.put(\"acks\", \"baz\");\n  new KafkaProducer<>(p);\n} }\n";
    let has = |path: &str| found(&[(path, text)]).iter().any(|one| one.starts_with("refused-value-acks"));
    assert!(has("src/main/java/A.java"));
    assert!(!has("src/test/java/A.java"));
}

/// The rules of what is found, without places.
fn rules(files: &[(&str, &str)]) -> Vec<String> {
    found(files).iter().filter_map(|one| Some(one.split_once(':')?.0.to_owned())).collect()
}

#[test]
fn branches_that_a_charts_values_leave_out_are_no_more_than_infos() {
    let template = |test: &str| {
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: k\ndata:\n  server.properties: |-\n    process.roles=broker,controller\n    node.id=1\n    controller.listener.names=C\n    log.dirs=/d\n    {{{{- if {test} }}}}\n    zookeeper.metadata.migration.enable=true\n    {{{{- end }}}}\n"
        )
    };
    let values = "zookeeper:\n  enabled: false\nexternal: {}\nkraft:\n  enabled: true\nimage:\n  repository: apache/kafka\n  tag: 3.9.0\n";
    let has = |test: &str, values: &str| {
        let files = [("c/templates/k.yaml", template(test)), ("c/values.yaml", values.to_owned())];
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        rules(&files).iter().any(|rule| rule == "removed-zookeeper-metadata-migration-enable")
    };
    assert!(!has("or .Values.zookeeper.enabled .Values.external", values));
    assert!(!has("not .Values.kraft.enabled", values));
    assert!(has("or .Values.zookeeper.enabled .Values.other", values), "nothing says what the other is");
    assert!(has(".Values.zookeeper.enabled", &values.replace("false", "true")));
    assert!(has(".Values.kraft.enabled", values));
}

#[test]
fn programs_whose_code_only_consumes_are_not_warned_about_administration() {
    let go = "module a\n\ngo 1.20\n\nrequire github.com/segmentio/kafka-go v0.4.28\n";
    let main = |call: &str| {
        format!(
            "package main\n\nimport \"github.com/segmentio/kafka-go\"\n\nfunc main() {{\n\tc := kafka.{call}\n\tdefer c.Close()\n}}\n"
        )
    };
    let has =
        |files: &[(&str, &str)]| rules(files).iter().any(|rule| rule == "requires-newer-client-for-admin");
    let reader = main("NewReader(kafka.ReaderConfig{Brokers: []string{\"k:9092\"}})");
    assert!(!has(&[("a/go.mod", go), ("a/main.go", &reader)]));
    let admin = main("Client{}\n\tc.CreateTopics(nil, nil)");
    assert!(has(&[("a/go.mod", go), ("a/main.go", &admin)]));
    assert!(has(&[("a/go.mod", go), ("b/main.go", &reader)]), "the code of another program");
    assert!(has(&[("go.mod", go)]), "no code that says anything");
}

#[test]
fn what_a_project_brings_itself_is_not_missed_in_kafkas_folder() {
    let script = "#!/bin/sh\nbase_dir=$(dirname $0)\nexport LOG=\"$base_dir/config/log4j.properties\"\nbin/kafka-topics.sh --list --bootstrap-server k:9092\n";
    let own = "log4j.rootLogger=INFO, stdout\nlog4j.appender.stdout=org.apache.log4j.ConsoleAppender\n";
    let has = |files: &[(&str, &str)]| rules(files).iter().any(|rule| rule == "removed-log4j-1-files");
    assert!(has(&[("start.sh", script)]));
    assert!(!has(&[("start.sh", script), ("config/log4j.properties", own)]));
    let kafkas = script.replace("$base_dir/config", "$KAFKA_HOME/config");
    assert!(has(&[("start.sh", &kafkas), ("config/log4j.properties", own)]));
    let other = "#!/bin/sh\nexec java -Dlog4j.configuration=file:config/tools-log4j.properties -cp a.jar com.example.Main\n";
    assert!(!has(&[("start.sh", other)]));
}

#[test]
fn logging_of_programs_that_are_clients_is_theirs() {
    let plain = "log4j.rootLogger=INFO, stdout\nlog4j.appender.stdout=org.apache.log4j.ConsoleAppender\nlog4j.logger.org.apache.kafka=WARN\n";
    let build = "dependencies {\n  implementation 'org.apache.kafka:kafka-clients:3.9.0'\n}\n";
    let has =
        |files: &[(&str, &str)]| rules(files).iter().any(|rule| rule == "deprecated-log4j-1-configuration");
    assert!(!has(&[("build.gradle", build), ("src/main/resources/log4j.properties", plain)]));
    assert!(!has(&[("build.gradle", build), ("kafka-lag-exporter/log4j.properties", plain)]));
    assert!(has(&[("build.gradle", build), ("docker/kafka/log4j.properties", plain)]));
    let brokers = format!("{plain}log4j.logger.kafka.controller=TRACE, stdout\n");
    assert!(has(&[("build.gradle", build), ("etc/log4j.properties", &brokers)]));
    let script = "export KAFKA_LOG4J_OPTS=\"-Dlog4j.configuration=file:./log4j.properties\"\nkafka-topics.sh --list --bootstrap-server k:9092\n";
    assert!(has(&[("a/bin/t.sh", script), ("a/log4j.properties", plain)]));
    assert!(!has(&[("a/bin/t.sh", script), ("b/log4j.properties", plain)]), "another file of that name");
}

#[test]
fn a_registry_that_knows_the_brokers_needs_no_zookeeper() {
    let service = |tag: &str, more: &str| {
        format!(
            "services:\n  s:\n    image: confluentinc/cp-schema-registry{tag}\n    environment:\n      SCHEMA_REGISTRY_KAFKASTORE_CONNECTION_URL: zk:2181\n{more}"
        )
    };
    let brokers = "      SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS: k:9092\n";
    let has = |tag: &str, more: &str| {
        let text = service(tag, more);
        rules(&[("compose.yml", &text)]).iter().any(|rule| rule == "note-zookeeper-of-other-programs")
    };
    assert!(!has(":7.5.0", brokers) && !has("", brokers));
    assert!(has(":5.5.0", brokers), "it elects its leader so");
    assert!(has(":7.5.0", "") && has("", ""));
}

#[test]
fn one_line_that_logs_the_old_way_is_one_finding() {
    let text = "#!/bin/sh\nexport KAFKA_LOG4J_OPTS=-Dlog4j.configuration=file:/opt/kafka/config/connect-log4j.properties\nbin/connect-distributed.sh w.properties\n";
    assert_eq!(rules(&[("start.sh", text)]), ["deprecated-log4j-configuration-property"]);
    let copies = "#!/bin/sh\ncp my.properties /opt/kafka/config/connect-log4j.properties\n";
    assert_eq!(rules(&[("start.sh", copies)]), ["removed-log4j-1-files"]);
}

#[test]
fn code_that_sets_the_property_next_to_the_setting_gives_no_finding() {
    let code = |more: &str| {
        format!(
            "import java.util.*;\nimport org.apache.kafka.clients.admin.*;\nclass A {{ void f() {{\n  {more}\n  Map<String, Object> p = new HashMap<>();\n  p.put(\"sasl.login.callback.handler.class\", OAuthBearerLoginCallbackHandler.class.getName());\n  p.put(\"sasl.oauthbearer.token.endpoint.url\", \"https://a.example.com/t\");\n  Admin.create(p);\n}} }}\n"
        )
    };
    let has = |more: &str| {
        let text = code(more);
        rules(&[("A.java", &text)]).iter().any(|rule| rule == "note-oauthbearer-allowed-urls")
    };
    assert!(has(""));
    assert!(!has(
        "System.setProperty(\"org.apache.kafka.sasl.oauthbearer.allowed.urls\", \"https://a.example.com/t\");"
    ));
}

#[test]
fn what_only_comments_name_is_no_use_of_what_is_deprecated() {
    let code = |body: &str| {
        format!(
            "import org.apache.kafka.streams.kstream.Transformer;\n\n/**\n * A {{@link Transformer}} that nobody is.\n */\nclass A {{\n{body}}}\n"
        )
    };
    let has = |body: &str| {
        let text = code(body);
        rules(&[("A.java", &text)]).iter().any(|rule| rule == "deprecated-transformer")
    };
    assert!(!has(""));
    assert!(has("  Transformer<String, String, String> t;\n"));
    // What is gone does not compile, whoever names it.
    let gone = "import kafka.server.KafkaServer;\n\n/** {@link KafkaServer} */\nclass A {}\n";
    assert_eq!(rules(&[("A.java", gone)]), ["removed-class-kafka-server"]);
}

#[test]
fn what_tests_set_in_vain_is_no_more_than_an_info() {
    let code = |key: &str| {
        format!(
            "import java.util.*;\nimport org.apache.kafka.clients.consumer.*;\nclass A {{ void f() {{\n  Map<String, Object> p = new HashMap<>();\n  p.put(\"broker.id\", \"1\");\n  p.put(\"log.dirs\", \"/d\");\n  p.put(\"{key}\", \"3.5\");\n}} }}\n"
        )
    };
    let text = code("log.message.format.version");
    let has = |path: &str, text: &str| {
        rules(&[(path, text)]).iter().any(|rule| rule == "removed-log-message-format-version")
    };
    assert!(!has("a/src/test/java/A.java", &text));
    let properties = "broker.id=1\nlog.dirs=/d\nlog.message.format.version=3.0\n";
    assert!(has("config/server.properties", properties));
    assert!(!has("a/src/test/resources/server.properties", properties));
}

#[test]
fn clients_in_ruby_take_the_values_of_librdkafka() {
    let code = "Rdkafka::Config.new(\n  \"bootstrap.servers\" => \"k:9092\",\n  \"group.id\" => \"g\",\n  \"auto.offset.reset\" => \"beginning\"\n).consumer\n";
    assert_eq!(rules(&[("spec/helper.rb", code)]), [""; 0]);
    let chef = "default['kafka']['broker']['zookeeper.connect'] = 'zk:2181'\ndefault['kafka']['broker']['log.dirs'] = '/d'\n";
    assert_eq!(rules(&[("attributes/default.rb", chef)]), ["removed-zookeeper-connect"]);
}

#[test]
fn a_comment_in_a_file_of_settings_makes_no_cluster() {
    let text = "[[inputs.kafka_consumer]]\n  brokers = [\"k:9092\"]\n  topics = [\"t\"]\n  ## see aws_msk_iam\n  ## ex: kafka_version = \"2.6.0\"\n  version = \"3.0.0\"\n";
    assert!(!rules(&[("telegraf.conf", text)]).iter().any(|rule| rule == "requires-kraft"));
    let code = "import * as msk from 'aws-cdk-lib/aws-msk';\nnew msk.CfnCluster(this, 'C', { kafkaVersion: '2.8.1' });\n";
    assert!(rules(&[("stack.ts", code)]).iter().any(|rule| rule == "requires-kraft"));
}

#[test]
fn rest_extensions_that_a_template_works_out_are_not_known() {
    let has = |value: &str| {
        let text = format!(
            "bootstrap.servers=k:9092\ngroup.id=g\nconfig.storage.topic=c\noffset.storage.topic=o\nstatus.storage.topic=s\nrest.extension.classes={value}\n"
        );
        rules(&[("connect-distributed.properties", &text)])
            .iter()
            .any(|rule| rule == "note-rest-extensions-on-jakarta")
    };
    assert!(!has("{{ classes | join(',') }}"));
    assert!(has("com.example.Extension") && has("{{ first }},com.example.Extension"));
}

#[test]
fn parts_of_kafka_that_speak_to_no_broker_are_no_clients() {
    let pom = |artifact: &str| {
        format!(
            "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>{artifact}</artifactId><version>0.9.0.0</version></dependency></dependencies></project>\n"
        )
    };
    let is_refused = |artifact: &str| {
        let text = pom(artifact);
        rules(&[("pom.xml", &text)]).iter().any(|rule| rule.ends_with("client"))
    };
    assert!(!is_refused("connect-json"));
    assert!(is_refused("kafka-clients"));
}

#[test]
fn a_parameter_of_a_function_is_no_setting() {
    let has = |text: &str| rules(&[("a.py", text)]).iter().any(|rule| rule.ends_with("protocol-version"));
    assert!(!has(
        "from kafka import x\n\nclass A:\n    def __init__(self, api_version=(0, 10)):\n        pass\n"
    ));
    assert!(has("from kafka import KafkaProducer\n\np = KafkaProducer(api_version=(0, 10))\n"));
}

#[test]
fn variables_of_a_role_say_what_java_is_started_with() {
    let settings = "kafka:\n  properties:\n    sasl.oauthbearer.jwks.endpoint.url: \"{{ uri }}\"\n    listener.name.l.oauthbearer.sasl.server.callback.handler.class: org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler\n    process.roles: broker\n    log.dirs: /d\n    node.id: 1\n";
    let args = "kafka_args:\n  - \"-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls={{ uri }}\"\n";
    let has =
        |files: &[(&str, &str)]| rules(files).iter().any(|rule| rule == "note-oauthbearer-allowed-urls");
    assert!(has(&[("roles/v/vars/main.yml", settings)]));
    assert!(!has(&[("roles/v/vars/main.yml", settings), ("roles/k/defaults/main.yml", args)]));
}

#[test]
fn what_only_brokers_with_zookeeper_get_is_not_missed() {
    let group = |test: &str| {
        format!(
            "kafka:\n  control:\n    enabled: \"{{{{ a|bool and {test}|bool }}}}\"\n    properties:\n      control.plane.listener.name: C\n      listener.security.protocol.map: C:PLAINTEXT\n"
        )
    };
    let has = |test: &str| {
        let text = group(test);
        rules(&[("roles/v/vars/main.yml", &text)])
            .iter()
            .any(|rule| rule == "removed-control-plane-listener-name")
    };
    assert!(!has("not kraft_enabled"));
    assert!(has("b"));
}

#[test]
fn a_collector_that_finds_nothing_costs_nothing_and_an_alert_never_fires() {
    let pattern = |name: &str| {
        format!(
            "lowercaseOutputName: true\nrules:\n  - pattern: \"kafka.server<type={name}, name=(.+)><>Value\"\n"
        )
    };
    assert_eq!(found(&[("jmx_exporter.yml", &pattern("SessionExpireListener"))]), [""; 0]);
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: jmx\ndata:\n  kafka.yml: |\n    rules:\n    - pattern: kafka.server<type=SessionExpireListener, name=(.+)><>Value\n";
    assert_eq!(found(&[("map.yml", map)]), [""; 0]);
    let alert = "groups:\n  - name: kafka\n    rules:\n      - alert: A\n        expr: kafka_server_sessionexpirelistener_sessionstate > 0\n";
    assert_eq!(found(&[("alerts.yml", alert)]), ["removed-zookeeper-metrics: warning at alerts.yml:5"]);
    let labelled = alert.replace(
        "sessionexpirelistener_sessionstate",
        "delayedoperationpurgatory_purgatorysize{delayedOperation=\"topic\"}",
    );
    assert!(!found(&[("alerts.yml", &labelled)]).is_empty());
}

#[test]
fn a_list_of_reporters_that_a_template_fills_in_is_not_known() {
    let server =
        |reporters: &str| format!("process.roles=broker\nlog.dirs=/d\nmetric.reporters={reporters}\n");
    let has = |reporters: &str| {
        let rule = "note-metric-reporters-without-jmx";
        rules(&[("server.properties", &server(reporters))]).iter().any(|one| one == rule)
    };
    assert!(has("com.example.Reporter"));
    assert!(!has("{{ reporters }}") && !has("${REPORTERS}"));
}

#[test]
fn logging_of_a_program_that_maven_runs_is_the_programs_own() {
    let log4j = "log4j.rootLogger=WARN, stdout\nlog4j.appender.stdout=org.apache.log4j.ConsoleAppender\n";
    let start = |runs: &str| format!("#!/bin/sh\nkafka-topics.sh --bootstrap-server b:9092 --list\n{runs}\n");
    let has = |runs: &str| {
        let connector = "{\"name\": \"a\", \"config\": {\"connector.class\": \"a.B\"}}";
        let files = [("d/start.sh", &*start(runs)), ("d/log4j.properties", log4j), ("d/a.json", connector)];
        rules(&files).iter().any(|rule| rule == "deprecated-log4j-1-configuration")
    };
    assert!(has("echo"));
    assert!(!has("mvn exec:java -Dexec.mainClass=a.B -Dlog4j.configuration=file:log4j.properties > l"));
}

#[test]
fn a_level_for_the_compiler_stays_where_a_newer_java_builds_and_runs_it() {
    let pom = "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>3.9.0</version></dependency></dependencies>\n<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>\n<source>1.8</source></configuration></plugin></plugins></build></project>";
    let image = |java: &str| format!("FROM maven:3.9.16-eclipse-temurin-{java}\nRUN mvn package\n");
    assert_eq!(found(&[("t/pom.xml", pom), ("t/Dockerfile", &image("17"))]), [""; 0]);
    let want = ["requires-java-of-clients: error at t/pom.xml:3"];
    assert_eq!(found(&[("t/pom.xml", pom), ("t/Dockerfile", &image("8"))]), want);
    assert_eq!(found(&[("t/pom.xml", pom), ("u/Dockerfile", &image("17"))]), want);
}

#[test]
fn clients_of_a_profile_for_old_brokers_are_no_more_than_infos_with_their_sources() {
    let exclude = "<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration><excludes><exclude>a/Old.java</exclude></excludes></configuration></plugin></plugins></build>";
    let library = "<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId>\n<version>0.10.2.2</version></dependency></dependencies>";
    let pom = |excluded: &str| {
        format!(
            "<project>{excluded}<profiles><profile><id>kafka-0.10.2</id>{library}</profile></profiles></project>"
        )
    };
    let old = "package a;\nimport kafka.common.TopicAndPartition;\nclass Old { TopicAndPartition x; }\n";
    assert_eq!(found(&[("pom.xml", &pom(exclude)), ("src/main/java/a/Old.java", old)]), [""; 0]);
    let all = found(&[("pom.xml", &pom("")), ("src/main/java/a/Old.java", old)]);
    assert_eq!(all, ["removed-class-topic-and-partition: error at src/main/java/a/Old.java:2"]);
}
