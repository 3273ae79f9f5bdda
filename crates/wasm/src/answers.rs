//! Answers to what the page asks beside checks: keys and their histories, rules, what a line of free text names.

use std::cell::RefCell;
use std::collections::BTreeMap;

use kafka_upgrade_catalog::{self as catalog, Component, KeyEra, Platform, Release, clients};
use kafka_upgrade_document::Observation;
use kafka_upgrade_input::have;
use kafka_upgrade_log4j::{Form, convert};
use kafka_upgrade_protocol::{
    Answer, Era, Example, Facts, KeyChanges, KeyHistory, Question, Rule, RuleList, RuleQuery, RuleTitle,
    Thing, Written,
};
use kafka_upgrade_report::{Context, FORMATS, Report, Source};
use kafka_upgrade_rules::key_words::{accepts, became, default, update};
use kafka_upgrade_rules::{self as known, ChangeKind, Explanation, Note, examples, notes};
use kafka_upgrade_session::example;
use kafka_upgrade_sorted::Sorted as _;
use kafka_upgrade_sorted::case::Case as _;

/// Kinds by their names in the menu, in its order.
const KINDS: &[(&str, ChangeKind)] = &[
    ("removed", ChangeKind::Removed),
    ("renamed", ChangeKind::Renamed),
    ("refused", ChangeKind::Refused),
    ("required", ChangeKind::Requires),
    ("other default", ChangeKind::Default),
    ("deprecated", ChangeKind::Deprecated),
    ("to know", ChangeKind::Note),
];

/// The releases that most readers run.
const COMMON: &[(u8, u8)] = &[(2, 8), (3, 4), (3, 6), (3, 7), (3, 9), (4, 0), (4, 1)];

/// What does not depend on a question.
pub(crate) fn facts() -> Facts {
    let common = catalog::minors().filter(|release| COMMON.contains(&(release.major, release.minor)));
    Facts {
        releases: catalog::releases().rev().map(|release| (release.to_string(), age(release))).collect(),
        oldest: catalog::facts_of(catalog::oldest()).to_string(),
        date: catalog::releases().filter_map(catalog::date).max().map(str::to_owned),
        common: common.map(|release| release.to_string()).collect(),
        components: Component::ALL.iter().map(|component| component.name().to_owned()).collect(),
        transforms: transforms().map(|component| component.name().to_owned()).collect(),
        products: clients::products().map(|product| product.title.to_owned()).collect(),
        platforms: Platform::ALL.map(|one| (one.name().to_owned(), one.title().to_owned())).to_vec(),
    }
}

/// The answer to a question; the report is the newest one.
pub(crate) fn answer(question: Question, report: Option<&Report>) -> Answer {
    match question {
        Question::Things(line) => Answer::Things(things(&line)),
        Question::Convert(text) => {
            let (text, remarks) = convert(&text, Form::Yaml);
            let remarks = remarks.into_iter().map(|remark| (remark.line, remark.message));
            Answer::Converted(text, remarks.collect())
        }
        Question::TakeAlong { ticked, texts } => take_along(report, &ticked, &texts),
        Question::Keys { query, component, limit } => keys(&query, component.as_deref(), limit),
        Question::Key { component, name } => {
            Answer::Key(Component::parse(&component).and_then(|component| history(component, &name)))
        }
        Question::Changes { from, to } => Answer::Changes(changes(from.as_deref(), to.as_deref())),
        Question::Rules(query) => Answer::Rules(rules(&query)),
        Question::Rule(id) => Answer::Rule(rule(&id).map(Box::new)),
    }
}

/// Nothing leaves before there is a report, which knows the secrets.
fn take_along(report: Option<&Report>, ticked: &[String], texts: &[String]) -> Answer {
    let Some(report) = report else {
        return Answer::TakeAlong { formats: Vec::new(), texts: Vec::new(), secrets: 0 };
    };
    let ticked: Vec<_> = ticked.iter().map(String::as_str).collect();
    // Behind the page's own four fields: path, component, encoding and text of each file.
    let files = texts.get(4..).unwrap_or_default().chunks_exact(4);
    let sources: Vec<Source<'_>> =
        files.filter_map(|fields| Some(Source { path: fields.first()?, text: fields.last()? })).collect();
    let context = Context { ticked: &ticked, sources: &sources, ..Context::default() };
    let formats = FORMATS.iter().map(|format| Written {
        name: format.name.to_owned(),
        about: format.about.to_owned(),
        extension: format.extension.to_owned(),
        media: format.media.to_owned(),
        text: format.write(report, &context),
    });
    Answer::TakeAlong {
        formats: formats.collect(),
        texts: texts.iter().map(|text| report.secrets.text(text).into_owned()).collect(),
        secrets: u32::try_from(report.secrets.count()).unwrap_or(u32::MAX),
    }
}

fn age(release: Release) -> String {
    if release == catalog::newest() {
        return "newest release".into();
    }
    let newest = catalog::minors().any(|newest| newest == release);
    let which = if newest { "newest patch" } else { "not the newest patch" };
    format!("{which} of {}.{}", release.major, release.minor)
}

fn transforms() -> impl Iterator<Item = Component> {
    catalog::components().filter(|component| !Component::ALL.contains(component))
}

/// The things named in a text. A clause between two commas stays together if part of it is not understood.
fn things(text: &str) -> Vec<Thing> {
    let clauses = text.split([',', ';', '\n']).map(str::trim).filter(|clause| !clause.is_empty());
    let mut all: Vec<String> = Vec::new();
    for thing in clauses.flat_map(of_clause) {
        if !all.contains(&thing) {
            all.push(thing);
        }
    }
    all.into_iter().map(thing).collect()
}

fn of_clause(clause: &str) -> Vec<String> {
    let read = have::read(clause);
    if !read.problems.is_empty() {
        return vec![clause.to_owned()];
    }
    let named = read.dependencies.iter().map(|one| (one.span.start, joined(&one.artifact, &one.version)));
    let modes = read.observations.iter().map(|one| (one.span.start, one.what.value()));
    let mut things: Vec<_> = named.chain(modes).collect();
    things.order();
    things.into_iter().map(|(_, thing)| thing).collect()
}

fn thing(text: String) -> Thing {
    let read = have::read(&text);
    if let Some(problem) = read.problems.first() {
        return Thing { label: text.clone(), problem: Some(problem.message.clone()), text };
    }
    let label = match (read.dependencies.first(), read.observations.first().map(|one| &one.what)) {
        (Some(one), _) => {
            let title = clients::by_alias(&one.artifact).map_or(one.artifact.as_str(), |known| known.title);
            joined(title, &one.version)
        }
        (None, Some(Observation::Mode(mode))) => mode.title().to_owned(),
        (None, _) => text.clone(),
    };
    Thing { text, label, problem: None }
}

fn joined(name: &str, version: &str) -> String {
    format!("{name} {version}").trim_end().to_owned()
}

fn keys(query: &str, of: Option<&str>, limit: u32) -> Answer {
    let components = Component::ALL.iter().copied().chain(transforms());
    let components = components.filter(|component| of.is_none_or(|of| of == component.name()));
    let all = components.flat_map(|component| {
        let named = catalog::keys().filter(|key| key.contains(query));
        let known = named.filter(move |key| catalog::history(component, key).next().is_some());
        known.map(move |key| (component, key))
    });
    let (mut hits, mut number) = (Vec::new(), 0);
    for (component, key) in all {
        if number < limit {
            hits.push((component.name().to_owned(), key.to_owned()));
        }
        number += 1;
    }
    Answer::Keys { hits, all: number }
}

fn history(component: Component, key: &str) -> Option<KeyHistory> {
    let eras: Vec<_> = catalog::history(component, key).collect();
    let (first, last) = (eras.first()?, eras.last()?);
    let oldest = first.first == catalog::facts_of(catalog::oldest());
    let since =
        if oldest { format!("in {} and before", first.first) } else { format!("from {}", first.first) };
    let until = if last.last == catalog::newest() {
        "to the newest release".to_owned()
    } else {
        format!("until {}", last.last)
    };
    let span = |first: Release, last: Release| {
        if first == last { first.to_string() } else { format!("{first} to {last}") }
    };
    let era = |era: &KeyEra| Era {
        releases: span(era.first, era.last),
        value: format!("{:?}", era.definition.value_type).lower(),
        default: default(&era.definition),
        accepts: accepts(&era.definition),
        update: update(&era.definition).to_owned(),
        deprecated: era.definition.deprecated,
    };
    let recorded = catalog::releases().filter(|release| catalog::facts_of(*release) == *release);
    let borrowed = recorded.filter_map(|release| {
        let from = catalog::definition(component, key, release)?.facts_from;
        (from != release).then(|| format!("{release} (from {from})"))
    });
    Some(KeyHistory {
        lives: format!("{since}, {until}"),
        eras: eras.iter().rev().map(era).collect(),
        borrowed: borrowed.collect(),
    })
}

fn changes(from: Option<&str>, to: Option<&str>) -> KeyChanges {
    let release = |name: Option<&str>| name.and_then(|name| catalog::resolve(name).ok());
    let to = release(to).unwrap_or_else(catalog::newest);
    let before = catalog::minors().filter(|release| release.major < to.major).last();
    let from = release(from).or(before).unwrap_or_else(catalog::oldest);
    let components = catalog::components().filter_map(|component| {
        let changes = catalog::changes(component, from, to);
        let changes: Vec<_> = changes.map(|change| (change.key.to_owned(), became(&change))).collect();
        (!changes.is_empty()).then(|| (component.name().to_owned(), changes))
    });
    let mut crossed: Vec<&'static Note> = written().filter(|note| note.is_crossed(from, to)).collect();
    crossed.order_by_key(|note| note.severity);
    KeyChanges {
        from: from.to_string(),
        to: to.to_string(),
        rules: crossed.into_iter().map(title).collect(),
        components: components.collect(),
    }
}

/// Rules that the reference shows.
fn written() -> impl Iterator<Item = &'static Note> {
    notes().filter(|note| !note.silent)
}

thread_local! {
    /// Example titles that took a check to work out, by rule id; kept because lists are requested with each letter of
    /// a search.
    static FILLED: RefCell<BTreeMap<&'static str, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Placeholders of a message that have the same value in every check.
const ALWAYS: [&str; 7] = ["to", "key", "name", "old", "new", "clients", "servers"];

/// The title of a note. If its message depends on a file, the message of its own first example is used.
fn title_of(note: &'static Note) -> String {
    let mut holes = note.message.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    if holes.all(|(hole, _)| ALWAYS.contains(&hole)) {
        return note.plain(note.message);
    }
    FILLED.with_borrow_mut(|filled| {
        let title = filled.entry(note.id).or_insert_with(|| {
            example(note.id).map_or_else(|| note.plain(note.message), |found| found.message)
        });
        title.clone()
    })
}

fn title(note: &'static Note) -> RuleTitle {
    RuleTitle {
        id: note.id.to_owned(),
        title: title_of(note),
        severity: note.severity,
        since: note.since.to_string(),
    }
}

fn rules(query: &RuleQuery) -> RuleList {
    let mut releases: Vec<Release> = written().map(|note| note.since).collect();
    releases.order();
    releases.dedup();
    let mut components: Vec<&str> = written().flat_map(|note| note.components).copied().collect();
    components.order();
    components.dedup();
    let of_kind = |note: &Note| KINDS.contains(&(query.kind.as_str(), note.kind));
    let hits = written()
        .filter(|note| query.since.is_empty() || note.since.to_string() == query.since)
        .filter(|note| query.component.is_empty() || note.components.contains(&query.component.as_str()))
        .filter(|note| query.kind.is_empty() || of_kind(note))
        .filter(|note| {
            let texts = [note.id, note.subject, note.message, note.action];
            query.text.is_empty() || texts.iter().any(|text| text.lower().contains(&query.text))
        });
    RuleList {
        all: u32::try_from(written().count()).unwrap_or(u32::MAX),
        hits: hits.map(title).collect(),
        releases: releases.iter().rev().map(Release::to_string).collect(),
        components: components.into_iter().map(str::to_owned).collect(),
        kinds: KINDS.iter().map(|(word, _)| (*word).to_owned()).collect(),
    }
}

/// What explains a rule, whoever wrote or computed it.
fn rule(id: &str) -> Option<Rule> {
    let explained = match known::Rule::parse(id)?.explain()? {
        Explanation::Note(note) => of_note(note),
        Explanation::Failure(failure) => Rule {
            severity: Some(failure.severity),
            title: failure.plain(failure.message),
            texts: [failure.why, failure.action, failure.ask].map(|text| failure.plain(text)).to_vec(),
            page: Some(("failures".to_owned(), failure.id.to_owned())),
            references: links(failure.references),
            ..Rule::default()
        },
        Explanation::Key(name) => Rule {
            title: format!("What each release declares of `{name}` decides it."),
            key: key_of(name, &[]),
            ..Rule::default()
        },
        Explanation::Named(all) => Rule {
            title: "Which releases have it decides it.".to_owned(),
            texts: all
                .iter()
                .map(|one| format!("`{}`: {} to {}", one.name, one.life.first, one.life.last))
                .collect(),
            ..Rule::default()
        },
        Explanation::Text(text) => Rule { title: text.to_owned(), ..Rule::default() },
    };
    Some(Rule { id: id.to_owned(), ..explained })
}

/// A note, with the words of its own example where there is one: nothing in them is left open.
fn of_note(note: &Note) -> Rule {
    let kind = KINDS.iter().find(|(_, kind)| *kind == note.kind).map_or("", |(word, _)| word);
    let until = note.until.map(|until| format!(", until {until}")).unwrap_or_default();
    let sample = |sample: &known::Sample| Example {
        path: sample.path.replace("->", "to"),
        file: sample.file.to_owned(),
        text: sample.text.to_owned(),
        have: sample.have.to_owned(),
        found: sample.findings > 0,
    };
    let [title, why, action] = match example(note.id) {
        Some(found) => [found.message, found.why, found.action],
        None => [note.message, note.why, note.action].map(|text| note.plain(text)),
    };
    Rule {
        severity: Some(note.severity),
        title,
        line: format!("{} · {kind} · from {}{until}", note.subject, note.since),
        texts: vec![action, why],
        key: key_of(note.subject, note.components),
        page: (!note.silent).then(|| ("rules".to_owned(), note.id.to_owned())),
        replacement: note.replacement.map(str::to_owned),
        components: note.components.iter().map(|component| (*component).to_owned()).collect(),
        examples: examples(note.id).iter().map(sample).collect(),
        references: links(note.references),
        ..Rule::default()
    }
}

/// A key after its component: the first that has the key, among those given if there are any.
fn key_of(name: &str, of: &[&str]) -> Option<(String, String)> {
    let mut having = catalog::components_of(name).map(Component::name);
    let component = having.find(|component| of.is_empty() || of.contains(component))?;
    Some((component.to_owned(), name.to_owned()))
}

fn links(references: &[(&str, &str)]) -> Vec<(String, String)> {
    references.iter().map(|(title, url)| ((*title).to_owned(), (*url).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_becomes_one_thing_each_in_its_order() {
        let things = things("kafka 3.4.0 zookeeper java 11 librdkafka@1.9.2, kafkajs 2.2, kafkajs 2.2");
        let labels: Vec<_> = things.iter().map(|thing| thing.label.as_str()).collect();
        assert_eq!(labels.len(), 5, "{labels:?}");
        assert_eq!(labels.get(1), Some(&"ZooKeeper"));
        assert!(labels.contains(&"librdkafka 1.9.2"));
        assert!(things.iter().all(|thing| thing.problem.is_none()));
    }

    #[test]
    fn what_is_not_understood_stays_whole_and_has_a_reason() {
        let stated = things("java 17, our thing");
        assert_eq!(stated.len(), 2);
        let problem = stated.get(1).and_then(|thing| thing.problem.as_deref());
        assert!(problem.is_some_and(|problem| problem.contains("`thing`")));
        assert!(things(" ,\n").is_empty());
    }

    #[test]
    fn every_rule_and_key_that_is_listed_has_a_page_and_a_title_in_words() {
        let list = rules(&RuleQuery::default());
        assert_eq!(list.all as usize, list.hits.len());
        for RuleTitle { id, title, .. } in list.hits {
            assert!(title.contains(' ') && !title.contains(['{', '}']), "{id}: {title}");
            // These words stand for a default that was not found.
            assert!(!title.contains("another value"), "{id}: {title}");
            let Some(note) = notes().find(|note| note.id == id) else { panic!("{id}") };
            let open = ["that value", "of that age", "the release that runs", "because."];
            assert!(
                example(&id).is_none()
                    || !open.iter().any(|words| title.contains(words) && !note.message.contains(words)),
                "{id} leaves its title open: {title}"
            );
            let Answer::Rule(Some(rule)) = answer(Question::Rule(id.clone()), None) else { panic!("{id}") };
            assert!(rule.title.contains(' ') && !rule.texts.is_empty() && rule.page.is_some(), "{id}");
            if rule.examples.iter().any(|example| example.found) {
                assert!(!rule.title.contains("that value"), "{id} leaves its title open: {}", rule.title);
            }
        }
        let Answer::Keys { hits, all } = keys("segment.bytes", None, 3) else { panic!("no keys") };
        assert!(hits.len() == 3 && all > 3);
        for (component, name) in hits {
            let history = answer(Question::Key { component, name }, None);
            assert!(matches!(history, Answer::Key(Some(history)) if !history.eras.is_empty()));
        }
    }
    #[test]
    fn what_explains_a_finding_is_there_for_rules_of_every_kind() {
        for (id, words, page) in [
            ("removed-zookeeper-connect", "ZooKeeper", Some("rules")),
            ("failure-authentication-failed", " ", Some("failures")),
            ("refused-value-linger-ms", "`linger.ms`", None),
            ("removed-class-kafka-server", "Which releases", None),
            ("not-kafka", "another program", None),
        ] {
            let Some(rule) = rule(id) else { panic!("{id} is not explained") };
            assert!(rule.title.contains(words), "{id}: {}", rule.title);
            assert_eq!(rule.page.as_ref().map(|(folder, _)| folder.as_str()), page, "{id}");
        }
        assert_eq!(
            rule("refused-value-linger-ms").and_then(|rule| rule.key).map(|(of, _)| of).as_deref(),
            Some("producer")
        );
        assert_eq!(rule("removed-no-key-of-kafkas"), None);
    }

    #[test]
    fn a_comparison_has_the_rules_that_its_upgrade_path_crosses_and_takes_names_of_minors() {
        let changes = changes(Some("3.9"), Some("4.0.0"));
        assert_eq!((changes.from.as_str(), changes.to.as_str()), ("3.9.2", "4.0.0"));
        assert!(changes.rules.is_sorted_by_key(|rule| rule.severity));
        assert!(changes.rules.iter().any(|rule| rule.id == "removed-zookeeper-connect"));
        assert!(changes.rules.iter().all(|rule| rule.since.starts_with("4.0.")), "{:?}", changes.rules);
        assert_eq!(super::changes(Some("4.0.0"), Some("4.0.0")).rules, Vec::new());
    }
}
