//! Whose a configuration of the logging is: Kafka's own processes', or that of a program beside them.
//!
//! What is *not* here: what a configuration says, and what becomes of it (`checks::logging`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_document::{Slice as _, paths};
use kafka_upgrade_sorted::Gather as _;

use crate::upgrade::{CheckedFile, Upgrade};

/// Evidence for whose logging a configuration is.
pub(crate) struct Around<'c> {
    /// The only file that there is.
    is_alone: bool,
    /// Folders in which files of Kafka's lie.
    folders: BTreeSet<&'c str>,
    /// File names in texts that pass something to Kafka's programs, each with the parent of the text's folder.
    given: BTreeSet<(&'c str, &'c str)>,
    /// Names of files that commands start other programs with, by their folders.
    own: BTreeMap<Cow<'c, str>, BTreeSet<&'c str>>,
    /// Words of all texts that end as a name of such a file does.
    named: BTreeSet<&'c str>,
}

impl<'c> Around<'c> {
    /// Goes through all files once.
    pub(crate) fn of(case: &'c Upgrade<'_>) -> Self {
        const GIVEN_TO: [&str; 4] = ["KAFKA_LOG4J_OPTS", "KAFKA_OPTS", "/etc/kafka", "/opt/kafka"];
        let wholes = || case.files.iter().filter(|read| !read.is_part);
        let gives = |text: &str| GIVEN_TO.iter().any(|sign| text.contains(sign));
        let is_in_name = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_');
        let giving = wholes().filter(|read| gives(read.text));
        let mut own: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (read, path) in
            wholes().flat_map(|read| read.text.lines().filter_map(move |line| Some((read, own_file(line)?))))
        {
            let (inner, name) = paths::split(path);
            let folder = match (paths::folder(read.path), inner) {
                (folder, "") => Cow::Borrowed(folder),
                ("", inner) => Cow::Borrowed(inner),
                (folder, inner) => Cow::Owned(format!("{folder}/{inner}")),
            };
            own.entry(folder).or_default().insert(name);
        }
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
            own,
            named: wholes()
                .flat_map(|read| read.text.split(move |one| !is_in_name(one)))
                .filter(|word| word.ends_with(".properties") && word.contains("log4j"))
                .gather(),
        }
    }

    /// Whether nothing says that another program logs so: of several files, a configuration that names no logger of
    /// brokers or workers has to lie beside files of Kafka's, or to be given to one of its programs.
    pub(crate) fn is_of_kafka(&self, read: &CheckedFile<'_>) -> bool {
        let (folder, file) = paths::split(read.path);
        let names_loggers = || {
            // A program's jar contains its own logging configuration, whatever it embeds.
            let loggers = if is_resource(folder) { &[FOLDER] } else { LOGGERS };
            loggers.iter().any(|name| names(read.text, name))
        };
        self.is_alone
            || (file.starts_with("connect-") || file.starts_with("tools-")) && !self.is_own(folder, file)
            || names_loggers() && !self.is_own(folder, file) && !self.is_left_over(folder, file)
            // A command beside it may name the one that the program is started with.
            || (!is_resource(folder)
                && !self.is_left_over(folder, file)
                && !self.is_own(folder, file)
                && (is_of_kafkas_folder(read.path)
                    || self.folders.contains(folder)
                    || self.is_given(folder, file)))
    }
}

impl Around<'_> {
    /// Whether commands start another program with a file of this folder.
    fn is_own(&self, folder: &str, file: &str) -> bool {
        self.own.get(folder).is_some_and(|names| names.contains(file))
    }

    /// Whether no text names it, and its folder has one that another program is started with.
    fn is_left_over(&self, folder: &str, file: &str) -> bool {
        !self.named.contains(file) && self.own.contains_key(folder)
    }

    /// Whether a text at most one folder beside those above a file gives it to one of Kafka's programs.
    fn is_given(&self, folder: &str, file: &str) -> bool {
        let above = std::iter::successors(Some(folder), |path| Some(path.rsplit_once(paths::BETWEEN)?.0));
        above.take(MAX_FOLDERS).chain([""]).any(|above| self.given.contains(&(above, file)))
    }
}

/// The file that a line gives to a program that Maven runs from its build, or that Java runs from its jar.
fn own_file(line: &str) -> Option<&str> {
    const OF_KAFKA: [&str; 4] = ["kafka.Kafka", "ConnectDistributed", "ConnectStandalone", "/opt/kafka"];
    let (_, value) = line.split_once("-Dlog4j.configuration=")?;
    let runs_jar = line.contains("java ") && (line.contains(" -jar ") || line.contains(" -cp "));
    if !line.contains("exec:java") && !runs_jar || OF_KAFKA.iter().any(|name| line.contains(name)) {
        return None;
    }
    let value = value.trim_start_matches(['"', '\'']);
    let value = value.strip_prefix("file:").unwrap_or(value);
    let path = value.split(|one: char| one.is_whitespace() || matches!(one, '"' | '\'')).next()?;
    (!path.starts_with('/') && !path.contains('$')).then(|| path.strip_prefix("./").unwrap_or(path))
}

/// Whether a text names a logger, and not only as one that does not add to others: many programs have that line from
/// the same example.
fn names(text: &str, logger: &str) -> bool {
    text.match_indices(logger).any(|(at, _)| !text.slice(..at).ends_with("additivity."))
}

/// At most this many folders above a file are looked at.
const MAX_FOLDERS: usize = 32;

/// The property that Kafka's scripts set.
const FOLDER: &str = "kafka.logs.dir";

/// Loggers, appenders and properties that brokers, workers and their scripts have; programs that are clients only set the
/// level of `org.apache.kafka`.
const LOGGERS: &[&str] = &[
    FOLDER,
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
