//! conda: `environment.yml`, with what pip adds to it.

use super::python::add_requirement;
use super::{Found, least, lines, start_of};
use crate::{Dependency, Document, Ecosystem, Encoding, Format, Span};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;
use kafka_upgrade_syntax::tree::{Node, Scalar, yaml};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "conda environment",
    extensions: &[],
    names: &["environment.yml", "environment.yaml"],
    sniff,
    read,
};

fn sniff(path: &str, text: &str) -> u8 {
    let has = |name: &str| lines(start_of(text)).any(|(_, line)| line.trim_end() == name);
    let named = FORMAT.names.contains(&paths::file_name(path));
    let list = lines(start_of(text)).any(|(_, line)| line.starts_with("channels:")) || has("  - pip:");
    if has("dependencies:") && (named || list) { 96 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::PyPi);
    let tree = yaml::read(text);
    let list = tree.roots.first().and_then(|root| root.get("dependencies")).map(Node::items);
    for one in list.unwrap_or_default() {
        if let Some(package) = one.scalar() {
            add(package, &mut found);
        }
        for pip in one.get("pip").map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar) {
            add_requirement(&pip.text, pip.span.start as usize, &mut found);
        }
    }
    found.document.problems.extend(tree.problem);
    found.done()
}

/// `channel::name=1.2=build`, `name >=1.2,<2`.
fn add(package: &Scalar, found: &mut Found) {
    let text = package.text.as_str();
    let own = text.rsplit("::").next().unwrap_or(text);
    let end = own.find(|one: char| " =<>!~[".contains(one)).unwrap_or(own.len());
    let (name, asked) = own.split_at_checked(end).unwrap_or((own, ""));
    let blanks = asked.len() - asked.trim_start().len();
    let asked = asked.trim_start();
    let (version, at) = least(asked);
    let start = (text.len() - own.len() + name.len() + blanks + at) as u32 + package.span.start;
    // What was written with signs of YAML's own has other places.
    let plain = (package.span.end - package.span.start) as usize == text.len();
    let span = if version.is_empty() || !plain {
        package.span
    } else {
        Span::new(start, start + version.len() as u32)
    };
    match name {
        // What Python's library has inside is a package of its own.
        "librdkafka" => found.document.dependencies.push(Dependency {
            ecosystem: Ecosystem::Name,
            artifact: name.to_owned(),
            version: version.to_owned(),
            span,
        }),
        "python-confluent-kafka" => found.add("confluent-kafka", version, span),
        _ => found.add(&name.to_ascii_lowercase().replace(['_', '.'], "-"), version, span),
    }
}
