//! The catalogue of what people wrote down: every note, found by its text, release, component and kind.

use kafka_upgrade_protocol::{Answer, Example, Question, Rule, RuleQuery, RuleTitle};
use kafka_upgrade_sorted::case::Case as _;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    Callback, Event, Html, InputEvent, Properties, TargetCast, UseStateHandle, classes, component, html,
    use_effect_with, use_state_eq,
};

use crate::components::reference::{kip, reference};
use crate::components::rich::{breakable, rich};
use crate::components::severity::mark;
use crate::shell::use_answer;
use crate::texts::{frame, reference as words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Id of the rule that is open.
    pub(crate) open: Option<String>,
}

#[component]
pub(crate) fn Rules(props: &Props) -> Html {
    let query = use_state_eq(String::new);
    let (since, of, kind) = (use_state_eq(String::new), use_state_eq(String::new), use_state_eq(String::new));
    let oninput = {
        let query = query.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value().trim().lower());
            }
        }
    };
    let list = use_answer(Question::Rules(RuleQuery {
        text: (*query).clone(),
        since: (*since).clone(),
        component: (*of).clone(),
        kind: (*kind).clone(),
    }));
    let Some(Answer::Rules(list)) = list.as_deref() else { return html! {} };
    html! {
        <div class={classes!("keys-page", props.open.is_some().then_some("open"))}>
            <h1 class="visually-hidden">{words::RULES}</h1>
            <section class="panel" aria-label={words::RULES}>
                <div class="search">
                    <label for="search">{words::search_rules(list.all as usize)}</label>
                    <input id="search" type="search" {oninput} placeholder={words::A_RULE} autocomplete="off" spellcheck="false" />
                    { menu("rules-since", words::SINCE, &list.releases, &since) }
                    { menu("rules-of", words::ABOUT, &list.components, &of) }
                    { menu("rules-kind", words::KIND, &list.kinds, &kind) }
                </div>
                <ul class="key-list">
                    { for list.hits.iter().map(|RuleTitle { id, title, since, .. }| {
                        let here = props.open.as_ref() == Some(id);
                        html! {
                            <li key={id.clone()}>
                                <a href={format!("#/rules/{id}")} aria-current={here.then_some("true")}>
                                    <b>{ rich(title) }</b><span class="faint">{since}</span>
                                </a>
                            </li>
                        }
                    }) }
                </ul>
                if list.hits.is_empty() {
                    <p class="quiet-note">{words::NO_RULE}</p>
                }
            </section>
            <section class="panel" aria-label={words::RULE}>
                { match props.open.clone() {
                    Some(id) => html! { <RuleView key={id.clone()} id={id.clone()} /> },
                    None => html! { <p class="quiet-note">{words::BESIDES}</p> },
                } }
            </section>
        </div>
    }
}

fn menu(
    id: &'static str,
    [label, any]: [&'static str; 2],
    choices: &[String],
    chosen: &UseStateHandle<String>,
) -> Html {
    let onchange = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                chosen.set(select.value());
            }
        })
    };
    html! {
        <>
            <label for={id}>{label}</label>
            <select {id} {onchange}>
                <option value="" selected={chosen.is_empty()}>{any}</option>
                { for choices.iter().map(|choice| html! { <option value={choice.clone()} selected={**chosen == *choice}>{choice.clone()}</option> }) }
            </select>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RuleProps {
    id: String,
}

#[component]
fn RuleView(props: &RuleProps) -> Html {
    let answer = use_answer(Question::Rule(props.id.clone()));
    use_effect_with(answer.clone(), |answer| {
        // Until it is there the frame's title has the rule's id.
        if let Some(Answer::Rule(Some(rule))) = answer.as_deref() {
            gloo::utils::document().set_title(&frame::title(&rule.title.replace('`', "")));
        }
    });
    match answer.as_deref() {
        Some(Answer::Rule(Some(rule))) => shown(rule),
        Some(_) => {
            html! { <p class="quiet-note">{words::unknown_rule(&props.id)}</p> }
        }
        None => html! {},
    }
}

fn shown(rule: &Rule) -> Html {
    html! {
        <div class="history">
            <h2>{ for rule.severity.map(|severity| html! { <>{ mark(severity) }{" "}</> }) }{ rich(&rule.title) }</h2>
            if !rule.line.is_empty() { <p>{&rule.line}</p> }
            { for rule.texts.iter().map(|text| html! { <div>{ rich(text) }</div> }) }
            if let Some(replacement) = &rule.replacement {
                <div>{words::INSTEAD}<code>{replacement}</code></div>
            }
            if !rule.components.is_empty() {
                <div class="faint">{words::looks_at(&rule.components.join(", "))}</div>
            }
            { for rule.examples.iter().map(example) }
            <p class="refs">
                if let Some((component, key)) = &rule.key { <a href={format!("#/key/{component}/{key}")}>{words::HISTORY_OF}<code>{ breakable(key) }</code></a> }
                if let Some((folder, name)) = &rule.page { { reference(folder, name, words::PAGE) } }
                <span class="faint">{words::rule(&rule.id)}</span>
            </p>
            <ul>{ for rule.references.iter().map(|(title, url)| {
                let short = kip(title);
                html! { <li><a href={url.clone()} rel="noreferrer">{title}</a>{" "} if short.starts_with("KIP-") { { reference("kips", &short, &words::kip(&short)) } }</li> }
            }) }</ul>
        </div>
    }
}

/// A file on an upgrade path, and whether the rule is reported there.
fn example(example: &Example) -> Html {
    html! {
        <div class="example">
            <div class="faint">{words::example(example.found, &example.path, &example.file)}</div>
            <pre>{example.text.trim_end()}</pre>
            if !example.have.is_empty() { <div class="faint">{words::with(&example.have)}</div> }
        </div>
    }
}
