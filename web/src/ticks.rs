//! Which steps of a plan are done, kept in this browser between visits, and which lines of a comparison were looked at,
//! which are kept where texts are (see `keep`).
//!
//! Invariants: only names of steps and the releases of their upgrade path are kept, nothing that was pasted; where the
//! browser keeps nothing (a private window, a file opened from disk) ticks last as long as the page.

use std::collections::BTreeSet;
use std::rc::Rc;

use gloo::storage::{LocalStorage, Storage};
use kafka_upgrade_report::{Mode, Path};
use kafka_upgrade_sorted::Gather as _;
use yew::{AttrValue, Callback, UseReducerHandle, use_effect_with};

use crate::state::{Action, State};

/// The one entry of the storage: a step a line. As JSON it would cost the page 8.6 KB (brotli).
const ENTRY: &str = "kafka-upgrade-check.done";

/// Names a step of the plan of an upgrade path.
pub(crate) fn key(path: &Path, step: &str) -> AttrValue {
    let mode = path.mode.map_or("", Mode::name);
    format!("{} {mode} {} {step}", path.from.as_deref().unwrap_or_default(), path.to).into()
}

/// What names of ticks in comparisons begin with.
const COMPARED: &str = "compare";

/// Names a line of the comparison of two releases.
pub(crate) fn compared(from: &str, to: &str, line: &str) -> AttrValue {
    format!("{COMPARED} {from} {to} {line}").into()
}

/// Whether it is of a comparison.
pub(crate) fn is_compared(tick: &str) -> bool {
    tick.starts_with(COMPARED)
}

/// Restores what was ticked, and stores what is.
#[yew::hook]
pub(crate) fn use_ticks(state: &UseReducerHandle<State>, send: &Callback<Action>) {
    let send = send.clone();
    use_effect_with((), move |()| {
        let kept = read();
        if !kept.is_empty() {
            send.emit(Action::Ticked(kept));
        }
    });
    let before = yew::use_mut_ref(|| None::<Rc<BTreeSet<AttrValue>>>);
    use_effect_with(state.ticked.clone(), move |ticked| {
        // What the page starts with or restores is not a change.
        if let Some(before) = before.replace(Some(Rc::clone(ticked))) {
            write(&merged(read(), &before, ticked));
        }
    });
}

/// What is stored with what this page changed: another tab may have ticked other steps since.
fn merged(
    mut stored: BTreeSet<AttrValue>,
    before: &BTreeSet<AttrValue>,
    now: &BTreeSet<AttrValue>,
) -> BTreeSet<AttrValue> {
    stored.retain(|step| now.contains(step) || !before.contains(step));
    stored.extend(now.difference(before).cloned());
    stored
}

fn read() -> BTreeSet<AttrValue> {
    if !is_there() {
        return BTreeSet::new();
    }
    let kept = LocalStorage::raw().get_item(ENTRY).ok().flatten().unwrap_or_default();
    kept.lines().map(|step| AttrValue::from(step.to_owned())).gather()
}

fn write(ticked: &BTreeSet<AttrValue>) {
    if !is_there() {
        return;
    }
    let steps: Vec<&str> = ticked.iter().map(AttrValue::as_str).filter(|step| !is_compared(step)).collect();
    if steps.is_empty() {
        LocalStorage::delete(ENTRY);
        return;
    }
    // A full storage keeps what it had.
    let _ = LocalStorage::raw().set_item(ENTRY, &steps.join("\n"));
}

/// Asked first, as gloo takes it for granted and would end the page.
fn is_there() -> bool {
    matches!(gloo::utils::window().local_storage(), Ok(Some(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_tab_ticked_stays_ticked() {
        let set =
            |steps: &[&'static str]| steps.iter().map(|step| AttrValue::from(*step)).collect::<BTreeSet<_>>();
        // This page began with a and b, unticked a and ticked c; the other one ticked d and unticked b.
        let stored = merged(set(&["a", "d"]), &set(&["a", "b"]), &set(&["b", "c"]));
        assert_eq!(stored, set(&["c", "d"]));
    }

    #[test]
    fn a_step_of_another_upgrade_path_is_another_step() {
        let mut path = Path { from: Some("3.4.0".into()), to: "4.0.2".into(), mode: None, detected: vec![] };
        let one = key(&path, "upgrade-brokers");
        path.to = "4.1.0".into();
        assert_ne!(one, key(&path, "upgrade-brokers"));
        path.mode = Some(Mode::Kraft);
        assert_eq!(key(&path, "upgrade-brokers"), "3.4.0 kraft 4.1.0 upgrade-brokers");
    }
}
