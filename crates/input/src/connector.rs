//! Connectors as JSON: what is sent to and comes from a Connect worker's REST interface, and the file that a
//! standalone worker takes.
//!
//! A configuration is any object with a `connector.class`, however deep: the body of a request with its `name`, the
//! `config` alone, an answer with many of them. What is *not* here: what the keys mean (`kind`, `prefix`).
//!
//! Invariant: a setting's span is its entry from quote to quote, without the comma, so that a fix can take it out.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::SourceText;
use kafka_upgrade_document::template;
use kafka_upgrade_sorted::Sorted as _;

use crate::{Document, Encoding, Format, Kind, Problem, Setting, Span, kind, part, prefix};
use kafka_upgrade_syntax::properties;
use kafka_upgrade_syntax::tree::{Node, Scalar, Style, json};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "connector", extensions: &[], names: &[], sniff, read };

/// Objects with this key are a connector's.
const CLASS: &str = "connector.class";

fn sniff(_: &str, text: &str) -> u8 {
    if !text.contains("\"connector.class\"") {
        return 0;
    }
    let masked = template::mask(text.trim_start_matches('\u{feff}'));
    if masked.text.trim_start().starts_with(['{', '[']) { 95 } else { 0 }
}

fn read(path: &str, text: &str, said: Option<Component>, _: Encoding) -> Document {
    let tree = json::read(text);
    let mut problems: Vec<Problem> = tree.problem.into_iter().collect();
    let mut parts = Vec::new();
    for root in &tree.roots {
        find(root, &mut |entries, name| {
            let name = name.map(|(key, value)| setting(key, value));
            parts.push(connector(path, name, entries, said, &mut problems));
        });
    }
    // Most texts are of one connector, which is then the whole.
    let mut document = if parts.len() == 1 { parts.pop().unwrap_or_default() } else { Document::default() };
    document.kind = Kind::ConnectorJson;
    document.parts = parts;
    problems.order_by_key(|problem| problem.span);
    document.problems = problems;
    document
}

/// Reads connectors in a text within another one, as parts of that: what `curl` sends, what a ConfigMap holds; `None`
/// where there is none. Where a shell takes a dollar for itself, `\\$` is written for one.
pub(crate) fn within(text: &SourceText) -> Option<Document> {
    if sniff("", &text.text) == 0 {
        return None;
    }
    let text = &text.with_dollars();
    let mut document = read("", &text.text, None, Encoding::Utf8);
    let mut parts = std::mem::take(&mut document.parts);
    if parts.is_empty() {
        parts.push(document);
    }
    let moved = |span: Span| text.moved(span);
    for part in &mut parts {
        part.settings.iter_mut().for_each(|setting| setting.place(moved));
        part.place = part.settings.first().map(|first| first.key_span);
        part.problems.clear();
    }
    parts.retain(|part| !part.settings.is_empty());
    (!parts.is_empty()).then(|| Document { parts, ..Document::default() })
}

/// Goes through a tree, which is no deeper than trees are kept. The name of a connector stands beside its `config`,
/// or in it.
fn find(node: &Node, found: &mut impl FnMut(&[(Scalar, Node)], Option<(&Scalar, &Scalar)>)) {
    let is_config = |node: &Node| node.get(CLASS).and_then(Node::text).is_some();
    if is_config(node) {
        return found(node.entries(), None);
    }
    if let Some(config) = node.get("config").filter(|config| is_config(config)) {
        let mut names =
            node.entries().iter().filter(|(key, _)| key.text == "name" && config.get("name").is_none());
        let name = names.next_back().and_then(|(key, value)| Some((key, value.scalar()?)));
        return found(config.entries(), name);
    }
    let values = node.entries().iter().map(|(_, value)| value);
    values.chain(node.items()).for_each(|inner| find(inner, found));
}

/// One connector's configuration.
fn connector(
    path: &str,
    name: Option<Setting>,
    entries: &[(Scalar, Node)],
    said: Option<Component>,
    problems: &mut Vec<Problem>,
) -> Document {
    let mut settings: Vec<_> = name.into_iter().collect();
    for (key, value) in entries {
        match value {
            // To Connect, `null` means that the key is not set.
            Node::Scalar(value) if value.style == Style::Plain && value.text == "null" => {}
            Node::Scalar(value) => settings.push(setting(key, value)),
            Node::List(_) | Node::Map(_) => problems.push(Problem {
                message: format!(
                    "`{}` is a list or an object; a connector's values are text, numbers and booleans. Write it as one text.",
                    key.text
                ),
                span: key.span,
                fatal: true,
            }),
        }
    }
    properties::mark_duplicates(&mut settings, problems);
    let (_, component, _) = kind::detect(path, &settings);
    let component = said.or(component);
    let is_partial = settings.iter().any(Setting::has_placeholder);
    let mut document =
        Document { kind: Kind::ConnectorJson, component, settings, is_partial, ..Document::default() };
    prefix::assign(&mut document);
    document
}

fn setting(key: &Scalar, value: &Scalar) -> Setting {
    Setting { span: Span::new(quoted(key).start, quoted(value).end), ..part::setting(key, value) }
}

/// A scalar with its quotes.
fn quoted(scalar: &Scalar) -> Span {
    match scalar.style {
        Style::Plain => scalar.span,
        _ => Span::new(scalar.span.start.saturating_sub(1), scalar.span.end + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{
  "name": "orders",
  "config": {
    "connector.class": "io.confluent.connect.jdbc.JdbcSinkConnector",
    "topics": "a,b",
    "tasks.max": 2,
    "consumer.override.max.poll.records": "50",
    "transforms": "mask",
    "transforms.mask.type": "org.apache.kafka.connect.transforms.ReplaceField$Value",
    "transforms.mask.blacklist": "secret",
    "errors.log.enable": true,
    "errors.retry.timeout": null
  },
  "tasks": []
}"#;

    fn settings(document: &Document, text: &str) -> Vec<String> {
        let settings = document.settings.iter();
        settings
            .map(|one| {
                let component = one.component.map_or("-", Component::name);
                format!("{}|{} {component} {}={}", one.prefix, one.key, one.value, one.value_span.of(text))
            })
            .collect()
    }

    #[test]
    fn the_body_of_a_request_is_a_connectors_configuration_with_its_places() {
        let document = crate::read("", BODY, None);
        assert_eq!(document.kind, Kind::ConnectorJson);
        assert_eq!(document.component, Some(Component::CONNECTOR_SINK));
        let settings = settings(&document, BODY);
        assert_eq!(settings.first().map(String::as_str), Some("|name connector-sink orders=orders"));
        assert!(settings.iter().any(|one| one == "|tasks.max connector-sink 2=2"), "{settings:#?}");
        assert!(
            settings.iter().any(|one| one == "consumer.override.|max.poll.records consumer 50=50"),
            "{settings:#?}"
        );
        assert!(settings.iter().all(|one| !one.contains("errors.retry.timeout")), "{settings:#?}");
        let entry = document.settings.iter().find(|one| one.key == "errors.log.enable").expect("a setting");
        assert_eq!(entry.span.of(BODY), "\"errors.log.enable\": true");
    }

    #[test]
    fn a_list_of_connectors_has_a_part_for_each() {
        let text = r#"{"a": {"info": {"config": {"connector.class": "x.FileSourceConnector", "topic": "t"}}},
            "b": {"info": {"config": {"connector.class": "MirrorSourceConnector"}}}}"#;
        let document = crate::read("", text, None);
        let components: Vec<_> = document.parts.iter().map(|part| part.component).collect();
        assert_eq!(components, [Some(Component::CONNECTOR_SOURCE), Some(Component::MM2_SOURCE)]);
        assert!(document.settings.is_empty() && document.component.is_none());
    }

    #[test]
    fn a_broken_body_is_read_up_to_its_fault_and_what_is_no_text_is_said() {
        let text = "{\"connector.class\": \"x.S\", \"a\": [1], \"b\": \"2\" \"c\": 3}";
        let document = crate::read("", text, None);
        assert_eq!(document.settings.len(), 2);
        let places: Vec<_> = document.problems.iter().map(|one| (one.span.of(text), one.fatal)).collect();
        assert_eq!(places, [("a", true), ("\"c\"", true)]);
    }

    #[test]
    fn other_json_is_not_claimed() {
        for text in ["{\"name\": \"x\", \"dependencies\": {}}", "[1, 2]", "{}"] {
            assert_ne!(crate::read("x.json", text, None).kind, Kind::ConnectorJson, "{text}");
        }
    }
}
