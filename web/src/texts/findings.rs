//! The findings: the list with its search and filters, one finding in full, and its note in the text.

use kafka_upgrade_report::{Confidence, ProofKind};

// The worst, and the list.
pub(crate) const BREAKS: &str = "What breaks, worst first";
pub(crate) const TO_LOOK_AT: &str = "What to look at, worst first";
pub(crate) const FINDINGS: &str = "Findings";
pub(crate) const NO_FILE: &str = "Not about a file";
pub(crate) const ANY_RELEASE: &str = "At any release";
pub(crate) const NO_KIP: &str = "No KIP";
pub(crate) const NOTHING: &str = "Nothing was found. What no file can show is under “Check by hand”.";
pub(crate) const NO_MATCH: &str = "Nothing matches. “Show all” brings back the others.";

pub(crate) fn all(number: usize) -> String {
    if number == 1 { "In full".to_owned() } else { format!("All {}", super::findings(number)) }
}

pub(crate) fn on_the_path(release: &str) -> String {
    format!("On the upgrade path to {release}")
}

pub(crate) fn things(things: usize, places: usize) -> String {
    let things = super::count(things, "thing", "things");
    format!("{things}, {}", super::count(places, "place", "places"))
}

// Search and filters.
pub(crate) const SEARCH: &str = "Search findings";
pub(crate) const SEARCH_FOR: &str = "Search findings: a key, a file, a word";
pub(crate) const GROUP_BY: &str = "Group by";
pub(crate) const BY_RULE: &str = "By rule";
pub(crate) const BY_FILE: &str = "By file";
pub(crate) const BY_RELEASE: &str = "By release";
pub(crate) const BY_KIP: &str = "By KIP";
pub(crate) const SEVERITY: &str = "Severity";
pub(crate) const COMPONENT: &str = "Component";
pub(crate) const FILE: &str = "File";
pub(crate) const RELEASE: &str = "Release";
pub(crate) const SHOW_ALL: &str = "Show all";

pub(crate) fn shown(shown: usize, all: usize) -> String {
    format!("{shown} of {all} shown · ")
}

/// A menu that narrows nothing.
pub(crate) fn every(menu: &str) -> String {
    format!("{menu}: all")
}

/// A menu that narrows to one.
pub(crate) fn only(menu: &str, one: &str) -> String {
    format!("{menu}: {one}")
}

// The fix, and where it is to be rolled out.
pub(crate) const TODAY: &str = "can go out today";
pub(crate) const WITH_UPGRADE: &str = "with the upgrade, not before";

pub(crate) fn in_places(number: usize) -> String {
    format!(" in {number} places")
}

pub(crate) fn in_files(number: usize) -> String {
    format!(" in {number} files")
}

pub(crate) fn see_stop(number: u32) -> String {
    format!("See stop {number}")
}

pub(crate) fn and_more(number: usize) -> String {
    format!("and {number} more")
}

pub(crate) fn times(number: usize) -> String {
    format!("× {number}")
}

// In full.
pub(crate) const WHY: &str = "Why";
pub(crate) const DO: &str = "Do";
pub(crate) const SURE: &str = "Certainty";
pub(crate) const KEY_HISTORY: &str = "History of this key";
pub(crate) const KEY_PAGE: &str = "the key in the reference";
pub(crate) const RULE_PAGE: &str = "the rule in the reference";
pub(crate) const FAILURE_PAGE: &str = "the failure in the reference";
pub(crate) const PROOF: &str = "How this is known";

pub(crate) fn confidence(confidence: Confidence) -> Option<&'static str> {
    match confidence {
        Confidence::Certain => None,
        Confidence::Likely => Some("Likely: the text suggests it but does not prove it."),
        Confidence::Possible => Some("Possible: the text may mean something else."),
    }
}

/// How a finding is known, in one sentence.
pub(crate) fn proof(by: ProofKind, release: &str) -> String {
    let of = if release.is_empty() { "Kafka".to_owned() } else { format!("Kafka {release}") };
    match by {
        ProofKind::Validator => format!("The start-up validation of {of} reports it."),
        ProofKind::Javac => format!("It does not compile against the jars of {of}."),
        ProofKind::Broker => format!("It was run against a broker of {of}."),
        ProofKind::Rehearsal => format!("It was seen in a rehearsed upgrade to {of}."),
        ProofKind::Jars => format!("The jars of {of} show it."),
        ProofKind::Docs => format!("It is from the documentation of {of} and was not tested here."),
    }
}

// Its change, before and after.
pub(crate) const BEFORE: &str = "Before";
pub(crate) const AFTER: &str = "After";

pub(crate) fn before_after(line: Option<usize>) -> String {
    match line {
        Some(line) => format!("before → after, line {line}"),
        None => "before → after".to_owned(),
    }
}

// Its note in the text.
pub(crate) const HERE: &str = " here";
pub(crate) const EXPLAINED: &str = "Explained in the list of findings";
pub(crate) const CLOSE_NOTE: &str = "Close the note";

pub(crate) fn in_line(line: usize, happens: &str) -> String {
    format!("line {line}: {happens}")
}
