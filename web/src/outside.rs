//! What happens outside of any component: the address and keys. Files come by `web/static/take-in.js`.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, KeyboardEvent};
use yew::{Callback, UseReducerHandle, use_effect_with};

use crate::keyboard;
use crate::state::{Action, Panel, Screen, State};

#[wasm_bindgen]
extern "C" {
    /// Gives the search of what is shown the focus: findings, keys or rules; whether there is one. Of one that is coming, the
    /// focus and what is typed until then are its own as soon as it is there.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = search)]
    fn search(coming: bool) -> bool;
}

/// Listens, and reports what it means; `latest` is the state that was rendered last.
#[yew::hook]
pub(crate) fn use_outside(latest: &Rc<RefCell<UseReducerHandle<State>>>, send: &Callback<Action>) {
    let address = send.clone();
    use_effect_with((), move |()| {
        let follow = move || {
            address.emit(Action::Go(screen(&gloo::utils::window().location().hash().unwrap_or_default())))
        };
        follow();
        let listener = EventListener::new(&gloo::utils::window(), "hashchange", move |_| follow());
        move || drop(listener)
    });
    let (latest, send) = (latest.clone(), send.clone());
    use_effect_with((), move |()| {
        let listener = EventListener::new_with_options(
            &gloo::utils::document(),
            "keydown",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                let typing = target.is_some_and(|element| is_typed_into(&element));
                if (typing && event.key() != "Escape")
                    || event.ctrl_key()
                    || event.meta_key()
                    || event.alt_key()
                {
                    return;
                }
                let state = latest.borrow().clone();
                if event.key() == "/" {
                    if state.dialog.is_none() && state.shortcuts {
                        event.prevent_default();
                        // The findings' search is there as soon as they are.
                        let coming =
                            state.screen == Screen::Check && !state.is_empty() && state.report.is_some();
                        if !search(coming) && coming {
                            send.emit(Action::Open(Panel::Findings));
                        }
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
pub(crate) fn is_typed_into(element: &Element) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "radio")),
        _ => false,
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
