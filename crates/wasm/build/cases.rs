//! Checks the inputs of `tests/same_report.rs` and the corpus natively, so that the test in the browser has something
//! to be compared with that no one has to keep.

use std::path::{Path, PathBuf};
use std::{env, error, fs};

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Context, format};
use kafka_upgrade_session::{File, Request, check};

/// Stated beside each of the inputs.
const HAVE: &str = "java 11, librdkafka 1.9.2, kafkajs 2.2";

pub(crate) fn write() -> Result<(), Box<dyn error::Error>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["tests/inputs", "../../tests/corpus"].map(Path::new) {
        println!("cargo::rerun-if-changed={}", folder.display());
        for entry in fs::read_dir(folder)? {
            files.push(entry?.path());
        }
    }
    files.retain(|file| file.extension().is_none_or(|extension| extension != "snap"));
    files.sort();
    let mut cases = String::from("&[\n");
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&file)?;
        let report = check(&Request {
            from: Some(Release::new(3, 4, 1)),
            have: &[HAVE],
            units: Units::Utf16,
            ..Request::new(Release::new(4, 0, 0), &[File::new(&name, &text)])
        });
        let json = format("json").ok_or("the report is written as JSON")?;
        cases += &format!("    ({name:?}, {text:?}, {:?}),\n", json.write(&report, &Context::default()));
    }
    cases += "]\n";
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names a folder")?);
    fs::write(out.join("have.rs"), format!("{HAVE:?}"))?;
    fs::write(out.join("cases.rs"), cases)?;
    Ok(())
}
