//! The text: a text area that the reader types into, over its own lines with numbers, signs and marks.
//!
//! The area is uncontrolled. What the page changes itself (fixes) goes in as if it were typed, so that the
//! browser's undo takes it back.

use std::rc::Rc;

use kafka_upgrade_report::Report;
use wasm_bindgen::JsCast;
use web_sys::{
    FocusOptions, HtmlDocument, HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};
use yew::{
    AttrValue, Callback, Html, InputEvent, MouseEvent, Properties, TargetCast, classes, component, html,
    use_effect_with, use_memo, use_node_ref,
};

use crate::components::empty::PASTED;
use crate::components::line::LineView;
use crate::components::note::Note;
use crate::mirror;
use crate::shared::Shared;
use crate::state::{Action, SourceFile};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) file: SourceFile,
    pub(crate) report: Option<Shared<Report>>,
    pub(crate) selected: Option<usize>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Editor(props: &Props) -> Html {
    let area = use_node_ref();
    let SourceFile { id, path, text, .. } = props.file.clone();
    use_effect_with((id, text.clone(), area.clone()), |(_, text, area)| {
        if let Some(area) = area.cast::<HtmlTextAreaElement>() {
            show(&area, &mirror::for_area(text));
        }
    });
    // Another file begins at its top; what is selected in it scrolls after that.
    use_effect_with(id, |_| {
        if let Ok(Some(code)) = gloo::utils::document().query_selector(".code") {
            code.set_scroll_top(0);
        }
    });
    use_effect_with(props.selected, |selected| {
        let open = selected.and_then(|_| gloo::utils::document().query_selector(".line.open").ok()?);
        if let Some(line) = open {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let lines = use_memo((text.clone(), props.report.clone(), path.clone()), |(text, report, path)| {
        let findings = report.as_ref().map_or(&[][..], |report| &report.findings);
        let told = report.as_ref().and_then(|report| report.files.iter().find(|file| file.path == *path));
        mirror::lines(text, told.map_or("unknown", |file| &file.kind), path, findings)
    });
    let oninput = {
        let (send, before) = (props.send.clone(), text.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                send.emit(Action::Edit(id, mirror::from_area(&area.value(), &before).into()));
            }
        })
    };
    let onclick = {
        let (send, lines) = (props.send.clone(), lines.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let sign = lines.as_ref().as_ref().and_then(|lines| lines.get(line_of_caret(&area))?.sign);
            send.emit(Action::Select(sign.map(|(at, _)| at)));
        })
    };
    html! {
        <div class="code" id="code">
            <div class={classes!("sheet", lines.is_none().then_some("plain"))}>
                { match lines.as_ref() {
                    Some(lines) => marked(lines, props),
                    None => html! { <div class="line"><span class="gutter" /><span class="words">{mirror::for_area(&text)}</span></div> },
                } }
                <textarea key={id} id="text" ref={area} aria-label={text_label(&path)} {oninput} {onclick}
                    spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off" />
            </div>
        </div>
    }
}

fn text_label(path: &str) -> AttrValue {
    format!("Text of {path}").into()
}

fn marked(lines: &[mirror::Line], props: &Props) -> Html {
    let finding = props.selected.and_then(|at| Some((at, props.report.as_ref()?.findings.get(at)?)));
    let spot = finding.and_then(|(_, finding)| finding.spots_in(&props.file.path).next());
    let open_line = spot.and_then(|spot| spot.line);
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let number = at + 1;
            let note = finding.filter(|_| open_line.is_some_and(|open| open as usize == number)).map(|(_, finding)| {
                html! { <Note finding={Rc::new(finding.clone())} send={props.send.clone()} /> }
            });
            let selected = note.as_ref().and(props.selected);
            html! { <LineView key={number} {number} line={line.clone()} {note} {selected} send={props.send.clone()} /> }
        })
        .collect()
}

/// 0-based.
fn line_of_caret(area: &HtmlTextAreaElement) -> usize {
    let caret = area.selection_start().ok().flatten().unwrap_or_default() as usize;
    area.value().encode_utf16().take(caret).filter(|unit| *unit == u16::from(b'\n')).count()
}

/// Makes the area show `text`, the smallest differing part replaced as if the reader had typed it.
fn show(area: &HtmlTextAreaElement, text: &str) {
    let (old, new): (Vec<u16>, Vec<u16>) =
        (area.value().encode_utf16().collect(), text.encode_utf16().collect());
    if old == new {
        return;
    }
    if old.is_empty() {
        area.set_value(text);
        keep_typing(area, text);
        return;
    }
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let left = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
    let put = String::from_utf16_lossy(new.get(head..new.len() - tail).unwrap_or_default());
    let (start, end) = (head as u32, (old.len() - tail) as u32);
    let document = gloo::utils::document();
    let focused =
        document.active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let typed = area
        .focus_with_options(&options)
        .and_then(|()| area.set_selection_range(start, end))
        .and_then(|()| {
            let document = document.unchecked_ref::<HtmlDocument>();
            let command = if put.is_empty() { "delete" } else { "insertText" };
            document.exec_command_with_show_ui_and_value(command, false, &put)
        });
    if typed != Ok(true) || area.value() != text {
        area.set_value(text);
    }
    // The body takes no focus: left in the text, it would get what the reader types next, a shortcut say. What had
    // the focus may be gone with the finding that it belonged to.
    let back = focused.filter(|focused| focused.tag_name() != "BODY");
    if back.is_none_or(|back| back.focus_with_options(&options).is_err()) {
        drop(area.blur());
    }
}

/// Takes over from the area that the first letters were typed or pasted into, which is gone with them.
fn keep_typing(area: &HtmlTextAreaElement, text: &str) {
    let focus_is_lost =
        gloo::utils::document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    if !focus_is_lost || !area.get_attribute("aria-label").is_some_and(|label| label.contains(PASTED)) {
        return;
    }
    let caret = if text.contains('\n') { 0 } else { text.encode_utf16().count() as u32 };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // A browser that refuses the focus leaves it where it is: nowhere.
    let _ = area.focus_with_options(&options).and_then(|()| area.set_selection_range(caret, caret));
}
