//! The upgrade plan: hops from release to release, and the steps in each.

use serde::{Deserialize, Serialize};

use super::Mode;

/// The upgrade path from what runs to the target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Whether there is an upgrade path.
    pub possible: bool,
    /// Why there is none, or why none can be made, and what to do; `null` when there is one.
    pub why_not: Option<String>,
    /// In order; empty when there is no upgrade path, or nothing to do.
    pub hops: Vec<Hop>,
    /// In order; each belongs to a hop.
    pub steps: Vec<Step>,
    /// Files drafted for the upgrade path, such as those of KRaft controllers.
    pub drafts: Vec<DraftFile>,
    /// How the brokers are run, in whose words the steps are: `host`, `compose`, `kubernetes`, `helm`, `strimzi`,
    /// `confluent-for-kubernetes`, `confluent-platform`, `msk`, `other-managed`.
    #[serde(default)]
    pub platform: String,
    /// Hops whose actions, as they are here but for names, were carried out on real processes; in order of the hops.
    #[serde(default)]
    pub rehearsed: Vec<Rehearsal>,
}

/// A hop that was carried out on a cluster of real processes while clients wrote and read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rehearsal {
    /// Number of the hop, from 1.
    pub hop: u32,
    /// When, as `2026-11-29`.
    pub date: String,
    /// Release at its start.
    pub from: String,
    /// Release at its end.
    pub to: String,
    /// How listeners were secured: `plain`, `scram` (with ACLs), `tls`.
    pub security: String,
    /// How long it took there, with small topics.
    pub seconds: u32,
}

impl Plan {
    /// What pasted output shows to be otherwise than its step expects.
    pub fn misfits(&self) -> impl Iterator<Item = &Shown> {
        self.steps.iter().flat_map(|step| &step.shown).filter(|shown| !shown.fits)
    }

    /// When a hop was carried out, in words; `None` where its actions were not, as they are here.
    #[must_use]
    pub fn rehearsal(&self, hop: u32) -> Option<String> {
        let mut all = self.rehearsed.iter().filter(|one| one.hop == hop).peekable();
        let Rehearsal { date, from, to, seconds, .. } = all.peek()?;
        let releases = if from == to { format!("on {to}") } else { format!("from {from} to {to}") };
        let head = format!("Rehearsed on {date} {releases} in {seconds} s");
        let how: Vec<&str> = all
            .map(|one| match one.security.as_str() {
                "scram" => "with SCRAM and ACLs",
                "tls" => "with TLS",
                _ => "in plain text",
            })
            .collect();
        Some(format!("{head} ({}).", how.join(", ")))
    }
}

/// One hop of the upgrade path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hop {
    /// What is done.
    pub kind: HopKind,
    /// Release at its start.
    pub from: String,
    /// Release at its end; that of its start where no software changes.
    pub to: String,
    /// How the metadata is kept at its end.
    pub mode: Mode,
    /// What it does, as a heading: "Brokers to 3.9.2".
    pub title: String,
    /// Of its actions without the reader's names and releases; empty where hops are not rehearsed.
    #[serde(default)]
    pub fingerprint: String,
}

/// What a hop does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HopKind {
    /// What must be right before anything moves.
    Prepare,
    /// Bring clients, Streams, Connect or MirrorMaker to a release.
    Clients,
    /// Bring the brokers and controllers to a release.
    Upgrade,
    /// Move the metadata from ZooKeeper to KRaft.
    MigrateToKraft,
    /// Finalise the metadata version and features.
    Finalize,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// Stable for the same way, so that a tick can be kept: kebab case, unique in the plan.
    pub id: String,
    /// Number of its hop, from 1.
    pub hop: u32,
    /// What to do, as a heading.
    pub title: String,
    /// Why, and what to take care of.
    pub why: String,
    /// What to type, line by line; empty when nothing is typed. The lines of the actions.
    pub commands: Vec<String>,
    /// What is done, in order, for a program that does it.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// What to see afterwards before going on.
    pub verify: String,
    /// Whether it can be undone.
    pub reversible: bool,
    /// How it is undone, or until when one could go back.
    pub undo: String,
    /// Indices of the report's findings that bite here.
    pub findings: Vec<u32>,
    /// What output that was given shows of what to see afterwards; in order of files and lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<Shown>,
    /// Whether that output shows all of it, so that the step needs no tick.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
}

/// What a line of an output shows of what a step expects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shown {
    /// Whether it is as expected.
    pub fits: bool,
    /// What it is, in words: "broker 2 is fenced".
    pub text: String,
    /// The file that has the output, as it was given.
    pub path: String,
    /// Line of the output, from 1.
    pub line: u32,
}

impl Step {
    /// What the given output shows, in words, and whether it is as expected.
    pub fn outputs(&self) -> impl Iterator<Item = (bool, String)> {
        self.shown.iter().map(|one| {
            let Shown { fits, text, path, line } = one;
            let at = if path.is_empty() { format!("line {line}") } else { format!("{path}:{line}") };
            (*fits, format!("{text} ({at})"))
        })
    }
}

/// One thing that a step does. `on` says where: a node by its name, or which of the nodes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// Put a file in place, or change it.
    Put {
        /// Where.
        on: String,
        /// The file, as its node knows it.
        path: String,
        /// What it holds then: the name of a draft, or what changes.
        what: String,
    },
    /// Bring a release onto a node, whose process does not run.
    Install {
        /// Where.
        on: String,
        /// The release.
        release: String,
    },
    /// Stop a node, and come back when its process is gone.
    Stop {
        /// Which.
        on: String,
        /// Lines of a shell.
        commands: Vec<String>,
    },
    /// Start a node.
    Start {
        /// Which.
        on: String,
        /// Lines of a shell.
        commands: Vec<String>,
    },
    /// Run a command.
    Run {
        /// Where.
        on: String,
        /// A line of a shell.
        command: String,
    },
    /// Run a command that returns when something has come about.
    Wait {
        /// Where.
        on: String,
        /// A line of a shell.
        command: String,
    },
    /// See that it is as it has to be before anything else is done.
    Expect {
        /// For people.
        text: String,
        /// What has to stand in what the commands printed; empty where only people can see it.
        contains: Vec<String>,
    },
    /// Something to know before the next action.
    Note {
        /// For people.
        text: String,
    },
}

impl Action {
    /// The file that it puts somewhere.
    pub(crate) fn path(&mut self) -> Option<&mut String> {
        match self {
            Self::Put { path, .. } => Some(path),
            _ => None,
        }
    }

    /// Every text in it, but for [`Self::path`].
    pub(crate) fn texts(&mut self) -> Vec<&mut String> {
        match self {
            Self::Put { on, what, .. } => vec![on, what],
            Self::Install { on, release } => vec![on, release],
            Self::Stop { on, commands } | Self::Start { on, commands } => {
                commands.iter_mut().chain([on]).collect()
            }
            Self::Run { on, command } | Self::Wait { on, command } => vec![on, command],
            Self::Expect { text, contains } => contains.iter_mut().chain([text]).collect(),
            Self::Note { text } => vec![text],
        }
    }

    /// What to type for it, line by line. Actions without a command become comments; expectations are left out.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Put { path, what, .. } => vec![format!("# {path} is now {what}")],
            Self::Install { release, .. } => {
                vec![format!("# install {release} on this node, with its changed file")]
            }
            Self::Stop { commands, .. } | Self::Start { commands, .. } => commands.clone(),
            Self::Run { command, .. } | Self::Wait { command, .. } => vec![command.clone()],
            Self::Expect { .. } => Vec::new(),
            Self::Note { text } => vec![format!("# {text}")],
        }
    }
}

/// A file drafted for a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftFile {
    /// The step that uses it.
    pub step: String,
    /// A name for it.
    pub path: String,
    /// The file that it comes from, as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its text.
    pub text: String,
}
