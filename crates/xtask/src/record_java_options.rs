//! Asks the Java on the path about each option of `data/java_options.csv`.
//!
//! A line that has no answer yet (`UseFoo,-XX:+UseFoo,,`) gets one, and goes when that Java starts with the option. A
//! line whose answer an older Java returned stays as it is.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::root;

const FILE: &str = "crates/catalog/data/java_options.csv";

/// Writes the file anew; `date` is that of the lines that change, such as 2026-11-29.
pub fn record(date: &str) -> Result<()> {
    let path = root().join(FILE);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let java = version()?;
    let (mut lines, mut dropped) = (Vec::new(), Vec::new());
    let mut all = text.lines();
    let head = all.next().unwrap_or_default().to_owned();
    for line in all {
        let fields: Vec<&str> = line.split(',').collect();
        let [name, asked, known, _] = fields[..] else { bail!("{FILE}: `{line}` has not four fields") };
        let refuses = !starts(&[asked])?;
        let older = major(known).is_some_and(|known| Some(known) <= major(&java));
        match (refuses, older) {
            (true, true) => lines.push(line.to_owned()),
            (false, true) => bail!("Java {java} starts with {asked}, which Java {known} refused"),
            (true, false) => lines.push(format!("{name},{asked},{java},{date}")),
            (false, false) if known.is_empty() => dropped.push(asked.to_owned()),
            (false, false) => lines.push(line.to_owned()),
        }
    }
    lines.sort();
    lines.dedup();
    fs::write(&path, format!("{head}\n{}\n", lines.join("\n")))?;
    println!("{} options that Java {java} or an older one refuses", lines.len());
    if !dropped.is_empty() {
        println!("Java {java} starts with {}", dropped.join(" "));
    }
    Ok(())
}

fn starts(options: &[&str]) -> Result<bool> {
    let done = Command::new("java").args(options).arg("-version").output().context("no Java on the path")?;
    Ok(done.status.success())
}

/// `17.0.15`.
fn version() -> Result<String> {
    let done = Command::new("java").arg("-version").output().context("no Java on the path")?;
    let printed = String::from_utf8_lossy(&done.stderr).into_owned();
    let quoted = printed.split('"').nth(1).context("`java -version` names no version")?;
    Ok(quoted.to_owned())
}

fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}
