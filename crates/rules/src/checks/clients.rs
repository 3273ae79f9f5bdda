//! Client libraries that are named with their versions: what brokers of the target refuse of what they do.
//!
//! What they speak and what brokers serve is compared in `matrix`; here it becomes a finding at the line that names
//! the library, so that a cluster is not called ready whose clients are not.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use kafka_upgrade_document::{Observation, paths};
use kafka_upgrade_report::{Confidence, Severity};

use super::{Check, crossed, requests};
use crate::administration::never_administers;
use crate::diagnostic::Diagnostics;
use crate::inventory::{self, Item, builds};
use crate::upgrade::Upgrade;

const REFUSED: &str = "requires-newer-client";
const REFUSED_ADMIN: &str = "requires-newer-client-for-admin";
const UNSUPPORTED: &str = "requires-java-clients-of-2-1";

/// At most this many running things are looked at; a paste may name a hundred thousand.
const MAX_ITEMS: usize = 200;

pub(super) const CHECK: Check = Check { applies, run, reports: &[REFUSED, REFUSED_ADMIN, UNSUPPORTED] };

fn applies(case: &Upgrade<'_>) -> bool {
    !case.inventory.items.is_empty()
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    // One line that says the version of several libraries is reported once.
    let mut reported = BTreeSet::new();
    let mut sources = None;
    let simple = OnceCell::new();
    for item in case.inventory.items.iter().take(MAX_ITEMS) {
        // Requests that were seen are better evidence than those that the version may send.
        if is_seen_refused(case, item) {
            continue;
        }
        if is_no_client_here(case, item) {
            continue;
        }
        let Some(loss) = inventory::loss(item, case.from, case.to) else { continue };
        let is_simple =
            is_old_core(item) && in_project(simple.get_or_init(|| of_simple_consumer(case)), case, item);
        let id = match () {
            () if is_simple => REFUSED,
            () if loss.operations.is_empty() => UNSUPPORTED,
            () if loss.everyday => REFUSED,
            () => REFUSED_ADMIN,
        };
        let Some(note) = crossed(case, id) else { continue };
        if !reported.insert((item.place.file, item.place.span, id)) && item.place.span.is_some() {
            continue;
        }
        let name = format!("{} {}", item.title(), item.version);
        let (operations, reason) = if is_simple {
            ("fetching with `SimpleConsumer`".to_owned(), OF_SIMPLE_CONSUMER)
        } else {
            (inventory::in_words(&loss.operations), loss.reason.as_str())
        };
        let near = if loss.certain {
            ""
        } else {
            " What it speaks was read from the nearest version that was looked at."
        };
        let holes = [("name", name.as_str()), ("value", &operations), ("reason", reason), ("near", near)];
        let before = sink.drafts.len();
        sink.note(note, None, sink.since(note), item.place, &holes);
        if id == REFUSED_ADMIN && never_administers(case, item, &mut sources) {
            for draft in sink.drafts.iter_mut().skip(before) {
                (draft.severity, draft.confidence) = (Severity::Info, Confidence::Possible);
            }
        }
    }
}

/// Whether a build file names it, and it speaks to no broker: converters and interfaces, Spring Boot of programs that
/// have nothing to do with Kafka, libraries beside a client of a version of its own.
fn is_no_client_here(case: &Upgrade<'_>, item: &Item) -> bool {
    let Some(read) = item.place.file.and_then(|file| case.files.get(file)).filter(|read| builds(read)) else {
        return false;
    };
    if inventory::is_interface(item) {
        return true;
    }
    if item.name.starts_with("org.springframework.boot") {
        let folder = read.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_in_project = |path: &str| {
            path.strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'))
        };
        let mut built = case.files.iter().filter(|one| builds(one) && is_in_project(one.path));
        return !built.any(|one| one.text.contains("kafka"));
    }
    inventory::clients_beside(item, &case.files).is_some()
}

/// What Kafka's first consumers send, whatever version carries them.
const OF_SIMPLE_CONSUMER: &str = "`SimpleConsumer`, which left with 2.0, asks for offsets with ListOffsets 0 and fetches with Fetch 3 at most; 4.0 begins with 1 and 4.";

/// Whether it is the library of brokers in a release that carries the first consumers.
fn is_old_core(item: &Item) -> bool {
    item.name.contains("org.apache.kafka:kafka_2.") && item.release.is_some_and(|release| release.major < 2)
}

/// Source that imports `SimpleConsumer`.
fn of_simple_consumer<'c>(case: &'c Upgrade<'_>) -> Vec<&'c str> {
    let imports = |line: &str| line.starts_with("import kafka.") && line.contains("consumer.SimpleConsumer");
    let importing = case.files.iter().filter(|one| !one.is_part && one.text.lines().any(imports));
    importing.map(|one| one.path).collect()
}

/// Whether one of these files is of the project that names an item.
fn in_project(paths: &[&str], case: &Upgrade<'_>, item: &Item) -> bool {
    let Some(read) = item.place.file.and_then(|file| case.files.get(file)) else { return false };
    let project = paths::folder(read.path);
    paths.iter().any(|path| path.starts_with(project))
}

/// Whether a request of this client that the target refuses was printed in the same text.
fn is_seen_refused(case: &Upgrade<'_>, item: &Item) -> bool {
    let read = item.place.file.and_then(|file| case.files.get(file));
    let observations = read.map(|read| read.document.observations.as_slice()).unwrap_or_default();
    observations.iter().any(|one| match &one.what {
        Observation::Request(request) => {
            let by = request.client.as_ref();
            by.is_some_and(|by| by.name == item.name && by.version == item.version)
                && requests::refused(case, request).is_some()
        }
        _ => false,
    })
}
