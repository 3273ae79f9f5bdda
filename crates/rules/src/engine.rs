//! Judging one case.
//!
//! The order: each file on its own, what no single file shows (`checks`), what the target refuses (`refusals`),
//! then what is not set (`defaults`) and the upgrade path. What is *not* here: reading, and what no finding is made of
//! (`advice`).

use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Check, CheckOutcome, Finding};

use crate::diagnostic::Diagnostics;
use crate::upgrade::Upgrade;
use crate::{checks, code, defaults, failures, life, notes, options, path, refusals, texts, unknown, usages};

/// Everything that is found in a case, and what the target says of each of its files.
#[must_use]
pub fn judge(case: &Upgrade<'_>, units: Units) -> (Vec<Finding>, Vec<refusals::Answer>) {
    let (sink, accepted) = find(case);
    (sink.finish(units), accepted)
}

/// The same, before places are worked out.
#[must_use]
pub fn find<'c, 'a>(case: &'c Upgrade<'a>) -> (Diagnostics<'c, 'a>, Vec<refusals::Answer>) {
    let mut sink = Diagnostics::new(case);
    let mut accepted = Vec::with_capacity(case.files.len());
    for (file, read) in case.files.iter().enumerate() {
        texts::judge(file, read, &mut sink);
        life::judge(file, read, &mut sink);
        usages::judge(file, read, &mut sink);
        failures::judge(file, &mut sink);
    }
    usages::judge_presence(&mut sink);
    for check in checks::CHECKS.iter().filter(|check| (check.applies)(case)) {
        (check.run)(&mut sink);
    }
    for (file, read) in case.files.iter().enumerate() {
        accepted.push(refusals::judge(file, read, &mut sink));
    }
    sink.drop_superseded();
    defaults::judge(&mut sink);
    path::judge(&mut sink);
    (sink, accepted)
}

/// Every note and every family of computed findings, with what became of it, sorted by id.
#[must_use]
pub fn outcomes(case: &Upgrade<'_>, findings: &[Finding]) -> Vec<Check> {
    let outcome = |applies: bool| if applies { CheckOutcome::Ran } else { CheckOutcome::DidNotApply };
    let mut of_note = vec![0; notes::notes().len()];
    let mut of_family = [0; FAMILIES.len()];
    for finding in findings {
        let note = notes::place(&finding.rule).filter(|(_, note)| !note.silent);
        let family = || FAMILIES.iter().position(|family| family.holds(&finding.rule));
        let count = match note {
            Some((at, _)) => of_note.get_mut(at),
            None => family().and_then(|at| of_family.get_mut(at)),
        };
        if let Some(count) = count {
            *count += 1;
        }
    }
    let by_note = notes::notes().zip(of_note).filter(|(note, _)| !note.silent).map(|(note, findings)| {
        let crosses = note.state || case.leads_over(note);
        let looks = if note.is_reported_by_code() {
            let check = checks::CHECKS.iter().find(|check| check.reports.contains(&note.id));
            check.is_some_and(|check| (check.applies)(case))
        } else if note.settings.is_empty() && !note.presence {
            case.uses_anything()
        } else {
            case.concerns(note)
        };
        Check { id: note.id.into(), outcome: outcome(findings > 0 || (crosses && looks)), findings }
    });
    let placed = case.files.iter().any(|read| read.component.is_some());
    let computed = FAMILIES.iter().zip(of_family).map(|(family, findings)| Check {
        id: family.id.into(),
        outcome: outcome(match family.looks {
            Looks::Always => true,
            Looks::Settings => placed,
            Looks::Code => case.uses_anything(),
        }),
        findings,
    });
    let mut checks: Vec<_> = by_note.chain(computed).collect();
    checks.sort_by(|a, b| a.id.cmp(&b.id));
    checks
}

/// Findings that are computed, by what their ids begin with.
struct Family {
    id: &'static str,
    prefixes: &'static [&'static str],
    looks: Looks,
}

/// What a family looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Any text, whatever it is.
    Always,
    /// Files whose component is known.
    Settings,
    /// What is used.
    Code,
}

impl Family {
    fn holds(&self, rule: &str) -> bool {
        self.prefixes.iter().any(|prefix| rule.starts_with(prefix))
    }
}

static FAMILIES: [Family; 12] = [
    Family { id: "known-clients-and-brokers", prefixes: unknown::RULES, looks: Looks::Always },
    Family { id: "failures", prefixes: failures::RULES, looks: Looks::Always },
    // Before those of settings, whose ids begin alike.
    Family { id: "code", prefixes: code::RULES, looks: Looks::Code },
    Family { id: "tools", prefixes: options::RULES, looks: Looks::Code },
    Family { id: "removed-settings", prefixes: &["removed-"], looks: Looks::Settings },
    Family { id: "changed-defaults", prefixes: &["changed-default-"], looks: Looks::Settings },
    Family { id: "deprecated-settings", prefixes: &["deprecated-"], looks: Looks::Settings },
    Family { id: "refused-values", prefixes: &["refused-value-"], looks: Looks::Settings },
    Family { id: "required-settings", prefixes: &["requires-"], looks: Looks::Settings },
    Family { id: "misspelled-settings", prefixes: &["unknown-setting-"], looks: Looks::Settings },
    Family { id: "readable-texts", prefixes: texts::RULES, looks: Looks::Always },
    Family { id: "way", prefixes: path::RULES, looks: Looks::Always },
];
