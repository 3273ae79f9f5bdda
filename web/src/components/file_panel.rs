//! The left side: the files as tabs, what the shown one is, its text.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_report::{FileReport, Report, Severity};
use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Html, Properties, TargetCast, component, html};

use crate::components::changes::name_of;
use crate::components::copy::Copy;
use crate::components::editor::Editor;
use crate::components::empty::{OpenFiles, PASTED};
use crate::components::tabs::{Tab, Tabs};
use crate::shared::Shared;
use crate::state::{Action, Incoming, SourceFile};
use crate::{logging, take, words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) active: u32,
    pub(crate) report: Option<Shared<Report>>,
    pub(crate) selected: Option<usize>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn FilePanel(props: &Props) -> Html {
    let tabs = props.files.iter().map(|file| tab(file, props)).collect::<Vec<_>>();
    let shown = props.files.iter().find(|file| file.id == props.active);
    let add = props.send.reform(|_| Action::Add(vec![Incoming::text(PASTED, "")]));
    html! {
        <section class="panel text" aria-label="What you have">
            <Tabs label="Files" class="files" {tabs}>
                <button class="add" onclick={add} aria-label="Add a text" title="Add a text">{"+"}</button>
                if props.files.len() > 1 {
                    <button id="close-all" class="add small" onclick={props.send.reform(|_| Action::Clear)}>{"Close all"}</button>
                }
            </Tabs>
            if let Some(file) = shown {
                { meta(file, props) }
                <Editor file={file.clone()} report={props.report.clone()} selected={props.selected} send={props.send.clone()} />
            }
        </section>
    }
}

fn tab(file: &SourceFile, props: &Props) -> Tab {
    let worst = worst(&file.path, props.report.as_deref());
    let word = worst.map_or("nothing found", words::severity);
    let class = worst.map_or("ok", words::class);
    let id = file.id;
    Tab {
        id: format!("file-{id}").into(),
        label: html! { <><i class={format!("dot {class}")} role="img" aria-label={word} />{file.path.clone()}</> },
        selected: id == props.active,
        onselect: props.send.reform(move |()| Action::Show(id)),
    }
}

fn worst(path: &str, report: Option<&Report>) -> Option<Severity> {
    report?
        .findings
        .iter()
        .filter(|finding| finding.spots_in(path).next().is_some())
        .map(|finding| finding.severity)
        .min()
}

/// What the file is, which the reader can correct, and what can be done with it as a whole.
fn meta(file: &SourceFile, props: &Props) -> Html {
    let id = file.id;
    let of_file = |report: &Shared<Report>| -> Option<FileReport> {
        report.files.iter().find(|told| told.path == *file.path).cloned()
    };
    let told = props.report.as_ref().and_then(of_file);
    let kind = told.as_ref().map_or(String::new(), |told| words::kind(&told.kind).to_owned());
    let seen = told.as_ref().and_then(|told| told.component.clone());
    let onchange = props.send.reform(move |event: yew::Event| {
        let value =
            event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
        Action::SetComponent(id, Component::parse(&value))
    });
    let close = props.send.reform(move |_| Action::Close(id));
    let download = {
        let file = file.clone();
        Callback::from(move |_| take::download(name_of(&file.path), "text/plain", &file.text))
    };
    let convert = told
        .as_ref()
        .filter(|told| ["log4j-properties", "log4j-xml"].contains(&told.kind.as_str()))
        .map(|_| {
            let (file, send) = (file.clone(), props.send.clone());
            let onclick = Callback::from(move |_| {
                logging::converted(&file).into_iter().for_each(|action| send.emit(action))
            });
            html! { <button id="convert" class="btn primary" {onclick}>{"Convert to log4j2"}</button> }
        });
    html! {
        <div class="meta">
            <span id="kind">{kind}</span>
            <label class="component">
                <span class="visually-hidden">{"Component"}</span>
                <select id="component" {onchange}>{ components(file.component, seen.map(AttrValue::from)) }</select>
            </label>
            <span class="faint">{ length(&file.text) }</span>
            <span class="end row">
                {convert}
                <OpenFiles send={props.send.clone()} />
                <Copy class="btn quiet" text={AttrValue::from(file.text.clone())} />
                <button id="download" class="btn quiet" onclick={download}>{"Download"}</button>
                <button id="close" class="btn quiet" onclick={close} aria-label={format!("Close {}", file.path)}>{"Close"}</button>
            </span>
        </div>
    }
}

fn components(by_hand: Option<Component>, seen: Option<AttrValue>) -> Html {
    let unset = match (by_hand, seen) {
        (None, Some(seen)) => format!("{seen} (seen)"),
        _ => "as it looks".to_owned(),
    };
    html! {
        <>
            <option value="" selected={by_hand.is_none()}>{unset}</option>
            { for Component::ALL.iter().map(|component| html! {
                <option value={component.name()} selected={by_hand == Some(*component)}>{component.name()}</option>
            }) }
        </>
    }
}

/// How many lines, and what that costs.
fn length(text: &str) -> String {
    let lines = crate::mirror::for_area(text).lines().count();
    let counted = words::count(lines, "line", "lines");
    let marked = lines <= crate::mirror::MOST_LINES;
    if marked { counted } else { format!("{counted}, too many to number and mark") }
}
