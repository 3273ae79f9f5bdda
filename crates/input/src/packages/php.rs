//! Composer: `composer.json` and `composer.lock`.

use super::{Found, start_of};
use crate::{Document, Ecosystem, Encoding, Format};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;
use kafka_upgrade_syntax::tree::{Node, json};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "composer", extensions: &[], names: &["composer.json", "composer.lock"], sniff, read };

fn sniff(path: &str, text: &str) -> u8 {
    let start = start_of(text);
    let tables =
        ["\"require\"", "\"require-dev\"", "\"packages-dev\""].iter().any(|table| start.contains(table));
    // npm's manifests may have `require` below `exports`.
    let own = FORMAT.names.contains(&paths::file_name(path)) || (tables && !start.contains("ependencies\""));
    if start.trim_start().starts_with('{') && own { 95 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::Packagist);
    let tree = json::read(text);
    let Some(root) = tree.roots.first() else { return found.done() };
    for (name, version) in
        ["require", "require-dev"].iter().filter_map(|table| root.get(table)).flat_map(Node::entries)
    {
        found.add_pair(name, version.scalar());
    }
    for package in
        ["packages", "packages-dev"].iter().filter_map(|table| root.get(table)).flat_map(Node::items)
    {
        if let Some(name) = package.get("name").and_then(Node::scalar) {
            found.add_pair(name, package.get("version").and_then(Node::scalar));
        }
    }
    found.document.problems.extend(tree.problem);
    found.done()
}
