//! The verdict, the counts beside it, what is asked for where there is none, and a check that runs or has ended.

use kafka_upgrade_report::Verdict;

// The verdict in two parts: what stands out, and the rest of the sentence.
pub(crate) const NO_VERDICT: &str = "No verdict:";
pub(crate) const NO_VERDICT_YET: &str = "No verdict yet:";
pub(crate) const NOT_KAFKA: &str = "nothing here was recognized as Kafka's.";
pub(crate) const RUNS_UNKNOWN: &str = "what runs now is not known.";
pub(crate) const NOT_JUDGED: &str = "something here could not be judged; the notes say what.";

/// What stands out, before a whole sentence.
pub(crate) fn before(verdict: Verdict, to: &str) -> String {
    format!("{} {to}:", verdict.before_target())
}

/// What stands out, before more of the same sentence.
pub(crate) fn before_with(verdict: Verdict, to: &str) -> String {
    format!("{} {to},", verdict.before_target())
}

pub(crate) fn breaks(errors: usize, warnings: usize) -> String {
    let breaks = super::count(errors, "thing breaks", "things break");
    match warnings {
        0 => format!("{breaks}."),
        warnings => format!("{breaks}, {}.", super::count(warnings, "works differently", "work differently")),
    }
}

pub(crate) fn refused(row: &str) -> String {
    format!("see {row} in the matrix.")
}

pub(crate) fn unknown_row(row: &str, to: &str) -> String {
    format!("{row} at {to} is not known.")
}

pub(crate) fn differs(warnings: usize) -> String {
    format!("nothing breaks, {} differently.", super::count(warnings, "thing works", "things work"))
}

pub(crate) fn row_differs(row: &str) -> String {
    format!("nothing breaks, see {row} in the matrix.")
}

/// What pasted output does not fit.
pub(crate) fn misfit(text: &str) -> String {
    format!("{text}.")
}

pub(crate) fn notes(number: usize) -> String {
    format!("with {} to read first.", super::count(number, "note", "notes"))
}

pub(crate) fn nothing_found(checks: usize) -> String {
    format!("{}, nothing found.", super::ran(checks))
}

/// The whole sentence.
pub(crate) fn whole(first: &str, rest: &str) -> String {
    format!("{first} {rest}")
}

// Beside it.
pub(crate) const SHOW_ONLY: &str = "Show only";

pub(crate) fn in_files(number: usize) -> String {
    format!("in {} · ", super::files(number))
}

// Checks, one by one.
pub(crate) const FOUND_NOTHING: &str = "nothing";

pub(crate) fn did_not_apply(number: usize) -> String {
    format!("{} had nothing to look at", super::count(number, "check", "checks"))
}

// While it is checked.
pub(crate) const WHAT_YOU_RUN: &str = "what you run";
pub(crate) const PROGRESS: &str = "Progress of the check";
pub(crate) const CANCEL: &str = "Cancel, keep the files";
pub(crate) const EARLIER: &str = "◷ Earlier answer";
pub(crate) const EARLIER_STAYS: &str =
    " Below is the answer to what was here before. It stays until the new one is ready.";

pub(crate) fn checking(what: &str) -> String {
    format!("Checking {what} …")
}

// When it has ended without an answer.
pub(crate) const AGAIN: &str = "Check again";
pub(crate) const CANCELLED: &str = "The check was cancelled.";
pub(crate) const EARLIER_BELOW: &str = " Below is the answer to what was here before.";
pub(crate) const FAILED: &str = "The check stopped with an error.";
pub(crate) const FAILED_KEPT: &str = "Your files are still here, as you left them. This is a fault of the page; the command `kafka-upgrade-check check` checks the same files.";
pub(crate) const SAVE: &str = "Save the files";
pub(crate) const FAILURE: &str = "a report without your text";

/// What is copied to report a failure: no text of the reader's, and no name of a file.
pub(crate) fn failure(why: &str, files: usize, sizes: &str) -> String {
    format!(
        "Kafka Upgrade Check {}: the check stopped with an error.\n{why}\nFiles: {files}; bytes: {sizes}",
        env!("CARGO_PKG_VERSION")
    )
}

// What is missing.
pub(crate) const MISSING: &str = "What is missing";
pub(crate) const ASK_RELEASE: &str = "Which release do the brokers run?";
pub(crate) const ASK_RELEASE_WHY: &str = "Without it there is no upgrade path, and what depends on the release that runs now stays unknown. What breaks whichever release you run is below.";
pub(crate) const ANOTHER: &str = "Another …";
pub(crate) const ASK_RELEASE_HOW: &str = "Not sure? `bin/kafka-topics.sh --version` on a broker prints it, or paste the first lines of its `server.log` here.";
pub(crate) const ASK_MODE: &str = "Where does the cluster keep its metadata?";
pub(crate) const ASK_MODE_WHY: &str =
    "A broker before 4.0 may use either. Nothing here sets `zookeeper.connect` or `process.roles`.";

// The tabs, and the switch where there is room for one thing at a time.
pub(crate) const ANSWER: &str = "The answer";
pub(crate) const OVERVIEW: &str = "Overview";
pub(crate) const FINDINGS: &str = "Findings";
pub(crate) const PLAN: &str = "Plan";
pub(crate) const BY_HAND: &str = "Check by hand";
pub(crate) const SHOW: &str = "Show";
pub(crate) const ANSWER_SHORT: &str = "Answer";
pub(crate) const TEXT: &str = "Text";

pub(crate) fn review(fixes: usize) -> String {
    format!("Review {}", super::fixes(fixes))
}

/// How many things break, as the switch shows it.
pub(crate) fn breaks_short(number: usize) -> String {
    format!("✕ {number}")
}
