//! Topics: creation refuses names that it does not know, and a compaction lag out of order.

use super::pairs::{self, Pair};
use super::view::View;

const LAGS: &[Pair] = &[Pair {
    low: "min.compaction.lag.ms",
    high: "max.compaction.lag.ms",
    names_low: true,
    strict: false,
    since: (2, 3),
}];

pub(crate) fn check(view: &mut View<'_>) {
    pairs::check(view, LAGS);
}

/// Names that nothing at the release knows; Kafka looks at names before values.
pub(crate) fn unknown_names(view: &mut View<'_>, what: &str) {
    let settings = view.settings;
    for entry in settings.iter().filter(|entry| view_lacks(view, entry.key)).collect::<Vec<_>>() {
        view.refuse(entry.key, "unknown-name", format!("{} has no {what} key of that name.", view.release));
    }
}

fn view_lacks(view: &View<'_>, key: &str) -> bool {
    view.definition(key).is_none()
}
