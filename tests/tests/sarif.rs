//! SARIF logs against the schema of the standard, which comes with a dependency.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use boon::{Compiler, Schemas};
use kafka_upgrade_report::{Context, Report, format};
use kafka_upgrade_rules::{File, Request};
use serde_json::{Value, json};

/// The schema in the sources of `serde-sarif`, wherever cargo keeps them.
fn schema() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--manifest-path"])
        .arg(manifest)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let sources = PathBuf::from(package["manifest_path"].as_str().unwrap());
    serde_json::from_slice(&fs::read(sources.with_file_name("src").join("schema.json")).unwrap()).unwrap()
}

fn report(files: &[(&str, &str)], have: &[&str]) -> Report {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    kafka_upgrade_session::check(&Request { have, ..Request::new(kafka_upgrade_catalog::newest(), &files) })
}

#[test]
fn every_log_is_valid_and_an_invented_or_missing_member_is_not() {
    let mut compiler = Compiler::new();
    compiler.add_resource("sarif.json", schema()).unwrap();
    let mut schemas = Schemas::new();
    let index = compiler.compile("sarif.json", &mut schemas).unwrap();
    let sarif = format("sarif").unwrap();
    let log = |files: &[(&str, &str)], have: &[&str]| -> Value {
        serde_json::from_str(&sarif.write(&report(files, have), &Context::default())).unwrap()
    };

    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut results = 0;
    for entry in fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() || path.extension().is_some_and(|extension| extension == "snap") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let log = log(&[(&name, &text)], &[]);
        let refused = schemas.validate(&log, index).err().map(|error| format!("{error:#}"));
        assert_eq!(refused, None, "{name}");
        results += log["runs"][0]["results"].as_array().unwrap().len();
    }
    assert!(results > 300, "only {results} results were looked at");

    // What is about no file, a path that is no URI, and nothing at all.
    let stated = ["kafka 2.8 zookeeper, librdkafka 0.9"];
    let odd = ("C:\\a b\\%zz\u{e9}.properties", "zookeeper.connect=\u{1f600}\n");
    for log in [log(&[], &stated), log(&[odd], &stated), log(&[], &[])] {
        assert!(schemas.validate(&log, index).is_ok(), "{log}");
    }
    let mut broken = log(&[odd], &[]);
    broken["runs"][0]["results"][0]["invented"] = json!(1);
    assert!(schemas.validate(&broken, index).is_err());
    let mut broken = log(&[odd], &[]);
    broken["runs"][0]["results"][0].as_object_mut().unwrap().remove("message");
    assert!(schemas.validate(&broken, index).is_err());
}
