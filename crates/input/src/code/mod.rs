//! Java, Kotlin and Scala source, as three formats. Reading is `kafka-upgrade-jvm`'s; recognition is here.

mod sniff;
mod test_brokers;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, Kind, Setting};
use kafka_upgrade_jvm::Language;
use kafka_upgrade_sorted::Sorted as _;

use crate::{Format, kind};

/// Java source.
pub(crate) const JAVA: Format =
    Format { name: "java", extensions: &["java", "groovy"], names: &[], sniff: sniff::java, read: java };
/// Kotlin source.
pub(crate) const KOTLIN: Format =
    Format { name: "kotlin", extensions: &["kt", "kts"], names: &[], sniff: sniff::kotlin, read: kotlin };
/// Scala source.
pub(crate) const SCALA: Format =
    Format { name: "scala", extensions: &["scala", "sc"], names: &[], sniff: sniff::scala, read: scala };

fn java(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    document(text, Language::Java, Kind::JavaSource)
}

fn kotlin(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    document(text, Language::Kotlin, Kind::KotlinSource)
}

fn scala(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    document(text, Language::Scala, Kind::ScalaSource)
}

fn document(text: &str, language: Language, kind: Kind) -> Document {
    let (usages, mut settings) = kafka_upgrade_jvm::read(text, language, component_of);
    let known: Vec<_> = settings.iter().map(|one| one.key_span).collect();
    let of_tests = test_brokers::settings(text);
    settings.extend(of_tests.into_iter().filter(|one| {
        !known.iter().any(|span| span.start < one.key_span.end && one.key_span.start < span.end)
    }));
    settings.order_by_key(|one| one.key_span);
    let observations = test_brokers::find(text);
    Document { kind, usages, settings, observations, ..Document::default() }
}

fn component_of(settings: &[Setting]) -> Option<Component> {
    kind::detect("", settings).1
}

#[cfg(test)]
mod tests;
