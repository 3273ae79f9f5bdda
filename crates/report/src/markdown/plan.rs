//! The plan as a checklist: hops as headings, steps as boxes with what to type and what to see.

use super::findings::place;
use super::words::{block, count, plain};
use crate::{Plan, Report, Step};

pub(super) fn write(out: &mut String, report: &Report, plan: &Plan, ticked: &[&str]) {
    if plan.why_not.is_none() && plan.steps.is_empty() {
        return;
    }
    *out += "\n## Plan\n\n";
    if let Some(why_not) = &plan.why_not {
        *out += &format!("No plan: {}\n", plain(why_not));
        return;
    }
    let done = plan.steps.iter().filter(|step| step.done || ticked.contains(&step.id.as_str())).count();
    *out += &format!("{done} of {} done.\n", count(plan.steps.len(), "step", "steps"));
    for (hop, number) in plan.hops.iter().zip(1..) {
        *out += &format!("\n### {number}. {}\n\n", plain(&hop.title));
        if let Some(rehearsal) = plan.rehearsal(number) {
            *out += &format!("{rehearsal}\n\n");
        }
        for step in plan.steps.iter().filter(|step| step.hop == number) {
            step_item(out, step, (report, plan), ticked.contains(&step.id.as_str()));
        }
    }
}

fn step_item(out: &mut String, step: &Step, (report, plan): (&Report, &Plan), done: bool) {
    let sign = if done || step.done { 'x' } else { ' ' };
    *out += &format!("- [{sign}] **{}**\n", plain(&step.title));
    if !step.why.is_empty() {
        *out += &format!("  {}\n", plain(&step.why));
    }
    if !step.commands.is_empty() {
        *out += "\n";
        block(out, &step.commands.join("\n"), "  ");
        *out += "\n";
    }
    if !step.verify.is_empty() {
        *out += &format!("  - Then: {}\n", plain(&step.verify));
    }
    for (fits, output) in step.outputs() {
        let how = if fits { "Output fits" } else { "**Output does not fit**" };
        *out += &format!("  - {how}: {}\n", plain(&output));
    }
    let way = if step.reversible { "Way back" } else { "**No way back**" };
    *out += &format!("  - {way}: {}\n", plain(&step.undo));
    let findings = step.findings.iter().filter_map(|at| report.findings.get(*at as usize));
    for finding in findings {
        *out += &format!("  - Found: {}{}\n", plain(&finding.message), place(finding));
    }
    for draft in plan.drafts.iter().filter(|draft| draft.step == step.id) {
        *out += &format!("  - Draft of {}:\n\n", plain(&draft.path));
        block(out, &draft.text, "    ");
    }
}
