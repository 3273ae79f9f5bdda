//! Everything that the page remembers, and the one function that changes it.
//!
//! Pure: no browser, no time, no checking. Invariants: a file's text is what the reader gave, byte for byte, apart
//! from the reader's own edits; no action loses a text but the one that closes its file.

use std::rc::Rc;

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_input::Encoding;
use kafka_upgrade_report::{Finding, Fix, Mode, Report, Severity};
use yew::{AttrValue, Reducible};

use crate::shared::Shared;

/// A text that the reader gave.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceFile {
    /// Never given twice.
    pub(crate) id: u32,
    /// Name as it was given; unique among the files.
    pub(crate) path: AttrValue,
    /// The text, with the line breaks that it came with.
    pub(crate) text: Rc<str>,
    /// What the reader says that it is.
    pub(crate) component: Option<Component>,
    /// How its bytes became text.
    pub(crate) encoding: Encoding,
}

/// A text that comes in.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    /// The name that it came with.
    pub(crate) path: String,
    pub(crate) text: Rc<str>,
    /// How its bytes became text.
    pub(crate) encoding: Encoding,
}

impl Incoming {
    /// A text that was no bytes before: pasted, or an example.
    pub(crate) fn text(path: &str, text: impl Into<Rc<str>>) -> Self {
        Self { path: path.to_owned(), text: text.into(), encoding: Encoding::Utf8 }
    }
}

/// What the right side shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Panel {
    /// What was found.
    #[default]
    Findings,
    /// What no file can show.
    Manual,
    /// Which checks ran.
    Checks,
}

/// Which side is shown where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    /// The text.
    #[default]
    Text,
    /// The panel.
    Panel,
}

/// What is open above the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// How to verify that nothing leaves the page.
    Promise,
    /// What the keyboard does.
    Keyboard,
}

/// Which of the two pages is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Texts and what becomes of them.
    #[default]
    Check,
    /// Keys and their histories; the key that is open, with its component.
    Keys(Option<(Component, String)>),
}

/// What the page remembers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) files: Vec<SourceFile>,
    /// [`SourceFile::id`] of the one that is shown.
    pub(crate) active: u32,
    next_id: u32,
    /// Set by hand; otherwise detected.
    pub(crate) from: Option<Release>,
    pub(crate) to: Release,
    /// Set by hand; otherwise detected.
    pub(crate) mode: Option<Mode>,
    /// Grows whenever something changes that a report depends on.
    pub(crate) revision: u32,
    /// The newest report that there is.
    pub(crate) report: Option<Shared<Report>>,
    /// Only findings of this severity are listed.
    pub(crate) only: Option<Severity>,
    /// Index of the finding whose note is open.
    pub(crate) selected: Option<usize>,
    pub(crate) panel: Panel,
    pub(crate) side: Side,
    pub(crate) dialog: Option<Dialog>,
    pub(crate) screen: Screen,
    /// What could not be read, one sentence each.
    pub(crate) notices: Vec<AttrValue>,
}

/// What can happen.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Texts came in.
    Add(Vec<Incoming>),
    /// A file could not be read: one sentence.
    Notice(String),
    DismissNotices,
    /// The reader typed into the file.
    Edit(u32, Rc<str>),
    /// Apply these fixes, all of one file.
    Apply(AttrValue, Vec<Fix>),
    Show(u32),
    Close(u32),
    SetComponent(u32, Option<Component>),
    SetFrom(Option<Release>),
    SetTo(Release),
    SetMode(Option<Mode>),
    /// The report of a revision.
    Checked(u32, Shared<Report>),
    /// List only this severity, or all again.
    Filter(Severity),
    Select(Option<usize>),
    /// To the next (1) or previous (-1) listed finding.
    Step(isize),
    Open(Panel),
    Turn(Side),
    SetDialog(Option<Dialog>),
    Go(Screen),
}

impl State {
    /// A page with nothing on it.
    pub(crate) fn new(to: Release) -> Self {
        Self {
            files: Vec::new(),
            active: 0,
            next_id: 1,
            from: None,
            to,
            mode: None,
            revision: 0,
            report: None,
            only: None,
            selected: None,
            panel: Panel::default(),
            side: Side::default(),
            dialog: None,
            screen: Screen::default(),
            notices: Vec::new(),
        }
    }

    /// Findings of the report; none before there is one.
    pub(crate) fn findings(&self) -> &[Finding] {
        self.report.as_ref().map_or(&[], |report| &report.findings)
    }

    /// Indices of the findings that are listed, worst first, then in the order of the report.
    pub(crate) fn listed(&self) -> Vec<usize> {
        let mut listed: Vec<_> = self
            .findings()
            .iter()
            .enumerate()
            .filter(|(_, finding)| self.only.is_none_or(|only| finding.severity == only))
            .map(|(at, finding)| (finding.severity, finding.line.is_none(), at))
            .collect();
        listed.sort_unstable();
        listed.into_iter().map(|(_, _, at)| at).collect()
    }

    fn file_mut(&mut self, id: u32) -> Option<&mut SourceFile> {
        self.files.iter_mut().find(|file| file.id == id)
    }

    fn add(&mut self, incoming: Incoming) {
        let Incoming { path, text, encoding } = incoming;
        if let Some(same) = self.files.iter().find(|file| *file.path == *path && file.text == text) {
            self.active = same.id;
            return;
        }
        let path = unused(&path, &self.files);
        self.files.push(SourceFile { id: self.next_id, path, text, component: None, encoding });
        self.active = self.next_id;
        self.next_id += 1;
    }

    /// Shows the file that a selected finding is in.
    fn follow(&mut self) {
        let path = self.selected.and_then(|at| self.findings().get(at)?.path.clone());
        let file = path.and_then(|path| self.files.iter().find(|file| *file.path == *path));
        if let Some(id) = file.map(|file| file.id) {
            self.active = id;
        }
    }

    fn changed(&mut self) {
        self.revision += 1;
        self.selected = None;
    }
}

/// The name, or the name with a number where another file has it.
fn unused(path: &str, files: &[SourceFile]) -> AttrValue {
    let taken = |name: &str| files.iter().any(|file| *file.path == *name);
    let mut name = path.to_owned();
    let mut number = 2;
    while taken(&name) {
        name = format!("{path} ({number})");
        number += 1;
    }
    AttrValue::from(name)
}

/// The text with every fix applied that overlaps no earlier one. Offsets are bytes of `text`.
fn apply(text: &str, fixes: &[Fix]) -> String {
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let (mut fixed, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        let (start, end) = (edit.start as usize, edit.end as usize);
        if let (Some(kept), true) = (text.get(at..start), end <= text.len()) {
            fixed.push_str(kept);
            fixed.push_str(&edit.text);
            at = end;
        }
    }
    fixed.push_str(text.get(at..).unwrap_or_default());
    fixed
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Add(texts) => {
                for text in texts {
                    next.add(text);
                }
                next.screen = Screen::Check;
                next.changed();
            }
            Action::Notice(sentence) => next.notices.push(sentence.into()),
            Action::DismissNotices => next.notices.clear(),
            Action::Edit(id, text) => {
                match next.file_mut(id) {
                    Some(file) if file.text != text => file.text = text,
                    _ => return self,
                }
                next.changed();
            }
            Action::Apply(path, fixes) => {
                if let Some(file) = next.files.iter_mut().find(|file| file.path == path) {
                    file.text = apply(&file.text, &fixes).into();
                    next.active = file.id;
                }
                next.changed();
            }
            Action::Show(id) => {
                next.active = id;
                next.selected = None;
            }
            Action::Close(id) => {
                let at = next.files.iter().position(|file| file.id == id).unwrap_or_default();
                next.files.retain(|file| file.id != id);
                if next.active == id {
                    let neighbour = next.files.get(at).or(next.files.last());
                    next.active = neighbour.map_or(0, |file| file.id);
                }
                next.changed();
            }
            Action::SetComponent(id, component) => {
                if let Some(file) = next.file_mut(id) {
                    file.component = component;
                }
                next.changed();
            }
            Action::SetFrom(from) => {
                next.from = from;
                next.changed();
            }
            Action::SetTo(to) => {
                next.to = to;
                next.changed();
            }
            Action::SetMode(mode) => {
                next.mode = mode;
                next.changed();
            }
            Action::Checked(revision, report) if revision == self.revision => {
                next.report = Some(report);
                let gone =
                    next.only.is_some_and(|only| next.findings().iter().all(|found| found.severity != only));
                if gone {
                    next.only = None;
                }
            }
            Action::Checked(..) => return self,
            Action::Filter(severity) => {
                next.only = (next.only != Some(severity)).then_some(severity);
                next.panel = Panel::Findings;
                next.side = Side::Panel;
            }
            Action::Select(selected) => {
                next.selected = selected;
                next.follow();
            }
            Action::Step(by) => {
                let listed = next.listed();
                let here = listed.iter().position(|at| Some(*at) == next.selected);
                let to = match here {
                    Some(here) => here.saturating_add_signed(by).min(listed.len().saturating_sub(1)),
                    None if by < 0 => listed.len().saturating_sub(1),
                    None => 0,
                };
                next.selected = listed.get(to).copied();
                next.panel = Panel::Findings;
                next.follow();
            }
            Action::Open(panel) => next.panel = panel,
            Action::Turn(side) => next.side = side,
            Action::SetDialog(dialog) => next.dialog = dialog,
            Action::Go(screen) => next.screen = screen,
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests;
