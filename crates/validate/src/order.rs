//! The order in which a component defines its keys, which is the order in which Kafka reads them.
//!
//! It decides which of several refused values Kafka would name, and is asked only then. `order.txt` was written from
//! the releases' own `ConfigDef`s: a line with component and first release, its keys in order, an empty line; a
//! component has a second part where a release put its keys in another order. Older releases are answered from the
//! oldest part.

use kafka_upgrade_catalog::{Component, Release};

const ORDER: &str = include_str!("order.txt");

/// Place of a key among its component's; keys that are not listed come last.
pub(crate) fn place(component: Component, key: &str, release: Release) -> usize {
    let mut parts = ORDER.split("\n\n").filter_map(|part| {
        let (head, keys) = part.split_once('\n')?;
        let (name, since) = head.split_once(' ')?;
        (name == component.name()).then_some((since.parse::<Release>().ok()?, keys))
    });
    let Some(oldest) = parts.next() else { return usize::MAX };
    let keys = parts.take_while(|(since, _)| *since <= release).last().unwrap_or(oldest).1;
    keys.lines().position(|line| line == key).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_release() {
        let place = |key, release| place(Component::BROKER, key, release);
        let newest = Release::new(4, 4, 0);
        assert!(place("broker.id", newest) < place("node.id", newest));
        assert_eq!(place("no.such.key", newest), usize::MAX);
        assert!(place("zookeeper.connect", Release::new(2, 8, 2)) < usize::MAX);
    }
}
