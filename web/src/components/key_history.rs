//! What became of one key over all releases.

use kafka_upgrade_catalog::{self as catalog, Component, Release};
use yew::{Html, Properties, component, html};

use crate::components::rich::breakable;
use crate::facts::{default, takes, update};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) component: Component,
    /// The key.
    pub(crate) name: String,
}

#[component]
pub(crate) fn KeyHistory(props: &Props) -> Html {
    let (component, key) = (props.component, props.name.as_str());
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
            <h2><code>{ breakable(key) }</code></h2>
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

fn span(first: Release, last: Release) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}
