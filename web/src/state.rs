//! Everything that the page remembers; [`Action`] and `reduce` change it.
//!
//! Pure: no browser, no time, no checking. Invariants: a file's text is what the reader pasted or opened, byte for byte,
//! apart from the reader's own edits and fixes; only closing a file drops its text.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_protocol::{Facts, Thing};
use kafka_upgrade_report::{Finding, Mode, Report, Severity};
use yew::AttrValue;

use crate::groups::{By, Filter, Group};
use crate::shared::Shared;

mod action;
mod files;
mod fixing;
mod history;
mod reduce;
mod view;

pub(crate) use action::Action;
pub(crate) use files::{Incoming, PASTED, SourceFile};
pub(crate) use fixing::{Changed, Preview, Stop};
pub(crate) use history::{Entry, fixes};
pub(crate) use view::{Dialog, Panel, Screen, Side};

/// What the page remembers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) files: Vec<SourceFile>,
    /// [`SourceFile::id`] of the one that is shown.
    pub(crate) active: u32,
    next_id: u32,
    /// What runs beside, one thing each, in the reader's words.
    pub(crate) have: Vec<Thing>,
    /// Set by hand; otherwise detected.
    pub(crate) from: Option<AttrValue>,
    /// Set by hand; otherwise the newest.
    pub(crate) to: Option<AttrValue>,
    /// Set by hand; otherwise detected.
    pub(crate) mode: Option<Mode>,
    /// How the cluster is run, set by hand; otherwise detected.
    pub(crate) platform: Option<AttrValue>,
    /// Grows whenever something changes that a report depends on.
    pub(crate) revision: u32,
    /// What the core knows whatever is pasted; empty until it is there.
    pub(crate) facts: Shared<Facts>,
    /// Of the subjects and rules of findings those that the reference has a page of, sorted.
    pub(crate) known: Rc<Vec<String>>,
    /// Why the check of what is on the page is not running.
    pub(crate) stopped: Option<Stopped>,
    /// Slices of a long check that are done and left.
    pub(crate) progress: Option<(u32, u32)>,
    /// The newest report that there is.
    pub(crate) report: Option<Shared<Report>>,
    /// Everything that was found, by rule.
    pub(crate) groups: Rc<Vec<Group>>,
    /// What of it is listed.
    pub(crate) filter: Filter,
    /// What is seen together.
    pub(crate) by: By,
    /// Whether the check takes longer than a moment.
    pub(crate) slow: bool,
    /// Whether the form of the path is unfolded.
    pub(crate) path_open: bool,
    /// The stop to go to, with a number that grows whenever the reader asks for one.
    pub(crate) stop: (u32, u32),
    /// Index of the finding whose note is open.
    pub(crate) selected: Option<usize>,
    /// Of its places the line that the reader asked for, from 1.
    pub(crate) line: Option<u32>,
    /// What the answer's side shows.
    pub(crate) panel: Panel,
    /// Row and column of the matrix's open cell.
    pub(crate) cell: Option<(usize, usize)>,
    /// Steps of plans that are done: [`crate::ticks::key`].
    pub(crate) ticked: Rc<BTreeSet<AttrValue>>,
    pub(crate) side: Side,
    pub(crate) dialog: Option<Dialog>,
    pub(crate) screen: Screen,
    /// What could not be read, one sentence each.
    pub(crate) notices: Vec<AttrValue>,
    /// What the page changed, newest last.
    pub(crate) history: Vec<Entry>,
    /// What the page has just done, in one sentence.
    pub(crate) toast: Option<Toast>,
    /// The revision that [`State::report`] is of.
    pub(crate) checked: u32,
    /// Whether several files came in, of which the worst is to be shown.
    show_worst: bool,
    /// Where in the list the finding stood that was just fixed: the next one takes its place.
    after_fix: Option<usize>,
    /// Grows whenever the selected finding is to take the focus.
    pub(crate) focus: u32,
    /// Whether single keys do something.
    pub(crate) shortcuts: bool,
}

/// Why a check has ended without a report.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stopped {
    /// The reader did not want to wait.
    Cancelled,
    /// The core failed; with the words of its error.
    Failed(AttrValue),
}

/// What the page has just done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toast {
    pub(crate) text: AttrValue,
    /// Whether it can be undone: it is the newest of the history.
    pub(crate) undo: bool,
    /// Whether there are changed files to be seen.
    pub(crate) changes: bool,
}

impl State {
    /// A page with nothing on it.
    pub(crate) fn new() -> Self {
        Self {
            files: Vec::new(),
            active: 0,
            next_id: 1,
            have: Vec::new(),
            from: None,
            to: None,
            mode: None,
            platform: None,
            facts: Shared::new(Facts::default()),
            known: Rc::default(),
            stopped: None,
            progress: None,
            revision: 0,
            report: None,
            groups: Rc::default(),
            filter: Filter::default(),
            by: By::default(),
            slow: false,
            path_open: false,
            stop: (0, 0),
            selected: None,
            line: None,
            panel: Panel::Overview,
            cell: None,
            ticked: Rc::default(),
            side: Side::default(),
            dialog: None,
            screen: Screen::default(),
            notices: Vec::new(),
            history: Vec::new(),
            toast: None,
            checked: 0,
            show_worst: false,
            after_fix: None,
            focus: 0,
            shortcuts: true,
        }
    }

    /// Whether the report is not yet that of what is on the page.
    pub(crate) fn is_checking(&self) -> bool {
        !self.is_empty() && (self.report.is_none() || self.checked != self.revision)
    }

    /// Findings of the report; none before there is one.
    pub(crate) fn findings(&self) -> &[Finding] {
        self.report.as_ref().map_or(&[], |report| &report.findings)
    }

    /// What is listed: on the first screen everything, among the findings what the filter leaves.
    pub(crate) fn listed(&self) -> Vec<Group> {
        if self.panel != Panel::Findings {
            return self.groups.to_vec();
        }
        let shown = |at: &usize| self.findings().get(*at).is_some_and(|finding| self.filter.shows(finding));
        let kept = self.groups.iter().map(|group| Group {
            severity: group.severity,
            at: group.at.iter().copied().filter(shown).collect(),
        });
        kept.filter(|group| !group.at.is_empty()).collect()
    }

    /// The release that runs, as stated or detected.
    pub(crate) fn runs(&self) -> Option<AttrValue> {
        let seen =
            self.report.as_ref().filter(|_| !self.is_empty()).and_then(|report| report.path.from.as_ref());
        self.from.clone().or_else(|| seen.cloned().map(AttrValue::from))
    }

    /// The release to get to; empty while the core is not there.
    pub(crate) fn target(&self) -> AttrValue {
        self.to.clone().unwrap_or_else(|| self.facts.newest().to_owned().into())
    }

    /// How many things break.
    pub(crate) fn breaks(&self) -> usize {
        self.groups.iter().filter(|group| group.severity == Severity::Error).count()
    }

    /// Whether there is nothing to check yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.have.is_empty()
    }
}

#[cfg(test)]
mod tests;
