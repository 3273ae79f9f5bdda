//! Tools and their options that no note speaks of: what becomes of them, computed from what each release's own
//! tools print when they are asked for help.
//!
//! Some tools take any beginning of an option that no other option shares, so a beginning of one that the target has is no
//! finding there; the others refuse it in every release. What is *not* here: what notes speak of (`usages`), values.

use kafka_upgrade_catalog::{self as catalog, Life, Release, tools};
use kafka_upgrade_document::{Usage, UsageKind};
use kafka_upgrade_report::Confidence;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::fate::{self, Fate, Wording};
use crate::near;
use crate::rule::{Computed, Rule, Thing};
use crate::words::kebab;

/// Reports what becomes of a tool or an option.
pub(crate) fn fate(file: usize, usage: &Usage, sink: &mut Diagnostics<'_, '_>) {
    if usage.kind != UsageKind::Option {
        return;
    }
    let (script, option) = usage.name.split_once(' ').unwrap_or((usage.name.as_str(), ""));
    let tool = script.trim_end_matches(".sh");
    let Some(life) = tools::tool(tool) else { return };
    let at = catalog::facts_of(sink.case.to);
    let place = Location::span(file, usage.span);
    if option.is_empty() || life.last < at || at < life.first {
        // What is said of the tool is said of its options.
        if option.is_empty()
            && let Some(fate) = fate::of(sink.case, life)
        {
            report(place, script, Thing::Tool, tool, fate, sink);
        }
        return;
    }
    // A single dash is an option of Java or of the script, or the short name of an option that has a long one.
    if !option.starts_with("--") {
        return;
    }
    match known(tool, option, at) {
        Some(life) => {
            if let Some(fate) = fate::of(sink.case, life) {
                report(place, &usage.name, Thing::Option, &id(tool, option), fate, sink);
            }
        }
        None => misspelled(place, tool, option, at, sink),
    }
}

/// What the rules about an option end with.
pub(crate) fn id(tool: &str, option: &str) -> String {
    format!("{tool}-{}", kebab(option.trim_start_matches('-')))
}

/// Tools that take the beginning of an option for it, those that parse with argparse4j; the others refuse it. Asked of those
/// of 3.9.2 and 4.4.0, but for `connect-mirror-maker`, `kafka-metadata-shell` and `kafka-verifiable-consumer`.
const TAKE_BEGINNINGS: &[&str] = &[
    "connect-mirror-maker",
    "connect-plugin-path",
    "kafka-cluster",
    "kafka-features",
    "kafka-metadata-quorum",
    "kafka-metadata-shell",
    "kafka-producer-perf-test",
    "kafka-storage",
    "kafka-transactions",
    "kafka-verifiable-consumer",
    "kafka-verifiable-producer",
];

/// The option that the target's tool takes it for, else the one that it was.
fn known(tool: &str, option: &str, at: Release) -> Option<Life> {
    let lives = |life: &Life| life.first <= at && at <= life.last;
    let exact = tools::options(tool).find(|(name, _)| *name == option).map(|(_, life)| life);
    if exact.as_ref().is_some_and(lives) {
        return exact;
    }
    if !TAKE_BEGINNINGS.contains(&tool) {
        return exact;
    }
    let begun = || tools::options(tool).filter(|(name, _)| name.starts_with(option));
    let living = begun().find(|(_, life)| lives(life)).map(|(_, life)| life);
    living.or(exact).or_else(|| begun().next().map(|(_, life)| life))
}

fn report(place: Location, name: &str, thing: Thing, id: &str, fate: Fate, sink: &mut Diagnostics<'_, '_>) {
    let (to, what) = (sink.case.to, thing.word());
    let (message, why, action) = match fate {
        Fate::Gone { last, .. } => (
            match thing {
                Thing::Tool => format!("{to} has no `{name}`."),
                _ => format!("`{name}` is refused by {to}: the tool has no such option any more."),
            },
            format!("{last} is the last release whose own help has this {what}."),
            format!(
                "Look up in the documentation of {to} what takes its place, and change the command with the upgrade."
            ),
        ),
        Fate::Deprecated { since, .. } => (
            format!("`{name}` is deprecated from {since}; it still works in {to}."),
            format!("The tool's own help calls this {what} deprecated. A later release drops it."),
            format!(
                "Ask the tool of {to} with `--help` what takes its place, and change over before that release."
            ),
        ),
        Fate::Lives => return,
    };
    let id = id.to_owned();
    fate.report(
        Wording { thing, id, subject: name.to_owned(), guessed: false, place, message, why, action },
        sink,
    );
}

/// Bytes of `--x`, which may be the beginning of anything.
const SHORTEST_BEGINNING: usize = 3;

fn misspelled(place: Location, tool: &str, option: &str, at: Release, sink: &mut Diagnostics<'_, '_>) {
    let living = || tools::options(tool).filter(|(_, life)| life.first <= at && at <= life.last);
    let begins = |(name, _): &(&str, Life)| option.len() > SHORTEST_BEGINNING && name.starts_with(option);
    let meant = living()
        .find(|(name, _)| near::one_slip_apart(name, option))
        .or_else(|| living().find(begins))
        .or_else(|| tools::options(tool).find(begins));
    let Some((meant, _)) = meant else { return };
    let draft = Diagnostic::info(Rule::computed(Computed::UnknownOption, &id(tool, option)), place)
        .confidence(Confidence::Possible)
        .subject(format!("{tool}.sh {option}"))
        .message(format!("`{tool}.sh` has no option `{option}` in any release; is `{meant}` meant?"))
        .why("A tool that is given an option that it does not know prints its help and does nothing.")
        .action(format!("Write `{meant}` if that is meant."))
        .replacement(Some(meant.to_owned()));
    sink.push(draft);
}
