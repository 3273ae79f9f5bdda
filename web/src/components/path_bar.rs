//! The path as one calm line, which is read far more often than it is changed; its form unfolds on Change.

use kafka_upgrade_protocol::{Facts, STATED, Thing};
use kafka_upgrade_report::{Detected, Mode, Path};
use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Html, Properties, TargetCast, component, html};

use crate::components::platform;
use crate::components::rich::rich;
use crate::components::running::Running;
use crate::shared::Shared;
use crate::shell::use_facts;
use crate::state::Action;
use crate::texts::{self, path as words};

/// How many of the things that were seen are named in the line.
const SEEN: usize = 4;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Set by hand.
    pub(crate) from: Option<AttrValue>,
    /// Set by hand, or the newest.
    pub(crate) to: AttrValue,
    /// Set by hand.
    pub(crate) mode: Option<Mode>,
    /// Set by hand.
    pub(crate) platform: Option<AttrValue>,
    /// How the cluster is run, as it was checked: what the plan is for.
    pub(crate) runs_on: AttrValue,
    /// The path as it was checked, with what was detected.
    pub(crate) path: Option<Path>,
    /// What runs, as the reader stated it.
    pub(crate) have: Vec<Thing>,
    /// What runs, as detected in files.
    pub(crate) running: Vec<Detected>,
    /// Whether the form is unfolded.
    pub(crate) open: bool,
    pub(crate) send: Callback<Action>,
}

impl Props {
    /// Of several that were detected the one that counts, which is the one that was checked.
    fn detected(&self, what: &str) -> Option<&Detected> {
        let path = self.path.as_ref()?;
        let counts = match what {
            "from" => path.from.as_deref(),
            "platform" => Some(&*self.runs_on),
            _ => path.mode.map(Mode::name),
        };
        let mut seen = path.detected.iter().filter(|detected| detected.what == what);
        seen.clone().find(|seen| Some(seen.value.as_str()) == counts).or_else(|| seen.next())
    }

    /// The release that runs, as it is set or seen.
    fn runs(&self) -> Option<String> {
        self.from.as_ref().map(AttrValue::to_string).or_else(|| self.path.as_ref()?.from.clone())
    }

    fn mode(&self) -> Option<Mode> {
        self.mode.or(self.path.as_ref().and_then(|path| path.mode))
    }
}

#[component]
pub(crate) fn PathBar(props: &Props) -> Html {
    let facts = use_facts();
    let toggle = {
        let (open, send) = (props.open, props.send.clone());
        Callback::from(move |_| send.emit(Action::UnfoldPath(!open)))
    };
    let seen: Vec<_> = props.running.iter().map(|one| texts::versioned(&one.what, &one.value)).collect();
    let aside = words::also_seen(seen.get(..SEEN).unwrap_or(&seen), seen.len().saturating_sub(SEEN));
    html! {
        <section class="path" aria-label={words::PATH}>
            <div class="line-of">
                <span class="now">{ now(props) }</span>
                <span class="src">{ source(props) }</span>
                <span aria-hidden="true">{"→"}</span><span class="visually-hidden">{words::TO}</span>
                <b>{props.to.to_string()}</b><span class="src">{age(facts.as_ref(), &props.to)}</span>
                <button id="change" class="link" onclick={toggle} aria-expanded={props.open.to_string()} aria-controls="path-form">{ if props.open { words::DONE } else { words::CHANGE } }</button>
                <span class="aside" title={seen.join(", ")}>{aside}</span>
            </div>
            if props.open { { form(props, facts.as_ref()) } }
        </section>
    }
}

fn now(props: &Props) -> Html {
    let release = props.runs();
    match (release, props.mode()) {
        (Some(release), Some(mode)) => html! { <><b>{release}</b>{words::ON}<b>{mode.title()}</b></> },
        (Some(release), None) => html! { <b>{release}</b> },
        (None, Some(mode)) => html! { <><b>{words::NOT_SEEN}</b>{words::ON}<b>{mode.title()}</b></> },
        (None, None) => html! { <b>{words::NOT_SEEN}</b> },
    }
}

/// Where release and mode come from, in a few words.
fn source(props: &Props) -> String {
    if props.from.is_some() {
        return words::SET.into();
    }
    match (props.detected("from"), props.detected("mode")) {
        (None, _) => words::NO_FILE.into(),
        (Some(from), _) if from.path == STATED => words::STATED.into(),
        (Some(from), Some(mode)) if mode.path == from.path && mode.line != from.line => {
            let (low, high) = (from.line.min(mode.line), from.line.max(mode.line));
            words::in_lines(&from.path, low, high)
        }
        (Some(from), _) => words::in_line(&from.path, from.line),
    }
}

/// How new a release is, in a few words.
fn age(facts: Option<&Shared<Facts>>, release: &str) -> String {
    let known = facts.and_then(|facts| facts.releases.iter().find(|(name, _)| name == release));
    known.map(|(_, age)| age.clone()).unwrap_or_default()
}

fn form(props: &Props, facts: Option<&Shared<Facts>>) -> Html {
    let chosen = |event: &yew::Event| -> Option<AttrValue> {
        let value = event.target_dyn_into::<HtmlSelectElement>()?.value();
        (!value.is_empty()).then(|| value.into())
    };
    let set_from = props.send.reform(move |event: yew::Event| Action::SetFrom(chosen(&event)));
    let (send, seen) = (props.send.clone(), props.detected("platform"));
    let set_to = Callback::from(move |event: yew::Event| {
        if let Some(to) = chosen(&event) {
            send.emit(Action::SetTo(Some(to)));
        }
    });
    html! {
        <div class="path-form" id="path-form">
            <div class="field">
                <label for="from">{words::FROM}</label>
                <select id="from" onchange={set_from}>{ from_options(props, facts) }</select>
                { hint("from", props.from.is_some(), props.detected("from"), words::FROM_UNKNOWN, Action::SetFrom(None), &props.send) }
            </div>
            <div class="field">
                <label for="to">{words::TARGET}</label>
                <select id="to" onchange={set_to}>
                    { for releases(facts).map(|release| option(release, *release == *props.to)) }
                </select>
                if facts.is_none_or(|facts| facts.newest() == &*props.to) {
                    <small>{words::NEWEST}</small>
                } else {
                    <small>{words::aged(&age(facts, &props.to))}<button class="link" id="back-to" onclick={props.send.reform(|_| Action::SetTo(None))}>{words::NEWEST}</button></small>
                }
            </div>
            <div class="field">
                <span class="label" id="mode">{words::METADATA}</span>
                <div class="seg" role="group" aria-labelledby="mode">
                    { for [Mode::Zookeeper, Mode::Kraft].map(|mode| {
                        let onclick = props.send.reform(move |_| Action::SetMode(Some(mode)));
                        html! { <button {onclick} aria-pressed={(props.mode() == Some(mode)).to_string()}>{mode.title()}</button> }
                    }) }
                </div>
                { hint("mode", props.mode.is_some(), props.detected("mode"), words::NOT_KNOWN, Action::SetMode(None), &props.send) }
            </div>
            <div class="field">
                <label for="platform">{words::RUN_BY}</label>
                { platform::choice("platform", props.platform.as_ref(), seen.map(|seen| seen.value.as_str()), facts, &props.send) }
                { hint("platform", props.platform.is_some(), seen, words::NO_PLATFORM, Action::SetPlatform(None), &props.send) }
            </div>
            <Running have={props.have.clone()} seen={props.running.clone()} send={props.send.clone()} />
        </div>
    }
}

fn releases(facts: Option<&Shared<Facts>>) -> impl Iterator<Item = &String> {
    facts.into_iter().flat_map(|facts| facts.releases.iter().map(|(name, _)| name))
}

fn from_options(props: &Props, facts: Option<&Shared<Facts>>) -> Html {
    let unset = match props.detected("from") {
        Some(stated) if stated.path == STATED => words::stated(&stated.value),
        Some(seen) => words::seen(&seen.value),
        None => words::NOT_KNOWN.to_owned(),
    };
    html! {
        <>
            <option value="" selected={props.from.is_none()}>{unset}</option>
            { for releases(facts).map(|release| option(release, props.from.as_deref() == Some(release))) }
        </>
    }
}

fn option(release: &str, selected: bool) -> Html {
    html! { <option value={release.to_owned()} {selected}>{release.to_owned()}</option> }
}

/// Where a value comes from; where the reader set it, a button that returns to what was detected.
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
        let label = if seen.is_some() { words::BACK } else { words::FORGET };
        return html! { <small>{words::SET_AND}<button class="link" id={format!("back-{what}")} {onclick}>{label}</button></small> };
    }
    match seen {
        Some(seen) if seen.path == STATED => html! { <small>{words::STATED}</small> },
        Some(seen) => {
            html! { <small>{ rich(&words::because(&seen.because, &seen.path, seen.line)) }</small> }
        }
        None => html! { <small>{unknown.to_owned()}</small> },
    }
}
