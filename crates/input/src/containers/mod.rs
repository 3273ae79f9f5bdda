//! What runs in containers: Dockerfiles, Compose files, Kubernetes' and Helm's YAML, the resources of operators.
//!
//! Images are libraries with versions ([`image`]); variables are settings where the image makes some of them
//! ([`env`]); commands, and the bodies of files that stand in a text, are read as what they are. Each container,
//! resource and body is a part of its own, judged as a file is.
//!
//! What is *not* here: what other files bring along (`env_file`, mounted files, a chart's own defaults); a part that
//! has such is partial, and nothing is said of what it lacks. A file without anything of Kafka's gives nothing.

mod dockerfile;
mod env;
mod image;
mod kubernetes;
mod sniff;
#[cfg(test)]
mod tests;
mod variables;
mod walk;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_catalog::clients::product_of;

use crate::shell::Found;
use crate::{Dependency, Document, Encoding, Format, Kind, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "containers",
    extensions: &["dockerfile", "containerfile"],
    names: &[
        "Dockerfile",
        "Containerfile",
        "compose.yaml",
        "compose.yml",
        "docker-compose.yaml",
        "docker-compose.yml",
        "values.yaml",
        "values.yml",
    ],
    sniff: sniff::sniff,
    read,
};

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::Containers, ..Document::default() };
    if sniff::is_dockerfile(path, text) {
        dockerfile::read(text, &mut document);
    } else {
        walk::read(text, &mut document);
    }
    // Other programs have ZooKeeper too.
    let is_known = |one: &Dependency| product_of(one.ecosystem.name(), &one.artifact).is_some();
    if document.parts.is_empty() && !document.dependencies.iter().any(is_known) {
        document.dependencies.clear();
    }
    document.dependencies.sort_by_key(|dependency| dependency.span);
    document.usages.sort_by(|a, b| (a.span, a.kind, &a.name).cmp(&(b.span, b.kind, &b.name)));
    document.usages.dedup();
    document
}

/// What commands in it use and set.
fn take(found: Found, document: &mut Document) {
    let Found { usages, settings } = found;
    document.usages.extend(usages);
    document.settings.extend(settings);
}

/// A configuration that is part of a text.
fn part(component: Component, place: Span, is_partial: bool) -> Document {
    let (component, place) = (Some(component), Some(place));
    Document { kind: Kind::Containers, component, place, is_partial, ..Document::default() }
}
