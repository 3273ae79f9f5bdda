//! SARIF 2.1.0, for code scanning: a result for each place of a finding, with a fingerprint that survives moved lines.
//!
//! Beside the standard it has what GitHub's "SARIF support for code scanning" (read in November 2026) calls required:
//! descriptions of rules, all four numbers of a region, and `primaryLocationLineHash`, the only fingerprint that it uses.
//! It has no more results than code scanning takes.

use std::collections::BTreeMap;

use kafka_upgrade_sorted::{Gather as _, Sorted as _};

use serde_json::{Map, Value, json};

use super::{Entry, entries, uri};
use crate::json::visible;
use crate::{Confidence, Context, Format, Report, Severity};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning",
    extension: "sarif",
    media: "application/sarif+json",
    quotes: false,
    writes,
};

/// Most results of a log that code scanning does not reject.
const MAX_RESULTS: usize = 25_000;
/// Longest description that it takes, in characters.
const MAX_DESCRIPTION: usize = 1_024;

fn writes(report: &Report, context: &Context<'_>) -> String {
    let mut entries = entries(report);
    let left_out = entries.len().saturating_sub(MAX_RESULTS);
    if left_out > 0 {
        entries.order_by_key(|entry| entry.finding.severity);
        entries.truncate(MAX_RESULTS);
    }
    let mut rules: BTreeMap<&str, &Entry<'_>> = BTreeMap::new();
    for entry in &entries {
        rules.entry(entry.spot.rule).or_insert(entry);
    }
    let numbers: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, id)| (*id, at)).gather();
    let results: Vec<Value> =
        entries.iter().map(|entry| result(entry, numbers.get(entry.spot.rule), report)).collect();
    let driver = json!({
        "name": "Kafka Upgrade Check",
        "version": report.tool.version,
        "rules": rules.into_iter().map(|(id, entry)| rule(id, entry)).collect::<Vec<_>>(),
    });
    let mut run = json!({
        "tool": { "driver": driver },
        "columnKind": if context.utf16 { "utf16CodeUnits" } else { "unicodeCodePoints" },
        "results": results,
    });
    if let (Some(run), true) = (run.as_object_mut(), left_out > 0) {
        let text =
            format!("{left_out} results are left out, the least severe: code scanning takes {MAX_RESULTS}.");
        let notification = json!({ "level": "warning", "message": { "text": text } });
        let invocation = json!({ "executionSuccessful": true, "toolExecutionNotifications": [notification] });
        run.insert("invocations".to_owned(), json!([invocation]));
    }
    let log = json!({
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [run],
    });
    visible(&log)
}

fn rule(id: &str, entry: &Entry<'_>) -> Value {
    let finding = entry.finding;
    let why = if finding.why.is_empty() { &finding.message } else { &finding.why };
    let mut help = vec![why.as_str()];
    if !finding.action.is_empty() {
        help.push(&finding.action);
    }
    let pages = |link: fn(&str, &str) -> String| {
        let pages = finding.references.iter().map(|page| link(&page.title, &page.url));
        help.iter().map(|text| (*text).to_owned()).chain(pages).collect::<Vec<_>>().join("\n\n")
    };
    let mut rule = Map::new();
    rule.insert("id".to_owned(), json!(id));
    rule.insert("shortDescription".to_owned(), json!({ "text": shortened(&title(id, &finding.subject)) }));
    rule.insert("fullDescription".to_owned(), json!({ "text": shortened(why) }));
    rule.insert("defaultConfiguration".to_owned(), json!({ "level": level(finding.severity) }));
    let text = pages(|title, url| format!("{title}: {url}"));
    let markdown = pages(|title, url| format!("[{}]({url})", title.replace(['[', ']'], " ")));
    rule.insert("help".to_owned(), json!({ "text": text, "markdown": markdown }));
    if let Some(page) = finding.references.first() {
        rule.insert("helpUri".to_owned(), json!(page.url));
    }
    let precision = match finding.confidence {
        Confidence::Certain => "very-high",
        Confidence::Likely => "high",
        Confidence::Possible => "low",
    };
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    };
    rule.insert("properties".to_owned(), json!({ "precision": precision, "problem.severity": severity }));
    Value::Object(rule)
}

/// What a rule is about, in words: `Removed: zookeeper.connect`.
fn title(id: &str, subject: &str) -> String {
    const FAMILIES: [(&str, &str); 8] = [
        ("changed-default-", "Changed default"),
        ("refused-value-", "Refused value"),
        ("deprecated-", "Deprecated"),
        ("removed-", "Removed"),
        ("renamed-", "Renamed"),
        ("requires-", "Required"),
        ("unknown-", "Unknown"),
        ("note-", "Note"),
    ];
    let family = FAMILIES.iter().find_map(|(start, words)| Some((id.strip_prefix(start)?, words)));
    let Some((rest, family)) = family else { return id.replace('-', " ") };
    let dashed: String =
        subject.chars().map(|one| if one == '.' || one == '_' { '-' } else { one }).collect();
    let of = if dashed.eq_ignore_ascii_case(rest) { subject.to_owned() } else { rest.replace('-', " ") };
    format!("{family}: {of}")
}

/// No longer than a description may be.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_DESCRIPTION - 1) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn result(entry: &Entry<'_>, rule: Option<&usize>, report: &Report) -> Value {
    let Entry { finding, spot, fingerprint } = entry;
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(spot.rule));
    if let Some(rule) = rule {
        result.insert("ruleIndex".to_owned(), json!(rule));
    }
    result.insert("level".to_owned(), json!(level(finding.severity)));
    result.insert("message".to_owned(), json!({ "text": entry.text() }));
    // Code scanning wants a file for each result; one without a file is placed in the first.
    let path = spot.path.or_else(|| report.files.first().map(|file| file.path.as_str()));
    if let Some(path) = path {
        let mut physical = Map::new();
        physical.insert("artifactLocation".to_owned(), json!({ "uri": uri(path) }));
        let region = match (spot.line, spot.column, spot.end_line, spot.end_column) {
            (Some(line), Some(column), Some(end_line), Some(end_column)) => json!({
                "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            }),
            // No more is known than the line, if that: its beginning stands for it, since a line may be empty.
            (line, ..) => {
                let line = line.unwrap_or(1);
                json!({ "startLine": line, "startColumn": 1, "endLine": line, "endColumn": 1 })
            }
        };
        physical.insert("region".to_owned(), region);
        result.insert("locations".to_owned(), json!([{ "physicalLocation": physical }]));
    }
    result.insert(
        "partialFingerprints".to_owned(),
        json!({ "primaryLocationLineHash": format!("{fingerprint}:1"), "kafkaUpgradeCheck/v1": fingerprint }),
    );
    let subject =
        json!({ "subject": spot.subject, "owner": finding.owner, "confidence": finding.confidence });
    result.insert("properties".to_owned(), subject);
    Value::Object(result)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
