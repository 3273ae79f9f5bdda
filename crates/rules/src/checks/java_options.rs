//! Options with which the Java that the target needs, or a newer one that is named beside them, does not start.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{java_of_servers, java_options};
use kafka_upgrade_document::{Usage, UsageKind};

use super::{Check, crossed};
use crate::SAID;
use crate::diagnostic::{Diagnostics, Location};
use crate::upgrade::{CheckedFile, Upgrade};

const REFUSED: &str = "note-refused-java-option";

/// With it Java starts whatever it does not know.
const IGNORES: &str = "IgnoreUnrecognizedVMOptions";

pub(super) const CHECK: Check = Check { applies, run, reports: &[REFUSED] };

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| options(read).next().is_some())
}

/// The options of Java in a file, with what they are called in the catalog.
fn options<'r>(read: &'r CheckedFile<'_>) -> impl Iterator<Item = (&'r Usage, String)> {
    read.document.usages.iter().filter_map(|usage| match usage.kind {
        UsageKind::JavaOption => Some((usage, usage.name.clone())),
        UsageKind::SystemProperty => Some((usage, format!("-D{}", usage.name))),
        _ => None,
    })
}

/// The newest Java that the same file names, or somebody states; a build file beside it is for another program's.
fn stated(case: &Upgrade<'_>, file: usize) -> u8 {
    let items = case.inventory.of_kind(ProductKind::Java).filter(|item| {
        let path = item.place.file.and_then(|at| case.files.get(at)).map(|read| read.path);
        item.place.file == Some(file) || path == Some(SAID)
    });
    let majors = items.filter_map(|item| item.version.split(['.', '-', '+']).next()?.parse().ok());
    majors.max().unwrap_or_default()
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, REFUSED) else { return };
    let needed = java_of_servers(case.to);
    for (file, read) in case.files.iter().enumerate() {
        let java = needed.max(stated(case, file));
        let because =
            if java == needed { format!("needs Java {java}") } else { "is to run on it".to_owned() };
        let is_lenient =
            |(usage, name): (&Usage, String)| name == IGNORES && usage.value.as_deref() != Some("-");
        let lenient = options(read).any(is_lenient);
        // What stands in one line goes to one Java.
        let mut lines: BTreeMap<u32, (Location, Vec<String>)> = BTreeMap::new();
        for (usage, name) in options(read).filter(|(_, name)| java_options::is_refused(name, java)) {
            // Asking Java to ignore unknown options only works for `-XX`.
            if lenient && !name.starts_with('-') {
                continue;
            }
            let line = read.lines().line(usage.span.start);
            let (_, names) =
                lines.entry(line).or_insert_with(|| (Location::span(file, usage.span), Vec::new()));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for (place, names) in lines.into_values() {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let (names, java) = (names.join(", "), java.to_string());
            let holes = [("name", names.as_str()), ("java", &java), ("because", &because)];
            sink.note(note, None, sink.since(note), place, &holes);
        }
    }
}
