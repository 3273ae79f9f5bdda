//! Clients that ask for a group protocol which the cluster has not turned on, by the levels that a tool printed.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Kind;

use super::{Check, report_at};
use crate::diagnostic::Diagnostics;
use crate::upgrade::{CheckedFile, Upgrade};

const OFF: &str = "requires-feature-of-group-protocol";
const KEY: &str = "group.protocol";

/// Values of `group.protocol`, and the feature that serves each.
const FEATURES: &[(&str, &str)] = &[("consumer", "group.version"), ("streams", "streams.version")];

pub(super) const CHECK: Check = Check { applies, run, reports: &[OFF] };

/// The components whose groups have a protocol.
fn is_of_groups(component: Option<Component>) -> bool {
    matches!(component, Some(Component::CONSUMER | Component::STREAMS))
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.kind == Kind::LiveOutput && is_printed(read))
}

/// Whether a tool printed the levels of a cluster.
fn is_printed(read: &CheckedFile<'_>) -> bool {
    read.document
        .observations
        .iter()
        .any(|one| FEATURES.iter().any(|(_, feature)| one.what.level_of(feature).is_some()))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let is_off = |(_, feature): &&(&str, &str)| case.levels_of(feature).any(|level| level == "0");
    let off: Vec<_> = FEATURES.iter().filter(is_off).collect();
    for (file, read) in case.files.iter().enumerate() {
        for setting in read.document.settings.iter().filter(|one| one.key == KEY && one.effective) {
            let value = setting.value.trim().to_ascii_lowercase();
            let feature = off.iter().find(|(protocol, _)| *protocol == value);
            if let Some((_, feature)) = feature.filter(|_| is_of_groups(read.component_of(setting))) {
                report_at(sink, OFF, file, setting, &[("feature", feature)]);
            }
        }
    }
}
