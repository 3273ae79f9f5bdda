//! javac's answers: the files under `tests/javac`, read and written.
//!
//! `generated/<from>.txt` holds the files between a release and the next:
//!
//! ```text
//! from 3.9.2
//! to 4.0.2
//! cases 3412 5f1d…                    how many there are, and their fingerprint
//! a.b.KafkaConsumer method poll(long)     7 7 6,9 x . .
//! ```
//!
//! One word a file, in order: `x` does not compile at the release it comes from and is no case, `.` is accepted at
//! both, else the lines with errors at the later one. `written.txt` holds those written by hand, one line a file:
//! its name, its fingerprint, and a word for each release, `-` where it was not asked. What is *not* here: the files.

use anyhow::{Context, Result};

use super::RELEASES;

/// javac's answer to one file at one release: the lines with errors, none where it takes the file.
pub type Lines = Vec<usize>;

/// Generated files between two releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The earlier one.
    pub from: String,
    /// The later one.
    pub to: String,
    /// Of the texts.
    pub fingerprint: u64,
    /// Subject of each group, and of each of its files the later release's answer; `None`: it is no case.
    pub groups: Vec<(String, Vec<Option<Lines>>)>,
}

/// One file written by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub file: String,
    /// Of its text.
    pub fingerprint: u64,
    /// For each of [`RELEASES`]; `None`: not asked.
    pub answers: Vec<Option<Lines>>,
}

fn word(lines: &Lines) -> String {
    if lines.is_empty() {
        return ".".to_owned();
    }
    lines.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
}

fn lines(word: &str) -> Result<Lines> {
    if word == "." {
        return Ok(Vec::new());
    }
    word.split(',').map(|line| Ok(line.parse()?)).collect()
}

impl Generated {
    /// How many files there are, those that are no case among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.iter().map(|(_, answers)| answers.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As it is in its file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text =
            format!("from {}\nto {}\ncases {} {:016x}\n", self.from, self.to, self.len(), self.fingerprint);
        for (subject, answers) in &self.groups {
            let words: Vec<String> =
                answers.iter().map(|answer| answer.as_ref().map_or("x".to_owned(), word)).collect();
            text.push_str(&format!("{subject}\t{}\n", words.join(" ")));
        }
        text
    }

    /// Reads what [`Generated::write`] wrote.
    pub fn read(text: &str) -> Result<Self> {
        let mut rows = text.lines();
        let mut head = |word: &str| -> Result<String> {
            let line = rows.next().unwrap_or_default();
            let rest =
                line.strip_prefix(word).with_context(|| format!("`{line}` should start with `{word}`"))?;
            Ok(rest.trim().to_owned())
        };
        let (from, to, cases) = (head("from ")?, head("to ")?, head("cases ")?);
        let (count, fingerprint) = cases.split_once(' ').context("count and fingerprint")?;
        let fingerprint = u64::from_str_radix(fingerprint, 16)?;
        let mut groups = Vec::new();
        for row in rows {
            let (subject, words) = row.split_once('\t').with_context(|| format!("no answers in `{row}`"))?;
            let answers = words.split(' ').filter(|word| !word.is_empty());
            let answers = answers.map(|word| if word == "x" { Ok(None) } else { lines(word).map(Some) });
            groups.push((subject.to_owned(), answers.collect::<Result<Vec<_>>>()?));
        }
        let read = Self { from, to, fingerprint, groups };
        anyhow::ensure!(read.len().to_string() == count, "{count} cases are promised, {} there", read.len());
        Ok(read)
    }
}

impl Written {
    /// As it is in its line.
    #[must_use]
    pub fn write(&self) -> String {
        let words = self.answers.iter().map(|answer| answer.as_ref().map_or("-".to_owned(), word));
        let words: Vec<String> = words.collect();
        format!("{}\t{:016x}\t{}\n", self.file, self.fingerprint, words.join(" "))
    }

    /// Reads what [`Written::write`] wrote.
    pub fn read(line: &str) -> Result<Self> {
        let [file, fingerprint, words] = line.split('\t').collect::<Vec<_>>()[..] else {
            anyhow::bail!("a line has three parts: {line}");
        };
        let answers = words.split(' ').map(|word| if word == "-" { Ok(None) } else { lines(word).map(Some) });
        let answers: Vec<Option<Lines>> = answers.collect::<Result<_>>()?;
        anyhow::ensure!(answers.len() == RELEASES.len(), "{file} has {} answers", answers.len());
        Ok(Self { file: file.to_owned(), fingerprint: u64::from_str_radix(fingerprint, 16)?, answers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() -> Result<()> {
        let generated = Generated {
            from: "3.9.2".into(),
            to: "4.0.2".into(),
            fingerprint: 0x0123_4567_89ab_cdef,
            groups: vec![("a.B method c(long)".into(), vec![Some(vec![7, 9]), None, Some(vec![])])],
        };
        assert_eq!(Generated::read(&generated.write())?, generated);
        let mut answers = vec![Some(Vec::new()); RELEASES.len()];
        (answers[13], answers[14]) = (None, Some(vec![3]));
        let written = Written { file: "A.java".into(), fingerprint: 7, answers };
        assert_eq!(Written::read(written.write().trim_end())?, written);
        Ok(())
    }

    #[test]
    fn a_recording_that_lost_a_word_is_not_read() {
        assert!(Generated::read("from 1\nto 2\ncases 2 00\na\t.\n").is_err());
    }
}
