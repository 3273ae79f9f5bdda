//! `bootstrap.servers`: hosts are parted by commas, and since 4.0 by nothing else.
//!
//! Up to 3.9 `h1:9092 h2:9092` was one address whose host was the last one; nothing said so.

use super::{Check, crossed, report_at};
use crate::diagnostic::Diagnostics;
use crate::upgrade::Upgrade;

const PARTED: &str = "refused-value-bootstrap-servers";

pub(super) const CHECK: Check = Check { applies, run, reports: &[PARTED] };

fn is_list(key: &str) -> bool {
    matches!(key, "bootstrap.servers" | "bootstrap.controllers" | "controller.quorum.bootstrap.servers")
}

/// Whether a template makes the list, whose tags have blanks of their own and whose loops bring the commas.
fn is_made(value: &str) -> bool {
    ["{{", "{%", "<%"].iter().any(|tag| value.contains(tag))
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.settings.iter().any(|setting| is_list(&setting.key)))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    if crossed(case, PARTED).is_none() {
        return;
    }
    for (file, read) in case.files.iter().enumerate() {
        for setting in
            read.document.settings.iter().filter(|setting| setting.effective && is_list(&setting.key))
        {
            let parted =
                |one: &str| one.trim().contains([' ', '\t', ';', '\n']) && one.matches(':').count() > 1;
            if !is_made(&setting.value) && setting.value.split(',').any(parted) {
                report_at(sink, PARTED, file, setting, &[]);
            }
        }
    }
}
