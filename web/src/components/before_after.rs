//! What the fix of one finding changes, before and after beside each other.

use std::rc::Rc;

use yew::{Html, html};

use crate::diff::{self, Row};
use crate::state::Preview;
use crate::texts::findings as texts;

/// The class and the text of a row on one side, where there is one.
type Side = fn(&Row) -> Option<(&'static str, &Rc<str>)>;

/// Both sides of the first lines that the fix changes.
pub(crate) fn before_after(preview: &Preview) -> Html {
    let rows = diff::rows(&preview.before, &preview.after);
    let first = rows.iter().find_map(|row| match row {
        Row::Changed(Some((line, _)), _) | Row::Changed(None, Some((line, _))) => Some(preview.above + line),
        _ => None,
    });
    let side = |label: &'static str, of: Side| {
        html! { <pre tabindex="0" aria-label={label}>{ for rows.iter().filter_map(of).map(|(class, line)| html! { <span {class}>{&**line}</span> }) }</pre> }
    };
    html! {
        <figure class="ba two">
            <figcaption><code>{&preview.path}</code><span>{texts::before_after(first)}</span></figcaption>
            { side(texts::BEFORE, |row| match row {
                Row::Same(.., line) => Some(("", line)),
                Row::Changed(old, _) => old.as_ref().map(|(_, line)| ("old", line)),
                Row::Gap(_) => None,
            }) }
            { side(texts::AFTER, |row| match row {
                Row::Same(.., line) => Some(("", line)),
                Row::Changed(_, new) => new.as_ref().map(|(_, line)| ("new", line)),
                Row::Gap(_) => None,
            }) }
        </figure>
    }
}
