//! Variables that applications read as settings of their clients: those of frameworks, and those of programs of
//! anybody's that are named after keys. What is *not* here: how a framework writes its values.

use kafka_upgrade_catalog::Component;

use crate::kind::is_key_of;

/// Whether it is a key of that component, or of some client.
pub(crate) fn is_known(key: &str, component: Option<Component>) -> bool {
    match component {
        Some(component) => is_key_of(component, key),
        None => CLIENTS.iter().any(|component| is_key_of(*component, key)),
    }
}

/// Clients that an application has, in the order in which a key that all of them get is looked up.
pub(crate) const CLIENTS: &[Component] =
    &[Component::ADMIN, Component::CONSUMER, Component::PRODUCER, Component::STREAMS];

/// Beginnings of variables that frameworks read as properties of Kafka's clients.
pub(crate) const STARTS: &[&str] = &[
    "SPRING_KAFKA_",
    "SPRING_CLOUD_STREAM_KAFKA_",
    "MP_MESSAGING_",
    "QUARKUS_KAFKA_STREAMS_",
    "DEBEZIUM_SINK_KAFKA_PRODUCER_",
];

/// Words in variables of any program behind which keys of a client stand, and whose.
const WORDS: &[(&str, Component)] = &[
    ("KAFKA_PROPERTIES_", Component::ADMIN),
    ("KAFKA_CONSUMER_", Component::CONSUMER),
    ("KAFKA_CONSUMERS_", Component::CONSUMER),
    ("KAFKA_PRODUCERS_", Component::PRODUCER),
    ("KAFKA_PRODUCER_", Component::PRODUCER),
    ("KAFKA_STREAMS_", Component::STREAMS),
    ("KAFKA_ADMIN_", Component::ADMIN),
    ("KAFKA_CLIENT_", Component::ADMIN),
    ("KSQL_STREAMS_", Component::STREAMS),
    ("CONTROL_CENTER_STREAMS_", Component::STREAMS),
    ("KAFKASTORE_", Component::ADMIN),
];

/// The key of a client that a variable of any program sets: `ORDERS_KAFKA_CONSUMER_MAX_POLL_RECORDS`, and one with a
/// name between (`KAFKA_STREAMS_DEFAULT_PROCESSING_GUARANTEE`). The key has to be one that some release knows.
pub(crate) fn key_in(variable: &str) -> Option<(Component, String)> {
    if STARTS.iter().any(|start| variable.starts_with(start)) {
        return None;
    }
    WORDS.iter().find_map(|(word, component)| {
        let at = variable.find(word).filter(|at| *at == 0 || variable.get(at - 1..*at) == Some("_"))?;
        let rest = variable.get(at + word.len()..)?;
        let rest = rest.strip_prefix("PROPERTIES_").unwrap_or(rest);
        let key = rest.to_ascii_lowercase().replace('_', ".");
        let inner = key.split_once('.').map(|(_, inner)| inner);
        let mut owners = std::iter::once(*component).chain(CLIENTS.iter().copied());
        owners.find_map(|owner| {
            let mut keys = std::iter::once(key.as_str()).chain(inner);
            let found = keys.find(|key| key.contains('.') && is_known(key, Some(owner)))?;
            Some((owner, found.to_owned()))
        })
    })
}

/// Whether a variable sets something for a client of an application.
pub(crate) fn is_of_client(name: &str) -> bool {
    STARTS.iter().any(|start| name.starts_with(start)) || key_in(name).is_some()
}
