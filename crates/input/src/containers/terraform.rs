//! Terraform: configurations of Amazon MSK, topics of whichever provider, versions of clusters.
//!
//! A variable's default and a local value stand for it where the version of a cluster is one. What is *not* here: other
//! values of variables and other modules, which are placeholders.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::{Component, Mode};
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Embedded, EmbeddedFile, SourceText, template};
use kafka_upgrade_syntax::tree::{Node, Scalar, Style, hcl};

use super::{maps, sniff, walk};
use crate::part;
use crate::part::setting;
use crate::platform::mode_of_version;
use crate::tokens;
use crate::{
    Dependency, Document, Ecosystem, Encoding, Format, Kind, Observation, Resource, Setting, Span, kind,
    prefix,
};
use kafka_upgrade_syntax::properties;

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "terraform", extensions: &["tf", "hcl", "tfvars", "nomad"], names: &[], sniff, read };

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

fn sniff(path: &str, text: &str) -> u8 {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    let name = template::plain_name(path);
    let named = [".tf", ".tfvars", ".hcl", ".nomad"].iter().any(|ending| name.ends_with(ending));
    let is_block = |line: &str| {
        let names = |rest: &str| rest.starts_with(" \"") || rest.starts_with(" [[");
        let starts = |word: &str| line.strip_prefix(word).is_some_and(names);
        (starts("resource") || starts("module") || starts("data") || starts("job")) && line.ends_with('{')
    };
    let is_kafkas = beginning.to_ascii_lowercase().contains("kafka") || beginning.contains("msk");
    match (named, beginning.lines().any(|line| is_block(line.trim_end()))) {
        (true, true) if is_kafkas => 98,
        (_, true) if is_kafkas => 91,
        (true, _) => 45,
        _ => 0,
    }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    let roots = hcl::read(text).roots;
    let values = values(&roots);
    for root in &roots {
        attributes(text, root, "", &values, &mut document);
        walk::read_tree(text, root, &mut document);
        document.resources.extend(root.entries().iter().filter_map(|(key, value)| cluster(key, value)));
    }
    document
}

/// A cluster of Amazon MSK with its own name.
fn cluster(key: &Scalar, value: &Node) -> Option<Resource> {
    let is_cluster = key.text.starts_with("resource aws_msk_cluster ");
    let name = value.get("cluster_name").and_then(Node::scalar).filter(|_| is_cluster)?;
    let kind = "aws_msk_cluster".to_owned();
    Some(Resource { kind, name: name.text.clone(), span: name.span, ..Resource::default() })
}

/// What stands for a variable or a local value: its default, and its value.
type Values<'t> = BTreeMap<String, &'t Scalar>;

/// Defaults of variables and local values, by the names with which they are used: `var.name`, `local.name`.
fn values(roots: &[Node]) -> Values<'_> {
    let mut found = Values::new();
    for (key, value) in roots.iter().flat_map(Node::entries) {
        if let Some(name) = key.text.strip_prefix("variable ") {
            let default = value.get("default").and_then(Node::scalar);
            found.extend(default.map(|default| (format!("var.{}", name.trim_matches('"')), default)));
        } else if key.text == "locals" {
            let locals = value.entries().iter().filter_map(|(name, value)| Some((name, value.scalar()?)));
            found.extend(locals.map(|(name, value)| (format!("local.{}", name.text), value)));
        }
    }
    found
}

/// Goes through blocks and objects, which are no deeper than trees are kept; `of` are the names of the blocks around.
fn attributes(text: &str, node: &Node, of: &str, values: &Values<'_>, document: &mut Document) {
    chart(node, document);
    // Only machines of Amazon's clusters have such names: `kafka.t3.small`.
    let is_machine = |node: &Node| node.text().is_some_and(|name| name.starts_with("kafka."));
    let of_msk = ["instance_type", "broker_node_instance_type"];
    let of_msk = of_msk.iter().any(|key| node.get(key).is_some_and(is_machine));
    let of = if of_msk { format!("{of} msk") } else { of.to_owned() };
    for (key, value) in node.entries() {
        let of = format!("{of} {}", key.text);
        match value {
            Node::Scalar(scalar) => {
                let name = scalar.text.trim_start_matches("${").trim_end_matches('}').trim();
                let scalar =
                    values.get(name).filter(|_| key.text.ends_with("kafka_version")).unwrap_or(&scalar);
                attribute(text, key, scalar, &of, document);
            }
            Node::Map(_) => {
                document.parts.extend(maps::part(key, value));
                if of.contains("aiven_kafka") && matches!(key.text.as_str(), "kafka" | "config") {
                    document.parts.extend(underscored(key, value, &of));
                }
                attributes(text, value, &of, values, document);
            }
            Node::List(items) => items.iter().for_each(|item| attributes(text, item, &of, values, document)),
        }
    }
}

/// Settings of Aiven's provider, whose keys have underscores for dots.
fn underscored(key: &Scalar, node: &Node, of: &str) -> Option<Document> {
    let component = if of.contains("aiven_kafka_topic") { Component::TOPIC } else { Component::BROKER };
    let settings: Vec<Setting> = (node.entries().iter())
        .filter_map(|(name, value)| {
            let dotted = name.text.replace('_', ".");
            let value = value.scalar().filter(|_| kind::is_key_of(component, &dotted))?;
            Some(Setting { key: dotted, ..setting(name, value) })
        })
        .collect();
    if settings.is_empty() {
        return None;
    }
    let kind = Kind::ApplicationConfig;
    let (component, place) = (Some(component), Some(key.span));
    let mut part = Document { kind, component, settings, place, is_partial: true, ..Document::default() };
    prefix::assign(&mut part);
    Some(part)
}

/// A chart of Kafka with its ZooKeeper switched on: `set { name = "zookeeper.enabled" value = "true" }`.
fn chart(node: &Node, document: &mut Document) {
    let is_kafkas = node.get("chart").and_then(Node::text).is_some_and(|chart| chart.ends_with("kafka"));
    if !is_kafkas {
        return;
    }
    for (key, value) in node.entries() {
        let sets = if key.text == "set" { std::slice::from_ref(value) } else { value.items() };
        for set in sets {
            let name = set.get("name").and_then(Node::text);
            let value = set.get("value").and_then(Node::scalar).filter(|value| value.text == "true");
            if let (Some("zookeeper.enabled"), Some(value)) = (name, value) {
                document.observe(Observation::Mode(Mode::Zookeeper), value.span);
            }
        }
    }
}

fn attribute(text: &str, key: &Scalar, value: &Scalar, of: &str, document: &mut Document) {
    if of.contains("msk") && matches!(key.text.as_str(), "kafka_version" | "cluster_kafka_version") {
        let is_number = value.text.starts_with(|one: char| one.is_ascii_digit());
        if is_number {
            if let Some(mode) = mode_of_version(&value.text) {
                document.observe(Observation::Mode(mode), value.span);
            }
            document.dependencies.push(Dependency {
                ecosystem: Ecosystem::Name,
                artifact: "amazon msk".to_owned(),
                version: value.text.replace(".kraft", "").replace(".tiered", "").replace(".x", ""),
                span: value.span,
            });
        }
    } else if of.contains("aiven_kafka")
        && key.text == "kafka_version"
        && value.text.starts_with(|one: char| one.is_ascii_digit())
    {
        document.dependencies.push(Dependency {
            ecosystem: Ecosystem::Name,
            artifact: "kafka".to_owned(),
            version: value.text.clone(),
            span: value.span,
        });
    } else if value.style == Style::Block || key.text == "server_properties" {
        let lines = lines(text, value, key.span).or_else(|| joined(text, value, key.span));
        let written = value.span.of(text);
        // What a machine starts with; a here-document keeps its lines as they are.
        if lines.is_none() && written.trim_start().starts_with("#!") {
            document.embed(Embedded::Commands(SourceText::plain(written, value.span.start)));
        }
        // What Nomad makes variables of.
        if lines.is_none() && sniff::is_environment(&template::mask(written).text) {
            document.embed(Embedded::File(EmbeddedFile {
                name: "template.env".to_owned(),
                place: key.span,
                text: SourceText::plain(written, value.span.start),
                written: SourceText::plain(written, value.span.start),
                is_escaped: false,
            }));
        }
        document.parts.extend(lines);
    }
}

/// Lines of `.properties` that a call joins: `join("\\n", ["auto.create.topics.enable=true"])`.
fn joined(text: &str, body: &Scalar, place: Span) -> Option<Document> {
    let written = body.span.of(text);
    if !written.contains("join(") {
        return None;
    }
    let mut settings = Vec::new();
    for line in tokens::read(written, tokens::Comments::Hash) {
        if line.kind != tokens::TokenKind::Text || !line.text.contains('=') {
            continue;
        }
        let start = body.span.start + line.span.start + 1;
        let (mut own, _) = properties::read(line.text, Encoding::Utf8);
        let moved = |span: Span| Span::new(span.start + start, span.end + start);
        own.iter_mut().for_each(|setting: &mut Setting| setting.place(moved));
        settings.extend(own);
    }
    let (kind, component, _) = kind::detect("", &settings);
    let component = component.filter(|_| settings.iter().any(|one| part::is_kafkas(&one.key)))?;
    Some(part::with_settings(kind, component, settings, place))
}

/// Lines of `.properties` in a here-document or a string without escapes.
fn lines(text: &str, body: &Scalar, place: Span) -> Option<Document> {
    let written = body.span.of(text);
    if body.style != Style::Block && written != body.text {
        return None;
    }
    let (mut settings, _) = properties::read(written, Encoding::Utf8);
    let (kind, component, _) = kind::detect("", &settings);
    let component = component.filter(|_| settings.iter().any(|one| part::is_kafkas(&one.key)))?;
    let moved = |span: Span| Span::new(span.start + body.span.start, span.end + body.span.start);
    settings.iter_mut().for_each(|setting: &mut Setting| setting.place(moved));
    Some(part::with_settings(kind, component, settings, place))
}
