//! The verdict: one sentence, and the counts, which filter.

use kafka_upgrade_report::{Report, Severity, Verdict};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::shared::Shared;
use crate::state::Action;
use crate::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) only: Option<Severity>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Headline(props: &Props) -> Html {
    let (first, rest) = words::verdict(&props.report);
    let tone = match props.report.verdict {
        Verdict::Blocked => "error",
        Verdict::ActionNeeded => "warning",
        Verdict::Unknown => "warning",
        Verdict::Review => "info",
        Verdict::Ready => "ok",
    };
    let summary = props.report.summary;
    let counts = [
        (Severity::Error, summary.error, "error", "errors"),
        (Severity::Warning, summary.warning, "warning", "warnings"),
        (Severity::Info, summary.info, "note", "notes"),
    ];
    html! {
        <section class="verdict">
            <output id="verdict" tabindex="-1" aria-live="polite"><h1><b class={tone}>{first}</b>{" "}{rest}</h1></output>
            <div class="counts" role="group" aria-label="Show only">
                { for counts.into_iter().filter(|(_, number, ..)| *number > 0).map(|(severity, number, one, many)| {
                    let onclick = props.send.reform(move |_| Action::Filter(severity));
                    let pressed = props.only == Some(severity);
                    html! {
                        <button class={classes!("sev", words::class(severity))} {onclick} aria-pressed={pressed.to_string()}>
                            <span aria-hidden="true">{words::sign(severity)}</span>{words::count(number as usize, one, many)}
                        </button>
                    }
                }) }
            </div>
        </section>
    }
}
