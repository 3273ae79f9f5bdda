//! Lists as Kafka splits them.
//!
//! `ConfigDef` splits a trimmed value at `\s*,\s*` and keeps empty items, also the last ones; an empty value is an
//! empty list. `Csv` is the older splitting of brokers' text-typed lists: it drops empty items.

use kafka_upgrade_sorted::Sorted as _;

/// Items of a list-typed value that has been trimmed. Empty items are kept: `a,,b,` has four.
pub(crate) fn items(trimmed: &str) -> impl Iterator<Item = &str> + Clone {
    let mut items = trimmed.split(',');
    if trimmed.is_empty() {
        items.next();
    }
    items.map(|item| {
        item.trim_matches(|character| matches!(character, ' ' | '\t' | '\n' | '\u{b}' | '\x0c' | '\r'))
    })
}

/// Items of a text-typed value that Kafka splits as comma separated values: empty ones are dropped.
pub(crate) fn csv(text: &str) -> impl Iterator<Item = &str> + Clone {
    items(text).filter(|item| !item.is_empty())
}

/// Whether an item comes twice. Short lists are compared in place, long ones sorted.
pub(crate) fn duplicate<'a>(items: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let mut sorted: Vec<&str> = items.collect();
    sorted.order();
    sorted.windows(2).find_map(|pair| match pair {
        [first, second] if first == second => Some(*first),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_items_stay_and_blanks_around_commas_go() {
        assert_eq!(items("").count(), 0);
        assert_eq!(items("a , b,,c,").collect::<Vec<_>>(), ["a", "b", "", "c", ""]);
        assert_eq!(items(",").collect::<Vec<_>>(), ["", ""]);
        assert_eq!(csv(" a,,b ,").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_duplicate_is_found_wherever_it_stands() {
        assert_eq!(duplicate(items("a,b,a")), Some("a"));
        assert_eq!(duplicate(items("a,b,A")), None);
        assert_eq!(duplicate(items("")), None);
    }
}
