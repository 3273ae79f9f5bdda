//! Findings: what was found, where, and what to do about it.

use std::collections::BTreeMap;

use kafka_upgrade_sorted::Sorted as _;

use serde::{Deserialize, Serialize};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Further places of the same cause, sorted by file and place; the first is the finding's own.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub places: Vec<Place>,
    /// Who has to deal with it.
    #[serde(default)]
    pub owner: Owner,
    /// How it is known; absent where that was not recorded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub evidence: Option<Proof>,
    /// The minor release on whose way it bites, such as `4.0`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hop: Option<String>,
}

/// A further place of a finding. Rule, subject and message are the finding's where they are absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The file.
    pub path: String,
    /// Line of the first character, 1-based; absent with the other three when it is about the whole file.
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
    /// The rule that reports this place, where it is another one than the finding's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rule: Option<String>,
    /// The key or name at this place, where it is another one than the finding's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    /// What happens at this place, where it is something else than the finding's message.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<String>,
    /// The edits of the finding's fix in this file; empty where there is none.
    pub edits: Vec<Edit>,
}

/// One place of a finding, its own or a further one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot<'a> {
    /// The file; `None` when the finding is about no file.
    pub path: Option<&'a str>,
    /// Line of the first character, 1-based.
    pub line: Option<u32>,
    /// Column of the first character, 1-based.
    pub column: Option<u32>,
    /// Line of the end, 1-based.
    pub end_line: Option<u32>,
    /// Column one past the last character.
    pub end_column: Option<u32>,
    /// Byte offsets of the same place.
    pub bytes: Option<(u32, u32)>,
    /// The rule that reports it here.
    pub rule: &'a str,
    /// The key or name here.
    pub subject: &'a str,
    /// What happens here.
    pub message: &'a str,
    /// The edits of the finding's fix here.
    pub edits: &'a [Edit],
}

impl Finding {
    /// The finding's own place.
    #[must_use]
    pub fn own_spot(&self) -> Spot<'_> {
        Spot {
            path: self.path.as_deref(),
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
            bytes: self.bytes,
            rule: &self.rule,
            subject: &self.subject,
            message: &self.message,
            edits: self.fix.as_ref().map_or(&[], |fix| &fix.edits),
        }
    }

    /// Every place of the finding, its own first.
    pub fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        let further = self.places.iter().map(|place| Spot {
            path: Some(&place.path),
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
            bytes: place.bytes,
            rule: place.rule.as_deref().unwrap_or(&self.rule),
            subject: place.subject.as_deref().unwrap_or(&self.subject),
            message: place.message.as_deref().unwrap_or(&self.message),
            edits: &place.edits,
        });
        std::iter::once(self.own_spot()).chain(further)
    }

    /// Those of one file.
    pub fn spots_in<'f>(&'f self, path: &'f str) -> impl Iterator<Item = Spot<'f>> {
        self.spots().filter(move |spot| spot.path == Some(path))
    }

    /// The finding's fix, file by file.
    pub fn fixes(&self) -> impl Iterator<Item = (&str, Fix)> {
        let mut edits: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
        for spot in self.spots().filter(|spot| !spot.edits.is_empty()) {
            edits.entry(spot.path.unwrap_or_default()).or_default().extend_from_slice(spot.edits);
        }
        edits.into_iter().filter_map(|(path, edits)| Some((path, self.fix_of(edits)?)))
    }

    /// The finding's fix with the edits of one file; `None` where it has none there.
    #[must_use]
    pub fn fix_in(&self, path: &str) -> Option<Fix> {
        self.fix_of(self.spots_in(path).flat_map(|spot| spot.edits).cloned().collect())
    }

    fn fix_of(&self, mut edits: Vec<Edit>) -> Option<Fix> {
        let fix = self.fix.as_ref()?;
        edits.order_by_key(|edit| (edit.start, edit.end));
        // Two places of one text can share an edit, such as that of an anchor.
        edits.dedup();
        (!edits.is_empty()).then(|| Fix { title: fix.title.clone(), edits, safe: fix.safe })
    }
}

/// Who has to deal with a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Owner {
    /// Whoever configures and upgrades brokers and controllers, topics included.
    Brokers,
    /// Whoever writes or configures producers, consumers and admin clients.
    Clients,
    /// Whoever runs Connect, its connectors and MirrorMaker.
    Connect,
    /// Whoever writes Streams applications.
    Streams,
    /// Whoever keeps the build: libraries, Java, Scala.
    Build,
    /// Whoever runs what is around: scripts, logging, metrics, images.
    #[default]
    Ops,
}

impl Owner {
    /// As JSON names it: `brokers`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brokers => "brokers",
            Self::Clients => "clients",
            Self::Connect => "connect",
            Self::Streams => "streams",
            Self::Build => "build",
            Self::Ops => "ops",
        }
    }
}

/// How a finding is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proof {
    /// Which source.
    pub by: ProofKind,
    /// The release that it was taken from; absent where it is of no single release.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub release: Option<String>,
}

/// A source of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ProofKind {
    /// The release's own start-up validation, whose recorded answers the tests replay.
    Validator,
    /// The compiler, against the release's jars.
    Javac,
    /// A real broker that real clients were run against, or the API versions that it serves.
    Broker,
    /// A plan that was executed on a real cluster.
    Rehearsal,
    /// What the release's jars say of their keys, defaults and classes.
    Jars,
    /// The project's documentation.
    Docs,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// At the target it breaks, or a setting that had an effect is silently dropped.
    Error,
    /// It works, but differently from what is written, or it is deprecated there.
    Warning,
    /// A default that this file relies on changes, or something to know.
    Info,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// As JSON and a terminal name it: `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// The word beside a finding: `error`, `warning`, `note`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error | Self::Warning => self.name(),
            Self::Info => "note",
        }
    }

    /// The heading over findings of it by their sort: `Errors`.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Error => "Errors",
            Self::Warning => "Warnings",
            Self::Info => "Notes",
        }
    }

    /// The heading over findings of it by what happens: `Breaks`.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Error => "Breaks",
            Self::Warning => "Works differently",
            Self::Info => "Notes",
        }
    }

    /// What happens at a place, as a screen reader reads it: `breaks`.
    #[must_use]
    pub const fn happens(self) -> &'static str {
        match self {
            Self::Error => "breaks",
            Self::Warning => "works differently",
            Self::Info => "note",
        }
    }

    /// What follows a number of findings: `7 break`.
    #[must_use]
    pub const fn counted(self, number: usize) -> &'static str {
        match (self, number) {
            (Self::Error, 1) => "breaks",
            (Self::Error, _) => "break",
            (Self::Warning, 1) => "differs",
            (Self::Warning, _) => "differ",
            (Self::Info, 1) => "note",
            (Self::Info, _) => "notes",
        }
    }

    /// Its sign, which is never shown without a word or a label.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Error => "✕",
            Self::Warning => "▲",
            Self::Info => "●",
        }
    }
}

/// How sure the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The text says so.
    Certain,
    /// The text all but says so.
    Likely,
    /// The text may mean something else.
    Possible,
}

impl Confidence {
    /// As JSON names it: `certain`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// A lossless edit: every byte outside of it stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference {
    /// Name of the page.
    pub title: String,
    /// Its address.
    pub url: String,
}
