//! The failures of one file, each a log line with the exceptions below it and what explains them.
//!
//! Who judges a file, whether it is understood at all and `errors[]` all ask for them. What is *not* here: what a single
//! message means (`explain_message`).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use kafka_upgrade_document::{self as document, Slice as _};
use kafka_upgrade_report::Severity;

use super::{Explained, explain_message};
use crate::upgrade::{CheckedFile, Upgrade};

/// The failures of one case, by the number of their file, explained when they are first asked for.
#[derive(Debug, Default)]
pub struct Explanations(RefCell<BTreeMap<usize, Rc<[Entry]>>>);

impl Explanations {
    /// The failures of a file, in the order of its text.
    pub(super) fn of(&self, file: usize, case: &Upgrade<'_>) -> Rc<[Entry]> {
        let Some(read) = case.files.get(file).filter(|read| !read.document.failures.is_empty()) else {
            return Rc::default();
        };
        if let Some(known) = self.0.borrow().get(&file) {
            return Rc::clone(known);
        }
        let entries: Rc<[Entry]> = entries(read, case).into();
        self.0.borrow_mut().insert(file, Rc::clone(&entries));
        entries
    }
}

/// One failure of a file: its log line and the exceptions below it.
#[derive(Debug)]
pub(super) struct Entry {
    messages: Range<usize>,
    /// Each explanation with the index of its message.
    pub(super) explained: Vec<(usize, Explained)>,
    /// Whether unexplained warnings are reported too: only if no failure in the text is graver.
    is_asked: bool,
}

impl Entry {
    /// Its messages in the file that it is of.
    pub(super) fn messages<'r>(&self, read: &'r CheckedFile<'_>) -> &'r [document::Failure] {
        read.document.failures.slice(self.messages.clone())
    }

    /// Whether it is an error of Kafka's, or a warning that somebody asks about, that nothing explains.
    pub(super) fn is_open(&self, read: &CheckedFile<'_>) -> bool {
        // A message that only announces a failure is none by itself.
        let is_heading = |message: &str| {
            let text = message.trim_end();
            let is_short = text.len() < 60
                && (text.ends_with(':') && !text.contains('.')
                    || text.ends_with("Exception in thread \"main\""));
            // Maven's, below the errors of the compiler, and Helm's above those of the chart.
            is_short
                || text.contains("Failed to execute goal ") && text.contains("Compilation failure")
                || text.contains("UPGRADE FAILED: execution error at")
        };
        self.explained.is_empty()
            && self.messages(read).iter().any(|one| {
                let counts = one.is_error || (one.is_asked && self.is_asked);
                one.of_kafka && counts && !is_heading(&one.message)
            })
    }
}

/// The failures of a file, each explained.
fn entries(read: &CheckedFile<'_>, case: &Upgrade<'_>) -> Vec<Entry> {
    let failures = &read.document.failures;
    let mut entries = Vec::new();
    let mut start = 0;
    for messages in failures.chunk_by(|one, other| one.entry == other.entry) {
        let explain = |failure| explain_message(failure, read.text, case);
        let all = messages.iter().enumerate().filter_map(|(at, failure)| Some((at, explain(failure)?)));
        let (weak, strong): (Vec<_>, Vec<_>) = all.partition(|(_, (_, is_weak))| *is_weak);
        // An explanation of the cause replaces those that only say that something failed.
        let strong: Vec<_> =
            strong.into_iter().map(|(at, (one, weak))| (at, (one.by_path(case), weak))).collect();
        // Of several such messages the innermost that is not just a headline is the most specific.
        let most = weak.into_iter().rev().min_by_key(|(_, (one, _))| one.headline);
        let chosen = if strong.is_empty() { most.into_iter().collect() } else { strong };
        let explained = chosen.into_iter().map(|(at, (explained, _))| (at, explained)).collect();
        let end = start + messages.len();
        entries.push(Entry { messages: start..end, explained, is_asked: true });
        start = end;
    }
    let says_more = |entry: &Entry| {
        let mut explained = entry.explained.iter();
        explained.any(|(_, one)| one.draft.severity != Severity::Info)
            || entry.messages(read).iter().any(|one| one.is_error && one.of_kafka)
    };
    if entries.iter().any(says_more) {
        entries.iter_mut().for_each(|entry| entry.is_asked = false);
    }
    entries
}
