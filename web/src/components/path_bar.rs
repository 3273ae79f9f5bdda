//! From where to where, how the cluster keeps its metadata, what else runs: what was detected, and what the reader
//! says.

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{Detected, Mode, Path};
use kafka_upgrade_rules::SAID;
use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback};

use crate::components::rich::Rich;
use crate::components::running::Running;
use crate::state::Action;
use crate::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Set by hand.
    pub(crate) from: Option<Release>,
    pub(crate) to: Release,
    /// Set by hand.
    pub(crate) mode: Option<Mode>,
    /// The way as it was checked, with what was detected.
    pub(crate) path: Option<Path>,
    /// What the reader says that runs.
    pub(crate) have: Vec<AttrValue>,
    /// What files say that runs.
    pub(crate) running: Vec<Detected>,
    pub(crate) send: Callback<Action>,
}

impl Props {
    /// Of several that were detected the one that counts, which is the one that was checked.
    fn detected(&self, what: &str) -> Option<&Detected> {
        let path = self.path.as_ref()?;
        let counts = match what {
            "from" => path.from.as_deref(),
            _ => path.mode.map(|mode| if mode == Mode::Kraft { "kraft" } else { "zookeeper" }),
        };
        let mut seen = path.detected.iter().filter(|detected| detected.what == what);
        seen.clone().find(|seen| Some(seen.value.as_str()) == counts).or_else(|| seen.next())
    }
}

#[component]
pub(crate) fn PathBar(props: &Props) -> Html {
    let chosen = |event: &yew::Event| -> Option<Release> {
        event.target_dyn_into::<HtmlSelectElement>()?.value().parse().ok()
    };
    let set_from = use_callback(props.send.clone(), move |event: yew::Event, send| {
        send.emit(Action::SetFrom(chosen(&event)))
    });
    let set_to = use_callback(props.send.clone(), move |event: yew::Event, send| {
        if let Some(to) = chosen(&event) {
            send.emit(Action::SetTo(to));
        }
    });
    html! {
        <section class="path" aria-label="Upgrade path">
            <div class="field">
                <label for="from">{"From"}</label>
                <select id="from" onchange={set_from}>{ from_options(props) }</select>
                { hint("from", props.from.is_some(), props.detected("from"), "what runs now is not known", Action::SetFrom(None), &props.send) }
            </div>
            <span class="arrow" aria-hidden="true">{"→"}</span>
            <div class="field">
                <label for="to">{"To"}</label>
                <select id="to" onchange={set_to}>
                    { for catalog::releases().rev().map(|release| option(release, release == props.to)) }
                </select>
                <small>{ newest_of(props.to) }</small>
            </div>
            <div class="field">
                <span class="label" id="mode">{"Metadata in"}</span>
                <div class="seg" role="group" aria-labelledby="mode">
                    { for [Mode::Zookeeper, Mode::Kraft].map(|mode| mode_button(mode, props)) }
                </div>
                { hint("mode", props.mode.is_some(), props.detected("mode"), "not known", Action::SetMode(None), &props.send) }
            </div>
            <Running have={props.have.clone()} seen={props.running.clone()} send={props.send.clone()} />
        </section>
    }
}

fn from_options(props: &Props) -> Html {
    let unset = match props.detected("from") {
        Some(said) if said.path == SAID => format!("{} (said)", said.value),
        Some(seen) => format!("{} (seen)", seen.value),
        None => "not known".to_owned(),
    };
    html! {
        <>
            <option value="" selected={props.from.is_none()}>{unset}</option>
            { for catalog::releases().rev().map(|release| option(release, props.from == Some(release))) }
        </>
    }
}

fn option(release: Release, selected: bool) -> Html {
    html! { <option value={release.to_string()} {selected}>{release.to_string()}</option> }
}

fn mode_button(mode: Mode, props: &Props) -> Html {
    let now = props.mode.map(words::mode).or_else(|| {
        let kraft = props.detected("mode")?.value == "kraft";
        Some(words::mode(if kraft { Mode::Kraft } else { Mode::Zookeeper }))
    });
    let pressed = now == Some(words::mode(mode));
    let onclick = props.send.reform(move |_| Action::SetMode(Some(mode)));
    html! { <button {onclick} aria-pressed={pressed.to_string()}>{words::mode(mode)}</button> }
}

/// Where a value comes from; where the reader set it, the way back to what was seen.
fn hint(
    what: &str,
    by_hand: bool,
    seen: Option<&Detected>,
    unknown: &str,
    back: Action,
    send: &Callback<Action>,
) -> Html {
    if by_hand {
        let onclick = send.reform(move |_| back.clone());
        let way_back = match seen {
            Some(_) => "use what was seen",
            None => "forget",
        };
        return html! { <small>{"set by you · "}<button class="link" id={format!("back-{what}")} {onclick}>{way_back}</button></small> };
    }
    match seen {
        Some(seen) => {
            let text: AttrValue = if seen.path == SAID {
                "you said so".into()
            } else {
                format!("{}, {} line {}", seen.because, seen.path, seen.line).into()
            };
            html! { <small><Rich {text} /></small> }
        }
        None => html! { <small>{unknown.to_owned()}</small> },
    }
}

fn newest_of(release: Release) -> String {
    if release == catalog::newest() {
        return "the newest release".into();
    }
    let newest = catalog::minors().any(|newest| newest == release);
    let which = if newest { "newest patch" } else { "not the newest patch" };
    format!("{which} of {}.{}", release.major, release.minor)
}
