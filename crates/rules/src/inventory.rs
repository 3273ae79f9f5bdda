//! What runs: every product that a file names, a cluster printed or somebody said, with its version.
//!
//! What is *not* here: whether it works with anything (`matrix`), what to do about it (`plan`). Invariant: a library
//! that nobody knows stays in the list when somebody said that it runs; of files only what has to do with Kafka is.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::clients::{self, Decides, Product, ProductKind};
use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_compat::clients::{self as compat, Loss};
use kafka_upgrade_compat::libraries::Installed;
use kafka_upgrade_document::{Dependency, Ecosystem, Kind, Observation, Observed, Reader, Settled};
use kafka_upgrade_sorted::Gather as _;

use crate::checked_file::CheckedFile;
use crate::place::Location;

/// What runs, in the order of the files and their texts; each product and version once.
#[derive(Debug, Default)]
pub struct Inventory {
    /// Each product and version once.
    pub items: Vec<Item>,
}

/// One thing that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is; `None` for a name that nobody here knows.
    pub product: Option<&'static Product>,
    /// Its name as it was given.
    pub name: String,
    /// Its version as it was given; empty when it was not.
    pub version: String,
    /// The release of Kafka that it is, or carries.
    pub release: Option<Release>,
    /// Where it is named.
    pub place: Location,
    /// Whether the version is a lower bound, and any newer one may run.
    pub is_at_least: bool,
}

impl Inventory {
    /// Reads it off the files; `reader` knows what they define for each other.
    #[must_use]
    pub fn of(files: &[CheckedFile<'_>], reader: Reader) -> Self {
        let mut items = Vec::new();
        let mut known = BTreeSet::new();
        let documents: Vec<_> = files.iter().map(|read| (read.path, &*read.document)).collect();
        let settled = (reader.settle)(&documents);
        let settled: BTreeMap<_, _> = settled.iter().map(|one| ((one.file, one.dependency), one)).gather();
        let of_kafka = files.iter().any(|read| builds(read) && libraries(read).any(speaks));
        for (file, read) in files.iter().enumerate() {
            let named = read.document.dependencies.iter().enumerate();
            let others = !of_kafka && is_of_others(read);
            let named = named.filter_map(|(at, dependency)| {
                let settled = settled.get(&(file, at)).copied();
                let item = Item::of(dependency, settled, read.document.kind, file)?;
                let is_at_least = read.document.shared.at_least.contains(&dependency.span);
                Some(Item { is_at_least, ..item })
            });
            let named = named.filter(|item| !others || !item.is_runtime());
            let seen = read.document.observations.iter();
            let seen = seen.filter_map(|observation| Item::seen(observation, file));
            for item in named.chain(seen) {
                let name = item.product.map_or(item.name.as_str(), |product| product.id);
                // A 5 MB paste may name a hundred thousand things.
                if known.insert((item.product.is_some(), name.to_owned(), item.version.clone())) {
                    items.push(item);
                }
            }
        }
        // A manifest may leave the version to a lock or to a file of the whole project.
        let versioned: BTreeSet<&str> = items
            .iter()
            .filter(|item: &&Item| !item.version.is_empty())
            .filter_map(|item| Some(item.product?.id))
            .gather();
        let is_versioned = |item: &Item| item.product.is_some_and(|product| versioned.contains(product.id));
        items.retain(|item| !item.version.is_empty() || !is_versioned(item));
        Self { items }
    }

    /// Those of one kind.
    pub fn of_kind(&self, kind: ProductKind) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.product.is_some_and(|product| product.kind == kind))
    }
}

/// Whether it is a build file.
pub fn builds(read: &CheckedFile<'_>) -> bool {
    read.document.kind == Kind::BuildFile
}

/// What a build file names beside the Java and the Scala that it is for.
pub fn libraries<'r>(read: &'r CheckedFile<'_>) -> impl Iterator<Item = &'r Dependency> {
    read.document.dependencies.iter().filter(|one| one.ecosystem != Ecosystem::Name)
}

/// Whether it comes with one of Kafka's own libraries, and changes with it.
pub fn is_brought_by_kafka(read: &CheckedFile<'_>, dependency: &Dependency) -> bool {
    let by = read.document.shared.transitive_by(dependency.span);
    by.is_some_and(|by| by.starts_with("org.apache.kafka:"))
}

/// Whether it is something that speaks to Kafka, or brings what does.
pub fn speaks(dependency: &Dependency) -> bool {
    clients::product_of(dependency.ecosystem.name(), &dependency.artifact).is_some()
}

/// A build file of a program that has nothing to do with Kafka: its Java says nothing here.
fn is_of_others(read: &CheckedFile<'_>) -> bool {
    builds(read) && libraries(read).next().is_some()
}

impl Item {
    fn is_runtime(&self) -> bool {
        self.product.is_some_and(|one| matches!(one.kind, ProductKind::Java | ProductKind::Scala))
    }

    /// What a file names; another place of its project may say its version.
    fn of(dependency: &Dependency, settled: Option<&Settled>, kind: Kind, file: usize) -> Option<Self> {
        let Dependency { ecosystem, artifact, version, span } = dependency;
        let (artifact, version) = settled.map_or((artifact, version), |one| (&one.artifact, &one.version));
        let (file, span) = settled.map_or((file, *span), |one| one.place);
        // Of a name that ends in a Scala that nothing says the product is known.
        let product = clients::product_of(ecosystem.name(), artifact).or_else(|| {
            clients::product_of(ecosystem.name(), &format!("{}_2.13", artifact.strip_suffix('_')?))
        });
        if product.is_none() && (kind != Kind::Inventory || *ecosystem != Ecosystem::Name) {
            return None;
        }
        Some(Self {
            product,
            name: artifact.clone(),
            version: version.clone(),
            release: product.and_then(|product| release_in(product, version)),
            place: Location::span(file, span),
            is_at_least: false,
        })
    }

    /// A client or a broker that a tool or a log printed, such as `librdkafka 1.9.2`.
    fn seen(observed: &Observed, file: usize) -> Option<Self> {
        let (product, name, version) = match &observed.what {
            Observation::Client(client) => {
                (clients::by_alias(&client.name), client.name.as_str(), client.version.as_str())
            }
            Observation::BrokerVersion(version) => (clients::product("broker"), "kafka", version.trim()),
            _ => return None,
        };
        Some(Self {
            product,
            name: name.to_owned(),
            version: version.to_owned(),
            release: product.and_then(|product| release_in(product, version)),
            place: Location::span(file, observed.span),
            is_at_least: false,
        })
    }

    /// Itself, without its place.
    #[must_use]
    pub fn installed(&self) -> Installed<'_> {
        let Self { product, name, version, release, .. } = self;
        Installed { product: *product, name, version, release: *release }
    }

    /// As people write it.
    pub fn title(&self) -> &str {
        self.product.map_or(&self.name, |product| product.title)
    }
}

/// Whether it is a part of Kafka's that speaks to no broker itself: converters, and what plugins are built against.
#[must_use]
pub fn is_interface(item: &Item) -> bool {
    const NO_CLIENTS: [&str; 4] = ["connect-json", "connect-api", "connect-transforms", "connect-file"];
    let artifact = item.name.rsplit(':').next().unwrap_or_default();
    NO_CLIENTS.contains(&artifact)
}

/// The clients that a build names beside a library that would bring its own: what speaks to brokers is that version, and
/// not the one that the library was made with.
#[must_use]
pub fn clients_beside<'c>(item: &Item, files: &'c [CheckedFile<'_>]) -> Option<&'c Dependency> {
    const BRING: [&str; 4] = [
        "org.apache.kafka:kafka-streams",
        "org.apache.flink:flink-connector-kafka",
        "org.springframework.kafka:",
        "io.confluent:",
    ];
    let read = item.place.file.and_then(|file| files.get(file)).filter(|read| builds(read))?;
    if !BRING.iter().any(|start| item.name.starts_with(start)) {
        return None;
    }
    let mut named = libraries(read).filter(|one| one.artifact == "org.apache.kafka:kafka-clients");
    let clients = named.find(|one| !one.version.is_empty())?;
    // Files of several builds in one say not which belongs to which.
    let is_other = |one: &Dependency| !one.version.is_empty() && one.version != clients.version;
    (!named.any(is_other)).then_some(clients)
}

/// What something that runs loses with the upgrade; `None` for what is no client, what is not known, and what stays.
#[must_use]
pub fn loss(item: &Item, from: Option<Release>, to: Release) -> Option<Loss> {
    // What is merely a lower bound may be newer than what loses something.
    if item.is_at_least { None } else { compat::loss(&item.installed(), from, to) }
}

/// The number by which people call a Java: `8`, `1.8`, `8u392`, `17.0.2`, `jdk-17` and `21-jre` are 8, 8, 8, 17, 17 and 21.
#[must_use]
pub fn java_number(version: &str) -> Option<u16> {
    let mut numbers =
        version.trim().split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty());
    let first: u16 = numbers.next()?.parse().ok()?;
    if first == 1 { numbers.next()?.parse().ok() } else { Some(first) }
}

/// The release of Kafka that a version of a product is, or carries.
pub fn release_in(product: &Product, version: &str) -> Option<Release> {
    match product.decides {
        // Confluent gives out Kafka's artifacts under the numbers of its platform: 7.4.1-ccs is 3.4.
        Decides::Kafka if version.contains("-ccs") || version.contains("-ce") => {
            release(clients::carried(clients::product("confluent-platform")?, version)?.kafka)
        }
        Decides::Kafka => release(version),
        Decides::Distribution => release(clients::carried(product, version)?.kafka),
        Decides::Own | Decides::Embeds => None,
    }
}

/// `3.4`, `3.4-IV0`, `3.4.1`, `3.4.1-debian-11`, `3.4.x` as a release: of a minor alone its newest patch.
pub fn release(version: &str) -> Option<Release> {
    let number = version.trim().trim_start_matches(['v', 'V', '^', '~', '=', '>']);
    // Images of brokers are tagged with the Scala before the release: 2.13-2.8.1.
    let behind_scala = ["2.13-", "2.12-", "2.11-"].iter().find_map(|scala| number.strip_prefix(scala));
    let number = behind_scala.filter(|rest| rest.contains('.')).unwrap_or(number);
    let number = number.split(['-', '+', '_']).next()?;
    let number = number.trim_end_matches(".x").trim_end_matches(".*").trim_end_matches(".RELEASE");
    let release: Release = number.parse().ok()?;
    Some(catalog::resolve(number).unwrap_or(release))
}

/// What clients do, as people say it, each once.
pub(crate) fn in_words(operations: &[String]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for name in operations {
        let word = match name.as_str() {
            name if name.starts_with("produce") => "producing",
            name if name.starts_with("consume") => "consuming",
            "create-topic" => "creating topics",
            "delete-topic" => "deleting topics",
            "describe-configs" => "describing configurations",
            "sasl" => "logging in with SASL",
            other => other,
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn artifacts_under_the_numbers_of_a_distribution_are_the_kafka_that_it_carries() {
        let clients = clients::product("kafka-clients").expect("a product");
        let release = |version| release_in(clients, version).map(|release| release.to_string());
        assert_eq!(release("7.4.1-ccs").as_deref(), Some("3.4.1"));
        assert_eq!(release("3.4.0").as_deref(), Some("3.4.0"));
        assert_eq!(release("99.0.0-ccs"), None);
    }

    #[test]
    fn versions_are_written_in_many_ways() {
        let release = |text| release(text).map(|release| release.to_string());
        assert_eq!(release("3.4.0-debian-11-r2").as_deref(), Some("3.4.0"));
        assert_eq!(release("v3.9.x").as_deref(), Some("3.9.2"));
        assert_eq!(release("4.0-IV3").as_deref(), Some("4.0.2"));
        assert_eq!(release("latest"), None);
    }

    #[test]
    fn a_java_is_known_by_its_first_number_and_before_nine_by_its_second() {
        let versions = ["17", "17.0.9", "1.8", "1.8.0_402", "8u402", "11-jre-slim", "jdk-17", "latest", ""];
        let numbers = [Some(17), Some(17), Some(8), Some(8), Some(8), Some(11), Some(17), None, None];
        assert_eq!(versions.map(java_number), numbers);
    }
}
