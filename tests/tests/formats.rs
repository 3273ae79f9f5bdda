//! What build servers, merge requests and spreadsheets read, of everything in the corpus, each parsed by a reader of its format.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kafka_upgrade_report::{Context, Report, format};
use kafka_upgrade_rules::{File, Request};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// Reports of every text of the corpus, and of odd ones.
fn reports() -> Vec<(String, Report)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut texts = vec![
        ("a,b \"c\"\n:d.properties".to_owned(), "zookeeper.connect=\u{1}\u{1f600}<&>]]>\n".to_owned()),
        ("empty.properties".to_owned(), String::new()),
    ];
    for entry in fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|extension| extension != "snap") {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            texts.push((path.file_name().unwrap().to_string_lossy().into_owned(), text));
        }
    }
    let report = |(path, text): (String, String)| {
        let files = [File::new(&path, &text)];
        let request =
            Request { have: &["librdkafka 0.9"], ..Request::new(kafka_upgrade_catalog::newest(), &files) };
        let report = kafka_upgrade_session::check(&request);
        (path, report)
    };
    texts.into_iter().map(report).collect()
}

fn written(name: &str, report: &Report) -> String {
    format(name).unwrap().write(report, &Context::default())
}

/// Places of all findings, which each of the formats has one entry for.
fn places(report: &Report) -> usize {
    report.findings.iter().map(|finding| finding.spots().count()).sum()
}

fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let pairs = element.attributes().map(Result::unwrap);
    pairs.map(|one| (one.key.as_ref().to_owned(), one.value.into_owned())).collect()
}

#[test]
fn test_results_are_xml_whose_numbers_are_those_of_its_cases() {
    let mut failed = 0;
    for (path, report) in reports() {
        let xml = written("junit", &report);
        let mut reader = Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        let (mut cases, mut failures) = (0_u32, 0_u32);
        // The numbers that a suite, or the whole report, states: cases and failures still expected before it ends.
        let (mut whole, mut suites) = (None, (0, 0));
        let number = |of: &BTreeMap<String, String>, name: &str| of[name].parse::<u32>().unwrap();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}\n{xml}")) {
                Event::Start(element) | Event::Empty(element) => {
                    let of = attributes(&element);
                    match element.name().as_ref() {
                        "testsuites" => whole = Some((number(&of, "tests"), number(&of, "failures"))),
                        "testsuite" => {
                            suites = (suites.0 + number(&of, "tests"), suites.1 + number(&of, "failures"));
                        }
                        "testcase" => {
                            assert!(!of["name"].is_empty() && !of["classname"].is_empty(), "{path}: {of:?}");
                            cases += 1;
                        }
                        "failure" => {
                            assert!(!of["message"].is_empty() && of.contains_key("type"), "{path}: {of:?}");
                            failures += 1;
                        }
                        "system-out" => {}
                        other => panic!("{path}: no reader knows {other}"),
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((whole, suites), (Some((cases, failures)), (cases, failures)), "{path}");
        failed += failures;
    }
    assert!(failed > 200, "only {failed} cases fail");
}

#[test]
fn code_quality_has_what_gitlab_requires_of_each_issue_and_no_fingerprint_twice() {
    for (path, report) in reports() {
        let issues: Vec<Value> = serde_json::from_str(&written("gitlab", &report)).unwrap();
        assert_eq!(issues.len(), places(&report), "{path}");
        let prints: BTreeSet<_> = issues.iter().map(|issue| issue["fingerprint"].to_string()).collect();
        assert_eq!(prints.len(), issues.len(), "{path}");
        for issue in issues {
            for field in ["description", "check_name", "fingerprint"] {
                assert!(issue[field].as_str().is_some_and(|text| !text.is_empty()), "{path}: {issue}");
            }
            let severity = issue["severity"].as_str().unwrap();
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity), "{path}: {issue}");
            let (of, line) = (&issue["location"]["path"], &issue["location"]["lines"]["begin"]);
            assert!(of.as_str().is_some_and(|of| !of.is_empty() && !of.starts_with("./")), "{path}: {issue}");
            assert!(line.as_u64() >= Some(1), "{path}: {issue}");
        }
    }
}

#[test]
fn a_table_has_equally_many_cells_in_every_row_and_no_formula() {
    for (path, report) in reports() {
        let text = written("csv", &report);
        // Not flexible: a row of another length is an error.
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let rows: Vec<_> =
            reader.records().map(|row| row.unwrap_or_else(|error| panic!("{path}: {error}"))).collect();
        assert_eq!(rows.len(), places(&report), "{path}");
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{path}: {cell}");
        }
    }
}

#[test]
fn a_workflow_gets_one_command_a_place_and_nothing_else_that_is_one() {
    for (path, report) in reports() {
        let text = written("github", &report);
        let commands: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("::")).collect();
        assert_eq!(commands.len(), places(&report), "{path}");
        assert_eq!(
            text.lines().count(),
            commands.len() + 1,
            "{path}: a line is no command, and not the last one"
        );
        for command in commands {
            let (properties, _) = command.trim_start_matches(':').split_once("::").unwrap();
            let (kind, properties) = properties.split_once(' ').unwrap();
            assert!(["error", "warning", "notice"].contains(&kind), "{path}: {command}");
            for property in properties.split(',') {
                let (name, value) = property.split_once('=').unwrap_or_else(|| panic!("{path}: {command}"));
                let known = ["file", "line", "endLine", "col", "endColumn", "title"].contains(&name);
                assert!(known && !value.contains(':') && !value.is_empty(), "{path}: {command}");
            }
        }
    }
}
