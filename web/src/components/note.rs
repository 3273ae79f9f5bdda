//! A finding in the text, at its line: it pushes the lines apart and covers nothing.

use kafka_upgrade_report::{Finding, Fix};
use yew::{AttrValue, Callback, Html, classes, html};

use crate::components::rich::rich;
use crate::groups::{Lines, lines};
use crate::state::{Action, Panel};
use crate::texts::{self, findings as words};

pub(crate) struct Props<'a> {
    pub(crate) finding: &'a Finding,
    /// Its place: the file, and the line from 1.
    pub(crate) path: &'a AttrValue,
    pub(crate) line: u32,
    /// Whether the list beside it explains it already.
    pub(crate) explained: bool,
    pub(crate) send: &'a Callback<Action>,
}

pub(crate) fn note(props: &Props<'_>) -> Html {
    let finding = props.finding;
    let close = props.send.reform(|_| Action::Select(None));
    let why = props.send.reform(|_| Action::Open(Panel::Findings));
    let edits =
        finding.spots_in(props.path).find(|spot| spot.line == Some(props.line)).map(|spot| spot.edits);
    let fix = finding.fix.as_ref().zip(edits.filter(|edits| !edits.is_empty())).map(|(fix, edits)| {
        let title = fix.title.clone();
        let fixes = vec![(props.path.clone(), Fix { edits: edits.to_vec(), ..fix.clone() })];
        let onclick = props.send.reform(move |_| Action::Apply(fixes.clone()));
        html! { <button class="btn fix" {onclick}><span>{ rich(&title) }{words::HERE}</span></button> }
    });
    let Lines { strong, below, .. } = lines(finding);
    html! {
        <div class={classes!("note", finding.severity.name())} role="note">
            if props.explained {
                <p>{words::EXPLAINED}</p>
            } else {
                <p><b>{ rich(&strong) }</b></p>
                if !below.is_empty() { <p class="soft">{ rich(&below) }</p> }
            }
            <div class="row">
                {fix}
                if !props.explained { <button class="btn quiet" onclick={why}>{words::WHY}</button> }
                <button class="btn quiet close" onclick={close} aria-label={words::CLOSE_NOTE}>{texts::CLOSE}</button>
            </div>
        </div>
    }
}
