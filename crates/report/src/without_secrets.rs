//! A report as it may leave: every text in it that may come from an input, covered.

use std::borrow::Cow;

use crate::{Action, Cover, Finding, Plan, Report};

/// The report without the secrets in [`Report::secrets`]: messages, matrix and plan may quote them, and drafts and
/// edits contain lines of the texts.
#[must_use]
pub fn without_secrets(report: &Report) -> Report {
    let mut report = report.clone();
    let cover = std::mem::take(&mut report.secrets);
    if !cover.is_empty() {
        each_text(&mut report, &mut |text| replace(&cover, text));
        // In a path, a password that is everyday words gives nothing away, and people and programs look files up by path.
        let names = cover.without_words();
        each_path(&mut report, &mut |path| replace(&names, path));
    }
    report
}

fn replace(cover: &Cover, text: &mut String) {
    if let Cow::Owned(covered) = cover.text(text) {
        *text = covered;
    }
}

/// Every name of a file in a report, and every id of a rule, some of which end with a key.
fn each_path(report: &mut Report, each: &mut dyn FnMut(&mut String)) {
    report.path.detected.iter_mut().for_each(|detected| each(&mut detected.path));
    report.files.iter_mut().for_each(|file| each(&mut file.path));
    for finding in &mut report.findings {
        each(&mut finding.rule);
        finding.path.iter_mut().for_each(&mut *each);
        for place in &mut finding.places {
            [&mut place.path].into_iter().chain(&mut place.rule).for_each(&mut *each);
        }
    }
    for error in &mut report.errors {
        each(&mut error.path);
        error.points.iter_mut().for_each(|point| each(&mut point.path));
    }
    report.matrix.rows.iter_mut().flat_map(|row| &mut row.path).for_each(&mut *each);
    for cluster in &mut report.clusters {
        each(&mut cluster.name);
        cluster.files.iter_mut().for_each(&mut *each);
    }
    let plans = report.clusters.iter_mut().map(|cluster| &mut cluster.plan);
    for plan in std::iter::once(&mut report.plan).chain(plans) {
        plan.steps
            .iter_mut()
            .flat_map(|step| &mut step.actions)
            .filter_map(Action::path)
            .for_each(&mut *each);
        plan.drafts.iter_mut().for_each(|draft| each(&mut draft.path));
    }
}

/// Every text of a report that may have come from an input, but for those of [`each_path`].
fn each_text(report: &mut Report, each: &mut dyn FnMut(&mut String)) {
    for detected in &mut report.path.detected {
        [&mut detected.value, &mut detected.because].into_iter().for_each(&mut *each);
    }
    for file in &mut report.files {
        for refusal in &mut file.refusals {
            [&mut refusal.subject, &mut refusal.message].into_iter().for_each(&mut *each);
        }
    }
    report.findings.iter_mut().for_each(|finding| of_finding(finding, each));
    for error in &mut report.errors {
        [&mut error.message].into_iter().chain(&mut error.cause).for_each(&mut *each);
        error.points.iter_mut().for_each(|point| each(&mut point.what));
    }
    for row in &mut report.matrix.rows {
        each(&mut row.subject);
        row.version.iter_mut().for_each(&mut *each);
        for cell in &mut row.cells {
            [&mut cell.word, &mut cell.reason].into_iter().for_each(&mut *each);
        }
    }
    of_plan(&mut report.plan, each);
    for cluster in &mut report.clusters {
        of_plan(&mut cluster.plan, each);
    }
    report.manual.iter_mut().for_each(each);
}

fn of_plan(plan: &mut Plan, each: &mut dyn FnMut(&mut String)) {
    plan.why_not.iter_mut().for_each(&mut *each);
    plan.hops.iter_mut().for_each(|hop| each(&mut hop.title));
    for step in &mut plan.steps {
        [&mut step.title, &mut step.why, &mut step.verify, &mut step.undo].into_iter().for_each(&mut *each);
        step.commands.iter_mut().for_each(&mut *each);
        step.shown.iter_mut().for_each(|one| each(&mut one.text));
        step.actions.iter_mut().flat_map(Action::texts).for_each(&mut *each);
    }
    plan.drafts.iter_mut().for_each(|draft| each(&mut draft.text));
}

fn of_finding(finding: &mut Finding, each: &mut dyn FnMut(&mut String)) {
    let Finding { subject, message, why, action, replacement, fix, places, .. } = finding;
    for place in places {
        [&mut place.subject, &mut place.message].into_iter().flatten().for_each(&mut *each);
        place.edits.iter_mut().for_each(|edit| each(&mut edit.text));
    }
    [subject, message, why, action].into_iter().for_each(&mut *each);
    replacement.iter_mut().for_each(&mut *each);
    if let Some(fix) = fix {
        each(&mut fix.title);
        fix.edits.iter_mut().for_each(|edit| each(&mut edit.text));
    }
}
