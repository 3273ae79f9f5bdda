use super::*;

#[test]
fn causes_and_frames_belong_to_one_failure() {
    let text = "kafka-1  | [2025-05-20 06:30:00,117] ERROR Exiting Kafka (kafka.Kafka$)\n\
            kafka-1  | java.lang.RuntimeException: a\n\
            kafka-1  | \tat com.example.A.b(A.java:1)\n\
            kafka-1  | Caused by: java.lang.ClassNotFoundException: c.D\n\
            kafka-1  | \t... 12 more\n\
            kafka-1  | [2025-05-20 06:30:02,117] ERROR Exiting Kafka (kafka.Kafka$)\n";
    let found = find(text, Kind::ShellScript);
    let messages: Vec<_> = found.iter().map(|one| (one.entry, one.message.as_str(), one.count)).collect();
    assert_eq!(
        messages,
        [
            (0, "Exiting Kafka (kafka.Kafka$)", 2),
            (0, "java.lang.RuntimeException: a", 1),
            (0, "java.lang.ClassNotFoundException: c.D", 1),
        ]
    );
    assert_eq!(found[1].frames, ["com.example.A.b"]);
    assert!(found.iter().all(|one| one.of_kafka));
    assert_eq!(
        found[0].times,
        Some(("2025-05-20 06:30:00,117".to_owned(), "2025-05-20 06:30:02,117".to_owned()))
    );
}

#[test]
fn failures_of_other_programs_are_not_of_kafka() {
    assert_eq!(
        find(
            "[2025-05-20 06:30:00,117] ERROR Deadlock found (com.mysql)\njava.sql.SQLException: x\n",
            Kind::ShellScript
        ),
        []
    );
}

#[test]
fn another_headline_of_a_known_cause_is_no_failure_of_its_own() {
    let text = "[2025-05-20 06:30:00,117] ERROR Validation failed (kafka.server.A)\n\
            java.lang.RuntimeException: a\n\
            [2025-05-20 06:30:01,117] ERROR Processing failed (kafka.server.A)\n\
            java.lang.RuntimeException: a\n";
    let found = find(text, Kind::ShellScript);
    let errors: Vec<_> = found.iter().map(|one| (one.message.as_str(), one.is_error, one.count)).collect();
    assert_eq!(
        errors,
        [
            ("Validation failed (kafka.server.A)", true, 1),
            ("java.lang.RuntimeException: a", true, 2),
            ("Processing failed (kafka.server.A)", false, 1),
        ]
    );
}

#[test]
fn a_formatted_record_is_one_failure() {
    let text = "{\n  \"level\": \"ERROR\",\n  \"timestamp\": \"2018-09-23T10:39:18.904Z\",\n  \"logger\": \"kafkajs\",\n  \"message\": \"[Connection] Response Metadata\"\n}\n";
    let found = find(text, Kind::ShellScript);
    assert_eq!(
        found.iter().map(|one| one.message.as_str()).collect::<Vec<_>>(),
        ["[Connection] Response Metadata"]
    );
    assert_eq!(found[0].times.as_ref().map(|(first, _)| first.as_str()), Some("2018-09-23T10:39:18.904Z"));
    // What is no record is read line by line.
    let text = "{\njava.lang.NoSuchMethodError: org.apache.kafka.A.b()V\n";
    assert_eq!(find(text, Kind::ShellScript).len(), 1);
}

#[test]
fn every_line_of_a_short_text_about_kafka_may_be_a_failure() {
    let text = "rebalance of the kafka consumer: the member is not known any more\n";
    assert_eq!(find(text, Kind::Unknown).len(), 1);
    assert!(!find(text, Kind::Unknown)[0].is_error);
    for (text, why) in [
        ("the member is not known any more\n", "names nothing of Kafka's"),
        ("db-1     | relation is not there\nkafka-1  | started\n", "is of two containers"),
        ("# kafka must not be down\nlisteners=is not there\n", "is a configuration"),
    ] {
        assert_eq!(find(text, Kind::Unknown), [], "{why}");
    }
}

#[test]
fn conditions_and_events_are_failures() {
    let text = "status:\n  conditions:\n  - lastTransitionTime: \"2025-01-01T00:00:00Z\"\n    message: 'Unsupported Kafka.spec.kafka.version: 3.3.1'\n    type: NotReady\n";
    assert_eq!(
        find(text, Kind::ShellScript).first().map(|one| one.message.as_str()),
        Some("Unsupported Kafka.spec.kafka.version: 3.3.1")
    );
    let text = "Events:\n  Warning  BackOff  2m (x5 over 3m)  kubelet  Back-off restarting failed container kafka in pod kafka-0\n";
    assert_eq!(find(text, Kind::ShellScript).len(), 1);
}

#[test]
fn a_warning_of_a_short_text_is_asked_about() {
    let warning =
        "[2026-11-29 03:00:00,000] WARN [Broker id=1] Something is odd (kafka.server.ReplicaManager)\n";
    let asked = |text: &str| {
        let mut failures = Failures::new(text);
        text.lines().for_each(|line| {
            failures.read(line, 0);
        });
        failures.finish().iter().map(|one| (one.is_error, one.is_asked)).collect::<Vec<_>>()
    };
    assert_eq!(asked(warning), [(false, true)]);
    // A long log warns of many things that pass.
    let info = "[2026-11-29 03:00:00,000] INFO [Broker id=1] It goes on (kafka.server.ReplicaManager)\n";
    assert_eq!(asked(&format!("{}{warning}", info.repeat(60))), [(false, false)]);
    let healthy = "[2026-11-29 03:00:00,000] WARN Attempting to close NetworkClient that has already been closed. (org.apache.kafka.clients.NetworkClient)\n";
    assert_eq!(asked(healthy), [(false, false)]);
}

#[test]
fn classes_that_a_scan_of_plugins_misses_are_no_failures() {
    let scan = "[2026-11-29 03:00:00,000] WARN could not get type for name org.osgi.framework.BundleListener from any class loader (org.reflections.Reflections)\n\
            org.reflections.ReflectionsException: could not get type for name org.osgi.framework.BundleListener\n\
            \tat org.apache.kafka.connect.runtime.isolation.DelegatingClassLoader.scan(DelegatingClassLoader.java:490)\n\
            Caused by: java.lang.ClassNotFoundException: org.osgi.framework.BundleListener\n";
    assert_eq!(find(scan, Kind::ShellScript), []);
    let real = "[2026-11-29 03:00:01,000] ERROR Stopping due to error (org.apache.kafka.connect.cli.ConnectDistributed)\n\
            java.lang.ClassNotFoundException: io.debezium.connector.mysql.MySqlConnector\n";
    assert_eq!(find(&format!("{scan}{real}"), Kind::ShellScript), {
        let mut alone = find(real, Kind::ShellScript);
        for one in &mut alone {
            one.entry += 1;
            one.span = kafka_upgrade_document::Span::new(
                one.span.start + scan.len() as u32,
                one.span.end + scan.len() as u32,
            );
        }
        alone
    });
}

/// Each message of a text that is a failure of Kafka's.
fn messages(text: &str, kind: Kind) -> Vec<String> {
    let found = find(text, kind).into_iter().filter(|one| one.of_kafka);
    found.map(|one| one.message).collect()
}

#[test]
fn exceptions_in_fields_of_their_own_are_messages() {
    for (class, text) in [("error.type", "error.message"), ("exception.type", "exception.message")] {
        let record = format!(
            "{{\"@timestamp\":\"2026-03-11T08:02:13Z\",\"log.level\":\"ERROR\",\"message\":\"Send failed\",\"{class}\":\"org.apache.kafka.common.errors.TimeoutException\",\"{text}\":\"late\"}}\n"
        );
        assert_eq!(
            messages(&record, Kind::LiveOutput),
            ["Send failed", "org.apache.kafka.common.errors.TimeoutException: late"],
            "{class}"
        );
    }
}

#[test]
fn errors_of_clients_that_name_no_client_are_of_kafka() {
    for error in [
        "[35] Unsupported Version: the version of API is not supported",
        "[3] Unknown Topic Or Partition: the request is for a topic that does not exist on this broker",
        "kafka server: The version of API is not supported",
    ] {
        let record = format!(
            "{{\"level\":\"error\",\"ts\":\"2026-01-12T09:14:02Z\",\"msg\":\"fetch failed\",\"error\":\"{error}\"}}\n"
        );
        let found = messages(&record, Kind::LiveOutput);
        assert!(found.iter().any(|one| one == error), "{error}: {found:?}");
    }
    let other = "{\"level\":\"error\",\"ts\":\"2026-01-12T09:14:02Z\",\"msg\":\"fetch failed\",\"error\":\"[35] no rows\"}\n";
    assert!(messages(other, Kind::LiveOutput).is_empty());
}

#[test]
fn what_shells_of_windows_do_not_find_is_a_failure_where_it_is_kafkas() {
    for line in [
        "'kafka-topics.sh' is not recognized as an internal or external command,",
        "'.\\bin\\windows\\zookeeper-server-start.bat' is not recognized as an internal or external command,",
        "kafka-topics.sh: The term 'kafka-topics.sh' is not recognized as a name of a cmdlet, function, script file, or executable program.",
        "/etc/confluent/docker/ensure: line 24: cub: command not found",
    ] {
        assert!(is_one(line), "{line}");
    }
    let folder = "'bin' is not recognized as an internal or external command,";
    assert!(is_form(folder) && !is_one(folder));
    assert!(!is_form("'python' is not recognized as an internal or external command,"));
}

#[test]
fn candidates_of_a_compiler_belong_to_the_call_that_they_do_not_fit() {
    let text = "[ERROR] /src/Sender.java:[52,17] no suitable method found for close(int,java.util.concurrent.TimeUnit)\n\
                [ERROR]     method org.apache.kafka.clients.producer.Producer.close() is not applicable\n\
                [ERROR]     method org.apache.kafka.clients.producer.Producer.close(java.time.Duration) is not applicable\n";
    let entries: Vec<u32> = find(text, Kind::LiveOutput).iter().map(|one| one.entry).collect();
    assert_eq!(entries, [0, 0, 0]);
}

#[test]
fn a_client_that_does_not_know_its_release_is_no_failure() {
    let head = "[2026-11-29 03:00:00,000] WARN Error while loading kafka-streams-version.properties (org.apache.kafka.streams.internals.metrics.ClientMetrics)\n\
            java.lang.NullPointerException: inStream parameter is null\n\
            \tat java.base/java.util.Properties.load(Properties.java:407)\n\
            \tat org.apache.kafka.streams.internals.metrics.ClientMetrics.<clinit>(ClientMetrics.java:50)\n";
    assert_eq!(find(head, Kind::ShellScript), []);
    let packed = "[2026-11-29 03:00:00,000] WARN Error while loading kafka-version.properties: inStream parameter is null (org.apache.kafka.common.utils.AppInfoParser)\n";
    assert_eq!(find(packed, Kind::ShellScript), []);
}

#[test]
fn a_trace_without_its_first_line_is_asked_about() {
    let text = "\tat kafka.Kafka$.main(Kafka.scala:91)\n\tat kafka.Kafka.main(Kafka.scala)\n";
    let found = find(text, Kind::Unknown);
    assert_eq!(found.iter().map(|one| (one.is_error, one.is_asked)).collect::<Vec<_>>(), [(false, true)]);
    assert_eq!(found[0].frames.first().map(String::as_str), Some("kafka.Kafka$.main"));
    // The cause below it is of the same failure.
    let cut = format!("{text}Caused by: java.lang.ClassNotFoundException: c.D\n");
    assert_eq!(find(&cut, Kind::Unknown).iter().map(|one| one.entry).collect::<Vec<_>>(), [0, 0]);
    // A dump of threads has frames below their names.
    let dump = format!("\"main\" #1 prio=5 os_prio=0 runnable\n{text}");
    assert_eq!(find(&dump, Kind::Unknown).iter().filter(|one| one.is_asked).count(), 0);
}

#[test]
fn failures_of_others_that_use_zookeeper_are_passed_over() {
    let expired = "org.apache.zookeeper.KeeperException$SessionExpiredException: KeeperErrorCode = Session expired\n\tat org.apache.zookeeper.KeeperException.create(KeeperException.java:127)\n";
    assert_eq!(find(expired, Kind::Unknown).len(), 1);
    let of_hbase =
        format!("{expired}\tat org.apache.hadoop.hbase.zookeeper.ZKUtil.getData(ZKUtil.java:686)\n");
    assert_eq!(find(&of_hbase, Kind::Unknown), []);
    assert_eq!(find(&format!("{of_hbase}INFO kafka sink stopped\n"), Kind::Unknown).len(), 1);
}

#[test]
fn what_a_pod_waits_for_is_a_failure() {
    let pod = "Name: kafka-0\nContainers:\n  kafka:\n    Image: confluentinc/cp-kafka:7.9.0\n    State:          Waiting\n      Reason:       CrashLoopBackOff\n    Last State:     Terminated\n      Reason:       Error\n";
    let found = find(pod, Kind::Unknown);
    let errors: Vec<_> =
        found.iter().filter(|one| one.is_error && one.of_kafka).map(|one| one.message.as_str()).collect();
    assert_eq!(errors, ["Reason:       CrashLoopBackOff"]);
    // A long one, whose lines name nothing by themselves.
    let long = format!("{pod}{}", "    SOME_VARIABLE:  value\n".repeat(200));
    assert!(find(&long, Kind::Unknown).iter().any(|one| one.is_error && one.of_kafka));
    let other = pod.replace("kafka", "nginx").replace("confluentinc/cp-nginx", "nginx");
    assert_eq!(find(&other, Kind::Unknown), []);
}

#[test]
fn conditions_of_strimzi_name_no_kafka() {
    let text = "status:\n  conditions:\n  - lastTransitionTime: 2019-06-06T17:45:13+0000\n    message: You cannot configure TLS authentication on a plain listener.\n    reason: InvalidResourceException\n    status: \"True\"\n    type: NotReady\n";
    let found = find(text, Kind::Unknown);
    assert_eq!(found.iter().map(|one| one.of_kafka).collect::<Vec<_>>(), [true]);
    assert!(found[0].more.contains("InvalidResourceException"), "{}", found[0].more);
}

#[test]
fn lines_of_one_build_are_one_failure() {
    let text = "gyp ERR! build error\ngyp ERR! cwd /app/node_modules/node-rdkafka\nnpm ERR! code ELIFECYCLE\nnpm ERR! node-rdkafka@2.2.3 install: `node-gyp rebuild`\n";
    let entries: BTreeSet<u32> = find(text, Kind::Unknown).iter().map(|one| one.entry).collect();
    assert_eq!(entries.len(), 1);
}

#[test]
fn javac_of_another_language_is_read() {
    let text = "[ERROR] /src/KafkaSource.java:[34,1] 错误: 找不到符号\n[ERROR]   符号:   类 ConsumerRecords\n  位置: 类 KafkaSource\n";
    let found = find(text, Kind::Unknown);
    assert_eq!(found.len(), 2);
    assert_eq!((found[1].entry, found[1].message.as_str()), (0, "[ERROR]   symbol:   class ConsumerRecords"));
    assert_eq!(found[1].more, "location: class KafkaSource");
    // Places are those of the text as it is.
    let second = text.find("[ERROR]   符").unwrap_or_default();
    assert_eq!(found[1].span.start as usize, second);
}

#[test]
fn a_directory_that_an_image_finds_formatted_is_no_failure() {
    let line = "Log directory /data is already formatted. Use --ignore-formatted to ignore this directory and format the others.\n";
    assert_eq!(find(line, Kind::Unknown).len(), 1);
    let start = format!("===> Using provided cluster id x ...\n{line}===> Launching kafka ...\n");
    assert!(find(&start, Kind::Unknown).iter().all(|one| !one.is_error));
}

#[test]
fn an_error_of_python_in_a_file_of_kafka_is_of_kafka() {
    let long = "INFO:root:works\n".repeat(300);
    let trace = "Traceback (most recent call last):\n  File \"/usr/lib/python3/site-packages/kafka/conn.py\", line 4, in a\n    b()\nKeyError: 14\n";
    let of_kafka = |text: &str| find(text, Kind::LiveOutput).iter().any(|one| one.of_kafka);
    assert!(of_kafka(&format!("{long}{trace}")));
    assert!(!of_kafka(&format!("{long}{}", trace.replace("kafka", "redis"))));
}
