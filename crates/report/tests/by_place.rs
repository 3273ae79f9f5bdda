//! What build servers, code scanning and spreadsheets get.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

use kafka_upgrade_report::{Context, Report, format};
use serde_json::{Value, json};

/// A report with two findings in two files, the first of them at two places.
fn report(line: u32, message: &str) -> Report {
    let finding = |rule: &str, severity: &str, line: u32| {
        json!({
            "rule": rule, "severity": severity, "confidence": "certain", "subject": "some.key", "path": "a b,c.properties",
            "line": line, "column": 1, "end_line": line, "end_column": 9, "message": message, "why": "It went.",
            "do": "Rename it.", "references": [{"title": "KIP-1", "url": "https://example.org/1"}], "owner": "brokers",
        })
    };
    let mut error = finding("removed-some-key", "error", line);
    error["places"] = json!([{"path": "d.properties", "line": line, "column": 1, "end_line": line, "end_column": 9, "edits": []}]);
    let mut info = finding("note-some-key", "info", line);
    for field in ["path", "line", "column", "end_line", "end_column"] {
        info.as_object_mut().expect("an object").remove(field);
    }
    let file = |path: &str| json!({"path": path, "kind": "broker-properties", "component": "broker", "accepted": false, "refusals": []});
    let report = json!({
        "schema": 1, "tool": {"version": "0.1.0", "catalog_newest": "4.4.0"},
        "path": {"from": null, "to": "4.0.0", "mode": null, "detected": []}, "verdict": "blocked",
        "summary": {"error": 1, "warning": 0, "info": 1},
        "files": [file("a b,c.properties"), file("clean.properties"), file("d.properties")],
        "findings": [error, finding("same-key", "warning", line), finding("same-key", "warning", line + 1), info],
        "plan": {"possible": true, "why_not": null, "hops": [], "steps": [], "drafts": []}, "manual": [], "checks": [],
    });
    serde_json::from_value(report).expect("a report")
}

fn written(name: &str, report: &Report) -> String {
    format(name).expect("the format").write(report, &Context::default())
}

fn parsed(name: &str, report: &Report) -> Value {
    serde_json::from_str(&written(name, report)).expect("JSON")
}

#[test]
fn sarif_has_a_result_for_each_place_with_its_rule_and_region() {
    let log = parsed("sarif", &report(3, "It breaks."));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 5);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("a number") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64() >= Some(1));
        assert_eq!(result["message"]["text"], "It breaks. Rename it.");
    }
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b,c.properties");
    assert_eq!(place["region"], json!({"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 9}));
    assert_eq!(results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "d.properties");
    let levels: Vec<_> = results.iter().map(|result| result["level"].as_str()).collect();
    assert_eq!(levels, [Some("error"), Some("error"), Some("warning"), Some("warning"), Some("note")]);
}

/// What "SARIF support for code scanning" calls required; an empty text counts as missing there.
#[test]
fn sarif_has_what_code_scanning_requires_and_no_more_than_it_takes() {
    let mut wordy = report(3, "It breaks.");
    wordy.findings.iter_mut().for_each(|finding| finding.why = "It went. ".repeat(200));
    let log = parsed("sarif", &wordy);
    let run = &log["runs"][0];
    assert!(log["$schema"].is_string() && run["tool"]["driver"]["name"].is_string(), "{log}");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            let text = rule[text]["text"].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{rule}");
        }
        let full = rule["fullDescription"]["text"].as_str().unwrap_or_default();
        assert!(full.chars().count() <= 1024, "{full}");
    }
    let titles: Vec<_> = rules.iter().map(|rule| rule["shortDescription"]["text"].as_str()).collect();
    assert_eq!(titles, [Some("Note: some.key"), Some("Removed: some.key"), Some("same key")]);
    for result in run["results"].as_array().expect("results") {
        let hash = result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap_or_default();
        assert!(hash.len() > 16, "{result}");
        for number in ["startLine", "startColumn", "endLine", "endColumn"] {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            assert!(region[number].as_u64() >= Some(1), "{result}");
        }
    }
    let some = report(3, "It breaks.");
    let all = some.findings.iter().cycle().take(13_000 * some.findings.len());
    let many = Report { findings: all.cloned().collect(), ..some.clone() };
    let log = parsed("sarif", &many);
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 25_000);
    assert!(results.iter().all(|result| result["level"] == "error"), "the worst are kept");
    let said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str();
    assert_eq!(said, Some("40000 results are left out, the least severe: code scanning takes 25000."));
}

#[test]
fn a_file_is_the_same_however_its_folder_was_named() {
    let mut below = report(3, "It breaks.");
    below.findings[0].path = Some("./a b,c.properties".to_owned());
    for format in ["sarif", "gitlab", "github"] {
        let (one, other) = (written(format, &below), written(format, &report(3, "It breaks.")));
        assert_eq!(one, other, "{format}");
    }
}

#[test]
fn fingerprints_differ_by_place_and_survive_moved_lines() {
    let prints = |line| {
        let log = parsed("sarif", &report(line, "It breaks."));
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        results
            .iter()
            .map(|one| one["partialFingerprints"]["kafkaUpgradeCheck/v1"].to_string())
            .collect::<Vec<_>>()
    };
    let (before, mut after) = (prints(3), prints(40));
    assert_eq!(before, after);
    after.sort();
    after.dedup();
    assert_eq!(after.len(), 5);
    let issues = parsed("gitlab", &report(3, "It breaks."));
    let of_gitlab: Vec<_> =
        issues.as_array().expect("a list").iter().map(|one| one["fingerprint"].to_string()).collect();
    assert_eq!(of_gitlab, before);
}

#[test]
fn a_workflow_gets_a_line_a_place_and_no_command_out_of_a_text() {
    let lines = written("github", &report(3, "100% of it\n::error::x"));
    let commands: Vec<_> = lines.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), 5, "{lines}");
    assert_eq!(
        commands[0],
        "::error file=a b%2Cc.properties,line=3,endLine=3,col=1,endColumn=9,title=removed-some-key::100%25 of it\u{fffd}::error::x Rename it."
    );
    assert!(commands[4].starts_with("::notice title=note-some-key::"), "{lines}");
}

#[test]
fn test_results_fail_by_severity_and_hold_any_text() {
    let xml = written("junit", &report(3, "<x a=\"1\">&\u{1}]]>"));
    assert!(xml.contains("tests=\"6\" failures=\"4\""), "{xml}");
    assert!(xml.contains("<testcase classname=\"clean.properties\" name=\"nothing found\"/>"), "{xml}");
    assert!(xml.contains("message=\"&lt;x a=&quot;1&quot;&gt;&amp;\u{fffd}]]&gt;\""), "{xml}");
    assert!(xml.contains("<testsuite name=\"the cluster\" tests=\"1\" failures=\"0\""), "{xml}");
}

#[test]
fn a_table_has_a_row_a_place_and_no_formula() {
    let table = written("csv", &report(3, "=1+1, \"x\""));
    let rows: Vec<_> = table.split("\r\n").collect();
    assert_eq!(rows.len(), 7, "{table}");
    assert_eq!(
        rows[1],
        "error,certain,brokers,removed-some-key,some.key,\"a b,c.properties\",3,1,,\"'=1+1, \"\"x\"\"\",Rename it."
    );
}
