//! Texts that the reader takes along: to the clipboard, or as a file. Both stay in the browser.

use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, HtmlAnchorElement, HtmlDocument, HtmlElement, HtmlTextAreaElement};

#[wasm_bindgen]
extern "C" {
    /// Shows a text in an element, selected, to be copied by hand.
    #[wasm_bindgen(js_namespace = kafkaUpgradeShare, js_name = hold)]
    fn hold(text: &str, beside: &Element);
}

/// How long a file stays offered to a browser that asks where to save it, in milliseconds.
const OFFERED: u32 = 60_000;

/// Copies a text; whether the browser did. Where it did not, the text is there to be copied by hand.
pub(crate) fn copy(text: &str) -> bool {
    let document = gloo::utils::document();
    let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    // Next to the focused element: while a dialog is open, nothing outside of it can take the focus.
    let beside = focused.as_ref().and_then(|element| element.parent_element());
    let Some(beside) = beside.or_else(|| document.body().map(JsCast::unchecked_into)) else { return false };
    let Some(area) = element::<HtmlTextAreaElement>("textarea") else { return false };
    area.set_class_name("visually-hidden");
    area.set_value(text);
    let copied = beside.append_child(&area).is_ok() && {
        area.select();
        document.unchecked_ref::<HtmlDocument>().exec_command("copy") == Ok(true)
    };
    area.remove();
    if !copied {
        hold(text, &beside);
    } else if let Some(focused) = focused {
        // The button that was pressed has had the focus a moment ago.
        let _ = focused.focus();
    }
    copied
}

/// Offers a text as a file of that name.
pub(crate) fn download(name: &str, kind: &str, text: &str) {
    download_bytes(name, kind, text.as_bytes());
}

/// Offers bytes as a file of that name.
pub(crate) fn download_bytes(name: &str, kind: &str, bytes: &[u8]) {
    let address = ObjectUrl::from(Blob::new_with_options(bytes, Some(kind)));
    let Some(link) = element::<HtmlAnchorElement>("a") else { return };
    #[expect(clippy::disallowed_methods, reason = "the address of a blob, which stays in the browser")]
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Timeout::new(OFFERED, move || drop(address)).forget();
}

fn element<T: JsCast>(name: &str) -> Option<T> {
    gloo::utils::document().create_element(name).ok()?.dyn_into().ok()
}
