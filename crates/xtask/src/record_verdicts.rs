//! `cargo xtask record-verdicts`: real Kafka's verdicts on the generated cases, written to `tests/verdicts`.
//!
//! What is *not* here: the work; the acceptance tests have it, because they make the same cases again.

use std::ffi::OsStr;

use anyhow::Result;

use crate::test::example;

/// Asks the releases about the components; all that are recorded where none is named.
pub fn record(releases_and_components: &[String]) -> Result<()> {
    let arguments: Vec<&OsStr> = releases_and_components.iter().map(OsStr::new).collect();
    example("record_verdicts", &arguments)
}
