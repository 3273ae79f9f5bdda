//! `errors[]` of the report: every failure of what was pasted, explained or not.

use kafka_upgrade_document::{LineIndex, Units};
use kafka_upgrade_report::PastedError;
use kafka_upgrade_sorted::Sorted as _;

use super::{Explanations, pointers};
use crate::rule::UNKNOWN_FAILURE;
use crate::upgrade::{CheckedFile, Upgrade};

/// Errors of one file that a report lists.
const MAX_ERRORS: usize = 100;
/// Letters of a message that are shown.
const MAX_LETTERS: usize = 300;

/// The failures of all files that have to do with Kafka, sorted by file and place.
#[must_use]
pub fn errors(case: &Upgrade<'_>, explanations: &Explanations, units: Units) -> Vec<PastedError> {
    let mut errors = Vec::new();
    let whole = |read: &CheckedFile<'_>| !read.is_part && !read.document.failures.is_empty();
    for (file, read) in case.files.iter().enumerate().filter(|(_, read)| whole(read)) {
        let lines = LineIndex::new(read.text);
        for entry in explanations.of(file, case).iter().take(MAX_ERRORS) {
            let messages = entry.messages(read);
            // The innermost cause is the last.
            let (at, explained) = match entry.explained.last() {
                Some((at, explained)) => (*at, Some(explained)),
                None if entry.is_open(read) => (messages.len().saturating_sub(1), None),
                None => continue,
            };
            let (Some(head), Some(cause)) = (messages.first(), messages.get(at)) else {
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
            if let Some(explained) = explained {
                error.rule = explained.draft.rule.id().to_owned();
                error.cause = Some(explained.draft.message.clone());
                error.points = pointers::of(&explained.points, case, units);
                error.ask =
                    Some(explained.ask.to_owned()).filter(|ask| !ask.is_empty() && error.points.is_empty());
            } else {
                error.ask = Some("the lines before it, from the first ERROR on, and the configuration and version of the program".to_owned());
            }
            errors.push(error);
        }
    }
    errors.order_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    errors
}
