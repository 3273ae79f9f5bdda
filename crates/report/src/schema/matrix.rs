//! The compatibility matrix: what runs, against releases.
//!
//! Five senses that people confuse are kept apart; see [`Sense`]. Every cell has a word, none is blank.

use serde::{Deserialize, Serialize};

/// What runs, against releases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Matrix {
    /// The releases, oldest first; the target is one of them.
    pub columns: Vec<String>,
    /// Grouped by sense, in the order of [`Sense`].
    pub rows: Vec<MatrixRow>,
}

/// One thing that runs, in one sense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatrixRow {
    /// What runs: `librdkafka`, `Broker`, `Java of clients`.
    pub subject: String,
    /// Its version as it was given; `null` when it is not known.
    pub version: Option<String>,
    /// What is asked of it.
    pub sense: Sense,
    /// The file that names it; absent when no file does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// Its line there, 1-based.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// One a column.
    pub cells: Vec<MatrixCell>,
}

/// What a row asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Sense {
    /// Can this broker's software be brought to that release.
    BrokerUpgrade,
    /// Does this client, as it is, work against brokers of that release.
    ClientBroker,
    /// Does the code and configuration at hand work with that release of the library.
    ClientUpgrade,
    /// Does this Java or Scala run that release.
    Runtime,
    /// Which metadata version and features go with that release.
    Features,
}

impl Sense {
    /// All of them, in the order of a matrix.
    pub const ALL: [Self; 5] =
        [Self::BrokerUpgrade, Self::ClientBroker, Self::ClientUpgrade, Self::Runtime, Self::Features];

    /// What is asked, as a heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BrokerUpgrade => "Cluster, upgraded",
            Self::ClientBroker => "Clients, unchanged",
            Self::ClientUpgrade => "Code and settings",
            Self::Runtime => "Java and Scala",
            Self::Features => "Features and metadata",
        }
    }
}

/// One thing against one release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatrixCell {
    /// The release of the column.
    pub release: String,
    /// What happens.
    pub verdict: CellVerdict,
    /// The verdict in a word or two, as the cell shows it.
    pub word: String,
    /// What the project promises, which is not what happens; `null` where nothing is promised either way.
    pub supported: Option<bool>,
    /// Why, in a sentence or two.
    pub reason: String,
    /// Indices of the report's findings that say so.
    pub findings: Vec<u32>,
    /// How it is known.
    pub evidence: Evidence,
    /// What the client does, one by one; empty in the other senses.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub operations: Vec<Operation>,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CellVerdict {
    /// It works as it is.
    Works,
    /// It works once something is changed, or works in part.
    WorksWithChanges,
    /// It does not work.
    Refused,
    /// Nothing is to be judged: what the release has, or that it lacks what nobody here uses.
    Neutral,
    /// Nobody here knows; the reason says what to look at.
    Unknown,
}

impl CellVerdict {
    /// Its sign, which stands beside its word and never instead of it.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Self::Works => '✓',
            Self::WorksWithChanges => '▲',
            Self::Refused => '✕',
            Self::Neutral => '·',
            Self::Unknown => '?',
        }
    }
}

/// How a cell is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Worked out from what both sides say of themselves.
    Computed,
    /// Worked out, and seen with a real client at a real broker; the reason says when.
    Ran,
}

/// One thing that a client does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Operation {
    /// `produce`, `consume-group`, `describe-configs` and so on.
    pub name: String,
    /// What happens; never `works-with-changes` or `neutral`.
    pub verdict: CellVerdict,
    /// The API that decides; absent when all agree.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub api: Option<String>,
    /// Oldest and newest version of that API that the client speaks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub client: Option<[i16; 2]>,
    /// Oldest and newest version of that API that the broker serves.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub broker: Option<[i16; 2]>,
}
