//! Searching Kafka's keys. Beside the search: the history of the key that is open, or what changes on the way.

use kafka_upgrade_catalog::{self as catalog, Component, Release};
use web_sys::HtmlInputElement;
use yew::{
    Html, InputEvent, Properties, TargetCast, classes, component, html, use_effect_with, use_node_ref,
    use_state_eq,
};

use crate::components::key_changes::KeyChanges;
use crate::components::key_history::KeyHistory;

/// How many keys are listed at most.
const MOST: usize = 60;

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
    let field = use_node_ref();
    use_effect_with(field.clone(), |field| {
        if let Some(field) = field.cast::<HtmlInputElement>() {
            // Without the focus the reader clicks once more.
            let _ = field.focus();
        }
    });
    let oninput = {
        let query = query.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value());
            }
        }
    };
    html! {
        <div class={classes!("keys-page", props.open.is_some().then_some("open"))}>
            <section class="panel" aria-label="Keys">
                <div class="search">
                    <label for="search">{"Search Kafka's keys"}</label>
                    <input id="search" ref={field} type="search" {oninput} placeholder="segment.bytes" autocomplete="off" spellcheck="false" />
                </div>
                { found(&query, props.open.as_ref()) }
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

fn found(query: &str, open: Option<&(Component, String)>) -> Html {
    let query = query.trim().to_lowercase();
    let smts = || catalog::components().filter(|component| !Component::ALL.contains(component));
    let places = || {
        Component::ALL.iter().copied().chain(smts()).flat_map(|component| {
            catalog::keys()
                .filter(move |key| catalog::history(component, key).next().is_some())
                .map(move |key| (component, key))
        })
    };
    let hits: Vec<_> =
        places().filter(|(_, key)| query.is_empty() || key.contains(&query)).take(MOST + 1).collect();
    if hits.is_empty() {
        return html! { <p class="quiet-note">{format!("No release from {} to {} has a key with “{query}” in its name.", catalog::oldest(), catalog::newest())}</p> };
    }
    html! {
        <>
            <ul class="key-list">
                { for hits.iter().take(MOST).map(|(component, key)| {
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
            if hits.len() > MOST { <p class="quiet-note">{"There are more; type a longer part of the name."}</p> }
        </>
    }
}

/// A key that breaks after its dots where it has to break.
fn breakable(key: &str) -> Html {
    key.split_inclusive('.').map(|part| html! { <>{part}<wbr /></> }).collect()
}
