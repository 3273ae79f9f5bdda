//! The answer: what is seen first, the findings, the plan, what to check by hand, which checks ran.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_report::Report;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::components::ask::Ask;
use crate::components::changes::Changes;
use crate::components::checks::checks;
use crate::components::clusters::clusters;
use crate::components::findings::{Findings, Worst};
use crate::components::manual::manual;
use crate::components::matrix::{Props as Grid, matrix};
use crate::components::plan::PlanView;
use crate::components::tabs::{Tab, Tabs};
use crate::groups::{By, Filter, Group};
use crate::shared::Shared;
use crate::state::{Action, Changed, Panel, Preview};
use crate::texts::{self, verdict as words};
use crate::verdict;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    /// Everything that was found, whatever is filtered.
    pub(crate) all: Rc<Vec<Group>>,
    /// What is listed.
    pub(crate) groups: Rc<Vec<Group>>,
    pub(crate) filter: Filter,
    pub(crate) by: By,
    pub(crate) selected: Option<usize>,
    pub(crate) panel: Panel,
    /// Row and column of the matrix's open cell.
    pub(crate) cell: Option<(usize, usize)>,
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
    /// How the cluster is run, set by hand.
    pub(crate) platform: Option<AttrValue>,
    /// The stop to go to, with a number that grows whenever the reader asks for one.
    pub(crate) stop: (u32, u32),
    /// Files as the fixes make them, where they are shown.
    pub(crate) changes: Rc<Vec<Changed>>,
    /// What the fix of the selected finding changes, where that is shown.
    pub(crate) preview: Option<Rc<Preview>>,
    /// How many safe fixes there are.
    pub(crate) pending: usize,
    pub(crate) send: Callback<Action>,
}

/// The tabs of the answer, and the one primary button of the screen.
pub(crate) fn tabs(props: &Props) -> Html {
    let report = &props.report;
    let plan = &report.plan;
    let tab = |panel: Panel, id: &'static str, label: &'static str, number: String| Tab {
        id: id.into(),
        label: html! { <>{label}<span class="n">{number}</span></> },
        selected: props.panel == panel,
        onselect: props.send.reform(move |()| Action::Open(panel)),
    };
    let stops = if plan.possible { texts::stops(plan.hops.len()) } else { String::new() };
    let tabs = vec![
        tab(Panel::Overview, "tab-overview", words::OVERVIEW, String::new()),
        tab(Panel::Findings, "tab-findings", words::FINDINGS, props.all.len().to_string()),
        tab(Panel::Plan, "tab-plan", words::PLAN, stops),
        tab(Panel::Manual, "tab-manual", words::BY_HAND, report.manual.len().to_string()),
    ];
    html! {
        <Tabs label={words::ANSWER} {tabs}>
            if props.pending > 0 && props.panel != Panel::Changes {
                <button id="review" class="btn primary" onclick={props.send.reform(|_| Action::Open(Panel::Changes))}>{words::review(props.pending)}</button>
            }
        </Tabs>
    }
}

#[component]
pub(crate) fn Results(props: &Props) -> Html {
    let Props { report, send, .. } = props;
    let label = match props.panel {
        Panel::Overview => "tab-overview",
        Panel::Findings => "tab-findings",
        Panel::Plan => "tab-plan",
        Panel::Manual => "tab-manual",
        Panel::Checks | Panel::Changes => "verdict",
    };
    let unknown = verdict::asks(report);
    html! {
        <div class="stack" role="tabpanel" aria-labelledby={label}>
            { match props.panel {
                Panel::Overview => html! {
                    <>
                        if unknown { <Ask report={report.clone()} {send} /> }
                        if !report.matrix.rows.is_empty() { { matrix(&Grid { report, open: props.cell, send }) } }
                        <Worst report={report.clone()} groups={props.all.clone()} all={props.all.len()} filter={Filter::default()} by={By::Rule} selected={props.selected} {send} />
                        if props.all.is_empty() && !unknown { { manual(&report.manual, &props.ticked, send) } }
                    </>
                },
                Panel::Plan => html! { <>{clusters(report)}<PlanView report={report.clone()} ticked={props.ticked.clone()} platform={props.platform.clone()} stop={props.stop} {send} /></> },
                Panel::Findings => html! {
                    <Findings report={report.clone()} groups={props.groups.clone()} all={props.all.len()} filter={props.filter.clone()} by={props.by} selected={props.selected} preview={props.preview.clone()} {send} />
                },
                Panel::Manual => manual(&report.manual, &props.ticked, send),
                Panel::Changes => html! { <Changes changes={props.changes.clone()} pending={props.pending} {send} /> },
                Panel::Checks => checks(&report.checks),
            } }
        </div>
    }
}
