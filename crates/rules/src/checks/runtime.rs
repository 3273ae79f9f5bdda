//! Java and Scala: what runs Kafka has to be new enough for the target.
//!
//! A build file is for clients as far as it names nothing else of Kafka's; brokers, Connect and the tools are reported
//! by words and containers too.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{java_of_clients, java_of_servers};

use super::{Check, crossed};
use crate::diagnostic::Diagnostics;
use crate::inventory::{Item, builds, libraries, speaks};
use crate::upgrade::Upgrade;

const NO_JAVA: &str = "requires-java-of-clients";
const OLD_JAVA: &str = "requires-java-of-servers";
const JAVA_8: &str = "deprecated-java-8";
const JAVA_11: &str = "deprecated-java-11";
const SCALA_2_12: &str = "removed-scala-2-12";
const OLD_SCALA: &str = "deprecated-scala-2-12";
const SCALA_2_11: &str = "removed-scala-2-11";

pub(super) const CHECK: Check =
    Check { applies, run, reports: &[NO_JAVA, OLD_JAVA, JAVA_8, JAVA_11, SCALA_2_12, OLD_SCALA, SCALA_2_11] };

fn applies(case: &Upgrade<'_>) -> bool {
    of_kind(case, ProductKind::Java).chain(of_kind(case, ProductKind::Scala)).next().is_some()
}

fn of_kind<'c>(case: &'c Upgrade<'_>, kind: ProductKind) -> impl Iterator<Item = &'c Item> {
    case.inventory.of_kind(kind)
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let (clients, servers) = (java_of_clients(case.to), java_of_servers(case.to));
    let built = Builds::of_all(case);
    for item in of_kind(case, ProductKind::Java) {
        let Some(java) = java(&item.version).filter(|_| !built.is_of_others(item)) else { continue };
        // Of two that fit the graver one comes first, and one is enough.
        let notes = [
            (NO_JAVA, java < clients, true),
            (OLD_JAVA, java < servers, false),
            (JAVA_8, java == 8, true),
            (JAVA_11, java < 17, false),
        ];
        let serves = built.of(item).is_none_or(|build| build.servers);
        let applying = notes.into_iter().filter(|(_, holds, of_clients)| *holds && (*of_clients || serves));
        if let Some(note) = applying.filter_map(|(id, ..)| crossed(case, id)).next() {
            let (java, clients, servers) = (java.to_string(), clients.to_string(), servers.to_string());
            let holes = [("java", java.as_str()), ("clients", &clients), ("servers", &servers)];
            sink.note(note, "", sink.since(note), item.place, &holes);
        }
    }
    for item in of_kind(case, ProductKind::Scala) {
        // Clients and Streams for Java run in programs of any Scala.
        if built.is_of_others(item) || built.of(item).is_some_and(|build| build.any && !build.scala) {
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

/// What a build file takes from Kafka.
#[derive(Clone, Copy, Default)]
struct Build {
    any: bool,
    /// Something that is built for a Scala.
    scala: bool,
    /// Something that needs the Java of servers.
    servers: bool,
}

impl Build {
    fn add(&mut self, artifact: &str) {
        self.any = true;
        self.scala |= artifact.contains('_');
        self.servers |= needs_java_of_servers(artifact);
    }

    fn join(&mut self, other: Self) {
        self.any |= other.any;
        self.scala |= other.scala;
        self.servers |= other.servers;
    }
}

/// All build files, looked through once.
struct Builds<'c> {
    /// By the number of the file, with its folder; nothing of what is no build file.
    files: Vec<Option<(&'c str, Build)>>,
    /// What the files of a folder and of all in it take.
    together: BTreeMap<&'c str, Build>,
}

/// So many folders deep a project is looked at.
const MAX_FOLDERS: usize = 32;

impl<'c> Builds<'c> {
    fn of_all(case: &'c Upgrade<'_>) -> Self {
        let mut together: BTreeMap<&str, Build> = BTreeMap::new();
        let files = case.files.iter().map(|read| {
            builds(read).then(|| {
                let mut build = Build::default();
                for one in libraries(read) {
                    match one.artifact.strip_prefix("org.apache.kafka:") {
                        Some(artifact) => build.add(artifact),
                        // Boot is there without Kafka as well.
                        None => {
                            build.any |= speaks(one) && !one.artifact.starts_with("org.springframework.boot:")
                        }
                    }
                }
                let folder = folder(read.path);
                if build.any {
                    let above = std::iter::successors(Some(folder), |path| Some(path.rsplit_once('/')?.0));
                    for path in above.take(MAX_FOLDERS).chain([""]) {
                        together.entry(path).or_default().join(build);
                    }
                }
                (folder, build)
            })
        });
        Self { files: files.collect(), together }
    }

    /// The build that names an item; one that takes nothing itself speaks for all that stand below it.
    fn of(&self, item: &Item) -> Option<Build> {
        let (folder, build) = (*self.files.get(item.place.file?)?)?;
        Some(if build.any { build } else { self.together.get(folder).copied().unwrap_or_default() })
    }

    /// Whether what the item is for takes nothing from Kafka, though others of the project do.
    fn is_of_others(&self, item: &Item) -> bool {
        !self.together.is_empty() && self.of(item).is_some_and(|build| !build.any)
    }
}

/// The folder for which a file speaks: what is in `gradle` is for the folder that has it.
fn folder(path: &str) -> &str {
    let (folder, _) = path.trim_start_matches("./").rsplit_once('/').unwrap_or_default();
    match folder.strip_suffix("gradle") {
        Some(rest) if rest.is_empty() || rest.ends_with('/') => rest.trim_end_matches('/'),
        _ => folder,
    }
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
    use kafka_upgrade_session::{File, Request, check};

    fn rules(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        let to = "4.0.0".parse().expect("a release");
        let request = Request { from: "3.9.0".parse().ok(), ..Request::new(to, &files) };
        let findings = check(&request).findings.into_iter();
        findings
            .filter(|one| one.rule.contains("java") || one.rule.contains("scala"))
            .map(|one| one.rule)
            .collect()
    }

    #[test]
    fn a_build_that_takes_nothing_from_kafka_itself_speaks_for_all_of_its_project() {
        let root = ("build.gradle", "sourceCompatibility = 11");
        let worker = ("worker/build.gradle", "implementation 'org.apache.kafka:connect-runtime:3.9.0'");
        let client = ("client/build.gradle", "implementation 'org.apache.kafka:kafka-clients:3.9.0'");
        assert_eq!(rules(&[root, client, worker]), ["requires-java-of-servers"]);
        assert_eq!(rules(&[root, client]), [""; 0]);
        let of_client = (
            "client/build.gradle",
            "sourceCompatibility = 11\nimplementation 'org.apache.kafka:kafka-clients:3.9.0'",
        );
        assert_eq!(rules(&[of_client, worker]), [""; 0]);
        let scala = ("build.sbt", "scalaVersion := \"2.12.18\"");
        assert_eq!(rules(&[scala]), ["removed-scala-2-12"]);
        assert_eq!(rules(&[scala, client]), [""; 0]);
    }

    #[test]
    fn a_module_without_kafka_says_nothing_of_its_neighbours() {
        let old = ("web/build.gradle", "sourceCompatibility = 8");
        let client = ("client/build.gradle", "implementation 'org.apache.kafka:kafka-clients:3.9.0'");
        assert_eq!(rules(&[old, client]), [""; 0]);
        let above = ("build.gradle", old.1);
        assert_eq!(rules(&[above, client]), ["requires-java-of-clients"]);
        let properties = ("gradle.properties", "javaVersion=8\n");
        assert_eq!(rules(&[properties, client]), ["requires-java-of-clients"]);
        let catalog = ("gradle/libs.versions.toml", "[versions]\njava = \"8\"\n[libraries]\n");
        assert_eq!(rules(&[catalog, client]), ["requires-java-of-clients"]);
        // Whoever speaks to Kafka takes it from others.
        let spring = (
            "web/build.gradle",
            "sourceCompatibility = 8\nimplementation 'org.springframework.kafka:spring-kafka:3.0.0'",
        );
        assert_eq!(rules(&[spring, client]), ["requires-java-of-clients"]);
        // Names like those of another folder are others.
        assert_eq!(rules(&[("cli/build.gradle", old.1), client]), [""; 0]);
    }

    #[test]
    fn a_java_is_known_by_its_first_number_and_before_nine_by_its_second() {
        let versions = ["17", "17.0.9", "1.8", "1.8.0_402", "8u402", "11-jre-slim", "latest", ""];
        let numbers = [Some(17), Some(17), Some(8), Some(8), Some(8), Some(11), None, None];
        assert_eq!(versions.map(java), numbers);
    }
}
