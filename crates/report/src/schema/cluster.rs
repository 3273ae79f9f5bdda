//! Clusters, where what was given holds several.

use serde::{Deserialize, Serialize};

use super::{Mode, Plan, Severity, Summary, Verdict, counted};

/// One of several clusters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cluster {
    /// What it is called here: a resource's name, a file or a folder.
    pub name: String,
    /// Why its files are taken for one cluster, in a few words.
    pub because: String,
    /// Paths of its files, sorted.
    pub files: Vec<String>,
    /// Release that runs now; `null` when it is not known.
    pub from: Option<String>,
    /// How it keeps its metadata now; `null` when it is not known.
    pub mode: Option<Mode>,
    /// The worst of its own findings.
    pub verdict: Verdict,
    /// Number of its own findings by severity.
    pub summary: Summary,
    /// Its own way from what runs to the target.
    pub plan: Plan,
}

impl Cluster {
    /// The verdict in a sentence: from where to where, how many files, and why they are one cluster.
    #[must_use]
    pub fn sentence(&self, to: &str) -> String {
        let from = self.from.as_deref().unwrap_or("an unknown release");
        let mode = self.mode.map_or(String::new(), |mode| format!(" {}", mode.phrase()));
        let files = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        let because = if files > 1 { format!(" ({})", self.because) } else { String::new() };
        format!(
            "{}: from {from}{mode} to {to}, {}, {}, {}{because}.",
            self.verdict.title(),
            self.summary.counted(Severity::Error),
            self.summary.counted(Severity::Warning),
            counted(files, "file"),
        )
    }
}
