//! Client libraries that are named with their versions: what brokers of the target refuse of what they do.
//!
//! What they speak and what brokers serve is compared in `matrix`; here it becomes a finding at the line that names
//! the library, so that a cluster is not called ready whose clients are not.

use super::{Check, crossed};
use crate::case::Case;
use crate::draft::Sink;
use crate::matrix;

const REFUSED: &str = "requires-newer-client";
const REFUSED_ADMIN: &str = "requires-newer-client-for-admin";
const UNSUPPORTED: &str = "requires-java-clients-of-2-1";

/// So many things that run are looked at; a paste may name a hundred thousand.
const MOST: usize = 200;

pub(super) const CHECK: Check = Check { applies, run, tells: &[REFUSED, REFUSED_ADMIN, UNSUPPORTED] };

fn applies(case: &Case<'_>) -> bool {
    !case.inventory.items.is_empty()
}

fn run(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    for item in case.inventory.items.iter().take(MOST) {
        let Some(loss) = matrix::loss(item, case.from, case.to) else { continue };
        let id = match () {
            () if loss.operations.is_empty() => UNSUPPORTED,
            () if loss.everyday => REFUSED,
            () => REFUSED_ADMIN,
        };
        let Some(note) = crossed(case, id) else { continue };
        let name = format!("{} {}", item.title(), item.version);
        let operations = loss.operations.join(", ");
        let near = if loss.certain {
            ""
        } else {
            " What it speaks was read from the nearest version that was looked at."
        };
        let holes =
            [("name", name.as_str()), ("value", &operations), ("reason", &loss.reason), ("near", near)];
        sink.note(note, "", sink.since(note), item.place, &holes);
    }
}
