//! Lists of what a program brings along, with the licence of each: `NOTICE`, `LICENSE-binary`, `THIRD-PARTY.txt`.
//!
//! Such a list is made of a build, which says which library is taken and from where, so a library in it is a sign and no
//! more. What is *not* here: texts of licences, which quote anything and are read for nothing else.

use kafka_upgrade_catalog::Component;

use super::document;
use crate::{Document, Encoding, Format, Tool};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "licences",
    extensions: &[],
    names: &[
        "LICENSE",
        "LICENSE-binary",
        "LICENSE.txt",
        "NOTICE",
        "NOTICE-binary",
        "NOTICE.txt",
        "THIRD-PARTY",
        "THIRD-PARTY.txt",
    ],
    sniff,
    read,
};

fn sniff(path: &str, text: &str) -> u8 {
    if FORMAT.is_named(path) && text.lines().any(names_library) { 99 } else { 0 }
}

fn read(_: &str, _: &str, _: Option<Component>, _: Encoding) -> Document {
    document(Tool::Other)
}

/// `org.apache.kafka:kafka-clients:3.9.1`, `Group: org.apache.kafka Name: kafka-clients Version: 3.9.1`,
/// `kafka-clients 3.9.0`.
fn names_library(line: &str) -> bool {
    let begins = |text: &str| text.starts_with(|one: char| one.is_ascii_digit());
    let by_coordinates = || {
        let (_, rest) = line.split_once("org.apache.kafka:")?;
        rest.split(':').nth(if rest.contains(":jar:") { 2 } else { 1 }).map(begins)
    };
    let by_group = || {
        let (_, rest) = line.split_once("Group: org.apache.kafka Name: ")?;
        rest.split_once(" Version: ").map(|(_, version)| begins(version))
    };
    let by_name = || {
        line.trim_start_matches(['-', '*', ' '])
            .strip_prefix("kafka-clients")
            .map(|rest| begins(rest.trim_start_matches(['-', ' ', ':'])))
    };
    line.contains("kafka") && [by_coordinates(), by_group(), by_name()].contains(&Some(true))
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn a_list_of_licences_with_a_library_of_kafkas_is_one_and_says_nothing_more() {
        for (path, text) in [
            ("NOTICE", "1. Group: org.apache.kafka Name: kafka-clients Version: 0.10.1.1\n"),
            ("LICENSE-binary", "Apache License\norg.apache.kafka:kafka_2.13:3.9.2\n"),
            ("dist/LICENSE", "kafka-clients 3.9.0 licensed under 'Apache-2.0'.\n"),
            ("dist/NOTICE", "kafka-clients-3.9.0 NOTICE\n"),
            ("META-INF/NOTICE", "- org.apache.kafka:kafka-clients:4.2.0\n"),
            (
                "THIRD-PARTY.txt",
                "  (Apache) clients (org.apache.kafka:kafka-clients:3.9.1 - https://a.example)\n",
            ),
        ] {
            let document = read(path, text, None);
            assert_eq!(document.kind, Kind::BuildFile, "{text}");
            assert!(document.dependencies.is_empty(), "{text}");
        }
        for (path, text) in [
            ("NOTICE", "This product includes Apache Kafka, see org.apache.kafka:kafka-clients\n"),
            ("LICENSE", "kafka-topics.sh --zookeeper zk:2181 --list\nkafka-clients are not in it\n"),
            ("NOTICE", "Group: org.apache.kafka Name: kafka-clients\n"),
            ("notes.txt", "org.apache.kafka:kafka_2.13:3.9.2\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{text}");
        }
    }
}
