//! `COVERAGE.toml`: every fact of a release's upgrade page with the rules that report it, each of which exists and fires.

#![expect(clippy::unwrap_used, reason = "tests")]

use crate::common::notes as note_files;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::request;
use kafka_upgrade_report::{Finding, Mode, Report};
use kafka_upgrade_rules::note;
use kafka_upgrade_session::{File, Request, check};
use note_files::note_files;
use note_files::schema::Example;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Coverage {
    fact: Vec<Fact>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    section: String,
    fact: String,
    rules: Vec<String>,
}

fn coverage() -> Coverage {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/notes/4.0.0/COVERAGE.toml");
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn run(from: &str, to: &str, mode: Option<Mode>, file: (&str, &str), have: &[&str]) -> Report {
    let files = [File::new(file.0, file.1)];
    let (from, to) = (Some(from.parse().unwrap()), to.parse().unwrap());
    check(&Request { mode, have, ..request(from, to, &files) })
}

/// Ids of the notes that their own examples find.
fn found_by_examples() -> BTreeSet<String> {
    let found = note_files().into_iter().filter(|(_, id, note)| {
        let finds = |example: &Example| {
            let report = note_files::run(example, &example.text);
            report.findings.iter().flat_map(Finding::spots).any(|spot| spot.rule == id)
        };
        note.example.iter().filter(|example| example.findings > 0).any(finds)
    });
    found.map(|(_, id, _)| id).collect()
}

/// Ids that no note reports, taken from a few upgrades: steps of the plan, computed rules and rows of the matrix.
fn found_otherwise() -> BTreeSet<String> {
    let zookeeper = "broker.id=1\nzookeeper.connect=z:2181\nlog.dirs=/d\n";
    let kraft = "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=2@h:9093\n";
    let code = "import kafka.utils.ToolsUtils;\nimport org.apache.kafka.clients.producer.ProducerConfig;\n\
                class App {\n    Object key = ProducerConfig.AUTO_INCLUDE_JMX_REPORTER_CONFIG;\n}\n";
    let have: &[&str] =
        &["kafka clients 2.0", "streams 3.6", "connect 3.4", "librdkafka 1.9.2", "mirrormaker 1 2.8"];
    let reports = [
        run("2.8.2", "4.0.2", Some(Mode::Zookeeper), ("server.properties", zookeeper), have),
        run("3.4.1", "4.0.2", Some(Mode::Kraft), ("server.properties", kraft), &[]),
        run("3.9.2", "4.0.2", None, ("App.java", code), &[]),
    ];
    let mut found = BTreeSet::new();
    for report in reports {
        found.extend(report.plan.steps.iter().map(|step| format!("plan:{}", step.id)));
        found.extend(
            report.findings.iter().flat_map(Finding::spots).map(|spot| format!("computed:{}", spot.rule)),
        );
        found.extend(report.matrix.rows.iter().map(|row| format!("matrix:{}", row.subject)));
    }
    found
}

#[test]
fn every_fact_of_the_upgrade_page_is_reported_by_rules_that_exist() {
    let (by_example, otherwise) = (found_by_examples(), found_otherwise());
    let mut missing = Vec::new();
    // Kafka's upgrade page is final, so a missing fact is a mistake.
    assert_eq!(coverage().fact.len(), 98);
    for Fact { section, fact, rules } in coverage().fact {
        assert!(!rules.is_empty() && fact.ends_with('.') && !section.is_empty(), "{section}: {fact}");
        for rule in rules {
            let is_found = if rule.contains(':') {
                otherwise.range(rule.clone()..).next().is_some_and(|one| one.starts_with(&rule))
            } else {
                note(&rule).is_some() && by_example.contains(&rule)
            };
            if !is_found {
                missing.push(format!("{section}: {fact} {rule}"));
            }
        }
    }
    assert!(missing.is_empty(), "reported by nothing:\n{}\nof these:\n{otherwise:#?}", missing.join("\n"));
}
