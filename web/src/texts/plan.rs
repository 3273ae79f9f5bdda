//! The upgrade path's stops, the plan, what is to be checked by hand, and several clusters.

use kafka_upgrade_report::HopKind;

// Stops.
pub(crate) const PATH: &str = "Upgrade path";
pub(crate) const YOU_ARE_HERE: &str = "you are here";
pub(crate) const NO_WAY_BACK: &str = "no way back";
pub(crate) const NO_WAY_BACK_AT_END: &str = "no way back at its end";

/// The release that runs, and what it keeps its metadata in.
pub(crate) fn runs(release: &str, mode: Option<&str>) -> String {
    match mode {
        Some(mode) => format!("{release}, {mode}"),
        None => release.to_owned(),
    }
}

pub(crate) fn numbered(number: u32, title: &str) -> String {
    format!("{number} {title}")
}

/// What stands below a stop.
pub(crate) fn of_stop(kind: HopKind, steps: usize) -> String {
    match kind {
        HopKind::Prepare => "before anything moves".into(),
        _ => super::steps(steps),
    }
}

// The plan.
pub(crate) const PLAN: &str = "Plan";
pub(crate) const RUN_BY: &str = "Run by";
pub(crate) const NO_PATH: &str = "no path";
pub(crate) const NO_PLAN: &str = "no plan yet";
pub(crate) const NOTHING_TO_DO: &str = "There is nothing to do: the release that runs is the target.";
pub(crate) const STOPS: &str = "Stops";
pub(crate) const FOLD: &str = "Collapse";
pub(crate) const UNFOLD: &str = "Expand all";
pub(crate) const CLEAR: &str = "Clear ticks";
pub(crate) const TICKS: &str = "Ticks are kept in this browser, by step name.";
pub(crate) const CUT: &str = "▲ Point of no return.";
pub(crate) const CUT_AFTER: &str = " After the next step there is no way back.";

pub(crate) fn steps_done(done: usize, all: usize) -> String {
    format!("{done} of {} done", super::steps(all))
}

pub(crate) fn done(done: usize, all: usize) -> String {
    format!("{done} of {all}")
}

pub(crate) fn warned(back: &str) -> String {
    format!("▲ {back}")
}

pub(crate) fn what_changes(minor: &str) -> String {
    format!("What {minor} brings and takes")
}

// A step.
pub(crate) const HERE: &str = "You are here";
pub(crate) const LESS: &str = "Less";
pub(crate) const MORE: &str = "More";
pub(crate) const TO_TYPE: &str = "What to type";
pub(crate) const VERIFY: &str = "Then see";
pub(crate) const FITS: &str = "Output fits";
pub(crate) const FITS_NOT: &str = "▲ Output does not fit";
pub(crate) const WAY_BACK: &str = "Way back";
pub(crate) const WAY_BACK_NOT: &str = "No way back";
pub(crate) const SETTLES: &str = "Findings to settle here";

/// Behind [`LESS`] and [`MORE`], for who cannot see of what.
pub(crate) fn of_step(title: &str) -> String {
    format!(" of: {title}")
}

// A draft.
pub(crate) const DRAFT: &str = "Draft of ";
pub(crate) const OPEN_DRAFT: &str = "Open as a file here";

// By hand.
pub(crate) const BY_HAND: &str = "What no file can show";

// Several clusters.
pub(crate) fn clusters(number: usize) -> String {
    format!("{number} clusters, each with its own upgrade path")
}
