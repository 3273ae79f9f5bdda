//! The page's frame: the state, what listens outside of it, and where its parts are.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use kafka_upgrade_catalog as catalog;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{
    Callback, Html, UseReducerHandle, classes, component, html, use_effect_with, use_memo, use_reducer,
};

use crate::components::{
    Changed, Empty, FilePanel, Footer, Header, Headline, Help, Keys, Paste, PathBar, Results, Rich, Rules,
    Sides, ToastView,
};
use crate::outside::use_outside;
use crate::shared::Shared;
use crate::state::{Action, Panel, Screen, Side, State};
use crate::ticks::use_ticks;
use crate::{checker, said};

/// The whole page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(|| State::new(catalog::newest()));
    let send = use_memo((), |()| {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    });
    let send = (*send).clone();
    use_check(&state);
    use_outside(&state, &send);
    use_ticks(&state, &send);
    use_effect_with(state.focus, |_| focus_on_selected());
    html! {
        <>
            <Header screen={state.screen.clone()} send={send.clone()} />
            <main class={classes!((state.side == Side::Panel).then_some("turned"))}>
                { match &state.screen {
                    Screen::Keys(open) => html! { <Keys open={open.clone()} to={state.to} from={state.runs()} /> },
                    Screen::Rules(open) => html! { <Rules open={open.clone()} /> },
                    Screen::Check => check_screen(&state, &send),
                } }
            </main>
            <Footer />
            <ToastView toast={state.toast.clone()} send={send.clone()} />
            <Help open={state.dialog} report={state.report.clone().filter(|_| !state.is_empty())} ticked={state.ticked.clone()} shortcuts={state.shortcuts} send={send.clone()} />
        </>
    }
}

fn check_screen(state: &State, send: &Callback<Action>) -> Html {
    let report = state.report.clone().filter(|_| !state.is_empty());
    let path = report.as_ref().map(|report| report.path.clone());
    let running = report.as_ref().map(|report| said::seen(report)).unwrap_or_default();
    html! {
        <>
            <PathBar from={state.from} to={state.to} mode={state.mode} {path} have={state.have.clone()} {running} send={send.clone()} />
            { notices(state, send) }
            if state.is_empty() {
                <Empty send={send.clone()} />
            } else {
                if let Some(report) = report.clone() {
                    <Headline {report} only={state.only} send={send.clone()} />
                }
                <Sides side={state.side} panel={state.panel()} has_matrix={state.has_matrix()} send={send.clone()} />
                <div class={classes!("cols", state.files.is_empty().then_some("lone"))}>
                    if state.files.is_empty() {
                        <Paste label="Paste or drop a file too, to see what changes in it" send={send.clone()} />
                    } else {
                    <FilePanel files={state.files.clone()} active={state.active} report={report.clone()} selected={state.selected} send={send.clone()} />
                    }
                    if let Some(report) = report {
                        <Results {report} listed={state.listed()} selected={state.selected} panel={state.panel()} cell={state.cell} ticked={state.ticked.clone()} changes={changes_shown(state)} pending={state.safe_fixes().len()} send={send.clone()} />
                    }
                </div>
            }
        </>
    }
}

/// Worked out only where it is seen.
fn changes_shown(state: &State) -> Rc<Vec<Changed>> {
    Rc::new(if state.panel() == Panel::Changes { state.changes() } else { Vec::new() })
}

/// The selected finding takes the focus; where it is not in a list, the verdict does. Never the text.
fn focus_on_selected() {
    let document = gloo::utils::document();
    let selected = document.query_selector(".finding.open .what").ok().flatten();
    let target = selected.or_else(|| document.get_element_by_id("verdict"));
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        // What takes no focus is in sight all the same.
        let _ = target.focus();
    }
}

fn notices(state: &State, send: &Callback<Action>) -> Html {
    if state.notices.is_empty() {
        return html! {};
    }
    let dismiss = send.reform(|_| Action::DismissNotices);
    html! {
        <div class="notices" role="alert">
            { for state.notices.iter().map(|notice| html! { <p><Rich text={notice.clone()} /></p> }) }
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
