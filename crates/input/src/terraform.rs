//! Terraform: configurations of Amazon MSK, topics of whichever provider, versions of clusters.
//!
//! What is *not* here: values of variables and other modules, which are placeholders; scripts that machines start with.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_syntax::tree::{Node, Scalar, Style, hcl};

use crate::containers::maps;
use crate::{
    Dependency, Document, Ecosystem, Encoding, Format, Kind, Setting, Span, kind, prefix, properties,
};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "terraform", extensions: &["tf", "hcl", "tfvars"], names: &[], sniff, read };

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

fn sniff(path: &str, text: &str) -> u8 {
    let beginning = text.get(..text.floor_char_boundary(BEGINNING_BYTES)).unwrap_or_default();
    let named = [".tf", ".tfvars", ".hcl"].iter().any(|ending| path.ends_with(ending));
    let is_block = |line: &str| {
        let starts = |word: &str| line.strip_prefix(word).is_some_and(|rest| rest.starts_with(" \""));
        (starts("resource") || starts("module") || starts("data")) && line.ends_with('{')
    };
    let is_kafkas = beginning.to_ascii_lowercase().contains("kafka") || beginning.contains("msk");
    match (named, beginning.lines().any(|line| is_block(line.trim_end()))) {
        (_, true) if is_kafkas => 91,
        (true, _) => 45,
        _ => 0,
    }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    for root in &hcl::read(text).roots {
        walk(text, root, false, &mut document);
    }
    document
}

/// Goes through blocks and objects, which are no deeper than trees are kept; `is_msk` holds inside of MSK's.
fn walk(text: &str, node: &Node, is_msk: bool, document: &mut Document) {
    for (key, value) in node.entries() {
        let is_msk = is_msk || key.text.contains("msk");
        match value {
            Node::Scalar(scalar) => attribute(text, key, scalar, is_msk, document),
            Node::Map(_) => {
                document.parts.extend(maps::part(key, value));
                walk(text, value, is_msk, document);
            }
            Node::List(items) => items.iter().for_each(|item| walk(text, item, is_msk, document)),
        }
    }
}

fn attribute(text: &str, key: &Scalar, value: &Scalar, is_msk: bool, document: &mut Document) {
    if is_msk && matches!(key.text.as_str(), "kafka_version" | "cluster_kafka_version") {
        let is_number = value.text.starts_with(|one: char| one.is_ascii_digit());
        if is_number {
            document.dependencies.push(Dependency {
                ecosystem: Ecosystem::Name,
                artifact: "amazon msk".to_owned(),
                version: value.text.clone(),
                span: value.span,
            });
        }
    } else if value.style == Style::Block || key.text == "server_properties" {
        document.parts.extend(lines(text, value, key.span));
    }
}

/// Lines of `.properties` in a here-document or a string without escapes.
pub(crate) fn lines(text: &str, body: &Scalar, place: Span) -> Option<Document> {
    let written = body.span.of(text);
    if body.style != Style::Block && written != body.text {
        return None;
    }
    let (mut settings, _) = properties::read(written, Encoding::Utf8);
    let (kind, component, _) = kind::detect("", &settings);
    let component = component.filter(|_| settings.iter().any(|one| maps::is_kafkas(&one.key)))?;
    let moved = |span: Span| Span::new(span.start + body.span.start, span.end + body.span.start);
    settings.iter_mut().for_each(|setting: &mut Setting| setting.place(moved));
    let mut part = Document {
        kind,
        component: Some(component),
        settings,
        place: Some(place),
        is_partial: true,
        ..Document::default()
    };
    prefix::assign(&mut part);
    Some(part)
}
