//! Findings that something else refers to, one line each; each leads to itself in the list.

use kafka_upgrade_report::Report;
use yew::{Callback, Html, html};

use crate::components::rich::rich;
use crate::components::severity::mark;
use crate::groups::Filter;
use crate::state::{Action, Panel};

/// The findings of these indices.
pub(crate) fn found(report: &Report, at: &[u32], label: &'static str, send: &Callback<Action>) -> Html {
    if at.is_empty() {
        return html! {};
    }
    let lines = at.iter().filter_map(|at| {
        let finding = report.findings.get(*at as usize)?;
        let (at, send) = (*at as usize, send.clone());
        let onclick = Callback::from(move |_| {
            send.emit(Action::SetFilter(Filter::default()));
            send.emit(Action::Open(Panel::Findings));
            send.emit(Action::Select(Some(at)));
        });
        Some(html! {
            <li key={at}>{ mark(finding.severity) }<button class="link" {onclick}>{ rich(&finding.message) }</button></li>
        })
    });
    html! { <ul class="bites" aria-label={label}>{ for lines }</ul> }
}
