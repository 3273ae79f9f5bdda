//! Every text of the page that a reader sees, one module a part of the page: who changes or translates a sentence opens
//! this folder alone.
//!
//! Fixed texts are constants, those with holes are functions; names between backticks are shown as code. `scripts.js` has
//! those of the plain scripts, which speak before and beside the shell. What is *not* here: texts about Kafka, which come
//! with the report. `index.html` repeats what it shows before any script runs: the title of the page, [`first`]'s
//! `TITLE`, `LEAD`, `LABEL` and `DROP`, and three sentences of its own (its description, what it needs JavaScript for,
//! and that it is still loading). Invariant: no other file of the page has prose, and `index.html` no more than that;
//! `tests/tests/layout/texts.rs` holds both.

pub(crate) mod dialogs;
pub(crate) mod files;
pub(crate) mod findings;
pub(crate) mod first;
pub(crate) mod frame;
pub(crate) mod matrix;
pub(crate) mod path;
pub(crate) mod plan;
pub(crate) mod print;
pub(crate) mod reference;
pub(crate) mod verdict;

/// A number with its noun.
fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

pub(crate) fn files(number: usize) -> String {
    count(number, "file", "files")
}

pub(crate) fn fixes(number: usize) -> String {
    count(number, "fix", "fixes")
}

pub(crate) fn findings(number: usize) -> String {
    count(number, "finding", "findings")
}

pub(crate) fn steps(number: usize) -> String {
    count(number, "step", "steps")
}

/// Nothing where there is no plan yet.
pub(crate) fn stops(number: usize) -> String {
    if number == 0 { String::new() } else { count(number, "stop", "stops") }
}

/// Checks that ran.
pub(crate) fn ran(number: usize) -> String {
    format!("{} ran", count(number, "check", "checks"))
}

/// A place as it is shown: `compose.yml:4`.
pub(crate) fn place(path: &str, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_owned(),
    }
}

/// A name with its version, where it has one.
pub(crate) fn versioned(name: &str, version: &str) -> String {
    format!("{name} {version}").trim_end().to_owned()
}

/// A part of a longer list that can be had.
pub(crate) fn show_more(next: usize, rest: usize) -> String {
    format!("Show {next} of {rest} more")
}

pub(crate) const CLOSE: &str = "Close";
pub(crate) const COPIED: &str = "Copied";
pub(crate) const NOT_COPIED: &str = "Not copied";
pub(crate) const DOWNLOAD: &str = "Download";

/// The button that copies: what it copies, or nothing where that stands beside it.
pub(crate) fn copy(what: &str) -> String {
    format!("Copy {what}").trim_end().to_owned()
}
