//! What takes part in the upgrade and could not be judged, each with what to look up; and clients that the target
//! refuses as the release that runs now does.
//!
//! It is made of the matrix, so that matrix, findings, counts and verdict are one. What is *not* here: files that
//! nothing places (`texts`), releases that are not known (`path`). Invariant: nothing of this fires for a file that
//! merely names Kafka.

use kafka_upgrade_report::{CellVerdict, Severity};
use kafka_upgrade_rules::inventory::is_interface;
use kafka_upgrade_rules::rule::{REFUSED_CLIENT, UNKNOWN_BROKERS, UNKNOWN_CLIENT};

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::matrix;

/// Adds a finding for each broker and client that could not be judged. Runs last, so that it repeats nothing that
/// another finding reports.
pub fn judge(sink: &mut Diagnostics<'_, '_>) {
    let to = sink.case.to;
    for standing in matrix::open(sink.case) {
        let matrix::Standing { subject, is_client, place, verdict, reason } = standing;
        let (rule, severity, message, why, action) = match (is_client, verdict) {
            (true, CellVerdict::Refused) => {
                let mut there = sink.case.inventory.items.iter().filter(|item| item.place == place);
                if there.any(is_interface)
                    || sink.drafts.iter().any(|draft| draft.place == place && reports_refusal(draft))
                {
                    continue;
                }
                let message = format!("{subject} neither produces to nor consumes from brokers of {to}.");
                let action =
                    "Bring it to a version that they serve, or leave it out if nothing uses it any more.";
                (REFUSED_CLIENT, Severity::Error, message, reason, action.to_owned())
            }
            (true, _) => {
                let message = format!("It is not known whether {subject} works with brokers of {to}.");
                (UNKNOWN_CLIENT, Severity::Info, message, WHY.to_owned(), reason)
            }
            (false, _) => {
                let message = format!("It is not known whether {subject} can go to {to}.");
                (UNKNOWN_BROKERS, Severity::Info, message, WHY.to_owned(), reason)
            }
        };
        sink.push(draft(rule, severity, subject, place, [message, why, action]));
    }
}

/// Whether a finding says already that the client is refused, or whatever else stops it. One that needs no action, such as
/// that of a profile for old brokers, has said why.
fn reports_refusal(draft: &Diagnostic) -> bool {
    draft.severity == Severity::Error || draft.rule.id() == "requires-newer-client"
}

const WHY: &str = "It takes part in the upgrade, so the verdict can be no better than unknown without it.";

fn draft(
    rule: &'static str,
    severity: Severity,
    subject: String,
    place: Location,
    [message, why, action]: [String; 3],
) -> Diagnostic {
    Diagnostic::new(severity, rule, place).subject(subject).message(message).why(why).action(action)
}
