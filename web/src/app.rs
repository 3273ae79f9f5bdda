//! The page's frame: the state, what listens outside of it, and where its parts are.

use gloo::timers::callback::Timeout;
use kafka_upgrade_catalog as catalog;
use yew::{
    Callback, Html, UseReducerHandle, classes, component, html, use_effect_with, use_memo, use_reducer,
};

use crate::checker;
use crate::components::{Empty, FilePanel, Footer, Header, Headline, Help, Keys, PathBar, Results};
use crate::outside::use_outside;
use crate::shared::Shared;
use crate::state::{Action, Screen, Side, State};

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
