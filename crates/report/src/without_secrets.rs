//! A report as it may leave: every text in it that may come from an input, covered.

use std::borrow::Cow;

use crate::{Action, Finding, Report};

/// The report without the secrets of the texts that it was made from ([`Report::secrets`]): messages, matrix and plan
/// quote them, drafted files and edits are made of their lines.
#[must_use]
pub fn without_secrets(report: &Report) -> Report {
    let mut report = report.clone();
    let cover = std::mem::take(&mut report.secrets);
    if !cover.is_empty() {
        each_text(&mut report, &mut |text| {
            if let Cow::Owned(covered) = cover.text(text) {
                *text = covered;
            }
        });
    }
    report
}

/// Every text of a report that may have come from an input.
fn each_text(report: &mut Report, each: &mut dyn FnMut(&mut String)) {
    for detected in &mut report.path.detected {
        [&mut detected.value, &mut detected.because, &mut detected.path].into_iter().for_each(&mut *each);
    }
    for file in &mut report.files {
        each(&mut file.path);
        for refusal in &mut file.refusals {
            [&mut refusal.subject, &mut refusal.message].into_iter().for_each(&mut *each);
        }
    }
    report.findings.iter_mut().for_each(|finding| of_finding(finding, each));
    for error in &mut report.errors {
        [&mut error.path, &mut error.message].into_iter().chain(&mut error.cause).for_each(&mut *each);
        error.points.iter_mut().flat_map(|point| [&mut point.path, &mut point.what]).for_each(&mut *each);
    }
    for row in &mut report.matrix.rows {
        each(&mut row.subject);
        row.version.iter_mut().chain(&mut row.path).for_each(&mut *each);
        for cell in &mut row.cells {
            [&mut cell.word, &mut cell.reason].into_iter().for_each(&mut *each);
        }
    }
    let plan = &mut report.plan;
    plan.why_not.iter_mut().for_each(&mut *each);
    plan.hops.iter_mut().for_each(|hop| each(&mut hop.title));
    for step in &mut plan.steps {
        [&mut step.title, &mut step.why, &mut step.verify, &mut step.undo].into_iter().for_each(&mut *each);
        step.commands.iter_mut().for_each(&mut *each);
        step.actions.iter_mut().flat_map(Action::texts).for_each(&mut *each);
    }
    for draft in &mut plan.drafts {
        [&mut draft.path, &mut draft.text].into_iter().for_each(&mut *each);
    }
    report.manual.iter_mut().for_each(each);
}

fn of_finding(finding: &mut Finding, each: &mut dyn FnMut(&mut String)) {
    let Finding { rule, subject, path, message, why, action, replacement, fix, places, .. } = finding;
    for place in places {
        each(&mut place.path);
        [&mut place.rule, &mut place.subject, &mut place.message].into_iter().flatten().for_each(&mut *each);
        place.edits.iter_mut().for_each(|edit| each(&mut edit.text));
    }
    [rule, subject, message, why, action].into_iter().for_each(&mut *each);
    path.iter_mut().chain(replacement).for_each(&mut *each);
    if let Some(fix) = fix {
        each(&mut fix.title);
        fix.edits.iter_mut().for_each(|edit| each(&mut edit.text));
    }
}
