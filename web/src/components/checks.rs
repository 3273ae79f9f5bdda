//! Every check and its outcome, so that a check without findings differs from one that did not run.

use kafka_upgrade_report::{Check, CheckOutcome};
use yew::{Html, html};

use crate::texts::{self, verdict as words};

/// Those that ran, then the others.
pub(crate) fn checks(checks: &[Check]) -> Html {
    let of = |outcome: CheckOutcome| checks.iter().filter(move |check| check.outcome == outcome);
    let rest: Vec<_> = of(CheckOutcome::DidNotApply).chain(of(CheckOutcome::SwitchedOff)).collect();
    html! {
        <section class="panel checks" aria-labelledby="ran">
            <h2 id="ran">{texts::ran(of(CheckOutcome::Ran).count())}</h2>
            <ul>
                { for of(CheckOutcome::Ran).map(|check| html! {
                    <li><code>{check.id.to_string()}</code><span>{ found(check.findings) }</span></li>
                }) }
            </ul>
            <details>
                <summary>{words::did_not_apply(rest.len())}</summary>
                <ul>{ for rest.iter().map(|check| html! { <li><code>{check.id.to_string()}</code></li> }) }</ul>
            </details>
        </section>
    }
}

fn found(number: u32) -> String {
    if number == 0 { words::FOUND_NOTHING.into() } else { texts::findings(number as usize) }
}
