//! The plan as a runbook: stops as headings, steps with a box, what to type, what to see, and the way back.

use super::findings::place;
use super::{block, count, paragraph, text, tick};
use crate::{Plan, Report, Step};

pub(super) fn write(out: &mut String, report: &Report, plan: &Plan, ticked: &[&str]) {
    if plan.why_not.is_none() && plan.steps.is_empty() {
        return;
    }
    *out += "<h2>Plan</h2>\n";
    if let Some(why_not) = &plan.why_not {
        paragraph(out, "No plan: ", why_not);
        return;
    }
    let is_done = |step: &Step| step.done || ticked.contains(&step.id.as_str());
    let done = plan.steps.iter().filter(|step| is_done(step)).count();
    *out += &format!("<p>{done} of {} done.</p>\n", count(plan.steps.len(), "step", "steps"));
    for (hop, number) in plan.hops.iter().zip(1..) {
        *out += &format!("<h3>Stop {number}: ");
        text(out, &hop.title);
        *out += "</h3>\n";
        if let Some(rehearsal) = plan.rehearsal(number) {
            paragraph(out, "", &rehearsal);
        }
        *out += "<ul>\n";
        for step in plan.steps.iter().filter(|step| step.hop == number) {
            entry(out, step, (report, plan), is_done(step));
        }
        *out += "</ul>\n";
    }
}

fn entry(out: &mut String, step: &Step, (report, plan): (&Report, &Plan), done: bool) {
    *out += "<li>";
    tick(out, done, |out| {
        *out += "<b>";
        text(out, &step.title);
        *out += "</b>";
    });
    *out += "\n";
    paragraph(out, "", &step.why);
    if !step.commands.is_empty() {
        block(out, &step.commands.join("\n"));
    }
    for draft in plan.drafts.iter().filter(|draft| draft.step == step.id) {
        *out += "<details><summary>Draft of ";
        text(out, &draft.path);
        *out += "</summary>\n";
        block(out, &draft.text);
        *out += "</details>\n";
    }
    paragraph(out, "<b>Then see:</b> ", &step.verify);
    for (fits, output) in step.outputs() {
        let how =
            if fits { "<b>Output fits:</b> " } else { "<b class=\"warning\">▲ Output does not fit:</b> " };
        paragraph(out, how, &output);
    }
    let back =
        if step.reversible { "<b>Way back:</b> " } else { "<b class=\"warning\">▲ No way back:</b> " };
    paragraph(out, back, &step.undo);
    let findings: Vec<_> = step.findings.iter().filter_map(|at| report.findings.get(*at as usize)).collect();
    if !findings.is_empty() {
        *out += "<p>Settles:</p>\n<ul class=\"plain faint\">\n";
        for finding in findings {
            *out += "<li>";
            text(out, &finding.message);
            if let Some(at) = place(&finding.own_spot()) {
                out.push(' ');
                text(out, &format!("({at})"));
            }
            *out += "</li>\n";
        }
        *out += "</ul>\n";
    }
    *out += "</li>\n";
}
