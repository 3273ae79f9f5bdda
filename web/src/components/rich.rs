//! Sentences with `code` in them. Text nodes only; nothing is ever read as markup.

use yew::{Html, html};

/// The text, what stands between backticks as code.
pub(crate) fn rich(text: &str) -> Html {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(at, piece)| {
            if at % 2 == 0 {
                html! { {piece} }
            } else {
                html! { <code>{ code(piece) }</code> }
            }
        })
        .collect()
}

/// This many characters fit side by side where the page is narrowest.
const SHORT: usize = 23;

/// Code that breaks between its words and, where those are long, after dots; at its hyphens an option would.
pub(crate) fn code(text: &str) -> Html {
    let words = text.split(' ').enumerate();
    words
        .map(|(at, word)| {
            let space = if at > 0 { " " } else { "" };
            if word.len() <= SHORT {
                html! { <>{space}<span class="word">{word}</span></> }
            } else {
                html! { <>{space}{breakable(word)}</> }
            }
        })
        .collect()
}

/// A name that breaks after its dots where it has to break.
pub(crate) fn breakable(name: &str) -> Html {
    let parts = name.split_inclusive('.').enumerate();
    parts
        .map(|(at, part)| {
            if at > 0 {
                html! { <><wbr />{part}</> }
            } else {
                html! { {part} }
            }
        })
        .collect()
}
