//! Which keys change from one release to another, by component.

use kafka_upgrade_catalog::{self as catalog, Component, Release};
use yew::{Html, Properties, component, html};

use crate::facts::{default, takes};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// From nowhere: from the newest release of the major before.
    pub(crate) from: Option<Release>,
    pub(crate) to: Release,
}

#[component]
pub(crate) fn KeyChanges(props: &Props) -> Html {
    let (from, to) = (props.from, props.to);
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
