//! What keys do while the reader is not typing.

use crate::state::{Action, Dialog, State};

/// What a key does now; `None`: nothing. Nothing at all while a dialog is open, whose keys they then are.
pub(crate) fn action(key: &str, state: &State) -> Option<Action> {
    if state.dialog.is_some() || (!state.shortcuts && key != "Escape") {
        return None;
    }
    match key {
        "j" => Some(Action::Step(1)),
        "k" => Some(Action::Step(-1)),
        "." => {
            let finding = state.findings().get(state.selected?)?;
            let fixes = crate::state::fixes(finding);
            (!fixes.is_empty()).then_some(Action::Apply(fixes))
        }
        "u" if !state.history.is_empty() => Some(Action::Undo),
        "?" => Some(Action::SetDialog(Some(Dialog::Keyboard))),
        "Escape" => state.selected.map(|_| Action::Select(None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_anything_behind_a_dialog_or_when_keys_are_switched_off() {
        let mut state = State::new();
        assert!(action("j", &state).is_some() && action("x", &state).is_none());
        state.shortcuts = false;
        assert!(action("j", &state).is_none() && action("?", &state).is_none());
        state.shortcuts = true;
        for (key, _) in crate::texts::dialogs::KEYS {
            state.dialog = Some(Dialog::Export);
            assert!(action(key, &state).is_none(), "{key}");
        }
    }
}
