//! The report to be taken along: as Markdown with the plan's ticks, or as JSON; secrets are covered in both.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_report::{Context, Report, json, markdown, without_secrets};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_memo};

use crate::components::copy::Copy;
use crate::shared::Shared;
use crate::{take, ticks};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Option<Shared<Report>>,
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
}

#[component]
pub(crate) fn Export(props: &Props) -> Html {
    let told = use_memo((props.report.clone(), props.ticked.clone()), |(report, ticked)| {
        report.as_ref().map(|report| AttrValue::from(in_markdown(report, ticked)))
    });
    let (Some(report), Some(text)) = (props.report.clone(), (*told).clone()) else {
        return html! {
            <>
                <h2 id="help-title">{"Export"}</h2>
                <p>{"There is nothing to take along yet: paste a file, or say what you run."}</p>
            </>
        };
    };
    let as_markdown = {
        let text = text.clone();
        Callback::from(move |_| take::download("kafka-upgrade.md", "text/markdown", &text))
    };
    let as_json = Callback::from(move |_| {
        let told = json(&without_secrets(&report), &Context::default());
        take::download("kafka-upgrade.json", "application/json", &told);
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

fn in_markdown(report: &Report, ticked: &BTreeSet<AttrValue>) -> String {
    let steps = report.plan.steps.iter().map(|step| step.id.as_str());
    let done: Vec<_> = steps.filter(|step| ticked.contains(&ticks::key(&report.path, step))).collect();
    markdown(report, &Context { ticked: &done, ..Context::default() })
}
