//! Services of systemd that start a broker's or controller's file, where the files include their units.
//!
//! What is *not* here: Confluent's packages, whose services have names of their own.

use crate::upgrade::Upgrade;
use kafka_upgrade_document::{Kind, paths};

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
