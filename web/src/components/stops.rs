//! The upgrade path as one line of stops: where one is, each stop, those that cannot be undone, the target.

use kafka_upgrade_report::{Mode, Report, Step};
use yew::{Callback, Html, classes, html};

use crate::state::Action;
use crate::texts::plan as words;

/// The line.
pub(crate) fn stops(report: &Report, send: &Callback<Action>) -> Html {
    let from = report.path.from.as_deref().unwrap_or_default();
    let runs = words::runs(from, report.path.mode.map(Mode::title));
    html! {
        <ol class="stops" aria-label={words::PATH} hidden={from.is_empty() || report.plan.hops.is_empty()}>
            <li class="now"><span class="dot" /><b>{runs}</b><span>{words::YOU_ARE_HERE}</span></li>
            { for report.plan.hops.iter().zip(1..).map(|(hop, number)| {
                let back = back(report, number);
                let onclick = send.reform(move |event: yew::MouseEvent| {
                    event.prevent_default();
                    Action::OpenStop(number)
                });
                let risk = back.is_some();
                let aim = number as usize == report.plan.hops.len();
                let aside = back.map_or_else(|| words::of_stop(hop.kind, steps(report, number).count()), str::to_owned);
                html! {
                    <li class={classes!(risk.then_some("risk"), aim.then_some("aim"))}>
                        <span class="dot" aria-hidden="true">{ if risk { "▲".to_owned() } else { number.to_string() } }</span>
                        <a href="#/" {onclick}><b>{ if risk { words::numbered(number, &hop.title) } else { hop.title.clone() } }</b><span>{aside}</span></a>
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
pub(crate) fn back(report: &Report, hop: u32) -> Option<&'static str> {
    let reversible: Vec<bool> = steps(report, hop).map(|step| step.reversible).collect();
    match (reversible.first(), reversible.iter().all(|reversible| *reversible)) {
        (_, true) => None,
        (Some(true), _) => Some(words::NO_WAY_BACK_AT_END),
        _ => Some(words::NO_WAY_BACK),
    }
}
