//! One rule at work: `cargo xtask rule ID` shows its words, what its examples give, and where it fires in the corpus.

#![allow(clippy::print_stdout, reason = "a developer reads it on a terminal")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::Finding;
use kafka_upgrade_rules::{File, Request, Sample, examples, note, notes};
use kafka_upgrade_session::check;

fn main() -> Result<(), String> {
    let id = std::env::args().nth(1).ok_or("which rule? `kafka-upgrade-check rules` lists them")?;
    match note(&id) {
        Some(note) => {
            println!("{id}, from {}\n", note.since);
            for (name, text) in [("What", note.message), ("Why", note.why), ("Do", note.action)] {
                println!("{name}: {}", note.plain(text));
            }
            println!("\nExamples");
            for sample in examples(&id) {
                example(&id, sample)?;
            }
        }
        None => println!("{id}: no note has this id, so it is computed from the catalog"),
    }
    println!("\nCorpus");
    let fired = corpus(&id)?;
    if fired.is_empty() {
        let near: Vec<&str> = notes().map(|note| note.id).filter(|other| other.contains(&*id)).collect();
        println!(
            "  never{}",
            if near.is_empty() { String::new() } else { format!(" (near: {})", near.join(", ")) }
        );
    }
    for line in fired {
        println!("  {line}");
    }
    Ok(())
}

fn example(id: &str, sample: &Sample) -> Result<(), String> {
    let (from, to) = sample.path.split_once(" -> ").ok_or("an example without a path")?;
    let release = |text: &str| text.parse::<Release>().map_err(|_| format!("{text} is no release"));
    let have: Vec<&str> = Some(sample.have).filter(|have| !have.is_empty()).into_iter().collect();
    let found = found(id, Some(release(from)?), release(to)?, sample.file, sample.text, &have);
    let verdict = if found.len() == sample.findings as usize { "as expected" } else { "NOT as expected" };
    println!("  {} {}: {} of {}, {verdict}", sample.path, sample.file, found.len(), sample.findings);
    for finding in found {
        println!(
            "    line {}: {}",
            finding.line.map_or_else(|| "-".to_owned(), |at| at.to_string()),
            finding.message
        );
    }
    Ok(())
}

/// Each place once, with the releases between which it first shows.
fn corpus(id: &str) -> Result<Vec<String>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && !path.to_string_lossy().contains(".snap"))
        .collect();
    paths.sort();
    let minors: Vec<Release> = kafka_upgrade_catalog::minors().collect();
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (from, to) in minors.iter().zip(minors.iter().skip(1)) {
            for finding in found(id, Some(*from), *to, &name, &text, &[]) {
                if seen.insert((name.clone(), finding.line, finding.message.clone())) {
                    let line = finding.line.map_or_else(String::new, |line| format!(":{line}"));
                    lines.push(format!("{name}{line} ({from} to {to}): {}", finding.message));
                }
            }
        }
    }
    Ok(lines)
}

fn found(
    id: &str,
    from: Option<Release>,
    to: Release,
    path: &str,
    text: &str,
    have: &[&str],
) -> Vec<Finding> {
    let files = [File::new(path, text)];
    let request = Request { from, have, ..Request::new(to, &files) };
    check(&request).findings.into_iter().filter(|finding| finding.rule == id).collect()
}
