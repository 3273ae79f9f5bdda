//! The verdict: one sentence that can be read out, and the counts, which filter. While checking, that instead.

use kafka_upgrade_report::{CheckOutcome, Report, Severity};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::groups::Group;
use crate::shared::Shared;
use crate::state::{Action, Panel};
use crate::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Absent before the first answer.
    pub(crate) report: Option<Shared<Report>>,
    /// Everything that was found, whatever is filtered.
    pub(crate) groups: std::rc::Rc<Vec<Group>>,
    /// Whether the answer is not that of what is on the page, for longer than a moment.
    pub(crate) checking: bool,
    /// Number of texts.
    pub(crate) files: usize,
    pub(crate) only: Option<Severity>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Headline(props: &Props) -> Html {
    let Some(report) = props.report.as_ref().filter(|_| !props.checking) else {
        let what = if props.files == 0 {
            "what you run".to_owned()
        } else {
            words::count(props.files, "file", "files")
        };
        return html! {
            <section class="verdict">
                <output id="verdict" tabindex="-1" aria-live="polite"><h1>{format!("Checking {what} …")}</h1></output>
                if props.report.is_some() { <p class="earlier"><span class="tag">{"◷ Earlier answer"}</span>{" Below is the answer to what was here before. It stays until the new one is ready."}</p> }
            </section>
        };
    };
    let (tone, first, rest) = words::verdict(report, &props.groups);
    let ran = report.checks.iter().filter(|check| check.outcome == CheckOutcome::Ran).count();
    let of = |severity: Severity| props.groups.iter().filter(|group| group.severity == severity).count();
    let checks = props.send.reform(|_| Action::Open(Panel::Checks));
    html! {
        <section class="verdict">
            <output id="verdict" tabindex="-1" aria-live="polite"><h1><b class={tone}>{first}</b>{" "}{rest}</h1></output>
            <div class="counts" role="group" aria-label="Show only">
                { for [Severity::Error, Severity::Warning, Severity::Info].into_iter().filter(|severity| of(*severity) > 0).map(|severity| {
                    let onclick = props.send.reform(move |_| Action::Filter(severity));
                    html! {
                        <button class={classes!("tag", words::class(severity))} {onclick} aria-pressed={(props.only == Some(severity)).to_string()}>
                            <span aria-hidden="true">{words::sign(severity)}</span>{format!("{} {}", of(severity), words::counted(severity, of(severity)))}
                        </button>
                    }
                }) }
                <span class="faint ran">
                    if props.files > 0 { {format!("in {} · ", words::count(props.files, "file", "files"))} }
                    <button id="checks" class="link" onclick={checks}>{format!("{} ran", words::count(ran, "check", "checks"))}</button>
                </span>
            </div>
        </section>
    }
}
