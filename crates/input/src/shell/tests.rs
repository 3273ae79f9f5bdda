use super::*;

/// Everything used, as `text that is marked -> name = value`.
fn usages(text: &str) -> Vec<String> {
    let document = document("", text, None, Encoding::Utf8);
    let usages = document.usages.iter().map(|usage| {
        let value = usage.value.as_deref().map_or(String::new(), |value| format!(" = {value}"));
        format!("{:?} {} -> {}{value}", usage.kind, usage.span.of(text), usage.name)
    });
    usages.collect()
}

/// Every setting, as `component key=value at key text=value text`.
fn settings(text: &str) -> Vec<String> {
    let document = document("", text, None, Encoding::Utf8);
    let settings = document.settings.iter().map(|setting| {
        format!(
            "{} {}{}={} at {}={}",
            setting.component.map_or("-", Component::name),
            setting.prefix,
            setting.key,
            setting.value,
            setting.key_span.of(text),
            setting.value_span.of(text)
        )
    });
    settings.collect()
}

#[test]
fn a_tool_and_its_options_are_reported_at_their_own_words() {
    let text = "$ sudo -u kafka /opt/kafka/bin/kafka-topics.sh --zookeeper=localhost:2181 \\\n  --create --topic 'a b' # --no\n";
    assert_eq!(
        usages(text),
        [
            "Option kafka-topics.sh -> kafka-topics.sh",
            "Option --zookeeper -> kafka-topics.sh --zookeeper = localhost:2181",
            "Option --create -> kafka-topics.sh --create",
            "Option --topic -> kafka-topics.sh --topic = a b",
        ]
    );
}

#[test]
fn a_tool_without_its_ending_is_recognised_if_kafka_has_one_of_that_name() {
    assert_eq!(usages("kafka-topics --list")[0], "Option kafka-topics -> kafka-topics.sh");
    assert_eq!(usages("docker exec kafka-1 kafka-topics --list").len(), 2);
    assert!(usages("docker exec kafka-1 ls").is_empty());
}

#[test]
fn text_that_only_names_a_tool_does_not_call_it() {
    for text in [
        "echo kafka-topics.sh --zookeeper z",
        "sudo cp bin/kafka-topics.sh /tmp",
        "# kafka-topics.sh --zookeeper z",
        "echo 'x' # ; kafka-topics.sh --zookeeper z",
        "which kafka-topics.sh || exit 1",
        "grep -r \"kafka-topics.sh --zookeeper\" .",
    ] {
        assert!(usages(text).is_empty(), "{text}: {:?}", usages(text));
    }
}

#[test]
fn commands_are_found_in_conditions_pipes_substitutions_and_other_shells() {
    for text in [
        "if ! kafka-topics.sh --list; then exit 1; fi",
        "cat x | kafka-topics.sh --list",
        "T=$(kafka-topics.sh --list)",
        "echo \"got `kafka-topics.sh --list`\"",
        "(cd /opt && kafka-topics.sh --list)",
        "bash -c 'sleep 1; kafka-topics.sh --list'",
        "kubectl exec -it kafka-0 -- bash -lc \"bin/kafka-topics.sh --list\"",
        "ssh broker1 'kafka-topics.sh --list'",
        "for t in a; do kafka-topics.sh --list; done",
        "[kafka@host ~]$ kafka-topics.sh --list",
        "env A=b nohup kafka-topics.sh --list &",
        "ssh broker1 <<EOF\nkafka-topics.sh --list\nEOF\n",
    ] {
        let want = ["Option kafka-topics.sh -> kafka-topics.sh", "Option --list -> kafka-topics.sh --list"];
        assert_eq!(usages(text), want, "{text}");
    }
}

#[test]
fn variables_of_the_text_are_resolved_and_others_stay() {
    let text = "BS=a:9092\nKT=\"$KAFKA_HOME/bin/kafka-topics.sh --bootstrap-server ${BS}\"\n$KT --list --topic \"$T\" --zookeeper ${Z:-z:2181}\n";
    assert_eq!(
        usages(text),
        [
            "Option kafka-topics.sh -> kafka-topics.sh",
            "Option --bootstrap-server -> kafka-topics.sh --bootstrap-server = a:9092",
            "Option --list -> kafka-topics.sh --list",
            "Option --topic -> kafka-topics.sh --topic = $T",
            "Option --zookeeper -> kafka-topics.sh --zookeeper = z:2181",
        ]
    );
}

#[test]
fn settings_in_options_are_those_of_the_component_that_gets_them() {
    let text = "kafka-topics.sh --create --config retention.ms=1 --config 'cleanup.policy=compact,delete'\n\
        kafka-console-producer.sh --producer-property acks=1 --property parse.key=true\n\
        kafka-console-consumer.sh --consumer-property \"group.id=a\"\n\
        kafka-producer-perf-test.sh --producer-props acks=1 linger.ms=0\n\
        kafka-server-start.sh config/server.properties --override node.id=2\n\
        kafka-configs.sh --entity-type topics --add-config 'a=1,b=[x,y],c=3'\n\
        kafka-configs.sh --entity-type users --add-config 'SCRAM-SHA-256=[password=x]'\n";
    assert_eq!(
        settings(text),
        [
            "topic retention.ms=1 at retention.ms=1",
            "topic cleanup.policy=compact,delete at cleanup.policy=compact,delete",
            "producer acks=1 at acks=1",
            "consumer group.id=a at group.id=a",
            "producer acks=1 at acks=1",
            "producer linger.ms=0 at linger.ms=0",
            "broker node.id=2 at node.id=2",
            "topic a=1 at a=1",
            "topic b=x,y at b=[x,y]",
            "topic c=3 at c=3",
        ]
    );
}

#[test]
fn properties_in_a_here_document_are_settings_at_their_own_places() {
    let text = "ZK=z:2181\ncat > /etc/kafka/server.properties <<-EOF\n\tbroker.id=1\n\tzookeeper.connect=$ZK\nEOF\nkafka-topics.sh --list\n";
    assert_eq!(
        settings(text),
        ["broker broker.id=1 at broker.id=1", "broker zookeeper.connect=z:2181 at zookeeper.connect=$ZK"]
    );
    assert_eq!(usages(text).len(), 2, "what follows the document is read on");
    let other = "cat > motd <<EOF\nkafka-topics.sh --list\nname=x\nEOF\n";
    assert!(settings(other).is_empty() && usages(other).is_empty());
}

#[test]
fn java_and_its_properties_are_read_wherever_they_are_given() {
    let text = "export KAFKA_OPTS=\"-Da.b=c -Dd=e\"\nKAFKA_LOG4J_OPTS='-Dlog4j.configuration=file:/x' bin/kafka-run-class.sh -daemon -name x kafka.tools.GetOffsetShell --broker-list b:9092\njava -cp 'libs/*' -Dq=r kafka.admin.TopicCommand --zookeeper z\njava -jar kafka-ui.jar\n";
    assert_eq!(
        usages(text),
        [
            "SystemProperty a.b -> a.b = c",
            "SystemProperty d -> d = e",
            "SystemProperty log4j.configuration -> log4j.configuration = file:/x",
            "Option kafka-run-class.sh -> kafka-run-class.sh",
            "Class kafka.tools.GetOffsetShell -> kafka.tools.GetOffsetShell",
            "Option --broker-list -> kafka-get-offsets.sh --broker-list = b:9092",
            "SystemProperty q -> q = r",
            "Class kafka.admin.TopicCommand -> kafka.admin.TopicCommand",
            "Option --zookeeper -> kafka-topics.sh --zookeeper = z",
        ]
    );
}

#[test]
fn classes_in_options_and_paths_of_the_distribution_are_reported() {
    let text = "bin/kafka-console-consumer.sh --formatter kafka.tools.DefaultMessageFormatter --offset -1\nbin/kafka-server-start.sh -daemon /opt/kafka/config/kraft/server.properties\nsed -i s/a/b/ $KAFKA_HOME/config/zookeeper.properties\n";
    let usages = usages(text);
    assert!(usages.contains(
        &"Class kafka.tools.DefaultMessageFormatter -> kafka.tools.DefaultMessageFormatter".to_owned()
    ));
    assert!(usages.contains(&"Option --offset -> kafka-console-consumer.sh --offset = -1".to_owned()));
    assert!(
        usages.contains(&"Path config/kraft/server.properties -> config/kraft/server.properties".to_owned())
    );
    assert!(usages.contains(&"Path config/zookeeper.properties -> config/zookeeper.properties".to_owned()));
    assert_eq!(usages.iter().filter(|one| one.starts_with("Path")).count(), 2);
}

#[test]
fn commands_inside_another_format_are_reported_at_their_places_there() {
    let outer = "RUN kafka-topics.sh --zookeeper z";
    let found = read_text(&SourceText::plain(outer.trim_start_matches("RUN "), 4));
    let usages: Vec<_> = found.usages.iter().map(|usage| usage.span.of(outer)).collect();
    assert_eq!(usages, ["kafka-topics.sh", "--zookeeper"]);
    let words = [(1, "/bin/kafka-topics.sh"), (30, "--list")];
    let found = read_words(&words.map(|(at, text)| SourceText::plain(text, at)));
    let usages: Vec<_> = found.usages.iter().map(|usage| (usage.span.start, usage.name.as_str())).collect();
    assert_eq!(usages, [(6, "kafka-topics.sh"), (30, "kafka-topics.sh --list")]);
}

#[test]
fn a_shell_text_is_known_by_its_commands_and_nothing_else_is_one() {
    for text in [
        "#!/bin/sh\necho hi",
        "#!/usr/bin/env bash\n",
        "kafka-topics.sh --zookeeper z --list",
        "$ bin/kafka-topics.sh --list",
        "bin/kafka-server-start.sh config/server.properties",
        "kafka-topics --bootstrap-server a:1 --list",
        "docker exec -it broker kafka-topics --list",
        "kubectl -n kafka exec kafka-0 -c kafka -- bin/kafka-topics.sh --list",
        "cat > server.properties <<EOF\nbroker.id=1\nEOF",
        "export KAFKA_OPTS=-Dx=y",
        "java -cp libs/kafka.jar kafka.Kafka server.properties",
        "bin/zookeeper-server-start.sh -daemon config/zookeeper.properties",
        "bin/kafka-storage.sh format -t x -c config/server.properties",
        "[kafka@h ~]$ kafka-topics.sh --list",
        "KAFKA_OPTS='-Dx=y' bin/kafka-topics.sh --list",
    ] {
        assert!(sniff::sniff("", text) >= 70, "{text}");
    }
    for text in [
        "",
        "broker.id=1\n# bin/kafka-topics.sh --zookeeper z --list\nzookeeper.connect=z",
        "kafka-topics.sh lost its option in 3.0.",
        "kafka-mirror-maker.sh was removed",
        "Use kafka-topics.sh --list to see them",
        "kafka-topics=1\nkafka-acls: x",
        "import java.util.List;\nclass A { String s = \"kafka-topics.sh\"; }",
        "FROM kafka\nRUN kafka-topics.sh --list",
        "apiVersion: v1\ndata:\n  run: |\n    kafka-topics.sh --list",
        "#!/usr/bin/env python\nprint('kafka-topics.sh --list')",
        "- kafka-topics.sh --zookeeper is gone",
        "kafka 2.8, zookeeper, kafka-python 2.0.2",
    ] {
        assert!(sniff::sniff("", text) < 10, "{text}: {}", sniff::sniff("", text));
    }
}

#[test]
fn unclosed_or_endlessly_doubled_texts_are_read_in_linear_time() {
    let mut texts: Vec<String> =
        ["$(", "`", "${", "\"", "'", "(", "<<A\n", "$'", "\\", "{", "a\\\n", "bash -c \"", "\u{1f600}'"]
            .iter()
            .map(|part| part.repeat(100_000))
            .collect();
    texts.push(format!("A=x\n{}", "A=$A$A\n".repeat(50_000)));
    texts.push(format!("A='{}'\n{}", "kafka-topics.sh --list ".repeat(300), "$A\n".repeat(100_000)));
    texts.push("kafka-topics.sh --a b ".repeat(50_000));
    texts.push("A=b ".repeat(100_000));
    for text in texts {
        let found = document("", &text, None, Encoding::Utf8);
        for span in found.usages.iter().map(|usage| usage.span) {
            assert!(span.end as usize <= text.len() && text.is_char_boundary(span.start as usize));
        }
    }
}

/// Every setting of the parts, as `component prefix key=value at value text`.
fn parts(path: &str, text: &str) -> Vec<String> {
    let document = crate::read(path, text, None);
    assert_eq!(document.kind, Kind::ShellScript, "{text}");
    let all = document.parts.iter().flat_map(|part| &part.settings);
    let lines = all.map(|one| {
        let component = one.component.map_or("-", Component::name);
        format!("{component} {}{}={} at {}", one.prefix, one.key, one.value, one.value_span.of(text))
    });
    lines.collect()
}

#[test]
fn connectors_that_a_script_sends_or_writes_are_read_where_they_stand() {
    let json = |dollar: &str| {
        format!(
            "{{\"connector.class\": \"a.B\", \"transforms\": \"d\",\n\"transforms.d.type\": \"org.apache.kafka.connect.transforms.ReplaceField{dollar}Value\",\n\"transforms.d.blacklist\": \"x\"}}"
        )
    };
    for text in [
        format!("#!/bin/sh\ncurl -X PUT http://c:8083/connectors/x/config -d '{}'\n", json("$")),
        format!("#!/bin/sh\ncurl http://c:8083/connectors -d @- <<EOF\n{}\nEOF\n", json("\\$")),
        format!("#!/bin/sh\ncat > sink.json <<'EOF'\n{}\nEOF\n", json("$")),
    ] {
        let parts = parts("", &text);
        assert!(
            parts.contains(&"smt.ReplaceField transforms.d.blacklist=x at x".to_owned()),
            "{text} {parts:#?}"
        );
        assert!(parts.iter().all(|one| !one.contains('$') || one.contains("=org.")), "{parts:#?}");
    }
    let other = "#!/bin/sh\ncurl http://x -d '{\"query\": \"connector.class\"}'\nkafka-topics.sh --list\n";
    assert_eq!(parts("", other), [""; 0]);
}

#[test]
fn a_log4j_configuration_that_a_script_writes_is_one() {
    let text = "#!/bin/sh\ncat > log4j.properties <<EOF\nlog4j.rootLogger=INFO, k\nlog4j.appender.k=org.apache.kafka.log4jappender.KafkaLog4jAppender\nEOF\n";
    let document = crate::read("", text, None);
    let part = document.parts.first().expect("a part");
    assert_eq!(part.kind, Kind::Log4jProperties);
    let names: Vec<_> = part.usages.iter().map(|usage| usage.span.of(text)).collect();
    assert_eq!(names, ["org.apache.kafka.log4jappender.KafkaLog4jAppender"]);
}

#[test]
fn a_line_that_is_added_to_a_file_is_a_setting_of_it() {
    let text = "echo \"delegation.token.master.key=x\" >> /etc/kafka/server.properties\nprintf 'a.b=1\\n' >> config/producer.properties\necho \"a.b=1\" >> notes.txt\n";
    assert_eq!(
        settings(text),
        ["broker delegation.token.master.key=x at delegation.token.master.key=x", "producer a.b=1 at a.b=1"]
    );
}

#[test]
fn variables_of_a_container_that_a_command_starts_are_settings() {
    let text = "docker run -d --name kafka -e KAFKA_ZOOKEEPER_CONNECT=zk:2181 \\\n  --env=KAFKA_LOG_DIRS=/d confluentinc/cp-kafka:7.5.0\nkafka-topics.sh --list\n";
    assert_eq!(
        parts("run.sh", text),
        ["broker zookeeper.connect=zk:2181 at zk:2181", "broker log.dirs=/d at /d"]
    );
    let other = "docker run -e KAFKA_LOG_DIRS=/d --name kafka postgres:16\nkafka-topics.sh --list\n";
    assert_eq!(parts("run.sh", other), [""; 0]);
}

#[test]
fn units_of_systemd_have_commands_and_variables() {
    let text = "[Unit]\nAfter=kafka.service\n[Service]\nEnvironment=\"KAFKA_LOG4J_OPTS=-Dlog4j.configuration=file:/x\" A=b\nExecStart=-/opt/kafka/bin/kafka-server-start.sh \\\n  /opt/kafka/config/kraft/server.properties\n";
    let document = crate::read("kafka.service", text, None);
    let usages: Vec<_> = document.usages.iter().map(|usage| usage.span.of(text)).collect();
    assert_eq!(usages, ["log4j.configuration", "kafka-server-start.sh", "config/kraft/server.properties"]);
    let other = "[Service]\nExecStart=/usr/sbin/nginx\n";
    assert_eq!(crate::read("nginx.service", other, None).kind, Kind::Unknown);
}

#[test]
fn commands_of_windows_are_read_at_their_places() {
    for (path, text, want) in [
        (
            "run.bat",
            "@echo off\r\nrem kafka-acls.bat --authorizer x\r\nC:\\kafka\\bin\\windows\\kafka-topics.bat ^\r\n --create --topic é\r\n",
            ["kafka-topics.bat", "--create", "--topic"].as_slice(),
        ),
        ("x.bat", "set KAFKA_OPTS=-Da=b -Dc=\"d e\"\r\nset \"KAFKA_LOG4J_OPTS=-Df=g\"\n", &["a", "c", "f"]),
        (
            "run.ps1",
            "$env:KAFKA_OPTS  =  \"-Da=b\"\n& C:\\k\\kafka-topics.bat `\n  --list\n",
            &["a", "kafka-topics.bat", "--list"],
        ),
        (
            "",
            "bin\\windows\\kafka-server-start.bat config\\kraft\\server.properties\n",
            &["kafka-server-start.bat", "config\\kraft\\server.properties"],
        ),
    ] {
        let document = crate::read(path, text, None);
        let usages: Vec<_> = document.usages.iter().map(|usage| usage.span.of(text)).collect();
        assert_eq!(usages, want, "{text}");
    }
    assert_eq!(crate::read("build.bat", "@echo off\r\ncall mvnw.bat install\r\n", None).usages, []);
    let text = "@echo off\r\nkubectl apply -f kafka-topics.yaml -n kafka\r\n";
    assert_eq!(crate::read("install.bat", text, None).kind, crate::Kind::ShellScript);
    let text = "@echo off\r\nrem kafka is elsewhere\r\ncall mvnw.cmd install\r\n";
    assert_eq!(crate::read("build.cmd", text, None).kind, crate::Kind::Unknown);
}

#[test]
fn tables_of_cron_aliases_and_options_alone_are_read() {
    for (text, want) in [
        (
            "*/5 * * * * kafka /opt/kafka/bin/kafka-topics.sh --list >/dev/null\n",
            ["kafka-topics.sh", "--list"].as_slice(),
        ),
        ("#!/bin/sh\nalias kt='kafka-topics.sh --list'\n", &["kafka-topics.sh", "--list"]),
        ("-Dlog4j.configuration=file:/x\n", &["log4j.configuration"]),
    ] {
        let document = crate::read("", text, None);
        let usages: Vec<_> = document.usages.iter().map(|usage| usage.span.of(text)).collect();
        assert_eq!(usages, want, "{text}");
    }
}

#[test]
fn units_set_variables_of_applications_and_run_containers() {
    let parts = |path: &str, text: &str| -> Vec<String> {
        let document = crate::read(path, text, None);
        let settings = document.parts.iter().flat_map(|part| &part.settings);
        settings.map(|one| format!("{}={}", one.key, one.value)).collect()
    };
    let unit = "[Service]\nEnvironment=SPRING_KAFKA_BOOTSTRAP_SERVERS=k:9092\nEnvironment=\"SPRING_KAFKA_PRODUCER_PROPERTIES_LINGER_MS=7\" A=b\nExecStart=/usr/bin/java -jar a.jar\n";
    assert_eq!(parts("a.service", unit), ["linger.ms=7"]);
    let quadlet = "[Unit]\nDescription=a\n[Container]\nImage=docker.io/confluentinc/cp-kafka:7.5.0\nEnvironment=KAFKA_NODE_ID=3\nEnvironment=KAFKA_ZOOKEEPER_CONNECT=zk:2181\n";
    assert_eq!(parts("k.container", quadlet), ["node.id=3", "zookeeper.connect=zk:2181"]);
    assert!(parts("a.container", "[Container]\nImage=postgres:16\nEnvironment=KAFKA_NODE_ID=3\n").is_empty());
    let powershell =
        "docker run -d `\n  -e KAFKA_ZOOKEEPER_CONNECT=zk:2181 `\n  confluentinc/cp-kafka:7.5.0\n";
    assert_eq!(parts("up.ps1", powershell), ["zookeeper.connect=zk:2181"]);
}

#[test]
fn scripts_export_variables_of_applications() {
    for text in [
        "#!/bin/sh\nexport SPRING_KAFKA_STREAMS_PROPERTIES_PROCESSING_GUARANTEE=exactly_once\nexec java -jar a.jar\n",
        "#!/bin/sh\ndocker run -e SPRING_KAFKA_STREAMS_PROPERTIES_PROCESSING_GUARANTEE=exactly_once r/a:1\n",
    ] {
        let document = crate::read("run.sh", text, None);
        let settings = document.parts.iter().flat_map(|part| &part.settings);
        let settings: Vec<_> = settings.map(|one| (one.key.as_str(), one.value_span.of(text))).collect();
        assert_eq!(settings, [("processing.guarantee", "exactly_once")]);
    }
}

#[test]
fn confluent_s_consoles_hand_their_options_to_kafka_s() {
    let text = "kubectl exec -i $POD -c kafka -- kafka-avro-console-producer --broker-list a:9092 --topic t\nkafka-json-schema-console-consumer --topic t\n";
    assert_eq!(
        usages(text),
        [
            "Option --broker-list -> kafka-console-producer.sh --broker-list = a:9092",
            "Option --topic -> kafka-console-producer.sh --topic = t",
            "Option --topic -> kafka-console-consumer.sh --topic = t",
        ]
    );
}
