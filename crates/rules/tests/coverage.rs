//! `COVERAGE.toml`: every fact of a release's upgrade page with the rules that tell it, each of which is there and told.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Finding, Mode, Report};
use kafka_upgrade_rules::{File, Request, note};
use kafka_upgrade_session::check;
use serde::Deserialize;

#[path = "../build/schema.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, clippy::pedantic, reason = "shared with build.rs")]
mod schema;

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

fn notes() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("notes")
}

fn coverage() -> Coverage {
    toml::from_str(&fs::read_to_string(notes().join("4.0.0/COVERAGE.toml")).unwrap()).unwrap()
}

fn run(from: &str, to: &str, mode: Option<Mode>, file: (&str, &str), have: &[&str]) -> Report {
    let files = [File::new(file.0, file.1)];
    let (from, to) = (Some(from.parse().unwrap()), to.parse().unwrap());
    check(&Request {
        from,
        to,
        mode,
        platform: None,
        component: None,
        files: &files,
        have,
        units: Units::Characters,
    })
}

/// Ids of the notes that their own examples tell.
fn told_by_examples() -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    for folder in fs::read_dir(notes()).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
            if id == "COVERAGE" {
                continue;
            }
            let note: schema::NoteFile = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let fires = |example: &schema::Example| {
                let (from, to) = example.path.split_once(" -> ").unwrap();
                let also = example.also.iter().map(|(path, text)| File::new(path, text));
                let files: Vec<_> =
                    [File::new(&example.file, &example.text)].into_iter().chain(also).collect();
                let have: Vec<_> = example.have.iter().map(String::as_str).collect();
                let mode = example.mode.map(|mode| match mode {
                    schema::Mode::Zookeeper => Mode::Zookeeper,
                    schema::Mode::Kraft => Mode::Kraft,
                });
                let (from, to) = (from.parse().ok(), to.parse().unwrap());
                let units = Units::Characters;
                let report = check(&Request {
                    from,
                    to,
                    mode,
                    platform: None,
                    component: None,
                    files: &files,
                    have: &have,
                    units,
                });
                report.findings.iter().flat_map(Finding::spots).any(|spot| spot.rule == id)
            };
            if note.example.iter().filter(|example| example.findings > 0).any(fires) {
                told.insert(id);
            }
        }
    }
    told
}

/// Beginnings of what notes do not tell, each with whether a report has it.
fn told_otherwise() -> BTreeSet<String> {
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
    let mut told = BTreeSet::new();
    for report in reports {
        told.extend(report.plan.steps.iter().map(|step| format!("plan:{}", step.id)));
        told.extend(
            report.findings.iter().flat_map(Finding::spots).map(|spot| format!("computed:{}", spot.rule)),
        );
        told.extend(report.matrix.rows.iter().map(|row| format!("matrix:{}", row.subject)));
    }
    told
}

#[test]
fn every_fact_of_the_page_is_told_by_rules_that_are_there() {
    let (by_example, otherwise) = (told_by_examples(), told_otherwise());
    let mut missing = Vec::new();
    // The page does not change any more, so a fact that is dropped is a mistake.
    assert_eq!(coverage().fact.len(), 98);
    for Fact { section, fact, rules } in coverage().fact {
        assert!(!rules.is_empty() && fact.ends_with('.') && !section.is_empty(), "{section}: {fact}");
        for rule in rules {
            let told = if rule.contains(':') {
                otherwise.range(rule.clone()..).next().is_some_and(|one| one.starts_with(&rule))
            } else {
                note(&rule).is_some() && by_example.contains(&rule)
            };
            if !told {
                missing.push(format!("{section}: {fact} {rule}"));
            }
        }
    }
    assert!(missing.is_empty(), "told by nothing:\n{}\nof these:\n{otherwise:#?}", missing.join("\n"));
}
