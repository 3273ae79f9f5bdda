//! A severity as sign, word and colour, never by colour alone.

use kafka_upgrade_report::Severity;
use yew::{Html, Properties, classes, component, html};

use crate::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) severity: Severity,
}

#[component]
pub(crate) fn Mark(props: &Props) -> Html {
    html! {
        <span class={classes!("tag", words::class(props.severity))}>
            <span aria-hidden="true">{words::sign(props.severity)}</span>{words::severity(props.severity)}
        </span>
    }
}
