//! The types of Report v1. Field names are a contract with the programs that read the JSON.

mod cluster;
mod failure;
mod finding;
mod matrix;
mod plan;

use std::borrow::Cow;

pub use cluster::Cluster;
pub use failure::{PastedError, Pointer};
pub use finding::{
    Confidence, Edit, Finding, Fix, Owner, Place, Proof, ProofKind, Reference, Severity, Spot,
};
pub use kafka_upgrade_catalog::Mode;
pub use matrix::{CellVerdict, Evidence, Matrix, MatrixCell, MatrixRow, Operation, Sense};
pub use plan::{Action, DraftFile, Hop, HopKind, Plan, Rehearsal, Shown, Step};
use serde::{Deserialize, Serialize};

use crate::Cover;

/// The number in [`Report::schema`].
pub const SCHEMA: u32 = 1;

/// What was found in everything that was given, for an upgrade from one release to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Which checker said so.
    pub tool: Tool,
    /// From where to where.
    pub path: Path,
    /// The whole in one word.
    pub verdict: Verdict,
    /// Number of findings by severity.
    pub summary: Summary,
    /// One entry a file, in the order of their paths.
    pub files: Vec<FileReport>,
    /// Sorted by file, place, rule.
    pub findings: Vec<Finding>,
    /// Failures that were pasted, sorted by file and place.
    #[serde(default)]
    pub errors: Vec<PastedError>,
    /// What runs, against releases.
    #[serde(default)]
    pub matrix: Matrix,
    /// The upgrade path from what runs to the target.
    pub plan: Plan,
    /// Clusters that are judged apart, by name; empty where everything is taken for one.
    #[serde(default)]
    pub clusters: Vec<Cluster>,
    /// What no pasted file can show, to be checked by hand; one sentence each.
    pub manual: Vec<String>,
    /// Every check and what became of it.
    pub checks: Vec<Check>,
    /// Values of the inputs that are covered wherever the report leaves; not serialised.
    #[serde(skip)]
    pub secrets: Cover,
}

/// The checker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tool {
    /// Its own version.
    pub version: String,
    /// The newest Kafka release that it knows.
    pub catalog_newest: String,
}

/// From where to where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Path {
    /// Release that runs now; `null` when it is not known.
    pub from: Option<String>,
    /// Release to get to.
    pub to: String,
    /// How the cluster keeps its metadata now; `null` when it is not known.
    pub mode: Option<Mode>,
    /// What was detected, and where it came from.
    pub detected: Vec<Detected>,
}

/// One thing that was detected in the files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Detected {
    /// `from` or `mode`.
    pub what: String,
    /// The value, as it stands in [`Path`].
    pub value: String,
    /// What says so, in a few words: "`zookeeper.connect` is set".
    pub because: String,
    /// The file that says so.
    pub path: String,
    /// Its line, 1-based.
    pub line: u32,
}

/// The whole in one word, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Something breaks at the target.
    Blocked,
    /// Nothing breaks, something works differently from what is written.
    ActionNeeded,
    /// Something that takes part could not be judged, and nothing worse was found.
    Unknown,
    /// Only things to know.
    Review,
    /// All that was given is known, and nothing was found.
    Ready,
}

impl Verdict {
    /// What stands before the target: `Not ready for 4.0.2`.
    #[must_use]
    pub const fn before_target(self) -> &'static str {
        match self {
            Self::Blocked => "Not ready for",
            Self::ActionNeeded => "Almost ready for",
            Self::Unknown => "No verdict yet for",
            Self::Review | Self::Ready => "Ready for",
        }
    }

    /// The word that a person reads: `Action needed`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Blocked => "Blocked",
            Self::ActionNeeded => "Action needed",
            Self::Unknown => "Unknown",
            Self::Review => "Review",
            Self::Ready => "Ready",
        }
    }
}

/// Number of findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// [`Severity::Error`].
    pub error: u32,
    /// [`Severity::Warning`].
    pub warning: u32,
    /// [`Severity::Info`].
    pub info: u32,
    /// How many of these say that something which takes part could not be judged.
    #[serde(default)]
    pub unknown: u32,
}

impl Summary {
    /// The number of one severity.
    #[must_use]
    pub const fn of(&self, severity: Severity) -> u32 {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }

    /// The number of one severity with its name: `2 errors`.
    #[must_use]
    pub fn counted(&self, severity: Severity) -> String {
        counted(self.of(severity), severity.name())
    }
}

/// A number with its noun: `1 file`, `2 files`.
pub(crate) fn counted(number: u32, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// One file as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileReport {
    /// As it was given.
    pub path: String,
    /// What it is, such as `broker-properties`.
    pub kind: String,
    /// Whose keys it sets, such as `broker`.
    pub component: Option<String>,
    /// Whether the target's own start-up validation would take it as it stands; `null`: not a configuration.
    pub accepted: Option<bool>,
    /// Why not.
    pub refusals: Vec<Refusal>,
}

/// One reason for which the target's own validation refuses a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// The key that the target names.
    pub subject: String,
    /// Its line, 1-based; `null` when the key is missing.
    pub line: Option<u32>,
    /// What is wrong with it.
    pub message: String,
}

/// One check and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Check {
    /// Id of the rule or family of rules.
    pub id: Cow<'static, str>,
    /// What became of it.
    pub outcome: CheckOutcome,
    /// How many findings it gave.
    pub findings: u32,
}

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    /// It ran.
    Ran,
    /// Nothing that was given is what it looks at.
    DidNotApply,
    /// The reader switched it off.
    SwitchedOff,
}
