//! What is missing for a verdict, asked in the answer's place: as buttons, why it is asked, how to find out.

use kafka_upgrade_report::{Mode, Report};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::components::rich::rich;
use crate::shared::Shared;
use crate::shell::use_facts;
use crate::state::Action;
use crate::texts::verdict as texts;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Ask(props: &Props) -> Html {
    let common = use_facts().map(|facts| facts.common.clone()).unwrap_or_default();
    let path = &props.report.path;
    let another = props.send.reform(|_| Action::UnfoldPath(true));
    let release = path.from.is_none().then(|| {
        html! {
            <li id="ask-from">
                <h2>{texts::ASK_RELEASE}</h2>
                <p>{texts::ASK_RELEASE_WHY}</p>
                <div class="pick">
                    { for common.into_iter().map(|release| {
                        let short = release.rsplit_once('.').map_or(release.as_str(), |(minor, _)| minor).to_owned();
                        let release = AttrValue::from(release);
                        let onclick = props.send.reform(move |_| Action::SetFrom(Some(release.clone())));
                        html! { <button class="btn" {onclick}>{short}</button> }
                    }) }
                    <button class="btn" onclick={another}>{texts::ANOTHER}</button>
                </div>
                <p>{ rich(texts::ASK_RELEASE_HOW) }</p>
            </li>
        }
    });
    let mode =
        (path.mode.is_none() && path.from.as_deref().is_none_or(|from| !from.starts_with("4."))).then(|| {
            html! {
                <li id="ask-mode">
                    <h2>{texts::ASK_MODE}</h2>
                    <p>{ rich(texts::ASK_MODE_WHY) }</p>
                    <div class="pick">
                        { for [Mode::Zookeeper, Mode::Kraft].map(|mode| {
                            let onclick = props.send.reform(move |_| Action::SetMode(Some(mode)));
                            html! { <button class="btn" {onclick}>{mode.title()}</button> }
                        }) }
                    </div>
                </li>
            }
        });
    html! {
        <section class="panel" aria-label={texts::MISSING}><ol class="ask">{release}{mode}</ol></section>
    }
}
