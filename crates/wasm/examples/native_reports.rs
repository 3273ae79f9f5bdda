//! Checks the inputs of `tests/same_report.rs` and the corpus natively and writes the reports as JSON, so that the test
//! in the browser has something to be compared with that no one has to keep. `cargo xtask test` runs it.
//!
//! A program and no build script: those have a build of the core to themselves, for each of clippy and the tests.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Context, format};
use kafka_upgrade_session::{File, Request, check};
use serde_json::json;

/// Stated beside each of the inputs.
const HAVE: &str = "java 11, librdkafka 1.9.2, kafkajs 2.2";

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::args_os().nth(1).ok_or("the file to write is missing")?;
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["tests/inputs", "../../tests/corpus"] {
        for entry in fs::read_dir(package.join(folder))? {
            files.push(entry?.path());
        }
    }
    files.retain(|file| file.extension().is_none_or(|extension| extension != "snap"));
    files.sort();
    let format = format("json").ok_or("the report is written as JSON")?;
    let mut cases = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&file)?;
        let report = check(&Request {
            from: Some(Release::new(3, 4, 1)),
            have: &[HAVE],
            units: Units::Utf16,
            ..Request::new(Release::new(4, 0, 0), &[File::new(&name, &text)])
        });
        cases.push(json!([name, text, format.write(&report, &Context::default())]));
    }
    fs::write(out, json!([HAVE, cases]).to_string())?;
    Ok(())
}
