//! Lines under the reader's text: their numbers, signs and marks, and the note that is open in one.

use yew::{Callback, Html, Properties, classes, component, html};

use crate::mirror::Line;
use crate::shared::Shared;
use crate::state::Action;
use crate::texts::findings as words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Number of the first line, from 1.
    pub(crate) first: usize,
    pub(crate) lines: Shared<Vec<Line>>,
    /// The note that is open in one of them.
    pub(crate) open: Option<Open>,
    pub(crate) send: Callback<Action>,
}

/// An open note.
#[derive(Clone, PartialEq)]
pub(crate) struct Open {
    /// Its line, from 1.
    pub(crate) line: usize,
    /// Index of its finding.
    pub(crate) finding: usize,
    pub(crate) note: Html,
}

/// Lines that the browser lays out and paints together: those of other blocks are left as they are.
#[component]
pub(crate) fn BlockView(props: &Props) -> Html {
    html! { <div class="block">{ for props.lines.iter().zip(props.first..).map(|(one, number)| line(one, number, props)) }</div> }
}

fn line(Line { pieces, sign, comment }: &Line, number: usize, props: &Props) -> Html {
    let note = props.open.as_ref().filter(|open| open.line == number);
    let worst = sign.map(|(_, severity)| severity.name());
    let sign = sign.map(|(at, severity)| {
        let open = note.is_some_and(|note| note.finding == at);
        let onclick = props.send.reform(move |_| Action::Select((!open).then_some(at)));
        let label = words::in_line(number, severity.happens());
        // Not a stop of the Tab key: hundreds of them would stand before the text. The list leads here as well.
        html! {
            <button class={classes!("sign", severity.name())} tabindex="-1" {onclick} aria-label={label} aria-expanded={open.to_string()}>
                {severity.sign()}
            </button>
        }
    });
    html! {
        <div class={classes!("line", note.and(worst), note.map(|_| "open"))} id={format!("line-{number}")}>
            <span class="gutter"><span class="no">{number}</span>{sign}</span>
            <span class={classes!("words", comment.then_some("comment"))}>
                { for pieces.iter().map(|piece| match piece.mark {
                    Some(severity) => html! { <span class={classes!("mark", severity.name())}>{&piece.text}</span> },
                    None => html! { {&piece.text} },
                }) }
            </span>
            { note.map(|open| open.note.clone()) }
        </div>
    }
}
