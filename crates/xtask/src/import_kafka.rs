//! `cargo xtask import-kafka 4.4.0`: one file of facts more, and what in it is new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::kafka_jars::{date, program, scala, with_neighbours};
use crate::root;

/// Keys of a release with what it says of each, by component and key.
type Keys = BTreeMap<(String, String), String>;

/// Asks the jars of a release, writes its file and prints what differs from the release before it.
pub fn import(release: &str) -> Result<()> {
    let artifacts = with_neighbours(release)?;
    let output = program("Extract")?
        .args([release, &date(release)?, scala(release)])
        .args(artifacts.iter().map(crate::kafka_jars::Artifact::argument))
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    if !output.status.success() {
        bail!("the extractor failed on {release}; run it by hand to see why: {}", output.status);
    }
    let path = folder().join(format!("{release}.json"));
    let before = fs::read(&path).ok();
    fs::write(&path, &output.stdout).with_context(|| path.display().to_string())?;
    let word = match before {
        Some(old) if old == output.stdout => "unchanged",
        Some(_) => "changed",
        None => "new",
    };
    println!("{} is {word}", path.strip_prefix(root()).unwrap_or(&path).display());
    for artifact in artifacts.iter().filter(|artifact| artifact.release != release) {
        println!("  {} is not published; {} stands in", artifact.name, artifact.release);
    }
    compare(release)
}

fn folder() -> PathBuf {
    root().join("crates/catalog/data/releases")
}

/// Prints what the release says differently from the one before it, and what of it no note explains.
fn compare(release: &str) -> Result<()> {
    let number = |text: &str| text.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>();
    let mut older: Vec<String> = fs::read_dir(folder())?
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .filter(|other| number(other) < number(release))
        .collect();
    older.sort_by_key(|other| number(other));
    let Some(before) = older.last() else { return Ok(()) };
    let (old, new) = (keys(before)?, keys(release)?);
    let subjects = subjects(&root().join("crates/rules/notes"))?;
    println!("Against {before}:");
    let mut unexplained = 0;
    let places: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for place in places {
        let what = match (old.get(place), new.get(place)) {
            (Some(old), Some(new)) if old != new => "changed",
            (Some(_), None) => "gone",
            (None, Some(_)) => "new",
            _ => continue,
        };
        let explained = what == "new" || subjects.contains(&place.1);
        unexplained += u32::from(!explained);
        println!(
            "  {what:8}{} {}{}",
            place.0,
            place.1,
            if explained { "" } else { "   (no note explains it)" }
        );
    }
    println!("{unexplained} of them are gone or changed and no note explains them");
    Ok(())
}

/// Reads a file of facts line by line: one key a line is what the extractor promises.
fn keys(release: &str) -> Result<Keys> {
    let path = folder().join(format!("{release}.json"));
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut keys = Keys::new();
    let mut component = String::new();
    let inside = text.lines().skip_while(|line| *line != "\"configs\": {").skip(1);
    for line in inside.take_while(|line| !line.starts_with("\"apis\"")) {
        let Some((name, facts)) = line.split_once("\": ") else { continue };
        let name = name.trim_start_matches('"').to_owned();
        if facts == "{" {
            component = name;
        } else {
            keys.insert((component.clone(), name), facts.trim_end_matches(',').to_owned());
        }
    }
    Ok(keys)
}

/// Subjects of every note.
fn subjects(folder: &Path) -> Result<BTreeSet<String>> {
    let mut subjects = BTreeSet::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            subjects.append(&mut self::subjects(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path)?;
            let line = text.lines().find_map(|line| line.strip_prefix("subject"));
            subjects.extend(line.and_then(|line| line.split('"').nth(1)).map(str::to_owned));
        }
    }
    Ok(subjects)
}
