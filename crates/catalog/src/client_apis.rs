//! Which API versions client libraries speak, what library is inside of a product, and what was run for real.
//!
//! Source: `data/clients`, with a source and a date a line; Java clients from 2.0 on are answered from Kafka's own
//! facts. What is *not* here: which client works with which broker.

pub use crate::model::{Chooses, Inside, Quirk, QuirkKind, Version};
use crate::release::Release;
use crate::tables::{EMBEDS, LIBRARIES, LOOKED, QUIRKS, RAN, RANGES, SINCE};

/// What a client speaks of one API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The oldest version.
    pub min: i16,
    /// The newest version.
    pub max: i16,
    /// How one of them is chosen.
    pub chooses: Chooses,
}

/// The API versions of one version of a library.
#[derive(Clone, Copy, Debug)]
pub struct Spoken {
    source: Source,
    /// The version that these facts were read from: the one asked for, otherwise the nearest known one below it.
    pub known: Version,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// Kafka's own facts.
    Kafka(Release),
    /// Rows of [`RANGES`], from and to, and the version asked for.
    Rows(u16, u16, Version),
}

const JAVA: &str = "kafka-clients";
/// The first release whose jars were read.
const FIRST_READ: Version = Version([2, 0, 0]);

/// What a version of a library speaks with the settings that a variant names (empty: its own); `None` for a library
/// of which nothing is known, and for a version older than all that is known.
#[must_use]
pub fn spoken(library: &str, variant: &str, version: Version) -> Option<Spoken> {
    if library == JAVA && variant.is_empty() && version >= FIRST_READ {
        let facts = crate::releases::recorded_at(crate::releases::recorded(version.release()));
        return Some(Spoken { source: Source::Kafka(facts), known: Version::of(facts) });
    }
    let at = LIBRARIES.binary_search_by(|(name, known, ..)| (*name, *known).cmp(&(library, variant))).ok()?;
    let (_, _, first, end) = *LIBRARIES.get(at)?;
    let rows = RANGES.get(usize::from(first)..usize::from(end))?;
    let known = rows.iter().filter_map(since).filter(|since| *since <= version).max()?;
    let looked_at = looked_at(library, version).filter(|_| variant.is_empty());
    let known = looked_at.map_or(known, |looked_at| known.max(looked_at));
    Some(Spoken { source: Source::Rows(first, end, version), known })
}

/// Variants of a library's settings of which something is known, beside its own settings.
pub fn variants(library: &str) -> impl Iterator<Item = &'static str> {
    LIBRARIES
        .iter()
        .filter(move |(name, variant, ..)| *name == library && !variant.is_empty())
        .map(|row| row.1)
}

/// Versions of a library, oldest first, at which its API versions are known to change.
pub fn versions(library: &str, variant: &str) -> impl Iterator<Item = Version> {
    let at = LIBRARIES.binary_search_by(|(name, known, ..)| (*name, *known).cmp(&(library, variant))).ok();
    let (first, end) = at.and_then(|at| LIBRARIES.get(at)).map_or((0, 0), |row| (row.2, row.3));
    let rows = RANGES.get(usize::from(first)..usize::from(end));
    debug_assert!(rows.is_some(), "{library} {variant} has rows outside of the table");
    let rows = rows.unwrap_or_default();
    let here = move |at: usize| rows.iter().any(|row| usize::from(row.since) == at);
    let own = SINCE.iter().enumerate().filter(move |(at, _)| here(*at)).map(|(_, version)| *version);
    let read = library == JAVA && variant.is_empty();
    own.chain(
        crate::releases::minors().filter(move |_| read).map(|release| Version::of(release.first_of_minor())),
    )
}

impl Spoken {
    /// What it speaks of one API; `None` when it never sends it.
    #[must_use]
    pub fn api(&self, key: u16) -> Option<Range> {
        match self.source {
            Source::Kafka(release) => {
                let api = crate::protocol::api(release, key).filter(|api| api.min <= api.stable_max)?;
                Some(Range { min: api.min, max: api.stable_max, chooses: Chooses::Negotiates })
            }
            Source::Rows(first, end, version) => {
                let mut rows = RANGES.get(usize::from(first)..usize::from(end))?.iter();
                let holds = |row: &&crate::tables::RangeRow| {
                    u16::from(row.api) == key && since(row).is_some_and(|since| since <= version)
                };
                // Rows of one API are sorted by version.
                let row = rows.rfind(holds)?;
                Some(Range { min: row.min.into(), max: row.max.into(), chooses: row.chooses })
            }
        }
    }
}

fn since(row: &crate::tables::RangeRow) -> Option<Version> {
    SINCE.get(usize::from(row.since)).copied()
}

/// What is particular about a version of a library at brokers of that release.
pub fn quirks(
    library: &str,
    variant: &str,
    version: Version,
    broker: Release,
) -> impl Iterator<Item = &'static Quirk> {
    let broker = Version::of(broker);
    QUIRKS.iter().filter(move |quirk| {
        quirk.library == library
            && quirk.variant == variant
            && quirk.since <= version
            && version < quirk.until
            && quirk.brokers.0 <= broker
            && broker <= quirk.brokers.1
    })
}

/// When this version of a library was run at a broker of that release, as `2026-11-23`.
#[must_use]
pub fn ran(library: &str, variant: &str, version: Version, broker: Release) -> Option<&'static str> {
    let broker = Version::of(broker);
    let ran = RAN.iter().find(|ran| {
        ran.library == library
            && ran.variant == variant
            && ran.versions.contains(&version)
            && ran.brokers.contains(&broker)
    });
    ran.map(|ran| ran.date)
}

/// The nearest version at or below this one that is known for sure, because versions on both sides of it were
/// examined. An incomplete version (`2.2`) counts as examined if the newest version that starts with it was.
fn looked_at(name: &str, version: Version) -> Option<Version> {
    let nearest = |(_, since, until): &(&str, Version, Version)| {
        let given = version.0.iter().take_while(|part| **part != u16::MAX);
        let is_of_it = given.zip(&until.0).all(|(given, known)| given == known);
        let nearest = if is_of_it { version } else { version.min(*until) };
        (*since <= version).then_some(nearest)
    };
    LOOKED.iter().filter(|(known, ..)| *known == name).filter_map(nearest).max()
}

/// The library inside a version of a product, and the version of the product that was examined: this one, otherwise
/// the nearest known one below it. `None` for a product that contains none, or of which no version is known.
#[must_use]
pub fn inside(product: &str, version: Version) -> Option<(&'static str, Inside, Version)> {
    let rows = EMBEDS.iter().filter(|row| row.product == product && row.since <= version);
    let row = rows.max_by_key(|row| row.since)?;
    let known = looked_at(product, version).map_or(row.since, |looked_at| row.since.max(looked_at));
    Some((row.library, row.inside, known))
}

/// The first version of a product that is known to contain at least this version of a library.
#[must_use]
pub fn first_with(product: &str, library: &str, version: Version) -> Option<Version> {
    EMBEDS.iter().filter(|row| row.product == product && row.library == library).find_map(|row| {
        match row.inside {
            Inside::Same => Some(row.since.max(version)),
            Inside::Version(text) => {
                Version::parse(text).filter(|inside| *inside >= version).map(|_| row.since)
            }
            Inside::Unknown => None,
        }
    })
}

/// The library that a product carries in some version.
#[must_use]
pub fn library_inside(product: &str) -> Option<&'static str> {
    EMBEDS.iter().rfind(|row| row.product == product).map(|row| row.library)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(library: &str, version: &str, api: u16) -> Option<(i16, i16)> {
        let spoken = spoken(library, "", Version::parse(version)?)?;
        spoken.api(api).map(|range| (range.min, range.max))
    }

    #[test]
    fn a_version_between_two_known_ones_speaks_what_the_older_one_does() {
        assert_eq!(range("librdkafka", "1.7.0", 2), Some((0, 0)));
        assert_eq!(range("librdkafka", "1.7.9", 2), Some((0, 0)));
        assert_eq!(range("librdkafka", "1.8.1", 2), Some((0, 2)));
        assert_eq!(range("librdkafka", "0.8.0", 2), None);
        assert_eq!(range("frob", "1.0", 2), None);
    }

    #[test]
    fn an_examined_version_is_reported_as_itself_even_if_it_speaks_what_older_ones_do() {
        let known =
            |version| spoken("kafkajs", "", Version::parse(version)?).map(|spoken| spoken.known.text());
        assert_eq!(range("kafkajs", "2.2.4", 11), Some((0, 5)));
        assert_eq!(range("kafkajs", "1.4.6", 11), Some((0, 0)));
        assert_eq!(known("2.2.4").as_deref(), Some("2.2.4"));
        assert_eq!(known("2.2").as_deref(), Some("2.2"));
        assert_eq!(known("1.16").as_deref(), Some("1.16"));
        assert_eq!(known("2.2.5").as_deref(), Some("2.2.4"));
        assert_eq!(known("3").as_deref(), Some("2.2.4"));
        assert_eq!(known("0.8.1"), None);
    }

    #[test]
    fn java_clients_speak_what_their_release_says() {
        assert_eq!(range("kafka-clients", "3.9.2", 0), Some((0, 11)));
        assert_eq!(range("kafka-clients", "4.0.0", 11), Some((2, 9)));
        assert_eq!(range("kafka-clients", "0.11.0.3", 32), Some((0, 0)));
        assert_eq!(range("kafka-clients", "0.10.0.1", 32), None);
    }

    #[test]
    fn what_is_left_out_of_a_version_is_the_newest_there_is() {
        assert_eq!(Version::parse("^0.4").map(Version::text).as_deref(), Some("0.4"));
        assert!(Version::parse("1.9") > Version::parse("1.9.2"));
        assert_eq!(Version::parse("2.8.2.RELEASE"), Some(Version([2, 8, 2])));
        assert_eq!(Version::parse("latest"), None);
    }
}
