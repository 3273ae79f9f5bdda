//! Settings that stand together in a text of anything else, as a configuration of the component that they are of.
//!
//! Evidence is in the keys: half of them are names with dots that some component of Kafka has. Whatever holds such a
//! map adds to it, so each is partial. What is *not* here: where in a text such settings stand.

use kafka_upgrade_catalog::{Component, components_of};
use kafka_upgrade_syntax::properties;
use kafka_upgrade_syntax::tree::Scalar;

use crate::{Document, Kind, Setting, Span, kind, prefix};

/// Numbers of a topic that tools write as if they were settings of it.
const OF_TOPICS: &[&str] =
    &["replication.factor", "num.partitions", "partitions", "partition.count", "replicas"];

/// Whether a key is one of Kafka's by its own name.
pub(crate) fn is_kafkas(key: &str) -> bool {
    key.contains('.') && !key.contains(' ') && components_of(key).next().is_some()
}

/// The component that a map of settings configures, as a part of the text; `name` is the key of the map. `None` if it
/// is none.
pub(crate) fn of_settings(name: &str, place: Span, mut settings: Vec<Setting>) -> Option<Document> {
    let known = settings.iter().filter(|one| is_kafkas(&one.key)).count();
    let is_connectors = settings.iter().any(|one| one.key == "connector.class");
    if known == 0 || (known * 2 < settings.len() && !is_connectors) {
        return None;
    }
    // Tools for topics have their numbers beside their settings.
    let is_number = |one: &Setting| OF_TOPICS.contains(&one.key.as_str());
    let of_topic: Vec<Setting> = settings.iter().filter(|one| !is_number(one)).cloned().collect();
    let component = match kind::detect(name, &of_topic) {
        (_, Some(Component::TOPIC), _) if !of_topic.is_empty() => {
            settings = of_topic;
            Component::TOPIC
        }
        _ => kind::detect(name, &settings).1?,
    };
    let is_own = |one: &Setting| kind::is_key_of(component, &one.key);
    // Brokers refuse topics with unknown settings, so every key has to be known.
    if component == Component::TOPIC && !settings.iter().all(is_own) {
        return None;
    }
    // Storm has guarantees by that name too, in capitals.
    let is_storms = |one: &Setting| {
        one.key == "processing.guarantee" && one.value.starts_with(|first: char| first.is_ascii_uppercase())
    };
    if component == Component::STREAMS && settings.iter().any(is_storms) {
        return None;
    }
    // Every server has TLS and logins.
    let is_anybodys =
        |one: &Setting| ["ssl.", "sasl.", "security."].iter().any(|start| one.key.starts_with(start));
    if component == Component::BROKER && settings.iter().filter(|one| is_own(one)).all(is_anybodys) {
        return None;
    }
    properties::mark_duplicates(&mut settings, &mut Vec::new());
    Some(with_settings(Kind::ApplicationConfig, component, settings, place))
}

/// A setting of a map: a key, and the value that stands at it.
pub(crate) fn setting(key: &Scalar, value: &Scalar) -> Setting {
    Setting {
        component: None,
        key: key.text.clone(),
        prefix: String::new(),
        value: value.text.clone(),
        span: Span::new(key.span.start.min(value.span.start), value.span.end.max(key.span.end)),
        key_span: key.span,
        value_span: value.span,
        effective: true,
    }
}

/// A part of a text that holds some of a component's settings.
pub(crate) fn with_settings(
    kind: Kind,
    component: Component,
    settings: Vec<Setting>,
    place: Span,
) -> Document {
    let mut part = Document {
        kind,
        component: Some(component),
        settings,
        place: Some(place),
        is_partial: true,
        ..Document::default()
    };
    prefix::assign(&mut part);
    part
}
