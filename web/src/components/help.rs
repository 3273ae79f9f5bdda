//! What opens above the page: how to verify the promise, what the keyboard does, the report to be taken along.

use std::rc::Rc;

use web_sys::HtmlDialogElement;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use crate::components::export::Export;
use crate::components::rich::rich;
use crate::components::self_test::SelfTest;
use crate::state::{Action, Dialog, State};
use crate::texts::{self, dialogs as words, frame};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) open: Option<Dialog>,
    /// What can be taken along, while that is open.
    pub(crate) taken: Option<Rc<State>>,
    /// Whether single keys do something.
    pub(crate) shortcuts: bool,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Help(props: &Props) -> Html {
    let node = use_node_ref();
    use_effect_with((props.open, node.clone()), |(open, node)| {
        let Some(dialog) = node.cast::<HtmlDialogElement>() else { return };
        match open {
            // A browser that cannot show it above the page shows it in the page.
            Some(_) if !dialog.open() && dialog.show_modal().is_err() => dialog.set_open(true),
            None if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let close = props.send.reform(|_| Action::SetDialog(None));
    let onclose = props.send.reform(|_| Action::SetDialog(None));
    html! {
        <dialog ref={node} {onclose} aria-labelledby="help-title">
            { match props.open {
                Some(Dialog::Promise) => promise(),
                Some(Dialog::Keyboard) => keyboard(props),
                Some(Dialog::Export) => props.taken.iter().map(|state| html! { <Export {state} /> }).collect(),
                None => html! {},
            } }
            <p class="row"><button class="btn" onclick={close}>{texts::CLOSE}</button></p>
        </dialog>
    }
}

fn promise() -> Html {
    html! {
        <>
            <h2 id="help-title">{frame::PROMISE}</h2>
            <p>{words::PROMISE}</p>
            <ol>
                <li>{words::PROMISE_NETWORK}</li>
                <li>{ rich(words::PROMISE_POLICY) }</li>
                <li>{words::PROMISE_TRY}<SelfTest /></li>
                <li>{ rich(words::PROMISE_OFFLINE) }</li>
            </ol>
            <p>{words::PROMISE_STORED}</p>
            <kept-texts />
        </>
    }
}

fn keyboard(props: &Props) -> Html {
    let on = props.shortcuts;
    let onchange = props.send.reform(move |_| Action::SetShortcuts(!on));
    html! {
        <>
            <h2 id="help-title">{words::KEYBOARD}</h2>
            <dl class="shortcuts">
                { for words::KEYS.iter().map(|(key, what)| html! { <><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></> }) }
            </dl>
            <p>{words::KEYS_OFF}</p>
            <p><label><input id="shortcuts" type="checkbox" checked={on} {onchange} />{words::SHORTCUTS}</label></p>
        </>
    }
}
