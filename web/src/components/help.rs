//! What opens above the page: how to verify the promise, what the keyboard does, the report to be taken along.

use std::rc::Rc;

use web_sys::HtmlDialogElement;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use crate::components::export::Export;
use crate::components::self_test::SelfTest;
use crate::keyboard::KEYS;
use crate::state::{Action, Dialog, State};

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
            <p class="row"><button class="btn" onclick={close}>{"Close"}</button></p>
        </dialog>
    }
}

fn promise() -> Html {
    html! {
        <>
            <h2 id="help-title">{"Nothing you paste leaves this page"}</h2>
            <p>{"The check runs in this browser, as WebAssembly. There is no server behind it. Four checks that you can do yourself:"}</p>
            <ol>
                <li>{"Open the browser's network panel and paste: no request is made after the page has loaded."}</li>
                <li>{"Read the page's source: its policy ("}<code>{"Content-Security-Policy"}</code>{") lets it load its own files, and once they are there a second one lets it load nothing at all."}</li>
                <li>{"Let the page try: it sends a word to the place that it came from, with every kind of request that a page has, and shows what the browser did with it."}<SelfTest /></li>
                <li>{"Load the page, go offline, and use it: everything works. Or use the one file "}<code>{"kafka-upgrade-check.html"}</code>{" from a disk: it has no network to ask."}</li>
            </ol>
            <p>{"Nothing that you paste is stored either, unless you want it: closing the tab forgets it. A link that you make is on your clipboard and nowhere else; what a link holds that you open is taken out of the address at once. Which steps of a plan you ticked is kept in this browser, by their names."}</p>
            <kept-texts />
        </>
    }
}

fn keyboard(props: &Props) -> Html {
    let on = props.shortcuts;
    let onchange = props.send.reform(move |_| Action::SetShortcuts(!on));
    html! {
        <>
            <h2 id="help-title">{"Keys"}</h2>
            <dl class="shortcuts">
                { for KEYS.iter().map(|(key, what)| html! { <><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></> }) }
            </dl>
            <p>{"They rest while the cursor is in a text or field, and while a dialog is open."}</p>
            <p><label><input id="shortcuts" type="checkbox" checked={on} {onchange} />{" Single keys do this"}</label></p>
        </>
    }
}
