//! Nothing pasted yet: one sentence about the reader's problem, the place to paste, a line for what runs, examples.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{AttrValue, Callback, Html, InputEvent, Properties, TargetCast, component, html, use_node_ref};

use crate::components::on_enter::on_enter;
use crate::examples::EXAMPLES;
use crate::state::{Action, Incoming};
use crate::texts::first as texts;

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
            <h1 id="hero">{texts::TITLE}</h1>
            <p class="lead">{texts::LEAD}</p>
            <Paste label={texts::LABEL} send={props.send.clone()} />
            <div class="describe" role="group" aria-labelledby="describe">
                <label id="describe" for="have">{texts::DESCRIBE}</label>
                <input id="have" ref={field} type="text" onkeydown={on_enter(&check)} autocomplete="off" autocapitalize="off" spellcheck="false" placeholder={texts::EVERYTHING} />
                <button id="have-add" class="btn primary" onclick={check.reform(|_| ())}>{texts::CHECK}</button>
            </div>
            <kept-texts />
            <h2 class="faint sets-title">{texts::EXAMPLES}</h2>
            <ul class="sets">
                { for EXAMPLES.iter().enumerate().map(|(at, example)| {
                    let [title, content, outcome] = example.words;
                    let files = example.files.iter().map(|(path, text)| Incoming::text(path, *text)).collect::<Vec<_>>();
                    let onclick = props.send.reform(move |_| Action::Add(files.clone()));
                    html! {
                        <li><button id={format!("example-{}", at + 1)} {onclick}>
                            <b>{title}</b><span>{texts::content(content, example.files.len())}</span><span class={example.tone}>{outcome}</span>
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
                placeholder={texts::PASTE} />
            <div class="under">
                <span>{texts::DROP}</span>
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
            <label class="btn open-files">{texts::OPEN_FILES}<input id="open-files" type="file" multiple=true class="visually-hidden" /></label>
            <label class="btn open-files">{texts::OPEN_FOLDER}<input id="open-folder" type="file" webkitdirectory=true class="visually-hidden" /></label>
        </>
    }
}
