//! Java and Scala: what runs Kafka has to be new enough for the target.
//!
//! A build file is for clients as far as it names nothing else of Kafka's; brokers, Connect and the tools are reported
//! by words and containers too.

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{java_of_clients, java_of_servers};
use kafka_upgrade_document::Slice as _;

use kafka_upgrade_document::Span;
use kafka_upgrade_report::{Confidence, Severity};

use super::{Check, crossed};
use crate::administration::never_uses_brokers;
use crate::build_files::BuildFiles;
use crate::diagnostic::Diagnostics;
use crate::inventory::{Item, java_number};
use crate::upgrade::Upgrade;

const NO_JAVA: &str = "requires-java-of-clients";
const OLD_JAVA: &str = "requires-java-of-servers";
const JAVA_8: &str = "deprecated-java-8";
const JAVA_11: &str = "deprecated-java-11";
const SCALA_2_12: &str = "removed-scala-2-12";
const OLD_SCALA: &str = "deprecated-scala-2-12";
const SCALA_2_11: &str = "removed-scala-2-11";

/// Why a build that names the library of brokers may stay as it is.
const UNUSED: &str = " The build names the library of brokers, and no code of it uses one of its classes.";

pub(super) const CHECK: Check =
    Check { applies, run, reports: &[NO_JAVA, OLD_JAVA, JAVA_8, JAVA_11, SCALA_2_12, OLD_SCALA, SCALA_2_11] };

fn applies(case: &Upgrade<'_>) -> bool {
    of_kind(case, ProductKind::Java).chain(of_kind(case, ProductKind::Scala)).next().is_some()
}

fn of_kind<'c>(case: &'c Upgrade<'_>, kind: ProductKind) -> impl Iterator<Item = &'c Item> {
    case.inventory.of_kind(kind)
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let (clients, servers) = (u16::from(java_of_clients(case.to)), u16::from(java_of_servers(case.to)));
    let built = BuildFiles::of_all(case);
    let mut sources = None;
    for item in of_kind(case, ProductKind::Java) {
        let Some(java) = java_number(&item.version).filter(|_| !built.is_of_others(item)) else { continue };
        // If both notes apply, only the first and graver one is reported.
        let notes = [
            (NO_JAVA, java < clients, true),
            (OLD_JAVA, java < servers, false),
            (JAVA_8, java == 8, true),
            (JAVA_11, java < 17, false),
        ];
        let build = built.of(item);
        let serves = build.is_none_or(|build| build.servers);
        // A plugin's class files run in the newer Java of the worker as well; what compiles them has to be as new.
        let plugs_only = build.is_some_and(|build| build.servers && !build.runs_servers);
        let is_level = item.place.span.is_some_and(|span| is_level(case, item, span));
        let applying = notes.into_iter().filter(|(_, holds, of_clients)| *holds && (*of_clients || serves));
        if let Some(note) = applying.filter_map(|(id, ..)| crossed(case, id)).next() {
            let (java, clients, servers) = (java.to_string(), clients.to_string(), servers.to_string());
            let holes = [("java", java.as_str()), ("clients", &clients), ("servers", &servers)];
            let before = sink.drafts.len();
            sink.note(note, None, sink.since(note), item.place, &holes);
            let is_unused = note.id == OLD_JAVA
                && build.is_some_and(|build| build.servers && !build.workers)
                && never_uses_brokers(case, item, &mut sources);
            if note.id != OLD_JAVA || !(is_unused || plugs_only && is_level) {
                continue;
            }
            for draft in sink.drafts.iter_mut().skip(before) {
                (draft.severity, draft.confidence) = (Severity::Info, Confidence::Possible);
                if is_unused {
                    draft.why.push_str(UNUSED);
                }
            }
        }
    }
    for item in of_kind(case, ProductKind::Scala) {
        // Clients and Streams for Java run in programs of any Scala.
        if built.is_of_others(item) || built.of(item).is_some_and(|build| build.any && !build.scala) {
            continue;
        }
        for (version, notes) in [("2.12", &[SCALA_2_12, OLD_SCALA][..]), ("2.11", &[SCALA_2_11])] {
            let rest = item.version.strip_prefix(version);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                && let Some(note) = notes.iter().find_map(|id| crossed(case, id))
            {
                sink.note(note, None, sink.since(note), item.place, &[("value", &item.version)]);
            }
        }
    }
}

/// Whether a place says for which Java class files are compiled, and not which Java compiles them.
fn is_level(case: &Upgrade<'_>, item: &Item, span: Span) -> bool {
    let text = item.place.file.and_then(|file| case.files.get(file)).map_or("", |read| read.text);
    let before = text.slice(..span.start as usize);
    let line = before.rsplit('\n').next().unwrap_or_default();
    !line.to_ascii_lowercase().contains("languageversion")
}
