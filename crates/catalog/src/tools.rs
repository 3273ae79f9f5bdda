//! Kafka's command line tools and their options, as their own help lists them.
//!
//! A tool whose script takes no options, or whose help could not be had, is not here.

use crate::members::Life;
use crate::tables::{OptionRow, TOOLS};

/// Whether some release has a tool of that name, without `.sh`: `kafka-topics`.
#[must_use]
pub fn is_tool(name: &str) -> bool {
    place(name).is_some()
}

/// In which releases the tool is there.
#[must_use]
pub fn tool(name: &str) -> Option<Life> {
    place(name).map(|(_, own, _)| life(own))
}

/// Every tool, sorted by name.
pub fn tools() -> impl Iterator<Item = (&'static str, Life)> {
    TOOLS.iter().map(|(name, own, _)| (*name, life(own)))
}

/// Options of a tool in any release, with their dashes, sorted.
pub fn options(tool: &str) -> impl Iterator<Item = (&'static str, Life)> {
    let options = place(tool).map(|(.., options)| *options).unwrap_or_default();
    options.iter().map(|row| (row.name, life(row)))
}

fn place(name: &str) -> Option<&'static (&'static str, OptionRow, &'static [OptionRow])> {
    let at = TOOLS.binary_search_by(|(known, ..)| str::cmp(known, name)).ok()?;
    TOOLS.get(at)
}

fn life(row: &OptionRow) -> Life {
    crate::members::life(row.first, row.last, None, row.deprecated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Release;

    #[test]
    fn an_added_or_removed_option_has_the_releases_whose_tool_listed_it() {
        let life = |tool, name| options(tool).find(|(option, _)| *option == name).map(|(_, life)| life);
        let ends = |tool, name| life(tool, name).map(|life| (life.first, life.last));
        assert_eq!(ends("kafka-topics", "--zookeeper"), Some((Release::new(2, 0, 1), Release::new(2, 8, 2))));
        assert_eq!(
            ends("kafka-console-consumer", "--whitelist"),
            Some((Release::new(2, 0, 1), Release::new(3, 9, 2)))
        );
        let property = life("kafka-console-consumer", "--property");
        assert_eq!(property.and_then(|life| life.deprecated), Some(Release::new(4, 2, 0)));
        assert_eq!(tool("kafka-mirror-maker").map(|life| life.last), Some(Release::new(3, 9, 2)));
        assert!(is_tool("kafka-topics") && !is_tool("kafka-topic"));
    }

    #[test]
    fn names_are_sorted_and_no_option_outlives_its_tool() {
        assert!(TOOLS.is_sorted_by_key(|(name, ..)| *name));
        for (name, own) in tools() {
            assert!(
                options(name).all(|(_, life)| own.first <= life.first && life.last <= own.last),
                "{name}"
            );
        }
    }
}
