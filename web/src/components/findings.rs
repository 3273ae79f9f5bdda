//! The findings: the worst ones under the matrix, and all of them with search, filters and headings.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_report::{Finding, Report, Severity};
use kafka_upgrade_sorted::{Gather as _, Sorted as _};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, Properties, TargetCast, classes, component, html,
    use_state_eq,
};

use crate::components::finding::FindingView;
use crate::components::reference::{kip, reference};
use crate::groups::{By, Filter, Group};
use crate::shared::Shared;
use crate::state::{Action, Panel, Preview};
use crate::texts::{self, findings as words, reference as pages};

/// How many entries are shown at first, and more at each click.
const BATCH: usize = 50;

/// How many of the worst stand under the matrix.
const WORST: usize = 5;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    /// What is listed, worst first.
    pub(crate) groups: Rc<Vec<Group>>,
    /// How many there are without the filter.
    pub(crate) all: usize,
    pub(crate) filter: Filter,
    pub(crate) by: By,
    pub(crate) selected: Option<usize>,
    /// What the fix of the selected one changes.
    #[prop_or_default]
    pub(crate) preview: Option<Rc<Preview>>,
    pub(crate) send: Callback<Action>,
}

impl Props {
    fn entry(&self, group: &Group, full: bool) -> Html {
        let key = group.first(&self.report).map_or(String::new(), |one| {
            format!("{:?} {} {} {}", one.severity, one.rule, one.subject, one.action)
        });
        let open = self.selected.is_some_and(|at| group.at.contains(&at));
        let preview = self.preview.clone().filter(|_| open);
        html! { <FindingView {key} report={self.report.clone()} group={Rc::new(group.clone())} selected={self.selected} {full} {preview} send={self.send.clone()} /> }
    }
}

/// The worst of them, as they stand under the matrix.
#[component]
pub(crate) fn Worst(props: &Props) -> Html {
    let errors = props.groups.iter().any(|group| group.severity == Severity::Error);
    let title = if errors { words::BREAKS } else { words::TO_LOOK_AT };
    let all = props.send.reform(|_| Action::Open(Panel::Findings));
    let open = props.groups.iter().position(|group| props.selected.is_some_and(|at| group.at.contains(&at)));
    let upto = open.map_or(WORST, |at| WORST.max(at + 1));
    html! {
        // One root whether there is anything or not: Yew loses its place when a component's root comes and goes
        // together with its neighbours.
        <section class="panel fs cards" hidden={props.groups.is_empty()} aria-labelledby="worst">
            <div class="sec"><h2 id="worst">{title}</h2><button class="link end" onclick={all}>{words::all(props.all)}</button></div>
            <ol class="findings">{ for props.groups.iter().take(upto).map(|group| props.entry(group, false)) }</ol>
        </section>
    }
}

/// All of them.
#[component]
pub(crate) fn Findings(props: &Props) -> Html {
    let shown = use_state_eq(|| BATCH);
    let selected = props.selected.and_then(|at| props.groups.iter().position(|group| group.at.contains(&at)));
    let upto = selected.map_or(*shown, |at| (*shown).max(at + 1));
    let more = props.groups.len().saturating_sub(upto);
    let show_more = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(upto + BATCH))
    };
    html! {
        <section class="panel fs cards" aria-label={words::FINDINGS}>
            // The list in an element of its own: Yew makes what stands before it anew where their number changes, and the search
            // would lose the focus to shortcuts.
            { tools(props) }
            <div>
                { for sections(props, upto).into_iter().map(|(title, class, groups)| {
                    let places: usize = groups.iter().map(|group| group.places(&props.report).len()).sum();
                    html! {
                        <>
                            <div class="sec"><h2 class={class}>{&title}</h2><span class="faint">{words::things(groups.len(), places)}</span>
                                if title.starts_with("KIP-") { { reference("kips", &kip(&title), pages::PAGE) } }
                            </div>
                            <ol class="findings">{ for groups.iter().map(|group| props.entry(group, true)) }</ol>
                        </>
                    }
                }) }
            </div>
            if props.groups.is_empty() {
                <p class="quiet-note">{ if props.all == 0 { words::NOTHING } else { words::NO_MATCH } }</p>
            }
            if more > 0 {
                <p class="row center"><button class="btn" onclick={show_more}>{texts::show_more(more.min(BATCH), more)}</button></p>
            }
        </section>
    }
}

/// The entries under their headings: title, class, groups.
fn sections(props: &Props, upto: usize) -> Vec<(String, &'static str, Vec<&Group>)> {
    let mut sections: Vec<(String, &'static str, Vec<&Group>)> = Vec::new();
    for group in props.groups.iter().take(upto) {
        let first = group.first(&props.report);
        let titles = match props.by {
            By::Rule => vec![format!("{} {}", group.severity.sign(), group.severity.heading())],
            By::File => {
                vec![first.and_then(|one| one.path.clone()).unwrap_or_else(|| words::NO_FILE.into())]
            }
            By::Stop => vec![
                first
                    .and_then(|one| one.hop.clone())
                    .map_or_else(|| words::ANY_RELEASE.into(), |hop| words::on_the_path(&hop)),
            ],
            By::Kip => kips(first),
        };
        let class = if props.by == By::Rule { group.severity.name() } else { "" };
        for title in titles {
            match sections.iter_mut().find(|(known, ..)| *known == title) {
                Some((.., groups)) => groups.push(group),
                None => sections.push((title, class, vec![group])),
            }
        }
    }
    if props.by == By::Kip {
        // Where none is named comes last.
        sections.order_by_key(|(title, ..)| title == words::NO_KIP);
    }
    sections
}

/// The proposals that a finding names, each of which changes what was pasted.
fn kips(finding: Option<&Finding>) -> Vec<String> {
    let references = finding.into_iter().flat_map(|finding| &finding.references);
    let kips: Vec<String> =
        references.filter(|page| page.title.starts_with("KIP-")).map(|page| page.title.clone()).collect();
    if kips.is_empty() { vec![words::NO_KIP.to_owned()] } else { kips }
}

fn tools(props: &Props) -> Html {
    let (report, filter, send) = (&props.report, &props.filter, &props.send);
    let set = |change: fn(&mut Filter, String)| {
        let (filter, send) = (filter.clone(), send.clone());
        move |value: String| {
            let mut filter = filter.clone();
            change(&mut filter, value);
            send.emit(Action::SetFilter(filter));
        }
    };
    let search = set(|filter, value| filter.query = value);
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            search(input.value());
        }
    });
    let values = |of: fn(&kafka_upgrade_report::Finding) -> Vec<&str>| -> Vec<AttrValue> {
        let all: BTreeSet<&str> = report.findings.iter().flat_map(of).gather();
        all.into_iter().map(|value| AttrValue::from(value.to_owned())).collect()
    };
    let severity = set(|filter, value| {
        filter.severity =
            [Severity::Error, Severity::Warning, Severity::Info].into_iter().find(|one| one.name() == value);
    });
    let severities = [Severity::Error, Severity::Warning, Severity::Info]
        .map(|one| (AttrValue::from(one.name()), one.heading().into()));
    let named =
        |values: Vec<AttrValue>| values.into_iter().map(|value| (value.clone(), value)).collect::<Vec<_>>();
    let shown: usize = props.groups.len();
    let everything = send.reform(|_| Action::SetFilter(Filter::default()));
    html! {
        <>
            <div class="tools">
                <label class="visually-hidden" for="find">{words::SEARCH}</label>
                <input id="find" type="search" value={filter.query.clone()} {oninput} placeholder={words::SEARCH_FOR} autocomplete="off" spellcheck="false" />
                <div class="seg" role="group" aria-label={words::GROUP_BY}>
                    { for [(By::Rule, words::BY_RULE), (By::File, words::BY_FILE), (By::Stop, words::BY_RELEASE), (By::Kip, words::BY_KIP)].map(|(by, label)| {
                        let onclick = send.reform(move |_| Action::GroupBy(by));
                        html! { <button {onclick} aria-pressed={(props.by == by).to_string()}>{label}</button> }
                    }) }
                </div>
            </div>
            <div class="tools filters">
                { menu(words::SEVERITY, &severities, filter.severity.map_or("", Severity::name), severity) }
                { menu(words::COMPONENT, &named(values(|one| one.component.as_deref().into_iter().collect())), &filter.component, set(|filter, value| filter.component = value)) }
                { menu(words::FILE, &named(values(|one| one.spots().filter_map(|spot| spot.path).collect())), &filter.path, set(|filter, value| filter.path = value)) }
                { menu(words::RELEASE, &named(values(|one| one.hop.as_deref().into_iter().collect())), &filter.hop, set(|filter, value| filter.hop = value)) }
                if filter.is_on() {
                    <span class="faint" role="status">{words::shown(shown, props.all)}<button id="show-all" class="link" onclick={everything}>{words::SHOW_ALL}</button></span>
                }
            </div>
        </>
    }
}

/// A menu that narrows the list, where there is a choice.
fn menu(
    label: &'static str,
    values: &[(AttrValue, AttrValue)],
    chosen: &str,
    set: impl Fn(String) + 'static,
) -> Html {
    if values.len() < 2 && chosen.is_empty() {
        return html! {};
    }
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            set(select.value());
        }
    });
    html! {
        <select aria-label={label} class={classes!((!chosen.is_empty()).then_some("on"))} {onchange}>
            <option value="" selected={chosen.is_empty()}>{words::every(label)}</option>
            { for values.iter().map(|(value, title)| html! { <option value={value.clone()} selected={**value == *chosen}>{words::only(label, title)}</option> }) }
        </select>
    }
}
