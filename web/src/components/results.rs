//! The right side: the matrix, what was found, the plan, what to check by hand, which checks ran.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_report::{CheckOutcome, Report};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::components::changes::{Changed, Changes};
use crate::components::checks::Checks;
use crate::components::findings::Findings;
use crate::components::manual::Manual;
use crate::components::matrix::MatrixView;
use crate::components::plan::PlanView;
use crate::components::tabs::{Tab, Tabs};
use crate::shared::Shared;
use crate::state::{Action, Panel};
use crate::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) listed: Vec<usize>,
    pub(crate) selected: Option<usize>,
    pub(crate) panel: Panel,
    /// Row and column of the matrix's open cell.
    pub(crate) cell: Option<(usize, usize)>,
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
    /// Files as the fixes make them, where they are shown.
    pub(crate) changes: Rc<Vec<Changed>>,
    /// How many safe fixes there are.
    pub(crate) pending: usize,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Results(props: &Props) -> Html {
    let report = &props.report;
    let ran = report.checks.iter().filter(|check| check.outcome == CheckOutcome::Ran).count();
    let plan = &report.plan;
    let tab = |panel: Panel, id: &'static str, label: &'static str, number: String| Tab {
        id: id.into(),
        label: html! { <>{label}<span class="n">{number}</span></> },
        selected: props.panel == panel,
        onselect: props.send.reform(move |()| Action::Open(panel)),
    };
    let hops = if plan.possible { words::count(plan.hops.len(), "hop", "hops") } else { "none".to_owned() };
    let mut tabs = vec![
        tab(Panel::Findings, "tab-findings", "Findings", props.listed.len().to_string()),
        tab(Panel::Plan, "tab-plan", "Plan", hops),
        tab(Panel::Manual, "tab-manual", "Check by hand", report.manual.len().to_string()),
        tab(Panel::Checks, "tab-checks", "Checks", ran.to_string()),
    ];
    if !report.matrix.rows.is_empty() {
        tabs.insert(0, tab(Panel::Matrix, "tab-matrix", "Matrix", String::new()));
    }
    let selected = tabs.iter().find(|tab| tab.selected).map(|tab| tab.id.clone());
    html! {
        <section class="panel results" aria-label="What happens">
            <Tabs label="What happens" {tabs}>
                if props.pending > 0 && props.panel != Panel::Changes {
                    <button id="review" class="btn primary" onclick={props.send.reform(|_| Action::Open(Panel::Changes))}>{format!("Review {}", words::count(props.pending, "fix", "fixes"))}</button>
                }
            </Tabs>
            <div role="tabpanel" aria-labelledby={selected}>
                { match props.panel {
                    Panel::Matrix => html! { <MatrixView report={report.clone()} open={props.cell} send={props.send.clone()} /> },
                    Panel::Plan => html! { <PlanView report={report.clone()} ticked={props.ticked.clone()} send={props.send.clone()} /> },
                    Panel::Findings => html! {
                        <Findings report={report.clone()} listed={props.listed.clone()} selected={props.selected} send={props.send.clone()} />
                    },
                    Panel::Manual => html! { <Manual sentences={report.manual.clone()} /> },
                    Panel::Changes => html! { <Changes changes={props.changes.clone()} pending={props.pending} send={props.send.clone()} /> },
                    Panel::Checks => html! { <Checks checks={report.checks.clone()} /> },
                } }
            </div>
        </section>
    }
}
