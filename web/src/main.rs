//! Starts the page.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Remembers what was typed before the shell was there, whose place it takes.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = takeOver)]
    fn take_over();
}

fn main() {
    take_over();
    match gloo::utils::document().get_element_by_id("page") {
        Some(root) => yew::Renderer::<web::App>::with_root(root).render(),
        None => yew::Renderer::<web::App>::new().render(),
    };
}
