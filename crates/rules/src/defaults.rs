//! Keys that are not set: defaults that change under them.
//!
//! One finding a key and component, whatever the number of files; without a place, as there is none.

use kafka_upgrade_catalog::Component;

use crate::draft::{At, Sink};
use crate::notes;

/// Tells every default that changes under a key that is not set.
pub(crate) fn judge(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    for note in notes::about_unset().filter(|note| !note.silent && case.crosses(note.since)) {
        for component in Component::ALL {
            let relying: Vec<usize> = case
                .files
                .iter()
                .enumerate()
                .filter(|(_, read)| {
                    read.component == Some(*component)
                        && case.applies(note, read, *component)
                        && read.setting(*component, note.subject).is_none()
                })
                .map(|(file, _)| file)
                .collect();
            let place = match relying.as_slice() {
                [] => continue,
                [file] => At::file(*file),
                _ => At::NOWHERE,
            };
            sink.note(note, component.name(), place, &[], None);
        }
    }
}
