//! The shape of a report, once everything is judged.

use kafka_upgrade_advice::{manual, matrix, plan};
use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Cover, Detected, FileReport, Path, Report, SCHEMA, Tool};
use kafka_upgrade_rules::upgrade::Upgrade;
use kafka_upgrade_rules::{engine, failures, refusals};
use kafka_upgrade_sorted::Sorted as _;

use crate::answers::{Answers, summary, verdict};

/// The report on a case, once everything is judged.
pub(crate) fn report(
    case: &Upgrade<'_>,
    detected: Vec<Detected>,
    units: Units,
    answers: Answers,
    judged: &[matrix::Judged],
) -> Report {
    let Answers { findings, accepted, clusters, explanations } = answers;
    let summary = summary(&findings);
    let plan = plan::plan(case, &findings);
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
        verdict: verdict(summary, &plan),
        summary,
        files: file_reports(case, accepted),
        matrix: matrix::of(case, &findings, judged),
        plan,
        clusters,
        manual: manual::sentences(case),
        checks: engine::outcomes(case, &findings),
        errors: failures::errors(case, &explanations, units),
        findings,
        secrets: cover(case),
    }
}

/// The secrets of the texts, which no report shows.
fn cover(case: &Upgrade<'_>) -> Cover {
    let secrets = case.files.iter().flat_map(|read| &read.document.secrets);
    Cover::new(secrets.map(|secret| (secret.context.as_str(), secret.value.as_str())))
}

/// One entry per file, sorted by path; a file is refused if one of its parts is.
fn file_reports(case: &Upgrade<'_>, accepted: Vec<refusals::Answer>) -> Vec<FileReport> {
    let mut files: Vec<FileReport> = Vec::new();
    // A text with configurations of several components gets no component.
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
    files.order_by(|a, b| a.path.cmp(&b.path));
    files
}
