//! What becomes of anything that releases have or lack: classes, members, packages, tools and their options.
//!
//! What is *not* here: configuration keys (`life`), and the texts about each sort.

use kafka_upgrade_catalog::{self as catalog, Life, Release};
use kafka_upgrade_report::{Confidence, Severity};

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::facts;
use crate::notes::ChangeKind;
use crate::rule::{Computed, Rule, Thing};
use crate::upgrade::Upgrade;

/// What becomes of something on the upgrade path.
#[derive(Clone, Copy)]
pub(crate) enum Fate {
    /// With the release that has it again, where one does.
    Gone {
        last: Release,
        since: Release,
        deprecated: Option<Release>,
        again: Option<Release>,
    },
    Deprecated {
        since: Release,
        /// Whether it never was anything else: a choice that Kafka offers for the time until a later release.
        from_the_start: bool,
    },
    Lives,
}

/// How a finding of it is worded.
pub(crate) struct Wording {
    /// What it is about.
    pub(crate) thing: Thing,
    /// Its name in kebab case.
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) guessed: bool,
    pub(crate) place: Location,
    pub(crate) message: String,
    pub(crate) why: String,
    pub(crate) action: String,
}

/// `None` if there is nothing to report: the target does not have it yet, or nothing is upgraded. Something that the
/// running release already lacks counts as gone too: code that uses it is broken as it stands.
pub(crate) fn of(case: &Upgrade<'_>, life: Life) -> Option<Fate> {
    let at = catalog::facts_of(case.to);
    if at < life.first {
        return None;
    }
    if !life.has(at) {
        let (last, again) = match life.gap.filter(|_| at < life.last) {
            Some((gone, lacking)) => (facts::before(gone)?, facts::after(lacking)),
            None => (life.last, None),
        };
        let since = facts::after(last)?;
        let had = case.from.is_none_or(|from| life.has(catalog::facts_of(from)));
        let deprecated = life.deprecated.map(facts::first_like);
        let goes = if had { case.crosses(since) } else { case.has_already(since) };
        return goes.then_some(Fate::Gone { last, since, deprecated, again });
    }
    match life.deprecated.map(facts::first_like) {
        Some(since) if since <= case.to && case.crosses(since) => {
            Some(Fate::Deprecated { since, from_the_start: since == facts::first_like(life.first) })
        }
        _ => Some(Fate::Lives),
    }
}

impl Fate {
    /// Adds the finding: an error of what goes, a warning of what is deprecated, an info of what came so.
    pub(crate) fn report(self, wording: Wording, sink: &mut Diagnostics<'_, '_>) {
        let (computed, change, severity, since) = match self {
            Self::Gone { since, .. } => {
                (Computed::Removed(wording.thing), ChangeKind::Removed, Severity::Error, since)
            }
            Self::Deprecated { since, from_the_start } => {
                let severity = if from_the_start { Severity::Info } else { Severity::Warning };
                (Computed::Deprecated(wording.thing), ChangeKind::Deprecated, severity, since)
            }
            Self::Lives => return,
        };
        let draft = Diagnostic::new(severity, Rule::computed(computed, &wording.id), wording.place)
            .confidence(if wording.guessed { Confidence::Possible } else { Confidence::Certain })
            .subject(wording.subject)
            .since(Some(since))
            .change(change)
            .message(wording.message)
            .why(wording.why)
            .action(wording.action);
        sink.push(draft);
    }
}
