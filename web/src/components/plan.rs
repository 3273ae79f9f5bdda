//! The plan: its stops as a rail with what is done, then stop by stop what to do.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_report::{Hop, Report, Step};
use wasm_bindgen::JsCast;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_effect_with, use_state_eq};

use crate::components::platform;
use crate::components::reference::reference;
use crate::components::rich::rich;
use crate::components::step::StepView;
use crate::components::stops::{back, steps};
use crate::shared::Shared;
use crate::shell::use_facts;
use crate::state::Action;
use crate::texts::plan as words;
use crate::ticks;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
    /// How the cluster is run, set by hand.
    pub(crate) platform: Option<AttrValue>,
    /// The stop to go to, with a number that grows whenever the reader asks for one.
    pub(crate) stop: (u32, u32),
    pub(crate) send: Callback<Action>,
}

impl Props {
    fn is_done(&self, step: &Step) -> bool {
        step.done || self.ticked.contains(&ticks::key(&self.report.path, &step.id))
    }

    /// How many steps of a hop (numbered from 1; `None`: of all) are done, and how many there are.
    fn done(&self, hop: Option<u32>) -> (usize, usize) {
        let steps = self.report.plan.steps.iter().filter(|step| hop.is_none_or(|hop| step.hop == hop));
        steps.fold((0, 0), |(done, all), step| (done + usize::from(self.is_done(step)), all + 1))
    }
}

#[component]
pub(crate) fn PlanView(props: &Props) -> Html {
    let unfolded = use_state_eq(|| false);
    use_effect_with(props.stop, |(hop, _)| go_to(*hop));
    let facts = use_facts();
    let plan = &props.report.plan;
    // The commands are those of one platform, which is detected or chosen beside them.
    let run_by = html! {
        <div class="run-by">
            <label for="plan-platform">{words::RUN_BY}</label>
            { platform::choice("plan-platform", props.platform.as_ref(), platform::seen(&props.report), facts.as_ref(), &props.send) }
        </div>
    };
    if let Some(why_not) = &plan.why_not {
        // An error only if there is certainly no path; otherwise too little is known yet.
        let none = props.report.findings.iter().any(|finding| finding.rule == "no-way");
        let (class, sign, word) =
            if none { ("error", "✕", words::NO_PATH) } else { ("unknown", "?", words::NO_PLAN) };
        return html! {
            <section class="panel no-plan" id="no-plan" aria-label={words::PLAN}>
                <h2><span class={classes!("tag", class)}><span aria-hidden="true">{sign}</span>{word}</span></h2>
                <p>{ rich(why_not) }</p>
                { run_by }
            </section>
        };
    }
    if plan.steps.is_empty() {
        return html! { <section class="panel" aria-label={words::PLAN}><p class="quiet-note">{words::NOTHING_TO_DO}</p></section> };
    }
    let (done, all) = props.done(None);
    let unfold = {
        let unfolded = unfolded.clone();
        Callback::from(move |_| unfolded.set(!*unfolded))
    };
    // Of what is left only the next step is shown in full, until the reader asks for all.
    let next = plan.steps.iter().find(|step| !props.is_done(step));
    let next = next.map(|step| (step.id.as_str(), step.hop));
    let clear = {
        let keys: Vec<_> = plan.steps.iter().map(|step| ticks::key(&props.report.path, &step.id)).collect();
        props.send.reform(move |_| Action::ClearTicks(keys.clone()))
    };
    html! {
        <div class="plan">
            <nav class="rail" aria-label={words::STOPS}>
                { run_by }
                <label for="progress" id="done">{words::steps_done(done, all)}</label>
                <progress id="progress" value={done.to_string()} max={all.to_string()} />
                <ol>{ for plan.hops.iter().zip(1..).map(|(hop, number)| rail(hop, number, next.map(|(_, hop)| hop), props)) }</ol>
                <p class="row">
                    <button id="unfold" class="btn quiet" onclick={unfold} aria-pressed={unfolded.to_string()}>{ if *unfolded { words::FOLD } else { words::UNFOLD } }</button>
                    if done > 0 { <button id="clear-ticks" class="btn quiet" onclick={clear}>{words::CLEAR}</button> }
                </p>
            </nav>
            <div class="stop-list">
                { for plan.hops.iter().zip(1..).map(|(hop, number)| stop(hop, number, next.map(|(step, _)| step), *unfolded, props)) }
                <p class="faint">{words::TICKS}</p>
            </div>
        </div>
    }
}

fn go_to(hop: u32) {
    let heading = gloo::utils::document().get_element_by_id(&format!("hop-{hop}"));
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
        heading.scroll_into_view();
        // Even if the heading cannot take the focus, the page has scrolled to it.
        let _ = heading.focus();
    }
}

/// A stop in the rail; it leads to its steps.
fn rail(hop: &Hop, number: u32, here: Option<u32>, props: &Props) -> Html {
    let (done, all) = props.done(Some(number));
    let (past, now) = (done == all, here == Some(number));
    html! {
        <li class={classes!(past.then_some("past"), now.then_some("here"))}>
            <i aria-hidden="true">{ if past { "✓".to_owned() } else { number.to_string() } }</i>
            <button class="link" onclick={Callback::from(move |_| go_to(number))} aria-current={now.then_some("step")}>{&hop.title}</button>
            <small>{words::done(done, all)}</small>
            if now { <small class="you">{words::YOU_ARE_HERE}</small> }
            if let Some(back) = back(&props.report, number) { <small class="warning">{words::warned(back)}</small> }
        </li>
    }
}

fn stop(hop: &Hop, number: u32, next: Option<&str>, unfolded: bool, props: &Props) -> Html {
    let mut crossed = false;
    html! {
        <section class="hop" aria-labelledby={format!("hop-{number}")}>
            <h2 id={format!("hop-{number}")} tabindex="-1">{words::numbered(number, &hop.title)}</h2>
            if let Some((minor, _)) = hop.to.rsplit_once('.').filter(|_| hop.from != hop.to) { { reference("releases", minor, &words::what_changes(minor)) } }
            if let Some(rehearsal) = props.report.plan.rehearsal(number) { <p class="faint">{rehearsal}</p> }
            <ul class="steps">
                { for steps(&props.report, number).map(|step| {
                    let here = Some(step.id.as_str()) == next;
                    let cut = !step.reversible && !crossed;
                    crossed |= !step.reversible;
                    html! {
                        <>
                            if cut { <li key={format!("cut-{}", step.id)} class="cut"><span><b>{words::CUT}</b>{words::CUT_AFTER}</span></li> }
                            <StepView key={step.id.clone()} report={props.report.clone()} step={Rc::new(step.clone())} tick={ticks::key(&props.report.path, &step.id)}
                                done={props.is_done(step)} {here} open={unfolded || here} send={props.send.clone()} />
                        </>
                    }
                }) }
            </ul>
        </section>
    }
}
