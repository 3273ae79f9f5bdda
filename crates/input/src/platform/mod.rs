//! How Kafka is run, by what a text shows of it: resources of operators, services, workloads, addresses, packages.
//!
//! Looks at what other readers have read, and at the text for words that one platform alone has. What is *not* here:
//! which of several platforms counts, and what follows from it. Invariant: a comment shows nothing.

mod resources;
mod schedulers;
#[cfg(test)]
mod tests;
mod words;

use kafka_upgrade_catalog::clients::{ProductKind, product_of};
use kafka_upgrade_catalog::{Component, Mode, Platform};
use kafka_upgrade_sorted::Sorted as _;

use crate::{Document, Kind, PlatformSign, Span};

/// The mode that a version of MSK names: `3.9.x.kraft`; without that end, and before 4.0, ZooKeeper.
pub(crate) fn mode_of_version(version: &str) -> Option<Mode> {
    let is_whole = version.matches('.').count() > 1;
    if version.ends_with(".kraft") {
        return Some(Mode::Kraft);
    }
    (is_whole && version.starts_with(['1', '2', '3'])).then_some(Mode::Zookeeper)
}

/// Looks for signs in a text that was read; `path` is the name it was given under.
pub(crate) fn find(path: &str, text: &str, document: &mut Document) {
    let mut signs = words::find(text, document.kind);
    match document.kind {
        Kind::Containers | Kind::ApplicationConfig => {
            resources::read(path, text, document, &mut signs);
            schedulers::read(text, document, &mut signs);
        }
        Kind::BrokerProperties => signs.extend(of_broker(document)),
        Kind::ShellScript => {
            signs.extend(of_script(document));
            schedulers::of_script(text, document);
        }
        _ => {}
    }
    signs.order_by_key(|sign| (sign.span, sign.platform));
    signs.dedup_by_key(|sign| (sign.platform, sign.name));
    document.platforms = signs;
}

/// What somebody states about it in their own words.
pub(crate) fn stated(text: &str) -> Vec<PlatformSign> {
    words::stated(text)
}

/// Whether the text, in small letters, is the name of something that runs brokers.
pub(crate) fn is_stated(text: &str) -> bool {
    words::is_stated(text)
}

/// A file of a broker stands on a machine, and has keys of Confluent's own where it is one of Confluent Server.
fn of_broker(document: &Document) -> Option<PlatformSign> {
    let is_confluents = |text: &str| text.starts_with("confluent.") || text.contains("io.confluent.");
    let mut settings = document.settings.iter();
    let confluent = settings.find(|one| is_confluents(&one.key) || is_confluents(&one.value));
    if let Some(setting) = confluent {
        let (platform, name) = (Platform::ConfluentPlatform, "Confluent Platform");
        return Some(PlatformSign { platform, name, runs: true, span: setting.key_span });
    }
    let first = document.settings.first()?;
    let (platform, name) = (Platform::Host, "a broker's own file");
    Some(PlatformSign { platform, name, runs: true, span: first.key_span })
}

/// A script that starts containers of brokers.
fn of_script(document: &Document) -> Option<PlatformSign> {
    let span = broker_place(document)?;
    Some(PlatformSign { platform: Platform::Compose, name: "containers", runs: true, span })
}

/// Whether an image is one of brokers, by its name as a library. An operator's is not, whichever brokers it starts.
fn is_broker_image(artifact: &str) -> bool {
    product_of("image", artifact).is_some_and(|product| {
        matches!(product.kind, ProductKind::Broker | ProductKind::Distribution) && product.id != "strimzi"
    })
}

/// Where a broker runs in a text about containers: its image, or its variables.
fn broker_place(document: &Document) -> Option<Span> {
    let image = document.dependencies.iter().find(|one| is_broker_image(&one.artifact));
    let part = document.parts.iter().find(|part| part.component == Some(Component::BROKER));
    let part = part.and_then(|part| part.place.or_else(|| part.settings.first().map(|one| one.span)));
    image.map(|one| one.span).or(part)
}
