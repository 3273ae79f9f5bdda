//! Fields without a form around them.

use yew::Callback;
use yew::events::KeyboardEvent;

/// What a form would do on its own.
pub(crate) fn on_enter(action: &Callback<()>) -> Callback<KeyboardEvent> {
    let action = action.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            action.emit(());
        }
    })
}
