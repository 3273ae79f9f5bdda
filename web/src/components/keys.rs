//! Searching Kafka's keys. Beside the search: the history of the key that is open, or what changes on the upgrade path.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_protocol::{Answer, Question};
use kafka_upgrade_sorted::case::Case as _;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, MouseEvent, Properties, TargetCast, classes, component,
    html, use_effect_with, use_node_ref, use_state_eq,
};

use crate::components::key_changes::KeyChanges;
use crate::components::key_history::KeyHistory;
use crate::components::rich::breakable;
use crate::shell::{use_answer, use_facts};
use crate::state::Action;
use crate::texts::reference as words;

/// How many keys are listed at first, and more at each click.
const BATCH: u32 = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The key that is open.
    #[prop_or_default]
    pub(crate) open: Option<(String, String)>,
    /// From where to where changes are listed; from nowhere: from the newest release of the major before.
    pub(crate) from: Option<AttrValue>,
    pub(crate) to: Option<AttrValue>,
    /// What is ticked, of comparisons among others.
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
    /// Whether the comparison is what was asked for, and not the search.
    #[prop_or_default]
    pub(crate) compare: bool,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Keys(props: &Props) -> Html {
    let query = use_state_eq(String::new);
    let of = use_state_eq(|| None::<String>);
    let shown = use_state_eq(|| BATCH);
    let field = use_node_ref();
    use_effect_with((field.clone(), props.compare), |(field, compare)| {
        if *compare {
            return;
        }
        if let Some(field) = field.cast::<HtmlInputElement>() {
            // Without the focus the reader clicks once more.
            let _ = field.focus();
        }
    });
    let oninput = {
        let (query, shown) = (query.clone(), shown.clone());
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value());
                shown.set(BATCH);
            }
        }
    };
    let onchange = {
        let (of, shown) = (of.clone(), shown.clone());
        move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            of.set(value.filter(|value| !value.is_empty()));
            shown.set(BATCH);
        }
    };
    let more = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(*shown + BATCH))
    };
    let facts = use_facts();
    let components: Vec<String> =
        facts.iter().flat_map(|facts| facts.components.iter().chain(&facts.transforms)).cloned().collect();
    let releases = facts.map(|facts| words::releases(&facts.oldest, facts.newest())).unwrap_or_default();
    let question = Question::Keys { query: query.trim().lower(), component: (*of).clone(), limit: *shown };
    let answer = use_answer(question);
    html! {
        <div class={classes!("keys-page", (props.compare || props.open.is_some()).then_some("open"))}>
            <h1 class="visually-hidden">{words::KEYS_TITLE}</h1>
            <section class="panel" aria-label={words::KEYS}>
                <div class="search">
                    <label for="search">{words::SEARCH_KEYS}</label>
                    <input id="search" ref={field} type="search" {oninput} placeholder={words::A_KEY} autocomplete="off" spellcheck="false" />
                    <label for="of">{words::OF}</label>
                    <select id="of" {onchange}>
                        <option value="" selected={of.is_none()}>{words::EVERY_COMPONENT}</option>
                        { for components.iter().map(|component| html! { <option value={component.clone()} selected={of.as_ref() == Some(component)}>{component}</option> }) }
                    </select>
                </div>
                { found(&query, answer.as_deref(), &releases, props.open.as_ref(), more) }
            </section>
            <section class="panel" aria-label={words::HISTORY}>
                { match &props.open {
                    Some((component, key)) => html! { <KeyHistory key={key.clone()} component={component.clone()} name={key.clone()} /> },
                    None => html! { <KeyChanges from={props.from.clone()} to={props.to.clone()} ticked={props.ticked.clone()} send={props.send.clone()} /> },
                } }
            </section>
        </div>
    }
}

fn found(
    query: &str,
    answer: Option<&Answer>,
    releases: &str,
    open: Option<&(String, String)>,
    more: Callback<MouseEvent>,
) -> Html {
    let Some(Answer::Keys { hits, all }) = answer else { return html! {} };
    if hits.is_empty() {
        let query = query.trim();
        return html! { <p class="quiet-note">{words::no_key(releases, query)}</p> };
    }
    html! {
        <>
            <ul class="key-list">
                { for hits.iter().map(|(component, key)| {
                    let here = open.is_some_and(|(c, k)| c == component && k == key);
                    html! {
                        <li key={format!("{component}/{key}")}>
                            <a href={format!("#/key/{component}/{key}")} aria-current={here.then_some("true")}>
                                <code>{ breakable(key) }</code><span class="faint">{component}</span>
                            </a>
                        </li>
                    }
                }) }
            </ul>
            if hits.len() < *all as usize {
                <p class="row center"><button class="btn" onclick={more}>{words::more_of(*all)}</button></p>
            }
        </>
    }
}
