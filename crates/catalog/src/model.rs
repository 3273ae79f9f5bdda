//! The types of facts, without lookups: what tables are made of.

use std::fmt;

use crate::release::Release;

/// How Kafka reads a value. Source: `ConfigDef.Type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are Kafka's own")]
pub enum ValueType {
    Boolean,
    String,
    Int,
    Short,
    Long,
    Double,
    List,
    Class,
    Password,
}

/// What holds when a key is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// The key has to be set.
    Required,
    /// Nothing; Kafka decides by other means.
    Null,
    /// This value, as one would write it in a file; lists are joined with commas.
    Text(&'static str),
}

/// Why a default differs from machine to machine; the catalog holds what Linux and Java 17 say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// The TLS versions of the Java that runs.
    Jdk,
    /// The temporary folder.
    TemporaryFolder,
}

/// How much Kafka says the key matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are Kafka's own")]
pub enum Importance {
    High,
    Medium,
    Low,
}

/// Whether a running broker takes a new value. Source: `DynamicBrokerConfig`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateMode {
    /// Only at start.
    ReadOnly,
    /// For one broker at a time.
    PerBroker,
    /// For the whole cluster at once.
    ClusterWide,
}

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// Of a whole number.
    Whole(i64),
    /// Of a fraction, of at most three decimal places.
    Double(f64),
}

impl fmt::Display for Bound {
    /// Formats a fraction by hand, as the standard library would: its own formatting would add 12 KB to the page.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match self {
            Self::Whole(number) => return write!(f, "{number}"),
            Self::Double(number) => *number,
        };
        let thousandths = (number * 1000.0) as i64;
        let sign = if thousandths < 0 { "-" } else { "" };
        let (whole, rest) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
        let places = format!(".{rest:03}");
        write!(f, "{sign}{whole}{}", places.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// Which values a key takes, as structure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Validator {
    /// All of its type.
    None,
    /// From the first to the second, both included; `None` is open.
    Range(Option<Bound>, Option<Bound>),
    /// One of these.
    In(&'static [&'static str]),
    /// One of these, in any case.
    InIgnoringCase(&'static [&'static str]),
    /// A list of these; an empty `allowed` allows all.
    ListIn {
        /// What an item may be.
        allowed: &'static [&'static str],
        /// Whether the empty list is accepted; `None` in releases that do not check (and allow duplicates).
        empty: Option<bool>,
        /// Whether null is accepted; `None` in releases that do not check.
        null: Option<bool>,
    },
    /// Anything but null.
    NonNull,
    /// Anything but the empty string.
    NonEmpty,
    /// Anything but the empty string and control characters.
    NonEmptyWithoutControlCharacters,
    /// A list of at most so many items.
    ListSize(u32),
    /// All of these.
    All(&'static [Validator]),
    /// Code: the name of its class, or `component#key` where the class has no name.
    Code(&'static str),
}

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
    /// Its version is mapped to a release of Kafka.
    Distribution,
}

/// The Kafka inside of one version of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The release, or its minor, that it runs when nothing else is asked of it.
    pub kafka: &'static str,
    /// All releases that it can run.
    pub carries: &'static [&'static str],
    /// The source of this.
    pub source: &'static str,
    /// When that was looked up: `2026-11-22`.
    pub date: &'static str,
}

/// A version of a library: three numbers. Ordered as they are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub [u16; 3]);

/// How a client comes to the version of an API that it sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chooses {
    /// It asks the broker and takes the newest that both speak.
    Negotiates,
    /// It sends the same whatever the broker says.
    Fixed,
    /// A setting of it says which.
    Configured,
}

/// A library inside of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// It has the version number of the product.
    Same,
    /// It has a version of its own; a plus at its end means that one or a newer one.
    Version(&'static str),
    /// Not fixed by the product: whatever is installed, or a build resolves.
    Unknown,
}

/// A known problem of a library that its API versions do not show.
#[derive(Debug)]
pub struct Quirk {
    pub(crate) library: &'static str,
    pub(crate) variant: &'static str,
    pub(crate) since: Version,
    /// The first version that no longer has it.
    pub(crate) until: Version,
    /// The oldest and the newest broker with which it occurs.
    pub(crate) brokers: (Version, Version),
    /// The operation that it is about.
    pub operation: &'static str,
    /// What it does to that operation.
    pub kind: QuirkKind,
    /// Why, as a sentence without its full stop.
    pub because: &'static str,
}

/// What a quirk does to its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuirkKind {
    /// The library cannot do it at all.
    Lacks,
    /// It does not work, whatever the broker serves.
    Refused,
    /// Something to know.
    Note,
}

impl Version {
    /// Reads the numbers at the beginning of `1.9.2`, `v2.2`, `^0.4.47`, `2.8.2.RELEASE`. Missing numbers stand for
    /// the newest version: `1.9` is the newest 1.9.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['v', 'V', '^', '~', '=', '>', ' ']);
        let mut parts = [u16::MAX; 3];
        for (at, part) in text.split(['.', '-', '+', '_']).take(3).enumerate() {
            match (part.parse(), parts.get_mut(at)) {
                (Ok(number), Some(slot)) => *slot = number,
                _ if at == 0 => return None,
                _ => break,
            }
        }
        Some(Self(parts))
    }

    /// As it is written, without numbers that were left out.
    #[must_use]
    pub fn text(self) -> String {
        let parts = self.0.iter().take_while(|part| **part != u16::MAX);
        parts.map(u16::to_string).collect::<Vec<_>>().join(".")
    }

    /// The version with the same number as a release.
    #[must_use]
    pub fn of(release: Release) -> Self {
        Self([release.major, release.minor, release.patch].map(u16::from))
    }

    pub(crate) fn release(self) -> Release {
        let [major, minor, patch] = self.0.map(|part| u8::try_from(part).unwrap_or(u8::MAX));
        Release::new(major, minor, patch)
    }
}

/// An API of the protocol as one release serves it. Source: `ApiKeys`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    /// Its key: 0 is Produce.
    pub key: u16,
    /// Its name.
    pub name: &'static str,
    /// The oldest version that is served.
    pub min: i16,
    /// The newest version, with those that are not stable yet. Below `min`: the API is gone.
    pub max: i16,
    /// The newest stable version.
    pub stable_max: i16,
    /// Whether brokers listen for it.
    pub on_brokers: bool,
    /// Whether controllers listen for it.
    pub on_controllers: bool,
}

/// A metadata version; before 3.0 an inter-broker protocol version. Source: `MetadataVersion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetadataVersion {
    /// Feature level; -1 for what only ZooKeeper mode has.
    pub level: i16,
    /// Its name, such as `4.0-IV3`.
    pub name: &'static str,
    /// Whether it changed the format of the metadata, so that downgrading past it is impossible.
    pub changed: bool,
    /// Whether it is meant for production.
    pub production: bool,
    /// Whether it is the oldest that the release runs with.
    pub minimum: bool,
}

/// One level of a feature. Source: `Feature`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name, such as `group.version`.
    pub name: &'static str,
    /// The level.
    pub level: u16,
    /// The metadata version from which new clusters start with it.
    pub bootstrap: &'static str,
    /// Features and the levels that it needs.
    pub needs: &'static [(&'static str, u16)],
    /// Whether it is meant for production.
    pub production: bool,
}

/// Streams of one minor, and the clients that it links with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassPath {
    /// The first release of the minor of Streams.
    pub streams: Release,
    /// The first release of the oldest minor of the clients that has all that Streams calls.
    pub first: Release,
    /// The first release of the newest one.
    pub last: Release,
    /// Something that clients below [`ClassPath::first`] lack: a class, or `CLASS.member`; empty where there are none.
    pub below: &'static str,
    /// Something that clients above [`ClassPath::last`] lack; empty where there are none.
    pub above: &'static str,
}

#[cfg(test)]
mod tests {
    use super::Bound;

    #[test]
    fn a_bound_is_shown_as_the_standard_library_shows_numbers() {
        for number in [0.0, 0.25, 0.5, 1.0, -0.5, -2.125, 0.001, 1000.0, 12.5] {
            assert_eq!(Bound::Double(number).to_string(), number.to_string());
        }
        assert_eq!(Bound::Whole(-1).to_string(), "-1");
    }
}
