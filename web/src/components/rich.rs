//! Sentences with `code` in them. Text nodes only; nothing is ever read as markup.

use yew::{AttrValue, Html, Properties, component, html};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) text: AttrValue,
}

/// The text, what stands between backticks as code.
#[component]
pub(crate) fn Rich(props: &Props) -> Html {
    let pieces = props.text.split('`').enumerate();
    pieces
        .map(|(at, piece)| {
            if at % 2 == 0 {
                html! { {piece} }
            } else {
                html! { <code>{piece}</code> }
            }
        })
        .collect()
}
