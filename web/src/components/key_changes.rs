//! What changes from one release to another: rules that are crossed and keys, each to be ticked off. Its address,
//! `#/compare/A/B`, names both.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_protocol::{Answer, Question};
use kafka_upgrade_report::Severity;
use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, component, html};

use crate::components::reference::reference;
use crate::components::rich::rich;
use crate::shell::{use_answer, use_facts};
use crate::state::Action;
use crate::texts::reference as words;
use crate::ticks;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// From nowhere: from the newest release of the major before.
    pub(crate) from: Option<AttrValue>,
    /// To nowhere: to the newest.
    pub(crate) to: Option<AttrValue>,
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn KeyChanges(props: &Props) -> Html {
    let name = |release: &Option<AttrValue>| release.as_ref().map(AttrValue::to_string);
    let answer = use_answer(Question::Changes { from: name(&props.from), to: name(&props.to) });
    let facts = use_facts();
    let Some(Answer::Changes(changes)) = answer.as_deref() else { return html! {} };
    let (from, to) = (changes.from.as_str(), changes.to.as_str());
    let tick = |name: &str| ticks::compared(from, to, name);
    let rules = changes.rules.iter().map(|rule| tick(&rule.id));
    let all: Vec<AttrValue> = rules
        .chain(changes.components.iter().flat_map(|(of, keys)| {
            keys.iter().map(move |(key, _)| ticks::compared(from, to, &format!("{of} {key}")))
        }))
        .collect();
    let done = all.iter().filter(|tick| props.ticked.contains(*tick)).count();
    let boxed = |tick: AttrValue, name: &str| {
        let checked = props.ticked.contains(&tick);
        let onchange = props.send.reform(move |_| Action::Tick(tick.clone()));
        html! { <input type="checkbox" {checked} {onchange} aria-label={words::tick(name)} /> }
    };
    let menu = |id: &'static str,
                label: &str,
                chosen: &str,
                address: fn(&str, &str) -> String,
                other: &str| {
        let other = other.to_owned();
        let onchange = Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                // An address that the browser does not take leaves what is shown.
                let _ = gloo::utils::window().location().set_hash(&address(&select.value(), &other));
            }
        });
        let releases = facts.iter().flat_map(|facts| &facts.releases);
        html! {
            <label>{label.to_owned()}{" "}<select {id} {onchange}>{ for releases.map(|(release, _)| html! { <option value={release.clone()} selected={release == chosen}>{release.clone()}</option> }) }</select></label>
        }
    };
    let minor = |release: &str| release.rsplit_once('.').map_or(String::new(), |(minor, _)| minor.to_owned());
    html! {
        <div class="history">
            <h2>{words::what_changes(from, to)}</h2>
            <div class="row">
                { menu("compare-from", words::FROM, from, |from, to| format!("#/compare/{from}/{to}"), to) }
                { menu("compare-to", words::TO, to, |to, from| format!("#/compare/{from}/{to}"), from) }
                <a href={format!("#/compare/{from}/{to}")}>{words::ADDRESS}</a>
                { reference("releases", &minor(to), &words::what_minor_brings(&minor(to))) }
            </div>
            <p><span id="looked-at">{words::looked_at(done, all.len())}</span>{words::TICKS}</p>
            { for Severity::ALL.into_iter().map(|severity| {
                let of: Vec<_> = changes.rules.iter().filter(|rule| rule.severity == severity).collect();
                if of.is_empty() { return html! {} }
                html! {
                    <details key={severity.name()} open={true}>
                        <summary>{format!("{} {}", severity.sign(), severity.heading())}<span class="n">{of.len()}</span></summary>
                        <ul class="changes">{ for of.into_iter().map(|rule| html! {
                            <li key={rule.id.clone()}>{ boxed(tick(&rule.id), &rule.id) }<span><a href={format!("#/rules/{}", rule.id)}>{ rich(&rule.title) }</a>{words::since(&rule.since)}</span></li>
                        }) }</ul>
                    </details>
                }
            }) }
            { for changes.components.iter().map(|(component, keys)| html! {
                <details key={component.clone()} open={component == "broker"}>
                    <summary>{words::keys_of(component)}<span class="n">{keys.len()}</span></summary>
                    <ul class="changes">
                        { for keys.iter().map(|(key, became)| html! {
                            <li key={key.clone()}>{ boxed(tick(&format!("{component} {key}")), key) }<span><a href={format!("#/key/{component}/{key}")}><code>{key}</code></a>{" "}{became}</span></li>
                        }) }
                    </ul>
                </details>
            }) }
        </div>
    }
}
