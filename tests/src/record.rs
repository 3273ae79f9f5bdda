//! Asking real Kafka about every generated case: what `cargo xtask record-verdicts` does.
//!
//! Needs Java 17 and Maven, as no test does. What is *not* here: the cases, the form of the files, the Java program
//! (`crates/catalog/extract`).

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use kafka_upgrade_catalog::{Component, Release, components, definitions};
use xtask::kafka_jars::{Artifact, program, with_neighbours};

use crate::cases::{Group, Settings, fingerprint, groups};
use crate::verdicts::{Recording, Refusal, Verdict};

/// Letters that a normalised message has at most.
const MAX_LINE: usize = 110;

/// Where the recordings are.
#[must_use]
pub fn folder() -> PathBuf {
    xtask::root().join("tests/verdicts")
}

/// Asks one release about the components, or else about every one that it, or a patch of the same minor, publishes.
pub fn release(release: Release, only: &[Component]) -> Result<()> {
    let here = |jars: Release| (jars.major, jars.minor) == (release.major, release.minor);
    let mut asked = Vec::new();
    for component in components().filter(|component| only.is_empty() || only.contains(component)) {
        let Some(first) = definitions(component, release).next() else { continue };
        if here(first.facts_from) {
            asked.push((component, first.facts_from, groups(component, release)));
        }
    }
    let mut artifacts = with_neighbours(&release.to_string())?;
    artifacts.retain(|artifact| artifact.release.parse().is_ok_and(here));
    let answers = ask(&artifacts, &asked)?;
    let mut answers = answers.iter().map(String::as_str);
    let folder = folder().join(release.to_string());
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    for (component, jars, groups) in &asked {
        let recording = recording(*component, release, *jars, groups, &mut answers);
        let count = |wanted: fn(&Verdict) -> bool| -> usize {
            recording
                .groups
                .iter()
                .map(|(_, verdicts)| verdicts.iter().filter(|one| wanted(one)).count())
                .sum()
        };
        let accepted = count(|verdict| *verdict == Verdict::Accepted);
        let unknown = count(|verdict| *verdict == Verdict::NotAsked);
        println!(
            "{release} {component}: {} cases, {accepted} accepted, {unknown} not asked",
            recording.len()
        );
        let path = folder.join(format!("{component}.txt"));
        fs::write(&path, recording.write()).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// One line a case, in the order of the cases.
fn ask(artifacts: &[Artifact], asked: &[(Component, Release, Vec<Group>)]) -> Result<Vec<String>> {
    let arguments = artifacts.iter().map(Artifact::argument);
    let mut oracle = program("Oracle")?
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (stdin, stdout) = (oracle.stdin.take().context("stdin")?, oracle.stdout.take().context("stdout")?);
    let answers = std::thread::scope(|scope| -> Result<Vec<String>> {
        let writer = scope.spawn(move || -> Result<()> {
            let mut out = BufWriter::new(stdin);
            for (component, _, groups) in asked {
                for case in groups.iter().flat_map(|group| &group.cases) {
                    writeln!(out, "{}", line(*component, case))?;
                }
            }
            Ok(out.flush()?)
        });
        let answers: Vec<String> = BufReader::new(stdout).lines().collect::<std::io::Result<_>>()?;
        match writer.join() {
            Ok(written) => written.context("the oracle stopped reading")?,
            Err(_) => bail!("the writer of cases panicked"),
        }
        Ok(answers)
    })?;
    let cases: usize = asked.iter().flat_map(|(_, _, groups)| groups).map(|group| group.cases.len()).sum();
    if !oracle.wait()?.success() || answers.len() != cases {
        bail!("{} answers to {cases} cases: ask by hand to see why", answers.len());
    }
    Ok(answers)
}

fn line(component: Component, case: &Settings) -> String {
    let mut line = component.name().to_owned();
    for text in case.iter().flat_map(|(key, value)| [key, value]) {
        line.push('\t');
        line.push_str(
            &text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r"),
        );
    }
    line
}

fn recording<'a>(
    component: Component,
    release: Release,
    jars: Release,
    groups: &[Group],
    answers: &mut impl Iterator<Item = &'a str>,
) -> Recording {
    let mut numbers: BTreeMap<Refusal, usize> = BTreeMap::new();
    let mut recorded = Vec::new();
    for group in groups {
        let verdicts = group.cases.iter().map(|case| {
            let mut parts = answers.next().unwrap_or_default().split('\t');
            match (parts.next(), parts.next(), parts.next()) {
                (Some("accepted"), ..) => Verdict::Accepted,
                (Some("refused"), Some(exception), Some(message)) => {
                    let refusal = refusal(component, release, case, exception, message);
                    let next = numbers.len();
                    Verdict::Refused(*numbers.entry(refusal).or_insert(next))
                }
                _ => Verdict::NotAsked,
            }
        });
        recorded.push((group.name.clone(), verdicts.collect()));
    }
    let mut refusals: Vec<_> = numbers.into_iter().collect();
    refusals.sort_by_key(|(_, number)| *number);
    let refusals = refusals.into_iter().map(|(refusal, _)| refusal).collect();
    Recording { component, release, jars, fingerprint: fingerprint(groups), refusals, groups: recorded }
}

fn refusal(
    component: Component,
    release: Release,
    case: &Settings,
    exception: &str,
    message: &str,
) -> Refusal {
    let exception = exception.rsplit('.').next().unwrap_or_default().to_owned();
    if let Some((key, reason)) = exact(message) {
        return Refusal { keys: vec![key.to_owned()], exception, message: normalised(case, reason) };
    }
    let keys = match quoted(message) {
        Some(key) => vec![key.to_owned()],
        None => mentioned(component, release, case, message),
    };
    Refusal { keys, exception, message: normalised(case, message) }
}

/// The key that a `ConfigException` with a value names, and the reason that follows it.
fn exact(message: &str) -> Option<(&str, &str)> {
    let rest = message.strip_prefix("Invalid value ")?.split_once(" for configuration ")?.1;
    let end = rest.find(": ").unwrap_or(rest.len());
    let (key, rest) = rest.split_at_checked(end)?;
    (!key.contains(' ')).then_some((key, rest.trim_start_matches(": ")))
}

/// The key that is missing, or whose list is not in order.
fn quoted(message: &str) -> Option<&str> {
    let missing =
        message.strip_prefix("Missing required configuration \"").and_then(|rest| rest.split('"').next());
    missing.or_else(|| message.strip_prefix("Configuration '").and_then(|rest| rest.split('\'').next()))
}

/// Keys of the component that occur in a sentence; one without a dot is a mere word unless it is called a config, or
/// is what another one begins with (`topics` beside `topics.regex`).
fn mentioned(component: Component, release: Release, case: &Settings, message: &str) -> Vec<String> {
    let part = |letter: char| letter.is_alphanumeric() || "._->".contains(letter);
    let is_key = |word: &str| {
        case.contains_key(word) || kafka_upgrade_catalog::definition(component, word, release).is_some()
    };
    let mut keys: Vec<String> = Vec::new();
    for word in message.split(|letter| !part(letter)).map(|word| word.trim_end_matches('.')) {
        let exact = word.contains('.') || message.contains(&format!("{word} config"));
        if exact && is_key(word) && !keys.iter().any(|key| key == word) {
            keys.push(word.to_owned());
        }
    }
    for word in message.split(|letter| !part(letter)) {
        let is_beginning = |key: &String| key.strip_prefix(word).is_some_and(|rest| rest.starts_with('.'));
        if !word.contains('.') && is_key(word) && keys.iter().any(is_beginning) {
            keys.push(word.to_owned());
        }
    }
    keys
}

/// The message without what differs from case to case.
fn normalised(case: &Settings, message: &str) -> String {
    let mut text = message.to_owned();
    let mut values: Vec<&String> = case.values().filter(|value| value.len() > 4).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    for value in values {
        text = text.replace(value.as_str(), "…");
    }
    let mut short = String::new();
    for letter in text.chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter }) {
        let again = letter == '#' && short.ends_with('#');
        if !again && !letter.is_control() {
            short.push(letter);
        }
    }
    match short.char_indices().nth(MAX_LINE) {
        Some((end, _)) => short.get(..end).unwrap_or_default().to_owned(),
        None => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(message: &str) -> Vec<String> {
        refusal(Component::BROKER, Release::new(4, 0, 2), &Settings::new(), "a.B", message).keys
    }

    #[test]
    fn the_key_of_an_invalid_value_is_the_one_that_kafka_names() {
        assert_eq!(keys("Invalid value x for configuration node.id: Not a number of type INT"), ["node.id"]);
        assert_eq!(keys("Invalid value null for configuration log.dir"), ["log.dir"]);
        assert_eq!(
            keys("Missing required configuration \"process.roles\" which has no default value."),
            ["process.roles"]
        );
    }

    #[test]
    fn a_sentence_names_every_key_that_occurs_in_it() {
        let message =
            "requirement failed: The listeners config must hold listeners of controller.listener.names.";
        assert_eq!(keys(message), ["listeners", "controller.listener.names"]);
        assert!(keys("Error creating broker listeners from 'x'").is_empty());
        assert_eq!(keys("Configuration 'log.dirs' values must not be empty."), ["log.dirs"]);
        assert!(keys("a sentence").is_empty());
    }
}
