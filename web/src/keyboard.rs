//! What keys do while the reader is not typing.

use crate::state::{Action, Dialog, State};

/// Keys with what they do, as the list of keys shows them.
pub(crate) const KEYS: &[(&str, &str)] = &[
    ("j", "next finding"),
    ("k", "previous finding"),
    (".", "apply the fix of the open finding"),
    ("/", "search Kafka's keys"),
    ("?", "this list"),
    ("Esc", "close what is open"),
];

/// What a key does now; `None`: nothing.
pub(crate) fn action(key: &str, state: &State) -> Option<Action> {
    match key {
        "j" => Some(Action::Step(1)),
        "k" => Some(Action::Step(-1)),
        "." => {
            let finding = state.findings().get(state.selected?)?;
            Some(Action::Apply(finding.path.clone()?.into(), vec![finding.fix.clone()?]))
        }
        "?" => Some(Action::SetDialog(Some(Dialog::Keyboard))),
        "Escape" => state.selected.map(|_| Action::Select(None)),
        _ => None,
    }
}
