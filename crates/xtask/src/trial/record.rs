//! The accepted run, as a table in a file: `repository,commit,severity,rule,path,line,verdict`.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

const HEAD: &str = "repository,commit,severity,rule,path,line,verdict";

/// Columns of the report that are kept, by their numbers.
const SEVERITY: usize = 0;
const RULE: usize = 3;
const PATH: usize = 5;
const LINE: usize = 6;

/// An error or a warning of one checkout.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    pub(super) path: String,
    /// 1-based; `None` where it is about the whole file, or about no file.
    pub(super) line: Option<u32>,
    pub(super) rule: String,
    pub(super) severity: String,
}

impl Finding {
    /// From a row of a report; `None` for what merely informs.
    pub(super) fn of_report(row: &str) -> Option<Self> {
        let cells = cells(row);
        let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
        let severity = cell(SEVERITY);
        let path = cell(PATH);
        let path = path.strip_prefix("./").unwrap_or(&path).to_owned();
        let counts = severity == "error" || severity == "warning";
        counts.then(|| Self { path, line: cell(LINE).parse().ok(), rule: cell(RULE), severity })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, rule, severity } = self;
        write!(out, "{severity:<7} {rule} {path}")?;
        line.map_or(Ok(()), |line| write!(out, ":{line}"))
    }
}

/// What the checker found in one checkout.
#[derive(Debug)]
pub(super) struct Run {
    /// `owner/name`.
    pub(super) repository: String,
    pub(super) commit: String,
    pub(super) findings: Vec<Finding>,
}

/// What somebody who looked at the line thinks of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is so, and somebody would act on it.
    True,
    /// It is not so.
    False,
    /// It is so, and nobody would act on it.
    Noise,
    /// Two looks at it disagree.
    Disputed,
}

impl Verdict {
    const ALL: [(Self, &str); 4] =
        [(Self::True, "true"), (Self::False, "false"), (Self::Noise, "noise"), (Self::Disputed, "disputed")];

    fn parse(text: &str) -> Result<Option<Self>> {
        match Self::ALL.iter().find(|(_, name)| *name == text) {
            Some((verdict, _)) => Ok(Some(*verdict)),
            None if text.is_empty() => Ok(None),
            None => bail!("`{text}` is no verdict"),
        }
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
    }
}

/// The findings of one checkout, with what was thought of them.
#[derive(Debug, Default)]
struct Checkout {
    commit: String,
    findings: BTreeMap<Finding, Option<Verdict>>,
}

/// The last run that somebody accepted, by repository.
#[derive(Debug, Default)]
pub(super) struct Accepted {
    checkouts: BTreeMap<String, Checkout>,
}

impl Accepted {
    /// Reads the file; an empty run where there is none.
    pub(super) fn read(file: &Path) -> Result<Self> {
        if !file.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        Self::parse(&text).with_context(|| file.display().to_string())
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut accepted = Self::default();
        let mut rows = text.lines();
        if rows.next() != Some(HEAD) {
            bail!("the first line is not `{HEAD}`");
        }
        for row in rows {
            let [repository, commit, severity, rule, path, line, verdict] = &cells(row)[..] else {
                bail!("`{row}` has not seven cells")
            };
            let checkout = accepted.checkouts.entry(repository.clone()).or_default();
            checkout.commit.clone_from(commit);
            // A checkout without findings is a row without a rule.
            if rule.is_empty() {
                continue;
            }
            let finding = Finding {
                path: path.clone(),
                line: line.parse().ok(),
                rule: rule.clone(),
                severity: severity.clone(),
            };
            checkout.findings.insert(finding, Verdict::parse(verdict)?);
        }
        Ok(accepted)
    }

    pub(super) fn text(&self) -> String {
        let mut out = format!("{HEAD}\n");
        for (repository, checkout) in &self.checkouts {
            let commit = &checkout.commit;
            if checkout.findings.is_empty() {
                out += &format!("{repository},{commit},,,,,\n");
            }
            for (finding, verdict) in &checkout.findings {
                let Finding { path, line, rule, severity } = finding;
                let line = line.map_or(String::new(), |line| line.to_string());
                let verdict = verdict.map_or("", Verdict::name);
                out += &format!("{repository},{commit},{severity},{rule},{},{line},{verdict}\n", cell(path));
            }
        }
        out
    }

    pub(super) fn write(&self, file: &Path) -> Result<()> {
        fs::write(file, self.text()).with_context(|| file.display().to_string())
    }

    /// Takes the findings of these runs for those that were there; a verdict stays where its finding does.
    pub(super) fn replace(&mut self, runs: &[Run]) {
        for run in runs {
            let before = self.checkouts.remove(&run.repository).unwrap_or_default();
            // At another commit the same line may be another text.
            let known = |finding: &Finding| {
                before.findings.get(finding).copied().flatten().filter(|_| before.commit == run.commit)
            };
            let findings = run.findings.iter().map(|finding| (finding.clone(), known(finding))).collect();
            let checkout = Checkout { commit: run.commit.clone(), findings };
            self.checkouts.insert(run.repository.clone(), checkout);
        }
    }

    pub(super) fn commit(&self, repository: &str) -> Option<&str> {
        self.checkouts.get(repository).map(|checkout| checkout.commit.as_str())
    }

    /// The findings of one repository.
    pub(super) fn of(&self, repository: &str) -> impl Iterator<Item = (&Finding, Option<Verdict>)> {
        let checkout = self.checkouts.get(repository);
        checkout.into_iter().flat_map(|one| one.findings.iter().map(|(finding, verdict)| (finding, *verdict)))
    }

    /// Every finding, with its repository.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Finding, Option<Verdict>)> {
        self.checkouts.iter().flat_map(|(repository, checkout)| {
            let findings = checkout.findings.iter();
            findings.map(move |(finding, verdict)| (repository.as_str(), finding, *verdict))
        })
    }

    pub(super) fn repositories(&self) -> usize {
        self.checkouts.len()
    }
}

/// The cells of a row, as RFC 4180 writes them.
fn cells(row: &str) -> Vec<String> {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut signs = row.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(sign),
        }
    }
    cells.push(cell);
    cells
}

fn cell(text: &str) -> String {
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "repository,commit,severity,rule,path,line,verdict\n\
                         a/b,1f,error,removed-x,\"one, two.properties\",3,true\n\
                         a/b,1f,warning,note-y,z.yml,,\n\
                         c/d,2e,,,,,\n";

    #[test]
    fn what_is_written_is_what_was_read() {
        assert_eq!(Accepted::parse(TABLE).expect("a table").text(), TABLE);
    }

    #[test]
    fn rows_of_a_report_are_findings_when_they_are_errors_or_warnings() {
        let row = "error,certain,brokers,removed-x,some.key,\"./one, two.properties\",3,1,4.0.0,\"It is \"\"gone\"\".\",Remove it";
        let finding = Finding::of_report(row).expect("an error");
        assert_eq!(finding.to_string(), "error   removed-x one, two.properties:3");
        assert_eq!(Finding::of_report(&row.replace("error", "info")), None);
    }

    #[test]
    fn verdicts_stay_with_their_findings_at_the_same_commit_alone() {
        let run = |commit: &str, line: u32| Run {
            repository: "a/b".to_owned(),
            commit: commit.to_owned(),
            findings: vec![Finding {
                path: "one, two.properties".to_owned(),
                line: Some(line),
                rule: "removed-x".to_owned(),
                severity: "error".to_owned(),
            }],
        };
        let judged = |run: Run| {
            let mut accepted = Accepted::parse(TABLE).expect("a table");
            accepted.replace(&[run]);
            accepted.of("a/b").map(|(_, verdict)| verdict).collect::<Vec<_>>()
        };
        assert_eq!(judged(run("1f", 3)), [Some(Verdict::True)]);
        assert_eq!(judged(run("1f", 4)), [None]);
        assert_eq!(judged(run("2e", 3)), [None]);
    }

    #[test]
    fn a_word_that_is_no_verdict_is_refused() {
        assert!(Accepted::parse(&TABLE.replace(",true", ",maybe")).is_err());
    }
}
