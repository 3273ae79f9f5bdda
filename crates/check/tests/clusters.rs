//! Which files are whose.

use kafka_upgrade_rules::clusters::{self, Cluster};
use kafka_upgrade_rules::upgrade::CheckedFile;

fn clusters(files: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let mut reads: Vec<CheckedFile<'_>> = Vec::new();
    for (path, text) in files {
        let document = kafka_upgrade_input::read(path, text, None);
        reads.extend(CheckedFile::with_parts(path, text, document, None));
    }
    let show = |cluster: Cluster| {
        let mut paths: Vec<String> =
            cluster.files.iter().filter_map(|at| reads.get(*at)).map(|read| read.path.to_owned()).collect();
        paths.dedup();
        (cluster.name, paths)
    };
    clusters::of(&reads).into_iter().map(show).collect()
}

const COMPOSE: &str = "services:\n  kafka:\n    image: apache/kafka:3.7.0\n    environment:\n      KAFKA_NODE_ID: 1\n      KAFKA_PROCESS_ROLES: broker\n";

fn names(files: &[(&str, &str)]) -> Vec<String> {
    clusters(files).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn projects_of_compose_are_clusters_of_their_own_and_an_override_is_of_its_file() {
    let files = [("a/compose.yml", COMPOSE), ("a/compose.override.yml", COMPOSE), ("b/compose.yml", COMPOSE)];
    let found = clusters(&files);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found.first().map(|(_, paths)| paths.len()), Some(2), "{found:?}");
    assert_eq!(names(&[("one.yml", COMPOSE), ("two.yml", COMPOSE)]), ["one.yml", "two.yml"]);
}

#[test]
fn brokers_of_one_folder_are_one_cluster_unless_they_name_other_controllers() {
    let of =
        |voter: &str| format!("process.roles=broker\nnode.id=1\ncontroller.quorum.voters=9@{voter}:9093\n");
    let (one, other) = (of("c1"), of("c2"));
    assert_eq!(names(&[("k/1.properties", &one), ("k/2.properties", &one)]), [""; 0]);
    assert_eq!(names(&[("k/1.properties", &one), ("k/2.properties", &other)]).len(), 2);
}

#[test]
fn brokers_of_several_folders_are_one_cluster_when_they_name_the_same_machines() {
    let of = |connect: &str| format!("broker.id=1\nzookeeper.connect={connect}\nlog.dirs=/d\n");
    let (local, far) = (of("localhost:2181"), of("zk1:2181,zk2:2181"));
    let other = of("zk2:2181");
    assert_eq!(names(&[("a/s.properties", &far), ("b/s.properties", &other)]), [""; 0]);
    assert_eq!(names(&[("a/s.properties", &local), ("b/s.properties", &local)]).len(), 2);
    let service = of("zookeeper-1:2181");
    assert_eq!(names(&[("a/s.properties", &service), ("b/s.properties", &service)]).len(), 2);
}

#[test]
fn two_variants_of_a_broker_are_no_cluster() {
    let of = |id: u8| format!("broker.id={id}\nzookeeper.connect=zk1:2181\nlog.dirs=/d\n");
    let (first, second) = (of(0), of(1));
    let count =
        |other: &str, text: &str| names(&[("k/server.properties", first.as_str()), (other, text)]).len();
    assert_eq!(count("k/server-with-ssl.properties", &first), 2);
    assert_eq!(count("k/server-with-ssl.properties", &second), 0);
    assert_eq!(count("k/server-2.properties", &first), 0);
}

#[test]
fn other_files_go_with_the_nearest_cluster_and_with_none_where_two_are_as_near() {
    let pom = "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>3.1.0</version></dependency></dependencies></project>";
    let found = clusters(&[
        ("a/app/pom.xml", pom),
        ("a/compose.yml", COMPOSE),
        ("b/compose.yml", COMPOSE),
        ("pom.xml", pom),
    ]);
    let files = |name: &str| found.iter().find(|(known, _)| known == name).map(|(_, paths)| paths.clone());
    assert_eq!(files("a/compose.yml").unwrap_or_default(), ["a/app/pom.xml", "a/compose.yml"]);
    assert_eq!(files("b/compose.yml").unwrap_or_default(), ["b/compose.yml"]);
}

#[test]
fn pools_of_nodes_are_of_the_cluster_that_they_name() {
    let kafka = |name: &str| {
        format!(
            "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: {name}\nspec:\n  kafka:\n    version: 3.9.0\n    replicas: 3\n"
        )
    };
    let pool = "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaNodePool\nmetadata:\n  name: dual\n  labels:\n    strimzi.io/cluster: blue\nspec:\n  replicas: 3\n  roles: [broker]\n";
    let (blue, red) = (kafka("blue"), kafka("red"));
    let found = clusters(&[("k/blue.yaml", &blue), ("k/pool.yaml", pool), ("k/red.yaml", &red)]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        found.first().map(|(_, paths)| paths.clone()).unwrap_or_default(),
        ["k/blue.yaml", "k/pool.yaml"]
    );
}

#[test]
fn a_file_goes_with_the_one_that_names_it_and_not_with_one_that_names_another_like_it() {
    let pom = "<project><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>3.1.0</version></dependency></dependencies></project>";
    let of = |what: &str| format!("# Built from {what}.\n{COMPOSE}");
    let whose = |said: &str, file: &str| {
        let (naming, silent) = (of(said), of("nothing"));
        let found = clusters(&[("one.yml", &naming), ("two.yml", &silent), (file, pom)]);
        let mut owners = found.into_iter().filter(|(_, paths)| paths.iter().any(|path| path == file));
        owners.next().map(|(name, _)| name)
    };
    assert_eq!(whose("app/pom.xml", "app/pom.xml").as_deref(), Some("one.yml"));
    assert_eq!(whose("./app/my pom.xml", "app/my pom.xml").as_deref(), Some("one.yml"));
    assert_eq!(whose("app/other-pom.xml", "pom.xml"), None);
}
