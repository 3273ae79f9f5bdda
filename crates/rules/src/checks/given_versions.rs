//! Clients that are configured with the version of the protocol to speak, whatever their own release could use.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Observation;
use kafka_upgrade_report::Severity;

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::test_files;
use crate::upgrade::Upgrade;

const REFUSED: &str = "requires-newer-protocol-version";
const DOUBTFUL: &str = "note-old-protocol-version";

pub(super) const CHECK: Check = Check { applies, run, reports: &[REFUSED, DOUBTFUL] };

/// First release whose produce and fetch requests brokers of 4.0 serve.
const SERVED: Release = Release::new(0, 11, 0);

/// First release of which 4.0 serves every request.
const SURE: Release = Release::new(2, 1, 0);

fn applies(case: &Upgrade<'_>) -> bool {
    case.observations().any(|one| matches!(one.what, Observation::ProtocolVersion(_)))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (file, read) in case.files.iter().enumerate() {
        for observed in &read.document.observations {
            let Observation::ProtocolVersion(client) = &observed.what else { continue };
            let Some(release) = release(&client.version).filter(|release| *release < SURE) else { continue };
            let id = if release < SERVED { REFUSED } else { DOUBTFUL };
            let Some(note) = crossed(case, id) else { continue };
            let place = Location::span(file, observed.span);
            let before = sink.drafts.len();
            let holes = [("name", client.name.as_str()), ("value", client.version.as_str())];
            sink.note(note, None, sink.since(note), place, &holes);
            // A test sets it for a broker of its own, or for none.
            if test_files::is_named(read.path) {
                sink.drafts.iter_mut().skip(before).for_each(|draft| draft.severity = Severity::Info);
            }
        }
    }
}

/// `0.10.2.0`, `2.8.0`, `1.0`: of releases before 1.0 the second and third number count.
fn release(version: &str) -> Option<Release> {
    let mut numbers = version.split('.').map(|number| number.parse::<u8>().ok());
    let (major, minor) = (numbers.next()??, numbers.next().flatten().unwrap_or_default());
    Some(Release::new(major, minor, numbers.next().flatten().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_clients_write_them() {
        assert_eq!(release("0.10.2.0"), Some(Release::new(0, 10, 2)));
        assert_eq!(release("2.8"), Some(Release::new(2, 8, 0)));
        assert_eq!(release("x"), None);
    }
}
