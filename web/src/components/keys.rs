//! Any key and what became of it over all releases; and which keys change on the way.

use kafka_upgrade_catalog::{self as catalog, Bound, Component, Default, Definition, Release, Validator};
use web_sys::HtmlInputElement;
use yew::{
    Html, InputEvent, Properties, TargetCast, classes, component, html, use_effect_with, use_node_ref,
    use_state_eq,
};

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
                    Some((component, key)) => history(*component, key),
                    None => changes(props.from, props.to),
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
                                <code>{*key}</code><span class="faint">{component.name()}</span>
                            </a>
                        </li>
                    }
                }) }
            </ul>
            if hits.len() > MOST { <p class="quiet-note">{"There are more; type a longer part of the name."}</p> }
        </>
    }
}

fn history(component: Component, key: &str) -> Html {
    let eras: Vec<_> = catalog::history(component, key).collect();
    let (Some(first), Some(last)) = (eras.first(), eras.last()) else {
        return html! { <p class="quiet-note">{format!("No known release has {key} as a key of {component}.")}</p> };
    };
    let oldest = first.first == catalog::facts_of(catalog::oldest());
    let came =
        if oldest { format!("in {} and before", first.first) } else { format!("from {}", first.first) };
    let gone = if last.last == catalog::newest() {
        "to the newest release".to_owned()
    } else {
        format!("until {}", last.last)
    };
    let deprecated = eras.iter().any(|era| era.definition.deprecated);
    let dynamic = eras.iter().any(|era| era.definition.dynamic.is_some());
    html! {
        <div class="history">
            <h2><code>{key}</code></h2>
            <p>{format!("A key of {component}, {came}, {gone}.")}</p>
            { borrowed(component, key) }
            <div class="scroll"><table>
                <caption>{"What each release says of it"}</caption>
                <thead><tr><th scope="col">{"Releases"}</th><th scope="col">{"Type"}</th><th scope="col">{"Default"}</th><th scope="col">{"Takes"}</th>if dynamic { <th scope="col">{"A running broker"}</th> }if deprecated { <th scope="col">{"Says"}</th> }</tr></thead>
                <tbody>
                    { for eras.iter().rev().map(|era| html! {
                        <tr>
                            <th scope="row">{ span(era.first, era.last) }</th>
                            <td>{format!("{:?}", era.definition.value_type).to_lowercase()}</td>
                            <td>{ default(&era.definition) }</td>
                            <td>{ takes(era.definition.validator) }</td>
                            if dynamic { <td>{ update(&era.definition) }</td> }
                            if deprecated { <td>{ if era.definition.deprecated { "deprecated" } else { "" } }</td> }
                        </tr>
                    }) }
                </tbody>
            </table></div>
        </div>
    }
}

/// Releases that do not publish the part that a key belongs to, and whose word stands in.
fn borrowed(component: Component, key: &str) -> Html {
    let recorded = catalog::releases().filter(|release| catalog::facts_of(*release) == *release);
    let borrowed: Vec<_> = recorded
        .filter_map(|release| {
            let from = catalog::definition(component, key, release)?.facts_from;
            (from != release).then(|| format!("{release} (from {from})"))
        })
        .collect();
    if borrowed.is_empty() {
        return html! {};
    }
    let releases = borrowed.join(", ");
    html! { <p class="faint">{format!("Not published for every release; a neighbour's word stands in for {releases}.")}</p> }
}

fn changes(from: Option<Release>, to: Release) -> Html {
    let before = catalog::minors().filter(|release| release.major < to.major).last();
    let from = from.or(before).unwrap_or_else(catalog::oldest);
    let components = catalog::components().filter_map(|component| {
        let changes: Vec<_> = catalog::changes(component, from, to).collect();
        (!changes.is_empty()).then_some((component, changes))
    });
    html! {
        <div class="history">
            <h2>{format!("What changes from {from} to {to}")}</h2>
            <p>{"By component; open a key for its whole history."}</p>
            { for components.map(|(component, changes)| html! {
                <details key={component.name()} open={component == Component::BROKER}>
                    <summary>{component.name()}<span class="n">{changes.len()}</span></summary>
                    <ul class="changes">
                        { for changes.iter().map(|change| html! {
                            <li><a href={format!("#/key/{component}/{}", change.key)}><code>{change.key}</code></a>{" "}<span>{ became(change) }</span></li>
                        }) }
                    </ul>
                </details>
            }) }
        </div>
    }
}

/// What became of a key, in a few words.
fn became(change: &catalog::Change) -> String {
    match (&change.before, &change.after) {
        (None, _) => "is new".into(),
        (_, None) => "is gone".into(),
        (Some(before), Some(after)) if before.default != after.default => {
            format!("default {} → {}", default(before), default(after))
        }
        (Some(before), Some(after)) if before.deprecated != after.deprecated => "is deprecated".into(),
        (Some(before), Some(after)) if before.validator != after.validator => {
            let (was, is) = (takes(before.validator), takes(after.validator));
            if was == is { "is checked differently".into() } else { format!("takes {is}, took {was}") }
        }
        (Some(before), Some(after)) if before.value_type != after.value_type => {
            format!("type {:?} → {:?}", before.value_type, after.value_type).to_lowercase()
        }
        _ => "changes in a detail".into(),
    }
}

fn span(first: Release, last: Release) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

fn default(definition: &Definition) -> String {
    match definition.default {
        Default::Required => "has to be set".into(),
        Default::Null => "null".into(),
        Default::Text("") => "empty".into(),
        Default::Text(text) => text.replace(',', ", "),
    }
}

fn update(definition: &Definition) -> &'static str {
    match definition.dynamic {
        None => "",
        Some(catalog::UpdateMode::ReadOnly) => "restarts for it",
        Some(catalog::UpdateMode::PerBroker) => "takes it, broker by broker",
        Some(catalog::UpdateMode::ClusterWide) => "takes it, for the cluster",
    }
}

/// What a validator takes, in words.
fn takes(validator: &Validator) -> String {
    let list = |texts: &[&str]| texts.join(", ");
    match validator {
        Validator::None => "all of its type".into(),
        Validator::Range(Some(low), Some(high)) => format!("{} to {}", bound(low), bound(high)),
        Validator::Range(Some(low), None) => format!("{} or more", bound(low)),
        Validator::Range(None, Some(high)) => format!("{} or less", bound(high)),
        Validator::Range(None, None) | Validator::NonNull => "anything".into(),
        Validator::In(texts) => list(texts),
        Validator::InIgnoringCase(texts) => format!("{}, in any case", list(texts)),
        Validator::ListIn { allowed, empty, .. } => {
            let of =
                if allowed.is_empty() { "a list".to_owned() } else { format!("a list of {}", list(allowed)) };
            if *empty == Some(false) { format!("{of}, not empty") } else { of }
        }
        Validator::NonEmpty => "anything but an empty text".into(),
        Validator::NonEmptyWithoutControlCharacters => "a text without control characters, not empty".into(),
        Validator::ListSize(size) => format!("a list of at most {size}"),
        Validator::All(all) => {
            all.iter().map(takes).filter(|words| words != "anything").collect::<Vec<_>>().join("; ")
        }
        Validator::Code(_) => "what its own code accepts".into(),
    }
}

fn bound(bound: &Bound) -> String {
    match bound {
        Bound::Whole(number) => number.to_string(),
        Bound::Double(number) => number.to_string(),
    }
}
