//! Relations that data cannot say: keys against each other, files against each other.
//!
//! One file a check and one line in [`CHECKS`]. The words of a check are notes with `match.check = true`, so
//! their examples run as tests like those of any note.

use kafka_upgrade_document::Setting;

use crate::diagnostic::{Diagnostics, Location};
use crate::notes::{self, Note};
use crate::upgrade::{CheckedFile, Upgrade};

mod across;
mod bootstrap;
mod bridge;
mod callbacks;
mod class_path;
mod clients;
mod configs_tool;
mod disagreement;
pub(crate) mod existing_topics;
mod finalising;
mod given_versions;
mod group_protocol;
mod identity;
mod internal_topics;
mod java_options;
mod log_dirs;
mod logging;
mod neighbours;
mod principals;
mod protocol;
mod quorum;
mod reporters;
mod requests;
mod rest_extensions;
mod roles;
mod runtime;
mod storage_format;
mod tokens;

/// A check and what it looks at.
pub(crate) struct Check {
    /// Whether there is anything for it to look at.
    pub(crate) applies: fn(&Upgrade<'_>) -> bool,
    /// Looks, and reports what it finds.
    pub(crate) run: fn(&mut Diagnostics<'_, '_>),
    /// Ids of the notes that it reports.
    pub(crate) reports: &'static [&'static str],
}

/// Every check, in the order in which they run.
pub(crate) static CHECKS: &[Check] = &[
    roles::CHECK,
    identity::CHECK,
    quorum::CHECK,
    internal_topics::CHECK,
    log_dirs::CHECK,
    storage_format::CHECK,
    finalising::CHECK,
    existing_topics::CHECK,
    protocol::CHECK,
    bootstrap::CHECK,
    reporters::CHECK,
    tokens::CHECK,
    given_versions::CHECK,
    logging::CHECK,
    neighbours::CHECK,
    runtime::CHECK,
    java_options::CHECK,
    rest_extensions::CHECK,
    principals::CHECK,
    group_protocol::CHECK,
    callbacks::CHECK,
    clients::CHECK,
    class_path::CHECK,
    requests::CHECK,
    bridge::CHECK,
    configs_tool::CHECK,
    across::CHECK,
    disagreement::CHECK,
];

/// The broker files with their numbers.
fn brokers<'c, 'a>(case: &'c Upgrade<'a>) -> impl Iterator<Item = (usize, &'c CheckedFile<'a>)> {
    case.files.iter().enumerate().filter(|(_, read)| read.is_broker())
}

fn has_brokers(case: &Upgrade<'_>) -> bool {
    brokers(case).next().is_some()
}

/// Whether a broker file is one of KRaft mode.
fn runs_kraft(read: &CheckedFile<'_>) -> bool {
    read.broker_setting("process.roles").is_some()
}

/// Reports a note about a whole file.
fn report_file(sink: &mut Diagnostics<'_, '_>, id: &str, file: usize, holes: &[(&str, &str)]) {
    let component = sink.case.files.get(file).and_then(|read| read.component);
    if let (Some(note), Some(component)) = (notes::note(id), component) {
        sink.note(note, Some(component), sink.since(note), Location::file(file), holes);
    }
}

/// Reports a note about something that a whole file lacks; what a part lacks may be elsewhere.
fn report_missing(sink: &mut Diagnostics<'_, '_>, id: &str, file: usize) {
    if sink.case.files.get(file).is_some_and(|read| !read.document.is_partial) {
        report_file(sink, id, file, &[]);
    }
}

/// Reports a note at a setting's key, with the note's fix, when the upgrade path crosses it or it is always so.
fn report_at(
    sink: &mut Diagnostics<'_, '_>,
    id: &str,
    file: usize,
    setting: &Setting,
    holes: &[(&str, &str)],
) {
    let component = sink.case.files.get(file).and_then(|read| read.component_of(setting));
    if let (Some(note), Some(component)) = (notes::note(id), component) {
        sink.note_at(note, component, sink.since(note), (file, setting), holes);
    }
}

/// The note of a check whose condition is a crossing; `None` when the upgrade path does not cross it.
fn crossed(case: &Upgrade<'_>, id: &str) -> Option<&'static Note> {
    notes::note(id).filter(|note| case.crosses_note(note))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_reports_existing_notes_and_every_such_note_has_its_check() {
        for check in CHECKS {
            for id in check.reports {
                let note = notes::note(id).unwrap_or_else(|| panic!("no note {id}"));
                assert!(note.is_reported_by_code(), "{id}: its condition is data, not this check");
            }
        }
        for note in notes::notes().filter(|note| note.is_reported_by_code()) {
            let reported = CHECKS.iter().any(|check| check.reports.contains(&note.id));
            assert!(reported, "{}: no check reports it", note.id);
        }
    }
}
