//! Nothing pasted yet: one sentence, a place to paste that is the whole left side, examples.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{AttrValue, Callback, Event, Html, InputEvent, Properties, TargetCast, component, html};

use crate::components::running::EVERYTHING;
use crate::examples::EXAMPLES;
use crate::files;
use crate::state::{Action, Incoming};

/// Name of a text that came without one.
pub(crate) const PASTED: &str = "pasted";

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Empty(props: &Props) -> Html {
    let say_all = props.send.reform(|_| Action::Say(EVERYTHING.to_owned()));
    html! {
        <section class="empty" aria-label="What you have">
            <div class="intro">
                <h2>{"See what a newer Kafka breaks, changes and asks for"}</h2>
                <p>{"What you have is held against what each Kafka release says of itself: its keys, values and defaults, its classes, the requests that it answers. Nothing you paste leaves this page."}</p>
            </div>
            <Paste label="Paste a Kafka configuration, code, a build file or a log, or drop files anywhere on this page" send={props.send.clone()} />
            <div class="examples">
                <p class="label">{"Load an example"}</p>
                <ul>
                    { for EXAMPLES.iter().enumerate().map(|(at, example)| {
                        let texts = example.files.iter().map(|(path, text)| Incoming::text(path, *text)).collect::<Vec<_>>();
                        let onclick = props.send.reform(move |_| Action::Add(texts.clone()));
                        html! { <li><button id={format!("example-{}", at + 1)} class="btn" {onclick}>{example.title}</button></li> }
                    }) }
                </ul>
                <p class="label">{"Or just say what you run"}</p>
                <button id="say-example" class="btn said" onclick={say_all}>{format!("“{EVERYTHING}”")}</button>
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct PasteProps {
    pub(crate) label: AttrValue,
    pub(crate) send: Callback<Action>,
}

/// A place to paste, type and open files.
#[component]
pub(crate) fn Paste(props: &PasteProps) -> Html {
    let oninput = props.send.reform(|event: InputEvent| {
        let text =
            event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default();
        Action::Add(vec![Incoming::text(PASTED, text)])
    });
    html! {
        <div class="panel paste">
            <label for="paste">{props.label.clone()}</label>
            <textarea id="paste" {oninput} spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off"
                placeholder={"zookeeper.connect=zk-1:2181\ninter.broker.protocol.version=3.4\n…"} />
            <div class="meta"><OpenFiles send={props.send.clone()} /></div>
        </div>
    }
}

/// A button that opens files.
#[component]
pub(crate) fn OpenFiles(props: &Props) -> Html {
    let send = props.send.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(list) = input.files() {
            files::read(&list.into(), send.clone());
        }
        input.set_value("");
    });
    html! {
        <label class="btn open-files">
            {"Open files"}<input type="file" multiple=true class="visually-hidden" {onchange} />
        </label>
    }
}
