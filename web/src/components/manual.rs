//! What no file can show.

use yew::{Html, Properties, component, html};

use crate::components::rich::Rich;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) sentences: Vec<String>,
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
                        <p><Rich text={rest.to_owned()} /></p>
                    </li>
                }
            }) }
        </ul>
    }
}
