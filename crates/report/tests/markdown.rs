//! The report as a ticket takes it.

#![expect(clippy::expect_used, reason = "a test may panic")]

use kafka_upgrade_report::{Context, Cover, Report, format, json, markdown, without_secrets};
use serde_json::Value;

/// With a finding, a matrix of two columns, a plan of two steps and a drafted file.
const REPORT: &str = r#"{
  "schema": 1, "tool": {"version": "0.1.0", "catalog_newest": "4.4.0"},
  "path": {"from": "3.9.0", "to": "4.0.2", "mode": "zookeeper", "detected": [
    {"what": "mode", "value": "zookeeper", "because": "`zookeeper.connect` is set", "path": "a|b.properties", "line": 2}]},
  "verdict": "blocked", "summary": {"error": 1, "warning": 0, "info": 0},
  "files": [{"path": "a|b.properties", "kind": "broker-properties", "component": "broker", "accepted": false,
    "refusals": [{"subject": "some.key", "line": 7, "message": "No."}]}],
  "findings": [{"rule": "removed-some-key", "severity": "error", "confidence": "likely", "subject": "some.key",
    "component": "broker", "since": "4.0.0", "hop": "4.0", "replacement": "new.key",
    "path": "a|b.properties", "line": 7, "message": "4.0.2 no longer reads `some.key`.", "why": "It <i>went</i>.",
    "do": "Rename it.", "fix": {"title": "Rename", "safe": true, "edits": [{"start": 0, "end": 9, "text": "new.password=hunter2"}]},
    "references": [{"title": "KIP-1", "url": "https://example.org/1"}], "places": [{"path": "a|b.properties", "line": 7,
      "rule": "removed-some-key", "subject": "some.key", "message": "4.0.2 no longer reads `some.key`.",
      "edits": [{"start": 0, "end": 9, "text": "new.password=hunter2"}]}]}],
  "matrix": {"columns": ["3.9.2", "4.0.2"], "rows": [{"subject": "an_old*client", "version": "1.0", "path": "pom.xml", "line": 3, "sense": "client-broker",
    "cells": [
      {"release": "3.9.2", "verdict": "works", "word": "works", "supported": true, "reason": "All is served.", "findings": [], "evidence": "ran"},
      {"release": "4.0.2", "verdict": "refused", "word": "refused", "supported": false, "reason": "Produce is gone.", "findings": [0],
       "evidence": "computed", "operations": [{"name": "produce", "verdict": "refused", "api": "Produce", "client": [0, 2], "broker": [3, 12]}]}]}]},
  "plan": {"possible": true, "why_not": null,
    "hops": [{"kind": "upgrade", "from": "3.9.0", "to": "4.0.2", "mode": "kraft", "title": "Brokers to 4.0.2"}],
    "steps": [
      {"id": "settings", "hop": 1, "title": "Get the settings ready", "why": "They change.", "commands": ["bin/a.sh --x", "bin/b.sh"],
       "verify": "It checks clean.", "reversible": true, "undo": "Put them back.", "findings": [0]},
      {"id": "roll", "hop": 1, "title": "Restart", "why": "", "commands": [], "verify": "All is well.", "reversible": false,
       "undo": "None after this.", "findings": []}],
    "drafts": [{"step": "roll", "path": "controller.properties", "text": "node.id=1\nssl.key.password=hunter2\n"}]},
  "manual": ["Java: brokers need Java 17."], "checks": []
}"#;

fn report() -> Report {
    let report = serde_json::from_str(REPORT).expect("it is a report");
    Report { secrets: Cover::new([("", "hunter2")]), ..report }
}

#[test]
fn the_whole_report_is_told_and_the_plan_is_a_checklist() {
    let written = markdown(&report(), &Context { ticked: &["settings"], ..Context::default() });
    insta::assert_snapshot!(written);
}

#[test]
fn the_format_is_known_by_its_name_and_nothing_is_done_before_it_is_ticked() {
    let written = format("markdown").expect("the format").write(&report(), &Context::default());
    assert_eq!((written.matches("- [ ]").count(), written.matches("- [x]").count()), (2, 0));
    assert!(written.contains("0 of 2 steps done."));
}

#[test]
fn no_secret_of_a_draft_or_an_edit_is_taken_along() {
    let report = report();
    assert!(!markdown(&report, &Context::default()).contains("hunter2"));
    assert!(!json(&report, &Context::default()).contains("hunter2"));
    assert!(json(&report, &Context { with_secrets: true, ..Context::default() }).contains("hunter2"));
    let draft = without_secrets(&report).plan.drafts.first().map(|draft| draft.text.clone());
    assert_eq!(draft.as_deref(), Some("node.id=1\nssl.key.password=*******\n"));
}

/// Every text of a report is covered: each of them in turn holds the secret.
#[test]
fn every_text_of_a_report_is_covered() {
    const SECRET: &str = "Hq7-Vb2xW9";
    let whole: Value = serde_json::from_str(REPORT).expect("it is JSON");
    let mut places = Vec::new();
    texts(&whole, &mut Vec::new(), &mut places);
    let mut shown = Vec::new();
    for place in &places {
        let mut planted = whole.clone();
        let text = place.iter().try_fold(&mut planted, |at, key| match key.parse::<usize>() {
            Ok(number) => at.get_mut(number),
            Err(_) => at.get_mut(key),
        });
        *text.expect("a text") = Value::from(SECRET);
        // An enumerated value cannot be replaced by another word.
        let Ok(report) = serde_json::from_value::<Report>(planted) else { continue };
        let report = Report { secrets: Cover::new([("", SECRET)]), ..report };
        if json(&report, &Context::default()).contains(SECRET) {
            shown.push(
                place
                    .iter()
                    .filter(|key| key.parse::<usize>().is_err())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("."),
            );
        }
    }
    // Facts and ids of ours.
    let ours = [
        "checks.id",
        "findings.component",
        "findings.hop",
        "findings.references.title",
        "findings.references.url",
        "findings.since",
        "files.component",
        "files.kind",
        "matrix.columns",
        "matrix.rows.cells.release",
        "matrix.rows.cells.operations.api",
        "matrix.rows.cells.operations.name",
        "path.from",
        "path.to",
        "path.detected.what",
        "plan.drafts.step",
        "plan.hops.from",
        "plan.hops.to",
        "plan.steps.id",
        "tool.catalog_newest",
        "tool.version",
    ];
    shown.retain(|place| !ours.contains(&place.as_str()));
    assert!(shown.is_empty(), "{shown:?}");
    assert!(places.len() > 40, "{}", places.len());
}

fn texts(value: &Value, place: &mut Vec<String>, places: &mut Vec<Vec<String>>) {
    let mut below = |key: String, value: &Value| {
        place.push(key);
        texts(value, place, places);
        place.pop();
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| below(at.to_string(), item)),
        Value::Object(entries) => entries.iter().for_each(|(key, value)| below(key.clone(), value)),
        Value::String(_) => places.push(place.clone()),
        _ => {}
    }
}
