//! The report to be taken along: as Markdown with the plan's ticks, or as JSON; secrets are covered in both, by the core.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_protocol::{Answer, Question};
use kafka_upgrade_report::Report;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_context};

use crate::components::copy::Copy;
use crate::shared::Shared;
use crate::shell::{Shell, use_answer};
use crate::{take, ticks};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Option<Shared<Report>>,
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
}

#[component]
pub(crate) fn Export(props: &Props) -> Html {
    let steps =
        props.report.iter().flat_map(|report| report.plan.steps.iter().map(move |step| (report, step)));
    let done = steps.filter(|(report, step)| props.ticked.contains(&ticks::key(&report.path, &step.id)));
    let ticked: Vec<String> = done.map(|(_, step)| step.id.clone()).collect();
    let written = use_answer(Question::Write { format: "markdown".into(), ticked: ticked.clone() });
    let shell = use_context::<Shell>();
    let text = match written.as_deref() {
        Some(Answer::Written(Some(text))) if props.report.is_some() => AttrValue::from(text.clone()),
        _ => {
            return html! {
                <>
                    <h2 id="help-title">{"Export"}</h2>
                    <p>{ if props.report.is_some() { "Being written …" } else { "There is nothing to take along yet: paste a file, or type what you run." } }</p>
                </>
            };
        }
    };
    let as_markdown = {
        let text = text.clone();
        Callback::from(move |_| take::download("kafka-upgrade.md", "text/markdown", &text))
    };
    let as_json = Callback::from(move |_| {
        let Some(shell) = &shell else { return };
        let question = Question::Write { format: "json".into(), ticked: ticked.clone() };
        shell.core.ask(
            question,
            Callback::from(|answer| {
                if let Answer::Written(Some(text)) = answer {
                    take::download("kafka-upgrade.json", "application/json", &text);
                }
            }),
        );
    });
    html! {
        <>
            <h2 id="help-title">{"Export"}</h2>
            <p>{"Verdict, matrix, findings, and the plan as a checklist with your ticks. Values of secrets are covered; your files are not quoted."}</p>
            <textarea id="export-text" readonly=true rows="10" aria-label="The report as Markdown" wrap="off" value={text.clone()} />
            <div class="row">
                <Copy id="export-copy" autofocus=true class="btn primary" {text} what="Markdown" />
                <button id="export-markdown" class="btn" onclick={as_markdown}>{"Download .md"}</button>
                <button id="export-json" class="btn" onclick={as_json}>{"Download .json"}</button>
            </div>
        </>
    }
}
