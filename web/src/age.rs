//! How old the facts are: the page asks nobody whether there is a newer Kafka, it states its own date.

use js_sys::Date;
use kafka_upgrade_protocol::Facts;

use crate::texts::frame as texts;

/// Kafka has a release about every four months, so facts of that age, in days, lack one or two.
const OLD: f64 = 200.0;

/// What to tell the reader if the facts are old.
pub(crate) fn old(facts: &Facts) -> Option<String> {
    let date = facts.date.as_deref()?;
    sentence(facts.newest(), date, (Date::now() - Date::parse(date)) / 86_400_000.0)
}

fn sentence(newest: &str, date: &str, days: f64) -> Option<String> {
    // A date that cannot be parsed is no number, and no age.
    (days > OLD).then(|| {
        // A fraction would add 4 KB (brotli) to the page, for the code that formats it.
        texts::old(newest, date, (days / 30.4) as u32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_old_when_kafka_has_had_time_for_a_release_or_two() {
        assert_eq!(sentence("4.4.0", "2026-11-20", 199.0), None);
        assert_eq!(sentence("4.4.0", "x", f64::NAN), None);
        let said = sentence("4.4.0", "2026-11-20", 400.0).unwrap();
        assert!(
            said.contains("Kafka up to 4.4.0 and what was released until 2026-11-20, 13 months ago"),
            "{said}"
        );
    }
}
