//! What can be taken along: the report in every format, the files as fixes make them, and links; with their sizes, and
//! with secrets covered by the core wherever they are not the reader's own files.

use std::rc::Rc;

use kafka_upgrade_protocol::{Answer, Question, Written};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use crate::components::changes::archived;
use crate::components::copy::Copy;
use crate::shell::use_answer;
use crate::state::{State, Stop};
use crate::texts::{self, dialogs as words, frame};
use crate::{share, take, ticks};

#[wasm_bindgen]
extern "C" {
    /// Fills an element with links to an answer and to the page's texts, each with its size.
    #[wasm_bindgen(js_namespace = kafkaUpgradeShare, js_name = offer)]
    fn offer(into: &HtmlElement, markdown: &str, fields: Vec<String>);
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) state: Rc<State>,
}

#[component]
pub(crate) fn Export(props: &Props) -> Html {
    let state = &props.state;
    let report = state.report.as_ref().filter(|_| !state.is_empty());
    let steps = report.iter().flat_map(|report| report.plan.steps.iter().map(move |step| (report, step)));
    let done = steps.filter(|(report, step)| state.ticked.contains(&ticks::key(&report.path, &step.id)));
    let ticked: Vec<String> = done.map(|(_, step)| step.id.clone()).collect();
    let answer = use_answer(Question::TakeAlong { ticked, texts: share::fields(state) });
    let links = use_node_ref();
    use_effect_with((answer.clone(), links.clone()), |(answer, links)| {
        let Some(Answer::TakeAlong { formats, texts, .. }) = answer.as_deref() else { return };
        let markdown = formats.iter().find(|format| format.name == "markdown");
        if let (Some(markdown), Some(links)) = (markdown, links.cast::<HtmlElement>()) {
            offer(&links, &markdown.text, texts.clone());
        }
    });
    let (formats, secrets) = match answer.as_deref() {
        Some(Answer::TakeAlong { formats, secrets, .. }) if report.is_some() && !state.is_checking() => {
            (formats, *secrets as usize)
        }
        _ => {
            let why = if state.is_empty() { words::NOTHING_YET } else { words::WRITING };
            return html! { <><h2 id="help-title">{frame::EXPORT}</h2><p>{why}</p></> };
        }
    };
    html! {
        <>
            <h2 id="help-title">{frame::EXPORT}</h2>
            <p id="covered">{words::covered(secrets)}{words::STAYS}</p>
            <h3>{words::LINK}</h3>
            <p class="faint">{words::LINK_ABOUT}</p>
            <ul class="rows" ref={links} />
            <h3>{words::REPORT}</h3>
            <ul class="rows">{ for formats.iter().map(format) }</ul>
            { fixed(state) }
        </>
    }
}

fn format(format: &Written) -> Html {
    let (name, media) = (format!("kafka-upgrade.{}", format.extension), format.media.clone());
    let text = AttrValue::from(format.text.clone());
    let download = {
        let text = text.clone();
        Callback::from(move |_| take::download(&name, &media, &text))
    };
    let id = &format.name;
    html! {
        <li>
            <span>{format!(".{}", format.extension)}<small>{words::sized(&format.about, text.len())}</small></span>
            <Copy id={format!("copy-{id}")} class="btn" {text} />
            <button id={format!("download-{id}")} class="btn" onclick={download}>{texts::DOWNLOAD}</button>
        </li>
    }
}

/// The files as the fixes make them, for today and for each stop that some of them have to wait for.
fn fixed(state: &State) -> Html {
    let stops = state.stops_with_fixes();
    if stops.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h3>{words::FIXED}</h3>
            <p class="faint">{words::FIXED_ABOUT}</p>
            <ul class="rows">{ for stops.into_iter().map(|Stop { number, changes }| {
                let (title, name) = match number {
                    0 => (words::TODAY.to_owned(), "kafka-upgrade-today.zip".to_owned()),
                    number => (words::with_stop(number), format!("kafka-upgrade-stop-{number}.zip")),
                };
                let archive = archived(&changes);
                let about = words::sized(&texts::files(changes.len()), archive.len());
                let download = Callback::from(move |_| take::download_bytes(&name, "application/zip", &archive));
                html! { <li><span>{title}<small>{about}</small></span><button id={format!("fixed-{number}")} class="btn" onclick={download}>{words::DOWNLOAD_ZIP}</button></li> }
            }) }</ul>
        </>
    }
}
