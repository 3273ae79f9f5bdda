//! .NET: project files, central versions, `packages.config`, `packages.lock.json`, `project.assets.json`.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Component;
use kafka_upgrade_sorted::Gather as _;

use super::{Found, start_of};
use crate::{Document, Ecosystem, Encoding, Format, Span};
use kafka_upgrade_syntax::tree::xml::{self, Element};
use kafka_upgrade_syntax::tree::{Node, Scalar, json};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "nuget",
    extensions: &["csproj", "fsproj", "vbproj", "vcxproj"],
    names: &["Directory.Packages.props", "packages.config", "packages.lock.json", "project.assets.json"],
    sniff,
    read,
};

fn sniff(_: &str, text: &str) -> u8 {
    // A project in C++ names its packages by the folders that they are unpacked to, at its end.
    let start = start_of(text);
    if start.trim_start().starts_with('<') && text.contains("<Import Project=\"packages\\") {
        return 96;
    }
    let xml = start.trim_start().starts_with('<');
    let signs = ["<PackageReference", "<PackageVersion", "Sdk=\"Microsoft.NET", "<packages>"];
    let lock = || is_json(start) && start.contains("\"resolved\"") && start.contains("\"requested\"");
    let assets =
        || is_json(start) && start.contains("\"targets\"") && start.contains("\"type\": \"package\"");
    if (xml && signs.iter().any(|sign| start.contains(sign))) || lock() || assets() { 96 } else { 0 }
}

fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::NuGet);
    if is_json(text) {
        let tree = json::read(text);
        let table = |name: &str| {
            let table = tree.roots.first().and_then(|root| root.get(name));
            table.map(Node::entries).unwrap_or_default().iter()
        };
        for (name, package) in table("dependencies").flat_map(|(_, packages)| packages.entries()) {
            let by = package.get("type").and_then(Node::text).filter(|kind| *kind == "Transitive");
            found.add_pair(name, package.get("resolved").and_then(Node::scalar));
            found.transitive(by.map(|_| ""));
        }
        assets(table("targets"), table("projectFileDependencyGroups"), &mut found);
        found.document.problems.extend(tree.problem);
        return found.done();
    }
    let tree = xml::read(text);
    let mut properties = BTreeMap::new();
    for group in tree.iter().flat_map(|root| &root.children).filter(|group| group.name == "PropertyGroup") {
        properties
            .extend(group.children.iter().filter_map(|one| Some((one.name.as_str(), one.text.as_ref()?))));
    }
    tree.iter().for_each(|element| learn(element, &properties, &mut found));
    found.done()
}

/// What `restore` writes down: all packages of each framework, and those that the project names.
fn assets<'t>(
    targets: impl Iterator<Item = &'t (Scalar, Node)>,
    groups: impl Iterator<Item = &'t (Scalar, Node)>,
    found: &mut Found,
) {
    let named = groups.flat_map(|(_, group)| group.items()).filter_map(Node::text);
    let named: BTreeSet<_> = named.filter_map(|one| one.split(' ').next()).gather();
    let packages: Vec<_> = targets.flat_map(|(_, packages)| packages.entries()).collect();
    let mut by = BTreeMap::new();
    for (whole, package) in &packages {
        let name = whole.text.split('/').next().unwrap_or_default();
        for (needs, _) in package.get("dependencies").map(Node::entries).unwrap_or_default() {
            by.entry(needs.text.as_str()).or_insert(name);
        }
    }
    let mut known = BTreeSet::new();
    for (whole, _) in packages {
        let Some((name, version)) = whole.text.split_once('/') else { continue };
        if known.insert(&whole.text) {
            let plain = (whole.span.end - whole.span.start) as usize == whole.text.len();
            let start = whole.span.start + if plain { name.len() as u32 + 1 } else { 0 };
            found.add(name, version, Span::new(start, whole.span.end));
            found.transitive((!named.contains(name)).then(|| by.get(name).copied().unwrap_or_default()));
        }
    }
}

/// The folder that packages are unpacked to.
const UNPACKED: &str = "packages\\";

/// The package with its version of `packages\librdkafka.redist.1.8.2\build\native\librdkafka.redist.targets`.
fn unpacked(path: &Scalar) -> Option<(&str, &str, Span)> {
    let at = path.text.find(UNPACKED)? + UNPACKED.len();
    let folder = path.text.get(at..)?.split('\\').next()?;
    let dot = folder
        .as_bytes()
        .windows(2)
        .position(|two| two.first() == Some(&b'.') && two.get(1).is_some_and(u8::is_ascii_digit))?;
    let (name, version) = (folder.get(..dot)?, folder.get(dot + 1..)?);
    let start = path.span.start + (at + dot + 1) as u32;
    Some((name, version, Span::new(start, start + version.len() as u32)))
}

/// No deeper than elements are kept.
fn learn(element: &Element, properties: &BTreeMap<&str, &Scalar>, found: &mut Found) {
    let attribute = |names: &[&str]| names.iter().find_map(|name| element.attribute(name));
    let package = match element.name.as_str() {
        "PackageReference" | "PackageVersion" => attribute(&["Include", "Update"]),
        "package" => attribute(&["id"]),
        _ => None,
    };
    if element.name == "Import"
        && let Some((name, version, span)) = attribute(&["Project"]).and_then(unpacked)
    {
        found.add(name, version, span);
    }
    if let Some(name) = package {
        let version: Option<&Scalar> =
            attribute(&["Version", "VersionOverride", "version"]).or_else(|| element.text_of("Version"));
        let property = version.and_then(|version| version.text.strip_prefix("$(")?.strip_suffix(')'));
        found.add_pair(name, property.and_then(|name| properties.get(name).copied()).or(version));
    }
    element.children.iter().for_each(|child| learn(child, properties, found));
}
