//! npm, Yarn and pnpm.

use kafka_upgrade_catalog::Component;

use super::{Found, file_of, is_known, lines, place, quoted, start_of};
use crate::tree::{Node, Tree, json, yaml};
use crate::{Document, Ecosystem, Encoding, Format, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "npm",
    extensions: &[],
    names: &["package.json", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"],
    sniff,
    read,
};

const TABLES: &[&str] = &["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

fn sniff(path: &str, text: &str) -> u8 {
    let start = start_of(text);
    let json = start.trim_start().starts_with('{');
    let tables = || start.contains("ependencies\"") || start.contains("\"lockfileVersion\"");
    if (json && tables() && !start.contains("\"packages-dev\"") && !start.contains("\"require\""))
        || start.starts_with("# yarn lockfile")
        || start.contains("# yarn lockfile v1")
        || start.contains("__metadata:\n")
        || (start.starts_with("lockfileVersion:") && start.contains("packages:"))
    {
        94
    } else if FORMAT.names.contains(&file_of(path)) {
        90
    } else if start.len() < 400 && fragment(start).is_some() {
        // One line out of such a file: "kafkajs": "^2.2.4",
        88
    } else {
        0
    }
}

/// A name that npm has and its version, alone on their line.
fn fragment(text: &str) -> Option<(&str, &str, Span)> {
    let mut lines = lines(text).filter(|(_, line)| !line.trim().is_empty());
    let (start, line) = lines.next()?;
    let (name, at) = quoted(line, 0)?;
    let (version, from) = quoted(line, at + name.len() + 1)?;
    let alone = line.trim_start().starts_with('"') && line.trim_end().ends_with(['"', ',']);
    let between = line.get(at + name.len() + 1..from - 1)?.trim();
    (alone && between == ":" && is_known(Ecosystem::Npm, name))
        .then(|| (name, version, place(start, from, version.len())))
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::Npm);
    let start = start_of(text);
    if start.trim_start().starts_with('{') {
        let tree = json::read(text);
        manifest(&tree, &mut found);
        found.document.problems.extend(tree.problem);
    } else if start.starts_with("lockfileVersion:") {
        pnpm(&yaml::read(text), &mut found);
    } else if let Some((name, version, span)) = fragment(text) {
        found.add(name, version, span);
    } else {
        yarn(text, &mut found);
    }
    found.done()
}

/// `package.json`, and locks of npm: by name, or by folder below `node_modules`.
fn manifest(tree: &Tree, found: &mut Found) {
    let Some(root) = tree.roots.first() else { return };
    for (name, value) in TABLES.iter().filter_map(|table| root.get(table)).flat_map(Node::entries) {
        found.add_pair(name, value.scalar().or_else(|| value.get("version")?.scalar()));
    }
    for (folder, value) in root.get("packages").map(Node::entries).unwrap_or_default() {
        let Some((_, name)) = folder.text.rsplit_once("node_modules/") else { continue };
        if let Some(version) = value.get("version").and_then(Node::scalar) {
            found.add(name, &version.text, version.span);
        }
    }
}

/// Entries like `kafkajs@2.2.4`, `/kafkajs@2.2.4(peer)` and `/kafkajs/2.2.4`.
fn pnpm(tree: &Tree, found: &mut Found) {
    let tables = tree.roots.iter().flat_map(|root| [root.get("packages"), root.get("snapshots")]);
    let first = tables.flatten().next();
    for (key, _) in first.map(Node::entries).unwrap_or_default() {
        let whole = key.text.split('(').next().unwrap_or_default();
        let own = whole.trim_start_matches('/');
        let at = own.rfind('@').filter(|at| *at > 0).or_else(|| own.rfind('/'));
        if let Some((name, version)) = at.and_then(|at| Some((own.get(..at)?, own.get(at + 1..)?))) {
            let from = key.span.start + (whole.len() - version.len()) as u32;
            found.add(name, version, Span::new(from, from + version.len() as u32));
        }
    }
}

/// `kafkajs@^2.2.4, kafkajs@2:` and below it `version "2.2.4"`; in newer locks `"kafkajs@npm:^2.2.4":` and
/// `version: 2.2.4`.
fn yarn(text: &str, found: &mut Found) {
    let mut name = "";
    for (start, line) in lines(text) {
        if !line.starts_with([' ', '#']) {
            let entry = line.trim_start_matches('"').trim_end_matches([':', '"']);
            name = entry
                .get(1..)
                .and_then(|rest| rest.find('@'))
                .map_or("", |at| entry.get(..=at).unwrap_or_default());
        } else if let Some(rest) = line.trim_start().strip_prefix("version") {
            let version = rest.trim_matches([':', ' ', '"']);
            let at = line.len() - rest.len() + rest.find(version).unwrap_or_default();
            if !name.is_empty() && !version.is_empty() {
                found.add(name, version, place(start, at, version.len()));
            }
        }
    }
}
