//! What pasted failures mean: messages of brokers, tools, clients, compilers and the JVM, each with its cause and what to
//! do.
//!
//! `failures/<id>.toml` are the explanations as data; `build.rs` makes one table of them. `linkage` works out what is
//! in the catalog: classes and members that a release lost. What is *not* here: which lines report a failure
//! (`input`), and settings, versions and clients that stand in files of their own.
//!
//! Of one failure that a log repeats the first place is the finding's; what it names is its subject.

mod artifacts;
mod codes;
mod compile;
mod config;
mod entries;
mod jvm;
mod linkage;
mod pasted;
mod pointers;
mod scripts;
mod successors;
mod template;
mod versions;

use kafka_upgrade_document::Slice as _;
use std::collections::BTreeSet;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::{self as document, ANCHOR_BYTES, Literals, Span, Units};
use kafka_upgrade_report::{Confidence, Severity};
use kafka_upgrade_sorted::case::Case as _;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::rule::{Computed, FAILURE, Rule, UNKNOWN_FAILURE};
use crate::upgrade::Upgrade;
use crate::words;
pub use entries::Explanations;
pub use pasted::errors;

/// The explanation of requests that got no answer.
const TIMED_OUT: &str = "request-timed-out";

/// An explanation.
#[derive(Debug)]
pub struct Failure {
    /// Its id without `failure-`: the stem of its file.
    pub id: &'static str,
    /// What is on the line, as templates with holes; one of them fits. None where code writes the finding.
    pub lines: &'static [&'static str],
    /// The text has one of these somewhere; none: any text.
    pub near: &'static [&'static str],
    /// Whether it only says that something else failed: it counts where nothing else explains the failure.
    pub weak: bool,
    /// Whether it says even less: that a program stopped.
    pub headline: bool,
    /// Whether it goes away by itself in a healthy cluster: as a mere warning of a log it is to know, no more.
    pub passes: bool,
    /// What it points at beside its subject: keys, or `clients`, `brokers`, `java`.
    pub points: &'static [&'static str],
    /// What else to paste; often empty.
    pub ask: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The release that brought it, where one did.
    pub since: Option<Release>,
    /// The first release that no longer has it, where one ended it.
    pub until: Option<Release>,
    /// What people look for: a key, a class, a feature. Holes are filled.
    pub subject: &'static str,
    /// What happened.
    pub message: &'static str,
    /// Why.
    pub why: &'static str,
    /// What to do.
    pub action: &'static str,
    /// Where it is from.
    pub references: &'static [(&'static str, &'static str)],
    /// Texts that it explains, for tests and documentation.
    pub examples: &'static [&'static str],
}

impl Failure {
    /// A text of this explanation by itself, where no failure fills its holes: `{key}` is `KEY` then.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        let text = text
            .replace("{from}", "the release before")
            .replace("{to}", "the target")
            .replace("{fate}", "")
            .replace("{instead}", "");
        let mut plain = String::with_capacity(text.len());
        for (at, part) in text.split('{').enumerate() {
            match part.split_once('}').filter(|_| at > 0) {
                Some((hole, rest)) => {
                    plain.push_str(&hole.upper());
                    plain.push_str(rest);
                }
                None => plain.push_str(part),
            }
        }
        plain
    }
}

mod table {
    use super::{Failure, Release, Severity};
    use kafka_upgrade_document::Anchors;
    include!(concat!(env!("OUT_DIR"), "/failures.rs"));
}

/// Every explanation, sorted by id.
pub fn failures() -> impl ExactSizeIterator<Item = &'static Failure> {
    table::FAILURES.iter()
}

/// The explanation of a rule, `failure-ID`.
#[must_use]
pub fn failure(rule: &str) -> Option<&'static Failure> {
    failure_of(rule.strip_prefix(FAILURE)?)
}

fn failure_of(id: &str) -> Option<&'static Failure> {
    let at = table::FAILURES.binary_search_by(|failure| failure.id.cmp(id)).ok()?;
    table::FAILURES.get(at)
}

/// The explanations of a text, line by line: each with what its holes hold.
pub fn explain(text: &str) -> impl Iterator<Item = (&'static Failure, Vec<(&'static str, &str)>)> {
    text.lines().filter_map(move |line| find(line, text))
}

/// The explanation of a line; of several the one whose templates say most. One scan for the anchors of all templates.
fn find<'l>(line: &'l str, text: &str) -> Option<(&'static Failure, Vec<(&'static str, &'l str)>)> {
    let mut best: Option<(_, &'static Failure, Vec<_>)> = None;
    for place in table::ANCHORS.places(line) {
        let &[one, two, three] = line.as_bytes().slice(place..place + ANCHOR_BYTES) else { continue };
        let anchor = u32::from_be_bytes([0, one, two, three]);
        let from = table::INDEX.partition_point(|(known, ..)| *known < anchor);
        let index = table::INDEX.slice(from..);
        for (_, offset, failure, template) in index.iter().take_while(|(known, ..)| *known == anchor) {
            let candidate = table::FAILURES.get(usize::from(*failure)).and_then(|failure| {
                let begins = line.get(place.checked_sub(usize::from(*offset))?..)?;
                Some((failure, failure.lines.get(usize::from(*template))?, begins))
            });
            let Some((failure, template, begins)) = candidate else { continue };
            let weight = (!failure.weak, !failure.headline, template::weight(template));
            if best.as_ref().is_some_and(|(known, ..)| *known >= weight) {
                continue;
            }
            // What a validator says of a value is about the key that it names.
            let is_said_of_key =
                line.get(..place).is_some_and(|before| before.contains(" for configuration "));
            if is_said_of_key && !template.contains("onfiguration") {
                continue;
            }
            let Some(holes) = template::matched(template, begins) else { continue };
            if failure.near.is_empty() || failure.near.iter().any(|near| text.contains(near)) {
                best = Some((weight, failure, holes));
            }
        }
    }
    best.map(|(_, failure, holes)| (failure, holes))
}

/// What a message means.
#[derive(Debug)]
struct Explained {
    /// The finding, without its place.
    draft: Diagnostic,
    /// Keys, classes and options that it may come from, or one of the names of `pointers`.
    points: Vec<String>,
    /// What else to paste.
    ask: &'static str,
    /// Whether it only says that something else failed.
    weak: bool,
    /// Whether it says even less.
    headline: bool,
    /// The first release that has this failure, and the first that no longer has it, where they are known.
    since: Option<Release>,
    until: Option<Release>,
}

impl Explained {
    /// Whether the target does not have the failure: it ended before, or starts later.
    fn is_left_behind(&self, to: Release) -> bool {
        self.until.is_some_and(|until| until <= to) || self.since.is_some_and(|since| to < since)
    }

    /// A failure that the upgrade leaves behind is a warning, and its reason says so.
    fn by_path(mut self, case: &Upgrade<'_>) -> Self {
        if self.draft.severity != Severity::Error || !self.is_left_behind(case.to) {
            return self;
        }
        self.draft.severity = Severity::Warning;
        let said = match (self.until, self.since) {
            (Some(until), _) if until <= case.to => {
                format!(
                    " {until} and newer no longer fail like this, so the upgrade to {} leaves it behind.",
                    case.to
                )
            }
            (_, Some(since)) => format!(" It comes with {since}; the target {} does not have it.", case.to),
            _ => String::new(),
        };
        self.draft.why.push_str(&said);
        self
    }
}

/// Words of which each message has one whose explanation is worked out from the catalog.
const COMPUTED: Literals = Literals::of(&[
    "NoSuchMethodError",
    "NoClassDefFoundError",
    "ClassNotFoundException",
    "NoSuchFieldError",
    "AbstractMethodError",
    "IncompatibleClassChangeError",
    "IllegalAccessError",
    "Could not find",
    "compiled by a more recent version",
    "UnsupportedClassVersionError",
    "nsupported major.minor",
    "class file has wrong version",
    "Unrecognized ",
    "Security Manager",
    "Conflicting collector",
    "Multiple garbage collectors",
    "was deprecated in version",
    "is not a recognized option",
    "does not support ",
    "Attempted to write ",
    "Attempt to send ",
    "is too old to support",
    "Invalid version for API key",
    "apiKey: ",
    "does not exist",
    "is not a member of",
    "location: ",
    "symbol: ",
    "cannot be resolved",
    "nresolved reference",
    "The method ",
    "cannot be applied to",
    "is not applicable",
    "No signature of method",
    "No matching ",
    "Could not resolve ",
    "Error downloading ",
    "unresolved dependency",
    "Failure to find ",
    "not found",
    "o such file",
    "is not recognized",
]);

/// What a message means, and whether that says little.
fn explain_message(failure: &document::Failure, text: &str, case: &Upgrade<'_>) -> Option<(Explained, bool)> {
    let document::Failure { message, more, .. } = failure;
    // A terminal or a mail may have broken it, at a blank or within a word.
    let joined = (!more.is_empty()).then(|| [format!("{message} {more}"), format!("{message}{more}")]);
    // argparse sets its errors in justified lines.
    let plain = (message.contains("error:") && message.contains("  ")).then(|| {
        let all = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let more = all(more);
        // A word that was broken at its hyphen goes on in the next line.
        [format!("{}{more}", all(message)), format!("{} {more}", all(message))]
    });
    let lines = || {
        let joined = joined.iter().chain(&plain).flatten().map(String::as_str);
        std::iter::once(message.as_str()).chain(joined)
    };
    let before = text.slice(..failure.span.start as usize);
    let computed = |line: &str| {
        linkage::explain(line, &failure.frames, case)
            .or_else(|| jvm::explain(line, text, case))
            .or_else(|| versions::explain(line, case))
            .or_else(|| compile::explain(line, before, case))
            .or_else(|| artifacts::explain(line, text, case))
            .or_else(|| scripts::explain(line, case))
    };
    if lines().any(|line| linkage::is_class_alone(line) || COMPUTED.are_in(line)) {
        // The range of versions often is on the next line.
        let versions = joined.iter().flatten().find_map(|line| versions::explain(line, case));
        if let Some(found) = versions.or_else(|| lines().find_map(computed)) {
            return Some((found, false));
        }
    } else {
        debug_assert!(lines().find_map(computed).is_none(), "{message} has no sign");
    }
    let of_known = |known: &'static Failure, holes: &[(&str, &str)]| {
        let mut found = of_table(known, holes, case);
        if known.passes && !failure.is_error {
            found.draft.severity = Severity::Info;
        }
        found
    };
    let mut weak = None;
    for line in lines() {
        match find(line, text) {
            Some((known, _)) if known.id == TIMED_OUT && jvm::is_of_another(line, &failure.frames) => {}
            Some((known, holes)) if known.weak => weak = weak.or_else(|| Some(of_known(known, &holes))),
            Some((known, holes)) => return Some((of_known(known, &holes), false)),
            None => {}
        }
    }
    // The key or the reason often is on a line of its own.
    let refused = lines()
        .find_map(|line| config::explain(line, case))
        .or_else(|| lines().find_map(|line| config::at_odds(line, case)));
    if let Some(found) = refused {
        return Some((found, false));
    }
    // What an error of the protocol is called is left where no words say more, and then the part that failed.
    let of_part =
        || failure.frames.iter().find_map(|frame| find(&format!("at {frame}"), text).map(|(known, _)| known));
    // What Go's clients wrap in sentences of the programs that use them.
    let ended = || {
        let text = message.trim_end_matches(['"', '`', '.']);
        failure_of("connection-lost").filter(|_| text.ends_with(": EOF"))
    };
    let named = || {
        let known = codes::named(message).or_else(ended).filter(|_| failure.of_kafka).or_else(of_part)?;
        Some((of_known(known, &[]), known.weak))
    };
    weak.filter(|_| failure.of_kafka).map(|found| (found, true)).or_else(named)
}

/// Whether anything in a file is a failure that is explained.
pub(crate) fn are_explained(file: usize, case: &Upgrade<'_>, explanations: &Explanations) -> bool {
    explanations.of(file, case).iter().any(|entry| !entry.explained.is_empty())
}

/// Reports the failures of one file.
pub(crate) fn judge(file: usize, explanations: &Explanations, sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(read) = case.files.get(file).filter(|read| !read.is_part) else { return };
    let mut known = BTreeSet::new();
    let mut open: Option<(Span, usize)> = None;
    let mut stopped = false;
    let entries = explanations.of(file, case);
    // Even on another line of the log, an explanation of the cause replaces those that only say that something
    // failed.
    let is_clear = entries.iter().flat_map(|entry| &entry.explained).any(|(_, one)| !one.weak);
    for entry in entries.iter() {
        let messages = entry.messages(read);
        // Failures after one that stops the program are its consequences.
        if entry.is_open(read) && !stopped {
            let span = messages.first().map(|one| one.span).unwrap_or_default();
            open = Some(open.map_or((span, 1), |(span, count)| (span, count + 1)));
        }
        for (at, explained) in &entry.explained {
            let Explained { draft, points, ask, weak, .. } = explained;
            stopped |= draft.severity == Severity::Error || explained.is_left_behind(case.to);
            let Some(message) = messages.get(*at).filter(|_| !(*weak && is_clear)) else { continue };
            if !known.insert((draft.rule.id(), draft.subject.as_str())) {
                continue;
            }
            // An exception has no time of its own: that of the line above it counts.
            let times = message.times.as_ref().or_else(|| messages.first()?.times.as_ref());
            let draft = placed(draft.clone(), message, times, case, points, ask);
            sink.push(Diagnostic { place: Location::span(file, message.span), ..draft });
        }
    }
    if let Some((span, count)) = open {
        sink.push(not_known(Location::span(file, span), count));
    }
}

/// A finding with how often it happened, and where the other files say what it is about.
fn placed(
    mut draft: Diagnostic,
    message: &document::Failure,
    times: Option<&(String, String)>,
    case: &Upgrade<'_>,
    points: &[String],
    ask: &str,
) -> Diagnostic {
    if message.count > 1 {
        let times =
            times.map_or_else(String::new, |(first, last)| format!(", first at {first}, last at {last}"));
        draft.why.push_str(&format!(" It is in this text {} times{times}.", message.count));
    }
    let pointers = pointers::of(points, case, Units::Characters);
    let listed: Vec<String> = pointers
        .iter()
        .map(|one| match one.line {
            Some(line) => format!("`{}` in `{}`, line {line}", one.what, one.path),
            None => format!("`{}` in `{}`", one.what, one.path),
        })
        .collect();
    if !listed.is_empty() {
        draft.action.push_str(&format!(" Look at {}.", listed.join("; ")));
    } else if !ask.is_empty() {
        draft.action.push_str(&format!(" Paste {ask} to see where."));
    }
    draft
}

fn of_table(failure: &'static Failure, holes: &[(&str, &str)], case: &Upgrade<'_>) -> Explained {
    let computed = linkage::computed(holes, case);
    let mut all = holes.to_vec();
    all.extend(computed.iter().map(|(name, value)| (*name, value.as_str())));
    let fill = |text: &str| words::fill(text, &all, case.from, case.to);
    let subject = fill(failure.subject);
    let mut points: Vec<String> = failure.points.iter().map(|&point| point.to_owned()).collect();
    points.push(subject.clone());
    let draft = Diagnostic {
        rule: Rule::computed(Computed::Failure, failure.id),
        subject,
        since: failure.since.filter(|since| case.crosses(*since)),
        message: fill(failure.message),
        why: fill(failure.why),
        action: fill(failure.action),
        references: failure.references,
        ..blank(failure.severity, Confidence::Likely)
    };
    let Failure { ask, weak, headline, since, until, .. } = *failure;
    Explained { draft, points, ask, weak, headline, since, until }
}

/// A finding that has no words and no place yet.
fn blank(severity: Severity, confidence: Confidence) -> Diagnostic {
    Diagnostic::new(severity, "", Location::NOWHERE).confidence(confidence)
}

/// A failure that nothing here explains: whether an upgrade brings it is not known.
fn not_known(place: Location, count: usize) -> Diagnostic {
    let message = match count {
        1 => "This failure is not one that is explained here.".to_owned(),
        _ => format!("This failure, the first of {count} such ones here, is not one that is explained here."),
    };
    Diagnostic {
        rule: UNKNOWN_FAILURE.into(),
        subject: "failure".to_owned(),
        place,
        message,
        why: "It names Kafka, a client of it or one of its tools, and nothing here has these words, so whether an upgrade brings it is not known.".to_owned(),
        action: "Paste the lines before it, from the first ERROR on and with every `Caused by`, together with the configuration and the versions of the program that printed it.".to_owned(),
        ..blank(Severity::Info, Confidence::Possible)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_explained_by_its_own_failure() {
        let mut wrong = Vec::new();
        for failure in failures().filter(|failure| !failure.lines.is_empty()) {
            for example in failure.examples {
                let found: Vec<_> = explain(example).map(|(failure, _)| failure.id).collect();
                if !found.contains(&failure.id) {
                    wrong.push(format!("{}: {example:?} is explained by {found:?}", failure.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(failures().count() > 30);
    }

    #[test]
    fn every_hole_of_a_text_is_in_each_of_its_lines_or_computed() {
        for failure in failures().filter(|failure| !failure.lines.is_empty()) {
            for text in [failure.message, failure.why, failure.action, failure.subject] {
                for hole in holes(text).filter(|hole| !["from", "to", "fate", "instead"].contains(hole)) {
                    let without: Vec<_> =
                        failure.lines.iter().filter(|line| !holes(line).any(|known| known == hole)).collect();
                    assert!(without.is_empty(), "{}: nothing fills {{{hole}}} in {without:?}", failure.id);
                }
            }
        }
    }

    fn holes(text: &'static str) -> impl Iterator<Item = &'static str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }

    #[test]
    fn rules_are_found_by_their_ids() {
        assert!(failures().is_sorted_by(|one, other| one.id < other.id));
        for one in failures() {
            assert!(failure(&format!("failure-{}", one.id)).is_some_and(|found| found.id == one.id));
        }
        assert!(failure("failure-nothing").is_none());
    }
}
