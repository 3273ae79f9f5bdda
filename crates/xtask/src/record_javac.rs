//! `cargo xtask record-javac`: javac's answers on Java files, written to `tests/javac`.
//!
//! What is *not* here: the work; the acceptance tests have it, because they make the same files again.

use std::ffi::OsStr;

use anyhow::Result;

use crate::test::example;

/// Asks every release about every file, or about those only that were written by hand.
pub fn record(written: bool) -> Result<()> {
    let arguments: &[&OsStr] = if written { &[OsStr::new("written")] } else { &[] };
    example("record_javac", arguments)
}
