//! Loggers that are named after a class which the target has no longer: their level and appenders have no effect.
//!
//! What is *not* here: loggers that notes speak of (`usages`), and those that are named after no class.

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_document::Usage;

use crate::code;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::fate::{self, Fate};
use crate::notes::ChangeKind;
use crate::rule::{Computed, Rule, Thing};

/// Reports what becomes of a logger.
pub(crate) fn fate(file: usize, usage: &Usage, sink: &mut Diagnostics<'_, '_>) {
    let name = usage.name.as_str();
    // Nested classes have loggers of their own.
    let class = name.split('$').next().unwrap_or(name);
    let Some(life) = catalog::any_class(class) else { return };
    let Some(Fate::Gone { last, since, .. }) = fate::of(sink.case, life) else { return };
    if !sink.case.crosses(since) {
        return;
    }
    let to = sink.case.to;
    let draft = Diagnostic::info(
        Rule::computed(Computed::Removed(Thing::Logger), &code::id(name)),
        Location::span(file, usage.span),
    )
    .subject(name.to_owned())
    .since(Some(since))
    .change(ChangeKind::Removed)
    .message(format!("`{name}` is the name of no logger of {to}: what is set for it has no effect."))
    .why(format!("Loggers are named after classes, and {last} is the last release that has this one."))
    .action("Remove the logger, or look up in the log of a new broker by which name the lines come now.");
    sink.push(draft);
}
