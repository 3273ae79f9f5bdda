//! `rules` and `explain`: the notes that people wrote, and what failures mean.

use std::io::{self, Read};

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_document::Encoding;
use kafka_upgrade_report::without_secrets;
use kafka_upgrade_rules::failures::Failure;
use kafka_upgrade_rules::{Explanation, Named, Rule, Sample, examples, notes};
use kafka_upgrade_session::{File, Request, check};

use crate::words::{default, values};
use crate::{Ending, output};

/// `rules`: one line a note.
pub(crate) fn list() -> Ending {
    let width = notes().map(|note| note.id.len()).max().unwrap_or_default();
    let mut text = String::new();
    for note in notes() {
        let since = note.since.to_string();
        text.push_str(&format!(
            "{:width$}  {since}  {:7}  {}\n",
            note.id,
            note.severity.name(),
            note.subject
        ));
    }
    output::print(&text);
    Ending::Clean
}

/// `explain`: one note, or what is known of what a computed rule is about: a key, a class, a member, an option; else what
/// a failure means, whose text was given. `-` reads it from standard input.
pub(crate) fn explain(rule: &str) -> Ending {
    if rule == "-" {
        let mut bytes = Vec::new();
        return match io::stdin().lock().take(MAX_TEXT_BYTES).read_to_end(&mut bytes) {
            Ok(_) => of_text(&String::from_utf8_lossy(&bytes)),
            Err(error) => {
                output::error(&format!("standard input cannot be read: {error}."));
                Ending::Unreadable
            }
        };
    }
    // Ids and keys contain no blanks, so this is the text of a failure.
    if rule.contains(char::is_whitespace) {
        return of_text(rule);
    }
    if let Some(key) = catalog::keys().find(|key| *key == rule) {
        return history(rule, key);
    }
    let note = match Rule::parse(rule).and_then(|rule| rule.explain()) {
        Some(Explanation::Note(note)) => note,
        Some(Explanation::Failure(failure)) => return of_failure(rule, failure),
        Some(Explanation::Key(key)) => return history(rule, key),
        Some(Explanation::Named(named)) => return lives(rule, &named),
        Some(Explanation::Text(about)) => {
            output::print(&format!("{rule}\n\n{about}\n"));
            return Ending::Clean;
        }
        // An exception or an error of the protocol by its name alone is a text too.
        None => {
            let shown = failures_in(rule);
            if shown.is_empty() {
                return unknown(rule);
            }
            output::print(&shown);
            return Ending::Clean;
        }
    };
    let mut text = format!("{} ({}, from {})\n\n", note.id, note.severity.name(), note.since);
    for (name, part) in [("What", note.message), ("Why", note.why), ("Do", note.action)] {
        if !part.is_empty() {
            text.push_str(&format!("{name}: {}\n", note.plain(part)));
        }
    }
    if let Some(replacement) = note.replacement {
        text.push_str(&format!("Replacement: {replacement}\n"));
    }
    for (title, url) in note.references {
        text.push_str(&format!("See: {title} {url}\n"));
    }
    for example in examples(note.id) {
        text.push_str(&shown(example));
    }
    output::print(&text);
    Ending::Clean
}

/// Longest text that is read, in bytes.
const MAX_TEXT_BYTES: u64 = 16 << 20;

/// The full text of an explanation, with the lines that it matches.
fn of_failure(rule: &str, failure: &Failure) -> Ending {
    let mut text = format!("{rule}\n\n");
    for (name, part) in [("What", failure.message), ("Why", failure.why), ("Do", failure.action)] {
        text.push_str(&format!("{name}: {}\n", failure.plain(part)));
    }
    for (title, url) in failure.references {
        text.push_str(&format!("See: {title} {url}\n"));
    }
    for example in failure.examples {
        text.push_str("\nExample:\n");
        text.extend(example.lines().map(|line| format!("    {line}\n")));
    }
    output::print(&text);
    Ending::Clean
}

/// What the failures of a text mean, in its order.
fn of_text(text: &str) -> Ending {
    let shown = failures_in(text);
    if shown.is_empty() {
        output::error(
            "nothing in this text is a failure that is known here, and there is no rule or key of that name. Give the \
             lines from the first ERROR on, or `check` the whole log.",
        );
        return Ending::Unreadable;
    }
    output::print(&shown);
    Ending::Clean
}

/// Each failure that a text reports, with why and what to do; empty where none is known.
fn failures_in(text: &str) -> String {
    let encoding = Encoding::Utf8;
    let files = [File { path: "failure.log", text, component: None, encoding }];
    let request = Request::new(catalog::newest(), &files);
    // Pasted failures end up in tickets too, so secrets are covered.
    let report = without_secrets(&check(&request));
    let mut shown = String::new();
    for finding in report.findings.iter().filter(|one| one.rule.starts_with("failure-")) {
        let line = finding.line.map(|line| format!("Line {line}: ")).unwrap_or_default();
        shown.push_str(&format!("{line}{} ({})\n", finding.message, finding.rule));
        shown.push_str(&format!("Why: {}\nDo: {}\n\n", finding.why, finding.action));
    }
    let length = shown.trim_end_matches('\n').len();
    shown.truncate(length);
    if length > 0 {
        shown.push('\n');
    }
    shown
}

/// An example with what the note finds in it.
fn shown(example: &Sample) -> String {
    let Sample { path, file, text, have, findings } = example;
    let found = if *findings > 0 { "reported" } else { "not reported" };
    let mut shown = format!("\nExample, {found} from {}: {file}\n", path.replace(" -> ", " to "));
    shown.extend(text.lines().map(|line| format!("    {line}\n")));
    if !have.is_empty() {
        shown.push_str(&format!("    with {have}\n"));
    }
    shown
}

fn unknown(rule: &str) -> Ending {
    let near: Vec<&str> = notes().map(|note| note.id).filter(|id| is_near(id, rule)).take(5).collect();
    let near = if near.is_empty() { String::new() } else { format!(" Near it: {}.", near.join(", ")) };
    output::error(&format!(
        "there is no rule and no key `{rule}`.{near} `rules` lists those that people wrote."
    ));
    Ending::Unreadable
}

/// What the releases of each component say about a key.
fn history(rule: &str, key: &str) -> Ending {
    let mut text = String::new();
    if rule != key {
        text.push_str(&format!("{rule} is computed from what the releases say of `{key}`.\n\n"));
    }
    for component in catalog::components_of(key) {
        text.push_str(&format!("{component}\n"));
        for era in catalog::history(component, key) {
            let definition = &era.definition;
            let (values, default) = (values(definition), default(definition));
            let deprecated = if definition.deprecated { "; deprecated" } else { "" };
            let eras = format!("{} to {}", era.first, era.last);
            text.push_str(&format!("  {eras:14}  {values}; default {default}{deprecated}\n"));
        }
    }
    output::print(&text);
    Ending::Clean
}

/// Which releases have the classes, members or options that a rule is about.
fn lives(rule: &str, named: &[Named]) -> Ending {
    let mut text = format!("{rule} is computed from what the releases have.\n\n");
    for Named { name, life, internal } in named {
        let internal = if *internal { " (internal to Kafka)" } else { "" };
        text.push_str(&format!("{name}{internal}\n"));
        let deprecated =
            life.deprecated.map(|since| format!("; deprecated from {since}")).unwrap_or_default();
        let spans = match life.gap {
            None => vec![(life.first, life.last)],
            Some((gone, lacking)) => vec![(life.first, near(gone, true)), (near(lacking, false), life.last)],
        };
        let span = |(first, last): &(Release, Release)| {
            if first == last { first.to_string() } else { format!("{first} to {last}") }
        };
        let spans: Vec<String> = spans.iter().map(span).collect();
        text.push_str(&format!("  {}{deprecated}\n", spans.join(", ")));
    }
    output::print(&text);
    Ending::Clean
}

/// The recorded release after or before another.
fn near(release: Release, before: bool) -> Release {
    let recorded = || catalog::releases().filter(|one| catalog::facts_of(*one) == *one);
    let found = if before {
        recorded().filter(|one| *one < release).max()
    } else {
        recorded().filter(|one| *one > release).min()
    };
    found.unwrap_or(release)
}

/// Whether an id contains all words that were asked for, or the other way round.
fn is_near(id: &str, asked: &str) -> bool {
    let words = |text: &str, other: &str| text.split(['-', '.', ' ']).all(|word| other.contains(word));
    !asked.is_empty() && (words(asked, id) || words(id, asked))
}
