//! A copy of the texts outside of the shell: for the case that it fails, and for a reader who wants them kept.
//!
//! What is *not* here: whether and where they are kept, which `keep.js` decides. Invariant: what is on the page is there
//! soon after each change, and what was closed is not.

use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use kafka_upgrade_protocol::Encoding;
use kafka_upgrade_report::Mode;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::{AttrValue, UseReducerHandle, use_effect_with, use_mut_ref};

use crate::core::LATIN1;
use crate::state::State;
use crate::ticks::is_compared;

/// Milliseconds after the first change; a text is long to copy.
const SOON: u32 = 300;

#[wasm_bindgen]
extern "C" {
    /// A text that is new or changed.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = keepFile)]
    fn keep_file(path: &str, text: &str, component: &str, encoding: &str);
    /// Which paths there are, with NULs between them, and what is set, a line each: name, tab, value.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = keepRest)]
    fn keep_rest(paths: &str, settings: &str);
}

type Copied = (Rc<str>, Option<AttrValue>);

/// Copies what changed, after each change.
#[yew::hook]
pub(crate) fn use_keep(state: &UseReducerHandle<State>) {
    let latest = use_mut_ref(|| state.clone());
    latest.replace(state.clone());
    let copied = use_mut_ref(BTreeMap::<AttrValue, Copied>::new);
    let waiting = use_mut_ref(|| None::<Timeout>);
    let ticks = state.ticked.iter().filter(|tick| is_compared(tick)).count();
    use_effect_with((state.revision, ticks), move |(revision, ticks)| {
        // A timer that runs is not begun anew: who types without a pause is kept as well.
        if (*revision == 0 && *ticks == 0) || waiting.borrow().is_some() {
            return;
        }
        let ended = waiting.clone();
        let timer = Timeout::new(SOON, move || {
            ended.borrow_mut().take();
            copy(&latest.borrow(), &mut copied.borrow_mut());
        });
        waiting.replace(Some(timer));
    });
}

fn copy(state: &State, copied: &mut BTreeMap<AttrValue, Copied>) {
    copied.retain(|path, _| state.files.iter().any(|file| file.path == *path));
    for file in &state.files {
        let same = |(text, component): &Copied| Rc::ptr_eq(text, &file.text) && *component == file.component;
        if !copied.get(&file.path).is_some_and(same) {
            let encoding = if file.encoding == Encoding::Latin1 { LATIN1 } else { "" };
            keep_file(&file.path, &file.text, file.component.as_deref().unwrap_or_default(), encoding);
            copied.insert(file.path.clone(), (Rc::clone(&file.text), file.component.clone()));
        }
    }
    let paths: Vec<&str> = state.files.iter().map(|file| &*file.path).collect();
    keep_rest(&paths.join("\0"), &settings(state));
}

fn settings(state: &State) -> String {
    let mode = state.mode.map(Mode::name);
    let mut lines = String::new();
    let set = [
        ("from", state.from.as_deref()),
        ("to", state.to.as_deref()),
        ("mode", mode),
        ("platform", state.platform.as_deref()),
    ];
    for (name, value) in set {
        if let Some(value) = value {
            lines += &format!("{name}\t{value}\n");
        }
    }
    for thing in &state.have {
        lines += &format!("have\t{}\n", thing.text);
    }
    for tick in state.ticked.iter().filter(|tick| is_compared(tick)) {
        lines += &format!("tick\t{tick}\n");
    }
    lines
}
