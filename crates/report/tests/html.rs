//! The report as one HTML file, as a browser's parser reads it.

#![expect(clippy::expect_used, reason = "a test may panic")]

use base64::prelude::{BASE64_STANDARD, Engine as _};
use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use kafka_upgrade_report::{Context, Cover, Report, format};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// With findings of two severities at many places, a matrix, a plan of two steps and a drafted file.
const REPORT: &str = r#"{
  "schema": 1, "tool": {"version": "0.1.0", "catalog_newest": "4.4.0"},
  "path": {"from": "3.9.0", "to": "4.0.2", "mode": "zookeeper", "detected": [
    {"what": "mode", "value": "zookeeper", "because": "`zookeeper.connect` is set", "path": "a.properties", "line": 2}]},
  "verdict": "blocked", "summary": {"error": 1, "warning": 0, "info": 1},
  "files": [{"path": "a.properties", "kind": "broker-properties", "component": "broker", "accepted": false, "refusals": []}],
  "findings": [
    {"rule": "removed-some-key", "severity": "error", "confidence": "likely", "subject": "some.key",
     "component": "broker", "since": "4.0.0", "hop": "4.0", "replacement": "new.key",
     "path": "a.properties", "line": 7, "message": "4.0.2 no longer reads `some.key`.", "why": "It went.",
     "do": "Rename it.", "references": [{"title": "KIP-1", "url": "https://example.org/1"}],
     "places": [{"path": "b.properties", "line": 7, "subject": "other.key", "edits": []}]},
    {"rule": "note-some-key", "severity": "info", "confidence": "possible", "subject": "x", "message": "To know.", "why": "", "do": "",
     "references": [{"title": "script", "url": "javascript:alert(1)"}], "places": [
       {"path": "1", "edits": []}, {"path": "2", "edits": []}, {"path": "3", "edits": []}, {"path": "4", "edits": []},
       {"path": "5", "edits": []}, {"path": "6", "edits": []}]}],
  "matrix": {"columns": ["3.9.2", "4.0.1", "4.0.2"], "rows": [{"subject": "old-client", "version": "1.0", "sense": "client-broker",
    "cells": [
      {"release": "3.9.2", "verdict": "works", "word": "works", "supported": true, "reason": "", "findings": [], "evidence": "ran"},
      {"release": "4.0.1", "verdict": "works", "word": "works", "supported": true, "reason": "", "findings": [], "evidence": "ran"},
      {"release": "4.0.2", "verdict": "refused", "word": "refused", "supported": false, "reason": "Produce is gone.", "findings": [0],
       "evidence": "computed", "operations": [{"name": "produce", "verdict": "refused"}]}]}]},
  "plan": {"possible": true, "why_not": null,
    "hops": [{"kind": "upgrade", "from": "3.9.0", "to": "4.0.2", "mode": "kraft", "title": "Brokers to 4.0.2"}],
    "steps": [
      {"id": "settings", "hop": 1, "title": "Get the settings ready", "why": "They change.", "commands": ["bin/a.sh --x", "bin/b.sh"],
       "verify": "It checks clean.", "reversible": true, "undo": "Put them back.", "findings": [0]},
      {"id": "roll", "hop": 1, "title": "Restart", "why": "", "commands": [], "verify": "All is well.", "reversible": false,
       "undo": "None after this.", "findings": []}],
    "drafts": [{"step": "roll", "path": "controller.properties", "text": "node.id=1\nssl.key.password=hunter2\n"}]},
  "manual": ["Java: brokers need Java 17."], "checks": [{"id": "x", "outcome": "ran", "findings": 1}]
}"#;

/// Values that would be markup if they were not text.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style></title></textarea><svg/onload=alert(1)>",
    "<!-- x",
    "]]><a href=javascript:alert(1)>x</a>",
    "</code></pre></li></ul></main><form action=http://e><input name=q>",
    "&lt;b&gt; &amp &#60;i&#62;",
    "<plaintext>",
    "<base href=http://e/>",
    "\u{1b}[31m\u{202e}x\0y",
];

fn report(json: &Value) -> Option<Report> {
    serde_json::from_value(json.clone()).ok()
}

fn whole() -> Value {
    serde_json::from_str(REPORT).expect("it is JSON")
}

fn written(report: &Report, context: &Context<'_>) -> String {
    format("html").expect("the format").write(report, context)
}

fn parsed(html: &str) -> RcDom {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    assert!(dom.errors.borrow().is_empty(), "{:?}", dom.errors.borrow());
    dom
}

/// Each element with its attributes, in document order; without values that contain the target.
fn elements(node: &Handle, found: &mut Vec<String>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs.borrow();
        let mut attributes: Vec<_> = attributes
            .iter()
            .map(|one| {
                let named = matches!(&*one.name.local, "data-of" | "href");
                format!("{}={}", one.name.local, if named { "" } else { &*one.value })
            })
            .collect();
        attributes.sort();
        found.push(format!("{} {}", name.local, attributes.join(" ")));
    }
    assert!(!matches!(node.data, NodeData::Comment { .. } | NodeData::ProcessingInstruction { .. }));
    node.children.borrow().iter().for_each(|child| elements(child, found));
}

fn text_of(node: &Handle, text: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        text.push_str(&contents.borrow());
    }
    node.children.borrow().iter().for_each(|child| text_of(child, text));
}

fn skeleton(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    elements(&parsed(html).document, &mut found);
    found
}

/// The path of keys to each text of the report.
fn texts(value: &Value, place: &str, places: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| texts(item, &format!("{place}/{at}"), places))
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(key, item)| texts(item, &format!("{place}/{key}"), places))
        }
        Value::String(_) => places.push(place.to_owned()),
        _ => {}
    }
}

#[test]
fn the_report_is_one_file_to_read_and_tick_off() {
    let report = report(&whole()).expect("a report");
    let html = written(&report, &Context { ticked: &["settings"], ..Context::default() });
    let style = html.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
    insta::assert_snapshot!(html.replace(style, "…"));
    let boxes: Vec<_> = skeleton(&html).into_iter().filter(|one| one.starts_with("input")).collect();
    assert_eq!(boxes, ["input checked= type=checkbox", "input type=checkbox", "input type=checkbox"]);
}

#[test]
fn no_text_of_a_report_is_ever_markup() {
    let mut places = Vec::new();
    texts(&whole(), "", &mut places);
    let (mut tried, mut shown) = (0, 0);
    for place in &places {
        let planted = |value: &str| {
            let mut planted = whole();
            *planted.pointer_mut(place).expect("a text") = Value::from(value);
            // An enumerated value cannot be replaced by another word.
            report(&planted).map(|report| written(&report, &Context::default()))
        };
        let Some(harmless) = planted("harmless") else { continue };
        let skeleton_of_harmless = skeleton(&harmless);
        for value in HOSTILE {
            let html = planted(value).expect("as the harmless one");
            assert_eq!(skeleton(&html), skeleton_of_harmless, "{value:?} at {place}");
            if html != harmless && !value.contains('\0') {
                let mut text = String::new();
                text_of(&parsed(&html).document, &mut text);
                shown += usize::from(text.contains(value));
            }
            tried += 1;
        }
    }
    assert!(tried > 400 && shown > 200, "{tried} values were tried, {shown} are shown as they are");
}

#[test]
fn the_file_loads_and_runs_nothing_and_leads_nowhere_but_to_sources() {
    let html = written(&report(&whole()).expect("a report"), &Context::default());
    for element in skeleton(&html) {
        let name = element.split(' ').next().unwrap_or_default();
        let known = [
            "html", "head", "meta", "title", "style", "body", "main", "footer", "h1", "h2", "h3", "h4", "p",
            "b", "a", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "span",
            "label", "input", "details", "summary", "br", "div",
        ];
        assert!(known.contains(&name), "{element}");
        assert!(!element.contains(" on") && !element.contains(" style="), "{element}");
    }
    assert!(!html.contains("javascript:") && html.contains("href=\"https://example.org/1\""));
    let style = html.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
    let sum = BASE64_STANDARD.encode(Sha256::digest(style));
    assert!(
        html.contains(&format!("style-src 'sha256-{sum}'")),
        "the policy refuses the style; its sum is {sum}"
    );
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn secrets_are_covered_and_their_number_is_stated() {
    let report = Report { secrets: Cover::new([("", "hunter2")]), ..report(&whole()).expect("a report") };
    let html = written(&report, &Context::default());
    assert!(!html.contains("hunter2") && html.contains("ssl.key.password=*******"));
    assert!(html.contains("1 secret is covered with stars"));
    let open = written(&report, &Context { with_secrets: true, ..Context::default() });
    assert!(open.contains("hunter2") && !open.contains("covered with stars"));
}
