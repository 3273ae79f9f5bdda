//! What is printed, whatever is open on the screen: verdict, matrix, findings, plan with ticks, what no file can show;
//! then the steps with their commands.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_report::{Mode, Report, Severity, Step};
use yew::{AttrValue, Html, Properties, component, html};

use crate::components::rich::rich;
use crate::components::stops::{back, steps};
use crate::groups::{Group, Lines, lines};
use crate::shared::Shared;
use crate::texts::{self, matrix as cells, plan as steps_of, print as words, verdict as sentences};
use crate::ticks;
use crate::verdict::{self, target};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) groups: Rc<Vec<Group>>,
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
    /// Number of texts.
    pub(crate) files: usize,
}

impl Props {
    fn is_done(&self, step: &Step) -> bool {
        step.done || self.ticked.contains(&ticks::key(&self.report.path, &step.id))
    }
}

const fn tick(done: bool) -> &'static str {
    if done { "☑" } else { "☐" }
}

#[component]
pub(crate) fn Sheet(props: &Props) -> Html {
    let Props { report, groups, .. } = props;
    let (_, first, rest) = verdict::verdict(report, groups);
    let (mode, from) = (report.path.mode, report.path.from.as_deref().unwrap_or(words::NOT_KNOWN));
    html! {
        <section class="sheet" aria-hidden="true">
            <p>{words::head(&report.tool.version, from, mode.map(Mode::title), &report.path.to, props.files)}</p>
            <h1>{sentences::whole(&first, &rest)}</h1>
            { matrix(report) }
            { for [Severity::Error, Severity::Warning, Severity::Info].map(|severity| found(severity, props)) }
            { plan(props) }
            if !report.manual.is_empty() {
                <h2>{steps_of::BY_HAND}</h2>
                <ul>{ for report.manual.iter().map(|sentence| html! { <li><span>{"☐"}</span><span>{ rich(sentence) }</span></li> }) }</ul>
            }
            { commands(props) }
        </section>
    }
}

fn matrix(report: &Report) -> Html {
    let columns = &report.matrix.columns;
    if report.matrix.rows.is_empty() {
        return html! {};
    }
    let target = target(report);
    let others: Vec<usize> = (0..columns.len()).filter(|at| *at != target).collect();
    html! {
        <>
            <h2>{words::YOU_RUN}</h2>
            <table>
                <thead><tr><th>{cells::YOU_RUN}</th><th>{words::target(columns.get(target).map_or("", String::as_str))}</th><th>{words::ON_THE_PATH}</th></tr></thead>
                <tbody>{ for report.matrix.rows.iter().map(|row| {
                    let shown = |at: &usize| row.cells.get(*at).map(|cell| (verdict::cell(cell.verdict).1, cell.word.as_str()));
                    let between: Vec<String> = others.chunk_by(|one, next| shown(one) == shown(next)).filter_map(|run| {
                        let (sign, word) = shown(run.first()?)?;
                        let (first, last) = (columns.get(*run.first()?)?, columns.get(*run.last()?)?);
                        let releases = words::between(first, last);
                        Some(format!("{releases}: {sign} {word}"))
                    }).collect();
                    let at = shown(&target).map(|(sign, word)| format!("{sign} {word}"));
                    html! { <tr><th>{texts::versioned(&row.subject, row.version.as_deref().unwrap_or_default())}</th><td><b>{at}</b></td><td>{between.join("; ")}</td></tr> }
                }) }</tbody>
            </table>
        </>
    }
}

fn found(severity: Severity, props: &Props) -> Html {
    let groups: Vec<_> = props.groups.iter().filter(|group| group.severity == severity).collect();
    if groups.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h2>{format!("{} {}", severity.sign(), severity.heading())}</h2>
            <table><tbody>{ for groups.iter().filter_map(|group| {
                let first = group.first(&props.report)?;
                let place = first.path.as_ref().map(|path| texts::place(path, first.line));
                let places = group.places(&props.report).len();
                let times = if places > 1 { format!(" × {places}") } else { String::new() };
                let Lines { strong, below, .. } = lines(first);
                Some(html! { <tr><td><b>{ rich(&strong) }{". "}</b>{ rich(&below) }</td><td>{place}{times}</td></tr> })
            }) }</tbody></table>
        </>
    }
}

fn plan(props: &Props) -> Html {
    let report = &props.report;
    if report.plan.hops.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h2>{steps_of::PLAN}</h2>
            <ul>{ for report.plan.hops.iter().zip(1..).map(|(hop, number)| {
                let done = steps(report, number).all(|step| props.is_done(step));
                let back = back(report, number).map(|back| format!(" {}", steps_of::warned(back)));
                html! { <li><span>{ tick(done) }</span><span>{steps_of::numbered(number, &hop.title)}<b>{back}</b></span></li> }
            }) }</ul>
        </>
    }
}

fn commands(props: &Props) -> Html {
    let report = &props.report;
    report
        .plan
        .hops
        .iter()
        .zip(1..)
        .map(|(hop, number)| {
            html! {
                <section>
                    <h2>{words::stop(number, &hop.title)}</h2>
                    <p>{report.plan.rehearsal(number)}</p>
                    { for steps(report, number).map(|step| html! {
                        <article>
                            <h3>{ tick(props.is_done(step)) }{" "}{ rich(&step.title) }</h3>
                            <p>{ rich(&step.why) }</p>
                            if !step.commands.is_empty() { <pre>{step.commands.join("\n")}</pre> }
                            if !step.verify.is_empty() { <p><b>{words::VERIFY}</b>{ rich(&step.verify) }</p> }
                            <p><b>{ if step.reversible { words::WAY_BACK } else { words::WAY_BACK_NOT } }</b>{ rich(&step.undo) }</p>
                        </article>
                    }) }
                </section>
            }
        })
        .collect()
}
