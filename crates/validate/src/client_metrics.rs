//! Client metrics subscriptions: an interval and patterns of clients.

use super::fault::quote;
use super::view::View;
use super::{number, regex};

const PARAMETERS: [&str; 6] = [
    "client_instance_id",
    "client_id",
    "client_software_name",
    "client_software_version",
    "client_source_address",
    "client_source_port",
];

pub(crate) fn check(view: &mut View<'_>) {
    let interval = "interval.ms";
    // To 3.9 the value is not trimmed before it is read.
    let raw = view.entry(interval).map(|entry| entry.value);
    if !view.since(4, 0) && raw.is_some_and(|raw| raw != number::trim(raw)) && !view.is_refused(interval) {
        view.refuse(interval, "refused-type", "The number must not have blanks around it.");
    } else if let Some(number) = raw
        .and_then(|_| view.whole(interval))
        .filter(|number| !(100..=3_600_000).contains(number) && !view.is_refused(interval))
    {
        let message = format!("{number} ms has to be from 100 ms to 3600000 ms, which is an hour.");
        view.refuse(interval, "refused-range", message);
    }
    patterns(view);
}

/// Each pattern is `parameter=regular expression`.
fn patterns(view: &mut View<'_>) {
    let key = "match";
    let Some(raw) = view.entry(key).map(|entry| entry.value) else { return };
    if view.is_refused(key) {
        return;
    }
    let is_pattern = |pattern: &str| {
        // Java's split drops what is empty at the end.
        pattern.trim_end_matches('=').split_once('=').is_some_and(|(name, expression)| {
            PARAMETERS.contains(&number::trim(name))
                && !expression.contains('=')
                && regex::is_valid(number::trim(expression))
        })
    };
    let wrong = if view.since(4, 0) {
        view.list(key).find(|pattern| !is_pattern(pattern))
    } else {
        let cut = raw.trim_end_matches(',');
        if cut.is_empty() && !raw.is_empty() {
            None
        } else {
            cut.split(',').find(|pattern| !is_pattern(pattern))
        }
    };
    if let Some(pattern) = wrong {
        let names = PARAMETERS.join(", ");
        view.refuse(
            key,
            "refused-value",
            format!("{} is no pattern `parameter=regex` of: {names}.", quote(pattern)),
        );
    }
}
