//! The switch under the thumb, where there is room for one thing at a time.

use yew::{Callback, Html, classes, html};

use crate::state::{Action, Panel, Side};
use crate::texts::{self, verdict as words};

pub(crate) struct Props<'a> {
    pub(crate) side: Side,
    pub(crate) panel: Panel,
    /// How many things break.
    pub(crate) breaks: usize,
    /// How many things there are.
    pub(crate) findings: usize,
    pub(crate) stops: usize,
    pub(crate) files: usize,
    pub(crate) send: &'a Callback<Action>,
}

pub(crate) fn switch(props: &Props<'_>) -> Html {
    let on_text = props.side == Side::Text;
    let part = |panel: Panel, label: &'static str, aside: String, class: Option<&'static str>| {
        let send = props.send.clone();
        let onclick = Callback::from(move |_| {
            send.emit(Action::Open(panel));
            send.emit(Action::Turn(Side::Panel));
        });
        let pressed = !on_text && props.panel == panel;
        html! { <button {onclick} aria-pressed={pressed.to_string()}>{label}<small class={classes!(class)}>{aside}</small></button> }
    };
    let text = props.send.reform(|_| Action::Turn(Side::Text));
    let (breaks, class) = if props.breaks > 0 {
        (words::breaks_short(props.breaks), Some("error"))
    } else {
        (String::new(), None)
    };
    html! {
        <nav class="switch" aria-label={words::SHOW}>
            { part(Panel::Overview, words::ANSWER_SHORT, breaks, class) }
            { part(Panel::Findings, words::FINDINGS, props.findings.to_string(), None) }
            { part(Panel::Plan, words::PLAN, texts::stops(props.stops), None) }
            if props.files > 0 {
                <button onclick={text} aria-pressed={on_text.to_string()}>{words::TEXT}<small>{texts::files(props.files)}</small></button>
            }
        </nav>
    }
}
