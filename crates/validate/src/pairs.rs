//! Relations of the plainest form: one number must not be above (or must be below) another.
//!
//! Kafka writes each as a line of code; here they are data. A relation holds where the release defines both keys.

use super::view::View;

/// `low` has to be at most `high`; with `strict`, below it.
pub(crate) struct Pair {
    /// The key that has to be the smaller one.
    pub(crate) low: &'static str,
    /// The key that has to be the larger one.
    pub(crate) high: &'static str,
    /// Which of the two Kafka names: the low one when true.
    pub(crate) names_low: bool,
    /// Equal is refused as well.
    pub(crate) strict: bool,
    /// First release of the relation: major and minor.
    pub(crate) since: (u8, u8),
}

/// Refuses each pair that is out of order, in the order given.
pub(crate) fn check(view: &mut View<'_>, pairs: &[Pair]) {
    for pair in pairs {
        let Some((low, high)) = view.pair(pair.low, pair.high) else { continue };
        if !view.since(pair.since.0, pair.since.1) {
            continue;
        }
        if low < high || (low == high && !pair.strict) {
            continue;
        }
        let (key, value, other, bound) =
            if pair.names_low { (pair.low, low, pair.high, high) } else { (pair.high, high, pair.low, low) };
        let relation = match (pair.names_low, pair.strict) {
            (true, true) => "below",
            (true, false) => "at most",
            (false, true) => "above",
            (false, false) => "at least",
        };
        let cause = if view.has(key) { key } else { other };
        view.refuse_for(
            key,
            cause,
            "refused-relation",
            format!("{value} has to be {relation} `{other}` ({bound})."),
        );
    }
}
