//! What javac refuses is an error at its line, and what it accepts is none: ours against javac's answers.
//!
//! Generated files are made again and held against `javac/generated`, hand-written ones against `javac/written.txt`,
//! these for every pair of releases of which the earlier one takes them. What source alone cannot decide is listed in
//! `javac/exceptions.toml`, by name and with the reason. `JAVAC_SHOW=20 cargo test -p acceptance --test all javac` shows
//! that many files of each cause. What is *not* here: Java; the recordings are read.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use acceptance::javac::cases::{apis, fingerprint, groups};
use acceptance::javac::record::written;
use acceptance::javac::recording::{Generated, Lines, Written};
use acceptance::javac::{self, RELEASES, folder, neighbours};
use anyhow::{Context, Result, ensure};
use kafka_upgrade_report::{Confidence, Finding, Severity};
use kafka_upgrade_session::{File, Request, check};

/// One file on one upgrade path, and the lines with errors of javac at its end.
struct Asked {
    from: &'static str,
    to: &'static str,
    /// Where it comes from: the subject and form of a generated file, the name of one written by hand.
    origin: String,
    /// The cause that its differences are counted under.
    cause: String,
    name: String,
    text: String,
    errors: Lines,
}

/// A difference that is known.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// Part of the file's origin.
    origin: String,
    /// `missed`: javac refuses and we report nothing; `extra`: we report an error and javac accepts it.
    side: String,
    /// Part of the line; empty: any.
    #[serde(default)]
    line: String,
    reason: String,
}

#[derive(Default)]
struct Tally {
    files: usize,
    accepted: usize,
    lines: usize,
    found: usize,
    only_possible: usize,
    excepted: BTreeMap<String, usize>,
    /// By cause: how many, and some of them.
    differ: BTreeMap<String, (usize, Vec<String>)>,
}

fn generated() -> Result<Vec<Asked>> {
    let (apis, mut asked) = (apis()?, Vec::new());
    for (from, to) in neighbours() {
        let path = folder().join(format!("generated/{from}.txt"));
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let recording = Generated::read(&text)?;
        let groups = groups(&apis[from], &apis[to]);
        ensure!(
            recording.to == to && recording.fingerprint == fingerprint(&groups),
            "the files from {from} to {to} are not those that were recorded: `cargo xtask record-javac`"
        );
        for (group, (subject, answers)) in groups.into_iter().zip(recording.groups) {
            ensure!(group.subject == subject, "{} is not {subject}", group.subject);
            for (case, answer) in group.cases.into_iter().zip(answers) {
                let Some(errors) = answer else { continue };
                let side = if case.twin { "twin" } else { "gone" };
                asked.push(Asked {
                    from,
                    to,
                    origin: format!("{subject} [{}, {side}]", case.form),
                    cause: format!("{}, {side}", case.form),
                    name: "Orders.java".to_owned(),
                    text: case.text,
                    errors,
                });
            }
        }
    }
    Ok(asked)
}

fn by_hand() -> Result<Vec<Asked>> {
    let path = folder().join("written.txt");
    let recorded = fs::read_to_string(&path)?;
    let recorded: Vec<Written> = recorded.lines().map(Written::read).collect::<Result<_>>()?;
    let files = written()?;
    ensure!(files.len() == recorded.len(), "files and answers differ: `cargo xtask record-javac`");
    let mut asked = Vec::new();
    for ((name, text), recorded) in files.into_iter().zip(recorded) {
        ensure!(
            name == recorded.file && javac::fingerprint([text.as_str()]) == recorded.fingerprint,
            "{name} is not what was recorded: `cargo xtask record-javac`"
        );
        let answers = || RELEASES.into_iter().zip(&recorded.answers);
        let taken = |answer: &Option<Lines>| answer.as_ref().is_some_and(Vec::is_empty);
        ensure!(recorded.answers.iter().any(taken), "no release takes {name}");
        for (at, (from, _)) in answers().enumerate().filter(|(_, (_, answer))| taken(answer)) {
            for (to, answer) in answers().skip(at + 1) {
                let Some(errors) = answer else { continue };
                asked.push(Asked {
                    from,
                    to,
                    origin: name.clone(),
                    cause: name.clone(),
                    name: name.clone(),
                    text: text.clone(),
                    errors: errors.clone(),
                });
            }
        }
    }
    Ok(asked)
}

/// Lines of errors about classes and members that are certain, and of those that are possible.
fn ours(asked: &Asked) -> (BTreeMap<usize, String>, BTreeMap<usize, String>) {
    let files = [File::new(&asked.name, &asked.text)];
    let report = check(&Request {
        from: asked.from.parse().ok(),
        ..Request::new(asked.to.parse().expect("a release"), &files)
    });
    let (mut sure, mut possible) = (BTreeMap::new(), BTreeMap::new());
    let error = |finding: &&Finding| finding.severity == Severity::Error && finding.component.is_none();
    for finding in report.findings.iter().filter(error) {
        let lines = if finding.confidence == Confidence::Possible { &mut possible } else { &mut sure };
        let here = finding.spots().filter_map(|spot| Some((spot.line? as usize, spot.rule.to_owned())));
        lines.extend(here);
    }
    (sure, possible)
}

fn compare(asked: &[Asked], exceptions: &BTreeMap<String, Exception>) -> Tally {
    let show = std::env::var("JAVAC_SHOW").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let mut tally = Tally::default();
    for one in asked {
        let (sure, possible) = ours(one);
        tally.files += 1;
        tally.accepted += usize::from(one.errors.is_empty());
        tally.lines += one.errors.len();
        let text = |line: usize| one.text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
        let mut differ = |side: &str, line: usize, rule: &str| {
            let known = exceptions.iter().find(|(_, known)| {
                known.side == side && one.origin.contains(&known.origin) && text(line).contains(&known.line)
            });
            if let Some((name, _)) = known {
                *tally.excepted.entry(name.clone()).or_default() += 1;
                return;
            }
            let entry = tally.differ.entry(format!("{side}: {}", one.cause)).or_default();
            entry.0 += 1;
            if entry.1.len() < show {
                entry.1.push(format!(
                    "{} -> {} {} line {line}: {} {rule}",
                    one.from,
                    one.to,
                    one.origin,
                    text(line)
                ));
            }
        };
        for line in &one.errors {
            if sure.contains_key(line) {
                tally.found += 1;
            } else if possible.contains_key(line) {
                tally.only_possible += 1;
            } else {
                differ("missed", *line, "");
            }
        }
        let errors: BTreeSet<usize> = one.errors.iter().copied().collect();
        for (line, rule) in sure.iter().filter(|(line, _)| !errors.contains(line)) {
            differ("extra", *line, rule);
        }
    }
    tally
}

#[test]
fn what_javac_refuses_is_an_error_at_its_line_and_what_it_accepts_is_none() -> Result<()> {
    let path = folder().join("exceptions.toml");
    let exceptions: BTreeMap<String, Exception> = toml::from_str(&fs::read_to_string(&path)?)?;
    for (name, exception) in &exceptions {
        ensure!(exception.reason.len() > 20, "{name} has no reason");
        ensure!(["missed", "extra"].contains(&exception.side.as_str()), "{name} has no side");
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    let (mut wrong, mut table) = (0, String::new());
    for (sort, asked, least) in [("generated", generated()?, 400), ("written by hand", by_hand()?, 40)] {
        let (one, other) = asked.split_at(asked.len() / 2);
        let tallies = std::thread::scope(|scope| {
            let threads = [one, other].map(|half| scope.spawn(|| compare(half, &exceptions)));
            threads.map(|thread| thread.join().expect("a thread panicked"))
        });
        ensure!(asked.len() >= least, "only {} files {sort}", asked.len());
        let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
        writeln!(
            table,
            "{sort}: {} files on upgrade paths, {} accepted by javac; of {} refused lines {} are ours, {} only possible",
            sum(|one| one.files),
            sum(|one| one.accepted),
            sum(|one| one.lines),
            sum(|one| one.found),
            sum(|one| one.only_possible)
        )?;
        let mut differ: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
        for tally in tallies {
            for (name, count) in tally.excepted {
                writeln!(table, "  excepted: {count} {name}")?;
                used.insert(name);
            }
            for (cause, (count, shown)) in tally.differ {
                let entry = differ.entry(cause).or_default();
                entry.0 += count;
                entry.1.extend(shown);
            }
        }
        for (cause, (count, shown)) in differ {
            wrong += count;
            writeln!(table, "  {count} {cause}\n    {}", shown.join("\n    "))?;
        }
    }
    println!("{table}");
    assert_eq!(wrong, 0, "{wrong} lines differ:\n{table}");
    let idle: Vec<_> = exceptions.keys().filter(|name| !used.contains(*name)).collect();
    assert!(idle.is_empty(), "these exceptions except nothing any more: {idle:?}");
    Ok(())
}
