//! The order in which a component defines its keys, which is the one in which Kafka reads them.
//!
//! It decides which of several refused values Kafka names. Source: the releases' own `ConfigDef` objects.

use crate::component::Component;
use crate::configs::{index, rows};
use crate::release::Release;
use crate::releases::recorded;
use crate::tables::{ORDER_KEYS, ORDERS};

/// Position, from 0, at which the component of `release` reads a key; `None` if no recorded order contains it.
/// Positions can only be compared within one release, and have gaps.
#[must_use]
pub fn reading_place(component: Component, key: &str, release: Release) -> Option<usize> {
    let (key, at) = (index(key)?, recorded(release));
    let (place, _) = rows(component);
    let end = ORDERS.partition_point(|(of, first, ..)| (*of, *first) <= (place, at));
    let (of, _, start, end) = ORDERS.get(end.checked_sub(1)?)?;
    let keys = ORDER_KEYS.get(usize::from(*start)..usize::from(*end)).filter(|_| *of == place)?;
    keys.iter().position(|one| *one == key)
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_sorted::Sorted as _;

    use super::*;
    use crate::{components, definitions};

    #[test]
    fn every_key_of_a_release_has_a_place_of_its_own() {
        for release in [Release::new(2, 8, 2), Release::new(3, 9, 2), crate::newest()] {
            for component in components() {
                let mut places: Vec<_> = definitions(component, release)
                    .map(|one| reading_place(component, one.key, release))
                    .collect();
                assert!(places.iter().all(Option::is_some), "{component} {release}");
                places.order();
                assert!(places.windows(2).all(|pair| pair.first() != pair.last()), "{component} {release}");
            }
        }
    }

    #[test]
    fn keys_are_read_in_the_order_in_which_the_release_defines_them() {
        let place = |key, release| reading_place(Component::BROKER, key, release);
        let newest = crate::newest();
        assert!(place("broker.id", newest) < place("node.id", newest));
        assert_eq!(place("no.such.key", newest), None);
        assert!(place("zookeeper.connect", Release::new(2, 8, 2)).is_some());
        let (earlier, later) = ("offset.metadata.max.bytes", "offsets.load.buffer.size");
        let (old, new) = (Release::new(3, 9, 2), Release::new(4, 0, 2));
        assert!(place(earlier, old) < place(later, old) && place(earlier, new) > place(later, new));
    }
}
