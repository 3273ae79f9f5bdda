//! REST extensions of Connect in code: from 4.0 on their interface has the types of `jakarta.ws.rs`.

use kafka_upgrade_document::{Usage, UsageKind};

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::upgrade::Upgrade;

const OLD_PACKAGE: &str = "requires-jakarta-ws-rs";

pub(super) const CHECK: Check = Check { applies, run, reports: &[OLD_PACKAGE] };

fn is_extension(usage: &Usage) -> bool {
    usage.kind == UsageKind::Class
        && usage.name.starts_with("org.apache.kafka.connect.rest.ConnectRestExtension")
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.usages.iter().any(is_extension))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, OLD_PACKAGE) else { return };
    for (file, read) in case.files.iter().enumerate() {
        let usages = &read.document.usages;
        let old = |usage: &&Usage| usage.kind == UsageKind::Class && usage.name.starts_with("javax.ws.rs.");
        if let Some(usage) = usages.iter().find(old).filter(|_| usages.iter().any(is_extension)) {
            sink.note(
                note,
                None,
                sink.since(note),
                Location::span(file, usage.span),
                &[("name", &usage.name)],
            );
        }
    }
}
