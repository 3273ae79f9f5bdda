//! A row of tabs: one is selected, arrow keys go along.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{
    AttrValue, Callback, Html, KeyboardEvent, Properties, TargetCast, classes, component, html,
    use_effect_with,
};

/// One tab.
#[derive(Clone, PartialEq)]
pub(crate) struct Tab {
    /// Id of its element; the panel is labelled by it.
    pub(crate) id: AttrValue,
    pub(crate) label: Html,
    pub(crate) selected: bool,
    pub(crate) onselect: Callback<()>,
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) label: AttrValue,
    pub(crate) tabs: Vec<Tab>,
    #[prop_or_default]
    pub(crate) class: AttrValue,
    /// What stands behind the last tab.
    #[prop_or_default]
    pub(crate) children: Html,
}

#[component]
pub(crate) fn Tabs(props: &Props) -> Html {
    let selected = props.tabs.iter().find(|tab| tab.selected).map(|tab| tab.id.clone());
    use_effect_with(selected, |selected| {
        let tab = selected.as_deref().and_then(|id| gloo::utils::document().get_element_by_id(id));
        let tab = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
        // Only the row scrolls, never the page.
        if let Some((tab, row)) = tab.and_then(|tab| Some((tab.clone(), tab.parent_element()?))) {
            let top = tab.offset_top()
                - row
                    .first_element_child()
                    .and_then(|first| first.dyn_into::<HtmlElement>().ok())
                    .map_or(0, |first| first.offset_top());
            row.set_scroll_top(top - tab.offset_height());
        }
    });
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let Some(tab) = event.target_dyn_into::<HtmlElement>() else { return };
        let beside = match event.key().as_str() {
            "ArrowRight" => tab.next_element_sibling(),
            "ArrowLeft" => tab.previous_element_sibling(),
            _ => return,
        };
        event.prevent_default();
        if let Some(beside) = beside.and_then(|beside| beside.dyn_into::<HtmlElement>().ok()) {
            // A tab that cannot take the focus cannot be seen either.
            let _ = beside.focus();
            beside.click();
        }
    });
    html! {
        <div class="tabs-row">
            <div class={classes!("tabs", props.class.clone())} role="tablist" aria-label={props.label.clone()} {onkeydown}>
                { for props.tabs.iter().map(|tab| {
                    let onclick = tab.onselect.reform(|_| ());
                    html! {
                        <button key={tab.id.to_string()} id={tab.id.clone()} role="tab" {onclick}
                            aria-selected={tab.selected.to_string()} tabindex={if tab.selected { "0" } else { "-1" }}>
                            {tab.label.clone()}
                        </button>
                    }
                }) }
            </div>
            {props.children.clone()}
        </div>
    }
}
