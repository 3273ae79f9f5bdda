//! What happens outside of any component: the address and keys. Files come by `web/static/take-in.js`.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};
use yew::{Callback, UseReducerHandle, use_effect_with};

use crate::keyboard;
use crate::state::{Action, Panel, Screen, State};

/// Listens, and reports what it means.
#[yew::hook]
pub(crate) fn use_outside(state: &UseReducerHandle<State>, send: &Callback<Action>) {
    let address = send.clone();
    use_effect_with((), move |()| {
        let follow = move || {
            address.emit(Action::Go(screen(&gloo::utils::window().location().hash().unwrap_or_default())))
        };
        follow();
        let listener = EventListener::new(&gloo::utils::window(), "hashchange", move |_| follow());
        move || drop(listener)
    });
    let (state, send) = (state.clone(), send.clone());
    use_effect_with(state, move |state| {
        let state = state.clone();
        let listener = EventListener::new_with_options(
            &gloo::utils::document(),
            "keydown",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let typing = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok())
                    .is_some_and(|element| is_typed_into(&element));
                if (typing && event.key() != "Escape")
                    || event.ctrl_key()
                    || event.meta_key()
                    || event.alt_key()
                {
                    return;
                }
                if event.key() == "/" {
                    if state.dialog.is_none() && state.shortcuts {
                        event.prevent_default();
                        search(&send);
                    }
                } else if let Some(action) = keyboard::action(&event.key(), &state) {
                    event.prevent_default();
                    send.emit(action);
                }
            },
        );
        move || drop(listener)
    });
}

/// A checkbox takes no letters, and a key there is still one of the page's.
fn is_typed_into(element: &Element) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "radio")),
        _ => false,
    }
}

/// Goes to the search of what is shown: findings, keys or rules. Where there is none yet, to that of the findings.
fn search(send: &Callback<Action>) {
    let field = || {
        let document = gloo::utils::document();
        let field = document.get_element_by_id("find").or_else(|| document.get_element_by_id("search"))?;
        field.dyn_into::<HtmlInputElement>().ok()
    };
    let focus = |field: Option<HtmlInputElement>| field.is_some_and(|field| field.focus().is_ok());
    if !focus(field()) {
        send.emit(Action::Open(Panel::Findings));
        // The field is there once the page has been rendered anew.
        Timeout::new(0, move || _ = focus(field())).forget();
    }
}

/// The screen that an address names: `#/keys`, `#/key/broker/log.segment.bytes`, `#/rules`, `#/rules/ID`,
/// `#/compare/3.9/4.0`, else the check.
fn screen(hash: &str) -> Screen {
    let parts: Vec<_> = hash.trim_start_matches("#/").splitn(3, '/').collect();
    match parts[..] {
        ["keys"] => Screen::Keys(None),
        ["key", component, key] => Screen::Keys(Some((component.to_owned(), key.to_owned()))),
        ["rules"] => Screen::Rules(None),
        ["rules", id] => Screen::Rules(Some(id.to_owned())),
        ["compare", from, to] => Screen::Compare(from.to_owned(), to.to_owned()),
        _ => Screen::Check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_screen_and_an_unknown_one_the_check() {
        let key = Screen::Keys(Some(("broker".into(), "log.segment.bytes".into())));
        assert_eq!(screen("#/key/broker/log.segment.bytes"), key);
        assert_eq!(screen("#/keys"), Screen::Keys(None));
        assert_eq!(screen("#/rules"), Screen::Rules(None));
        assert_eq!(screen("#/rules/note-same-node-id"), Screen::Rules(Some("note-same-node-id".to_owned())));
        assert_eq!(screen("#/compare/3.9/4.0.2"), Screen::Compare("3.9".into(), "4.0.2".into()));
        assert_eq!(screen("#/compare/3.9"), Screen::Check);
        assert_eq!(screen(""), Screen::Check);
    }
}
