//! What the build files of a project take from Kafka: clients, servers, things that are built for a Scala.
//!
//! What is *not* here: versions (`inventory`).

use std::collections::BTreeMap;

use crate::inventory::{Item, builds, libraries, speaks};
use crate::upgrade::Upgrade;

/// What a build file takes from Kafka.
#[derive(Clone, Copy, Default)]
pub(crate) struct Build {
    /// Anything at all.
    pub(crate) any: bool,
    /// Something that is built for a Scala.
    pub(crate) scala: bool,
    /// Something that needs the Java of servers.
    pub(crate) servers: bool,
    /// Something of servers that runs in the program itself, and is no plugin's interface.
    pub(crate) runs_servers: bool,
    /// Something of servers beside the library of brokers.
    pub(crate) workers: bool,
}

/// What connectors, converters and transforms are compiled with, and the worker brings along.
const OF_PLUGINS: &[&str] = &["connect-api", "connect-json", "connect-transforms"];

impl Build {
    fn add(&mut self, artifact: &str) {
        self.any = true;
        self.scala |= artifact.contains('_');
        let is_of_servers = needs_java_of_servers(artifact);
        self.servers |= is_of_servers;
        self.runs_servers |= is_of_servers && !OF_PLUGINS.contains(&artifact);
        self.workers |= is_of_servers && !artifact.starts_with("kafka_");
    }

    fn join(&mut self, other: Self) {
        self.any |= other.any;
        self.scala |= other.scala;
        self.servers |= other.servers;
        self.runs_servers |= other.runs_servers;
        self.workers |= other.workers;
    }
}

/// All build files, looked through once.
pub(crate) struct BuildFiles<'c> {
    /// By the number of the file: its folder and build; `None` for other files.
    files: Vec<Option<(&'c str, Build)>>,
    /// What each folder needs, including its subfolders.
    together: BTreeMap<&'c str, Build>,
}

/// At most this many folder levels of a project are looked at.
const MAX_FOLDERS: usize = 32;

impl<'c> BuildFiles<'c> {
    /// Reads all build files of a request.
    pub(crate) fn of_all(case: &'c Upgrade<'_>) -> Self {
        let mut together: BTreeMap<&str, Build> = BTreeMap::new();
        let files = case.files.iter().map(|read| {
            builds(read).then(|| {
                let mut build = Build::default();
                for one in libraries(read) {
                    match one.artifact.strip_prefix("org.apache.kafka:") {
                        Some(artifact) => build.add(artifact),
                        // Spring Boot is used without Kafka as well.
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

    /// The build that an item's file describes; if it needs nothing itself, what the whole folder needs.
    pub(crate) fn of(&self, item: &Item) -> Option<Build> {
        let (folder, build) = (*self.files.get(item.place.file?)?)?;
        Some(if build.any { build } else { self.together.get(folder).copied().unwrap_or_default() })
    }

    /// Whether the item's build needs nothing from Kafka although other builds of the project do.
    pub(crate) fn is_of_others(&self, item: &Item) -> bool {
        !self.together.is_empty() && self.of(item).is_some_and(|build| !build.any)
    }
}

/// The folder that a file describes: files in `gradle` describe the folder around it.
fn folder(path: &str) -> &str {
    let (folder, _) = path.trim_start_matches("./").rsplit_once('/').unwrap_or_default();
    match folder.strip_suffix("gradle") {
        Some(rest) if rest.is_empty() || rest.ends_with('/') => rest.trim_end_matches('/'),
        _ => folder,
    }
}

/// Class files of clients and Streams run on an older Java than all others; the appender only exists in old releases.
fn needs_java_of_servers(artifact: &str) -> bool {
    !["kafka-clients", "kafka-streams", "kafka-log4j-appender"].iter().any(|name| artifact.starts_with(name))
}
