//! Log4j 1, its files and its libraries: 4.0 logs with Log4j 2.
//!
//! Clients and Streams log through SLF4J alone and take any library; what is not said of them is not missed.

use std::collections::BTreeSet;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::{Kind, paths};
use kafka_upgrade_report::Severity;
use kafka_upgrade_sorted::Gather as _;

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::inventory::{builds, is_brought_by_kafka, libraries};
use crate::upgrade::{CheckedFile, Upgrade};

const LOG4J_1: &str = "deprecated-log4j-1-configuration";
const LIBRARY: &str = "requires-log4j-2";

/// From here on brokers and workers look whether Log4j 2 is there, and go without the levels where it is not.
const DOES_WITHOUT: Release = Release::new(4, 1, 0);

/// Log4j 1 and what goes on giving it out, with whether it is what SLF4J logs to.
const LIBRARIES: &[(&str, bool)] = &[
    ("log4j:log4j", false),
    ("ch.qos.reload4j:reload4j", false),
    ("org.slf4j:slf4j-log4j12", true),
    ("org.slf4j:slf4j-reload4j", true),
];

/// What of Kafka's sets levels through the classes of its logging library.
const SETS_LEVELS: &[&str] = &["connect-runtime", "connect-mirror", "kafka_2.13", "kafka_2.12", "kafka_2.11"];

pub(super) const CHECK: Check = Check { applies, run, reports: &[LOG4J_1, LIBRARY] };

fn is_log4j_1(read: &CheckedFile<'_>) -> bool {
    matches!(read.document.kind, Kind::Log4jProperties | Kind::Log4jXml)
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| is_log4j_1(read) || sets_levels(read).is_some())
}

/// What says of a file of the logging whose it is.
struct Around<'c> {
    /// The only file that there is.
    is_alone: bool,
    /// Folders in which files of Kafka's lie.
    folders: BTreeSet<&'c str>,
    /// Names of files in texts that give something to Kafka's programs, with the folder above that of the text.
    given: BTreeSet<(&'c str, &'c str)>,
}

impl<'c> Around<'c> {
    fn of(case: &'c Upgrade<'_>) -> Self {
        const GIVEN_TO: [&str; 4] = ["KAFKA_LOG4J_OPTS", "KAFKA_OPTS", "/etc/kafka", "/opt/kafka"];
        let wholes = || case.files.iter().filter(|read| !read.is_part);
        let gives = |text: &str| GIVEN_TO.iter().any(|sign| text.contains(sign));
        let is_in_name = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_');
        let giving = wholes().filter(|read| gives(read.text));
        Self {
            is_alone: wholes().nth(1).is_none(),
            folders: case
                .files
                .iter()
                .filter(|read| read.component.is_some())
                .map(|read| paths::split(read.path).0)
                .gather(),
            given: giving
                .flat_map(|read| {
                    let above = paths::folder(paths::folder(read.path));
                    read.text.split(move |one| !is_in_name(one)).map(move |word| (above, word))
                })
                .filter(|(_, word)| word.contains("log"))
                .gather(),
        }
    }

    /// Whether nothing says that another program logs so: of several files, a configuration that names no logger of
    /// brokers or workers has to lie beside files of Kafka's, or to be given to one of its programs.
    fn is_of_kafka(&self, read: &CheckedFile<'_>) -> bool {
        let (folder, file) = paths::split(read.path);
        let names_loggers = || LOGGERS.iter().any(|name| read.text.contains(name));
        self.is_alone
            || file.starts_with("connect-")
            || file.starts_with("tools-")
            || names_loggers()
            // What a program carries within its own jar is what it logs with itself.
            || (!is_resource(folder)
                && (is_of_kafkas_folder(read.path)
                    || self.folders.contains(folder)
                    || self.is_given(folder, file)))
    }
}

impl Around<'_> {
    /// Whether a text at most one folder beside those above a file gives it to one of Kafka's programs.
    fn is_given(&self, folder: &str, file: &str) -> bool {
        let above = std::iter::successors(Some(folder), |path| Some(path.rsplit_once(paths::BETWEEN)?.0));
        above.take(MAX_FOLDERS).chain([""]).any(|above| self.given.contains(&(above, file)))
    }
}

/// So many folders above a file are looked at.
const MAX_FOLDERS: usize = 32;

/// Loggers, appenders and properties that brokers, workers and their scripts have; programs that are clients only set the
/// level of `org.apache.kafka`.
const LOGGERS: &[&str] = &[
    "kafka.logs.dir",
    "kafka.controller",
    "kafka.request.logger",
    "kafka.network.",
    "kafka.server",
    "kafka.log.",
    "kafka.authorizer.logger",
    "state.change.logger",
    "org.apache.kafka.connect",
    "KafkaLog4jAppender",
];

/// Whether a folder is one of those that builds put into a program's jar.
fn is_resource(folder: &str) -> bool {
    let folder = folder.replace('\\', "/");
    folder.contains("src/main/resources") || folder.contains("src/test/resources")
}

/// Whether a folder or the file is called after Kafka itself: `kafka`, `kafka-broker`, `kafka_2.13-3.9.0`, and not after a
/// program for it, as `kafka-lag-exporter` is.
fn is_of_kafkas_folder(path: &str) -> bool {
    let is_border = |one: char| !one.is_ascii_lowercase();
    path.to_ascii_lowercase().split(paths::BETWEEN).any(|name| {
        let words: Vec<&str> = name.split(is_border).filter(|word| !word.is_empty()).collect();
        let mut rest = words.iter().skip_while(|word| **word != "kafka").skip(1);
        words.contains(&"kafka") && rest.all(|word| OF_KAFKA.contains(word))
    })
}

/// What may follow in the name of a folder or a file that is Kafka's own.
const OF_KAFKA: &[&str] = &[
    "broker",
    "brokers",
    "server",
    "servers",
    "cluster",
    "connect",
    "config",
    "conf",
    "log",
    "j",
    "properties",
    "xml",
    "role",
    "docker",
    "image",
];

/// The first library of a build file that needs what Kafka logs with.
fn sets_levels<'r>(read: &'r CheckedFile<'_>) -> Option<&'r str> {
    let mut names = libraries(read).filter_map(|one| one.artifact.strip_prefix("org.apache.kafka:"));
    names.find(|name| builds(read) && SETS_LEVELS.contains(name))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    if let Some(note) = crossed(case, LOG4J_1) {
        let around = Around::of(case);
        let logging = case.files.iter().enumerate().filter(|(_, read)| is_log4j_1(read));
        for (file, _) in logging.filter(|(_, read)| around.is_of_kafka(read)) {
            sink.note(note, None, sink.since(note), Location::file(file), &[]);
        }
    }
    let Some(note) = crossed(case, LIBRARY) else { return };
    for (file, read) in case.files.iter().enumerate() {
        let Some(needs) = sets_levels(read) else { continue };
        // By its name in 4.0.
        let needs = if needs.starts_with("kafka_") { "kafka_2.13" } else { needs };
        let has_log4j_2 = libraries(read).any(|one| one.artifact == "org.apache.logging.log4j:log4j-core");
        for one in libraries(read) {
            if is_brought_by_kafka(read, one) {
                continue;
            }
            let known = LIBRARIES.iter().find(|(name, _)| *name == one.artifact);
            // Beside Log4j 2 the old classes do no harm; SLF4J logs to one of them only.
            if known.is_some_and(|(_, binds)| *binds || !has_log4j_2) {
                let holes = [("name", one.artifact.as_str()), ("value", needs)];
                let before = sink.drafts.len();
                sink.note(note, None, sink.since(note), Location::span(file, one.span), &holes);
                if case.to >= DOES_WITHOUT {
                    sink.drafts.iter_mut().skip(before).for_each(|draft| draft.severity = Severity::Info);
                }
            }
        }
    }
}
