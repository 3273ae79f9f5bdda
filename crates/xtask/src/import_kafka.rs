//! `cargo xtask import-kafka 4.4.0`: one file of facts more, and what in it is new.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::kafka_jars::{self, Artifact, date, program, scala, with_neighbours};
use crate::{root, tools_data};

/// Imports a release, and imports again every recorded one for which an artifact can now be had that another release
/// stood in for.
pub fn import(release: &str) -> Result<()> {
    kafka_jars::ask_again(release)?;
    import_as_it_is(release)?;
    for other in recorded()?.iter().filter(|other| *other != release) {
        let lent = stand_ins(other)?;
        if !lent.is_empty() && kafka_jars::ask_again(other)? {
            println!("{other}: some of {} can be had now", lent.join(", "));
            import_as_it_is(other)?;
        }
    }
    Ok(())
}

/// Artifacts of a recorded release for which another one stands in.
fn stand_ins(release: &str) -> Result<Vec<String>> {
    let path = folder().join(format!("{release}.json"));
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    // One artifact a line: `"kafka-tools": "4.3.1",`.
    let artifacts = text.lines().skip_while(|line| !line.starts_with("\"artifacts\"")).skip(1);
    let pairs = artifacts.map_while(|line| line.trim_end_matches(',').split_once(": "));
    let lent = pairs.filter(|(_, from)| from.trim_matches('"') != release);
    Ok(lent.map(|(name, from)| format!("{} ({})", name.trim_matches('"'), from.trim_matches('"'))).collect())
}

/// Asks the jars of a release, writes its file and prints what differs from the release before it.
fn import_as_it_is(release: &str) -> Result<()> {
    let artifacts = with_neighbours(release)?;
    let output = program("Extract")?
        .args([release, &date(release)?, scala(release)])
        .args(artifacts.iter().map(Artifact::argument))
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
        println!("  {} could not be had; {} stands in", artifact.name, artifact.release);
    }
    let lent = artifacts.iter().any(|one| one.name == "kafka-tools" && one.release != release);
    import_tools(release, &artifacts, lent)?;
    compare(release)
}

/// Asks the release's tools for their options.
fn import_tools(release: &str, artifacts: &[Artifact], lent: bool) -> Result<()> {
    let with_tools = ["kafka", "kafka-tools", "connect-mirror", "connect-runtime"];
    let output = program("Tools")?
        .args(artifacts.iter().filter(|one| with_tools.contains(&one.name)).map(Artifact::argument))
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    if !output.status.success() {
        bail!("the tools of {release} could not be asked: {}", output.status);
    }
    let path = root().join("crates/catalog/data/tools.csv");
    let before = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let previous =
        recorded()?.into_iter().rfind(|other| tools_data::number(other) < tools_data::number(release));
    let listed = String::from_utf8_lossy(&output.stdout);
    let after = tools_data::merge(&before, (release, previous.as_deref()), &listed, lent);
    let word = if after == before { "unchanged" } else { "changed" };
    fs::write(&path, after)?;
    println!("{} is {word}", path.strip_prefix(root()).unwrap_or(&path).display());
    Ok(())
}

fn folder() -> PathBuf {
    root().join("crates/catalog/data/releases")
}

/// Prints how the release differs from the one before, and which differences neither a note nor a reason explains.
/// Runs a program of its own, so that building just the page does not compile readers of JSON and TOML.
fn compare(release: &str) -> Result<()> {
    let example =
        ["run", "--quiet", "--package", "kafka-upgrade-rules", "--example", "changes", "--", release];
    crate::process::run(crate::process::cargo().args(example))
}

/// Releases with a file of their own, oldest first.
pub fn recorded() -> Result<Vec<String>> {
    let mut releases: Vec<String> = fs::read_dir(folder())?
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    releases.sort_by_key(|release| tools_data::number(release));
    Ok(releases)
}
