//! Principal builders in code: from 3.0 on brokers ask them to serialize principals.

use kafka_upgrade_document::{Usage, UsageKind};

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::upgrade::Upgrade;

const SERDE: &str = "requires-principal-serde";
const BUILDER: &str = "org.apache.kafka.common.security.auth.KafkaPrincipalBuilder";

pub(super) const CHECK: Check = Check { applies, run, reports: &[SERDE] };

fn is_builder(usage: &Usage) -> bool {
    usage.kind == UsageKind::Class && usage.name == BUILDER
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.usages.iter().any(is_builder))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, SERDE) else { return };
    for (file, read) in case.files.iter().enumerate() {
        // Behind the import it is named where the class begins.
        let Some(usage) = read.document.usages.iter().rfind(|usage| is_builder(usage)) else { continue };
        // A class of the file that is one, in Java, Kotlin or Scala, and serializes nothing.
        let plain: String = read.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_one = [
            "implements KafkaPrincipalBuilder",
            ", KafkaPrincipalBuilder",
            ": KafkaPrincipalBuilder",
            "extends KafkaPrincipalBuilder",
            "with KafkaPrincipalBuilder",
        ]
        .iter()
        .any(|sign| plain.contains(sign));
        let serializes =
            ["KafkaPrincipalSerde", "DefaultKafkaPrincipalBuilder"].iter().any(|sign| plain.contains(sign));
        if is_one && !serializes {
            sink.note(note, None, sink.since(note), Location::span(file, usage.span), &[]);
        }
    }
}
