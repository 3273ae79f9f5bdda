//! What runs beside Kafka's own jars: client libraries, frameworks, distributions, by every name they go by.
//!
//! Source: `data/clients`, kept by hand with a source and a date for each fact that is not a name. What is *not*
//! here: which of them work together.

use crate::tables::{ARTIFACTS, NAMES, PRODUCTS};

/// Something that runs and has a version of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct Product {
    /// Kebab case, stable: `confluent-kafka-python`.
    pub id: &'static str,
    /// As people write it.
    pub title: &'static str,
    /// What it is.
    pub kind: ProductKind,
    /// What its version says about what it speaks.
    pub decides: Decides,
}

/// What a product is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProductKind {
    /// Kafka's brokers and controllers.
    Broker,
    /// A client library.
    Client,
    /// Kafka Streams.
    Streams,
    /// Kafka Connect's workers, and MirrorMaker 2 that runs on them.
    Connect,
    /// The MirrorMaker that 4.0 dropped.
    MirrorMaker1,
    /// Somebody's edition of Kafka with version numbers of its own.
    Distribution,
    /// A program or framework with a client library inside.
    Framework,
    /// Java, which runs all of Kafka.
    Java,
    /// Scala, for which the broker is built.
    Scala,
}

/// What a product's version says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decides {
    /// It is a release of Kafka.
    Kafka,
    /// The library has API versions of its own.
    Own,
    /// Another library is inside, in a version of that one's own.
    Embeds,
    /// A release of Kafka belongs to it.
    Distribution,
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

/// The product that people call so, without regard to case; words are separated by single blanks.
#[must_use]
pub fn by_alias(name: &str) -> Option<&'static Product> {
    find(&NAMES, &name.to_lowercase())
}

/// The product that a registry (`maven`, `npm`, `image`, …) gives out under that name; `name` is what people say.
#[must_use]
pub fn product_of(ecosystem: &str, artifact: &str) -> Option<&'static Product> {
    let found = find(&ARTIFACTS, &format!("{ecosystem}:{artifact}").to_lowercase());
    found.or_else(|| if ecosystem == "name" { by_alias(artifact) } else { None })
}

fn find(names: &[(&str, u8)], name: &str) -> Option<&'static Product> {
    let at = names.binary_search_by(|(known, _)| str::cmp(known, name)).ok()?;
    PRODUCTS.get(usize::from(names.get(at)?.1))
}
