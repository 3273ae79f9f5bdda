//! What else runs: stated in a line of free text, or by name and version; shown as chips that can be removed.

use kafka_upgrade_protocol::Thing;
use kafka_upgrade_report::Detected;
use web_sys::HtmlInputElement;
use yew::{Callback, Html, Properties, classes, component, html, use_memo, use_node_ref};

use crate::components::on_enter::on_enter;
use crate::components::rich::rich;
use crate::shell::use_facts;
use crate::state::Action;
use crate::texts::{self, path as words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// One thing each.
    pub(crate) have: Vec<Thing>,
    /// What runs as detected in files: what, and the place that names it.
    #[prop_or_default]
    pub(crate) seen: Vec<Detected>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Running(props: &Props) -> Html {
    let (what, version) = (use_node_ref(), use_node_ref());
    let add = {
        let (what, version, send) = (what.clone(), version.clone(), props.send.clone());
        Callback::from(move |()| {
            let fields = [&what, &version].map(|field| field.cast::<HtmlInputElement>());
            let stated: Vec<_> = fields.iter().flatten().map(HtmlInputElement::value).collect();
            send.emit(Action::Describe(stated.join(" ")));
            for field in fields.iter().flatten() {
                field.set_value("");
            }
            if let Some(field) = what.cast::<HtmlInputElement>() {
                // A browser that refuses the focus leaves it on the button.
                let _ = field.focus();
            }
        })
    };
    let facts = use_facts();
    let names = use_memo(facts, |facts| -> Html {
        let products = facts.iter().flat_map(|facts| &facts.products);
        products.map(|title| html! { <option value={title.clone()} /> }).collect()
    });
    html! {
        <div class="running" role="group" aria-label={words::ELSE}>
            <div class="describe">
                <div class="field grow">
                    <label for="have">{words::ALSO}</label>
                    <input id="have" ref={what} type="text" onkeydown={on_enter(&add)} list="products" autocomplete="off" autocapitalize="off" spellcheck="false"
                        placeholder={words::ALSO_LIKE} />
                    <datalist id="products">{(*names).clone()}</datalist>
                </div>
                <div class="field version">
                    <label for="have-version">{words::VERSION}</label>
                    <input id="have-version" ref={version} type="text" onkeydown={on_enter(&add)} autocomplete="off" autocapitalize="off" spellcheck="false" />
                </div>
                <button id="have-add" class="btn" onclick={add.reform(|_| ())}>{words::ADD}</button>
            </div>
            if props.have.is_empty() && props.seen.is_empty() {
                <small>{words::HOW}</small>
            } else {
                <ul class="chips" aria-label={words::RUNS}>
                    { for props.have.iter().enumerate().map(|(at, thing)| chip(at, thing, &props.send)) }
                    { for props.seen.iter().map(seen) }
                </ul>
            }
        </div>
    }
}

fn chip(at: usize, thing: &Thing, send: &Callback<Action>) -> Html {
    let Thing { text, label, problem } = thing;
    let onclick = send.reform(move |_| Action::Unsay(at));
    html! {
        <li key={text.clone()} class={classes!("chip", problem.is_some().then_some("warning"))}>
            if problem.is_some() { <span aria-hidden="true">{"▲"}</span> }
            <span>{label}</span>
            if let Some(problem) = problem { <small>{ rich(problem) }</small> }
            <button type="button" {onclick} aria-label={words::remove(label)} title={words::REMOVE}>{"×"}</button>
        </li>
    }
}

fn seen(seen: &Detected) -> Html {
    html! {
        <li key={format!("{} {}", seen.what, seen.value)} class="chip seen">
            <span>{texts::versioned(&seen.what, &seen.value)}</span><small>{texts::place(&seen.path, Some(seen.line))}</small>
        </li>
    }
}
