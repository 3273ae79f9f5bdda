//! The plan at a terminal: hops as numbered lines; with everything, their steps below with what is typed.

use super::WIDTH;
use super::style::{Painter, Style};
use crate::{Plan, Step};

/// Nothing when there is nothing to do.
pub(super) fn write(out: &mut Painter, plan: &Plan, verbose: bool) {
    if let Some(why_not) = &plan.why_not {
        out.paint(Style::Strong, "No plan:");
        out.hanging(" ", "  ", why_not, WIDTH);
        out.plain("\n");
        return;
    }
    if plan.hops.is_empty() {
        return;
    }
    out.paint(Style::Strong, "Plan");
    out.plain("\n");
    for (hop, number) in plan.hops.iter().zip(1..) {
        if !verbose {
            hop_line(out, plan, number, &hop.title);
            continue;
        }
        out.paint(Style::Strong, &format!("  {number}. {}", hop.title));
        out.plain("\n");
        if let Some(rehearsal) = plan.rehearsal(number) {
            out.wrapped("     ", &rehearsal, WIDTH);
        }
        for step in plan.steps.iter().filter(|step| step.hop == number) {
            step_lines(out, step);
        }
    }
    if verbose && !plan.drafts.is_empty() {
        let names: Vec<&str> = plan.drafts.iter().map(|draft| draft.path.as_str()).collect();
        out.wrapped("  ", &format!("Drafted for it (in the JSON report): {}.", names.join(", ")), WIDTH);
    }
    out.plain("\n");
}

/// `2. Brokers to 3.9.2 (6 steps, one without a way back)`.
fn hop_line(out: &mut Painter, plan: &Plan, number: u32, title: &str) {
    let steps = || plan.steps.iter().filter(|step| step.hop == number);
    let count = super::count(steps().count() as u32, "step", "steps");
    let last = if steps().all(|step| step.reversible) { "" } else { ", no way back after it" };
    let rehearsed = if plan.rehearsal(number).is_some() { ", rehearsed" } else { "" };
    let wrong = steps().flat_map(|step| &step.shown).any(|one| !one.fits);
    let wrong = if wrong { ", output does not fit" } else { "" };
    out.plain(&format!("  {number}. {title} ({count}{rehearsed}{wrong}{last})\n"));
}

fn step_lines(out: &mut Painter, step: &Step) {
    let findings = match step.findings.len() {
        0 => String::new(),
        1 => " (1 finding)".to_owned(),
        more => format!(" ({more} findings)"),
    };
    let last = if step.reversible { "" } else { " — no way back after this" };
    out.wrapped(
        if step.done { "     x " } else { "     - " },
        &format!("{}{findings}{last}", step.title),
        WIDTH,
    );
    for (fits, output) in step.outputs() {
        let how = if fits { "output fits" } else { "output does not fit" };
        out.wrapped("       ", &format!("{how}: {output}"), WIDTH);
    }
    for command in &step.commands {
        out.paint(Style::Frame, "         ");
        out.plain(command);
        out.plain("\n");
    }
}
