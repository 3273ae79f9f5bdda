//! The text: a text area that the reader types into, over its own lines with numbers, signs and marks.
//!
//! While a note is open the lines are for reading: they part for the note, and the area, which could not, is not
//! seen until it is clicked or takes the focus. Of long texts only the lines in sight are there.
//! The area is uncontrolled. What the page changes itself (fixes) goes in as if it were typed, so that the
//! browser's undo takes it back. The area of a long text has only some of its lines, and is `static/long.js`'s.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use gloo::utils::document;
use kafka_upgrade_report::{Finding, Report};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use web_sys::{
    Element, FocusOptions, HtmlDocument, HtmlElement, HtmlTextAreaElement, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};
use yew::{
    Callback, Event, Html, InputEvent, MouseEvent, NodeRef, Properties, TargetCast, classes, component, hook,
    html, use_effect_with, use_memo, use_mut_ref, use_node_ref, use_state_eq,
};

use crate::components::line::{BlockView, Open};
use crate::components::note::{Props as About, note};
use crate::mirror::{self, Replaced, Typed};
use crate::shared::Shared;
use crate::state::{Action, SourceFile};
use crate::texts::files as texts;

/// Texts of more lines do not wrap, and only lines in sight are rendered: each costs the browser.
const WRAPPED: usize = 2_000;

/// Height of a line that does not wrap, in pixels; `--row` in the style sheet.
const ROW: i32 = 22;

/// Number of lines rendered beyond those that may be in sight, for which the tallest screens are assumed. Whole blocks, which stay
/// while the text is scrolled.
const STEP: usize = mirror::BLOCK;
const SEEN: usize = 100;

#[wasm_bindgen]
extern "C" {
    /// Lines `from` to `to` of a long text of `of` lines are in sight; `lines` and `replace` give and take them.
    #[wasm_bindgen(js_namespace = ["kafkaUpgradeCheck", "long"], js_name = begin)]
    fn begin_long(
        area: &HtmlTextAreaElement,
        lines: &Closure<dyn Fn(u32, u32) -> String>,
        replace: &Closure<dyn Fn(u32, u32, String)>,
        from: u32,
        to: u32,
        of: u32,
    );
    /// The text is not long any more, or gone.
    #[wasm_bindgen(js_namespace = ["kafkaUpgradeCheck", "long"], js_name = close)]
    fn close_long();
    /// Other lines are in sight.
    #[wasm_bindgen(js_namespace = ["kafkaUpgradeCheck", "long"], js_name = show)]
    fn show_long(from: u32, to: u32);
    /// The page itself has replaced lines, from that one on.
    #[wasm_bindgen(js_namespace = ["kafkaUpgradeCheck", "long"], js_name = changed)]
    fn change_long(line: u32, before: &str, after: &str, of: u32);
    /// Puts the caret at the end of a line.
    #[wasm_bindgen(js_namespace = ["kafkaUpgradeCheck", "long"], js_name = edit)]
    fn edit_long(line: u32);
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) file: SourceFile,
    pub(crate) report: Option<Shared<Report>>,
    /// Whether the report is of an older text.
    pub(crate) stale: bool,
    pub(crate) selected: Option<usize>,
    /// Of a selected finding with several places the line that the reader asked for, from 1.
    pub(crate) line: Option<u32>,
    /// Whether the selected finding is explained beside the text already.
    pub(crate) explained: bool,
    pub(crate) send: Callback<Action>,
}

impl Props {
    /// The finding whose note is open in this text, and its line, from 1.
    fn open(&self) -> Option<(usize, &Finding, u32)> {
        let at = self.selected.filter(|_| !self.stale)?;
        let finding = self.report.as_ref()?.findings.get(at)?;
        let lines = || finding.spots_in(&self.file.path).filter_map(|spot| spot.line);
        let line = lines().find(|line| Some(*line) == self.line).or_else(|| lines().next())?;
        Some((at, finding, line))
    }
}

#[component]
pub(crate) fn Editor(props: &Props) -> Html {
    let area = use_node_ref();
    let first = use_state_eq(|| 0_usize);
    let SourceFile { id, path, text, typed, .. } = props.file.clone();
    // How often the area has reported typed text, and which the last time. Yew runs effects later than it renders, so an older
    // text would undo letters that were typed in between.
    let reported = use_mut_ref(|| (id, typed, None::<Rc<str>>));
    if reported.borrow().0 != id || reported.borrow().1 < typed {
        reported.replace((id, typed, None));
    }
    let all = use_mut_ref(mirror::Lines::default);
    let of = use_mut_ref(|| id);
    if of.replace(id) != id {
        all.take();
    }
    let replaced = all.borrow_mut().follow(&text);
    let total = all.borrow().count();
    let long = total > WRAPPED;
    {
        let reported = reported.clone();
        use_effect_with((id, text.clone(), long, area.clone()), move |(id, text, long, area)| {
            // Not borrowed any more when the area is changed: it reports that.
            let shows = {
                let (of, times, last) = &*reported.borrow();
                let is_its_own = last.as_ref().is_some_and(|last| Rc::ptr_eq(last, text));
                (of, times) == (id, &typed) && !is_its_own && !*long
            };
            if let Some(area) = area.cast::<HtmlTextAreaElement>().filter(|_| shows) {
                show(&area, &mirror::for_area(text));
            }
        });
    }
    // Another file begins at its top; what is selected in it scrolls after that.
    use_effect_with(id, |_| {
        if let Some(code) = document().get_element_by_id("code") {
            code.set_scroll_top(0);
        }
    });
    let open_line = props.open().map(|(.., line)| line);
    use_effect_with((props.selected, open_line), move |(_, line)| {
        if let Some(line) = line {
            scroll_to(*line, long);
        }
    });
    let basis = use_mut_ref(|| Rc::clone(&text));
    if !props.stale {
        basis.replace(Rc::clone(&text));
    }
    let typed = props.stale.then(|| Typed::between(&basis.borrow(), &text));
    let window = if long { first.saturating_sub(STEP)..*first + STEP + SEEN } else { 0..total };
    use_long(Long { area: &area, all: &all, id, window: &window, replaced, send: &props.send });
    let kept = use_mut_ref(Vec::new);
    let blocks = use_memo(
        (text.clone(), props.report.clone(), path.clone(), window.clone(), typed),
        |(_, report, path, window, typed)| {
            let findings = report.as_ref().map_or(&[][..], |report| &report.findings);
            let seen = report.as_ref().and_then(|report| report.files.iter().find(|file| file.path == *path));
            let kind = seen.map_or("unknown", |file| &file.kind);
            let found = (path.as_str(), findings);
            let blocks = mirror::blocks(&all.borrow(), kind, found, window.clone(), *typed, &kept.borrow());
            kept.replace(blocks.clone());
            blocks
        },
    );
    let oninput = {
        let (send, before) = (props.send.clone(), text.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>().filter(|_| !long) {
                let text: Rc<str> = mirror::from_area(&area.value(), &before).into();
                let mut reported = reported.borrow_mut();
                (reported.1, reported.2) = (reported.1 + 1, Some(Rc::clone(&text)));
                drop(reported);
                send.emit(Action::Edit(id, text));
            }
        })
    };
    let reading = props.open().is_some();
    let onfocus = {
        let send = props.send.clone();
        Callback::from(move |_| {
            if reading {
                send.emit(Action::Select(None));
            }
        })
    };
    let onscroll = {
        let first = first.clone();
        Callback::from(move |event: Event| {
            if let Some(code) = event.target_dyn_into::<Element>().filter(|_| long) {
                let line = usize::try_from(code.scroll_top() / ROW).unwrap_or_default();
                first.set(line / STEP * STEP);
            }
        })
    };
    let onclick = {
        let area = area.clone();
        Callback::from(move |event: MouseEvent| {
            let line = event
                .target_dyn_into::<Element>()
                .and_then(|at| at.closest(".words").ok()??.closest(".line").ok()?);
            let number = line.and_then(|line| line.id().strip_prefix("line-")?.parse().ok());
            if let (Some(number), Some(area), true) = (number, area.cast::<HtmlTextAreaElement>(), reading) {
                if long {
                    edit_long(u32::try_from(number).unwrap_or_default().saturating_sub(1));
                } else {
                    edit_at(&area, number);
                }
            }
        })
    };
    let (before, behind) =
        if long { (window.start.min(total), total.saturating_sub(window.end)) } else { (0, 0) };
    html! {
        <>
        if long { <find-text class="row" /> }
        <div class={classes!("code", reading.then_some("reading"), long.then_some("long"))} id="code" {onscroll}>
            // What is clicked is the text, which the keyboard reaches by its area.
            <div class="sheet" {onclick}>
                { spacer(before) }
                { rows(&blocks, props) }
                { spacer(behind) }
                <textarea key={id} id="text" ref={area} aria-label={texts::text_of(&path)} {oninput} {onfocus}
                    spellcheck="false" autocomplete="off" autocapitalize="off" wrap={if long { "off" } else { "soft" }} />
            </div>
        </div>
        </>
    }
}

/// What [`use_long`] needs.
struct Long<'a> {
    area: &'a NodeRef,
    all: &'a Rc<RefCell<mirror::Lines>>,
    /// [`SourceFile::id`].
    id: u32,
    window: &'a Range<usize>,
    /// Changes made by anything other than the area.
    replaced: Option<mirror::Replaced>,
    send: &'a Callback<Action>,
}

/// Has `static/long.js` hold the lines in sight of a long text, and takes what is typed into them.
#[hook]
fn use_long(of: Long<'_>) {
    let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let total = of.all.borrow().count();
    let long = total > WRAPPED;
    let (from, to, total) = (number(of.window.start), number(of.window.end), number(total));
    let open = use_mut_ref(|| false);
    let text = Rc::clone(of.all.borrow().text());
    {
        let (open, replaced) = (Rc::clone(&open), of.replaced);
        use_effect_with(text, move |_| {
            // The text that is opened next already contains the change.
            if let Some(Replaced { first, before, after }) = replaced.filter(|_| long && *open.borrow()) {
                change_long(number(first), &before, &after, total);
            }
        });
    }
    {
        let (area, all, send, id) = (of.area.clone(), Rc::clone(of.all), of.send.clone(), of.id);
        use_effect_with((id, long), move |_| {
            let held = area.cast::<HtmlTextAreaElement>().filter(|_| long).map(|area| {
                let given = Rc::clone(&all);
                let lines: Closure<dyn Fn(u32, u32) -> String> =
                    Closure::new(move |from: u32, to: u32| given.borrow().joined(from as usize, to as usize));
                let replace: Closure<dyn Fn(u32, u32, String)> =
                    Closure::new(move |from: u32, to: u32, now: String| {
                        let text = all.borrow().with(from as usize, to as usize, &now);
                        // At once: the area asks for lines before the page is rendered again.
                        all.borrow_mut().follow(&text);
                        send.emit(Action::Edit(id, text));
                    });
                begin_long(&area, &lines, &replace, from, to, total);
                (lines, replace)
            });
            *open.borrow_mut() = held.is_some();
            move || {
                if held.is_some() {
                    close_long();
                    *open.borrow_mut() = false;
                }
                drop(held);
            }
        });
    }
    use_effect_with((long, from, to), |(long, from, to)| {
        if *long {
            show_long(*from, *to);
        }
    });
}

/// Lines that are not rendered take their room all the same. No attribute `style`: the policy allows none, while
/// what a script sets is no inline style.
fn spacer(lines: usize) -> Html {
    html! { <Spacer {lines} /> }
}

#[derive(Properties, PartialEq)]
struct SpacerProps {
    lines: usize,
}

#[component]
fn Spacer(props: &SpacerProps) -> Html {
    let node = use_node_ref();
    use_effect_with((props.lines, node.clone()), |(lines, node)| {
        if let Some(element) = node.cast::<HtmlElement>() {
            // If the space cannot be set aside, only the scroll bar is off.
            let _ = element.style().set_property("height", &format!("{}px", *lines as u64 * ROW as u64));
        }
    });
    html! { <div ref={node} /> }
}

fn rows(blocks: &[mirror::Block], props: &Props) -> Html {
    let open = props.open().map(|(at, finding, line)| {
        let of =
            About { finding, path: &props.file.path, line, explained: props.explained, send: &props.send };
        Open { line: line as usize, finding: at, note: note(&of) }
    });
    blocks
        .iter()
        .map(|block| {
            let first = block.first + 1;
            let here = |open: &&Open| (first..first + block.lines.len()).contains(&open.line);
            let open = open.as_ref().filter(here).cloned();
            html! { <BlockView key={first} {first} lines={block.lines.clone()} {open} send={props.send.clone()} /> }
        })
        .collect()
}

/// Scrolls a line, numbered from 1, into sight within its box.
fn scroll_to(line: u32, long: bool) {
    if long {
        if let Some(code) = document().get_element_by_id("code") {
            code.set_scroll_top((i32::try_from(line).unwrap_or(i32::MAX / ROW) - 5).max(0) * ROW);
        }
        return;
    }
    if let Some(line) = document().get_element_by_id(&format!("line-{line}")) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        line.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Leaves reading: the area takes the focus, with the caret at the end of a line, numbered from 1.
fn edit_at(area: &HtmlTextAreaElement, line: usize) {
    let text = area.value();
    let end: usize = text.split('\n').take(line).map(|line| line.encode_utf16().count() + 1).sum();
    let caret = u32::try_from(end.saturating_sub(1)).unwrap_or_default();
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // A browser that refuses the focus leaves the lines as they are.
    let _ = area.focus_with_options(&options).and_then(|()| area.set_selection_range(caret, caret));
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
        return;
    }
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let left = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
    let inserted = String::from_utf16_lossy(new.get(head..new.len() - tail).unwrap_or_default());
    let (start, end) = (head as u32, (old.len() - tail) as u32);
    let document = document();
    let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let typed = area
        .focus_with_options(&options)
        .and_then(|()| area.set_selection_range(start, end))
        .and_then(|()| {
            let document = document.unchecked_ref::<HtmlDocument>();
            let command = if inserted.is_empty() { "delete" } else { "insertText" };
            document.exec_command_with_show_ui_and_value(command, false, &inserted)
        });
    if typed != Ok(true) || area.value() != text {
        area.set_value(text);
    }
    // The body takes no focus: left in the text, it would get what the reader types next, a shortcut for example. What had
    // the focus may be gone with the finding that it belonged to.
    let back = focused.filter(|focused| focused.tag_name() != "BODY");
    if back.is_none_or(|back| back.focus_with_options(&options).is_err()) {
        drop(area.blur());
    }
}
