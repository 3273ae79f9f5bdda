//! Nothing pasted yet: one sentence about the reader's problem, the place to paste, a line for what runs, examples.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{AttrValue, Callback, Html, InputEvent, Properties, TargetCast, component, html, use_node_ref};

use crate::components::on_enter::on_enter;
use crate::components::running::EVERYTHING;
use crate::examples::EXAMPLES;
use crate::state::{Action, Incoming};

/// What `index.html` shows as well, before the shell is there.
const TITLE: &str = "Know what breaks before you upgrade Kafka.";
const LEAD: &str = "See what will not start, what changes silently, and the order to upgrade in.";
const LABEL: &str = "Configuration, script, manifest, code or log";
const DROP: &str = "or drop files or a folder anywhere on this page";

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Empty(props: &Props) -> Html {
    let field = use_node_ref();
    // No form: a sandboxed frame refuses to submit one.
    let check = {
        let (field, send) = (field.clone(), props.send.clone());
        Callback::from(move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                send.emit(Action::Describe(field.value()));
            }
        })
    };
    html! {
        <section class="hero" aria-labelledby="hero">
            <h1 id="hero">{TITLE}</h1>
            <p class="lead">{LEAD}</p>
            <Paste label={LABEL} send={props.send.clone()} />
            <div class="describe" role="group" aria-labelledby="describe">
                <label id="describe" for="have">{"Or type what you run"}</label>
                <input id="have" ref={field} type="text" onkeydown={on_enter(&check)} autocomplete="off" autocapitalize="off" spellcheck="false" placeholder={EVERYTHING} />
                <button id="have-add" class="btn primary" onclick={check.reform(|_| ())}>{"Check"}</button>
            </div>
            <kept-texts />
            <h2 class="faint sets-title">{"Look at an example first"}</h2>
            <ul class="sets">
                { for EXAMPLES.iter().enumerate().map(|(at, example)| {
                    let texts = example.files.iter().map(|(path, text)| Incoming::text(path, *text)).collect::<Vec<_>>();
                    let onclick = props.send.reform(move |_| Action::Add(texts.clone()));
                    html! {
                        <li><button id={format!("example-{}", at + 1)} {onclick}>
                            <b>{example.title}</b><span>{format!("{}: {} files", example.content, example.files.len())}</span><span class={example.tone}>{example.outcome}</span>
                        </button></li>
                    }
                }) }
            </ul>
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
    let send = props.send.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        // A letter that is being composed is not there yet; `keep.js` reports when it is.
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>().filter(|_| !event.is_composing()) {
            send.emit(Action::Typed(area.value().into()));
        }
    });
    html! {
        <div class="paste">
            <label class="visually-hidden" for="paste">{props.label.clone()}</label>
            <textarea id="paste" {oninput} spellcheck="false" autocomplete="off" autocapitalize="off"
                placeholder={"Paste server.properties, a Compose or Strimzi file, a script, Java code, a log …\n\nzookeeper.connect=zk-1:2181,zk-2:2181\ninter.broker.protocol.version=3.4"} />
            <div class="under">
                <span>{DROP}</span>
                <span class="end row"><OpenFiles /></span>
            </div>
        </div>
    }
}

/// Buttons that open files and folders; `web/static/take-in.js` takes in what is chosen.
#[component]
pub(crate) fn OpenFiles() -> Html {
    html! {
        <>
            <label class="btn open-files">{"Open files"}<input id="open-files" type="file" multiple=true class="visually-hidden" /></label>
            <label class="btn open-files">{"Open a folder"}<input id="open-folder" type="file" webkitdirectory=true class="visually-hidden" /></label>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_before_the_shell_has_the_same_words() {
        let index = include_str!("../../../index.html");
        for words in [TITLE, LEAD, LABEL, DROP] {
            assert!(index.contains(&format!(">{words}<")), "{words}");
        }
    }
}
