//! The note files, and the report on one of their examples.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::Report;
use kafka_upgrade_session::{File, Request, check};

use crate::common::request;

#[path = "../../../rules/build/schema.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, clippy::pedantic, reason = "shared with build.rs")]
pub(crate) mod schema;
use schema::{Example, NoteFile};

/// Every note file as (folder, stem, content), sorted.
pub(crate) fn note_files() -> Vec<(String, String, NoteFile)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/notes");
    let mut found = Vec::new();
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap().path();
            let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
            if stem == "COVERAGE" {
                continue;
            }
            let content = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
            found.push((folder.file_name().to_str().unwrap().to_owned(), stem, content));
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

/// The report on an example, with `text` in its file.
pub(crate) fn run(example: &Example, text: &str) -> Report {
    let (from, to) = example.path.split_once(" -> ").unwrap();
    let from = (from != "?").then(|| from.parse::<Release>().unwrap());
    let mut files = vec![File::new(&example.file, text)];
    files.extend(example.also.iter().map(|(path, text)| File::new(path, text)));
    let have: Vec<_> = example.have.iter().map(String::as_str).collect();
    check(&Request { mode: example.mode, have: &have, ..request(from, to.parse().unwrap(), &files) })
}
