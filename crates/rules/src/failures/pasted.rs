//! `errors[]` of the report: every failure of what was pasted, explained or not.

use kafka_upgrade_document::{LineIndex, Units};
use kafka_upgrade_report::PastedError;
use kafka_upgrade_sorted::Sorted as _;

use super::{Explained, entries, pointers};
use crate::rule::UNKNOWN_FAILURE;
use crate::upgrade::Upgrade;

/// Errors of one file that a report lists.
const MAX_ERRORS: usize = 100;
/// Letters of a message that are shown.
const MAX_LETTERS: usize = 300;

/// The failures of all files that have to do with Kafka, sorted by file and place.
#[must_use]
pub fn errors(case: &Upgrade<'_>, units: Units) -> Vec<PastedError> {
    let mut errors = Vec::new();
    let files = case.files.iter().filter(|read| !read.is_part && !read.document.failures.is_empty());
    for read in files {
        let lines = LineIndex::new(read.text);
        for entry in entries(read, case).into_iter().take(MAX_ERRORS) {
            let is_open = entry.is_open();
            // The innermost cause is the last.
            let (at, explained) = match entry.explained.into_iter().next_back() {
                Some((at, explained)) => (at, Some(explained)),
                None if is_open => (entry.messages.len().saturating_sub(1), None),
                None => continue,
            };
            let (Some(head), Some(cause)) = (entry.messages.first(), entry.messages.get(at)) else {
                continue;
            };
            let (first, last) = head.times.clone().unzip();
            let mut error = PastedError {
                path: read.path.to_owned(),
                line: lines.place(cause.span, read.text, units).line,
                message: cause.message.chars().take(MAX_LETTERS).collect(),
                count: head.count,
                first,
                last,
                rule: UNKNOWN_FAILURE.to_owned(),
                ..PastedError::default()
            };
            if let Some(Explained { draft, points, ask, .. }) = explained {
                error.rule = draft.rule.into_id();
                error.cause = Some(draft.message);
                error.points = pointers::of(&points, case, units);
                error.ask = Some(ask.to_owned()).filter(|ask| !ask.is_empty() && error.points.is_empty());
            } else {
                error.ask = Some("the lines before it, from the first ERROR on, and the configuration and version of the program".to_owned());
            }
            errors.push(error);
        }
    }
    errors.order_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    errors
}
