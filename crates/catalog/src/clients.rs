//! What runs beside Kafka's own jars: client libraries, frameworks, distributions, by every name they go by.
//!
//! Source: `data/clients`, kept by hand with a source and a date for each fact that is not a name. What is *not*
//! here: which of them work together.

pub use crate::model::{Carried, Decides, Product, ProductKind};
use crate::tables::{ARTIFACTS, CARRIED, NAMES, PRODUCTS};

/// The Kafka inside of a distribution; `None` when that version is not known. `7.4.1-ccs` is one of 7.4 where the
/// patches of 7.4 are not distinguished; `0.40` is the newest of 0.40.0, 0.40.1 and so on.
#[must_use]
pub fn carried(product: &Product, version: &str) -> Option<&'static Carried> {
    let of_product = || rows_of(product);
    let fits = |known: &str| {
        version.strip_prefix(known).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
    };
    let fitting = of_product().filter(|(_, known, _)| fits(known)).max_by_key(|(_, known, _)| known.len());
    let numbers = |known: &str| known.split('.').map(|part| part.parse::<u32>().ok()).collect::<Vec<_>>();
    let of_minor = || {
        let of_it = |known: &str| known.strip_prefix(version).is_some_and(|rest| rest.starts_with('.'));
        let patches = of_product().filter(|(_, known, _)| !version.is_empty() && of_it(known));
        patches.max_by_key(|(_, known, _)| numbers(known))
    };
    fitting.or_else(of_minor).map(|(.., carried)| carried)
}

/// Every version of a distribution that is known with the Kafka inside of it, the oldest first.
pub fn versions(product: &Product) -> impl Iterator<Item = (&'static str, &'static Carried)> {
    rows_of(product).map(|(_, version, carried)| (*version, carried))
}

fn rows_of(product: &Product) -> impl Iterator<Item = &'static (u8, &'static str, Carried)> + use<> {
    let id = product.id;
    let is = move |at: u8| PRODUCTS.get(usize::from(at)).is_some_and(|known| known.id == id);
    CARRIED.iter().filter(move |(at, ..)| is(*at))
}

/// Every product, sorted by id.
pub fn products() -> impl Iterator<Item = &'static Product> {
    PRODUCTS.iter()
}

/// The product of that id.
#[must_use]
pub fn product(id: &str) -> Option<&'static Product> {
    PRODUCTS.get(PRODUCTS.binary_search_by(|product| product.id.cmp(id)).ok()?)
}

/// The product with this name or alias, ignoring case; words are separated by single blanks.
#[must_use]
pub fn by_alias(name: &str) -> Option<&'static Product> {
    find(&NAMES, &name.to_ascii_lowercase())
}

/// The product that a registry (`maven`, `npm`, `image`, …) publishes under this name; the registry `name` stands for
/// what people call it. Maven artifacts with a Scala suffix are found with and without it.
#[must_use]
pub fn product_of(ecosystem: &str, artifact: &str) -> Option<&'static Product> {
    let whole = format!("{ecosystem}:{artifact}").to_ascii_lowercase();
    let without_scala = || {
        let (name, scala) = whole.rsplit_once('_').filter(|_| ecosystem == "maven")?;
        find(&ARTIFACTS, name).filter(|_| ["2.11", "2.12", "2.13", "3"].contains(&scala))
    };
    let found = find(&ARTIFACTS, &whole).or_else(without_scala);
    found.or_else(|| if ecosystem == "name" { by_alias(artifact) } else { None })
}

fn find(names: &[(&str, u8)], name: &str) -> Option<&'static Product> {
    let at = names.binary_search_by(|(known, _)| str::cmp(known, name)).ok()?;
    PRODUCTS.get(usize::from(names.get(at)?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_carries_the_kafka_of_its_minor_and_an_unknown_one_carries_nothing() {
        let confluent = by_alias("Confluent Platform").expect("a product");
        let kafka = |version| carried(confluent, version).map(|carried| carried.kafka);
        assert_eq!(kafka("7.4.1-ccs"), Some("3.4"));
        assert_eq!(kafka("7.40"), None);
        assert_eq!(kafka(""), None);
        let strimzi = by_alias("strimzi").expect("a product");
        assert_eq!(carried(strimzi, "0.17"), carried(strimzi, "0.17.0"));
        assert!(carried(strimzi, "0.17").is_some() && carried(strimzi, "0").is_some());
        assert_eq!(carried(strimzi, "0.1"), None);
        assert_eq!(kafka("99"), None);
    }

    #[test]
    fn versions_of_a_distribution_are_sorted_and_say_when_they_were_looked_up() {
        for product in products() {
            let numbers = |version: &str| -> Vec<u32> { version.split('.').flat_map(str::parse).collect() };
            let all: Vec<_> = versions(product).map(|(version, _)| numbers(version)).collect();
            assert!(all.is_sorted(), "{}: {all:?}", product.id);
            assert!(versions(product).all(|(_, carried)| carried.date.len() == 10), "{}", product.id);
        }
        assert!(by_alias("strimzi").is_some_and(|strimzi| versions(strimzi).count() > 40));
    }

    #[test]
    fn registries_and_people_name_the_same_product() {
        let librdkafka = by_alias("librdkafka");
        assert!(librdkafka.is_some());
        assert_eq!(product_of("name", "librdkafka"), librdkafka);
        assert_eq!(product_of("pypi", "confluent-kafka"), product("confluent-kafka-python"));
        assert_eq!(product_of("npm", "left-pad"), None);
        let flink = product("flink");
        assert!(flink.is_some());
        assert_eq!(product_of("maven", "org.apache.flink:flink-connector-kafka_2.12"), flink);
        assert_eq!(product_of("maven", "org.apache.flink:flink-connector-kafka_x"), None);
        assert_eq!(product_of("npm", "org.apache.flink:flink-connector-kafka_2.12"), None);
    }
}
