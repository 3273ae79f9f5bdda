//! What tools and brokers of 3.9.2 and 4.1.2 printed, and what is read from it. The files in `live` are as they were
//! printed, but for names of folders.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Kind};
use kafka_upgrade_input::read;

fn live(text: &str) -> Document {
    let document = read("", text, None);
    assert_eq!(document.kind, Kind::LiveOutput, "{}", text.lines().next().unwrap_or_default());
    document
}

/// Values of a subject.
fn seen(document: &Document, subject: &str) -> Vec<String> {
    let all = document.observations.iter().filter(|one| one.what.subject() == subject);
    all.map(|one| one.what.value()).collect()
}

/// `key=value` of every part's settings, and that each stands where it says.
fn settings(document: &Document, component: Component, text: &str) -> Vec<String> {
    let parts = document.parts.iter().filter(|part| part.component == Some(component));
    let settings = parts.flat_map(|part| &part.settings);
    settings
        .map(|one| {
            assert_eq!(one.key_span.of(text), format!("{}{}", one.prefix, one.key));
            format!("{}{}={}", one.prefix, one.key, one.value)
        })
        .collect()
}

#[test]
fn api_versions_show_which_release_a_broker_is() {
    for (text, release) in [
        (include_str!("live/apis-3.9.2.txt"), "3.9"),
        (include_str!("live/apis-4.1.2.txt"), "4.1"),
        (include_str!("live/apis-2.8.2-by-4.3.1.txt"), "2.8"),
    ] {
        let document = live(text);
        assert_eq!(seen(&document, "broker-version"), [release], "{:?}", document.problems);
        assert!(seen(&document, "api-version").iter().any(|one| one.starts_with("Produce 0..")));
        assert!(document.problems.is_empty());
    }
    let pasted = format!("$ bin/kafka-broker-api-versions.sh\n{}\n", include_str!("live/apis-3.9.2.txt"));
    assert_eq!(seen(&live(&pasted), "broker-version"), ["3.9"]);
}

#[test]
fn api_versions_that_fit_no_release_or_several_are_reported_as_such() {
    let of = |range: &str| {
        live(&format!("b:9092 (id: 1 rack: null) -> (\n\tProduce(0): {range} [usable: 1],\n)\n"))
    };
    assert!(of("0 to 99").problems.iter().any(|one| one.message.starts_with("No release")));
    assert!(of("0 to 9").problems.iter().any(|one| one.message.contains("every release from")));
}

#[test]
fn printed_features_show_what_is_finalised_and_what_runs() {
    let document = live(include_str!("live/features-3.9.2.txt"));
    assert_eq!(seen(&document, "metadata.version"), ["3.9-IV0"]);
    assert_eq!(seen(&document, "kraft.version"), ["0"]);
    assert_eq!(seen(&document, "broker-version"), ["3.9"]);
    assert_eq!(seen(&document, "mode"), ["kraft"]);
    let document = live(include_str!("live/features-4.1.2.txt"));
    assert_eq!(seen(&document, "transaction.version"), ["2"]);
    assert_eq!(seen(&document, "broker-version"), ["4.1"]);
}

#[test]
fn the_quorum_and_a_formatted_folder_say_kraft() {
    for text in [include_str!("live/quorum-status-3.9.2.txt"), include_str!("live/storage-info-3.9.2.txt")] {
        assert_eq!(seen(&live(text), "mode"), ["kraft"]);
    }
}

#[test]
fn only_settings_that_somebody_set_are_read_from_a_description() {
    let text = include_str!("live/configs-broker-3.9.2.txt");
    let found = settings(&live(text), Component::BROKER, text);
    for want in ["log.retention.hours=72", "process.roles=broker,controller", "num.partitions=3", "node.id=1"]
    {
        assert!(found.iter().any(|one| one == want), "{want} of {found:#?}");
    }
    assert!(found.iter().all(|one| !one.starts_with("background.threads")));
    assert_eq!(found.len(), 11, "{found:#?}");
    let text = include_str!("live/configs-topic-3.9.2.txt");
    assert_eq!(settings(&live(text), Component::TOPIC, text), ["cleanup.policy=compact"]);
    let text = include_str!("live/topic-describe-3.9.2.txt");
    assert_eq!(settings(&live(text), Component::TOPIC, text), ["cleanup.policy=compact"]);
    let text = "Topic: a\tPartitionCount: 1\tReplicationFactor: 1\tConfigs: cleanup.policy=compact,delete,retention.ms=5\n";
    assert_eq!(
        settings(&live(text), Component::TOPIC, text),
        ["cleanup.policy=compact,delete", "retention.ms=5"]
    );
}

#[test]
fn a_start_up_log_names_release_mode_and_settings() {
    let text = include_str!("live/server-3.9.2.log");
    let document = live(text);
    assert_eq!(seen(&document, "broker-version"), ["3.9.2"]);
    assert_eq!(seen(&document, "mode"), ["kraft"]);
    let found = settings(&document, Component::BROKER, text);
    for want in [
        "log.retention.hours=72",
        "process.roles=broker,controller",
        "controller.quorum.voters=1@localhost:19093",
    ] {
        assert!(found.iter().any(|one| one == want), "{want} of {found:#?}");
    }
    assert!(found.len() < 20, "{found:#?}");
}

#[test]
fn a_clients_log_names_the_client_and_its_settings() {
    let text = "2024-01-01 INFO  o.a.k.c.producer.ProducerConfig - ProducerConfig values: \n\tacks = -1\n\tbatch.size = 16384\n\tclient.dns.lookup = use_all_dns_ips\n\tlinger.ms = 50\n\tsasl.jaas.config = [hidden]\n\n2024-01-01 INFO  o.a.k.c.u.AppInfoParser - Kafka version: 3.4.0\n";
    let document = live(text);
    assert_eq!(settings(&document, Component::PRODUCER, text), ["linger.ms=50"]);
    let named = document.dependencies.first().map(|one| format!("{} {}", one.artifact, one.version));
    assert_eq!(named.as_deref(), Some("kafka-clients 3.4.0"));
    assert!(seen(&document, "broker-version").is_empty());
}

#[test]
fn versions_are_read_from_what_programs_say_of_themselves() {
    let named = |text: &str| {
        let document = live(text);
        let one = document.dependencies.first().expect("something that runs");
        format!("{} {} at {}", one.artifact, one.version, one.span.of(text))
    };
    assert_eq!(named("3.4.0 (Commit:2e1947d240607d53)\n"), "kafka 3.4.0 at 3.4.0");
    assert_eq!(named("openjdk version \"17.0.9\" 2023-10-17\nOpenJDK Runtime\n"), "java 17.0.9 at 17.0.9");
    let srvr = "Zookeeper version: 3.4.13-2d71af4, built on 06/29/2018\nMode: follower\n";
    assert_eq!(named(srvr), "zookeeper 3.4.13 at 3.4.13");
}

#[test]
fn requests_show_which_client_sends_which_version() {
    let log = include_str!("live/requests-3.9.2.log");
    let document = live(log);
    assert_eq!(seen(&document, "client"), ["apache-kafka-java 3.9.2"]);
    assert!(seen(&document, "spoken-api").contains(&"Metadata 12 from apache-kafka-java 3.9.2".to_owned()));
    let old = "[2019-01-01] DEBUG Completed request:RequestHeader(apiKey=PRODUCE, apiVersion=2, clientId=x, correlationId=3) -- {acks=1},response:{},totalTime:1,softwareName=unknown (kafka.request.logger)\n";
    assert_eq!(seen(&live(old), "spoken-api"), ["Produce 2 as x"]);
    let jmx = "kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,request=Produce,version=2,clientSoftwareName=sarama,clientSoftwareVersion=1.38.1:Count=42\nkafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,request=Fetch,version=0,clientSoftwareName=x,clientSoftwareVersion=1:Count=0\n";
    assert_eq!(seen(&live(jmx), "spoken-api"), ["Produce 2 from sarama 1.38.1"]);
    let prometheus = "kafka_network_requestmetrics_deprecatedrequestspersec_total{clientSoftwareName=\"unknown\",clientSoftwareVersion=\"unknown\",request=\"ListOffsets\",version=\"0\",} 12.0\n";
    assert_eq!(seen(&live(prometheus), "spoken-api"), ["ListOffsets 0"]);
}

#[test]
fn what_jmx_tools_print_of_old_requests_is_counted() {
    let spoken =
        |text: &str| seen(&live(text), "spoken-api").iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let want =
        ["CreateTopics 0", "CreateTopics 1", "DeleteTopics 0", "DescribeConfigs 0", "Fetch 0", "Fetch 2"];
    let want = want.into_iter().chain(["ListOffsets 0", "Produce 0", "Produce 2"]).collect::<Vec<_>>();
    assert_eq!(spoken(include_str!("live/jmx-3.9.2.csv")), want);
    assert_eq!(spoken(include_str!("live/jmx-3.9.2.txt")), want);
    let name = "kafka.network:clientSoftwareName=x,clientSoftwareVersion=1.2,name=DeprecatedRequestsPerSec,request=Produce,type=RequestMetrics,version=0";
    assert_eq!(spoken(&format!("$>beans\n{name}\n")), ["Produce 0 from x 1.2"]);
    assert_eq!(spoken(&format!("#mbean = {name}:\nCount = 7;\n\n")), ["Produce 0 from x 1.2"]);
    assert!(spoken(&format!("#mbean = {name}:\nCount = 0;\n\n")).is_empty());
    assert!(spoken(&format!("{name}:Count=0\n{name}:EventType=requests\n{name}:MeanRate=1.5\n")).is_empty());
    let rows = format!("\"time\",\"{name}:Count\",\"{name}:MeanRate\"\n1795421785218,0,0.0\n");
    assert!(spoken(&rows).is_empty());
    assert_eq!(spoken(&rows.replace(",0,", ",3,")), ["Produce 0 from x 1.2"]);
    let headless = format!("\"time\",\"{name}:Count\"\n");
    assert_eq!(spoken(&headless), ["Produce 0 from x 1.2"]);
}

#[test]
fn the_sender_of_an_old_request_is_reported_once_by_id_and_address() {
    let log = include_str!("live/old-requests-3.9.2.log");
    let document = live(log);
    let spoken = seen(&document, "spoken-api");
    for want in ["Produce 0 as sarama at 127.0.0.1", "Produce 2 as kafka-node-client at 127.0.0.1"] {
        assert!(spoken.contains(&want.to_owned()), "{want} of {spoken:#?}");
    }
    let twice = format!("{log}{}", log.replace("-127.0.0.1:", "-10.0.0.9:"));
    assert_eq!(seen(&live(&twice), "spoken-api"), spoken);
    let old = live(include_str!("live/requests-2.5.1.log"));
    let want = ["Metadata 5", "CreateTopics 2", "Metadata 9 from apache-kafka-java 2.8.2", "LeaderAndIsr 4"];
    assert_eq!(seen(&old, "spoken-api"), want);
    let text =
        include_str!("live/requests-2.5.1.log").replace("apiVersion=2, clientId=", "apiVersion=0, clientId=");
    assert!(
        seen(&live(&text), "spoken-api").contains(&"CreateTopics 0 as adminclient-1 at 127.0.0.1".to_owned())
    );
}

#[test]
fn refusals_are_read_from_either_side() {
    let log = include_str!("live/refused-4.4.0.log");
    let document = live(log);
    assert_eq!(
        seen(&document, "refused-api"),
        ["Produce 0", "ListOffsets 0", "CreateTopics 0", "CreateTopics 1", "Produce 2", "Fetch 0"]
    );
    let client =
        "UnsupportedVersionException: The node does not support METADATA with version in range [9,12].";
    assert_eq!(seen(&live(client), "refused-api"), ["Metadata 9 to 12"]);
    let broker = "org.apache.kafka.common.errors.InvalidRequestException: Received request api key PRODUCE with version 2 which is not supported\n";
    assert_eq!(seen(&live(broker), "refused-api"), ["Produce 2"]);
    let client = "org.apache.kafka.common.errors.UnsupportedVersionException: The node does not support LIST_OFFSETS with version in range [11,11]. The supported range is [1,10].\n";
    assert_eq!(seen(&live(client), "refused-api"), ["ListOffsets 11"]);
}

#[test]
fn names_of_beans_that_a_plan_searches_for_are_read() {
    // What the search that plans print for brokers before 3.6 leaves of JmxTool's output.
    let text = "kafka.server:type=socket-server-metrics,clientSoftwareName=apache-kafka-java,clientSoftwareVersion=2.0.1,listener=PLAINTEXT,networkProcessor=0\nkafka.server:type=socket-server-metrics,clientSoftwareName=unknown,clientSoftwareVersion=unknown,listener=PLAINTEXT,networkProcessor=1\n";
    assert_eq!(seen(&live(text), "client"), ["apache-kafka-java 2.0.1"]);
}

#[test]
fn texts_that_only_mention_output_are_no_output() {
    for text in [
        "We run Kafka version 3.4 with (id: 1) -> (",
        "Feature: dark mode\n",
        "a sensitive=true b\n",
        "values:\n\ta = b\n",
        "rules:\n- pattern: kafka.server<type=socket-server-metrics, clientSoftwareName=(.+), clientSoftwareVersion=(.+)><>connections\n  name: a\n",
        "bin/kafka-run-class.sh org.apache.kafka.tools.JmxTool --object-name 'kafka.server:type=socket-server-metrics,clientSoftwareName=*,*'\n",
        "expr: sum(kafka_network_requestmetrics_deprecatedrequestspersec_total{request=\"Produce\",version=\"0\"}) > 0\n",
    ] {
        assert_ne!(read("", text, None).kind, Kind::LiveOutput, "{text}");
    }
}

#[test]
fn logs_show_what_is_finalised_and_what_else_runs() {
    let level = |text: &str| seen(&live(text), "metadata.version").join(" ");
    assert_eq!(level(include_str!("live/server-3.9.2.log")), "3.9-IV0");
    assert_eq!(level("Formatting metadata directory /data with metadata.version 3.7-IV4.\n"), "3.7-IV4");
    let newer = "[2026-11-23 08:17:39,974] INFO [ControllerServer id=1] Loaded new metadata FinalizedFeatures(metadataVersion=Optional[4.4-IV2], finalizedFeatures={metadata.version=33}, finalizedFeaturesEpoch=9). (org.apache.kafka.metadata.publisher.FeaturesPublisher)\n";
    assert_eq!(level(newer), "4.4-IV2");
    let unknown = newer.replace("Optional[4.4-IV2]", "Optional.empty");
    assert_eq!(level(&unknown), "");
    let runs = |text: &str| {
        let document = live(text);
        let all = document.dependencies.iter().map(|one| format!("{} {}", one.artifact, one.version));
        all.collect::<Vec<_>>().join(", ")
    };
    let server = "[2026-11-23 08:19:33,486] INFO Server environment:zookeeper.version=3.5.9-83df930, built on 01/06/2021 20:03 GMT (org.apache.zookeeper.server.ZooKeeperServer)\n[2026-11-23 08:19:33,486] INFO Server environment:java.version=11.0.2 (org.apache.zookeeper.server.ZooKeeperServer)\n";
    assert_eq!(runs(server), "zookeeper 3.5.9, java 11.0.2");
    assert_eq!(runs(&server.replace("Server", "Client")), "java 11.0.2");
}

#[test]
fn what_tools_print_without_a_version_is_known_and_says_nothing() {
    for text in [
        "Querying brokers for log directories information\nReceived log directory information from brokers 1\n{\"brokers\":[],\"version\":1}\n",
        "\nGROUP                     COORDINATOR (ID)          ASSIGNMENT-STRATEGY  STATE           #MEMBERS\norders    localhost:9092  (1)                           Empty           0\n",
        "GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG CONSUMER-ID HOST CLIENT-ID\norders a 0 1 1 0 - - -\n",
        "ID         HOST      PORT       RACK       STATE      ENDPOINT_TYPE\n1          b         9092       null       fenced     broker\n",
        "\tTopic: orders\tPartition: 0\tLeader: 1\tReplicas: 1,2,3\tIsr: 1,2\n",
        "No partition reassignments found.\n",
        "group.version can be upgraded to 1.\n",
        "No matched attributes for the queried objects [a:type=b].\n",
        "[2026-11-29 16:00:00,123] INFO [KRaftMigrationDriver id=3000] Completed migration of metadata from ZooKeeper to KRaft. (a.b.C)\n",
    ] {
        let document = live(text);
        assert!(document.observations.is_empty() && document.dependencies.is_empty());
        assert!(document.settings.is_empty() && document.parts.is_empty() && document.problems.is_empty());
    }
}

#[test]
fn old_requests_come_first_and_what_is_left_out_is_reported() {
    let line = |api: &str, version: usize, id: usize| {
        format!(
            "kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,request={api},version={version},clientSoftwareName=x,clientSoftwareVersion={id}:Count=1\n"
        )
    };
    let new: String = (0..400).map(|id| line("Produce", 9, id)).collect();
    let old: String = (0..40).map(|id| line("Produce", 2, id)).collect();
    let document = live(&format!("{new}{old}"));
    let spoken = seen(&document, "spoken-api");
    assert!(
        spoken.contains(&"Produce 9 from x 0".to_owned())
            && spoken.contains(&"Produce 2 from x 39".to_owned())
    );
    let document = live(&(0..400).map(|id| line("Produce", 2, id)).collect::<String>());
    assert_eq!(document.observations.len(), 300);
    assert_eq!(document.problems.len(), 1, "{:?}", document.problems);
}

#[test]
fn lists_of_classes_are_read_as_they_are_written_in_files() {
    let text = "[2024-01-01 10:00:00,000] INFO ConsumerConfig values: \n\tinterceptor.classes = [class a.B, class a.C]\n\n";
    assert_eq!(settings(&live(text), Component::CONSUMER, text), ["interceptor.classes=a.B,a.C"]);
}

#[test]
fn who_is_connected_is_read_of_jmx_and_of_exporters() {
    let name = "kafka.server:type=socket-server-metrics,clientSoftwareName=sarama,clientSoftwareVersion=1.38.1,listener=PLAINTEXT,networkProcessor=1";
    let clients = |text: &str| {
        let document = live(text);
        assert!(seen(&document, "spoken-api").is_empty());
        seen(&document, "client").join(", ")
    };
    let other = name.replace("sarama", "unknown");
    let table = format!("\"time\",\"{other}:connections\",\"{name}:connections\"\n1795421785218,4,2\n");
    assert_eq!(clients(&table), "sarama 1.38.1");
    assert_eq!(clients(&table.replace(",4,2", ",4,0")), "");
    let exported = "kafka_server_socket_server_metrics_connections{client_software_name=\"librdkafka\",client_software_version=\"1.9.2\",listener=\"A\",} 3.0\n";
    assert_eq!(clients(exported), "librdkafka 1.9.2");
    assert_eq!(clients(&exported.replace("3.0", "0.0")), "");
}

#[test]
fn keys_missing_from_a_truncated_block_of_settings_mean_nothing() {
    let cut = "[2025-04-07 07:00:00,001] INFO KafkaConfig values: \n\tnode.id = 1\n\tprocess.roles = [broker, controller]\n\tlog.dirs = /d\n (kafka.server.KafkaConfig)\n";
    let is_partial = |text: &str| live(text).parts.first().map(|part| part.is_partial);
    assert_eq!(is_partial(cut), Some(true));
    let keys: String = (0..40).map(|key| format!("\tkey.{key} = 1\n")).collect();
    assert_eq!(is_partial(&cut.replace("\tlog.dirs = /d\n", &keys)), Some(false));
}

#[test]
fn a_compilers_output_is_known_by_the_clients_classes_too() {
    let text = "/src/Reader.java:27: error: incompatible types: int cannot be converted to Duration\n    ConsumerRecords<String, String> all = consumer.poll(100);\n1 error\n";
    assert_eq!(live(text).failures.len(), 1);
    let notice =
        "DEPRECATED: A Log4j 1.x configuration file has been detected, which is no longer recommended.\n";
    assert_eq!(live(notice).failures.len(), 1);
}
