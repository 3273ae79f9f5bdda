//! Which line of Confluent Platform carries which Kafka.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_catalog::clients::{self as products, Product};

use crate::inventory;

/// The line of Confluent Platform that carries a Kafka: `7.9` of 3.9; its number is Kafka's and 4.
pub(super) fn platform_of(release: Release) -> Option<String> {
    let product: &Product = products::product("confluent-platform")?;
    let lines = products::versions(product);
    let of_minor = lines.filter(|(_, carried)| {
        inventory::release(carried.kafka)
            .is_some_and(|kafka| kafka.first_of_minor() == release.first_of_minor())
    });
    of_minor.map(|(line, _)| line.to_owned()).last()
}
