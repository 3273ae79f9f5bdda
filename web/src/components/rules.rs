//! The catalogue of what people wrote down: every note, found by its text, release, component and kind.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_rules::{Note, NoteKind, Sample, examples, note, notes};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    Callback, Event, Html, InputEvent, Properties, TargetCast, UseStateHandle, classes, component, html,
    use_state_eq,
};

use crate::components::rich::Rich;
use crate::components::severity::Mark;

/// Kinds by the words of the menu, in its order.
const KINDS: &[(&str, NoteKind)] = &[
    ("gone", NoteKind::Removed),
    ("renamed", NoteKind::Renamed),
    ("refused", NoteKind::Refused),
    ("required", NoteKind::Requires),
    ("other default", NoteKind::Default),
    ("deprecated", NoteKind::Deprecated),
    ("to know", NoteKind::Note),
];

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
                query.set(input.value().trim().to_lowercase());
            }
        }
    };
    let told = || notes().filter(|note| !note.silent);
    let mut releases: Vec<Release> = told().map(|note| note.since).collect();
    releases.sort_unstable();
    releases.dedup();
    let mut components: Vec<&str> = told().flat_map(|note| note.components).copied().collect();
    components.sort_unstable();
    components.dedup();
    let hits: Vec<_> = told()
        .filter(|note| since.is_empty() || note.since.to_string() == *since)
        .filter(|note| of.is_empty() || note.components.contains(&of.as_str()))
        .filter(|note| kind.is_empty() || KINDS.contains(&(kind.as_str(), note.kind)))
        .filter(|note| {
            let texts = [note.id, note.subject, note.message, note.action];
            query.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(query.as_str()))
        })
        .collect();
    let releases = releases.iter().rev().map(Release::to_string);
    let kinds = KINDS.iter().map(|(word, _)| (*word).to_owned());
    let components = components.into_iter().map(str::to_owned);
    html! {
        <div class={classes!("keys-page", props.open.is_some().then_some("open"))}>
            <section class="panel" aria-label="Rules">
                <div class="search">
                    <label for="search">{format!("Search {} rules", told().count())}</label>
                    <input id="search" type="search" {oninput} placeholder="poll" autocomplete="off" spellcheck="false" />
                    { menu("rules-since", "from", "every release", releases, &since) }
                    { menu("rules-of", "of", "everything", components, &of) }
                    { menu("rules-kind", "that says it is", "anything", kinds, &kind) }
                </div>
                <ul class="key-list">
                    { for hits.iter().map(|note| {
                        let here = props.open.as_deref() == Some(note.id);
                        html! {
                            <li key={note.id}>
                                <a href={format!("#/rules/{}", note.id)} aria-current={here.then_some("true")}>
                                    <code>{note.id}</code><span class="faint">{note.since.to_string()}</span>
                                </a>
                            </li>
                        }
                    }) }
                </ul>
                if hits.is_empty() {
                    <p class="quiet-note">{"No rule says that."}</p>
                }
            </section>
            <section class="panel" aria-label="Rule">
                { match props.open.as_deref().map(|id| (id, note(id))) {
                    Some((_, Some(note))) => shown(note),
                    Some((id, None)) => html! { <p class="quiet-note">{format!("Nobody wrote {id} down. Rules without words of their own are computed from what the releases say.")}</p> },
                    None => html! { <p class="quiet-note">{"Beside these rules, whatever the releases say of themselves is told without anybody's words: keys and classes that go, values that are refused, defaults that change."}</p> },
                } }
            </section>
        </div>
    }
}

fn menu(
    id: &'static str,
    label: &str,
    any: &str,
    choices: impl Iterator<Item = String>,
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
            <label for={id}>{label.to_owned()}</label>
            <select {id} {onchange}>
                <option value="" selected={chosen.is_empty()}>{any.to_owned()}</option>
                { for choices.map(|choice| html! { <option value={choice.clone()} selected={**chosen == choice}>{choice.clone()}</option> }) }
            </select>
        </>
    }
}

fn shown(note: &'static Note) -> Html {
    let kind = KINDS.iter().find(|(_, kind)| *kind == note.kind).map_or("", |(word, _)| word);
    let until = note.until.map(|until| format!(", until {until}")).unwrap_or_default();
    html! {
        <div class="history">
            <h2><Mark severity={note.severity} />{" "}<code>{note.id}</code></h2>
            <p>{format!("{} · {kind} · from {}{until}", note.subject, note.since)}</p>
            { for [note.message, note.why, note.action].into_iter().map(|text| html! { <div><Rich text={note.plain(text)} /></div> }) }
            if let Some(replacement) = note.replacement {
                <div>{"Instead: "}<code>{replacement}</code></div>
            }
            if !note.components.is_empty() {
                <div class="faint">{format!("Looks at: {}", note.components.join(", "))}</div>
            }
            { for examples(note.id).iter().map(example) }
            <ul>{ for note.references.iter().map(|(title, url)| html! { <li><a href={*url} rel="noreferrer">{*title}</a></li> }) }</ul>
        </div>
    }
}

/// A file on a way, and whether the rule is told there.
fn example(sample: &'static Sample) -> Html {
    let told = if sample.findings > 0 { "Told" } else { "Not told" };
    let way = sample.path.replace("->", "to");
    html! {
        <div class="example">
            <div class="faint">{format!("{told} from {way}: {}", sample.file)}</div>
            <pre>{sample.text.trim_end()}</pre>
            if !sample.have.is_empty() { <div class="faint">{format!("with what runs: {}", sample.have)}</div> }
        </div>
    }
}
