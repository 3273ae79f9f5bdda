//! How the cluster is run: detected, or chosen by the reader.

use kafka_upgrade_protocol::Facts;
use kafka_upgrade_report::{Detected, Report};
use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Html, TargetCast, html};

use crate::shared::Shared;
use crate::state::Action;
use crate::texts::path as words;

/// The platform that the plan is for, where something that was pasted shows it.
pub(crate) fn seen(report: &Report) -> Option<&str> {
    let platform = report.plan.platform.as_str();
    let shown = |seen: &&Detected| seen.what == "platform" && seen.value == platform;
    report.path.detected.iter().find(shown).map(|seen| seen.value.as_str())
}

/// The menu. `seen` is what counts while nothing is chosen; without it Kafka's own scripts on machines do.
pub(crate) fn choice(
    id: &'static str,
    by_hand: Option<&AttrValue>,
    seen: Option<&str>,
    facts: Option<&Shared<Facts>>,
    send: &Callback<Action>,
) -> Html {
    let onchange = send.reform(|event: yew::Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        Action::SetPlatform(value.filter(|value| !value.is_empty()).map(AttrValue::from))
    });
    let all = || facts.into_iter().flat_map(|facts| facts.platforms.iter());
    let unset = match (by_hand, seen.and_then(|seen| all().find(|(name, _)| name == seen))) {
        (Some(_), _) => words::DETECTED.to_owned(),
        (None, Some((_, title))) => words::seen(title),
        (None, None) => words::SCRIPTS.to_owned(),
    };
    html! {
        <select {id} {onchange}>
            <option value="" selected={by_hand.is_none()}>{unset}</option>
            { for all().map(|(name, title)| html! {
                <option value={name.clone()} selected={by_hand.is_some_and(|chosen| **chosen == **name)}>{title.clone()}</option>
            }) }
        </select>
    }
}
