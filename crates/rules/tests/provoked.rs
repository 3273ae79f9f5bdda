//! What real programs printed when they were started wrongly (`tests/failures`), against the explanations.
//!
//! What is *not* here: Java; the recordings are read. A healthy program's log is held silent by `clean`.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::request;
use kafka_upgrade_session::{File, check};

#[test]
fn what_real_programs_printed_is_explained() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/failures/recorded");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut explained: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut open = BTreeSet::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let release = file.file_stem().unwrap().to_string_lossy();
        for block in text.split("### ").skip(1) {
            let (case, text) = block.split_once('\n').unwrap();
            let rules = rules(text);
            if rules.is_empty() || rules.contains("failure-not-known") {
                open.insert(format!("{case} of {release}"));
            } else {
                explained.entry(case.to_owned()).or_default().extend(rules);
            }
        }
    }
    assert!(explained.len() >= 120, "{} different failures are explained", explained.len());
    let mut table = String::new();
    for (case, rules) in &explained {
        writeln!(table, "{case}: {}", Vec::from_iter(rules.iter().map(String::as_str)).join(", ")).unwrap();
    }
    writeln!(table, "\nnot explained:").unwrap();
    for case in &open {
        writeln!(table, "{case}").unwrap();
    }
    insta::with_settings!({ snapshot_path => "../../../tests/failures", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("explained", table);
    });
}

fn rules(text: &str) -> BTreeSet<String> {
    let files = [File::new("output.log", text)];
    let request = request(None, kafka_upgrade_catalog::newest(), &files);
    let findings = check(&request).findings;
    findings.into_iter().map(|finding| finding.rule).filter(|rule| rule.starts_with("failure-")).collect()
}
