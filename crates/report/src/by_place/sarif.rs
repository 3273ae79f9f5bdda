//! SARIF 2.1.0, for code scanning: a result for each place of a finding, with a fingerprint that survives moved lines.

use std::collections::BTreeMap;

use kafka_upgrade_sorted::Gather as _;

use serde_json::{Map, Value, json};

use super::{Entry, entries, uri};
use crate::json::visible;
use crate::{Context, Format, Report, Severity};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning",
    extension: "sarif",
    media: "application/sarif+json",
    writes,
};

fn writes(report: &Report, context: &Context<'_>) -> String {
    let entries = entries(report);
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
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": if context.utf16 { "utf16CodeUnits" } else { "unicodeCodePoints" },
        "results": results,
    });
    let log = json!({
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [run],
    });
    visible(&log)
}

fn rule(id: &str, entry: &Entry<'_>) -> Value {
    let mut rule = Map::new();
    rule.insert("id".to_owned(), json!(id));
    rule.insert("shortDescription".to_owned(), json!({ "text": id.replace('-', " ") }));
    rule.insert("defaultConfiguration".to_owned(), json!({ "level": level(entry.finding.severity) }));
    if !entry.finding.why.is_empty() {
        rule.insert("help".to_owned(), json!({ "text": entry.finding.why }));
    }
    if let Some(page) = entry.finding.references.first() {
        rule.insert("helpUri".to_owned(), json!(page.url));
    }
    Value::Object(rule)
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
            (Some(line), ..) => json!({ "startLine": line }),
            _ => json!({ "startLine": 1 }),
        };
        physical.insert("region".to_owned(), region);
        result.insert("locations".to_owned(), json!([{ "physicalLocation": physical }]));
    }
    result.insert("partialFingerprints".to_owned(), json!({ "kafkaUpgradeCheck/v1": fingerprint }));
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
