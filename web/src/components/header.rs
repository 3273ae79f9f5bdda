//! The ends of the page: name and promise above, where the facts come from below.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;
use yew::{Callback, Html, Properties, component, html};

use crate::age;
use crate::components::reference::is_alone;
use crate::shell::use_facts;
use crate::state::{Action, Dialog, Screen};
use crate::texts::frame as texts;

#[wasm_bindgen]
extern "C" {
    /// `light`, `dark` or `system`. `web/static/look.js` keeps and changes it.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = theme)]
    fn theme() -> String;
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) screen: Screen,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Header(props: &Props) -> Html {
    let promise = props.send.reform(|_| Action::SetDialog(Some(Dialog::Promise)));
    let keyboard = props.send.reform(|_| Action::SetDialog(Some(Dialog::Keyboard)));
    let export = props.send.reform(|_| Action::SetDialog(Some(Dialog::Export)));
    let current = |here: bool| here.then_some("page");
    html! {
        <header class="bar">
            <a class="skip" href="#verdict" onclick={Callback::from(|event: yew::MouseEvent| skip(&event))}>{texts::SKIP}</a>
            <a class="brand" href="#/">{texts::NAME}</a>
            <button id="promise" class="btn quiet private" onclick={promise}>
                <span class="dot" aria-hidden="true">{"●"}</span><span class="long">{texts::PROMISE}</span><span class="short">{texts::PROMISE_SHORT}</span>
            </button>
            <nav class="end" aria-label={texts::PAGES}>
                <a class="btn quiet roomy" href="#/" aria-current={current(props.screen == Screen::Check)}>{texts::CHECK}</a>
                <a class="btn quiet roomy" href="#/keys" aria-current={current(matches!(props.screen, Screen::Keys(_) | Screen::Compare(..)))}>{texts::KEYS}</a>
                <a class="btn quiet roomy" href="#/rules" aria-current={current(matches!(props.screen, Screen::Rules(_)))}>{texts::RULES}</a>
                <button id="export" class="btn" onclick={export} aria-label={texts::EXPORT}>
                    <span class="long">{texts::EXPORT}</span><span class="short">{texts::EXPORT_SHORT}</span>
                </button>
                <button class="btn quiet wide-only" onclick={keyboard} aria-label={texts::KEYBOARD}>{"?"}</button>
            </nav>
        </header>
    }
}

/// The address names the screen, so the jump is made here.
fn skip(event: &yew::MouseEvent) {
    event.prevent_default();
    let document = gloo::utils::document();
    let target = ["verdict", "paste", "search"].into_iter().find_map(|id| document.get_element_by_id(id));
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        // What takes no focus is scrolled to all the same.
        let _ = target.focus();
    }
}

/// Below everything.
#[derive(Properties, PartialEq)]
pub(crate) struct FootProps {
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Footer(props: &FootProps) -> Html {
    let verify = props.send.reform(|_| Action::SetDialog(Some(Dialog::Promise)));
    let facts = use_facts();
    let of = facts
        .as_ref()
        .filter(|facts| !facts.releases.is_empty())
        .map(|facts| texts::facts_of(&facts.oldest, facts.newest(), facts.date.as_deref()));
    let of = of.unwrap_or_default();
    let old = facts.as_ref().and_then(|facts| age::old(facts));
    let theme = theme();
    html! {
        <footer class="pagefoot">
            if let Some(old) = old { <p id="old" class="warning">{old}</p> }
            <label>{texts::THEME}<select id="theme">
                { for texts::THEMES.map(|(value, word)| html! { <option {value} selected={value == theme}>{word}</option> }) }
            </select></label>
            {texts::facts(&of)}
            <button class="link" id="verify" onclick={verify}>{texts::VERIFY}</button>{" · "}
            if !is_alone() { <><a href="kafka-upgrade-check.html" download="">{texts::OFFLINE}</a>{" · "}</> }
            {texts::VERSION}
        </footer>
    }
}
