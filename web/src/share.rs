//! What a link holds of the page, and what becomes of a link that was opened.
//!
//! `share.js` packs and unpacks; see there for the order of the fields. Invariants: what a link holds is text of somebody
//! else and nothing more; a release that is not known here is refused in words.

use kafka_upgrade_protocol::Encoding;
use kafka_upgrade_report::Mode;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::{AttrValue, Callback, UseReducerHandle, use_effect_with};

use crate::state::{Action, Incoming, State};
use crate::texts::frame as texts;

#[wasm_bindgen]
extern "C" {
    /// Calls `then` with the fields of a link that was or is opened; a single field explains why it was not read.
    #[wasm_bindgen(js_namespace = kafkaUpgradeShare, js_name = received)]
    fn received(then: &Closure<dyn FnMut(Vec<String>)>);
}

/// What is on the page as texts: target, release, mode, what runs; then path, component, encoding and text of each file.
pub(crate) fn fields(state: &State) -> Vec<String> {
    let text = |value: &Option<AttrValue>| value.as_ref().map(AttrValue::to_string).unwrap_or_default();
    let mode = state.mode.map_or("", Mode::name);
    let have: Vec<&str> = state.have.iter().map(|thing| thing.text.as_str()).collect();
    let mut fields = vec![state.target().to_string(), text(&state.from), mode.to_owned(), have.join("\n")];
    for file in &state.files {
        let encoding = if file.encoding == Encoding::Latin1 { "latin1" } else { "" };
        fields.extend([
            file.path.to_string(),
            text(&file.component),
            encoding.to_owned(),
            file.text.to_string(),
        ]);
    }
    fields
}

/// What is to be done where a link with these fields was opened; `known` are the releases that can be named.
fn actions(fields: Vec<String>, known: &[(String, String)]) -> Vec<Action> {
    let mut fields = fields.into_iter();
    let mut next = || fields.next().unwrap_or_default();
    let (to, from, mode, have) = (next(), next(), next(), next());
    let mut actions = vec![Action::Clear];
    let mut release = |name: String, unknown: fn(&str) -> String| {
        if name.is_empty() {
            return None;
        }
        let is_known = known.iter().any(|(release, _)| *release == name);
        if !is_known {
            actions.push(Action::Notice(unknown(&name)));
        }
        is_known.then(|| AttrValue::from(name))
    };
    let (to, from) = (release(to, texts::unknown_target), release(from, texts::unknown_source));
    let mode = Mode::parse(&mode);
    let mut files = Vec::new();
    loop {
        let (path, component, encoding, text) = (next(), next(), next(), next());
        if path.is_empty() {
            break;
        }
        files.push(Incoming {
            component: (!component.is_empty()).then(|| component.into()),
            encoding: if encoding == "latin1" { Encoding::Latin1 } else { Encoding::Utf8 },
            ..Incoming::text(&path, text)
        });
    }
    actions.extend([Action::SetTo(to), Action::SetFrom(from), Action::SetMode(mode)]);
    if !files.is_empty() {
        actions.push(Action::Add(files));
    }
    if !have.is_empty() {
        actions.push(Action::Describe(have));
    }
    actions
}

/// Opens what a link holds as soon as the core knows its releases, and every link from then on.
#[yew::hook]
pub(crate) fn use_links(state: &UseReducerHandle<State>, send: &Callback<Action>) {
    let known = state.facts.clone();
    let send = send.clone();
    let ear = yew::use_mut_ref(|| None::<Closure<dyn FnMut(Vec<String>)>>);
    use_effect_with(known, move |known| {
        if known.releases.is_empty() {
            return;
        }
        let known = known.clone();
        let then = Closure::new(move |fields: Vec<String>| match <[String; 1]>::try_from(fields) {
            Ok([why]) => send.emit(Action::Notice(why)),
            Err(fields) => actions(fields, &known.releases).into_iter().for_each(|action| send.emit(action)),
        });
        received(&then);
        ear.replace(Some(then));
    });
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use yew::Reducible;

    fn known() -> Vec<(String, String)> {
        vec![("4.4.0".into(), "newest release".into()), ("3.4.1".into(), String::new())]
    }

    fn opened_on(state: State, fields: Vec<String>) -> Rc<State> {
        actions(fields, &known()).into_iter().fold(Rc::new(state), |state, action| state.reduce(action))
    }

    #[test]
    fn what_a_link_holds_is_what_was_on_the_page() {
        let mut files = vec![Incoming::text("a/server.properties", "broker.id=1\n")];
        files.push(Incoming { encoding: Encoding::Latin1, ..Incoming::text("b", "\u{e9}") });
        let state = Rc::new(State::new()).reduce(Action::Add(files));
        let state =
            state.reduce(Action::SetTo(Some("3.4.1".into()))).reduce(Action::SetMode(Some(Mode::Kraft)));
        let state = state.reduce(Action::SetComponent(2, Some("broker".into())));
        let fields = fields(&state);
        assert_eq!(fields.len(), 12);
        // It takes the place of what was there, which can be undone.
        let other = Rc::new(State::new()).reduce(Action::Add(vec![Incoming::text("x", "y")]));
        let again = opened_on((*other).clone(), fields.clone());
        assert_eq!(super::fields(&again), fields);
        assert_eq!(again.files.len(), 2);
        assert_eq!(again.reduce(Action::Undo).files.len(), 3);
    }

    #[test]
    fn a_strange_link_names_what_it_left_out_and_keeps_the_rest() {
        let fields = ["9.9.9", "<b>", "raft", "", "p", "no-such", "utf-7", "text", "", "", "", "lost"];
        let state = opened_on(State::new(), fields.map(str::to_owned).to_vec());
        assert_eq!((state.to.clone(), state.from.clone(), state.mode), (None, None, None));
        assert_eq!(state.notices.len(), 2);
        assert_eq!(state.files.len(), 1);
    }
}
