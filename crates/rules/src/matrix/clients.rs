//! Client libraries, as they are, against brokers of each release.
//!
//! What is *not* here: whether code compiles against a newer library (`upgrades`).

use std::fmt::Write as _;

use kafka_upgrade_catalog::client_apis::{self, Chooses, Inside, QuirkKind, Version};
use kafka_upgrade_catalog::clients::{Decides, Product, ProductKind};
use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{CellVerdict, Evidence, MatrixCell, Operation, Sense};

use super::operations::{Client, Served};
use super::{Table, cell};
use crate::inventory::Item;

/// The library that is Kafka's own.
const JAVA: &str = "kafka-clients";
/// The oldest Java client that brokers of 4.0 support, and the oldest broker that clients of 4.0 do (KIP-896).
const FLOOR: Release = Release::new(2, 1, 0);
const V4: Release = Release::new(4, 0, 0);

/// Rows of everything that talks to brokers.
pub(super) fn rows(table: &mut Table<'_, '_>) {
    let items: Vec<&Item> =
        table.case.inventory.items.iter().filter(|item| is_client(item.product)).collect();
    if items.is_empty() {
        return;
    }
    let served: Vec<Served> = table.columns.iter().map(|release| Served::of(*release)).collect();
    for item in items {
        let found = library(item);
        let cells = served.iter().map(|served| match &found {
            Ok(found) => against(found, served),
            Err(why) => unknown(served.release, why),
        });
        let cells = cells.collect();
        table.push(item.title(), &item.version, Sense::ClientBroker, item.place, cells);
    }
}

/// What may talk to brokers; a name that nobody knows is taken for a client, and said to be unknown.
fn is_client(product: Option<&Product>) -> bool {
    product.is_none_or(|product| match product.kind {
        ProductKind::Client
        | ProductKind::Streams
        | ProductKind::Connect
        | ProductKind::MirrorMaker1
        | ProductKind::Framework => true,
        ProductKind::Broker | ProductKind::Distribution | ProductKind::Java | ProductKind::Scala => false,
    })
}

/// The client library of something that runs, and its version in words.
struct Found {
    client: Client,
    /// Where another library than the one that was named decides: its name and version.
    inside: Option<String>,
}

/// The library that decides about an item; else what is not known and where to look.
fn library(item: &Item) -> Result<Found, String> {
    let Some(product) = item.product else {
        return Err(format!(
            "Nothing is known of `{}`. Look up which API versions it speaks, or which client library is inside: kafka-clients and librdkafka are known here, so name that one with its version.",
            item.name
        ));
    };
    let title = product.title;
    if item.version.is_empty() {
        return Err(format!(
            "Nothing says which version of {title} runs. Name it, such as `{} 1.2.3`.",
            product.id
        ));
    }
    let version = Version::parse(&item.version);
    let not_read = || {
        format!(
            "`{}` is no version that can be read. Name the version of {title} that is installed.",
            item.version
        )
    };
    match product.decides {
        Decides::Kafka | Decides::Distribution => {
            let release = item.release.ok_or_else(|| {
                format!(
                    "Nothing is known of {title} {}. Look up which version of kafka-clients is in it (`mvn dependency:tree`, or the jar's name) and name that.",
                    item.version
                )
            });
            let version = match (product.decides, version) {
                // Releases before those of the catalog are told apart by their own numbers.
                (Decides::Kafka, Some(version)) if version < Version([2, 0, 0]) => version,
                (Decides::Kafka, None) => return Err(not_read()),
                _ => Version::of(release?),
            };
            let inside = (product.id != JAVA).then(|| format!("kafka-clients {}", version.text()));
            java(version, inside)
        }
        Decides::Own => known(product.id, title, version.ok_or_else(not_read)?, None),
        Decides::Embeds => {
            let version = version.ok_or_else(not_read)?;
            let found = client_apis::inside(product.id, version);
            let (library, inside) = match found {
                Some((library, Inside::Same)) => (library, version),
                Some((library, Inside::Version(text))) => {
                    (library, Version::parse(text).ok_or_else(not_read)?)
                }
                Some((library, Inside::Unknown)) => return Err(look_for(title, &item.version, library)),
                None => {
                    return Err(look_for(
                        title,
                        &item.version,
                        client_apis::library_inside(product.id).unwrap_or("kafka-clients or librdkafka"),
                    ));
                }
            };
            let named = format!("{library} {}", inside.text());
            if library == JAVA {
                java(inside, Some(named))
            } else {
                known(library, library, inside, Some(named))
            }
        }
    }
}

fn look_for(title: &str, version: &str, library: &str) -> String {
    format!(
        "Which {library} is inside of {title} {version} is not known here. Look it up in its lock file, its image or its release notes, and name {library} with its version."
    )
}

fn java(version: Version, inside: Option<String>) -> Result<Found, String> {
    known(JAVA, "kafka-clients", version, inside)
}

fn known(
    library: &'static str,
    title: &str,
    version: Version,
    inside: Option<String>,
) -> Result<Found, String> {
    Client::new(library, "", version).map(|client| Found { client, inside }).ok_or_else(|| {
        let version = version.text();
        let oldest = client_apis::versions(library, "").next();
        oldest.map_or_else(
            || format!("Which API versions {title} {version} speaks is not known here. Try it against a broker of that release, or look at kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec of brokers of 3.7 to 3.9 while it runs."),
            |oldest| format!("{title} {version} is older than {}, the oldest that was looked at; it can be taken to meet at least what that one does.", oldest.text()),
        )
    })
}

fn unknown(release: Release, why: &str) -> MatrixCell {
    cell(release, CellVerdict::Unknown, "unknown", why.to_owned())
}

/// A client against brokers of one release.
fn against(found: &Found, served: &Served) -> MatrixCell {
    let client = &found.client;
    let release = served.release;
    let operations = client.meets(served);
    let refused = || operations.iter().filter(|one| one.verdict == CellVerdict::Refused);
    let works = |start: &str| {
        operations.iter().any(|one| one.name.starts_with(start) && one.verdict == CellVerdict::Works)
    };
    let all = refused().next().is_none();
    let (verdict, word) = match () {
        () if all && client.is_known_in_part() => (CellVerdict::Unknown, "unknown"),
        () if all => (CellVerdict::Works, "works"),
        () if works("produce") || works("consume") || client.is_known_in_part() => {
            (CellVerdict::WorksWithChanges, "works in part")
        }
        () => (CellVerdict::Refused, "refused"),
    };
    let mut reason = String::new();
    if let Some(inside) = &found.inside {
        let _ = write!(reason, "Inside is {inside}. ");
    }
    explain(client, &operations, served, &mut reason);
    let supported = supported(client, release, &mut reason);
    let known = client.spoken.known;
    if known != client.version && client.library != JAVA {
        let _ = write!(
            reason,
            " The API versions are those of {}, the nearest version that was looked at.",
            known.text()
        );
    }
    let ran = client_apis::ran(client.library, client.variant, client.version, release);
    if let Some(date) = ran {
        let _ = write!(reason, " Seen with a real client at a real broker on {date}.");
    }
    let evidence = if ran.is_some() { Evidence::Ran } else { Evidence::Computed };
    MatrixCell { supported, evidence, operations, ..cell(release, verdict, word, reason) }
}

/// What is refused, by the API that fails, and from which version on nothing is.
fn explain(client: &Client, operations: &[Operation], served: &Served, reason: &mut String) {
    let release = served.release;
    let mut told: Vec<&str> = Vec::new();
    for operation in operations.iter().filter(|one| one.verdict == CellVerdict::Refused) {
        let Some(api) = operation.api.as_deref() else { continue };
        if told.contains(&api) {
            continue;
        }
        told.push(api);
        let same = operations.iter().filter(|one| one.api.as_deref() == Some(api));
        let names: Vec<&str> = same.map(|one| one.name.as_str()).collect();
        let ours = operation.client.map_or_else(String::new, range);
        let theirs = operation
            .broker
            .map_or_else(|| "does not have it".to_owned(), |broker| format!("serves {}", range(broker)));
        let _ = write!(
            reason,
            "Refused: {}. The client speaks {api} {ours}, a broker of {release} {theirs}. ",
            names.join(", ")
        );
    }
    let quirks = client_apis::quirks(client.library, client.variant, client.version, release);
    for quirk in quirks.filter(|quirk| quirk.kind != QuirkKind::Lacks) {
        match quirk.kind {
            QuirkKind::Refused => {
                let _ = write!(reason, "Refused: {}, because {}. ", quirk.operation, quirk.because);
            }
            _ => {
                let _ = write!(reason, "{}. ", quirk.because);
            }
        }
    }
    let refuses = operations.iter().any(|one| one.verdict == CellVerdict::Refused);
    if refuses {
        mend(client, served, reason);
    } else if client.is_known_in_part() {
        reason.push_str("Only some of its API versions are known here, and none of those is refused. Try it against a broker of that release.");
    } else {
        let _ = write!(reason, "A broker of {release} serves a version of every API that it needs.");
    }
}

/// The oldest newer version, or the setting, with which nothing is refused.
fn mend(client: &Client, served: &Served, reason: &mut String) {
    let newer = client_apis::versions(client.library, client.variant)
        .filter(|version| *version > client.version)
        .filter_map(|version| Client::new(client.library, client.variant, version))
        .find(|newer| newer.works(served));
    let other = client_apis::variants(client.library)
        .filter_map(|variant| Client::new(client.library, variant, client.version))
        .find(|other| other.works(served));
    if let Some(other) = other {
        let _ = write!(reason, "With {} nothing is refused. ", other.variant);
    }
    let library = client.library;
    match newer {
        Some(newer) => {
            let _ = write!(reason, "{library} {} works.", newer.version.text());
        }
        None if other.is_none() => {
            let _ = write!(reason, "No version of {library} that is known here works in all of it.");
        }
        None => {}
    }
    if client.spoken.api(0).is_some_and(|produce| produce.chooses != Chooses::Negotiates) {
        reason.push_str(
            " It does not ask the broker what it serves, so a refusal shows as a closed connection.",
        );
    }
}

/// What Apache Kafka promises, which it does for its own clients only.
fn supported(client: &Client, release: Release, reason: &mut String) -> Option<bool> {
    if client.library != JAVA {
        return None;
    }
    let floor = Version::of(FLOOR);
    let old_client = release >= V4 && client.version < floor;
    let old_broker = client.version >= Version::of(V4) && release < FLOOR;
    if old_client {
        reason.push_str(" Brokers of 4.x support Java clients from 2.1 on (KIP-896), whether or not an older one happens to work.");
    } else if old_broker {
        reason.push_str(" Java clients of 4.x support brokers from 2.1 on (KIP-896).");
    }
    Some(!(old_client || old_broker))
}

/// `3 to 12`, or `0` alone.
fn range([min, max]: [i16; 2]) -> String {
    if min == max { min.to_string() } else { format!("{min} to {max}") }
}

/// What a version of a library meets at brokers of a release, operation by operation, with the settings that a
/// variant names (empty: its own). `None` when nothing is known of it. Operations that the library does not have
/// are left out.
#[must_use]
pub fn operations(
    library: &'static str,
    variant: &'static str,
    version: &str,
    broker: Release,
) -> Option<Vec<Operation>> {
    let client = Client::new(library, variant, Version::parse(version)?)?;
    catalog::releases().find(|known| *known == broker)?;
    Some(client.meets(&Served::of(broker)))
}
