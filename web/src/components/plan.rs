//! The plan: how far it has come, then hop by hop what to do.

use kafka_upgrade_report::{Hop, Report};
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_state_eq};

use crate::components::rich::Rich;
use crate::components::step::StepView;
use crate::shared::Shared;
use crate::state::Action;
use crate::{ticks, words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
    pub(crate) send: Callback<Action>,
}

impl Props {
    /// How many steps of a hop (numbered from 1; `None`: of all) are done, and how many there are.
    fn done(&self, hop: Option<u32>) -> (usize, usize) {
        let steps = self.report.plan.steps.iter().filter(|step| hop.is_none_or(|hop| step.hop == hop));
        let keys = steps.map(|step| ticks::key(&self.report.path, &step.id));
        keys.fold((0, 0), |(done, all), key| (done + usize::from(self.ticked.contains(&key)), all + 1))
    }
}

#[component]
pub(crate) fn PlanView(props: &Props) -> Html {
    let unfolded = use_state_eq(|| false);
    let plan = &props.report.plan;
    if let Some(why_not) = &plan.why_not {
        // Only where there is no way at all: what is not known yet is nobody's fault.
        let none = props.report.findings.iter().any(|finding| finding.rule == "no-way");
        let (class, sign, word) =
            if none { ("error", "✕", "no way") } else { ("unknown", "?", "no plan yet") };
        return html! {
            <div class="no-plan" id="no-plan">
                <h3><span class={classes!("sev", class)}><span aria-hidden="true">{sign}</span>{word}</span></h3>
                <p><Rich text={why_not.clone()} /></p>
            </div>
        };
    }
    if plan.steps.is_empty() {
        return html! { <p class="quiet-note">{"There is nothing to do on the way: the release that runs is the one to get to."}</p> };
    }
    let (done, all) = props.done(None);
    let unfold = {
        let unfolded = unfolded.clone();
        Callback::from(move |_| unfolded.set(!*unfolded))
    };
    // Of what is left only the next step is told in full, until the reader asks for all.
    let next =
        plan.steps.iter().find(|step| !props.ticked.contains(&ticks::key(&props.report.path, &step.id)));
    let next = next.map(|step| step.id.as_str());
    let open = |id: &str| *unfolded || Some(id) == next;
    let clear = {
        let keys: Vec<_> = plan.steps.iter().map(|step| ticks::key(&props.report.path, &step.id)).collect();
        props.send.reform(move |_| Action::ClearTicks(keys.clone()))
    };
    html! {
        <div class="plan">
            <div class="progress">
                <label for="progress" id="done">{format!("{done} of {} done", words::count(all, "step", "steps"))}</label>
                <progress id="progress" value={done.to_string()} max={all.to_string()} />
                if done > 0 { <button id="clear-ticks" class="btn quiet" onclick={clear}>{"Clear ticks"}</button> }
                <button id="unfold" class="btn quiet" onclick={unfold} aria-pressed={unfolded.to_string()}>{ if *unfolded { "Fold" } else { "Unfold all" } }</button>
            </div>
            <ol class="way" aria-label="Hops">
                { for plan.hops.iter().zip(1..).map(|(hop, number)| stop(hop, number, props)) }
            </ol>
            { for plan.hops.iter().zip(1..).map(|(hop, number)| stretch(hop, number, props, &open)) }
        </div>
    }
}

/// A hop in the overview; it leads to its steps.
fn stop(hop: &Hop, number: u32, props: &Props) -> Html {
    let (done, all) = props.done(Some(number));
    let onclick = Callback::from(move |_| {
        let heading = gloo::utils::document().get_element_by_id(&format!("hop-{number}"));
        if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
            heading.scroll_into_view();
            // What cannot take the focus was scrolled to all the same.
            let _ = heading.focus();
        }
    });
    html! {
        <li class={classes!((done == all).then_some("done"))}>
            <button class="link" {onclick}>{&hop.title}</button>
            <span class="n">{ if done == all { "✓ done".to_owned() } else { format!("{done}/{all}") } }</span>
        </li>
    }
}

fn stretch(hop: &Hop, number: u32, props: &Props, open: &dyn Fn(&str) -> bool) -> Html {
    let plan = &props.report.plan;
    html! {
        <section class="hop" aria-labelledby={format!("hop-{number}")}>
            <h3 id={format!("hop-{number}")} tabindex="-1"><span class="num">{number}</span>{&hop.title}</h3>
            <ul class="steps">
                { for plan.steps.iter().filter(|step| step.hop == number).map(|step| {
                    let tick = ticks::key(&props.report.path, &step.id);
                    let done = props.ticked.contains(&tick);
                    html! { <StepView key={step.id.clone()} report={props.report.clone()} step={Rc::new(step.clone())} {tick} {done} open={open(&step.id)} send={props.send.clone()} /> }
                }) }
            </ul>
        </section>
    }
}
