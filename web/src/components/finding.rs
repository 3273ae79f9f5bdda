//! One thing to do in the list, with its places; opened: why, before and after, the fix, where to read on.

use std::rc::Rc;

use kafka_upgrade_report::{Finding, Report};
use kafka_upgrade_sorted::Sorted as _;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_context, use_state_eq};

use crate::components::before_after::before_after;
use crate::components::reference::{kip, reference};
use crate::components::rich::rich;
use crate::groups::{Group, Lines, lines};
use crate::shared::Shared;
use crate::shell::Shell;
use crate::state::{Action, Preview};
use crate::texts::{self, findings as words, reference as pages};

/// How many places are listed at once.
const PLACES: usize = 50;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) group: Rc<Group>,
    pub(crate) selected: Option<usize>,
    /// Whether it is shown in full; otherwise what is open is only marked.
    pub(crate) full: bool,
    /// What its fix changes, where it is open.
    pub(crate) preview: Option<Rc<Preview>>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn FindingView(props: &Props) -> Html {
    let shell = use_context::<Shell>();
    let Props { report, group, send, .. } = props;
    let Some(first) = group.first(report) else { return html! {} };
    let at = group.at.first().copied().unwrap_or_default();
    let selected = props.selected.filter(|selected| group.at.contains(selected));
    let open = props.full && selected.is_some();
    let toggle = send.reform(move |_| Action::Select(if open { None } else { Some(at) }));
    let Lines { strong, below, .. } = lines(first);
    html! {
        <li class={classes!("finding", "f", selected.is_some().then_some("open"))} data-rule={first.rule.clone()} aria-current={selected.is_some().then_some("true")}>
            <span class={classes!("sg", first.severity.name())} role="img" aria-label={first.severity.happens()}>{first.severity.sign()}</span>
            <div>
                <h3><button class="what" onclick={toggle} aria-expanded={props.full.then(|| open.to_string())}>{ rich(&strong) }</button></h3>
                if !below.is_empty() { <p>{ rich(&below) }</p> }
                <Places report={report.clone()} group={group.clone()} {open} {send} />
            </div>
            <div class="act">{ fix(props) }</div>
            if open { { in_full(selected.and_then(|at| report.findings.get(at)).unwrap_or(first), props.preview.as_deref(), shell.as_ref()) } }
        </li>
    }
}

/// The fix, with how far it reaches and when its result may be rolled out.
fn fix(props: &Props) -> Html {
    let fixes = props.group.fixes(&props.report);
    let Some((_, one)) = fixes.first() else {
        return stop(props);
    };
    let safe = fixes.iter().all(|(_, fix)| fix.safe);
    // The title of a fix that has to wait ends with the stop, which is shown below the button.
    let waits = one.title.strip_suffix(')').and_then(|title| title.rsplit_once(" (")).filter(|_| !safe);
    let (title, when) = waits.unwrap_or((&one.title, if safe { words::TODAY } else { words::WITH_UPGRADE }));
    let (title, when) = (title.to_owned(), when.to_owned());
    let mut paths: Vec<_> = fixes.iter().map(|(path, _)| path.clone()).collect();
    paths.order();
    paths.dedup();
    let places = fixes.iter().map(|(_, fix)| fix.edits.len()).sum::<usize>();
    let reach = match (paths.len(), places) {
        (1, 1) => String::new(),
        (1, places) => words::in_places(places),
        (files, _) => words::in_files(files),
    };
    let onclick = props.send.reform(move |_| Action::Apply(fixes.clone()));
    html! {
        <>
            <button class="btn fix" {onclick}><span>{ rich(&title) }{reach}</span></button>
            <small class={(!safe).then_some("warning")}>{when}</small>
        </>
    }
}

/// Where nothing can be fixed in a text, the stop of the plan that settles it.
fn stop(props: &Props) -> Html {
    let at = props.group.at.first().and_then(|at| u32::try_from(*at).ok());
    let step = props.report.plan.steps.iter().find(|step| at.is_some_and(|at| step.findings.contains(&at)));
    match step.map(|step| step.hop) {
        Some(hop) => {
            let onclick = props.send.reform(move |_| Action::OpenStop(hop));
            html! { <button class="btn" {onclick}>{words::see_stop(hop)}</button> }
        }
        None => html! {},
    }
}

#[derive(Properties, PartialEq)]
struct PlacesProps {
    report: Shared<Report>,
    group: Rc<Group>,
    /// Whether all of them may be unfolded.
    open: bool,
    send: Callback<Action>,
}

/// The first place, and the others by pages.
#[component]
fn Places(props: &PlacesProps) -> Html {
    let shown = use_state_eq(|| 1_usize);
    let all = props.group.places(&props.report);
    let upto = if props.open { *shown } else { 1 };
    let place = |(at, path, line): &(usize, &str, Option<u32>)| {
        let (action, key) =
            (Action::Visit(*at, AttrValue::from((*path).to_owned()), *line), texts::place(path, *line));
        let onclick = props.send.reform(move |_| action.clone());
        html! { <button class="link where" {onclick}>{key}</button> }
    };
    let rest = all.len().saturating_sub(upto);
    let more = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(upto + PLACES))
    };
    html! {
        <div class="at">
            { for all.iter().take(upto).map(place) }
            if rest > 0 && props.open { <button class="link" onclick={more}>{words::and_more(rest)}</button> }
            if rest > 0 && !props.open { <span class="times">{words::times(all.len())}</span> }
        </div>
    }
}

fn in_full(finding: &Finding, preview: Option<&Preview>, shell: Option<&Shell>) -> Html {
    let known = |name: &str| shell.is_some_and(|shell| shell.is_known(name));
    let Lines { rest, .. } = lines(finding);
    let confidence = words::confidence(finding.confidence);
    let key = finding
        .component
        .as_ref()
        .filter(|_| known(&finding.subject))
        .map(|component| {
            html! { <><a href={format!("#/key/{component}/{}", finding.subject)}>{words::KEY_HISTORY}</a>{ reference("keys", &finding.subject, words::KEY_PAGE) }</> }
        });
    let rule = known(&finding.rule).then(|| match finding.rule.strip_prefix("failure-") {
        Some(failure) => reference("failures", failure, words::FAILURE_PAGE),
        None => reference("rules", &finding.rule, words::RULE_PAGE),
    });
    html! {
        <div class="more">
            <dl>
                if !finding.why.is_empty() { <dt>{words::WHY}</dt><dd>{ rich(&finding.why) }</dd> }
                if !rest.is_empty() { <dt>{words::DO}</dt><dd>{ rich(&rest) }</dd> }
                if let Some(confidence) = confidence { <dt>{words::SURE}</dt><dd>{confidence}</dd> }
            </dl>
            { preview.map(before_after) }
            { seen_running(finding) }
            <p class="refs">
                { for finding.references.iter().map(|page| {
                    let short = kip(&page.title);
                    html! {
                        <>
                            <a href={page.url.clone()} target="_blank" rel="noopener noreferrer">{&short}</a>
                            if short.starts_with("KIP-") { { reference("kips", &short, &pages::kip(&short)) } }
                        </>
                    }
                }) }
                {key}
                <a class="rule" href={format!("#/rules/{}", finding.rule)}>{pages::rule(&finding.rule)}</a>
                {rule}
            </p>
        </div>
    }
}

/// How it is known, where that was recorded.
fn seen_running(finding: &Finding) -> Html {
    let Some(proof) = &finding.evidence else { return html! {} };
    let release = proof.release.as_deref().unwrap_or_default();
    let sentence = words::proof(proof.by, release);
    html! { <p class="seen"><span class="tag info"><span aria-hidden="true">{"●"}</span>{words::PROOF}</span><span>{sentence}</span></p> }
}
