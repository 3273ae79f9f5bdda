//! What no file can show, as a list to tick.

use std::collections::BTreeSet;

use yew::{AttrValue, Callback, Html, html};

use crate::components::rich::rich;
use crate::state::Action;
use crate::texts::plan as words;

/// What stands behind a heading begins as a sentence does; names stand in backticks.
fn sentence_of(rest: &str) -> String {
    let mut signs = rest.chars();
    signs.next().map(kafka_upgrade_sorted::case::upper).into_iter().chain(signs).collect()
}

/// Names a sentence among the ticks, by its heading: the rest may name files.
fn key(sentence: &str) -> AttrValue {
    format!("by hand: {}", sentence.split(':').next().unwrap_or_default()).into()
}

/// The list.
pub(crate) fn manual(sentences: &[String], ticked: &BTreeSet<AttrValue>, send: &Callback<Action>) -> Html {
    html! {
        <section class="panel fs cards" aria-labelledby="by-hand">
            <div class="sec"><h2 id="by-hand">{words::BY_HAND}</h2></div>
            <ul class="manual">
                { for sentences.iter().enumerate().map(|(at, sentence)| {
                    let (head, rest) = sentence.split_once(": ").unwrap_or(("", sentence));
                    let (key, id) = (key(sentence), format!("manual-{at}"));
                    let done = ticked.contains(&key);
                    let onchange = send.reform(move |_| Action::Tick(key.clone()));
                    html! {
                        <li class="f">
                            <input type="checkbox" id={id.clone()} checked={done} {onchange} />
                            <div>
                                if head.is_empty() {
                                    <p><label for={id}>{ rich(&sentence_of(rest)) }</label></p>
                                } else {
                                    <h3><label for={id}>{ rich(head) }</label></h3>
                                    <p>{ rich(&sentence_of(rest)) }</p>
                                }
                            </div>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
