//! A finding in the list.

use std::rc::Rc;

use kafka_upgrade_report::Finding;
use yew::{Callback, Html, Properties, classes, component, html};

use crate::components::note::Body;
use crate::components::rich::Rich;
use crate::components::severity::Mark;
use crate::state::{Action, Side};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Its index in the report.
    pub(crate) at: usize,
    pub(crate) finding: Rc<Finding>,
    pub(crate) open: bool,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn FindingView(props: &Props) -> Html {
    let (at, open, finding) = (props.at, props.open, &props.finding);
    let toggle = props.send.reform(move |_| Action::Select((!open).then_some(at)));
    let place = finding.path.as_ref().map(|path| {
        let text = finding.line.map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
        let send = props.send.clone();
        let onclick = Callback::from(move |_| {
            send.emit(Action::Select(Some(at)));
            send.emit(Action::Turn(Side::Text));
        });
        html! { <button class="link where" {onclick}>{text}</button> }
    });
    html! {
        <li class={classes!("finding", open.then_some("open"))} data-rule={finding.rule.clone()}>
            <h3>
                <Mark severity={finding.severity} />
                <button class="what" onclick={toggle} aria-expanded={open.to_string()}><Rich text={finding.message.clone()} /></button>
            </h3>
            if open {
                <div class="body"><Body finding={finding.clone()} send={props.send.clone()} /></div>
            } else if !finding.action.is_empty() {
                <p class="do"><Rich text={finding.action.clone()} /></p>
            }
            <p class="foot">{place}<a class="rule" href={format!("#/rules/{}", finding.rule)}>{&finding.rule}</a></p>
        </li>
    }
}
