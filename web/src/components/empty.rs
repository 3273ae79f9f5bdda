//! Nothing pasted yet: one sentence, a place to paste that is the whole left side, examples.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{Callback, Event, Html, InputEvent, Properties, TargetCast, component, html};

use crate::examples::EXAMPLES;
use crate::files;
use crate::state::{Action, Incoming};

/// Name of a text that came without one.
pub(crate) const PASTED: &str = "pasted.properties";

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) tell: Callback<Action>,
}

#[component]
pub(crate) fn Empty(props: &Props) -> Html {
    let oninput = props.tell.reform(|event: InputEvent| {
        let text =
            event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default();
        Action::Add(vec![Incoming::text(PASTED, text)])
    });
    html! {
        <section class="empty" aria-label="What you have">
            <div class="panel paste">
                <label for="paste">{"Paste a Kafka configuration, or drop files anywhere on this page"}</label>
                <textarea id="paste" {oninput} spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off"
                    placeholder={"zookeeper.connect=zk-1:2181\ninter.broker.protocol.version=3.4\n…"} />
                <div class="meta"><OpenFiles tell={props.tell.clone()} /></div>
            </div>
            <div class="examples">
                <h2>{"See what a newer Kafka breaks, changes and asks for"}</h2>
                <p>{"Every setting is held against what each Kafka release says of itself: which keys it has, what it takes as a value, what its defaults are. Nothing you paste leaves this page."}</p>
                <p class="label">{"Load an example"}</p>
                <ul>
                    { for EXAMPLES.iter().enumerate().map(|(at, example)| {
                        let onclick = props.tell.reform(|_| Action::Add(vec![Incoming::text(example.path, example.text)]));
                        html! { <li><button id={format!("example-{}", at + 1)} class="btn" {onclick}>{example.title}</button></li> }
                    }) }
                </ul>
            </div>
        </section>
    }
}

/// A button that opens files.
#[component]
pub(crate) fn OpenFiles(props: &Props) -> Html {
    let tell = props.tell.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(list) = input.files() {
            files::read(&list.into(), tell.clone());
        }
        input.set_value("");
    });
    html! {
        <label class="btn open-files">
            {"Open files"}<input type="file" multiple=true class="visually-hidden" {onchange} />
        </label>
    }
}
