//! What runs: every product that a file names, a cluster printed or somebody said, with its version.
//!
//! What is *not* here: whether it works with anything (`matrix`), what to do about it (`plan`). Invariant: a library
//! that nobody knows stays in the list when somebody said that it runs; of files only what has to do with Kafka is.

use kafka_upgrade_catalog::clients::{self, Decides, Product, ProductKind};
use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_input::{Dependency, Ecosystem, Kind};

use crate::case::Read;
use crate::draft::At;

/// What runs, in the order of the files and their texts; each product and version once.
#[derive(Debug, Default)]
pub(crate) struct Inventory {
    pub(crate) items: Vec<Item>,
}

/// One thing that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// What it is; `None` for a name that nobody here knows.
    pub(crate) product: Option<&'static Product>,
    /// Its name as it was given.
    pub(crate) name: String,
    /// Its version as it was given; empty when it was not.
    pub(crate) version: String,
    /// The release of Kafka that it is, or carries.
    pub(crate) release: Option<Release>,
    /// Where it is named.
    pub(crate) place: At,
}

impl Inventory {
    /// Reads it off the files.
    pub(crate) fn of(files: &[Read<'_>]) -> Self {
        let mut inventory = Self::default();
        for (file, read) in files.iter().enumerate() {
            for dependency in &read.document.dependencies {
                if let Some(item) = Item::of(dependency, read.document.kind, file) {
                    inventory.add(item);
                }
            }
        }
        inventory
    }

    fn add(&mut self, item: Item) {
        let same = |other: &Item| {
            let product = (item.product.map(|product| product.id), other.product.map(|product| product.id));
            let named = match product {
                (Some(one), Some(other)) => one == other,
                (None, None) => item.name == other.name,
                _ => false,
            };
            named && item.version == other.version
        };
        if !self.items.iter().any(same) {
            self.items.push(item);
        }
    }

    /// Those of one kind.
    pub(crate) fn of_kind(&self, kind: ProductKind) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.product.is_some_and(|product| product.kind == kind))
    }
}

impl Item {
    fn of(dependency: &Dependency, kind: Kind, file: usize) -> Option<Self> {
        let Dependency { ecosystem, artifact, version, span } = dependency;
        let product = clients::product_of(ecosystem.name(), artifact);
        if product.is_none() && (kind != Kind::Inventory || *ecosystem != Ecosystem::Name) {
            return None;
        }
        Some(Self {
            product,
            name: artifact.clone(),
            version: version.clone(),
            release: product.and_then(|product| release_in(product, version)),
            place: At::span(file, *span),
        })
    }

    /// As people write it.
    pub(crate) fn title(&self) -> &str {
        self.product.map_or(&self.name, |product| product.title)
    }
}

/// The release of Kafka that a version of a product is, or carries.
pub(crate) fn release_in(product: &Product, version: &str) -> Option<Release> {
    match product.decides {
        Decides::Kafka => release(version),
        Decides::Distribution => release(clients::carried(product, version)?.kafka),
        Decides::Own | Decides::Embeds => None,
    }
}

/// `3.4`, `3.4-IV0`, `3.4.1`, `3.4.1-debian-11`, `3.4.x` as a release: of a minor alone its newest patch.
pub(crate) fn release(version: &str) -> Option<Release> {
    let number = version.trim().trim_start_matches(['v', 'V', '^', '~', '=', '>']);
    let number = number.split(['-', '+', '_']).next()?;
    let number = number.trim_end_matches(".x").trim_end_matches(".*").trim_end_matches(".RELEASE");
    let release: Release = number.parse().ok()?;
    Some(catalog::resolve(number).unwrap_or(release))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inventory(said: &str) -> Vec<String> {
        let document = kafka_upgrade_input::have::read(said);
        let read = Read::new("said", said, document, None);
        let show = |item: Item| {
            let release = item.release.map(|release| release.to_string()).unwrap_or_default();
            format!("{}|{}|{release}", item.title(), item.version)
        };
        Inventory::of(&[read]).items.into_iter().map(show).collect()
    }

    #[test]
    fn each_product_and_version_is_there_once_with_the_kafka_that_it_is_or_carries() {
        let said = "kafka 3.4, brokers 3.4, java 11\nconfluent platform 7.9.1, librdkafka 1.9.2, frob 1.2";
        let want = [
            "Kafka brokers|3.4|3.4.1",
            "Java|11|",
            "Confluent Platform|7.9.1|3.9.2",
            "librdkafka|1.9.2|",
            "frob|1.2|",
        ];
        assert_eq!(inventory(said), want);
    }

    #[test]
    fn versions_are_written_in_many_ways() {
        let release = |text| release(text).map(|release| release.to_string());
        assert_eq!(release("3.4.0-debian-11-r2").as_deref(), Some("3.4.0"));
        assert_eq!(release("v3.9.x").as_deref(), Some("3.9.2"));
        assert_eq!(release("4.0-IV3").as_deref(), Some("4.0.2"));
        assert_eq!(release("latest"), None);
    }
}
