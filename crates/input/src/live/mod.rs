//! What Kafka's tools, brokers and clients print, as it is pasted: with prompts, times and other lines between.
//!
//! Lines are read one by one. `tools` knows what command line tools print, `configs` the settings that
//! `kafka-configs.sh`, `kafka-topics.sh` and start-up logs show, `logs` the other lines of logs, `requests` which client
//! still speaks which version of a request, `refusals` which one was refused. What is *not* here: what follows from it.
//!
//! Invariant: a setting is one only where somebody set it. What is printed as a default is none.

mod configs;
pub(crate) mod failures;
mod logs;
mod refusals;
mod requests;
mod tools;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Literals, Slice as _, template};
use kafka_upgrade_syntax::tree::json;

use crate::{Dependency, Document, Ecosystem, Encoding, Format, Kind, Observation, Problem, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "live output", extensions: &["log", "out"], names: &[], sniff, read };

/// Bytes in which a text has to show what it is.
const BEGINNING_BYTES: usize = 64_000;

/// Endings of names of files that hold what is printed in quotes and comments only.
const SOURCES: &[&str] = &[
    ".java", ".kt", ".kts", ".scala", ".sbt", ".groovy", ".gradle", ".py", ".go", ".js", ".ts", ".cs", ".rb",
    ".rs", ".xml", ".sh", ".bash", ".zsh", ".ksh", ".bat", ".cmd", ".ps1", ".mk", "Makefile",
];

fn sniff(path: &str, text: &str) -> u8 {
    if is_source(path) {
        return 0;
    }
    match sure(text) {
        0 => 0,
        _ if is_tree_of_others(path, text) => 0,
        sure => sure,
    }
}

/// Whether a file quotes what is printed at the most, by its name and its form.
pub(crate) fn quotes(path: &str, text: &str) -> bool {
    is_source(path) || is_tree_of_others(path, text)
}

fn is_source(path: &str) -> bool {
    let plain = template::plain_name(path);
    SOURCES.iter().any(|ending| plain.ends_with(ending))
}

/// Whether a file is YAML or JSON that no tool printed: its values and comments may quote what tools print.
fn is_tree_of_others(path: &str, text: &str) -> bool {
    /// Keys of what `kubectl`, the REST interface of Connect and those of other servers answer.
    const OF_ANSWERS: &[&str] = &[
        "status",
        "kind",
        "items",
        "trace",
        "tasks",
        "state",
        "error_code",
        "message",
        "value",
        "timestamp",
    ];
    let plain = template::plain_name(path);
    let is_yaml = [".yaml", ".yml"].iter().any(|ending| plain.ends_with(ending));
    if !is_yaml && !plain.ends_with(".json")
        || is_log(text.slice(..text.floor_char_boundary(BEGINNING_BYTES)))
    {
        return false;
    }
    if is_yaml {
        let is_answer = |line: &str| line.trim_end() == "status:" || line.starts_with("kind: ");
        return !text.lines().any(is_answer);
    }
    // Logs have an object on each line.
    let tree = json::read(text);
    let [root] = tree.roots.as_slice() else { return false };
    let root = root.items().first().unwrap_or(root);
    tree.problem.is_none()
        && !root.entries().is_empty()
        && !OF_ANSWERS.iter().any(|key| root.get(key).is_some())
}

/// How sure a text by itself is one.
fn sure(text: &str) -> u8 {
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    let start = text.slice(..end);
    // What is printed has blanks in each line, or is a name of a metric or JSON; settings mostly are none of it.
    let of_another = failures::is_of_another(start);
    // A comment explains what may be printed.
    let is_comment = |line: &str| {
        line.trim_start()
            .strip_prefix("# ")
            .is_some_and(|rest| !rest.starts_with("HELP ") && !rest.starts_with("TYPE "))
    };
    let printed = |line: &str| (line.contains([' ', '{']) || line.contains("type=")) && !is_comment(line);
    let is_one = |line: &str| {
        let may_be_printed = PRINTED.are_in(line);
        debug_assert!(may_be_printed || !(is_printed(line) || logs::is_one(line)), "{line} has no sign");
        (may_be_printed && (is_printed(line) || logs::is_one(line)))
            || (!of_another && failures::is_one(line))
    };
    let signs = start.lines().any(|line| printed(line) && is_one(line));
    if signs || (is_log(start) && text.slice(end..).lines().any(failures::is_one)) {
        93
    } else if (failures::names_kafka(start) || failures::names_api(start))
        && start.lines().any(|line| failures::is_table_of_options(line) || failures::is_of_compiler(line))
    {
        // Above code that looks like it: javac prints the lines that it refuses.
        96
    } else if !of_another && failures::names_kafka(start) && start.lines().any(failures::is_form) {
        // The failure and the name may be on lines of their own, as a compiler prints them: any better evidence wins.
        20
    } else {
        0
    }
}

/// Whether a line is one that only Kafka's tools print.
pub(crate) fn is_of_tools(text: &str) -> bool {
    text.lines().any(tools::is_one)
}

/// Whether the text begins as a log does, whatever program's: what it says of Kafka may come late.
fn is_log(start: &str) -> bool {
    let mut lines = start.lines().filter(|line| !line.trim().is_empty()).take(20);
    lines.any(failures::is_of_log)
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut live = Live::new(text);
    let (mut tools, mut configs) = (tools::Tools::default(), configs::Configs::new(text));
    let mut requests = requests::Requests::default();
    let mut failures = failures::Failures::new(text);
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = Line { text: whole.trim_end_matches(['\n', '\r']), start };
        start += whole.len();
        let may_be_printed = configs.is_open() || requests.is_open() || PRINTED.are_in(line.text);
        let is_read = |line| is_printed(line) || tools::names_broker(line) || logs::names_what_runs(line);
        debug_assert!(may_be_printed || !is_read(line.text), "{} has no sign", line.text);
        // A block of settings takes its own lines; of the rest one reader is enough.
        if may_be_printed && (configs.read(line, &mut live) || tools.read(line, &mut live)) {
            continue;
        }
        // A request that was refused is a failure too, which says more of it.
        let is_failure = failures.read(line.text, line.start);
        if may_be_printed
            && !requests.read(line, &mut live)
            && !refusals::read(line, &mut live)
            && !is_failure
        {
            logs::read(line, &mut live);
        }
    }
    tools.finish(&mut live);
    requests.finish(&mut live);
    configs.finish(&mut live);
    live.document.failures = failures.finish();
    live.document
}

/// Words of which each line has one that is neither a failure nor a setting below the head of its block: of most lines
/// of a log this is all that is asked.
const PRINTED: Literals = Literals::of(&[
    // Settings.
    " values:",
    "onfigs for ",
    "ReplicationFactor:",
    " sensitive=",
    // Tools.
    "usable: ",
    "UNSUPPORTED",
    " -> (",
    "Feature: ",
    "CurrentVoters:",
    "LogEndOffset",
    "Found metadata: {",
    "Loaded new metadata ",
    ".version ",
    "version \"",
    ".version=",
    "ookeeper version: ",
    "(Commit:",
    "Received log directory information",
    "{\"version\":1,\"brokers\":",
    "partition reassignments",
    "No matched attributes",
    " ENDPOINT_TYPE",
    "Isr: ",
    "Completed migration",
    "GROUP ",
    // Requests.
    "equest",
    "ocket",
    "does not support",
    // Logs.
    "Kafka version",
    "[KafkaRaftServer ",
    "[ControllerServer ",
    "[ZooKeeperClient ",
    "[KafkaServer id=",
    "(kafka.server.",
    "UnsupportedVersionException",
    "(kafka.zookeeper.",
]);

/// Whether a line is one that Kafka's tools print, or a request in a log.
fn is_printed(line: &str) -> bool {
    tools::is_one(line) || configs::is_one(line) || requests::is_one(line) || refusals::is_one(line)
}

/// A line, and the byte at which it begins.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Line<'t> {
    /// A part of the line.
    fn part(&self, part: &'t str) -> Self {
        Self { text: part, start: self.place(part).start as usize }
    }

    /// The place of a part of the line.
    fn place(&self, part: &str) -> Span {
        let at = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let at = if at <= self.text.len() { at } else { 0 };
        Span::new((self.start + at) as u32, (self.start + at + part.len()) as u32)
    }
}

/// What has been read so far.
struct Live {
    document: Document,
    /// Whether it is a broker or controller that logs here.
    of_broker: bool,
    /// Whether there was more than is read.
    is_full: bool,
}

impl Live {
    fn new(text: &str) -> Self {
        let document = Document { kind: Kind::LiveOutput, ..Document::default() };
        Self { document, of_broker: logs::is_of_broker(text), is_full: false }
    }

    /// Notes something once: a log says the same a thousand times.
    fn observe(&mut self, what: Observation, span: Span) {
        if self.document.observations.iter().any(|one| one.what == what) {
            return;
        }
        // No more observations are kept than a reader could look at.
        match self.document.observations.len() {
            MAX_OBSERVATIONS => {
                if !self.is_full {
                    self.is_full = true;
                    let message = format!(
                        "This text has more than {MAX_OBSERVATIONS} different observations: those from here on are not read. Give a shorter text, or its parts one by one."
                    );
                    self.document.problems.push(Problem { message, span, fatal: false });
                }
            }
            _ => self.document.observe(what, span),
        }
    }

    /// Notes something that runs, once.
    fn runs(&mut self, name: &str, version: &str, span: Span) {
        let known = self.document.dependencies.iter();
        if known.clone().count() < MAX_OBSERVATIONS
            && !known.into_iter().any(|one| one.artifact == name && one.version == version)
        {
            let (artifact, version) = (name.to_owned(), version.to_owned());
            self.document.dependencies.push(Dependency {
                ecosystem: Ecosystem::Name,
                artifact,
                version,
                span,
            });
        }
    }
}

/// Different observations that are kept of one text.
const MAX_OBSERVATIONS: usize = 300;

/// What stands between two signs.
fn between<'t>(text: &'t str, before: &str, behind: &[char]) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    let end = rest.find(behind).unwrap_or(rest.len());
    rest.get(..end)
}
