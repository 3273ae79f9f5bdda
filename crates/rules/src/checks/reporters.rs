//! `metric.reporters`: from 4.0 the list is all that runs, and JMX is no longer added to it.

use kafka_upgrade_document::Setting;
use kafka_upgrade_report::Severity;

use super::{Check, crossed, report_at};
use crate::diagnostic::Diagnostics;
use crate::upgrade::Upgrade;

const NOT_LISTED: &str = "note-metric-reporters-without-jmx";
const JMX: &str = "org.apache.kafka.common.metrics.JmxReporter";

pub(super) const CHECK: Check = Check { applies, run, reports: &[NOT_LISTED] };

fn is_list(setting: &&Setting) -> bool {
    setting.effective && setting.key == "metric.reporters"
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.settings.iter().any(|setting| is_list(&setting)))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, NOT_LISTED) else { return };
    for (file, read) in case.files.iter().enumerate() {
        for setting in read.document.settings.iter().filter(is_list) {
            let Some(component) = read.component_of(setting) else { continue };
            let switched_off = read
                .setting(component, "auto.include.jmx.reporter")
                .is_some_and(|setting| setting.value.trim().eq_ignore_ascii_case("false"));
            let listed = setting.value.split(',').any(|one| one.trim() == JMX);
            if !switched_off && !listed && case.applies(note, read, component) {
                let before = sink.drafts.len();
                report_at(sink, NOT_LISTED, file, setting, &[]);
                // Whether JMX is on a list that somebody else fills in is not known.
                if setting.has_placeholder() {
                    sink.drafts.iter_mut().skip(before).for_each(|draft| draft.severity = Severity::Info);
                }
            }
        }
    }
}
