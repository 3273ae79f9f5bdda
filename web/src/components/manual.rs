//! What no file can show.

use yew::{Html, Properties, component, html};

use crate::components::rich::Rich;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) sentences: Vec<String>,
}

/// What stands behind a heading begins as a sentence does; names stand in backticks.
fn sentence_of(rest: &str) -> String {
    let mut signs = rest.chars();
    signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect()
}

#[component]
pub(crate) fn Manual(props: &Props) -> Html {
    html! {
        <ul class="manual">
            { for props.sentences.iter().map(|sentence| {
                let (head, rest) = sentence.split_once(": ").unwrap_or(("", sentence));
                html! {
                    <li>
                        if !head.is_empty() { <h3><Rich text={head.to_owned()} /></h3> }
                        <p><Rich text={sentence_of(rest)} /></p>
                    </li>
                }
            }) }
        </ul>
    }
}
