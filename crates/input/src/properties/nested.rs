//! Objects of JSON in a file that is named as one of `.properties`, below comments: Kafka Monitor is configured so.
//!
//! Evidence is in the keys, as of maps anywhere. What is *not* here: connectors, which have a format of their own.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_syntax::tree::{Node, Scalar, json};

use crate::part::{of_settings, setting};
use crate::{Document, Encoding, Kind, Observation, Setting};

/// Names of classes with which such a file of Kafka Monitor's says whose it is. As Xinfra Monitor it only writes the
/// address of ZooKeeper into its log.
const OF_MONITOR: &[&str] = &["com.linkedin.kmf."];

/// Whether the first line that says something opens an object, and the text names Kafka.
pub(super) fn is_one(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| line.starts_with('{')) && text.contains("\"bootstrap.servers\"")
}

pub(super) fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    let is_of_monitor = OF_MONITOR.iter().any(|sign| text.contains(sign));
    let tree = json::read(&without_comments(text));
    for root in &tree.roots {
        walk(root, None, is_of_monitor, &mut document);
    }
    document.problems.extend(tree.problem.map(|problem| crate::Problem { fatal: false, ..problem }));
    document
}

/// The text with blanks for its comments, so that every byte keeps its place.
fn without_comments(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        if line.trim_start().starts_with('#') {
            let end = line.trim_end_matches(['\n', '\r']).len();
            " ".repeat(end) + line.get(end..).unwrap_or_default()
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// Goes through a tree, which is no deeper than trees are kept.
fn walk(node: &Node, name: Option<&Scalar>, is_of_monitor: bool, document: &mut Document) {
    let (asking, settings): (Vec<Setting>, Vec<Setting>) = node
        .entries()
        .iter()
        .filter_map(|(key, value)| Some(setting(key, value.scalar()?)))
        .partition(|one| one.key == "zookeeper.connect");
    // No client of Kafka's that still runs asks ZooKeeper: it is the program that does.
    for one in asking.iter().filter(|_| is_of_monitor) {
        document.observe(Observation::AsksZookeeper("Kafka Monitor"), one.span);
    }
    let place = settings.first().map(|first| name.map_or(first.key_span, |name| name.span));
    if let Some(place) = place {
        let name = name.map_or("", |name| &name.text);
        // The program makes its objects of the text: edits are for whoever knows it.
        let part = of_settings(name, place, settings);
        document.parts.extend(part.map(|part| Document { is_escaped: true, ..part }));
    }
    for (key, value) in node.entries() {
        walk(value, Some(key), is_of_monitor, document);
    }
    for item in node.items() {
        walk(item, name, is_of_monitor, document);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, Observation, read};
    use kafka_upgrade_catalog::Component;

    #[test]
    fn objects_below_comments_are_settings_of_clients_and_the_monitor_asks_zookeeper() {
        let text = "# An example.\n{\n  \"m\": {\n    \"class.name\": \"com.linkedin.kmf.apps.A\",\n    \"x\": {\n      \"zookeeper.connect\": \"z:2181\",\n      \"bootstrap.servers\": \"k:9092\",\n      \"produce.producer.props\": {\"client.id\": \"a\", \"max.block.ms\": 5}\n    }\n  }\n}\n";
        let document = read("config/monitor.properties", text, None);
        assert_eq!(document.kind, Kind::ApplicationConfig);
        assert!(document.problems.is_empty(), "{:?}", document.problems);
        let parts = document.parts.iter();
        let keys: Vec<_> = parts
            .flat_map(|part| part.settings.iter().map(|one| (part.component, one.key_span.of(text))))
            .collect();
        let (admin, producer) = (Some(Component::ADMIN), Some(Component::PRODUCER));
        assert_eq!(keys, [(admin, "bootstrap.servers"), (producer, "client.id"), (producer, "max.block.ms")]);
        let asks: Vec<_> = document.observations.iter().map(|one| (&one.what, one.span.of(text))).collect();
        let expected = "zookeeper.connect\": \"z:2181";
        assert_eq!(asks, [(&Observation::AsksZookeeper("Kafka Monitor"), expected)]);
        assert_eq!(read("a.properties", "a={\nbroker.id=1\n", None).kind, Kind::BrokerProperties);
    }
}
