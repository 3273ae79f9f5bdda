//! The one function that changes what the page remembers.

use std::rc::Rc;

use kafka_upgrade_report::Finding;
use yew::Reducible;

use super::action::Action;
use super::files::{Incoming, PASTED, SourceFile, unused};
use super::history::{Change, Cleared};
use super::view::{Panel, Screen, Side};
use super::{State, Stopped};
use crate::groups::{Filter, groups};
use crate::texts::frame as texts;

impl State {
    pub(super) fn file_mut(&mut self, id: u32) -> Option<&mut SourceFile> {
        self.files.iter_mut().find(|file| file.id == id)
    }

    pub(super) fn add(&mut self, incoming: Incoming) {
        let Incoming { path, text, encoding, component } = incoming;
        if let Some(same) = self.files.iter().find(|file| *file.path == *path && file.text == text) {
            self.active = same.id;
            return;
        }
        let path = unused(&path, &self.files);
        self.files.push(SourceFile {
            id: self.next_id,
            path,
            text,
            typed: 0,
            component,
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
            // A key pressed before the page shows the text of the previous key is added to the same text.
            Action::Typed(text) => {
                match next.files.iter_mut().find(|file| file.path == PASTED) {
                    Some(file) => file.text = text,
                    None => return self.reduce(Action::Add(vec![Incoming::text(PASTED, text)])),
                }
                next.changed();
            }
            Action::Notice(sentence) => next.notices.push(sentence.into()),
            Action::DismissNotices => next.notices.clear(),
            Action::Edit(id, text) => {
                let Some(file) = next.file_mut(id) else { return self };
                file.typed += 1;
                if std::mem::replace(&mut file.text, text) != file.text {
                    next.changed();
                }
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
            Action::Clear if self.is_empty() => return self,
            Action::Clear => {
                let change = Cleared {
                    files: std::mem::take(&mut next.files),
                    active: next.active,
                    have: std::mem::take(&mut next.have),
                    from: next.from.take(),
                    mode: next.mode.take(),
                    platform: next.platform.take(),
                };
                let label = texts::cleared(change.files.len());
                next.remember(label, Change::Cleared(Box::new(change)));
                next.active = 0;
                next.changed();
            }
            Action::DismissToast => next.toast = None,
            Action::SetShortcuts(on) => next.shortcuts = on,
            Action::Show(id) => {
                next.active = id;
                next.selected = None;
            }
            Action::Close(id) => {
                let Some(at) = next.files.iter().position(|file| file.id == id) else { return self };
                let file = next.files.remove(at);
                if !file.text.is_empty() {
                    next.remember(texts::closed(&file.path), Change::Closed(at, file));
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
            Action::SetPlatform(platform) => {
                next.platform = platform;
                next.changed();
            }
            // `App` has asked or ended the core before these arrive here.
            Action::Describe(_) | Action::Convert(_) => return self,
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
                    // Drops partial answers and answers about another text.
                    next.report = None;
                    next.groups = Rc::default();
                } else if !next.is_empty() {
                    // It was a question that failed; the new core knows nothing of the texts yet.
                    next.revision += 1;
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
            Action::Checked(revision, report, known) if revision == self.revision => {
                next.known = known;
                next.stopped = None;
                next.progress = None;
                // An empty page has no report, and nothing is shown while the first text is checked.
                if next.report.as_ref() != Some(&report) {
                    next.groups = Rc::new(groups(&report));
                }
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
            Action::Ticked(steps) => Rc::make_mut(&mut next.ticked).extend(steps),
            Action::Turn(side) => next.side = side,
            Action::SetDialog(dialog) => next.dialog = dialog,
            Action::Go(screen) => next.screen = screen,
        }
        Rc::new(next)
    }
}
