//! Files that change nothing when they are changed: configurations of Log4j 1 that nothing names, and files that an image
//! writes anew at each start.
//!
//! Asked of all files of a request, whichever cluster they are of. What is *not* here: what becomes of findings in them.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_document::{Slice as _, paths};
use kafka_upgrade_sorted::Gather as _;

use crate::programs::is_program;

/// What the start script of Confluent's image for brokers writes into its folder.
const WRITTEN: [&str; 3] = ["kafka.properties", "log4j.properties", "tools-log4j.properties"];

/// What settings of Kafka's have, which are read together with what lies beside them.
const OF_KAFKA: [&str; 4] = ["broker.id", "process.roles", "zookeeper.connect", "bootstrap.servers"];

/// What a deployment has that runs Kafka with files of its own.
const RUNS: [&str; 4] = ["KAFKA_", "/etc/kafka", "/opt/kafka", "kafka-server-start"];

/// At most this many folders above a file are looked at.
const MAX_FOLDERS: usize = 8;

/// Whether a file is written anew, or nothing names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// An image writes it.
    Written,
    /// No text names it.
    Unnamed,
}

/// What all files say of those that may be left over.
#[derive(Debug, Default)]
pub(crate) struct Leftovers<'t> {
    /// How many of the files that Confluent's image writes are in each folder; none where no container is of it.
    written: BTreeMap<&'t str, usize>,
    /// Names of configurations of Log4j 1 in texts.
    names: BTreeSet<&'t str>,
    /// Folders in texts that are called as one of theirs is, with whether a program says so.
    folders: BTreeSet<(&'t str, bool)>,
    /// Folders of Kafka's own settings.
    settings: BTreeSet<&'t str>,
    /// Whether other files are there that run Kafka, and would name it.
    has_deployment: bool,
}

impl<'t> Leftovers<'t> {
    /// Goes through all files, and through their texts only where one may be left over.
    pub(crate) fn of(files: &[(&'t str, &'t str)]) -> Self {
        let mut all = Self::default();
        let folders: BTreeSet<&str> = files
            .iter()
            .filter(|(path, text)| is_log4j_1(path, text))
            .flat_map(|(path, _)| above(paths::folder(path)).map(paths::file_name))
            .gather();
        let may_be_written = |path: &str| WRITTEN.contains(&paths::file_name(path));
        if files.iter().any(|(path, text)| may_be_written(path) && text.contains('=')) {
            let is_of_confluent = files.iter().any(|(_, text)| text.contains("confluentinc/cp-"));
            for (path, _) in files.iter().filter(|(path, _)| is_of_confluent && may_be_written(path)) {
                *all.written.entry(paths::folder(path)).or_default() += 1;
            }
        }
        all.has_deployment = !folders.is_empty()
            && files
                .iter()
                .any(|(path, text)| !is_program(path) && RUNS.iter().any(|sign| text.contains(sign)));
        if !all.has_deployment {
            return all;
        }
        let is_of_path = |one: char| one.is_ascii_alphanumeric() || "._-/".contains(one);
        for (path, text) in files {
            let of_program = is_program(path);
            for word in text.split(|one| !is_of_path(one)).map(|word| word.trim_end_matches('/')) {
                let name = paths::file_name(word);
                if name.contains("log4j") && is_configuration(name) {
                    all.names.insert(name);
                }
                // A word without a slash may be anything's name.
                if word.contains('/') && folders.contains(name) {
                    let inner = word.trim_start_matches("../").trim_start_matches("./");
                    all.folders.insert((inner, of_program));
                }
            }
            if paths::file_name(path).starts_with("Dockerfile") {
                all.folders.insert((paths::folder(path), false));
            }
            if path.ends_with(".properties") && OF_KAFKA.iter().any(|key| text.contains(key)) {
                all.settings.insert(paths::folder(path));
            }
        }
        all
    }

    /// What a file is; `None` of one that somebody may read.
    pub(crate) fn reason(&self, path: &str, text: &str) -> Option<Leftover> {
        let (folder, name) = paths::split(path);
        if WRITTEN.contains(&name) && self.written.get(folder) == Some(&WRITTEN.len()) {
            return Some(Leftover::Written);
        }
        // At the top it may be what everything is run with.
        let is_unnamed = self.has_deployment
            && !matches!(folder, "" | ".")
            && is_log4j_1(path, text)
            && !self.names.contains(name)
            && !self.settings.contains(folder)
            && !self.names_folder(folder);
        is_unnamed.then_some(Leftover::Unnamed)
    }

    /// Whether a text names the folder, as a volume or a copy does that takes all of it, or one above it; a program that
    /// names one above it may mean anything of it.
    fn names_folder(&self, folder: &str) -> bool {
        above(folder).enumerate().any(|(height, folder)| {
            let inner = folder.match_indices('/').map(|(at, _)| folder.slice(at + 1..));
            std::iter::once(folder).chain(inner).any(|inner| {
                self.folders.contains(&(inner, false)) || height == 0 && self.folders.contains(&(inner, true))
            })
        })
    }
}

/// A configuration of Log4j 1 by name and text, and no template, whose tool may name it in any way.
fn is_log4j_1(path: &str, text: &str) -> bool {
    let name = paths::file_name(path);
    name.contains("log4j") && is_configuration(name) && text.contains("log4j.")
}

fn is_configuration(name: &str) -> bool {
    name.ends_with(".properties") || name.ends_with(".xml")
}

/// A folder and those above it, without the top.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    let parts = std::iter::successors(Some(folder), |path| Some(paths::split(path).0));
    parts.take(MAX_FOLDERS).take_while(|folder| !matches!(*folder, "" | "."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "log4j.rootLogger=INFO, stdout\n";

    fn reason(files: &[(&str, &str)]) -> Option<Leftover> {
        let (path, text) = files[0];
        Leftovers::of(files).reason(path, text)
    }

    #[test]
    fn a_configuration_is_left_over_where_nothing_names_it_or_its_folder() {
        let log = ("helpers/kafka/log4j.properties", LOG);
        let left = Some(Leftover::Unnamed);
        assert_eq!(reason(&[log]), None, "all that is given");
        assert_eq!(reason(&[log, ("c.yml", "- ./helpers/kafka/jaas.conf:/etc/kafka/jaas.conf")]), left);
        assert_eq!(reason(&[log, ("c.yml", "KAFKA_A: 1 # log4j.properties.template")]), left);
        assert_eq!(reason(&[log, ("a.js", "require('../helpers')")]), None, "nothing here runs Kafka");
        let runs = ("c.yml", "image: apache/kafka\nenvironment:\n  KAFKA_NODE_ID: 1");
        assert_eq!(reason(&[log, runs, ("a.js", "require('../helpers')")]), left);
        for (path, text) in [
            ("c.yml", "- ./helpers/kafka:/etc/kafka"),
            ("c.yml", "- ./helpers/:/opt"),
            ("a.sh", "java -Dlog4j.configuration=file:$D/log4j.properties"),
            ("helpers/kafka/Dockerfile", "FROM apache/kafka\nCOPY . /opt"),
            ("helpers/kafka/server.properties", "broker.id=1"),
            ("a.py", "open('helpers/kafka' + name)"),
        ] {
            assert_eq!(reason(&[log, runs, (path, text)]), None, "{path} {text}");
        }
    }

    #[test]
    fn what_confluents_image_writes_lies_together() {
        let all = [
            ("k/kafka.properties", "broker.id=1"),
            ("k/log4j.properties", LOG),
            ("k/tools-log4j.properties", LOG),
            ("c.yml", "image: confluentinc/cp-kafka:7.5.0"),
        ];
        assert_eq!(reason(&all), Some(Leftover::Written));
        assert_eq!(reason(&all[..3]), None, "of an installation without containers");
        assert_eq!(reason(&[all[0], all[1], all[3]]), None);
    }
}
