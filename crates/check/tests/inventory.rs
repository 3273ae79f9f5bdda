//! What is named with a version, in files and in words.

use kafka_upgrade_input::READER;

use kafka_upgrade_rules::inventory::{Inventory, Item};
use kafka_upgrade_rules::upgrade::CheckedFile;

fn inventory(said: &str) -> Vec<String> {
    let document = kafka_upgrade_input::have::read(said);
    let read = CheckedFile::new("said", said, document, None);
    let show = |item: Item| {
        let release = item.release.map(|release| release.to_string()).unwrap_or_default();
        format!("{}|{}|{release}", item.title(), item.version)
    };
    Inventory::of(&[read], READER).items.into_iter().map(show).collect()
}

#[test]
fn each_product_and_version_is_there_once_with_the_kafka_that_it_is_or_carries() {
    let said = "kafka 3.4, brokers 3.4, java 11\nconfluent platform 7.9.1, librdkafka 1.9.2, frob 1.2";
    let want = [
        "Kafka brokers|3.4|3.4.1",
        "Java|11|",
        "Confluent Platform|7.9.1|3.9.2",
        "librdkafka|1.9.2|",
        "frob|1.2|",
    ];
    assert_eq!(inventory(said), want);
}

#[test]
fn a_library_without_a_version_is_left_out_if_another_file_has_the_version() {
    let read = |path: &str, text: &str| {
        let document = kafka_upgrade_input::read(path, text, None);
        document.dependencies.iter().map(|one| one.version.clone()).collect::<Vec<_>>()
    };
    let project =
        "<Project Sdk=\"Microsoft.NET.Sdk\"><PackageReference Include=\"Confluent.Kafka\" /></Project>";
    let central = "<Project><PackageVersion Include=\"Confluent.Kafka\" Version=\"1.9.3\" /></Project>";
    assert_eq!(read("a.csproj", project), [""]);
    let files = [("a.csproj", project), ("Directory.Packages.props", central)];
    let of = |files: &[(&str, &str)]| {
        let files: Vec<CheckedFile<'_>> = files
            .iter()
            .map(|(path, text)| {
                CheckedFile::new(path, text, kafka_upgrade_input::read(path, text, None), None)
            })
            .collect();
        Inventory::of(&files, READER).items.into_iter().map(|item| item.version).collect::<Vec<_>>()
    };
    assert_eq!(of(&files), ["1.9.3"]);
    assert_eq!(of(&files[..1]), [""]);
}

#[test]
fn the_java_of_a_program_counts_when_something_that_is_built_speaks_to_kafka() {
    let of = |texts: &[&str]| {
        let files: Vec<CheckedFile<'_>> = texts
            .iter()
            .map(|text| CheckedFile::new("", text, kafka_upgrade_input::read("", text, None), None))
            .collect();
        Inventory::of(&files, READER).items.into_iter().map(|item| item.name).collect::<Vec<_>>()
    };
    let web = "sourceCompatibility = 8\nimplementation 'org.example:web:1'\n";
    let orders = "implementation 'org.apache.kafka:kafka-clients:3.4.0'\n";
    assert_eq!(of(&[web]), [""; 0]);
    assert_eq!(of(&[web, orders]), ["java", "org.apache.kafka:kafka-clients"]);
}
