//! The upgrade path as one line of stops: where one is, each stop, those that cannot be undone, the target.

use kafka_upgrade_report::{HopKind, Report, Step};
use yew::{Callback, Html, classes, html};

use crate::state::Action;
use crate::words;

/// The line.
pub(crate) fn stops(report: &Report, send: &Callback<Action>) -> Html {
    let from = report.path.from.as_deref().unwrap_or_default();
    let mode = report.path.mode.map(|mode| format!(", {}", mode.title())).unwrap_or_default();
    html! {
        <ol class="stops" aria-label="Upgrade path" hidden={from.is_empty() || report.plan.hops.is_empty()}>
            <li class="now"><span class="dot" /><b>{format!("{from}{mode}")}</b><span>{"you are here"}</span></li>
            { for report.plan.hops.iter().zip(1..).map(|(hop, number)| {
                let back = back(report, number);
                let onclick = send.reform(move |event: yew::MouseEvent| {
                    event.prevent_default();
                    Action::OpenStop(number)
                });
                let risk = back.is_some();
                let aim = number as usize == report.plan.hops.len();
                let aside = back.unwrap_or_else(|| aside(hop.kind, steps(report, number).count()));
                html! {
                    <li class={classes!(risk.then_some("risk"), aim.then_some("aim"))}>
                        <span class="dot" aria-hidden="true">{ if risk { "▲".to_owned() } else { number.to_string() } }</span>
                        <a href="#/" {onclick}><b>{ if risk { format!("{number} {}", hop.title) } else { hop.title.clone() } }</b><span>{aside}</span></a>
                    </li>
                }
            }) }
        </ol>
    }
}

/// The steps of a stop, which is numbered from 1.
pub(crate) fn steps(report: &Report, hop: u32) -> impl Iterator<Item = &Step> {
    report.plan.steps.iter().filter(move |step| step.hop == hop)
}

/// The sentence that a stop cannot be undone, or not from some step on.
pub(crate) fn back(report: &Report, hop: u32) -> Option<String> {
    let reversible: Vec<bool> = steps(report, hop).map(|step| step.reversible).collect();
    match (reversible.first(), reversible.iter().all(|reversible| *reversible)) {
        (_, true) => None,
        (Some(true), _) => Some("no way back at its end".into()),
        _ => Some("no way back".into()),
    }
}

fn aside(kind: HopKind, steps: usize) -> String {
    match (kind, steps) {
        (HopKind::Prepare, _) => "before anything moves".into(),
        (_, steps) => words::count(steps, "step", "steps"),
    }
}
