//! The report as a ticket takes it.

#![expect(clippy::expect_used, reason = "a test may panic")]

use kafka_upgrade_report::{Context, Report, format, markdown, without_secrets};

/// With a finding, a matrix of two columns, a plan of two steps and a drafted file.
const REPORT: &str = r#"{
  "schema": 1, "tool": {"version": "0.1.0", "catalog_newest": "4.4.0"},
  "path": {"from": "3.9.0", "to": "4.0.2", "mode": "zookeeper", "detected": [
    {"what": "mode", "value": "zookeeper", "because": "`zookeeper.connect` is set", "path": "a|b.properties", "line": 2}]},
  "verdict": "blocked", "summary": {"error": 1, "warning": 0, "info": 0},
  "files": [{"path": "a|b.properties", "kind": "broker-properties", "component": "broker", "accepted": false, "refusals": []}],
  "findings": [{"rule": "removed-some-key", "severity": "error", "confidence": "likely", "subject": "some.key",
    "path": "a|b.properties", "line": 7, "message": "4.0.2 no longer reads `some.key`.", "why": "It <i>went</i>.",
    "do": "Rename it.", "fix": {"title": "Rename", "safe": true, "edits": [{"start": 0, "end": 9, "text": "new.password=hunter2"}]},
    "references": [{"title": "KIP-1", "url": "https://example.org/1"}]}],
  "matrix": {"columns": ["3.9.2", "4.0.2"], "rows": [{"subject": "an_old*client", "version": "1.0", "sense": "client-broker",
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
    serde_json::from_str(REPORT).expect("it is a report")
}

#[test]
fn the_whole_report_is_told_and_the_plan_is_a_checklist() {
    let told = markdown(&report(), &Context { ticked: &["settings"], ..Context::default() });
    insta::assert_snapshot!(told);
}

#[test]
fn the_format_is_known_by_its_name_and_nothing_is_done_before_it_is_ticked() {
    let told = (format("markdown").expect("the format").write)(&report(), &Context::default());
    assert_eq!((told.matches("- [ ]").count(), told.matches("- [x]").count()), (2, 0));
    assert!(told.contains("0 of 2 steps done."));
}

#[test]
fn no_secret_of_a_draft_or_an_edit_is_taken_along() {
    assert!(!markdown(&report(), &Context::default()).contains("hunter2"));
    let told = without_secrets(&report());
    assert!(!kafka_upgrade_report::json(&told, &Context::default()).contains("hunter2"));
    assert_eq!(
        told.plan.drafts.first().map(|draft| draft.text.as_str()),
        Some("node.id=1\nssl.key.password=*******\n")
    );
}
