//! Everything that can happen to the page.

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_protocol::{Facts, Thing};
use kafka_upgrade_report::{Fix, Mode, Report, Severity};
use yew::AttrValue;

use super::files::Incoming;
use super::view::{Dialog, Panel, Screen, Side};
use crate::groups::{By, Filter};
use crate::shared::Shared;

/// What can happen.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Texts came in.
    Add(Vec<Incoming>),
    /// The reader typed or pasted where there was no text yet.
    Typed(Rc<str>),
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
    /// Close everything, and forget what was stated.
    Clear,
    DismissToast,
    /// Switch single keys on or off.
    SetShortcuts(bool),
    Show(u32),
    Close(u32),
    SetComponent(u32, Option<AttrValue>),
    SetFrom(Option<AttrValue>),
    SetTo(Option<AttrValue>),
    SetMode(Option<Mode>),
    SetPlatform(Option<AttrValue>),
    /// The reader describes what runs; the core is asked what that means, and [`Action::Stated`] follows.
    Describe(String),
    /// What runs.
    Stated(Vec<Thing>),
    /// Convert the Log4j 1 file of that number; the core does it, and a file comes in.
    Convert(u32),
    /// End the check that is running.
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
    /// These are ticked as well: they were when the page was last open.
    Ticked(BTreeSet<AttrValue>),
    Turn(Side),
    SetDialog(Option<Dialog>),
    Go(Screen),
}
