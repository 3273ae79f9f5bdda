//! Findings that something else refers to, one line each; each leads to itself in the list.

use kafka_upgrade_report::Report;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::components::rich::Rich;
use crate::components::severity::Mark;
use crate::groups::Filter;
use crate::shared::Shared;
use crate::state::{Action, Panel};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    /// Indices of the report's findings.
    pub(crate) at: Vec<u32>,
    pub(crate) label: AttrValue,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Found(props: &Props) -> Html {
    if props.at.is_empty() {
        return html! {};
    }
    let lines = props.at.iter().filter_map(|at| {
        let finding = props.report.findings.get(*at as usize)?;
        let (at, send) = (*at as usize, props.send.clone());
        let onclick = Callback::from(move |_| {
            send.emit(Action::SetFilter(Filter::default()));
            send.emit(Action::Open(Panel::Findings));
            send.emit(Action::Select(Some(at)));
        });
        Some(html! {
            <li key={at}><Mark severity={finding.severity} /><button class="link" {onclick}><Rich text={finding.message.clone()} /></button></li>
        })
    });
    html! { <ul class="bites" aria-label={props.label.clone()}>{ for lines }</ul> }
}
