//! The standing trial: the checker over checkouts of public repositories, compared with the last accepted run.
//!
//! What is *not* here: judgement. People look at the lines and write their verdicts into [`FILE`]. Invariant: what is
//! kept names rules and places, and never holds a text of somebody else's.

mod record;
mod sample;
mod share;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::process::{answer, cargo, run, step};
use record::{Accepted, Finding, Run};
use share::Tally;

/// The accepted run, one finding per line.
const FILE: &str = "tests/trial/findings.csv";

/// Every checkout is judged on this upgrade path, so that runs compare.
const FROM: &str = "3.9.2";
const TO: &str = "4.3.1";

/// At most this many findings of each list are printed.
const SHOWN: usize = 20;

/// What the command was asked.
pub struct Asked {
    /// Checkouts, each called `OWNER+NAME`, or `OWNER+NAME@COMMIT` where it is no working tree of git.
    pub folders: Vec<PathBuf>,
    /// Write what was found as the accepted run.
    pub accept: bool,
    /// Print so many findings that nobody judged, spread over rules and repositories.
    pub sample: usize,
    /// The command to run; built from the sources where none is given.
    pub command: Option<PathBuf>,
}

/// Runs the trial; the exit code is a failure where the run differs from the accepted one and is not accepted.
pub fn trial(asked: &Asked) -> Result<ExitCode> {
    let program = match &asked.command {
        Some(program) => std::fs::canonicalize(program).with_context(|| program.display().to_string())?,
        None => step("Build the command", || {
            run(cargo().args(["build", "--release", "--quiet", "--package", "kafka-upgrade-check"]))?;
            Ok(crate::root().join("target/release/kafka-upgrade-check"))
        })?,
    };
    let runs = run_all(&program, &asked.folders)?;
    let file = crate::root().join(FILE);
    let mut accepted = Accepted::read(&file)?;
    let differs = compare(&accepted, &runs);
    accepted.replace(&runs);
    if asked.sample > 0 {
        sample::print(&accepted, &asked.folders, asked.sample)?;
    }
    println!("\n{}", Tally::of(&accepted).sentence());
    if asked.accept {
        accepted.write(&file)?;
        println!("{FILE} is written.");
    }
    Ok(if differs && !asked.accept { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// All checkouts, as many at a time as there are processors.
fn run_all(program: &Path, folders: &[PathBuf]) -> Result<Vec<Run>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let run = run_one(program, folder);
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(run);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut runs = done.into_iter().collect::<Result<Vec<Run>>>()?;
    runs.sort_by(|one, other| one.repository.cmp(&other.repository));
    Ok(runs)
}

fn run_one(program: &Path, folder: &Path) -> Result<Run> {
    let (repository, commit) = named(folder)?;
    let mut command = Command::new(program);
    command.args(["check", "--from", FROM, "--to", TO, "--fail-on", "never", "--format", "csv", "."]);
    let output = command.current_dir(folder).stdin(Stdio::null()).output()?;
    // 2: something of the checkout is no text or cannot be read; the rest is reported.
    if !matches!(output.status.code(), Some(0 | 2)) {
        bail!("the command ended with {} in {}", output.status, folder.display());
    }
    let text = String::from_utf8(output.stdout)?;
    let findings = text.lines().skip(1).filter_map(Finding::of_report).collect();
    Ok(Run { repository, commit, findings })
}

/// The repository and the commit of a checkout.
fn named(folder: &Path) -> Result<(String, String)> {
    let folder = std::fs::canonicalize(folder).with_context(|| folder.display().to_string())?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (name, commit) = match name.split_once('@') {
        Some((name, commit)) => (name, Some(commit.to_owned())),
        None => (name.as_str(), None),
    };
    let (owner, project) =
        name.split_once('+').with_context(|| format!("{} is not called OWNER+NAME", folder.display()))?;
    let of_git = || answer(Command::new("git").arg("-C").arg(&folder).args(["rev-parse", "HEAD"]));
    let is_tree = folder.join(".git").exists();
    let commit = commit.or_else(|| of_git().filter(|_| is_tree));
    let commit = commit.with_context(|| format!("nothing says which commit {} is", folder.display()))?;
    Ok((format!("{owner}/{project}"), commit))
}

/// Prints what is new and what is gone; whether there is any of it.
fn compare(accepted: &Accepted, runs: &[Run]) -> bool {
    let mut differs = false;
    for run in runs {
        let before: BTreeSet<&Finding> = accepted.of(&run.repository).map(|(finding, _)| finding).collect();
        let now: BTreeSet<&Finding> = run.findings.iter().collect();
        let commit = accepted.commit(&run.repository);
        if before == now && commit == Some(run.commit.as_str()) {
            continue;
        }
        differs = true;
        println!("\n{} {}", run.repository, run.commit);
        if let Some(commit) = commit.filter(|commit| *commit != run.commit) {
            println!("  the accepted run is of {commit}");
        }
        show("new", now.difference(&before));
        show("gone", before.difference(&now));
    }
    differs
}

fn show<'f>(word: &str, findings: impl Iterator<Item = &'f &'f Finding>) {
    let findings: Vec<_> = findings.collect();
    for finding in findings.iter().take(SHOWN) {
        println!("  {word:<4} {finding}");
    }
    if findings.len() > SHOWN {
        println!("  {word:<4} and {} more", findings.len() - SHOWN);
    }
}
