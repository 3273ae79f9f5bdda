//! Client libraries against brokers of each release, and what one of them loses with an upgrade.
//!
//! What is *not* here: whether code compiles against a newer library.

use std::fmt::Write as _;

use kafka_upgrade_catalog::client_apis::{self, Chooses, QuirkKind, Version};
use kafka_upgrade_catalog::clients::{Product, ProductKind};
use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{CellVerdict, Evidence, MatrixCell, Operation};

use crate::cell::cell;
use crate::libraries::{Found, Installed, JAVA, library};
use crate::operations::{Client, Served};
use crate::upgrade_path::WITHOUT_ZOOKEEPER as V4;

/// The oldest Java client that brokers of 4.0 support, and the oldest broker that clients of 4.0 do (KIP-896).
const FLOOR: Release = Release::new(2, 1, 0);

/// Whether a product may talk to brokers. An unknown name counts as a client, and is reported as unknown.
#[must_use]
pub fn is_client(product: Option<&Product>) -> bool {
    product.is_none_or(|product| match product.kind {
        ProductKind::Client
        | ProductKind::Streams
        | ProductKind::Connect
        | ProductKind::MirrorMaker1
        | ProductKind::Framework => true,
        ProductKind::Broker | ProductKind::Distribution | ProductKind::Java | ProductKind::Scala => false,
    })
}

/// What a client can do today and brokers of the target refuse.
pub struct Loss {
    /// Names of the operations that are refused, as in [`Operation::name`]; empty where only Apache Kafka's promise
    /// of support ends.
    pub operations: Vec<String>,
    /// Which API fails, and what helps.
    pub reason: String,
    /// Whether producing or consuming is affected.
    pub everyday: bool,
    /// Whether the facts are those of the very version that was named, not of one near to it.
    pub certain: bool,
}

/// What an item loses with the upgrade; `None` if it is no client, is not known, or loses nothing.
pub fn loss(item: &Installed<'_>, from: Option<Release>, to: Release) -> Option<Loss> {
    let found = is_client(item.product).then(|| library(item).ok()).flatten()?;
    let client = &found.client;
    // What the program around the library never does, it cannot lose.
    let lacks = |name: &str, release| {
        let version = item.product.zip(Version::parse(item.version.trim_start_matches('v')));
        version.is_some_and(|(product, version)| {
            client_apis::quirks(product.id, "", version, release)
                .any(|quirk| quirk.kind == QuirkKind::Lacks && quirk.operation == name)
        })
    };
    let refused_at = |served: &Served| -> Vec<String> {
        let refused = client
            .meets(served)
            .into_iter()
            .filter(|one| one.verdict == CellVerdict::Refused && !lacks(&one.name, served.release));
        refused.map(|one| one.name).collect()
    };
    let served = Served::of(to);
    let before = from.map(|from| refused_at(&Served::of(from))).unwrap_or_default();
    let mut operations = refused_at(&served);
    operations.retain(|name| !before.contains(name));
    let mut reason = String::new();
    if operations.is_empty() {
        let promised = |release| supported(client, release, &mut String::new()) != Some(false);
        if promised(to) || !from.is_none_or(promised) {
            return None;
        }
        supported(client, to, &mut reason);
    } else {
        explain(&found, &client.meets(&served), &served, &mut reason);
    }
    let everyday = operations
        .iter()
        .any(|name| ["produce", "consume", "metadata", "sasl"].iter().any(|start| name.starts_with(start)));
    let certain = client.spoken.known == client.version && found.older.is_none();
    Some(Loss { operations, reason: reason.trim().to_owned(), everyday, certain })
}

/// A client against brokers of one release.
#[must_use]
pub fn against(found: &Found, served: &Served) -> MatrixCell {
    let client = &found.client;
    let release = served.release;
    let operations = client.meets(served);
    let refused = || operations.iter().filter(|one| one.verdict == CellVerdict::Refused);
    let works = |start: &str| {
        operations.iter().any(|one| one.name.starts_with(start) && one.verdict == CellVerdict::Works)
    };
    let all = refused().next().is_none();
    if let Some(older) = found.older.as_ref().filter(|_| all) {
        return cell(release, CellVerdict::Unknown, "unknown", older.clone());
    }
    let mut quirks = client_apis::quirks(client.library, client.variant, client.version, release);
    let limited = quirks.any(|quirk| quirk.kind == QuirkKind::Note);
    let (verdict, word) = match () {
        () if all && limited => (CellVerdict::WorksWithChanges, "works in part"),
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
    if let Some(older) = &found.older {
        let _ = write!(reason, "{older} ");
    }
    explain(found, &operations, served, &mut reason);
    let supported = supported(client, release, &mut reason);
    let known = client.spoken.known;
    if known != client.version && client.library != JAVA {
        let _ = write!(
            reason,
            " The API versions are those of {}, the nearest version that was looked at.",
            known.text()
        );
    }
    let ran = client_apis::ran(client.library, client.variant, client.version, release)
        .filter(|_| found.older.is_none());
    if let Some(date) = ran {
        let _ = write!(
            reason,
            " Seen with {} {} at a real broker of {release} on {date}.",
            client.library,
            client.version.text()
        );
    }
    let evidence = if ran.is_some() { Evidence::Ran } else { Evidence::Computed };
    MatrixCell { supported, evidence, operations, ..cell(release, verdict, word, reason) }
}

/// Describes what is refused: which API fails, and from which version of the library on nothing is refused.
fn explain(found: &Found, operations: &[Operation], served: &Served, reason: &mut String) {
    let (client, release) = (&found.client, served.release);
    let mut seen: Vec<&str> = Vec::new();
    for operation in operations.iter().filter(|one| one.verdict == CellVerdict::Refused) {
        let Some(api) = operation.api.as_deref() else { continue };
        if seen.contains(&api) {
            continue;
        }
        seen.push(api);
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
        mend(found, served, reason);
    } else if client.is_known_in_part() {
        reason.push_str("Only some of its API versions are known here, and none of those is refused. Try it against a broker of that release.");
    } else {
        let _ = write!(reason, "A broker of {release} serves a version of every API that it needs.");
    }
}

/// The oldest newer version, or the setting, with which nothing is refused.
fn mend(found: &Found, served: &Served, reason: &mut String) {
    let Found { client, product, .. } = found;
    let library = client.library;
    let promised =
        Version::of(if library == JAVA && served.release >= V4 { FLOOR } else { Release::new(0, 0, 0) });
    let newer = client_apis::versions(library, client.variant)
        .filter(|version| *version > client.version && *version >= promised)
        .filter_map(|version| Client::new(library, client.variant, version))
        .find(|newer| newer.works(served));
    let other = client_apis::variants(library)
        .filter_map(|variant| Client::new(library, variant, client.version))
        .find(|other| other.works(served));
    if let Some(other) = other {
        let _ = write!(reason, "With {} nothing is refused. ", other.variant);
    }
    match newer {
        Some(newer) => {
            let _ = write!(reason, "Nothing is refused from {library} {} on", newer.version.text());
            if product.id != library
                && let Some(first) = client_apis::first_with(product.id, library, newer.version)
            {
                let _ = write!(reason, ", which is inside of {} from {} on", product.title, first.text());
            }
            reason.push('.');
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

/// What Apache Kafka promises; it does so only for its own clients.
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

/// How each operation of a library version fares at brokers of a release, with the settings that a variant names
/// (empty: its own). `None` if nothing is known of the version. Operations that the library does not have are left
/// out.
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
