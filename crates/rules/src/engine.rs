//! Judging one case, and the shape of its report.
//!
//! The order: each file on its own, what no single file shows (`checks`), what the target refuses (`refusals`),
//! then what is not set (`defaults`) and the upgrade path. What is *not* here: reading (`run`).

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{
    Check, CheckOutcome, Cover, Detected, FileReport, Finding, Path, Report, SCHEMA, Severity, Summary, Tool,
    Verdict,
};

use crate::case::Case;
use crate::draft::Sink;
use crate::{
    checks, code, defaults, failures, life, manual, matrix, notes, options, path, plan, refusals, texts,
    unknown, usages,
};

/// The report on a case, once everything is judged.
pub(crate) fn report(
    case: &Case<'_>,
    detected: Vec<Detected>,
    (findings, accepted): (Vec<Finding>, Vec<refusals::Answer>),
    judged: &[matrix::Judged],
) -> Report {
    let summary = summary(&findings);
    Report {
        schema: SCHEMA,
        tool: Tool {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            catalog_newest: kafka_upgrade_catalog::newest().to_string(),
        },
        path: Path {
            from: case.from.as_ref().map(Release::to_string),
            to: case.to.to_string(),
            mode: case.mode,
            detected,
        },
        verdict: verdict(summary),
        summary,
        files: file_reports(case, accepted),
        matrix: matrix::of(case, &findings, judged),
        plan: plan::plan(case, &findings),
        manual: manual::sentences(case),
        checks: outcomes(case, &findings),
        findings,
        secrets: cover(case),
    }
}

/// What no report shows of the texts that it was made from.
fn cover(case: &Case<'_>) -> Cover {
    let secrets = case.files.iter().flat_map(|read| &read.document.secrets);
    Cover::new(secrets.map(|secret| (secret.context.as_str(), secret.value.as_str())))
}

/// Everything that is found in a case, and what the target says of each of its files.
pub(crate) fn judge(case: &Case<'_>, units: Units) -> (Vec<Finding>, Vec<refusals::Answer>) {
    let (sink, accepted) = at_target(case);
    (sink.finish(units), accepted)
}

/// What is found at the target, and what of it is not known, before places are worked out.
pub(crate) fn at_target<'c, 'a>(case: &'c Case<'a>) -> (Sink<'c, 'a>, Vec<refusals::Answer>) {
    let (mut sink, accepted) = find(case);
    unknown::judge(&mut sink);
    (sink, accepted)
}

/// The same, before places are worked out.
pub(crate) fn find<'c, 'a>(case: &'c Case<'a>) -> (Sink<'c, 'a>, Vec<refusals::Answer>) {
    let mut sink = Sink::new(case);
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
    defaults::judge(&mut sink);
    path::judge(&mut sink);
    (sink, accepted)
}

/// One of each file, sorted by path: it is refused where one of its parts is.
fn file_reports(case: &Case<'_>, accepted: Vec<refusals::Answer>) -> Vec<FileReport> {
    let mut files: Vec<FileReport> = Vec::new();
    // A text with configurations of several components is of none.
    let mut mixed = false;
    for (read, mut answer) in case.files.iter().zip(accepted) {
        let component = read.component.map(|component| component.name().to_owned());
        match files.last_mut().filter(|_| read.is_part) {
            Some(whole) => {
                whole.accepted = match (whole.accepted, answer.accepted) {
                    (Some(one), Some(other)) => Some(one && other),
                    (one, other) => one.or(other),
                };
                whole.refusals.append(&mut answer.refusals);
                mixed |= whole.component.is_some() && component.is_some() && whole.component != component;
                whole.component = whole.component.take().or(component).filter(|_| !mixed);
            }
            None => {
                mixed = false;
                files.push(FileReport {
                    path: read.path.to_owned(),
                    kind: read.document.kind.name().to_owned(),
                    component,
                    accepted: answer.accepted,
                    refusals: answer.refusals,
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn summary(findings: &[Finding]) -> Summary {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as u32;
    Summary {
        error: count(Severity::Error),
        warning: count(Severity::Warning),
        info: count(Severity::Info),
        unknown: findings.iter().filter(|finding| unknown::is_unknown(finding)).count() as u32,
    }
}

const fn verdict(summary: Summary) -> Verdict {
    match summary {
        Summary { error: 1.., .. } => Verdict::Blocked,
        Summary { warning: 1.., .. } => Verdict::ActionNeeded,
        Summary { unknown: 1.., .. } => Verdict::Unknown,
        Summary { info: 1.., .. } => Verdict::Review,
        _ => Verdict::Ready,
    }
}

/// Every note and every family of computed findings, with what became of it, sorted by id.
fn outcomes(case: &Case<'_>, findings: &[Finding]) -> Vec<Check> {
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
        let looks = if note.is_told_by_code() {
            let check = checks::CHECKS.iter().find(|check| check.tells.contains(&note.id));
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
