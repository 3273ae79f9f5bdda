//! Changes of the page itself to the reader's texts: fixes are applied, and each change can be undone.

use std::collections::BTreeMap;
use std::rc::Rc;

use kafka_upgrade_report::{DraftFile, Finding, Fix, Report};
use kafka_upgrade_sorted::Sorted as _;
use yew::AttrValue;

use super::files::{SourceFile, unused};
use super::history::{self, Change, Cleared, Edited, Entry, fixes};
use super::{State, Toast};
use crate::texts::{self, frame};

/// Path, text before, text after.
pub(crate) type Changed = (AttrValue, Rc<str>, Rc<str>);

/// Files that can be rolled out together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stop {
    /// Of the plan, from 1; 0: today.
    pub(crate) number: u32,
    /// Every file that differs from the reader's own.
    pub(crate) changes: Vec<Changed>,
}

/// What a fix makes of the lines around its first edits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Preview {
    pub(crate) path: AttrValue,
    /// How many lines stand before them.
    pub(crate) above: usize,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// The step after which brokers are in KRaft mode.
const MIGRATED: &str = "migrate-brokers-to-kraft";
/// Longest preview beside a finding, in bytes of one line or of neighbouring lines.
const PREVIEWED: usize = 2_000;

/// What a file is from a stop on, where the plan drafts its migration to KRaft: fixes alone would leave a file that
/// belongs to neither mode.
fn migrated<'r>(report: &'r Report, path: &str, stop: u32) -> Option<&'r str> {
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let of_file =
        |draft: &&DraftFile| draft.source.as_deref() == Some(path) && name(&draft.path) == name(path);
    let drafts = report.plan.drafts.iter().filter(of_file);
    let until = drafts.filter_map(|draft| {
        let at = report.plan.steps.iter().position(|step| step.id == draft.step)?;
        let step = report.plan.steps.get(at).filter(|step| step.hop <= stop)?;
        Some((at, step, draft))
    });
    let until: Vec<_> = until.collect();
    if !until.iter().any(|(_, step, _)| step.id == MIGRATED) {
        return None;
    }
    until.into_iter().max_by_key(|(at, ..)| *at).map(|(.., draft)| draft.text.as_str())
}

impl State {
    /// What the fix of the selected finding would change in its first file.
    pub(crate) fn preview(&self) -> Option<Preview> {
        let finding = self.findings().get(self.selected?).filter(|_| !self.is_checking())?;
        let (path, mut fix) = fixes(finding).into_iter().next()?;
        let text = &self.files.iter().find(|file| file.path == path)?.text;
        fix.edits.order_by_key(|edit| (edit.start, edit.end));
        let first = fix.edits.first()?.start;
        fix.edits.retain(|edit| edit.end as usize <= first as usize + PREVIEWED);
        let (first, last) = (first as usize, fix.edits.last()?.end as usize);
        // A line more on both sides.
        let start = text.get(..first)?.rmatch_indices('\n').nth(1).map_or(0, |(at, _)| at + 1);
        let end = text.get(last..)?.match_indices('\n').nth(1).map_or(text.len(), |(at, _)| last + at + 1);
        let before = text.get(start..end).filter(|before| before.len() <= 2 * PREVIEWED)?;
        for edit in &mut fix.edits {
            edit.start = edit.start.checked_sub(u32::try_from(start).ok()?)?;
            edit.end = edit.end.checked_sub(u32::try_from(start).ok()?)?;
        }
        Some(Preview {
            path,
            above: text.get(..start)?.matches('\n').count(),
            before: before.to_owned(),
            after: history::apply(before, &[&fix]).0,
        })
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
    pub(crate) fn changes(&self) -> Vec<Changed> {
        self.changed_by(&self.safe_fixes())
    }

    fn changed_by(&self, all: &[(AttrValue, Fix)]) -> Vec<Changed> {
        let changed = self.files.iter().filter_map(|file| {
            let fixes: Vec<_> =
                all.iter().filter(|(path, _)| *path == file.path).map(|(_, fix)| fix).collect();
            let before = file.original.clone().unwrap_or_else(|| Rc::clone(&file.text));
            let after: Rc<str> = match fixes.is_empty() {
                true => Rc::clone(&file.text),
                false => history::apply(&file.text, &fixes).0.into(),
            };
            (before != after).then(|| (file.path.clone(), before, after))
        });
        changed.collect()
    }

    /// The files as fixes make them: today, and with each stop of the plan that further fixes have to wait for. A stop's
    /// files have the fixes of those before it; without a change there is no stop.
    pub(crate) fn stops_with_fixes(&self) -> Vec<Stop> {
        let mut waiting: BTreeMap<u32, Vec<(AttrValue, Fix)>> = BTreeMap::new();
        let report = self.report.as_ref().filter(|_| !self.is_checking());
        for step in report.iter().flat_map(|report| &report.plan.steps) {
            let of_step = step.findings.iter().filter_map(|at| self.findings().get(*at as usize));
            let late = of_step.filter(|finding| finding.fix.as_ref().is_some_and(|fix| !fix.safe));
            waiting.entry(step.hop).or_default().extend(late.flat_map(fixes));
        }
        let mut ready = self.safe_fixes();
        let mut stops = vec![Stop { number: 0, changes: self.changed_by(&ready) }];
        for (number, fixes) in waiting.into_iter().filter(|(_, fixes)| !fixes.is_empty()) {
            ready.extend(fixes);
            let mut changes = self.changed_by(&ready);
            for (path, _, after) in &mut changes {
                if let Some(drafted) = report.and_then(|report| migrated(report, path, number)) {
                    *after = drafted.into();
                }
            }
            stops.push(Stop { number, changes });
        }
        stops.retain(|stop| !stop.changes.is_empty());
        stops
    }

    /// Changes texts by fixes, and remembers how to undo it.
    pub(super) fn fix(&mut self, fixes: &[(AttrValue, Fix)]) {
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
            all => texts::fixes(all.len()),
        };
        let files = match edited.as_slice() {
            [] => return,
            [one] => self
                .files
                .iter()
                .find(|file| file.id == one.file)
                .map_or_else(String::new, |file| file.path.to_string()),
            many => texts::files(many.len()),
        };
        self.remember(frame::applied(&title, &files), Change::Edited(edited));
    }

    pub(super) fn remember(&mut self, label: String, change: Change) {
        let edited = matches!(change, Change::Edited(_));
        let label = AttrValue::from(label);
        self.history.push(Entry { label: label.clone(), change });
        self.toast = Some(Toast { text: label, undo: true, changes: edited });
    }

    pub(super) fn undo(&mut self) {
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
                let Cleared { files, active, have, from, mode, platform } = (**before).clone();
                self.files.splice(0..0, files);
                (self.active, self.from, self.mode, self.platform) = (active, from, mode, platform);
                self.have.splice(0..0, have);
                true
            }
        };
        if done {
            self.toast = Some(Toast { text: frame::undone(&label).into(), undo: false, changes: false });
        } else {
            let text = frame::not_undone(&label);
            self.toast = Some(Toast { text: text.into(), undo: false, changes: true });
            self.history.push(Entry { label, change });
        }
    }

    /// Changes all files or none, since half of a change would be neither the old state nor the new one.
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
}
