//! What this module asks of the catalog, and which keys have to be set.

use kafka_upgrade_catalog::{Component, Definition, Release};

/// Keys that some release asks for, by component. Held against the catalog by a test: looking for them there at
/// each check would take longer than the check.
const REQUIRED: &[(&str, &[&str])] = &[
    ("admin", &["bootstrap.servers"]),
    ("broker", &["controller.listener.names", "node.id", "process.roles", "zookeeper.connect"]),
    (
        "connect-distributed",
        &[
            "bootstrap.servers",
            "config.storage.topic",
            "group.id",
            "key.converter",
            "offset.storage.topic",
            "status.storage.topic",
            "value.converter",
        ],
    ),
    (
        "connect-standalone",
        &["bootstrap.servers", "key.converter", "offset.storage.file.filename", "value.converter"],
    ),
    ("connector-sink", &["connector.class", "name"]),
    ("connector-source", &["connector.class", "name"]),
    ("consumer", &["bootstrap.servers", "key.deserializer", "value.deserializer"]),
    ("json-converter", &["converter.type"]),
    ("mm2", &["clusters"]),
    ("mm2-checkpoint", &["connector.class", "name", "source.cluster.alias"]),
    ("mm2-client", &["bootstrap.servers"]),
    ("mm2-heartbeat", &["connector.class", "name", "source.cluster.alias"]),
    ("mm2-source", &["connector.class", "name", "source.cluster.alias"]),
    ("producer", &["bootstrap.servers", "key.serializer", "value.serializer"]),
    ("smt.Cast", &["spec"]),
    ("smt.DropHeaders", &["headers"]),
    ("smt.ExtractField", &["field"]),
    ("smt.HeaderFrom", &["fields", "headers", "operation"]),
    ("smt.HoistField", &["field"]),
    ("smt.InsertHeader", &["header", "value.literal"]),
    ("smt.MaskField", &["fields"]),
    ("smt.RegexRouter", &["regex", "replacement"]),
    ("smt.TimestampConverter", &["target.type"]),
    ("smt.ValueToKey", &["fields"]),
    ("smt.predicates.HasHeaderKey", &["name"]),
    ("smt.predicates.TopicNameMatches", &["pattern"]),
    ("streams", &["application.id", "bootstrap.servers"]),
];

/// What the release says of the key.
pub(crate) fn definition(component: Component, key: &str, release: Release) -> Option<Definition> {
    kafka_upgrade_catalog::definition(component, key, release)
}

/// Keys that the release might ask for; whether it does is in their definitions.
pub(crate) fn required(component: Component) -> &'static [&'static str] {
    REQUIRED.iter().find(|(known, _)| *known == component.name()).map(|(_, keys)| *keys).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_catalog::{Default, components, history, keys};

    use super::*;

    #[test]
    fn every_key_that_some_release_asks_for_is_listed() {
        for component in components() {
            let asked: Vec<&str> = keys()
                .filter(|key| history(component, key).any(|era| era.definition.default == Default::Required))
                .collect();
            assert_eq!(required(component), asked, "{component}");
        }
    }
}
