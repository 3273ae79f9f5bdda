//! One step of the plan: its box, what to do and why, what to type, what to see, and until when one can go back.

use std::rc::Rc;

use kafka_upgrade_report::{Report, Step};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_state_eq};

use crate::components::copy::Copy;
use crate::components::draft::draft;
use crate::components::found::found;
use crate::components::rich::{code, rich};
use crate::shared::Shared;
use crate::state::Action;
use crate::texts::{self, plan as words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) step: Rc<Step>,
    /// Its name among the ticks.
    pub(crate) tick: AttrValue,
    pub(crate) done: bool,
    /// Whether it is the next one to do.
    pub(crate) here: bool,
    /// Shown in full, unless the reader wants it otherwise.
    pub(crate) open: bool,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn StepView(props: &Props) -> Html {
    let unfolded = use_state_eq(|| None::<bool>);
    let open = unfolded.unwrap_or(props.open);
    let fold = {
        let unfolded = unfolded.clone();
        Callback::from(move |_| unfolded.set(Some(!open)))
    };
    let onchange = {
        let (tick, send) = (props.tick.clone(), props.send.clone());
        Callback::from(move |_| {
            unfolded.set(None);
            send.emit(Action::Tick(tick.clone()));
        })
    };
    let step = &props.step;
    let id = format!("tick-{}", step.id);
    html! {
        <li class={classes!("step", props.done.then_some("done"), props.here.then_some("here"))} data-step={step.id.clone()}>
            <input type="checkbox" id={id.clone()} checked={props.done} disabled={step.done} {onchange} />
            <div class="head">
                <h3><label for={id}>{ rich(&step.title) }</label></h3>
                if props.here { <span class="tag you">{words::HERE}</span> }
                if !open && !step.findings.is_empty() {
                    <span class="faint">{texts::findings(step.findings.len())}</span>
                }
                if !step.reversible { <span class="tag warning"><span aria-hidden="true">{"▲"}</span>{words::NO_WAY_BACK}</span> }
            </div>
            <button class="btn quiet fold" onclick={fold} aria-expanded={open.to_string()}>
                { if open { words::LESS } else { words::MORE } }<span class="visually-hidden">{words::of_step(&step.title)}</span>
            </button>
            if open { <div class="how">{ how(props) }</div> }
        </li>
    }
}

fn how(props: &Props) -> Html {
    let (report, step) = (&props.report, &props.step);
    let commands = step.commands.join("\n");
    let drafts = report.plan.drafts.iter().filter(|draft| draft.step == step.id);
    html! {
        <>
            if !step.why.is_empty() { <p>{ rich(&step.why) }</p> }
            if !commands.is_empty() {
                <div class="typed">
                    <pre tabindex="0" aria-label={words::TO_TYPE}>{ for step.commands.iter().map(|line| html! { <code>{ code(line) }{"\n"}</code> }) }</pre>
                    <Copy text={commands} />
                </div>
            }
            { for drafts.map(|one| html! { { draft(&Rc::new(one.clone()), &props.send) } }) }
            <dl class="after">
                if !step.verify.is_empty() { <dt>{words::VERIFY}</dt><dd>{ rich(&step.verify) }</dd> }
                { for step.outputs().map(|(fits, output)| html! {
                    <><dt>{ if fits { words::FITS } else { words::FITS_NOT } }</dt><dd>{ rich(&output) }</dd></>
                }) }
                <dt>{ if step.reversible { words::WAY_BACK } else { words::WAY_BACK_NOT } }</dt>
                <dd>{ rich(&step.undo) }</dd>
            </dl>
            { found(report, &step.findings, words::SETTLES, &props.send) }
        </>
    }
}
