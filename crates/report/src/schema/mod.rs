//! The types of Report v1. Field names are a contract with the programs that read the JSON.

mod matrix;
mod plan;

use std::borrow::Cow;

pub use matrix::{CellVerdict, Evidence, Matrix, MatrixCell, MatrixRow, Operation, Sense};
pub use plan::{DraftFile, Hop, HopKind, Plan, Step};
use serde::{Deserialize, Serialize};

/// The number in [`Report::schema`].
pub const SCHEMA: u32 = 1;

/// What was found in everything that was given, on the way from one release to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What runs, against releases.
    #[serde(default)]
    pub matrix: Matrix,
    /// The way from what runs to the target.
    pub plan: Plan,
    /// What no pasted file can show, to be checked by hand; one sentence each.
    pub manual: Vec<String>,
    /// Every check and what became of it.
    pub checks: Vec<Check>,
}

/// The checker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Its own version.
    pub version: String,
    /// The newest Kafka release that it knows.
    pub catalog_newest: String,
}

/// From where to where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// How a cluster keeps its metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// In ZooKeeper.
    Zookeeper,
    /// In a quorum of Kafka controllers.
    Kraft,
}

/// One thing that the files told of themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// The whole in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Something breaks at the target.
    Blocked,
    /// Nothing breaks, something works differently from what is written.
    ActionNeeded,
    /// Only things to know.
    Review,
    /// Nothing was found.
    Ready,
}

/// Number of findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// [`Severity::Error`].
    pub error: u32,
    /// [`Severity::Warning`].
    pub warning: u32,
    /// [`Severity::Info`].
    pub info: u32,
}

/// One file as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct Refusal {
    /// The key that the target names.
    pub subject: String,
    /// Its line, 1-based; `null` when the key is missing.
    pub line: Option<u32>,
    /// What is wrong with it.
    pub message: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of the rule, kebab case.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// The key, class, option or library that it is about.
    pub subject: String,
    /// Whose it is, such as `broker`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub component: Option<String>,
    /// The release in which it became so; absent when it always was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<String>,
    /// The file; absent when it is about no file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// Line of the first character, 1-based; absent with the other three when there is no place in the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// Column of the first character, 1-based.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u32>,
    /// Line of the end, 1-based.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_line: Option<u32>,
    /// Column one past the last character.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_column: Option<u32>,
    /// Byte offsets of the same place, for programs that hold the text; not serialised.
    #[serde(skip)]
    pub bytes: Option<(u32, u32)>,
    /// What happens to whom, in one sentence.
    pub message: String,
    /// Why.
    pub why: String,
    /// What to do.
    #[serde(rename = "do")]
    pub action: String,
    /// What takes its place, where one thing does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replacement: Option<String>,
    /// An edit of the file after which the finding is gone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fix: Option<Fix>,
    /// Where to read on.
    pub references: Vec<Reference>,
    /// The minor release on whose way it bites, such as `4.0`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hop: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// At the target it breaks, or a setting that had an effect is silently dropped.
    Error,
    /// It works, but differently from what is written, or it is deprecated there.
    Warning,
    /// A default that this file relies on changes, or something to know.
    Info,
}

/// How sure the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The text says so.
    Certain,
    /// The text all but says so.
    Likely,
    /// The text may mean something else.
    Possible,
}

/// A lossless edit: every byte outside of it stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as a button says it: "Rename the key".
    pub title: String,
    /// Not overlapping, in the order of the text.
    pub edits: Vec<Edit>,
    /// Whether it can be applied without a second look: the meaning stays.
    pub safe: bool,
}

/// Replace one range of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// First offset, in bytes (in UTF-16 code units from the JavaScript package).
    pub start: u32,
    /// One past the last offset.
    pub end: u32,
    /// What stands there afterwards.
    pub text: String,
}

/// Where to read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Name of the page.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// One check and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    /// It ran.
    Ran,
    /// Nothing that was given is what it looks at.
    DidNotApply,
    /// The reader switched it off.
    SwitchedOff,
}
