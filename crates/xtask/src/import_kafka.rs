//! `cargo xtask import-kafka 4.4.0`: one file of facts more, and what in it is new.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::kafka_jars::{date, program, scala, with_neighbours};
use crate::root;

/// What a release says, a line each, by component or section and by name.
type Facts = BTreeMap<(String, String), String>;

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
        println!("  {} could not be had; {} stands in", artifact.name, artifact.release);
    }
    compare(release)
}

fn folder() -> PathBuf {
    root().join("crates/catalog/data/releases")
}

/// Prints what the release says differently from the one before it, and what of it no note explains.
fn compare(release: &str) -> Result<()> {
    let older = recorded()?.into_iter().rfind(|other| number(other) < number(release));
    let Some(before) = older else { return Ok(()) };
    let (old, new) = (facts(&read(&before)?), facts(&read(release)?));
    let subjects = subjects(&root().join("crates/rules/notes"))?;
    println!("Against {before}:");
    let mut unexplained = 0;
    let places: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for place in places {
        let (section, name) = place;
        let explained = if subjects.contains(name) { "" } else { "   (no note explains it)" };
        match (old.get(place), new.get(place)) {
            (Some(old), Some(new)) if old != new => {
                println!("  changed {section} {name}{explained}");
                differences(section, old, new).iter().for_each(|line| println!("            {line}"));
            }
            (Some(_), None) => println!("  gone    {section} {name}{explained}"),
            (None, Some(_)) => {
                println!("  new     {section} {name}");
                continue;
            }
            _ => continue,
        }
        unexplained += u32::from(!explained.is_empty());
    }
    println!("{unexplained} of them are gone or changed and no note explains them");
    Ok(())
}

/// Releases with a file of their own, oldest first.
pub fn recorded() -> Result<Vec<String>> {
    let mut releases: Vec<String> = fs::read_dir(folder())?
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    releases.sort_by_key(|release| number(release));
    Ok(releases)
}

fn number(release: &str) -> Vec<u32> {
    release.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

fn read(release: &str) -> Result<String> {
    let path = folder().join(format!("{release}.json"));
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}

/// Reads a file of facts line by line: one key, API, level or class a line is what the extractor promises.
fn facts(text: &str) -> Facts {
    let mut facts = Facts::new();
    let mut section = String::new();
    for line in text.lines() {
        let line = line.trim_end_matches(',');
        if line.starts_with('{') && line.len() > 1 {
            // A list: what it lists is known by its name, and a feature's level by both.
            let level = if section == "features" { member(line, "level") } else { None };
            let name = [member(line, "name"), level].map(Option::unwrap_or_default).join(" ");
            facts.insert((section.clone(), name.trim_end().to_owned()), line.to_owned());
        } else if let Some((name, value)) = line.split_once("\": ") {
            let name = name.trim_start_matches('"').to_owned();
            match value {
                "{" | "[" => section = name,
                _ => drop(facts.insert((section.clone(), name), value.to_owned())),
            }
        }
    }
    facts.retain(|(section, _), _| !section.is_empty() && section != "artifacts");
    facts
}

/// A text or a number inside a line.
fn member<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let value = line.split_once(&format!("\"{name}\":"))?.1;
    value.trim_start_matches('"').split(['"', ',', '}']).next()
}

/// What was and what is; of a class only the members that went and those that became deprecated.
fn differences(section: &str, old: &str, new: &str) -> Vec<String> {
    if section != "classes" {
        return vec![format!("was {old}"), format!("is  {new}")];
    }
    let members = |line: &str| -> BTreeSet<String> {
        let list = line.split_once("\"members\":[\"").map_or("", |(_, list)| list);
        list.split("\",\"").map(|member| member.trim_end_matches(['"', ']', '}']).to_owned()).collect()
    };
    let (old, new) = (members(old), members(new));
    let mut lines = Vec::new();
    for member in old.difference(&new).filter(|member| !member.is_empty()) {
        let deprecated = new.contains(&format!("{member} deprecated"));
        lines.push(format!("{} {member}", if deprecated { "deprecated" } else { "gone" }));
    }
    lines
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
            let line =
                text.lines().find(|line| line.split('=').next().is_some_and(|key| key.trim() == "subject"));
            subjects.extend(line.and_then(|line| line.split('"').nth(1)).map(str::to_owned));
        }
    }
    Ok(subjects)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
"release": "4.4.0",
"artifacts": {
"kafka": "4.4.0"
},
"configs": {
"broker": {
"node.id": {"type":"int","importance":"high"},
"log.dir": {"type":"string","default":"/tmp","importance":"high"}
},
"topic": {
"retention.ms": {"type":"long","default":"1","importance":"high"}
}
},
"apis": [
{"key":0,"name":"Produce","min":0,"max":12}
],
"features": [
{"name":"group.version","level":1,"bootstrap":"4.0-IV0"}
],
"classes": {
"a.B": {"in":"kafka","kind":"class","members":["method c()","method d()"]}
}
}
"#;

    #[test]
    fn every_fact_of_a_file_has_its_section_and_its_name() {
        let facts = facts(FILE);
        let places: Vec<String> = facts.keys().map(|(section, name)| format!("{section} {name}")).collect();
        assert_eq!(
            places,
            [
                "apis Produce",
                "broker log.dir",
                "broker node.id",
                "classes a.B",
                "features group.version 1",
                "topic retention.ms"
            ]
        );
    }

    #[test]
    fn of_a_class_the_members_that_went_or_became_deprecated_are_told() {
        let old = r#"{"kind":"class","members":["method c()","method d()","method e()"]}"#;
        let new = r#"{"kind":"class","members":["method c()","method d() deprecated","method f()"]}"#;
        assert_eq!(differences("classes", old, new), ["deprecated method d()", "gone method e()"]);
    }
}
