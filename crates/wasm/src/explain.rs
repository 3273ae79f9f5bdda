//! What a rule, a key or a failure means, for programs.

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Finding, Severity, without_secrets};
use kafka_upgrade_rules::key_words::{accepts, default};
use kafka_upgrade_rules::{Explanation as Known, File, Note, Request, Rule};
use serde::Serialize;

/// A page that explains more.
#[derive(Serialize)]
struct Link {
    title: String,
    url: String,
}

fn links(references: &[(&str, &str)]) -> Vec<Link> {
    references
        .iter()
        .map(|(title, url)| Link { title: (*title).to_owned(), url: (*url).to_owned() })
        .collect()
}

/// A rule that somebody wrote.
#[derive(Serialize)]
pub(crate) struct Written {
    id: &'static str,
    since: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    severity: &'static str,
    subject: &'static str,
    components: Vec<&'static str>,
    message: String,
    why: String,
    #[serde(rename = "do")]
    action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<&'static str>,
    references: Vec<Link>,
}

pub(crate) fn rule(note: &Note) -> Written {
    Written {
        id: note.id,
        since: note.since.to_string(),
        until: note.until.map(|until| until.to_string()),
        severity: note.severity.name(),
        subject: note.subject,
        components: note.components.to_vec(),
        message: note.plain(note.message),
        why: note.plain(note.why),
        action: note.plain(note.action),
        replacement: note.replacement,
        references: links(note.references),
    }
}

/// One thing that is known of what was asked for.
#[derive(Serialize)]
pub(crate) struct Explanation {
    kind: &'static str,
    id: String,
    severity: Option<&'static str>,
    message: String,
    why: String,
    #[serde(rename = "do")]
    action: String,
    references: Vec<Link>,
}

/// A rule by its id, a key by its name, else the failures that stand in a text.
pub(crate) fn explain(what: &str) -> Vec<Explanation> {
    match Rule::parse(what).and_then(|rule| rule.explain()) {
        Some(Known::Note(note)) => vec![Explanation {
            severity: Some(note.severity.name()),
            why: note.plain(note.why),
            action: note.plain(note.action),
            references: links(note.references),
            ..Explanation::of("rule", note.id, note.plain(note.message))
        }],
        Some(Known::Failure(failure)) => vec![Explanation {
            severity: Some(failure.severity.name()),
            why: failure.plain(failure.why),
            action: failure.plain(failure.action),
            references: links(failure.references),
            ..Explanation::of("failure", what, failure.plain(failure.message))
        }],
        Some(Known::Key(name)) => key(name),
        Some(Known::Text(text)) => vec![Explanation::of("rule", what, text.to_owned())],
        Some(Known::Named(all)) => {
            let lines =
                all.iter().map(|one| format!("{}: {} to {}", one.name, one.life.first, one.life.last));
            vec![Explanation::of("rule", what, lines.collect::<Vec<_>>().join("\n"))]
        }
        None => {
            let histories = key(what);
            if histories.is_empty() { failures(what) } else { histories }
        }
    }
}

impl Explanation {
    fn of(kind: &'static str, id: &str, message: String) -> Self {
        let (why, action) = (String::new(), String::new());
        Self { kind, id: id.to_owned(), severity: None, message, why, action, references: Vec::new() }
    }
}

/// What each release says of a key, a line an era, for each component that has it.
fn key(name: &str) -> Vec<Explanation> {
    let of_component = |component| {
        let eras = catalog::history(component, name).map(|era| {
            let (values, default) = (accepts(&era.definition), default(&era.definition));
            let deprecated = if era.definition.deprecated { "; deprecated" } else { "" };
            format!("{} to {}: {values}; default {default}{deprecated}", era.first, era.last)
        });
        Explanation::of("key", &format!("{component} {name}"), eras.collect::<Vec<_>>().join("\n"))
    };
    catalog::components_of(name).map(of_component).collect()
}

fn failures(text: &str) -> Vec<Explanation> {
    let files = [File::new("failure.log", text)];
    let report = kafka_upgrade_session::check(&Request {
        units: Units::Utf16,
        ..Request::new(catalog::newest(), &files)
    });
    let found = without_secrets(&report).findings.into_iter().filter(|one| one.rule.starts_with("failure-"));
    found.map(of_finding).collect()
}

fn of_finding(finding: Finding) -> Explanation {
    let severity: Severity = finding.severity;
    Explanation {
        kind: "failure",
        id: finding.rule,
        severity: Some(severity.name()),
        message: finding.message,
        why: finding.why,
        action: finding.action,
        references: finding
            .references
            .into_iter()
            .map(|page| Link { title: page.title, url: page.url })
            .collect(),
    }
}
