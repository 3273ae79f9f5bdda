//! Whether a release takes a configuration: ours against real Kafka's verdict, over every recorded case.
//!
//! Accepted or refused must agree, and where Kafka names keys, our first refusal is of one of them. What cannot agree
//! is listed in `verdicts/exceptions.toml`, by name and with the reason. What is *not* here: Java; the recordings are
//! read. `AGREEMENT_SHOW=200 cargo test -p acceptance --test all agreement` shows that many disagreements of each file.

#![allow(clippy::print_stdout, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use acceptance::cases::{Settings, fingerprint, groups};
use acceptance::record::folder;
use acceptance::verdicts::{Recording, Refusal, Verdict};
use anyhow::{Context, Result, bail};
use kafka_upgrade_validate as validate;

/// A known disagreement.
struct Exception {
    name: String,
    components: Vec<String>,
    /// Keys that Kafka or we name; empty: any.
    keys: Vec<String>,
    /// Part of Kafka's exception and message; empty: any.
    kafka: String,
    /// Part of what we report; empty: any.
    ours: String,
}

/// The outcome for one file.
#[derive(Default)]
struct Tally {
    title: String,
    cases: usize,
    asked: usize,
    excepted: BTreeMap<String, usize>,
    wrong: usize,
    shown: String,
}

#[test]
fn every_recorded_verdict_of_real_kafka_is_ours_too() -> Result<()> {
    let exceptions = exceptions()?;
    let files = recordings()?;
    let halves = [0, 1].map(|rest| files.iter().skip(rest).step_by(2).collect::<Vec<_>>());
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let threads = halves.map(|files| {
            let exceptions = &exceptions;
            scope
                .spawn(move || files.iter().map(|file| compare(file, exceptions)).collect::<Result<Vec<_>>>())
        });
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a thread panicked"))
            .collect::<Result<Vec<_>>>()
    })?
    .into_iter()
    .flatten()
    .collect();
    let (mut asked, mut wrong, mut used) = (0, 0, BTreeMap::<String, usize>::new());
    let mut report = String::new();
    for tally in &tallies {
        asked += tally.asked;
        wrong += tally.wrong;
        for (name, count) in &tally.excepted {
            *used.entry(name.clone()).or_insert(0) += count;
        }
        let excepted: usize = tally.excepted.values().sum();
        writeln!(
            report,
            "{}: {} cases, {} asked, {excepted} excepted, {} disagree",
            tally.title, tally.cases, tally.asked, tally.wrong
        )?;
    }
    println!("{report}{asked} verdicts, {wrong} disagree");
    let shown: String = tallies.iter().map(|tally| tally.shown.as_str()).collect();
    assert_eq!(wrong, 0, "{wrong} of {asked} verdicts disagree; some of each file:\n{shown}");
    assert!(asked >= 50_000, "only {asked} verdicts are recorded");
    println!("excepted: {used:?}");
    let idle: Vec<_> =
        exceptions.iter().map(|one| &one.name).filter(|name| !used.contains_key(*name)).collect();
    assert!(idle.is_empty(), "these exceptions except nothing any more: {idle:?}");
    Ok(())
}

fn recordings() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for release in fs::read_dir(folder())? {
        let release = release?.path();
        if release.is_dir() {
            for file in fs::read_dir(&release)? {
                files.push(file?.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

fn exceptions() -> Result<Vec<Exception>> {
    let path = folder().join("exceptions.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let table: toml::Table = text.parse()?;
    let mut exceptions = Vec::new();
    for (name, entry) in &table {
        let texts = |key: &str| -> Vec<String> {
            let items = entry.get(key).and_then(toml::Value::as_array);
            items.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
        };
        let text = |key: &str| entry.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        let reason = text("reason");
        assert!(reason.len() > 20, "{name} has no reason");
        exceptions.push(Exception {
            name: name.clone(),
            components: texts("components"),
            keys: texts("keys"),
            kafka: text("kafka"),
            ours: text("ours"),
        });
    }
    Ok(exceptions)
}

fn compare(file: &PathBuf, exceptions: &[Exception]) -> Result<Tally> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let recording = Recording::read(&text).with_context(|| file.display().to_string())?;
    let cases = groups(recording.component, recording.release);
    if fingerprint(&cases) != recording.fingerprint {
        bail!(
            "the cases of {} at {} are not those that were recorded: the generator or the catalog has changed; \
             `cargo xtask record-verdicts {}` asks Kafka again (Java 17 and Maven)",
            recording.component,
            recording.release,
            recording.release
        );
    }
    let show: usize = std::env::var("AGREEMENT_SHOW").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let mut tally = Tally {
        title: format!("{} {}", recording.release, recording.component),
        cases: recording.len(),
        ..Tally::default()
    };
    for (group, (name, verdicts)) in cases.iter().zip(&recording.groups) {
        for (at, (case, verdict)) in group.cases.iter().zip(verdicts).enumerate() {
            let refusal = match verdict {
                Verdict::NotAsked => continue,
                Verdict::Accepted => None,
                Verdict::Refused(number) => Some(recording.refusals.get(*number).context("no such refusal")?),
            };
            tally.asked += 1;
            let Some(ours) = disagreement(&recording, case, refusal) else { continue };
            if let Some(exception) = exceptions.iter().find(|one| one.holds(&recording, case, refusal, &ours))
            {
                *tally.excepted.entry(exception.name.clone()).or_default() += 1;
                continue;
            }
            tally.wrong += 1;
            if tally.wrong <= show {
                let theirs = refusal.map_or("accepts it".to_owned(), |refusal| {
                    format!(
                        "refuses {}: {} {}",
                        refusal.keys.join(" or "),
                        refusal.exception,
                        refusal.message
                    )
                });
                let ours = ours.unwrap_or_else(|| "accept it".to_owned());
                writeln!(
                    tally.shown,
                    "{} {name} #{at} {case:?}\n  Kafka {theirs}\n  we {ours}",
                    tally.title
                )?;
            }
        }
    }
    Ok(tally)
}

/// What we report if it differs: `Some(None)` if we accept what Kafka refuses.
fn disagreement(recording: &Recording, case: &Settings, refusal: Option<&Refusal>) -> Option<Option<String>> {
    let settings: validate::Settings<'_> =
        case.iter().enumerate().map(|(at, (key, value))| (key.as_str(), value.as_str(), at)).collect();
    let refusals = validate::refusals(recording.component, &settings, recording.release);
    match (refusals.first(), refusal) {
        (None, None) => None,
        (Some(ours), Some(refusal))
            if refusal.keys.is_empty() || refusal.keys.iter().any(|key| *key == ours.key) =>
        {
            None
        }
        (ours, _) => Some(ours.map(|ours| format!("refuse {} by {}: {}", ours.key, ours.rule, ours.message))),
    }
}

impl Exception {
    fn holds(
        &self,
        recording: &Recording,
        case: &Settings,
        refusal: Option<&Refusal>,
        ours: &Option<String>,
    ) -> bool {
        let component = recording.component.name();
        let names = |key: &String| match refusal {
            Some(refusal) => refusal.keys.contains(key),
            None => case.contains_key(key) && ours.as_ref().is_some_and(|ours| ours.contains(key.as_str())),
        };
        (self.components.is_empty() || self.components.iter().any(|one| one == component))
            && (self.keys.is_empty() || self.keys.iter().any(names))
            && (self.ours.is_empty() || ours.as_ref().is_some_and(|ours| ours.contains(&self.ours)))
            && (self.kafka.is_empty()
                || refusal.is_some_and(|refusal| {
                    format!("{} {}", refusal.exception, refusal.message).contains(&self.kafka)
                }))
    }
}
