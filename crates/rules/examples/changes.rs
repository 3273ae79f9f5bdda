//! What a release says differently from the one before it, and what of it no note explains: `cargo xtask import-kafka`
//! runs this after it has written the release's file.

#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a maintainer's tool, no part of the core"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

#[path = "../build/changes.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::pedantic,
    clippy::indexing_slicing,
    reason = "shared with the tests"
)]
mod changes;
use changes::{Change, Explanations};

fn main() -> Result<(), String> {
    let release = std::env::args().nth(1).ok_or("Which release?")?;
    let rules = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = rules.join("../catalog/data/releases");
    let read = |release: &str| {
        let path = folder.join(format!("{release}.json"));
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let recorded = changes::recorded(&folder)?;
    let at = recorded
        .iter()
        .position(|other| *other == release)
        .ok_or(format!("nothing is recorded of {release}"))?;
    let Some(before) = at.checked_sub(1).and_then(|at| recorded.get(at)) else { return Ok(()) };
    let (old, new) = (read(before)?, read(&release)?);
    println!("Against {before}:");
    for (section, name) in added(&old, &new)? {
        println!("  new        {section} {name}");
    }
    let explanations = Explanations::read(rules)?;
    let mut unexplained = 0;
    for change in changes::changes(&old, &new)? {
        let explained = match explanations.reasoned(&change, &release).first() {
            _ if explanations.noted(&change, &release) => String::new(),
            Some(reason) => format!("   ({})", explanations.reasons[*reason].why),
            None => {
                unexplained += 1;
                "   (no note explains it)".to_owned()
            }
        };
        let Change { section, name, what, old, new } = change;
        println!("  {:<10} {section} {name}{explained}", format!("{what:?}").to_lowercase());
        if !old.is_empty() || !new.is_empty() {
            println!("             was {old}");
            println!("             is  {new}");
        }
    }
    println!("{unexplained} of them are gone or changed and no note explains them");
    if unexplained > 0 {
        println!("Write a note for each, or say in crates/rules/reasons.toml why none is needed.");
    }
    Ok(())
}

/// Keys and classes that only the newer of two texts has, by component or section.
fn added(old: &str, new: &str) -> Result<BTreeSet<(String, String)>, String> {
    let names = |text: &str| -> Result<BTreeSet<(String, String)>, String> {
        let release: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let names_in = |value: &Value| -> Vec<String> {
            value.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
        };
        let classes = names_in(&release["classes"]).into_iter();
        let mut names: BTreeSet<_> = classes.map(|class| ("classes".to_owned(), class)).collect();
        for component in names_in(&release["configs"]) {
            let keys = names_in(&release["configs"][&component]).into_iter();
            names.extend(keys.map(|key| (component.clone(), key)));
        }
        Ok(names)
    };
    Ok(names(new)?.difference(&names(old)?).cloned().collect())
}
