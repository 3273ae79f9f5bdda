//! Files as the fixes make them: before and after side by side, to be applied, copied and downloaded.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, Properties, component, html, use_state_eq};

use crate::components::copy::Copy;
use crate::diff::{self, Row};
use crate::state::{Action, Changed};
use crate::texts::{files as words, findings};
use crate::{take, zip};

/// The name of the archive with all of them.
const ARCHIVE: &str = "kafka-upgrade-fixed.zip";

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) changes: Rc<Vec<Changed>>,
    /// How many safe fixes are not applied on the page yet.
    pub(crate) pending: usize,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Changes(props: &Props) -> Html {
    let chosen = use_state_eq(|| AttrValue::from(""));
    let Some(shown) = props.changes.iter().find(|(path, ..)| *path == *chosen).or(props.changes.first())
    else {
        return html! {
            <p class="panel quiet-note" id="no-changes">{words::NO_CHANGES}</p>
        };
    };
    let apply = props.send.reform(|_| Action::ApplySafe);
    let all = {
        let changes = props.changes.clone();
        Callback::from(move |_| {
            take::download_bytes(ARCHIVE, "application/zip", &archived(&changes));
        })
    };
    let (path, before, after) = shown.clone();
    let one = {
        let (path, after) = (path.clone(), after.clone());
        Callback::from(move |_| take::download(name_of(&path), "text/plain", &after))
    };
    let files = props.changes.len();
    html! {
        <section class="panel changes" id="changes" aria-label={words::CHANGED}>
            <div class="tools">
                <div>
                    <h2>{words::changes(props.pending, files)}</h2>
                    <p class="faint">{words::CHANGES_ABOUT}</p>
                </div>
                <span class="end row">
                    if props.pending > 0 { <button id="apply-all" class="btn" onclick={apply}>{words::apply(props.pending)}</button> }
                    <button id="download-all" class="btn primary" onclick={all}>{words::download(files)}</button>
                </span>
            </div>
            <div class="take">
                <ul aria-label={words::CHANGED}>
                    { for props.changes.iter().map(|(name, ..)| {
                        let (chosen, to) = (chosen.clone(), name.clone());
                        let onclick = Callback::from(move |_| chosen.set(to.clone()));
                        html! { <li key={name.to_string()}><button {onclick} aria-current={(*name == path).then_some("true")}>{name}</button></li> }
                    }) }
                </ul>
                <figure class="ba">
                    <figcaption>
                        <code>{&path}</code><span class="end row">
                            <Copy id="copy-one" class="btn quiet" text={AttrValue::from(after.clone())} what={words::FILE} />
                            <button id="download-one" class="btn quiet" onclick={one}>{words::DOWNLOAD_FILE}</button>
                        </span>
                    </figcaption>
                    <div class="scroll" tabindex="0" role="region" aria-label={words::SIDES}>
                        <table class="diff">
                            <colgroup><col class="numbers" /><col /><col class="numbers" /><col /></colgroup>
                            <thead><tr><th scope="col" colspan="2">{findings::BEFORE}</th><th scope="col" colspan="2">{findings::AFTER}</th></tr></thead>
                            <tbody>{ for diff::rows(&before, &after).iter().map(row) }</tbody>
                        </table>
                    </div>
                </figure>
            </div>
        </section>
    }
}

/// The changed files as one archive.
pub(crate) fn archived(changes: &[Changed]) -> Vec<u8> {
    zip::archive(changes.iter().map(|(path, _, after)| (&**path, after.as_bytes())))
}

/// The last part of a path, under which a file is saved.
pub(crate) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn row(row: &Row) -> Html {
    let cell = |side: &Option<(usize, Rc<str>)>, class: &'static str, sign: &'static str| match side {
        Some((number, text)) => {
            html! { <><td class="no">{*number}</td><td class={class}><span class="sign-of" aria-label={if sign == "-" { words::REMOVED } else { words::ADDED }}>{sign}</span>{&**text}</td></> }
        }
        None => html! { <><td class="no" /><td /></> },
    };
    match row {
        Row::Same(old, new, text) => {
            html! { <tr><td class="no">{*old}</td><td>{&**text}</td><td class="no">{*new}</td><td>{&**text}</td></tr> }
        }
        Row::Changed(old, new) => html! { <tr>{cell(old, "old", "-")}{cell(new, "new", "+")}</tr> },
        Row::Gap(lines) => {
            html! { <tr class="gap"><td colspan="4">{words::unchanged(*lines)}</td></tr> }
        }
    }
}
