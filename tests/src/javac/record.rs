//! Asking javac about every file: what `cargo xtask record-javac` does.
//!
//! Needs Java 17 and Maven, as no test does. What is *not* here: the files, the form of the recordings, the Java
//! program (`crates/catalog/extract`).

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, BufWriter, Write};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use xtask::kafka_jars::{compiled_against, program, published};

use super::cases::{Group, apis, fingerprint, groups};
use super::recording::{Generated, Lines, Written};
use super::{RELEASES, folder, neighbours, others};

/// Name and text of a file.
type File = (String, String);

/// Files written by hand, by name.
pub fn written() -> Result<Vec<File>> {
    let mut files = Vec::new();
    let folder = folder().join("cases");
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).context("a file has a name")?.to_owned();
        files.push((name, fs::read_to_string(&path)?));
    }
    files.sort();
    Ok(files)
}

/// Asks every release about the generated files and writes the recordings.
pub fn record_generated() -> Result<()> {
    let apis = apis()?;
    let mut generated: Vec<(&str, &str, Vec<Group>)> = Vec::new();
    for (from, to) in neighbours() {
        let (Some(earlier), Some(later)) = (apis.get(from), apis.get(to)) else { bail!("no {from} or {to}") };
        generated.push((from, to, groups(earlier, later)));
    }
    let mut answers: BTreeMap<&str, std::vec::IntoIter<Lines>> = BTreeMap::new();
    for release in RELEASES {
        let cases = generated.iter().filter(|(from, to, _)| [*from, *to].contains(&release));
        let cases = cases.flat_map(|(_, _, groups)| groups).flat_map(|group| &group.cases);
        let files: Vec<(&str, &str)> = cases.map(|case| ("Orders.java", case.text.as_str())).collect();
        answers.insert(release, ask(release, &files)?.into_iter());
    }
    let mut next =
        |release: &str| answers.get_mut(release).and_then(Iterator::next).context("an answer for every file");
    fs::create_dir_all(folder().join("generated"))?;
    // Each release was asked about the files that lead to it, then about those that lead away from it.
    for (from, to, groups) in &generated {
        let mut answers = Vec::new();
        for group in groups {
            let mut row = Vec::new();
            for _ in &group.cases {
                let (before, after) = (next(from)?, next(to)?);
                row.push(before.is_empty().then_some(after));
            }
            answers.push((group.subject.clone(), row));
        }
        let recording = Generated {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            fingerprint: fingerprint(groups),
            groups: answers,
        };
        fs::write(folder().join(format!("generated/{from}.txt")), recording.write())?;
    }
    Ok(())
}

/// Asks every release about the files written by hand.
pub fn record_written() -> Result<()> {
    let written = written()?;
    let files: Vec<(&str, &str)> =
        written.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut recorded: Vec<Written> = written
        .iter()
        .map(|(name, text)| Written {
            file: name.clone(),
            fingerprint: super::fingerprint([text.as_str()]),
            answers: Vec::new(),
        })
        .collect();
    for release in RELEASES {
        for extension in ["java", "kt", "scala"] {
            let of = |name: &str| name.rsplit('.').next() == Some(extension);
            let here: Vec<(&str, &str)> = files.iter().copied().filter(|(name, _)| of(name)).collect();
            let answers: Vec<Option<Lines>> = match extension {
                "java" => ask(release, &here)?.into_iter().map(Some).collect(),
                _ if others::ASKED.contains(&release) => {
                    others::ask(extension, release, &here)?.into_iter().map(Some).collect()
                }
                _ => vec![None; here.len()],
            };
            let lacks = lacking(release)?;
            let recorded = recorded.iter_mut().filter(|one| of(&one.file));
            for ((one, lines), (_, text)) in recorded.zip(answers).zip(&here) {
                one.answers.push(lines.filter(|_| !lacks.iter().any(|package| text.contains(package))));
            }
        }
    }
    Ok(fs::write(folder().join("written.txt"), recorded.iter().map(Written::write).collect::<String>())?)
}

/// Packages of artifacts that the release has and does not publish: a file that imports them cannot be asked about.
fn lacking(release: &str) -> Result<Vec<&'static str>> {
    let had = published(release)?;
    let packages = [
        ("connect-mirror", "org.apache.kafka.connect.mirror."),
        ("kafka-streams-scala", "org.apache.kafka.streams.scala."),
    ];
    let lacks = packages.into_iter().filter(|(name, _)| !had.iter().any(|artifact| artifact.name == *name));
    Ok(lacks.map(|(_, package)| package).collect())
}

/// One answer a file, in their order.
fn ask(release: &str, files: &[(&str, &str)]) -> Result<Vec<Lines>> {
    let mut judge = program("Judge")?
        .arg(compiled_against(release)?)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (stdin, stdout) = (judge.stdin.take().context("stdin")?, judge.stdout.take().context("stdout")?);
    let answers = std::thread::scope(|scope| -> Result<Vec<Lines>> {
        let writer = scope.spawn(move || -> Result<()> {
            let mut out = BufWriter::new(stdin);
            for (name, text) in files {
                let text = text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
                writeln!(out, "{name}\t{text}")?;
            }
            Ok(out.flush()?)
        });
        let mut answers = Vec::new();
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            let numbers = line.split(',').filter(|number| !number.is_empty());
            answers.push(numbers.map(str::parse).collect::<Result<Lines, _>>()?);
        }
        match writer.join() {
            Ok(written) => written.context("the judge stopped reading")?,
            Err(_) => bail!("the writer of files panicked"),
        }
        Ok(answers)
    })?;
    if !judge.wait()?.success() || answers.len() != files.len() {
        bail!("{} answers to {} files of {release}", answers.len(), files.len());
    }
    let taken = answers.iter().filter(|lines| lines.is_empty()).count();
    println!("{release}: {} files, {taken} taken", files.len());
    Ok(answers)
}
