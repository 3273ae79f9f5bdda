//! Log4j 1 files are recognised and reported; what they were converted to is recognised and is not.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::request;
use kafka_upgrade_session::{File, check};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/log4j")
}

/// Names of the Log4j 1 files, and those without their endings.
fn names() -> Vec<(String, String)> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let parts = files.filter_map(|file| {
        Some((file.clone(), file.rsplit_once('.')?.0.to_owned(), file.rsplit_once('.')?.1.to_owned()))
    });
    parts
        .filter(|(.., ending)| ["properties", "xml"].contains(&ending.as_str()))
        .map(|(file, stem, _)| (file, stem))
        .collect()
}

fn read(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_logging_file_is_recognised_and_only_those_of_log4j_1_have_a_finding() {
    let kind_and_findings = |path: &str, text: &str| {
        let files = [File::new(path, text)];
        let (from, to) = (Some("3.9.2".parse().unwrap()), "4.0.2".parse().unwrap());
        let report = check(&request(from, to, &files));
        let count =
            report.findings.iter().filter(|one| one.rule == "deprecated-log4j-1-configuration").count();
        (report.files[0].kind.clone(), count)
    };
    for (file, name) in names() {
        let (kind, count) = kind_and_findings("", &read(&file));
        let old = if file.ends_with(".xml") { "log4j-xml" } else { "log4j-properties" };
        assert_eq!((kind.as_str(), count), (old, 1), "{name}");
        let (kind, count) = kind_and_findings("", &read(&format!("converted/{name}.yaml")));
        assert_eq!((kind.as_str(), count), ("log4j2-markup", 0), "{name}");
        let (kind, count) = kind_and_findings("", &read(&format!("converted/{name}.properties")));
        assert_eq!((kind.as_str(), count), ("log4j2-properties", 0), "{name}");
    }
    let one = "<?xml version=\"1.0\"?>\n<!DOCTYPE log4j:configuration SYSTEM \"log4j.dtd\">\n\
        <log4j:configuration xmlns:log4j=\"http://jakarta.apache.org/log4j/\">\n<root><level value=\"INFO\"/></root>\n</log4j:configuration>\n";
    assert_eq!(kind_and_findings("", one), ("log4j-xml".to_owned(), 1));
    let two = "<?xml version=\"1.0\"?>\n<Configuration status=\"WARN\">\n<Appenders/><Loggers><Root level=\"info\"/></Loggers></Configuration>\n";
    assert_eq!(kind_and_findings("", two), ("log4j2-markup".to_owned(), 0));
}
