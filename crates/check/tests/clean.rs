//! Files as a deployment has them that is ready for 4.0: nothing to find in them, whatever their kind.
//!
//! Each folder of `tests/clean` is one deployment. Its files are judged one by one and together.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::common::request;
use kafka_upgrade_report::{Finding, Report, Severity};
use kafka_upgrade_session::{File, check};

type Deployment = Vec<(String, String)>;

/// Name and text of every file, by deployment.
fn deployments() -> BTreeMap<String, Deployment> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clean");
    let mut deployments = BTreeMap::new();
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap();
        let mut files = Vec::new();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            files.push((
                file.file_name().to_str().unwrap().to_owned(),
                fs::read_to_string(file.path()).unwrap(),
            ));
        }
        files.sort();
        deployments.insert(folder.file_name().to_str().unwrap().to_owned(), files);
    }
    deployments
}

fn run(from: &str, to: &str, files: &[(String, String)]) -> Report {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    check(&request(Some(from.parse().unwrap()), to.parse().unwrap(), &files))
}

fn line_of(finding: &Finding) -> String {
    let Finding { rule, path, line, message, .. } = finding;
    format!("{} line {line:?}: {rule}: {message}", path.as_deref().unwrap_or("(no file)"))
}

/// Everything that is wrongly found between two releases, of each file alone and of each deployment together.
fn found(from: &str, to: &str, counts: impl Fn(&Finding) -> bool) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    for (name, files) in deployments() {
        let alone = files.iter().map(std::slice::from_ref);
        for files in alone.chain([files.as_slice()]) {
            let report = run(from, to, files);
            wrong.extend(
                report
                    .findings
                    .iter()
                    .filter(|one| counts(one))
                    .map(|one| format!("{name}/{}", line_of(one))),
            );
        }
    }
    wrong
}

#[test]
fn there_are_enough_clean_files_and_each_has_its_kind() {
    let mut kinds = BTreeSet::new();
    let mut files = 0;
    for (name, deployment) in deployments() {
        for file in run("4.0.2", "4.0.2", &deployment).files {
            assert!(
                !["unknown", "not-kafka"].contains(&file.kind.as_str()),
                "{name}/{}: {}",
                file.path,
                file.kind
            );
            kinds.insert(file.kind);
            files += 1;
        }
    }
    assert!(files >= 30, "{files}");
    assert!(kinds.len() >= 11, "{kinds:?}");
}

#[test]
fn nothing_is_found_where_nothing_changes() {
    let wrong = found("4.0.2", "4.0.2", |finding| finding.rule != "unknown-client");
    assert!(wrong.is_empty(), "{}", Vec::from_iter(wrong).join("\n"));
}

#[test]
fn from_3_9_no_error_and_no_warning_is_found() {
    let wrong = found("3.9.2", "4.0.2", |finding| finding.severity != Severity::Info);
    assert!(wrong.is_empty(), "{}", Vec::from_iter(wrong).join("\n"));
}

#[test]
fn the_target_accepts_every_configuration() {
    for (name, deployment) in deployments() {
        for file in run("3.9.2", "4.0.2", &deployment).files {
            assert_ne!(file.accepted, Some(false), "{name}/{}: {:?}", file.path, file.refusals);
        }
    }
}
