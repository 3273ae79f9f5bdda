//! Real Kafka's verdicts on the generated cases: the files under `tests/verdicts`, read and written.
//!
//! A file is one component at one release:
//!
//! ```text
//! component producer
//! release 4.0.2
//! jars 4.0.2
//! cases 3412 5f1d…                    how many there are, and their fingerprint
//! refusals                            number, keys that Kafka names, exception, its message without the values
//! 0  acks  ConfigException  String must be one of: all, -#, #, #
//! verdicts                            group, then its cases in order
//! acks  .4 0x3 .2 ?1
//! ```
//!
//! `.4` is four accepted cases, `0x3` three refused with refusal 0, `?1` one of which Kafka could not be
//! asked. Columns are separated by tabs. What is *not* here: the cases (`cases` makes them again) and how Kafka is
//! asked (`record`).

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use kafka_upgrade_catalog::{Component, Release};

/// Kafka's verdict on one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It takes the configuration.
    Accepted,
    /// It does not; the number is that of the refusal in [`Recording::refusals`].
    Refused(usize),
    /// The release could not be asked.
    NotAsked,
}

/// Why Kafka refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// Keys that its message names, most exact first; none where it names none.
    pub keys: Vec<String>,
    /// The exception's class without its package.
    pub exception: String,
    /// Its message, without values and numbers.
    pub message: String,
}

/// Verdicts of one component at one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Whose configurations.
    pub component: Component,
    /// The release that they are for.
    pub release: Release,
    /// The release whose jars were asked: another one only where this one does not publish them.
    pub jars: Release,
    /// Of the cases.
    pub fingerprint: u64,
    /// Each that occurs.
    pub refusals: Vec<Refusal>,
    /// Name and verdicts of each group of cases.
    pub groups: Vec<(String, Vec<Verdict>)>,
}

impl Recording {
    /// How many verdicts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.iter().map(|(_, verdicts)| verdicts.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As it is in its file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!(
            "component {}\nrelease {}\njars {}\ncases {} {:016x}\nrefusals\n",
            self.component,
            self.release,
            self.jars,
            self.len(),
            self.fingerprint
        );
        for (number, refusal) in self.refusals.iter().enumerate() {
            let keys = refusal.keys.join(" ");
            let _ = writeln!(text, "{number}\t{keys}\t{}\t{}", refusal.exception, refusal.message);
        }
        text.push_str("verdicts\n");
        for (name, verdicts) in &self.groups {
            text.push_str(name);
            for (at, run) in verdicts.chunk_by(|a, b| a == b).enumerate() {
                text.push(if at == 0 { '\t' } else { ' ' });
                let _ = match (run.first(), run.len()) {
                    (Some(Verdict::Refused(number)), 1) => write!(text, "{number}"),
                    (Some(Verdict::Refused(number)), count) => write!(text, "{number}x{count}"),
                    (Some(Verdict::Accepted), count) => write!(text, ".{count}"),
                    (_, count) => write!(text, "?{count}"),
                };
            }
            text.push('\n');
        }
        text
    }

    /// Reads what [`Recording::write`] wrote.
    pub fn read(text: &str) -> Result<Self> {
        let mut lines = text.lines();
        let mut head = |word: &str| -> Result<String> {
            let line = lines.next().unwrap_or_default();
            let rest =
                line.strip_prefix(word).with_context(|| format!("`{line}` should start with `{word}`"))?;
            Ok(rest.trim().to_owned())
        };
        let component = head("component")?;
        let component = Component::parse(&component).with_context(|| format!("no component {component}"))?;
        let (release, jars) = (number(&head("release")?)?, number(&head("jars")?)?);
        let cases = head("cases")?;
        let (count, fingerprint) = cases.split_once(' ').context("count and fingerprint")?;
        head("refusals")?;
        let mut refusals = Vec::new();
        for line in lines.by_ref().take_while(|line| *line != "verdicts") {
            let [_, keys, exception, message] = line.splitn(4, '\t').collect::<Vec<_>>()[..] else {
                bail!("a refusal has four parts: {line}");
            };
            refusals.push(Refusal {
                keys: keys.split_whitespace().map(str::to_owned).collect(),
                exception: exception.to_owned(),
                message: message.to_owned(),
            });
        }
        let groups = lines.map(group).collect::<Result<_>>()?;
        let fingerprint = u64::from_str_radix(fingerprint, 16)?;
        let recording = Self { component, release, jars, fingerprint, refusals, groups };
        if recording.len().to_string() != count {
            bail!("{count} cases are promised and {} are there", recording.len());
        }
        Ok(recording)
    }
}

fn number(text: &str) -> Result<Release> {
    text.parse().ok().with_context(|| format!("`{text}` is no release"))
}

fn group(line: &str) -> Result<(String, Vec<Verdict>)> {
    let (name, runs) = line.split_once('\t').with_context(|| format!("no verdicts in `{line}`"))?;
    let mut verdicts = Vec::new();
    for run in runs.split(' ') {
        let (verdict, count) = if let Some(count) = run.strip_prefix('.') {
            (Verdict::Accepted, count)
        } else if let Some(count) = run.strip_prefix('?') {
            (Verdict::NotAsked, count)
        } else {
            let (number, count) = run.split_once('x').unwrap_or((run, "1"));
            (Verdict::Refused(number.parse()?), count)
        };
        verdicts.extend(std::iter::repeat_n(verdict, count.parse()?));
    }
    Ok((name.to_owned(), verdicts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() -> Result<()> {
        let recording = Recording {
            component: Component::PRODUCER,
            release: Release::new(4, 0, 2),
            jars: Release::new(4, 0, 2),
            fingerprint: 0x00ab,
            refusals: vec![
                Refusal { keys: vec![], exception: "E".to_owned(), message: String::new() },
                Refusal {
                    keys: vec!["a".to_owned(), "b".to_owned()],
                    exception: "F".to_owned(),
                    message: "m".to_owned(),
                },
            ],
            groups: vec![
                (
                    "a b".to_owned(),
                    vec![Verdict::Accepted, Verdict::Accepted, Verdict::Refused(1), Verdict::Refused(1)],
                ),
                ("c".to_owned(), vec![Verdict::NotAsked, Verdict::Refused(0)]),
            ],
        };
        assert_eq!(Recording::read(&recording.write())?, recording);
        Ok(())
    }

    #[test]
    fn a_file_that_lost_a_line_is_refused() {
        let text = "component producer\nrelease 4.0.2\njars 4.0.2\ncases 3 00\nrefusals\nverdicts\na\t.2\n";
        assert!(Recording::read(text).is_err());
    }
}
