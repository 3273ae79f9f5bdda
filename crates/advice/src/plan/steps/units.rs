//! Files that nodes are started from, and services of systemd that start them, where the files include their units.
//!
//! What is *not* here: Confluent's packages, whose services have names of their own.

use std::collections::BTreeSet;

use crate::upgrade::Upgrade;
use kafka_upgrade_document::{Kind, paths};

/// The file that the pasted units and scripts start nodes from, if they start all from one that is called so, or from one
/// at all where no name is given: `/etc/kafka/server.properties`.
pub(super) fn file_of(case: &Upgrade<'_>, name: Option<&str>) -> Option<String> {
    let scripts = case.files.iter().filter(|read| !read.is_part && read.document.kind == Kind::ShellScript);
    let starts = scripts.flat_map(|read| read.text.lines()).filter(|line| {
        let line = line.trim_start();
        !line.starts_with('#') && line.contains("kafka-server-start")
    });
    let words = starts.flat_map(|line| line.split([' ', '"', '\'', '\t']));
    let files: BTreeSet<&str> = words
        .filter(|word| word.starts_with('/') && word.ends_with(".properties"))
        .filter(|word| name.is_none_or(|name| paths::file_name(word) == name))
        .filter(|word| word.bytes().all(|one| one.is_ascii_alphanumeric() || b"/.-_".contains(&one)))
        .collect();
    let mut files = files.into_iter();
    let (Some(file), None) = (files.next(), files.next()) else { return None };
    Some(file.to_owned())
}

/// The service whose unit starts a node from a file of that name.
pub(super) fn service<'c>(case: &'c Upgrade<'_>, file: &str) -> Option<&'c str> {
    let units = case.files.iter().filter(|read| !read.is_part && read.document.kind == Kind::ShellScript);
    units.into_iter().find_map(|read| {
        let name = paths::file_name(read.path).strip_suffix(".service")?;
        let starts = read.text.lines().any(|line| {
            line.trim_start().starts_with("ExecStart=")
                && line.contains("kafka-server-start")
                && line.contains(file)
        });
        // An instance of a template has its number in its name.
        (starts && !name.contains('@')).then_some(name)
    })
}
