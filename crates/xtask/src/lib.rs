//! What the project does to itself; `main.rs` offers it as `cargo xtask`.
//!
//! A library too, so that the browser tests find the browser and serve the page as the commands do. What is *not*
//! here: anything that a user of the checker runs. Invariants: nothing is installed outside of
//! `target/tools` (packages of the system apart, which are asked for by name), and no process that was
//! started here outlives its handle.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer reads it on a terminal")]

pub mod bench;
pub mod browser;
pub mod bundle;
pub mod import_kafka;
pub mod kafka_jars;
pub mod kept;
pub mod npm;
pub mod optimise;
pub mod order;
pub mod page;
pub mod process;
pub mod record_java_options;
pub mod record_javac;
pub mod record_verdicts;
pub mod scaffold;
pub mod single;
pub mod site;
pub mod test;
pub mod toolchain;
pub mod tools;
pub mod tools_data;
pub mod trial;

use std::path::{Path, PathBuf};

/// The top folder of the repository that this was built from.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The folder that everything is installed under.
#[must_use]
pub fn tools_folder() -> PathBuf {
    root().join("target").join("tools")
}

/// The built page.
#[must_use]
pub fn dist() -> PathBuf {
    root().join("dist")
}
