//! Judging one case.
//!
//! The order: each file on its own, what no single file shows (`checks`), what the target refuses (`refusals`),
//! then what their places say of them (`context`), what is
//! not set (`defaults`) and the upgrade path. What is *not* here: reading, and what no finding is made of
//! (`advice`).

use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Check, CheckOutcome, Finding};
use kafka_upgrade_sorted::Sorted as _;

use crate::diagnostic::Diagnostics;
use crate::failures::Explanations;
use crate::rule::{Family, Looks, Rule};
use crate::upgrade::Upgrade;
use crate::{checks, context, defaults, failures, life, notes, path, refusals, texts, usages};

/// Everything that is found in a case, and what the target says of each of its files.
#[must_use]
pub fn judge(case: &Upgrade<'_>, units: Units) -> (Vec<Finding>, Vec<refusals::Answer>) {
    let Found { sink, accepted, .. } = find(case);
    (sink.finish(units), accepted)
}

/// What is found in a case, before places are worked out.
pub struct Found<'c, 'a> {
    /// The findings.
    pub sink: Diagnostics<'c, 'a>,
    /// What the target says of each file.
    pub accepted: Vec<refusals::Answer>,
    /// What the failures in its files mean.
    pub explanations: Explanations,
}

/// The same as [`judge`], before places are worked out.
#[must_use]
pub fn find<'c, 'a>(case: &'c Upgrade<'a>) -> Found<'c, 'a> {
    let explanations = Explanations::default();
    let mut sink = Diagnostics::new(case);
    let mut accepted = Vec::with_capacity(case.files.len());
    for (file, read) in case.files.iter().enumerate() {
        texts::judge(file, read, &explanations, &mut sink);
        life::judge(file, read, &mut sink);
        usages::judge(file, read, &mut sink);
        failures::judge(file, &explanations, &mut sink);
    }
    usages::judge_presence(&mut sink);
    for check in checks::CHECKS.iter().filter(|check| (check.applies)(case)) {
        (check.run)(&mut sink);
    }
    let code = refusals::Code::of(case);
    for (file, read) in case.files.iter().enumerate() {
        accepted.push(refusals::judge(file, read, &code, &mut sink));
    }
    sink.drop_superseded();
    context::apply(&mut sink);
    defaults::judge(&mut sink);
    path::judge(&mut sink);
    Found { sink, accepted, explanations }
}

/// Every note and every family of computed findings, with what became of it, sorted by id.
#[must_use]
pub fn outcomes(case: &Upgrade<'_>, findings: &[Finding]) -> Vec<Check> {
    let outcome = |applies: bool| if applies { CheckOutcome::Ran } else { CheckOutcome::DidNotApply };
    let mut of_note = vec![0; notes::notes().len()];
    let mut of_family = [0; Family::ALL.len()];
    for finding in findings {
        let note = notes::place(&finding.rule).filter(|(_, note)| !note.silent);
        let family = || Rule::parse(&finding.rule)?.family();
        let count = match note {
            Some((at, _)) => of_note.get_mut(at),
            None => family().and_then(|family| of_family.get_mut(family as usize)),
        };
        if let Some(count) = count {
            *count += 1;
        }
    }
    let by_note = notes::notes().zip(of_note).filter(|(note, _)| !note.silent).map(|(note, findings)| {
        let crosses = note.state || case.crosses_note(note);
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
    let computed = Family::ALL.into_iter().zip(of_family).map(|(family, findings)| Check {
        id: family.id().into(),
        outcome: outcome(match family.looks() {
            Looks::Always => true,
            Looks::Settings => placed,
            Looks::Code => case.uses_anything(),
        }),
        findings,
    });
    let mut checks: Vec<_> = by_note.chain(computed).collect();
    checks.order_by(|a, b| a.id.cmp(&b.id));
    checks
}
