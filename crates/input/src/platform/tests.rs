use super::*;

fn seen(path: &str, text: &str) -> Vec<String> {
    let document = crate::read(path, text, None);
    let place = |span: Span| span.of(text).to_owned();
    document
        .platforms
        .iter()
        .map(|sign| {
            let runs = if sign.runs { "" } else { "?" };
            format!("{}{runs} by {}", sign.platform.name(), place(sign.span))
        })
        .collect()
}

#[test]
fn what_runs_brokers_shows_how_they_are_run() {
    let strimzi = "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: orders\nspec:\n  kafka:\n    version: 3.9.0\n";
    let compose = "services:\n  b1:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_NODE_ID: 1\n      KAFKA_PROCESS_ROLES: broker\n";
    let set = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: kafka\nspec:\n  template:\n    spec:\n      containers:\n        - name: kafka\n          image: apache/kafka:3.8.1\n";
    let values = "image:\n  repository: bitnami/kafka\n  tag: 3.6.1\nkraft:\n  enabled: false\nzookeeper:\n  enabled: true\n";
    let confluent = "apiVersion: platform.confluent.io/v1beta1\nkind: Kafka\nmetadata:\n  name: kafka\nspec:\n  replicas: 3\n  image:\n    application: confluentinc/cp-server:7.6.0\n";
    let server = "broker.id=1\nlog.dirs=/data\nzookeeper.connect=zk:2181\n";
    let licensed = "broker.id=1\nlog.dirs=/data\nconfluent.license.topic.replication.factor=3\n";
    let terraform = "resource \"aws_msk_cluster\" \"main\" {\n  kafka_version = \"3.6.0\"\n}\n";
    for (path, text, want) in [
        ("kafka.yaml", strimzi, "strimzi by kafka.strimzi.io/"),
        ("compose.yaml", compose, "compose by b1"),
        ("kafka.yaml", set, "kubernetes by kafka"),
        ("values.yaml", values, "helm by 3.6.1"),
        ("kafka.yaml", confluent, "confluent-for-kubernetes by platform.confluent.io/"),
        ("server.properties", server, "host by broker.id"),
        ("server.properties", licensed, "confluent-platform by confluent.license.topic.replication.factor"),
        ("main.tf", terraform, "msk by aws_msk_"),
    ] {
        assert!(seen(path, text).iter().any(|one| one == want), "{want}: {:?}", seen(path, text));
    }
}

#[test]
fn a_client_shows_no_more_than_the_address_of_its_service() {
    let client = |host: &str| {
        format!("bootstrap.servers={host}:9092\nkey.serializer=x.Y\nvalue.serializer=x.Y\nacks=all\n")
    };
    assert_eq!(
        seen("p.properties", &client("b-1.x.kafka.eu-west-1.amazonaws.com")),
        ["msk? by .amazonaws.com"]
    );
    assert_eq!(seen("p.properties", &client("k-x.aivencloud.com")), ["other-managed? by .aivencloud.com"]);
    assert!(seen("p.properties", &client("ec2-1.eu-west-1.compute.amazonaws.com")).is_empty());
    assert!(seen("p.properties", &client("kafka.example.com")).is_empty());
    let app = "services:\n  web:\n    image: example/web:1\n    environment:\n      KAFKA_BOOTSTRAP_SERVERS: kafka:9092\n";
    assert!(seen("compose.yaml", app).is_empty(), "{:?}", seen("compose.yaml", app));
}

#[test]
fn a_comment_does_not_show_a_platform() {
    let text = "# was aws kafka once\nbin/kafka-topics.sh --bootstrap-server k:9092 --list\n";
    assert!(seen("run.sh", text).is_empty(), "{:?}", seen("run.sh", text));
}

#[test]
fn resources_keep_the_readers_names() {
    let text = "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: orders\n  namespace: shop\n  annotations:\n    strimzi.io/kraft: migration\nspec:\n  kafka:\n    version: 3.9.0\n    replicas: 3\n  zookeeper:\n    replicas: 3\n";
    let document = crate::read("kafka.yaml", text, None);
    let resource = document.resources.first().expect("a resource");
    assert_eq!((resource.kind.as_str(), resource.name.as_str()), ("Kafka", "orders"));
    assert_eq!(resource.namespace.as_deref(), Some("shop"));
    assert_eq!(resource.value("kraft"), Some("migration"));
    assert_eq!(resource.value("version"), Some("3.9.0"));
    assert_eq!(resource.value("zookeeper"), Some("true"));
}

#[test]
fn what_is_stated_is_taken_by_whole_words() {
    let names = |text: &str| stated(text).iter().map(|sign| sign.platform.name()).collect::<Vec<_>>();
    assert_eq!(names("Amazon MSK 2.8.1 zookeeper"), ["msk"]);
    assert_eq!(names("Kafka 3.6 by Strimzi 0.38"), ["strimzi"]);
    assert_eq!(names("event hubs"), ["other-managed"]);
    assert!(names("kafka 3.6 with maskedhelmet").is_empty());
}
