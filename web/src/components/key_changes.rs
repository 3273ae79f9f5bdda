//! Which keys change from one release to another, by component.

use kafka_upgrade_protocol::{Answer, Question};
use yew::{AttrValue, Html, Properties, component, html};

use crate::shell::use_answer;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// From nowhere: from the newest release of the major before.
    pub(crate) from: Option<AttrValue>,
    /// To nowhere: to the newest.
    pub(crate) to: Option<AttrValue>,
}

#[component]
pub(crate) fn KeyChanges(props: &Props) -> Html {
    let name = |release: &Option<AttrValue>| release.as_ref().map(AttrValue::to_string);
    let answer = use_answer(Question::Changes { from: name(&props.from), to: name(&props.to) });
    let Some(Answer::Changes(changes)) = answer.as_deref() else { return html! {} };
    html! {
        <div class="history">
            <h2>{format!("What changes from {} to {}", changes.from, changes.to)}</h2>
            <p>{"By component; open a key for its whole history."}</p>
            { for changes.components.iter().map(|(component, keys)| html! {
                <details key={component.clone()} open={component == "broker"}>
                    <summary>{component}<span class="n">{keys.len()}</span></summary>
                    <ul class="changes">
                        { for keys.iter().map(|(key, became)| html! {
                            <li><a href={format!("#/key/{component}/{key}")}><code>{key}</code></a>{" "}<span>{became}</span></li>
                        }) }
                    </ul>
                </details>
            }) }
        </div>
    }
}
