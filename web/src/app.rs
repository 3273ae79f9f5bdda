//! The page's frame: the state, what listens outside of it, and where its parts are.

use std::rc::Rc;

use kafka_upgrade_protocol::{Answer, Question};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{
    AttrValue, Callback, ContextProvider, Html, UseReducerHandle, classes, component, html, use_effect_with,
    use_memo, use_reducer,
};

use crate::components::{
    Empty, FilePanel, Footer, Head, Header, Help, Keys, Notices, Paste, PathBar, Results, ResultsProps,
    Rules, Sheet, Sides, headline, stops, switch, tabs, toast,
};
use crate::core::{Core, use_check};
use crate::keep::use_keep;
use crate::outside::{is_typed_into, use_outside};
use crate::share::use_links;
use crate::shared::Shared;
use crate::shell::Shell;
use crate::state::{Action, Changed, Dialog, Panel, Screen, Side, State};
use crate::texts::{files as of_files, frame, verdict as sentences};
use crate::ticks::use_ticks;
use crate::{detected, logging, verdict};

/// The whole page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(State::new);
    let core = use_memo((), |()| Core::new(state.dispatcher()));
    let latest = yew::use_mut_ref(|| state.clone());
    latest.replace(state.clone());
    let send = use_memo((), |()| {
        let (core, latest) = (core.clone(), latest.clone());
        Callback::from(move |action| act(&core, &latest.borrow(), action))
    });
    let send = (*send).clone();
    use_check(&core, &state);
    use_ticks(&state, &send);
    use_keep(&state);
    use_links(&state, &send);
    use_effect_with(state.focus, |focus| {
        if *focus > 0 {
            focus_on_selected();
        }
    });
    use_outside(&latest, &send);
    use_effect_with(title(&state), |title| gloo::utils::document().set_title(title));
    let report = state.report.clone().filter(|_| !state.is_empty());
    let shell = Shell { core: (*core).clone(), facts: state.facts.clone(), known: state.known.clone() };
    html! {
        <ContextProvider<Shell> context={shell}><div class="app">
            <Header screen={state.screen.clone()} send={send.clone()} />
            <main>
                { match &state.screen {
                    Screen::Keys(open) => html! { <Keys open={open.clone()} to={state.to.clone()} from={state.runs()} ticked={state.ticked.clone()} send={send.clone()} /> },
                    Screen::Compare(from, to) => html! { <Keys compare={true} to={Some(AttrValue::from(to.clone()))} from={Some(AttrValue::from(from.clone()))} ticked={state.ticked.clone()} send={send.clone()} /> },
                    Screen::Rules(open) => html! { <Rules open={open.clone()} /> },
                    Screen::Check => check_screen(&state, &send),
                } }
            </main>
            <Footer send={send.clone()} />
            { toast(state.toast.as_ref(), &send) }
            <Help open={state.dialog} taken={taken(&state)} shortcuts={state.shortcuts} send={send.clone()} />
            // Prints the answer, or the reference if that is open.
            if let Some(report) = report.filter(|_| state.screen == Screen::Check) {
                <Sheet {report} groups={state.groups.clone()} ticked={state.ticked.clone()} files={state.files.len()} />
            }
        </div></ContextProvider<Shell>>
    }
}

fn title(state: &State) -> String {
    let what = match &state.screen {
        Screen::Keys(Some((_, key))) => key.clone(),
        Screen::Keys(None) => frame::KEYS.into(),
        Screen::Compare(from, to) => frame::compared(from, to),
        Screen::Rules(Some(rule)) => rule.clone(),
        Screen::Rules(None) => frame::RULES.into(),
        Screen::Check => match state.report.as_ref().filter(|_| !state.is_checking() && !state.is_empty()) {
            Some(report) => {
                let (_, first, rest) = verdict::verdict(report, &state.groups);
                sentences::whole(&first, &rest)
            }
            None => return frame::NAME.into(),
        },
    };
    frame::title(&what)
}

fn check_screen(state: &State, send: &Callback<Action>) -> Html {
    if state.is_empty() {
        return html! {
            <>
                <Notices notices={state.notices.clone()} strangers={vec![]} {send} />
                <Empty {send} />
            </>
        };
    }
    let report = state.report.clone();
    let path = report.as_ref().map(|report| report.path.clone());
    let runs_on =
        report.as_ref().map(|report| AttrValue::from(report.plan.platform.clone())).unwrap_or_default();
    let running = report.as_ref().map(|report| detected::in_files(report)).unwrap_or_default();
    let checking = report.is_none() || state.slow || state.stopped.is_some();
    let answer = report.clone().map(|report| answer(state, report, send));
    // The plan and the files as fixes make them need the width; the text is beside everything else.
    let alone =
        state.side == Side::Panel && matches!(state.panel, Panel::Plan | Panel::Changes | Panel::Checks);
    let explained = state.panel == Panel::Findings;
    html! {
        <>
            <PathBar from={state.from.clone()} to={state.target()} mode={state.mode} platform={state.platform.clone()} {runs_on} {path} have={state.have.clone()} {running} open={state.path_open} {send} />
            <Notices notices={state.notices.clone()} strangers={strangers(state)} {send} />
            { headline(&Head { report: report.as_deref(), groups: &state.groups, checking, stopped: state.stopped.as_ref(), progress: state.progress, files: &state.files, only: state.filter.severity, send }) }
            if let Some(props) = &answer {
                { tabs(props) }
                if state.panel == Panel::Overview { { stops(&props.report, send) } }
            }
            <div class={classes!(if alone { "alone" } else { "cols" }, if state.side == Side::Panel { "answer-of" } else { "text-of" }, checking.then_some("stale"))}>
                if let Some(props) = &answer { <Results ..props.clone() /> }
                if !alone {
                    if state.files.is_empty() {
                        <section class="evidence" aria-label={of_files::YOURS}><Paste label={of_files::PASTE_TOO} {send} /></section>
                    } else {
                        <FilePanel files={state.files.clone()} active={state.active} {report} stale={state.is_checking()} selected={state.selected} line={state.line} {explained} {send} />
                    }
                }
            </div>
            if answer.is_some() {
                { switch(&Sides { side: state.side, panel: state.panel, breaks: state.breaks(), findings: state.groups.len(), stops: answer.as_ref().map_or(0, |answer| answer.report.plan.hops.len()), files: state.files.len(), send }) }
            }
        </>
    }
}

fn answer(
    state: &State,
    report: Shared<kafka_upgrade_report::Report>,
    send: &Callback<Action>,
) -> ResultsProps {
    ResultsProps {
        report,
        all: state.groups.clone(),
        groups: Rc::new(state.listed()),
        filter: state.filter.clone(),
        by: state.by,
        selected: state.selected,
        panel: state.panel,
        cell: state.cell,
        ticked: state.ticked.clone(),
        platform: state.platform.clone(),
        stop: state.stop,
        changes: changes_shown(state),
        preview: state.preview().filter(|_| state.panel == Panel::Findings).map(Rc::new),
        pending: state.safe_fixes().len(),
        send: send.clone(),
    }
}

/// What can be taken along, while that is asked for.
fn taken(state: &State) -> Option<Rc<State>> {
    (state.dialog == Some(Dialog::Export)).then(|| Rc::new(state.clone()))
}

/// Worked out only if it is shown.
fn changes_shown(state: &State) -> Rc<Vec<Changed>> {
    Rc::new(if state.panel == Panel::Changes { state.changes() } else { Vec::new() })
}

/// Files that are not Kafka's, where others are.
fn strangers(state: &State) -> Vec<AttrValue> {
    let files = state.report.as_ref().map_or(&[][..], |report| &report.files);
    let strangers: Vec<AttrValue> =
        files.iter().filter(|file| file.kind == "not-kafka").map(|file| file.path.clone().into()).collect();
    if strangers.len() == files.len() { Vec::new() } else { strangers }
}

/// Focuses the selected finding, or the verdict if the finding is not in a list. Never the text, and never away from
/// a field: effects run late, and the reader may already be typing.
fn focus_on_selected() {
    let document = gloo::utils::document();
    if document.active_element().is_some_and(|element| is_typed_into(&element)) {
        return;
    }
    let selected = document.query_selector(".finding.open .what").ok().flatten();
    let target = selected.or_else(|| document.get_element_by_id("verdict"));
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        // What takes no focus is in sight all the same.
        let _ = target.focus();
    }
}

/// Does what an action asks for: the core is asked where it has to be, everything else is the reducer's.
fn act(core: &Core, state: &UseReducerHandle<State>, action: Action) {
    let dispatcher = state.dispatcher();
    match action {
        Action::Describe(text) => core.ask(
            Question::Things(text),
            Callback::from(move |answer| {
                if let Answer::Things(things) = answer {
                    dispatcher.dispatch(Action::Stated(things));
                }
            }),
        ),
        Action::Convert(id) => {
            let Some(file) = state.files.iter().find(|file| file.id == id) else { return };
            let path = file.path.clone();
            core.ask(
                Question::Convert(Rc::clone(&file.text)),
                Callback::from(move |answer| {
                    if let Answer::Converted(text, remarks) = answer {
                        let actions = logging::converted(&path, text, &remarks);
                        actions.into_iter().for_each(|action| dispatcher.dispatch(action));
                    }
                }),
            );
        }
        Action::Cancel => {
            core.restart();
            dispatcher.dispatch(Action::Cancel);
        }
        action => dispatcher.dispatch(action),
    }
}
