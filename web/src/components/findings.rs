//! The list of findings, in batches: a browser should not lay out what nobody scrolls to.

use std::rc::Rc;

use kafka_upgrade_report::Report;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

use crate::components::finding::FindingView;
use crate::shared::Shared;
use crate::state::Action;
use crate::words;

/// How many are shown at first, and more at each click.
const BATCH: usize = 50;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    /// Indices of those that are listed, in their order.
    pub(crate) listed: Vec<usize>,
    pub(crate) selected: Option<usize>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Findings(props: &Props) -> Html {
    let shown = use_state_eq(|| BATCH);
    if props.listed.is_empty() {
        return html! { <p class="quiet-note">{"Nothing was found. What no file can show is under “Check by hand”, what ran under “Checks”."}</p> };
    }
    let selected = props.selected.and_then(|at| props.listed.iter().position(|listed| *listed == at));
    let upto = selected.map_or(*shown, |at| (*shown).max(at + 1));
    let more = props.listed.len().saturating_sub(upto);
    let show_more = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(upto + BATCH))
    };
    html! {
        <>
            <ol class="findings">
                { for props.listed.iter().take(upto).filter_map(|at| {
                    let finding = Rc::new(props.report.findings.get(*at)?.clone());
                    let key = format!("{} {:?} {:?} {}", finding.rule, finding.path, finding.line, finding.subject);
                    let open = props.selected == Some(*at);
                    Some(html! { <FindingView {key} at={*at} {finding} {open} send={props.send.clone()} /> })
                }) }
            </ol>
            if more > 0 {
                <p class="row center"><button class="btn" onclick={show_more}>
                    {format!("Show {} of {}", more.min(BATCH), words::count(more, "more", "more"))}
                </button></p>
            }
        </>
    }
}
