//! What the page has just done, with a button that undoes it. It stays until it is dismissed or something else is done.

use yew::{Callback, Html, Properties, component, html};

use crate::components::rich::Rich;
use crate::state::{Action, Panel, Toast};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) toast: Option<Toast>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn ToastView(props: &Props) -> Html {
    let button = |id: &'static str, label: &'static str, action: Action| {
        let onclick = props.send.reform(move |_| action.clone());
        html! { <button {id} class="btn" {onclick}>{label}</button> }
    };
    // The region is there before its text is, or screen readers would not read it out.
    html! {
        <div class="toast-box" role="status">
            if let Some(toast) = &props.toast {
                <div class="toast">
                    <span><Rich text={toast.text.clone()} /></span>
                    if toast.undo { { button("undo", "Undo", Action::Undo) } }
                    if toast.changes { { button("see-changes", "See the changes", Action::Open(Panel::Changes)) } }
                    <button class="btn quiet" onclick={props.send.reform(|_| Action::DismissToast)} aria-label="Dismiss">{"×"}</button>
                </div>
            }
        </div>
    }
}
