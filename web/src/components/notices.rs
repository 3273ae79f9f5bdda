//! What is to be known about the files beside the answer: one line for all of it, which opens to one line each.

use yew::{AttrValue, Callback, Html, Properties, component, html, use_state_eq};

use crate::components::rich::rich;
use crate::state::Action;
use crate::texts::frame as words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// One sentence each.
    pub(crate) notices: Vec<AttrValue>,
    /// Paths of files that are not Kafka's.
    pub(crate) strangers: Vec<AttrValue>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn Notices(props: &Props) -> Html {
    let open = use_state_eq(|| false);
    let strangers = props.strangers.iter().map(|path| AttrValue::from(words::not_kafka(path)));
    let all: Vec<AttrValue> = props.notices.iter().cloned().chain(strangers).collect();
    let Some(first) = all.first().cloned() else { return html! { <div role="status" /> } };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    let dismiss = props.send.reform(|_| Action::DismissNotices);
    let hide = (!props.notices.is_empty())
        .then(|| html! { <button id="hide-notices" class="link" onclick={dismiss}>{words::HIDE}</button> });
    html! {
        <div class="notices" role="status">
            <div class="line-of">
                <span class="warning" aria-hidden="true">{"▲"}</span>
                <span class="first">{ rich(&first) }if all.len() > 1 { {words::and_more(all.len() - 1)} }</span>
                if all.len() > 1 { <button id="show-notices" class="link" onclick={toggle} aria-expanded={open.to_string()}>{ if *open { words::FOLD } else { words::SHOW } }</button> }
                {hide}
            </div>
            if *open { <ul>{ for all.into_iter().skip(1).map(|notice| html! { <li>{ rich(&notice) }</li> }) }</ul> }
        </div>
    }
}
