//! Java and Scala: what runs Kafka has to be new enough for the target.
//!
//! A build file is for clients as far as it names nothing else of Kafka's; brokers, Connect and the tools are told
//! by words and containers too.

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{java_of_clients, java_of_servers};

use super::{Check, crossed};
use crate::case::{Case, Read};
use crate::draft::Sink;
use crate::inventory::{Item, builds, libraries};

const NO_JAVA: &str = "requires-java-of-clients";
const OLD_JAVA: &str = "requires-java-of-servers";
const JAVA_8: &str = "deprecated-java-8";
const JAVA_11: &str = "deprecated-java-11";
const SCALA_2_12: &str = "removed-scala-2-12";
const OLD_SCALA: &str = "deprecated-scala-2-12";
const SCALA_2_11: &str = "removed-scala-2-11";

pub(super) const CHECK: Check =
    Check { applies, run, tells: &[NO_JAVA, OLD_JAVA, JAVA_8, JAVA_11, SCALA_2_12, OLD_SCALA, SCALA_2_11] };

fn applies(case: &Case<'_>) -> bool {
    of_kind(case, ProductKind::Java).chain(of_kind(case, ProductKind::Scala)).next().is_some()
}

fn of_kind<'c>(case: &'c Case<'_>, kind: ProductKind) -> impl Iterator<Item = &'c Item> {
    case.inventory.of_kind(kind)
}

fn run(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    let (clients, servers) = (java_of_clients(case.to), java_of_servers(case.to));
    for item in of_kind(case, ProductKind::Java) {
        let Some(java) = java(&item.version) else { continue };
        // Of two that fit the graver one comes first, and one is enough.
        let notes = [
            (NO_JAVA, java < clients, true),
            (OLD_JAVA, java < servers, false),
            (JAVA_8, java == 8, true),
            (JAVA_11, java < 17, false),
        ];
        let serves = build_of(case, item).is_none_or(|read| of_kafka(read).any(needs_java_of_servers));
        let told = notes.into_iter().filter(|(_, holds, of_clients)| *holds && (*of_clients || serves));
        if let Some(note) = told.filter_map(|(id, ..)| crossed(case, id)).next() {
            let (java, clients, servers) = (java.to_string(), clients.to_string(), servers.to_string());
            let holes = [("java", java.as_str()), ("clients", &clients), ("servers", &servers)];
            sink.note(note, "", sink.since(note), item.place, &holes);
        }
    }
    for item in of_kind(case, ProductKind::Scala) {
        // Clients and Streams for Java run in programs of any Scala.
        if build_of(case, item).is_some_and(|read| {
            of_kafka(read).next().is_some() && !of_kafka(read).any(|name| name.contains('_'))
        }) {
            continue;
        }
        for (version, notes) in [("2.12", &[SCALA_2_12, OLD_SCALA][..]), ("2.11", &[SCALA_2_11])] {
            let rest = item.version.strip_prefix(version);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                && let Some(note) = notes.iter().find_map(|id| crossed(case, id))
            {
                sink.note(note, "", sink.since(note), item.place, &[("value", &item.version)]);
            }
        }
    }
}

/// The build file that names it.
fn build_of<'c, 'a>(case: &'c Case<'a>, item: &Item) -> Option<&'c Read<'a>> {
    case.files.get(item.place.file?).filter(|read| builds(read))
}

/// Names of what a build file takes from Kafka.
fn of_kafka<'r>(read: &'r Read<'_>) -> impl Iterator<Item = &'r str> {
    libraries(read).filter_map(|one| one.artifact.strip_prefix("org.apache.kafka:"))
}

/// Class files of clients and Streams are for an older Java than all others; the appender is of old releases only.
fn needs_java_of_servers(artifact: &str) -> bool {
    !["kafka-clients", "kafka-streams", "kafka-log4j-appender"].iter().any(|name| artifact.starts_with(name))
}

/// `17`, `17.0.9`, `1.8`, `8u402`, `21-jre` as the number by which people call that Java.
fn java(version: &str) -> Option<u8> {
    let number = version.trim().trim_start_matches("1.");
    let end = number.find(|one: char| !one.is_ascii_digit()).unwrap_or(number.len());
    number.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::java;

    #[test]
    fn a_java_is_known_by_its_first_number_and_before_nine_by_its_second() {
        let versions = ["17", "17.0.9", "1.8", "1.8.0_402", "8u402", "11-jre-slim", "latest", ""];
        let numbers = [Some(17), Some(17), Some(8), Some(8), Some(8), Some(11), None, None];
        assert_eq!(versions.map(java), numbers);
    }
}
