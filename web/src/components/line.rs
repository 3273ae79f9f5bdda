//! One line under the reader's text: its number, its sign, its marks, and the note that is open in it.

use yew::{Callback, Html, Properties, classes, component, html};

use crate::mirror::Line;
use crate::state::Action;
use crate::texts::findings as words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// 1-based.
    pub(crate) number: usize,
    pub(crate) line: Line,
    /// The open note, where it is one of this line.
    #[prop_or_default]
    pub(crate) note: Option<Html>,
    /// Index of the finding whose note is open anywhere.
    pub(crate) selected: Option<usize>,
    pub(crate) send: Callback<Action>,
}

#[component]
pub(crate) fn LineView(props: &Props) -> Html {
    let Line { pieces, sign, comment } = &props.line;
    let open = props.note.is_some();
    let worst = sign.map(|(_, severity)| severity.name());
    let sign = sign.map(|(at, severity)| {
        let open = props.selected == Some(at);
        let onclick = props.send.reform(move |_| Action::Select((!open).then_some(at)));
        let label = words::in_line(props.number, severity.happens());
        // Not a stop of the Tab key: hundreds of them would stand before the text. The list leads here as well.
        html! {
            <button class={classes!("sign", severity.name())} tabindex="-1" {onclick} aria-label={label} aria-expanded={open.to_string()}>
                {severity.sign()}
            </button>
        }
    });
    html! {
        <div class={classes!("line", open.then_some(worst).flatten(), open.then_some("open"))} id={format!("line-{}", props.number)}>
            <span class="gutter"><span class="no">{props.number}</span>{sign}</span>
            <span class={classes!("words", comment.then_some("comment"))}>
                { for pieces.iter().map(|piece| match piece.mark {
                    Some(severity) => html! { <span class={classes!("mark", severity.name())}>{&piece.text}</span> },
                    None => html! { {&piece.text} },
                }) }
            </span>
            { props.note.clone() }
        </div>
    }
}
