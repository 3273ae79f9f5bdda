//! The page's frame: the state, what listens outside of it, and where its parts are.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use kafka_upgrade_catalog::{self as catalog, Component};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, HtmlInputElement, KeyboardEvent};
use yew::{
    Callback, Html, UseReducerHandle, classes, component, html, use_effect_with, use_memo, use_reducer,
};

use crate::components::{Empty, FilePanel, Footer, Header, Headline, Help, Keys, PathBar, Results};
use crate::shared::Shared;
use crate::state::{Action, Screen, Side, State};
use crate::{checker, files, keyboard};

/// The whole page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(|| State::new(catalog::newest()));
    let tell = use_memo((), |()| {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    });
    let tell = (*tell).clone();
    use_check(&state);
    use_outside(&state, &tell);
    html! {
        <>
            <Header screen={state.screen.clone()} tell={tell.clone()} />
            <main class={classes!((state.side == Side::Panel).then_some("turned"))}>
                { match &state.screen {
                    Screen::Keys(open) => html! { <Keys open={open.clone()} to={state.to} from={state.from} /> },
                    Screen::Check => check_screen(&state, &tell),
                } }
            </main>
            <Footer />
            <Help open={state.dialog} tell={tell.clone()} />
        </>
    }
}

fn check_screen(state: &State, tell: &Callback<Action>) -> Html {
    let report = state.report.clone().filter(|_| !state.files.is_empty());
    let detected = report.as_ref().map(|report| report.path.detected.clone()).unwrap_or_default();
    html! {
        <>
            <PathBar from={state.from} to={state.to} mode={state.mode} {detected} tell={tell.clone()} />
            { notices(state, tell) }
            if state.files.is_empty() {
                <Empty tell={tell.clone()} />
            } else {
                if let Some(report) = report.clone() {
                    <Headline {report} only={state.only} tell={tell.clone()} />
                }
                { side_switch(state, tell) }
                <div class="cols">
                    <FilePanel files={state.files.clone()} active={state.active} report={report.clone()} selected={state.selected} tell={tell.clone()} />
                    if let Some(report) = report {
                        <Results {report} listed={state.listed()} selected={state.selected} panel={state.panel} tell={tell.clone()} />
                    }
                </div>
            }
        </>
    }
}

/// Where there is room for one side: which.
fn side_switch(state: &State, tell: &Callback<Action>) -> Html {
    let button = |side: Side, label: &str| {
        let onclick = tell.reform(move |_| Action::Turn(side));
        html! { <button {onclick} aria-pressed={(state.side == side).to_string()}>{label.to_owned()}</button> }
    };
    html! {
        <div class="seg sides" role="group" aria-label="Show">
            { button(Side::Text, "Text") }
            { button(Side::Panel, "Findings") }
        </div>
    }
}

fn notices(state: &State, tell: &Callback<Action>) -> Html {
    if state.notices.is_empty() {
        return html! {};
    }
    let dismiss = tell.reform(|_| Action::DismissNotices);
    html! {
        <div class="notices" role="alert">
            { for state.notices.iter().map(|notice| html! { <p>{notice.clone()}</p> }) }
            <button class="btn quiet" onclick={dismiss}>{"Dismiss"}</button>
        </div>
    }
}

/// Checks whatever is on the page after each change: at once, or for long texts when the reader pauses.
#[yew::hook]
fn use_check(state: &UseReducerHandle<State>) {
    let snapshot = state.clone();
    use_effect_with(state.revision, move |revision| {
        let revision = *revision;
        let size: usize = snapshot.files.iter().map(|file| file.text.len()).sum();
        let wait = if size <= checker::AT_ONCE { 0 } else { 250 };
        let check = Timeout::new(wait, move || {
            let report = checker::check(&snapshot);
            snapshot.dispatch(Action::Checked(revision, Shared::new(report)));
        });
        move || drop(check)
    });
}

/// What happens outside of any component: the address, keys, dropped files.
#[yew::hook]
fn use_outside(state: &UseReducerHandle<State>, tell: &Callback<Action>) {
    let address = tell.clone();
    use_effect_with((), move |()| {
        let follow = move || {
            address.emit(Action::Go(screen(&gloo::utils::window().location().hash().unwrap_or_default())))
        };
        follow();
        let listener = EventListener::new(&gloo::utils::window(), "hashchange", move |_| follow());
        move || drop(listener)
    });
    let dropped = tell.clone();
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let over = EventListener::new_with_options(&gloo::utils::document(), "dragover", options, |event| {
            event.prevent_default()
        });
        let drop_files =
            EventListener::new_with_options(&gloo::utils::document(), "drop", options, move |event| {
                let list = event.dyn_ref::<DragEvent>().and_then(|event| event.data_transfer()?.files());
                if let Some(list) = list.filter(|list| list.length() > 0) {
                    event.prevent_default();
                    files::read(&list.into(), dropped.clone());
                }
            });
        move || drop((over, drop_files))
    });
    let (state, tell) = (state.clone(), tell.clone());
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
                    event.prevent_default();
                    search();
                } else if let Some(action) = keyboard::action(&event.key(), &state) {
                    event.prevent_default();
                    tell.emit(action);
                }
            },
        );
        move || drop(listener)
    });
}

fn is_typed_into(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "TEXTAREA" | "INPUT" | "SELECT")
}

/// Goes to the search of Kafka's keys, wherever the reader is.
fn search() {
    let field = gloo::utils::document()
        .get_element_by_id("search")
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    // The field takes the focus by itself when its page opens.
    let _ = match field {
        Some(field) => field.focus(),
        None => gloo::utils::window().location().set_hash("#/keys"),
    };
}

/// The screen that an address names: `#/keys`, `#/key/broker/log.segment.bytes`, else the check.
fn screen(hash: &str) -> Screen {
    let parts: Vec<_> = hash.trim_start_matches("#/").splitn(3, '/').collect();
    match parts[..] {
        ["keys"] => Screen::Keys(None),
        ["key", component, key] => {
            Screen::Keys(Component::parse(component).map(|component| (component, key.to_owned())))
        }
        _ => Screen::Check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_screen_and_an_unknown_one_the_check() {
        let key = Screen::Keys(Some((Component::BROKER, "log.segment.bytes".into())));
        assert_eq!(screen("#/key/broker/log.segment.bytes"), key);
        assert_eq!(screen("#/keys"), Screen::Keys(None));
        assert_eq!(screen("#/key/nobody/x"), Screen::Keys(None));
        assert_eq!(screen(""), Screen::Check);
    }
}
