//! A severity as sign, word and colour, never by colour alone.

use kafka_upgrade_report::Severity;
use yew::{Html, classes, html};

/// The mark of a severity.
pub(crate) fn mark(severity: Severity) -> Html {
    html! {
        <span class={classes!("tag", severity.name())}>
            <span aria-hidden="true">{severity.sign()}</span>{severity.word()}
        </span>
    }
}
