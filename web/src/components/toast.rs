//! What the page has just done, with a button that undoes it. It stays until it is dismissed or something else is done.

use yew::{Callback, Html, html};

use crate::components::rich::rich;
use crate::state::{Action, Panel, Toast};
use crate::texts::frame as words;

/// The region, and what is in it.
pub(crate) fn toast(toast: Option<&Toast>, send: &Callback<Action>) -> Html {
    let button = |id: &'static str, label: &'static str, action: Action| {
        let onclick = send.reform(move |_| action.clone());
        html! { <button {id} class="btn" {onclick}>{label}</button> }
    };
    // The region is there before its text is, or screen readers would not read it out.
    html! {
        <div class="toast-box" role="status">
            if let Some(toast) = toast {
                <div class="toast">
                    <span>{ rich(&toast.text) }</span>
                    if toast.undo { { button("undo", words::UNDO, Action::Undo) } }
                    if toast.changes { { button("see-changes", words::SEE_CHANGES, Action::Open(Panel::Changes)) } }
                    <button class="btn quiet" onclick={send.reform(|_| Action::DismissToast)} aria-label={words::DISMISS}>{"×"}</button>
                </div>
            }
        </div>
    }
}
