//! The evidence: the files as a list, what the shown one is, its text.

use std::rc::Rc;

use kafka_upgrade_report::{FileReport, Report};
use web_sys::HtmlSelectElement;
use yew::{AttrValue, Callback, Html, Properties, TargetCast, component, html, use_memo};

use crate::components::changes::name_of;
use crate::components::copy::Copy;
use crate::components::editor::Editor;
use crate::components::file_list::{FileList, Row, rows};
use crate::shared::Shared;
use crate::shell::use_facts;
use crate::state::{Action, SourceFile};
use crate::take;
use crate::texts::{self, files as words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) active: u32,
    pub(crate) report: Option<Shared<Report>>,
    /// Whether the report is of another text than this: its places would be wrong.
    pub(crate) stale: bool,
    pub(crate) selected: Option<usize>,
    /// Of a selected finding with several places the line that the reader asked for, from 1.
    pub(crate) line: Option<u32>,
    /// Whether the selected finding is explained beside the text already.
    pub(crate) explained: bool,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn FilePanel(props: &Props) -> Html {
    let names: Vec<_> = props.files.iter().map(|file| (file.id, file.path.clone())).collect();
    let rows = use_memo((props.report.clone(), names), |(report, _)| rows(&props.files, report.as_deref()));
    let shown = props.files.iter().find(|file| file.id == props.active);
    let known = use_facts().map(|facts| facts.components.clone()).unwrap_or_default();
    html! {
        <section class="panel evidence" aria-label={words::YOURS}>
            <FileList rows={rows.clone()} active={props.active} files={props.files.len()} send={props.send.clone()} />
            if let Some(file) = shown {
                <div class="tx">
                    { meta(file, &rows, props, &known) }
                    { ask_kind(file, props) }
                    <Editor file={file.clone()} report={props.report.clone()} stale={props.stale} selected={props.selected} line={props.line} explained={props.explained} send={props.send.clone()} />
                </div>
            }
        </section>
    }
}

/// What the file is, which the reader can correct, and what can be done with it as a whole.
fn meta(file: &SourceFile, rows: &Rc<Vec<Row>>, props: &Props, known: &[String]) -> Html {
    let id = file.id;
    let of_file = |report: &Shared<Report>| -> Option<FileReport> {
        report.files.iter().find(|one| one.path == *file.path).cloned()
    };
    let seen = props.report.as_ref().and_then(of_file);
    let kind = seen.as_ref().map_or(String::new(), |seen| words::kind(&seen.kind).to_owned());
    let component = seen.as_ref().and_then(|seen| seen.component.clone());
    let onchange = props.send.reform(move |event: yew::Event| {
        let value =
            event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
        Action::SetComponent(id, (!value.is_empty()).then(|| value.into()))
    });
    let close = props.send.reform(move |_| Action::Close(id));
    let download = {
        let file = file.clone();
        Callback::from(move |_| take::download(name_of(&file.path), "text/plain", &file.text))
    };
    let convert = seen
        .as_ref()
        .filter(|seen| ["log4j-properties", "log4j-xml"].contains(&seen.kind.as_str()))
        .map(|_| {
            let onclick = props.send.reform(move |_| Action::Convert(id));
            html! { <button id="convert" class="btn" {onclick}>{words::CONVERT}</button> }
        });
    html! {
        <div class="meta">
            { name(file, rows, &props.send) }
            <span class="what-kind" id="kind" hidden={component.is_some()}>{kind}</span>
            <select id="component" aria-label={words::COMPONENT} {onchange}>{ components(file.component.as_ref(), component.map(AttrValue::from), known) }</select>
            <span class="end row">
                {convert}
                <Copy class="btn quiet" text={AttrValue::from(file.text.clone())} />
                <button id="download" class="btn quiet" onclick={download}>{texts::DOWNLOAD}</button>
                <button id="close" class="btn quiet" onclick={close} aria-label={words::close(&file.path)}>{texts::CLOSE}</button>
            </span>
        </div>
    }
}

/// Asks what a text is where nothing in it shows that.
fn ask_kind(file: &SourceFile, props: &Props) -> Html {
    let seen = props.report.as_ref().filter(|_| !props.stale);
    let seen = seen.and_then(|report| report.files.iter().find(|one| one.path == *file.path));
    if file.component.is_some()
        || file.text.trim().is_empty()
        || seen.is_none_or(|seen| seen.kind != "unknown")
    {
        return html! {};
    }
    let id = file.id;
    html! {
        <div class="ask-kind" role="group" aria-labelledby="ask-kind">
            <p id="ask-kind"><b>{words::ASK}</b>{words::ASK_ABOUT}</p>
            <p class="pick">
                { for words::LIKELY.map(|(component, title)| {
                    let onclick = props.send.reform(move |_| Action::SetComponent(id, Some(component.into())));
                    html! { <button class="btn" data-component={component} {onclick}>{title}</button> }
                }) }
            </p>
        </div>
    }
}

/// The file's name; of several that are alike a menu.
fn name(file: &SourceFile, rows: &Rc<Vec<Row>>, send: &Callback<Action>) -> Html {
    let alike = rows.iter().find(|row| row.files.len() > 1 && row.files.iter().any(|(id, _)| *id == file.id));
    let Some(row) = alike else { return html! { <code class="name">{&file.path}</code> } };
    let send = send.clone();
    let onchange = Callback::from(move |event: yew::Event| {
        let id = event.target_dyn_into::<HtmlSelectElement>().and_then(|select| select.value().parse().ok());
        if let Some(id) = id {
            send.emit(Action::Show(id));
        }
    });
    html! {
        <select class="name" aria-label={words::one_of_alike(row.files.len())} {onchange}>
            { for row.files.iter().map(|(id, path)| html! { <option value={id.to_string()} selected={*id == file.id}>{path}</option> }) }
        </select>
    }
}

fn components(by_hand: Option<&AttrValue>, seen: Option<AttrValue>, known: &[String]) -> Html {
    let unset = match (by_hand, seen) {
        (None, Some(seen)) => words::detected(&seen),
        (None, None) => words::NO_COMPONENT.to_owned(),
        (Some(_), _) => words::DETECTED.to_owned(),
    };
    html! {
        <>
            <option value="" selected={by_hand.is_none()}>{unset}</option>
            { for known.iter().map(|component| html! {
                <option value={component.clone()} selected={by_hand.is_some_and(|by_hand| *by_hand == **component)}>{component.clone()}</option>
            }) }
        </>
    }
}
