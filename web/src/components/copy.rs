//! A button that copies a text and confirms it.

use gloo::timers::callback::Timeout;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with, use_state_eq};

use crate::{take, texts};

/// How long it shows that, in milliseconds.
const CONFIRMED_MS: u32 = 2_000;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) text: AttrValue,
    /// What is copied, after the word “Copy”.
    #[prop_or_default]
    pub(crate) what: AttrValue,
    #[prop_or(AttrValue::Static("btn copy"))]
    pub(crate) class: AttrValue,
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
    /// Takes the focus when what it is in opens.
    #[prop_or_default]
    pub(crate) autofocus: bool,
}

#[component]
pub(crate) fn Copy(props: &Props) -> Html {
    let done = use_state_eq(|| None::<bool>);
    let onclick = {
        let (done, text) = (done.clone(), props.text.clone());
        Callback::from(move |_| done.set(Some(take::copy(&text))))
    };
    use_effect_with(*done, {
        let done = done.clone();
        move |copied| {
            let back = copied.map(|_| Timeout::new(CONFIRMED_MS, move || done.set(None)));
            move || drop(back)
        }
    });
    let word = match *done {
        None => texts::copy(&props.what),
        Some(true) => texts::COPIED.to_owned(),
        Some(false) => texts::NOT_COPIED.to_owned(),
    };
    html! {
        <button type="button" id={props.id.clone()} autofocus={props.autofocus} class={props.class.clone()} {onclick} aria-live="polite">{word}</button>
    }
}
