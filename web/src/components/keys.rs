//! Searching Kafka's keys. Beside the search: the history of the key that is open, or what changes on the way.

use kafka_upgrade_catalog::{self as catalog, Component, Release};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    Callback, Event, Html, InputEvent, MouseEvent, Properties, TargetCast, classes, component, html,
    use_effect_with, use_node_ref, use_state_eq,
};

use crate::components::key_changes::KeyChanges;
use crate::components::key_history::KeyHistory;
use crate::components::rich::breakable;

/// How many keys are listed at first, and more at each click.
const BATCH: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The key that is open.
    pub(crate) open: Option<(Component, String)>,
    /// From where to where changes are listed; from nowhere: from the newest release of the major before.
    pub(crate) from: Option<Release>,
    pub(crate) to: Release,
}

#[component]
pub(crate) fn Keys(props: &Props) -> Html {
    let query = use_state_eq(String::new);
    let of = use_state_eq(|| None::<Component>);
    let shown = use_state_eq(|| BATCH);
    let field = use_node_ref();
    use_effect_with(field.clone(), |field| {
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
            of.set(value.and_then(|value| Component::parse(&value)));
            shown.set(BATCH);
        }
    };
    let more = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(*shown + BATCH))
    };
    html! {
        <div class={classes!("keys-page", props.open.is_some().then_some("open"))}>
            <section class="panel" aria-label="Keys">
                <div class="search">
                    <label for="search">{"Search Kafka's keys"}</label>
                    <input id="search" ref={field} type="search" {oninput} placeholder="segment.bytes" autocomplete="off" spellcheck="false" />
                    <label for="of">{"of"}</label>
                    <select id="of" {onchange}>
                        <option value="" selected={of.is_none()}>{"every component"}</option>
                        { for components().map(|component| html! { <option value={component.name()} selected={*of == Some(component)}>{component.name()}</option> }) }
                    </select>
                </div>
                { found(&query, *of, *shown, props.open.as_ref(), more) }
            </section>
            <section class="panel" aria-label="History">
                { match &props.open {
                    Some((component, key)) => html! { <KeyHistory component={*component} name={key.clone()} /> },
                    None => html! { <KeyChanges from={props.from} to={props.to} /> },
                } }
            </section>
        </div>
    }
}

/// Every component, those with names of their own first.
fn components() -> impl Iterator<Item = Component> {
    let transforms = catalog::components().filter(|component| !Component::ALL.contains(component));
    Component::ALL.iter().copied().chain(transforms)
}

fn found(
    query: &str,
    of: Option<Component>,
    shown: usize,
    open: Option<&(Component, String)>,
    more: Callback<MouseEvent>,
) -> Html {
    let query = query.trim().to_lowercase();
    let hits: Vec<_> = components()
        .filter(|component| of.is_none_or(|of| of == *component))
        .flat_map(|component| {
            catalog::keys()
                .filter(|key| key.contains(&query))
                .filter(move |key| catalog::history(component, key).next().is_some())
                .map(move |key| (component, key))
        })
        .collect();
    if hits.is_empty() {
        return html! { <p class="quiet-note">{format!("No release from {} to {} has a key with “{query}” in its name.", catalog::oldest(), catalog::newest())}</p> };
    }
    html! {
        <>
            <ul class="key-list">
                { for hits.iter().take(shown).map(|(component, key)| {
                    let here = open.is_some_and(|(c, k)| c == component && k == key);
                    html! {
                        <li key={format!("{component}/{key}")}>
                            <a href={format!("#/key/{component}/{key}")} aria-current={here.then_some("true")}>
                                <code>{ breakable(key) }</code><span class="faint">{component.name()}</span>
                            </a>
                        </li>
                    }
                }) }
            </ul>
            if hits.len() > shown {
                <p class="row center"><button class="btn" onclick={more}>{format!("Show more of {}", hits.len())}</button></p>
            }
        </>
    }
}
