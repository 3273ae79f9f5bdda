//! Links into the static reference. It lies beside a hosted page; the one file has the page's own lists alone.

use yew::{Html, html};

/// Whether this is the one file, which has nothing beside it: `xtask` marks it.
pub(crate) fn is_alone() -> bool {
    gloo::utils::document_element().has_attribute("data-alone")
}

/// A KIP by its number, anything else by its whole title.
pub(crate) fn kip(title: &str) -> String {
    match title.split_once(':') {
        Some((kip, _)) if kip.starts_with("KIP-") => kip.to_owned(),
        _ => title.to_owned(),
    }
}

/// A link to a page of the reference by its folder (`rules`, `failures`, `keys`, `releases`, `kips`) and name; nothing
/// in the one file. It opens beside the page, which has the reader's texts.
pub(crate) fn reference(folder: &str, name: &str, words: &str) -> Html {
    if is_alone() {
        return html! {};
    }
    html! { <a class="beside" href={format!("reference/{folder}/{name}.html")} target="_blank" rel="noopener">{words.to_owned()}</a> }
}
