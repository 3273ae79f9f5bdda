//! Messages between the page's shell, which shows, and its core, which checks in a worker.
//!
//! What is *not* here: when a message is sent, and what becomes of it. Invariants: a message begins with [`VERSION`],
//! and one of another version is an error and never read; texts are whole, releases and components go by their names.
//!
//! Bytes and not JavaScript values: a report with 4,200 findings crosses in a fifth of the time, and the shell needs
//! no reader of field names.

mod wire;

use std::rc::Rc;

use kafka_upgrade_report::{Mode, Report, Severity};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use wire::Error;

/// Grows with every change of a message.
pub const VERSION: u32 = 3;

/// The path under which a report names what the reader stated in words.
pub const STATED: &str = "what runs";

/// From the shell to the core.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Check what is on the page now; a running check is abandoned for it.
    Check(Job),
    /// Answer a question, with the number that its answer will have.
    Ask(u32, Question),
}

/// What changed since the job before, and what to check for. A new core has no files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Comes back with the report.
    pub revision: u32,
    /// Release that runs now, where the reader set it.
    pub from: Option<String>,
    /// Release to get to; `None`: the newest.
    pub to: Option<String>,
    /// How the cluster keeps its metadata, where the reader set it.
    pub mode: Option<Mode>,
    /// How the cluster is run, where the reader set it.
    pub platform: Option<String>,
    /// What runs, in the reader's words, one thing each.
    pub have: Vec<String>,
    /// Files that are new or changed.
    pub changed: Vec<File>,
    /// Paths of files that are gone.
    pub remove: Vec<String>,
}

/// A text that the reader pasted or opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name, unique among the files.
    pub path: String,
    /// The whole text.
    pub text: Rc<str>,
    /// What it is, as stated by the reader.
    pub component: Option<String>,
    /// How its bytes became text.
    pub encoding: Encoding,
}

/// How the bytes of a file became text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, or whatever the reader's clipboard is.
    #[default]
    Utf8,
    /// Latin-1.
    Latin1,
}

/// What the shell asks for beside checks. Answered in the order in which they are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// Which things a line of free text names.
    Things(String),
    /// A Log4j 1 text as one for Log4j 2.
    Convert(Rc<str>),
    /// The newest report in every format, and texts as they may be shared, with the secrets of that report covered.
    TakeAlong {
        /// Ids of the steps that are done.
        ticked: Vec<String>,
        /// What is on the page, as a link has it: four fields, then path, component, encoding and text of each file.
        texts: Vec<String>,
    },
    /// Keys of Kafka by a part of their name.
    Keys {
        /// In lower case.
        query: String,
        /// Of this component alone.
        component: Option<String>,
        /// At most so many.
        limit: u32,
    },
    /// What became of one key over all releases.
    Key {
        /// Whose key it is.
        component: String,
        /// The key.
        name: String,
    },
    /// Which keys change between two releases; from `None`: from the newest release of the major before.
    Changes {
        /// Release that runs now.
        from: Option<String>,
        /// Release to get to; `None`: the newest.
        to: Option<String>,
    },
    /// The rules that people wrote.
    Rules(RuleQuery),
    /// What explains a rule of any kind, by its id.
    Rule(String),
}

/// Which rules to list; an empty text takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleQuery {
    /// Part of a text, in lower case.
    pub text: String,
    /// First release in which it holds.
    pub since: String,
    /// Component that it applies to.
    pub component: String,
    /// One of [`RuleList::kinds`].
    pub kind: String,
}

/// From the core to the shell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// What the core knows whatever is asked: its first message.
    Facts(Facts),
    /// The check of a revision is running.
    Left {
        /// Of [`Job::revision`].
        revision: u32,
        /// Slices that are done.
        done: u32,
        /// Slices that are left, as far as is known.
        left: u32,
    },
    /// The check of a revision is done.
    Checked {
        /// Of [`Job::revision`].
        revision: u32,
        /// The report; offsets in bytes, columns in characters. Byte ranges are not serialised with it, but sent in
        /// `ranges`.
        report: Rc<Report>,
        /// [`ranges`] of the report.
        ranges: Vec<Option<(u32, u32)>>,
        /// Subjects and rules of the findings that have a page in the reference, sorted: keys of Kafka, and rules
        /// that people wrote.
        known: Vec<String>,
    },
    /// The answer to the question of that number.
    Answer(u32, Answer),
    /// What came of bytes that the reader dropped or picked.
    Taken {
        /// Texts, whose components nobody has stated.
        texts: Vec<File>,
        /// What is not read, and what else is to be known; a sentence or two each.
        notices: Vec<String>,
    },
}

/// What does not depend on what is pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Every release that can be named, newest first, with how new it is in a few words.
    pub releases: Vec<(String, String)>,
    /// The first release whose facts are recorded.
    pub oldest: String,
    /// The latest day, `YYYY-MM-DD`, on which one of these came out; the newest release may have none.
    pub date: Option<String>,
    /// The releases that most readers run, oldest first.
    pub common: Vec<String>,
    /// Components that a file can be of.
    pub components: Vec<String>,
    /// Further components with keys: transforms and predicates.
    pub transforms: Vec<String>,
    /// Titles of products that can be named.
    pub products: Vec<String>,
    /// Ways of running Kafka: the name that a job has, and one for people.
    pub platforms: Vec<(String, String)>,
}

impl Facts {
    /// The newest release; empty while nothing is known.
    #[must_use]
    pub fn newest(&self) -> &str {
        self.releases.first().map_or("", |(name, _)| name)
    }
}

/// An answer; which one depends on the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// To [`Question::Things`].
    Things(Vec<Thing>),
    /// To [`Question::Convert`]: the text, and what could not be carried over, by its 1-based line.
    Converted(String, Vec<(u32, String)>),
    /// To [`Question::TakeAlong`]; without a report there are no formats and no texts.
    TakeAlong {
        /// The default first.
        formats: Vec<Written>,
        /// In the order of the question.
        texts: Vec<String>,
        /// How many different values are covered.
        secrets: u32,
    },
    /// To [`Question::Keys`].
    Keys {
        /// Component and key.
        hits: Vec<(String, String)>,
        /// How many there are without the limit.
        all: u32,
    },
    /// To [`Question::Key`]; `None` where no release has it.
    Key(Option<KeyHistory>),
    /// To [`Question::Changes`].
    Changes(KeyChanges),
    /// To [`Question::Rules`].
    Rules(RuleList),
    /// To [`Question::Rule`]; `None` where it speaks of nothing that is known.
    Rule(Option<Box<Rule>>),
}

/// The report in one format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What the command calls the format: `markdown`.
    pub name: String,
    /// What it is for, in a few words.
    pub about: String,
    /// How the name of a file in it ends, without the first dot.
    pub extension: String,
    /// Its media type.
    pub media: String,
    /// The report.
    pub text: String,
}

/// One thing that runs, as the reader stated it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// As it was stated.
    pub text: String,
    /// As it is spelled where it is known, else as it was stated.
    pub label: String,
    /// Why it cannot be used, in one sentence.
    pub problem: Option<String>,
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHistory {
    /// From which release to which it is there, in words.
    pub lives: String,
    /// The newest first.
    pub eras: Vec<Era>,
    /// Releases that do not publish it, each with the one whose facts stand in.
    pub borrowed: Vec<String>,
}

/// Releases in which a key is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Era {
    /// `3.0.0 to 3.9.1`.
    pub releases: String,
    /// Type of its value.
    pub value: String,
    /// Default, in words.
    pub default: String,
    /// Values that are accepted, in words.
    pub accepts: String,
    /// What a running broker does with a new value, in words; empty where that is no question.
    pub update: String,
    /// Whether it is deprecated there.
    pub deprecated: bool,
}

/// Which keys change between two releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyChanges {
    /// From this release.
    pub from: String,
    /// To this one.
    pub to: String,
    /// Rules that people wrote and that the upgrade path crosses, worst first.
    pub rules: Vec<RuleTitle>,
    /// By component: key, and what becomes of it in a few words.
    pub components: Vec<(String, Vec<(String, String)>)>,
}

/// A rule that people wrote, as a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleTitle {
    /// Its id.
    pub id: String,
    /// What happens, in one sentence.
    pub title: String,
    /// How bad.
    pub severity: Severity,
    /// The release from which it holds.
    pub since: String,
}

/// Rules as a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleList {
    /// How many there are without a query.
    pub all: u32,
    /// Those of the query.
    pub hits: Vec<RuleTitle>,
    /// Releases to choose from, newest first.
    pub releases: Vec<String>,
    /// Components to choose from.
    pub components: Vec<String>,
    /// Kinds to choose from, in words.
    pub kinds: Vec<String>,
}

/// What explains a rule: what somebody wrote, or what the releases declare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// How bad; `None` where that depends on what is found.
    pub severity: Option<Severity>,
    /// What happens, in one sentence.
    pub title: String,
    /// What it is about, what kind it is, and where it holds, in one line; may be empty.
    pub line: String,
    /// Why, and what to do.
    pub texts: Vec<String>,
    /// The key that it is about, after its component.
    pub key: Option<(String, String)>,
    /// The page of the reference that has it: folder and name.
    pub page: Option<(String, String)>,
    /// What takes its place.
    pub replacement: Option<String>,
    /// Components that it applies to.
    pub components: Vec<String>,
    /// Files in which it is or is not found.
    pub examples: Vec<Example>,
    /// Titles and addresses.
    pub references: Vec<(String, String)>,
}

/// A file on an upgrade path, and whether a rule finds something in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// `3.9.0 to 4.0.0`.
    pub path: String,
    /// Name of the file.
    pub file: String,
    /// Its text.
    pub text: String,
    /// What runs beside it; often empty.
    pub have: String,
    /// Whether the rule is reported there.
    pub found: bool,
}

/// The range of bytes of every finding and, behind it, of each of its further places, in the order of the report.
#[must_use]
pub fn ranges(report: &Report) -> Vec<Option<(u32, u32)>> {
    report.findings.iter().flat_map(|finding| finding.spots().map(|spot| spot.bytes)).collect()
}

/// Restores in a report the [`ranges`] that were left out when it was serialised.
pub fn restore(report: &mut Report, ranges: Vec<Option<(u32, u32)>>) {
    let mut ranges = ranges.into_iter();
    for finding in &mut report.findings {
        finding.bytes = ranges.next().flatten();
        for place in &mut finding.places {
            place.bytes = ranges.next().flatten();
        }
    }
}

/// A message as bytes.
#[must_use]
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    wire::write(VERSION, message)
}

/// The message in bytes that [`encode`] made.
///
/// # Errors
/// When the bytes are of another version, or are no message of that type.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let (version, rest) = postcard::take_from_bytes::<u32>(bytes).map_err(|_| Error::Broken)?;
    if version != VERSION {
        return Err(Error::Version(version));
    }
    postcard::from_bytes(rest).map_err(|_| Error::Broken)
}

/// Of a message with a report: its revision, and the bytes of all else, which are the same where nothing else has changed.
#[must_use]
pub fn checked(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (version, rest) = postcard::take_from_bytes::<u32>(bytes).ok()?;
    let (kind, rest) = postcard::take_from_bytes::<u32>(rest).ok()?;
    let report = postcard::take_from_bytes(rest).ok()?;
    ((version, kind) == (VERSION, CHECKED)).then_some(report)
}

/// What [`Reply::Checked`] begins with.
const CHECKED: u32 = 2;

#[cfg(test)]
mod tests;
