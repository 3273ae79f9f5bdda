//! Loggers that are named after a class which the target has no longer: their level and appenders have no effect.
//!
//! What is *not* here: loggers that notes speak of (`usages`), and those that are named after no class.

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_document::Usage;
use kafka_upgrade_report::{Confidence, Severity};

use crate::code;
use crate::draft::{At, Draft, Sink};
use crate::fate::{self, Fate};
use crate::notes::NoteKind;

/// What the rules of this sort begin with.
pub(crate) const RULE: &str = "removed-logger-";

/// Tells what becomes of a logger.
pub(crate) fn fate(file: usize, usage: &Usage, sink: &mut Sink<'_, '_>) {
    let name = usage.name.as_str();
    // Nested classes have loggers of their own.
    let class = name.split('$').next().unwrap_or(name);
    let Some(life) = catalog::class(class).or_else(|| catalog::internal_class(class)) else { return };
    let Some(Fate::Gone { last, since, .. }) = fate::of(sink.case, life) else { return };
    let to = sink.case.to;
    let draft = Draft {
        rule: format!("{RULE}{}", code::id(name)).into(),
        severity: Severity::Info,
        confidence: Confidence::Certain,
        subject: name.to_owned(),
        component: None,
        since: Some(since),
        place: At::span(file, usage.span),
        message: format!("`{name}` is the name of no logger of {to}: what is set for it has no effect."),
        why: format!("Loggers are named after classes, and {last} is the last release that has this one."),
        action: "Remove the logger, or look up in the log of a new broker by which name the lines come now."
            .to_owned(),
        replacement: None,
        references: &[],
        fix: None,
    };
    sink.push(draft, NoteKind::Removed);
}
