//! The right side: what was found, what to check by hand, which checks ran.

use kafka_upgrade_report::{CheckOutcome, Report};
use yew::{Callback, Html, Properties, component, html};

use crate::components::checks::Checks;
use crate::components::findings::Findings;
use crate::components::manual::Manual;
use crate::components::tabs::{Tab, Tabs};
use crate::shared::Shared;
use crate::state::{Action, Panel};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) listed: Vec<usize>,
    pub(crate) selected: Option<usize>,
    pub(crate) panel: Panel,
    pub(crate) tell: Callback<Action>,
}

#[component]
pub(crate) fn Results(props: &Props) -> Html {
    let report = &props.report;
    let ran = report.checks.iter().filter(|check| check.outcome == CheckOutcome::Ran).count();
    let tab = |panel: Panel, id: &'static str, label: &'static str, number: usize| Tab {
        id: id.into(),
        label: html! { <>{label}<span class="n">{number}</span></> },
        selected: props.panel == panel,
        onselect: props.tell.reform(move |()| Action::Open(panel)),
    };
    let tabs = vec![
        tab(Panel::Findings, "tab-findings", "Findings", props.listed.len()),
        tab(Panel::Manual, "tab-manual", "Check by hand", report.manual.len()),
        tab(Panel::Checks, "tab-checks", "Checks", ran),
    ];
    let selected = tabs.iter().find(|tab| tab.selected).map(|tab| tab.id.clone());
    html! {
        <section class="panel results" aria-label="What happens">
            <Tabs label="What happens" {tabs} />
            <div role="tabpanel" aria-labelledby={selected}>
                { match props.panel {
                    Panel::Findings => html! {
                        <Findings report={report.clone()} listed={props.listed.clone()} selected={props.selected} tell={props.tell.clone()} />
                    },
                    Panel::Manual => html! { <Manual sentences={report.manual.clone()} /> },
                    Panel::Checks => html! { <Checks checks={report.checks.clone()} /> },
                } }
            </div>
        </section>
    }
}
