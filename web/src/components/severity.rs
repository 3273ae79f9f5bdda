//! A severity as sign, word and colour, never by colour alone.

use kafka_upgrade_report::Severity;
use yew::{Html, classes, html};

use crate::words;

/// The mark of a severity.
pub(crate) fn mark(severity: Severity) -> Html {
    html! {
        <span class={classes!("tag", severity.name())}>
            <span aria-hidden="true">{words::sign(severity)}</span>{words::severity(severity)}
        </span>
    }
}
