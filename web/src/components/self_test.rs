//! The promise tested: the page tries each kind of request that a page can send, and shows the outcome.

use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::{Callback, Html, component, html, use_mut_ref, use_state, use_state_eq};

use crate::texts::dialogs as words;

#[wasm_bindgen]
extern "C" {
    /// Tries one kind of request after the other; calls `tried` with each and whether the browser refused it, and at the end with an empty name.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = tryToSend)]
    fn try_to_send(tried: &Closure<dyn FnMut(String, bool)>);
}

#[component]
pub(crate) fn SelfTest() -> Html {
    let results = use_state(Vec::<(String, bool)>::new);
    let running = use_state_eq(|| false);
    let ear = use_mut_ref(|| None::<Closure<dyn FnMut(String, bool)>>);
    let onclick = {
        let (results, running) = (results.clone(), running.clone());
        Callback::from(move |_| {
            results.set(Vec::new());
            running.set(true);
            let (results, running) = (results.clone(), running.clone());
            let mut all = Vec::new();
            let tried = Closure::new(move |what: String, refused: bool| {
                if what.is_empty() {
                    running.set(false);
                } else {
                    all.push((what, refused));
                    results.set(all.clone());
                }
            });
            try_to_send(&tried);
            // The one before has been called for the last time, or is not wanted any more.
            ear.replace(Some(tried));
        })
    };
    let refused = results.iter().filter(|(_, refused)| *refused).count();
    html! {
        <div class="self-test">
            <button id="self-test" class="btn" {onclick} disabled={*running}>{ if *running { words::TRYING } else { words::TRY } }</button>
            <output aria-live="polite">
                if !results.is_empty() && !*running {
                    <p class={if refused == results.len() { "ok" } else { "error" }}>{words::tried(refused, results.len())}</p>
                }
            </output>
            <ul>
                { for results.iter().map(|(what, refused)| {
                    let (class, word) = if *refused { ("ok", words::REFUSED) } else { ("error", words::NOT_REFUSED) };
                    html! { <li><span>{what}</span><b {class}>{word}</b></li> }
                }) }
            </ul>
        </div>
    }
}
