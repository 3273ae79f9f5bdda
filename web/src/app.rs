//! The page's frame: the state, what listens outside of it, and where its parts are.

use gloo::timers::callback::Timeout;
use kafka_upgrade_catalog as catalog;
use yew::{
    Callback, Html, UseReducerHandle, classes, component, html, use_effect_with, use_memo, use_reducer,
};

use crate::components::{
    Empty, FilePanel, Footer, Header, Headline, Help, Keys, Paste, PathBar, Results, Rich, Rules, Sides,
};
use crate::outside::use_outside;
use crate::shared::Shared;
use crate::state::{Action, Screen, Side, State};
use crate::ticks::use_ticks;
use crate::{checker, said};

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
    use_ticks(&state, &tell);
    html! {
        <>
            <Header screen={state.screen.clone()} tell={tell.clone()} />
            <main class={classes!((state.side == Side::Panel).then_some("turned"))}>
                { match &state.screen {
                    Screen::Keys(open) => html! { <Keys open={open.clone()} to={state.to} from={state.runs()} /> },
                    Screen::Rules(open) => html! { <Rules open={open.clone()} /> },
                    Screen::Check => check_screen(&state, &tell),
                } }
            </main>
            <Footer />
            <Help open={state.dialog} report={state.report.clone().filter(|_| !state.is_empty())} ticked={state.ticked.clone()} tell={tell.clone()} />
        </>
    }
}

fn check_screen(state: &State, tell: &Callback<Action>) -> Html {
    let report = state.report.clone().filter(|_| !state.is_empty());
    let path = report.as_ref().map(|report| report.path.clone());
    let running = report.as_ref().map(|report| said::seen(report)).unwrap_or_default();
    html! {
        <>
            <PathBar from={state.from} to={state.to} mode={state.mode} {path} have={state.have.clone()} {running} tell={tell.clone()} />
            { notices(state, tell) }
            if state.is_empty() {
                <Empty tell={tell.clone()} />
            } else {
                if let Some(report) = report.clone() {
                    <Headline {report} only={state.only} tell={tell.clone()} />
                }
                <Sides side={state.side} panel={state.panel()} has_matrix={state.has_matrix()} tell={tell.clone()} />
                <div class={classes!("cols", state.files.is_empty().then_some("lone"))}>
                    if state.files.is_empty() {
                        <Paste label="Paste or drop a file too, to see what changes in it" tell={tell.clone()} />
                    } else {
                    <FilePanel files={state.files.clone()} active={state.active} report={report.clone()} selected={state.selected} tell={tell.clone()} />
                    }
                    if let Some(report) = report {
                        <Results {report} listed={state.listed()} selected={state.selected} panel={state.panel()} cell={state.cell} ticked={state.ticked.clone()} tell={tell.clone()} />
                    }
                </div>
            }
        </>
    }
}

fn notices(state: &State, tell: &Callback<Action>) -> Html {
    if state.notices.is_empty() {
        return html! {};
    }
    let dismiss = tell.reform(|_| Action::DismissNotices);
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
