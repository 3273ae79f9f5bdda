//! Where there is room for one side: which, and of the right one which part.

use yew::{Callback, Html, Properties, component, html};

use crate::state::{Action, Panel, Side};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) side: Side,
    pub(crate) panel: Panel,
    pub(crate) has_matrix: bool,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Sides(props: &Props) -> Html {
    let text = props.send.reform(|_| Action::Turn(Side::Text));
    let on_text = props.side == Side::Text;
    let part = |panel: Panel, label: &'static str| {
        let send = props.send.clone();
        let onclick = Callback::from(move |_| {
            send.emit(Action::Open(panel));
            send.emit(Action::Turn(Side::Panel));
        });
        let pressed = !on_text && props.panel == panel;
        html! { <button {onclick} aria-pressed={pressed.to_string()}>{label}</button> }
    };
    html! {
        <div class="seg sides" role="group" aria-label="Show">
            <button onclick={text} aria-pressed={on_text.to_string()}>{"Text"}</button>
            if props.has_matrix { { part(Panel::Matrix, "Matrix") } }
            { part(Panel::Findings, "Findings") }
            { part(Panel::Plan, "Plan") }
            { part(Panel::Manual, "By hand") }
            { part(Panel::Checks, "Checks") }
        </div>
    }
}
