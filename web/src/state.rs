//! Everything that the page remembers, and the one function that changes it.
//!
//! Pure: no browser, no time, no checking. Invariants: a file's text is what the reader gave, byte for byte, apart
//! from the reader's own edits; no action loses a text but the one that closes its file.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_protocol::{Facts, Thing};
use kafka_upgrade_report::{Finding, Fix, Mode, Report, Severity};
use yew::{AttrValue, Reducible};

use crate::groups::{By, Filter, Group, groups};
use crate::shared::Shared;

mod files;
mod history;

use files::unused;
pub(crate) use files::{Incoming, SourceFile};
pub(crate) use history::Entry;
use history::{Change, Cleared, Edited};

/// What the right side shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Panel {
    /// What is seen first: the path, the matrix, the worst findings.
    Overview,
    /// What was found.
    Findings,
    /// What to do, step by step.
    Plan,
    /// What no file can show.
    Manual,
    /// Which checks ran.
    Checks,
    /// Files as the fixes make them.
    Changes,
}

/// Which side is shown where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    /// The text.
    Text,
    /// The answer.
    #[default]
    Panel,
}

/// What is open above the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// How to verify that nothing leaves the page.
    Promise,
    /// The report, to be taken along.
    Export,
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
    Keys(Option<(String, String)>),
    /// What people wrote down; the id of the rule that is open.
    Rules(Option<String>),
}

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
    /// Grows whenever something changes that a report depends on.
    pub(crate) revision: u32,
    /// What the core knows whatever is pasted; empty until it is there.
    pub(crate) facts: Shared<Facts>,
    /// Subjects of findings that are keys of Kafka, sorted.
    pub(crate) keys: Rc<Vec<String>>,
    /// Why the check of what is on the page is not under way.
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
    /// How many files hang over the page, to be dropped.
    pub(crate) dropping: usize,
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
    /// Apply these fixes, each to the file of that path.
    Apply(Vec<(AttrValue, Fix)>),
    /// Apply every fix that is safe.
    ApplySafe,
    /// Take back the newest change of the page.
    Undo,
    /// Close everything, and forget what was said.
    Clear,
    DismissToast,
    /// So many files hang over the page.
    Dropping(usize),
    /// Switch single keys on or off.
    SetShortcuts(bool),
    Show(u32),
    Close(u32),
    SetComponent(u32, Option<AttrValue>),
    SetFrom(Option<AttrValue>),
    SetTo(Option<AttrValue>),
    SetMode(Option<Mode>),
    /// The reader states what runs; the core is asked what that means, and [`Action::Stated`] follows.
    Say(String),
    /// What runs.
    Stated(Vec<Thing>),
    /// Convert the Log4j 1 file of that number; the core does it, and a file comes in.
    Convert(u32),
    /// End the check that is under way.
    Cancel,
    /// Check again what is on the page.
    Again,
    /// The core is there.
    Known(Shared<Facts>),
    /// So much of the check of a revision is done, and left.
    Progress(u32, u32, u32),
    /// The core failed, and another was started.
    Failed(AttrValue),
    /// Take back the thing of that index.
    Unsay(usize),
    /// The report of a revision.
    Checked(u32, Shared<Report>, Rc<Vec<String>>),
    /// The check of that revision takes longer than a moment.
    Slow(u32),
    /// List only this severity, or all again.
    Filter(Severity),
    SetFilter(Filter),
    GroupBy(By),
    UnfoldPath(bool),
    /// Open the plan at that stop, from 1.
    OpenStop(u32),
    Select(Option<usize>),
    /// To a finding's place: the file, and the line from 1.
    Visit(usize, AttrValue, Option<u32>),
    /// To the next (1) or previous (-1) listed finding.
    Step(isize),
    Open(Panel),
    /// Open a cell of the matrix, or close the one that is open.
    OpenCell(Option<(usize, usize)>),
    /// Step done, or not done after all.
    Tick(AttrValue),
    /// None of these is done.
    ClearTicks(Vec<AttrValue>),
    /// What was ticked when the page was last open.
    Ticked(BTreeSet<AttrValue>),
    Turn(Side),
    SetDialog(Option<Dialog>),
    Go(Screen),
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
            facts: Shared::new(Facts::default()),
            keys: Rc::default(),
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
            dropping: 0,
        }
    }

    /// Whether the report is not yet that of what is on the page.
    pub(crate) fn is_checking(&self) -> bool {
        !self.is_empty() && (self.report.is_none() || self.checked != self.revision)
    }

    /// The fixes that keep the meaning and suit the release that runs, each with the path of its file.
    pub(crate) fn safe_fixes(&self) -> Vec<(AttrValue, Fix)> {
        if self.is_checking() {
            return Vec::new();
        }
        let safe = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe);
        self.findings().iter().filter(safe).flat_map(fixes).collect()
    }

    /// Files that were changed by fixes, or would be by those that are safe: path, text before, text after.
    pub(crate) fn changes(&self) -> Vec<(AttrValue, Rc<str>, Rc<str>)> {
        let safe = self.safe_fixes();
        let changed = self.files.iter().filter_map(|file| {
            let fixes: Vec<_> =
                safe.iter().filter(|(path, _)| *path == file.path).map(|(_, fix)| fix).collect();
            let before = file.original.clone().unwrap_or_else(|| Rc::clone(&file.text));
            let after: Rc<str> = match fixes.is_empty() {
                true => Rc::clone(&file.text),
                false => history::apply(&file.text, &fixes).0.into(),
            };
            (before != after).then(|| (file.path.clone(), before, after))
        });
        changed.collect()
    }

    /// Changes texts by fixes, and remembers how to undo it.
    fn fix(&mut self, fixes: &[(AttrValue, Fix)]) {
        let mut edited = Vec::new();
        for file in &mut self.files {
            let here: Vec<_> =
                fixes.iter().filter(|(path, _)| *path == file.path).map(|(_, fix)| fix).collect();
            let (after, inverse) = history::apply(&file.text, &here);
            if inverse.is_empty() || *after == *file.text {
                continue;
            }
            let (before, after) = (Rc::clone(&file.text), Rc::<str>::from(after));
            file.original.get_or_insert_with(|| Rc::clone(&before));
            file.text = Rc::clone(&after);
            edited.push(Edited { file: file.id, before, after, inverse });
        }
        let title = match fixes {
            [(_, fix)] => fix.title.clone(),
            all => format!("{} fixes", all.len()),
        };
        let files = match edited.as_slice() {
            [] => return,
            [one] => self
                .files
                .iter()
                .find(|file| file.id == one.file)
                .map_or_else(String::new, |file| file.path.to_string()),
            many => format!("{} files", many.len()),
        };
        self.remember(format!("{title}: applied in {files}"), Change::Edited(edited));
    }

    fn remember(&mut self, label: String, change: Change) {
        let edited = matches!(change, Change::Edited(_));
        let label = AttrValue::from(label);
        self.history.push(Entry { label: label.clone(), change });
        self.toast = Some(Toast { text: label, undo: true, changes: edited });
    }

    fn undo(&mut self) {
        let Some(Entry { label, change }) = self.history.pop() else { return };
        let done = match &change {
            Change::Edited(edited) => self.undo_edits(edited),
            Change::Closed(at, file) => {
                let file = SourceFile { path: unused(&file.path, &self.files), ..file.clone() };
                self.active = file.id;
                self.files.insert((*at).min(self.files.len()), file);
                true
            }
            Change::Cleared(before) => {
                let Cleared { files, active, have, from, mode } = (**before).clone();
                self.files.splice(0..0, files);
                (self.active, self.from, self.mode) = (active, from, mode);
                self.have.splice(0..0, have);
                true
            }
        };
        if done {
            self.toast = Some(Toast { text: format!("Undone: {label}").into(), undo: false, changes: false });
        } else {
            let text = format!("Not undone: the text was changed at that place since. {label}");
            self.toast = Some(Toast { text: text.into(), undo: false, changes: true });
            self.history.push(Entry { label, change });
        }
    }

    /// All files or none: half of a change would be neither what was nor what is.
    fn undo_edits(&mut self, edited: &[Edited]) -> bool {
        let mut texts = Vec::new();
        for one in edited {
            // A file that was closed since comes back by its own undo.
            let Some(file) = self.files.iter().find(|file| file.id == one.file) else { continue };
            let Some(text) = one.undone(&file.text) else { return false };
            texts.push((one.file, text));
        }
        for (id, text) in texts {
            if let Some(file) = self.file_mut(id) {
                if file.original.as_ref() == Some(&text) {
                    file.original = None;
                }
                file.text = text;
            }
        }
        true
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

    /// The release that runs, as it is said or seen.
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
        self.files.push(SourceFile {
            id: self.next_id,
            path,
            text,
            component: None,
            encoding,
            original: None,
        });
        self.active = self.next_id;
        self.next_id += 1;
    }

    /// Shows a file that a selected finding is in; the one that is shown stays when it has a place there.
    fn follow(&mut self) {
        let Some(finding) = self.selected.and_then(|at| self.findings().get(at)) else { return };
        let has_place = |file: &&SourceFile| finding.spots_in(&file.path).next().is_some();
        let shown = self.files.iter().find(|file| file.id == self.active).filter(has_place);
        if let Some(id) = shown.or_else(|| self.files.iter().find(has_place)).map(|file| file.id) {
            self.active = id;
        }
    }

    fn changed(&mut self) {
        self.revision += 1;
        self.stopped = None;
        self.progress = None;
        self.after_fix = None;
        self.selected = None;
        self.cell = None;
    }
}

/// The fix of a finding at all of its places, file by file.
pub(crate) fn fixes(finding: &Finding) -> Vec<(AttrValue, Fix)> {
    finding.fixes().map(|(path, fix)| (AttrValue::from(path.to_owned()), fix)).collect()
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Add(texts) => {
                next.show_worst = texts.len() > 1;
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
            // Offsets are those of the text that was checked, which this one has to be.
            Action::Apply(_) if self.is_checking() => return self,
            Action::Apply(fixes) => {
                let listed = next.listed();
                let is_fixed = |at: &usize| {
                    next.findings().get(*at).is_some_and(|finding| {
                        fixes.iter().any(|(path, fix)| {
                            finding.fix.is_some() && finding.fix_in(path).as_ref() == Some(fix)
                        })
                    })
                };
                let fixed = listed.iter().position(|group| group.at.iter().any(is_fixed));
                next.fix(&fixes);
                next.changed();
                next.after_fix = fixed;
            }
            Action::ApplySafe => {
                let fixes = next.safe_fixes();
                return self.reduce(Action::Apply(fixes));
            }
            Action::Undo => {
                next.undo();
                next.changed();
            }
            Action::Clear => {
                let change = Cleared {
                    files: std::mem::take(&mut next.files),
                    active: next.active,
                    have: std::mem::take(&mut next.have),
                    from: next.from.take(),
                    mode: next.mode.take(),
                };
                let what = crate::words::count(change.files.len(), "text", "texts");
                next.remember(
                    format!("{what} closed, and what you run is forgotten"),
                    Change::Cleared(Box::new(change)),
                );
                next.active = 0;
                next.changed();
            }
            Action::DismissToast => next.toast = None,
            Action::Dropping(files) if files == self.dropping => return self,
            Action::Dropping(files) => next.dropping = files,
            Action::SetShortcuts(on) => next.shortcuts = on,
            Action::Show(id) => {
                next.active = id;
                next.selected = None;
            }
            Action::Close(id) => {
                let Some(at) = next.files.iter().position(|file| file.id == id) else { return self };
                let file = next.files.remove(at);
                if !file.text.is_empty() {
                    next.remember(format!("{} closed", file.path), Change::Closed(at, file));
                }
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
            // The core is asked, or ended, before these come here: see `App`.
            Action::Say(_) | Action::Convert(_) => return self,
            Action::Cancel => next.stopped = Some(Stopped::Cancelled),
            Action::Again => next.changed(),
            Action::Known(facts) => next.facts = facts,
            Action::Progress(revision, done, left) if revision == self.revision => {
                next.progress = Some((done, left));
            }
            Action::Progress(..) => return self,
            Action::Failed(why) => {
                if next.is_checking() {
                    next.stopped = Some(Stopped::Failed(why));
                    // Half an answer, or that to another text, would be taken for one.
                    next.report = None;
                    next.groups = Rc::default();
                }
            }
            Action::Stated(things) => {
                let known = next.have.clone();
                next.have.extend(things.into_iter().filter(|thing| !known.contains(thing)));
                if next.have.len() == known.len() {
                    return self;
                }
                next.side = Side::Panel;
                next.changed();
            }
            Action::Unsay(at) => {
                if at < next.have.len() {
                    next.have.remove(at);
                }
                next.changed();
            }
            Action::Checked(revision, report, keys) if revision == self.revision => {
                next.keys = keys;
                next.stopped = None;
                next.progress = None;
                // Of an empty page there is nothing to be said, and nothing to be shown while the first text is checked.
                next.groups = Rc::new(groups(&report));
                next.report = (!next.is_empty()).then_some(report);
                next.checked = revision;
                next.slow = false;
                if std::mem::take(&mut next.show_worst) {
                    let worst = next.groups.iter().flat_map(|group| &group.at);
                    let path = worst.filter_map(|at| next.findings().get(*at)?.path.clone()).next();
                    let file = next.files.iter().find(|file| path.as_deref() == Some(&*file.path));
                    next.active = file.map_or(next.active, |file| file.id);
                }
                if let Some(at) = next.after_fix.take() {
                    let listed = next.listed();
                    let beside = listed.get(at).or(listed.last());
                    next.selected = beside.and_then(|group| group.at.first()).copied();
                    next.focus += 1;
                    next.follow();
                }
                let still = |at: &Finding| next.filter.severity.is_none_or(|only| at.severity == only);
                if !next.findings().iter().any(still) {
                    next.filter.severity = None;
                }
            }
            Action::Slow(revision) if revision == self.revision && self.is_checking() => next.slow = true,
            Action::Slow(_) => return self,
            Action::Checked(..) => return self,
            Action::Filter(severity) => {
                let only = (next.filter.severity != Some(severity)).then_some(severity);
                next.filter = Filter { severity: only, ..Filter::default() };
                next.panel = Panel::Findings;
                next.side = Side::Panel;
            }
            Action::SetFilter(filter) => next.filter = filter,
            Action::GroupBy(by) => next.by = by,
            Action::UnfoldPath(open) => next.path_open = open,
            Action::OpenStop(stop) => {
                next.panel = Panel::Plan;
                next.side = Side::Panel;
                next.stop = (stop, next.stop.1 + 1);
            }
            Action::Visit(at, path, line) => {
                next.selected = Some(at);
                next.line = line;
                next.side = Side::Text;
                if let Some(file) = next.files.iter().find(|file| file.path == path) {
                    next.active = file.id;
                }
            }
            Action::Select(selected) => {
                next.selected = selected;
                next.line = None;
                next.follow();
            }
            Action::Step(by) => {
                let listed = next.listed();
                let here =
                    listed.iter().position(|group| next.selected.is_some_and(|at| group.at.contains(&at)));
                let to = match here {
                    Some(here) => here.saturating_add_signed(by).min(listed.len().saturating_sub(1)),
                    None if by < 0 => listed.len().saturating_sub(1),
                    None => 0,
                };
                next.selected = listed.get(to).and_then(|group| group.at.first()).copied();
                if !matches!(next.panel, Panel::Overview | Panel::Findings) {
                    next.panel = Panel::Findings;
                }
                next.focus += 1;
                next.follow();
            }
            Action::Open(panel) => {
                next.panel = panel;
                next.side = Side::Panel;
            }
            Action::OpenCell(cell) => next.cell = cell,
            Action::Tick(step) => {
                let ticked = Rc::make_mut(&mut next.ticked);
                if !ticked.remove(&step) {
                    ticked.insert(step);
                }
            }
            Action::ClearTicks(steps) => {
                Rc::make_mut(&mut next.ticked).retain(|step| !steps.contains(step));
            }
            Action::Ticked(steps) => next.ticked = Rc::new(steps),
            Action::Turn(side) => next.side = side,
            Action::SetDialog(dialog) => next.dialog = dialog,
            Action::Go(screen) => next.screen = screen,
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests;
