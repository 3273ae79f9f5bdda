//! A finding told in full: what, why, what to do, the fix, where to read on.

use std::rc::Rc;

use kafka_upgrade_report::{Confidence, Finding};
use yew::{Callback, Html, Properties, component, html};

use crate::components::rich::Rich;
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) finding: Rc<Finding>,
    pub(crate) send: Callback<Action>,
}

/// The note as it opens in the text, at its line.
#[component]
pub(crate) fn Note(props: &Props) -> Html {
    let finding = &props.finding;
    let close = props.send.reform(|_| Action::Select(None));
    html! {
        <div class={format!("note {}", crate::words::class(finding.severity))} role="note">
            <p><b><Rich text={finding.message.clone()} /></b></p>
            <Body finding={finding.clone()} send={props.send.clone()} />
            <button class="close" onclick={close} aria-label="Close the note">{"×"}</button>
        </div>
    }
}

/// Everything of a finding but its first sentence.
#[component]
pub(crate) fn Body(props: &Props) -> Html {
    let finding = &props.finding;
    let fix = finding.fix.as_ref().map(|fix| {
        let title = fix.title.clone();
        let class = if fix.safe { "btn primary fix" } else { "btn fix" };
        let fixes = crate::state::fixes(finding);
        let onclick = props.send.reform(move |_| Action::Apply(fixes.clone()));
        html! { <button {class} {onclick}><span><Rich text={title} /></span></button> }
    });
    let key = finding.component.as_ref().filter(|_| is_key(&finding.subject)).map(|component| {
        html! { <a class="btn quiet" href={format!("#/key/{component}/{}", finding.subject)}>{"History of this key"}</a> }
    });
    let confidence = match finding.confidence {
        Confidence::Certain => None,
        Confidence::Likely => Some("Likely: the text all but says so."),
        Confidence::Possible => Some("Possible: the text may mean something else."),
    };
    html! {
        <>
            if !finding.why.is_empty() { <p><Rich text={finding.why.clone()} /></p> }
            if !finding.action.is_empty() { <p class="do"><Rich text={finding.action.clone()} /></p> }
            if let Some(confidence) = confidence { <p class="faint">{confidence}</p> }
            <div class="row">
                {fix}
                { for finding.references.iter().map(|page| html! {
                    <a class="btn quiet" href={page.url.clone()} target="_blank" rel="noopener noreferrer">{short(&page.title)}</a>
                }) }
                {key}
            </div>
        </>
    }
}

fn is_key(subject: &str) -> bool {
    kafka_upgrade_catalog::components_of(subject).next().is_some()
}

/// A KIP by its number, anything else by its whole title.
fn short(title: &str) -> String {
    match title.split_once(':') {
        Some((kip, _)) if kip.starts_with("KIP-") => kip.to_owned(),
        _ => title.to_owned(),
    }
}
