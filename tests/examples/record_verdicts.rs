//! `cargo xtask record-verdicts`: asks real Kafka about the generated cases and records its verdicts.
//!
//! Arguments: releases, else the newest of each minor; and components, else all of them.

use anyhow::{Context, Result};
use kafka_upgrade_catalog::Component;

/// The minors whose newest patches are asked.
const MINORS: [&str; 9] = ["2.8", "3.3", "3.6", "3.9", "4.0", "4.1", "4.2", "4.3", "4.4"];

fn main() -> Result<()> {
    let (mut releases, mut components) = (Vec::new(), Vec::new());
    for argument in std::env::args().skip(1) {
        match Component::parse(&argument) {
            Some(component) => components.push(component),
            None => releases.push(argument),
        }
    }
    if releases.is_empty() {
        releases = MINORS.map(str::to_owned).to_vec();
    }
    for text in releases {
        let found = kafka_upgrade_catalog::resolve(&text).ok();
        let release = found.with_context(|| format!("`{text}` is no release and no component"))?;
        acceptance::record::release(release, &components)?;
    }
    Ok(())
}
