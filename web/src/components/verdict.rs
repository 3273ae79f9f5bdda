//! The verdict: one sentence that can be read out, and the counts, which filter. While checking, that instead.

use kafka_upgrade_report::{CheckOutcome, Report, Severity};
use yew::{Callback, Html, classes, html};

use crate::components::copy::Copy;
use crate::components::rich::rich;
use crate::groups::Group;
use crate::state::{Action, Panel, SourceFile, Stopped};
use crate::texts::{self, verdict as words};
use crate::{take, verdict, zip};

pub(crate) struct Props<'a> {
    /// Absent before the first answer.
    pub(crate) report: Option<&'a Report>,
    /// Everything that was found, whatever is filtered.
    pub(crate) groups: &'a [Group],
    /// Whether the answer is not that of what is on the page, for longer than a moment.
    pub(crate) checking: bool,
    /// Why it is not running.
    pub(crate) stopped: Option<&'a Stopped>,
    /// Slices that are done and left.
    pub(crate) progress: Option<(u32, u32)>,
    /// The texts.
    pub(crate) files: &'a [SourceFile],
    pub(crate) only: Option<Severity>,
    pub(crate) send: &'a Callback<Action>,
}

pub(crate) fn headline(props: &Props<'_>) -> Html {
    if let Some(stopped) = props.stopped {
        return ended(props, stopped);
    }
    let Some(report) = props.report.filter(|_| !props.checking) else {
        let what = if props.files.is_empty() {
            words::WHAT_YOU_RUN.to_owned()
        } else {
            texts::files(props.files.len())
        };
        return html! {
            <section class="verdict">
                <output id="verdict" tabindex="-1" aria-live="polite"><h1>{words::checking(&what)}</h1></output>
                if let Some((done, left)) = props.progress {
                    <span class="row"><progress aria-label={words::PROGRESS} max={(done + left).to_string()} value={done.to_string()} /><button id="cancel" class="btn" onclick={props.send.reform(|_| Action::Cancel)}>{words::CANCEL}</button></span>
                }
                if props.report.is_some() { <p class="earlier"><span class="tag">{words::EARLIER}</span>{words::EARLIER_STAYS}</p> }
            </section>
        };
    };
    let (tone, first, rest) = verdict::verdict(report, props.groups);
    let ran = report.checks.iter().filter(|check| check.outcome == CheckOutcome::Ran).count();
    let of = |severity: Severity| props.groups.iter().filter(|group| group.severity == severity).count();
    let checks = props.send.reform(|_| Action::Open(Panel::Checks));
    html! {
        <section class="verdict">
            <output id="verdict" tabindex="-1" aria-live="polite"><h1><b class={tone}>{first}</b>{" "}{rest}</h1></output>
            <div class="counts" role="group" aria-label={words::SHOW_ONLY}>
                { for [Severity::Error, Severity::Warning, Severity::Info].into_iter().filter(|severity| of(*severity) > 0).map(|severity| {
                    let onclick = props.send.reform(move |_| Action::Filter(severity));
                    html! {
                        <button class={classes!("tag", severity.name())} {onclick} aria-pressed={(props.only == Some(severity)).to_string()}>
                            <span aria-hidden="true">{severity.sign()}</span>{of(severity)}{" "}{severity.counted(of(severity))}
                        </button>
                    }
                }) }
                <span class="faint ran">
                    if !props.files.is_empty() { {words::in_files(props.files.len())} }
                    <button id="checks" class="link" onclick={checks}>{texts::ran(ran)}</button>
                </span>
            </div>
        </section>
    }
}

/// The check was ended: nothing is lost, and it can be started again.
fn ended(props: &Props<'_>, stopped: &Stopped) -> Html {
    let again = props.send.reform(|_| Action::Again);
    let save = {
        let files = props.files.to_vec();
        Callback::from(move |_| {
            let entries = files.iter().map(|file| (file.path.as_str(), file.text.as_bytes()));
            take::download_bytes("kafka-upgrade-files.zip", "application/zip", &zip::archive(entries));
        })
    };
    let again = html! { <button id="again" class="btn primary" onclick={again}>{words::AGAIN}</button> };
    match stopped {
        Stopped::Cancelled => html! {
            <section class="verdict">
                <output id="verdict" tabindex="-1" aria-live="polite"><h1>{words::CANCELLED}</h1></output>
                <span class="row">{again}</span>
                if props.report.is_some() { <p class="earlier"><span class="tag">{words::EARLIER}</span>{words::EARLIER_BELOW}</p> }
            </section>
        },
        Stopped::Failed(why) => {
            // No text of the reader's, and no name of a file.
            let sizes: Vec<_> = props.files.iter().map(|file| file.text.len().to_string()).collect();
            let about = words::failure(why, props.files.len(), &sizes.join(", "));
            html! {
                <section class="verdict" role="alert">
                    <output id="verdict" tabindex="-1"><h1><b class="error">{words::FAILED}</b></h1></output>
                    <p class="earlier">{ rich(words::FAILED_KEPT) }</p>
                    <span class="row">{again}
                        if !props.files.is_empty() { <button id="save-files" class="btn" onclick={save}>{words::SAVE}</button> }
                        <Copy id="copy-failure" class="btn" text={about} what={words::FAILURE} />
                    </span>
                </section>
            }
        }
    }
}
