//! npm, Yarn and pnpm.

use super::{Found, is_known, lines, place, quoted, start_of};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Embedded, SourceText, paths};

use crate::program_commands::runs_tool;
use crate::{Document, Ecosystem, Encoding, Format, Span};
use kafka_upgrade_syntax::tree::{Node, Tree, json, yaml};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "npm",
    extensions: &[],
    names: &[
        "package.json",
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "bun.lock",
    ],
    sniff,
    read,
};

const TABLES: &[&str] = &["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

fn sniff(path: &str, text: &str) -> u8 {
    let start = start_of(text);
    let json = start.trim_start().starts_with('{');
    let tables = || start.contains("ependencies\"") || start.contains("\"lockfileVersion\"");
    if (json && tables() && !start.contains("\"packages-dev\""))
        || start.starts_with("# yarn lockfile")
        || start.contains("# yarn lockfile v1")
        || start.contains("__metadata:\n")
        || (start.starts_with("lockfileVersion:") && start.contains("packages:"))
    {
        94
    } else if FORMAT.names.contains(&paths::file_name(path)) {
        90
    } else if start.len() < 4000 && fragment(start).is_some() {
        // Lines out of such a file: "kafkajs": "^2.2.4",
        88
    } else {
        0
    }
}

/// A name that npm has, its version and where that is.
type Pair<'t> = (&'t str, &'t str, Span);

/// Lines out of a table of packages, nothing else, with one that the catalog knows.
fn fragment(text: &str) -> Option<Vec<Pair<'_>>> {
    let mut pairs = Vec::new();
    for (start, line) in lines(text) {
        let code = line.trim().trim_end_matches(',');
        if code.is_empty() || code == "}" || (code.ends_with("{") && code.contains("ependencies\"")) {
            continue;
        }
        let (name, at) = quoted(line, 0)?;
        let (version, from) = quoted(line, at + name.len() + 1)?;
        let between = line.get(at + name.len() + 1..from - 1)?.trim();
        if !code.starts_with('"') || !code.ends_with('"') || between != ":" {
            return None;
        }
        pairs.push((name, version, place(start, from, version.len())));
    }
    pairs.iter().any(|(name, ..)| is_known(Ecosystem::Npm, name)).then_some(pairs)
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::Npm);
    let start = start_of(text);
    if start.trim_start().starts_with('{') {
        let tree = json::read(text);
        manifest(&tree, &mut found);
        scripts(text, &tree, &mut found.document);
        found.document.problems.extend(tree.problem);
    } else if start.starts_with("lockfileVersion:") {
        pnpm(&yaml::read(text), &mut found);
    } else if let Some(pairs) = fragment(text) {
        pairs.into_iter().for_each(|(name, version, span)| found.add(name, version, span));
    } else {
        yarn(text, &mut found);
    }
    found.done()
}

/// Scripts of a package that run tools of Kafka's.
fn scripts(text: &str, tree: &Tree, document: &mut Document) {
    let scripts = tree.roots.first().and_then(|root| root.get("scripts"));
    for command in scripts.map(Node::entries).unwrap_or_default().iter().filter_map(|(_, one)| one.scalar()) {
        if runs_tool(&command.text) {
            document.embed(Embedded::Commands(SourceText::resolved(text, &command.text, command.span)));
        }
    }
}

/// `package.json`, and locks of npm: by name, or by folder below `node_modules`.
fn manifest(tree: &Tree, found: &mut Found) {
    let Some(root) = tree.roots.first() else { return };
    for (name, value) in TABLES.iter().filter_map(|table| root.get(table)).flat_map(Node::entries) {
        let version = value.scalar().or_else(|| value.get("version")?.scalar());
        // Under a name of one's own: `npm:kafkajs@^2`.
        let alias = version.and_then(|version| Some((version, version.text.strip_prefix("npm:")?)));
        match alias.and_then(|(version, asked)| Some((version, asked.rsplit_once('@')?))) {
            Some((version, (name, asked))) => {
                found.add(name, asked, Span::new(version.span.end - asked.len() as u32, version.span.end));
            }
            None => found.add_pair(name, version),
        }
    }
    for (folder, value) in root.get("packages").map(Node::entries).unwrap_or_default() {
        // Bun: `"kafkajs": ["kafkajs@2.2.4", …]`.
        if let Some(entry) = value.items().first().and_then(Node::scalar) {
            add_entry(&entry.text, entry.span.start, found);
            continue;
        }
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
        add_entry(&key.text, key.span.start, found);
    }
}

fn add_entry(text: &str, start: u32, found: &mut Found) {
    let whole = text.split('(').next().unwrap_or_default();
    let own = whole.trim_start_matches('/');
    let at = own.rfind('@').filter(|at| *at > 0).or_else(|| own.rfind('/'));
    if let Some((name, version)) = at.and_then(|at| Some((own.get(..at)?, own.get(at + 1..)?))) {
        let from = start + (whole.len() - version.len()) as u32;
        found.add(name, version, Span::new(from, from + version.len() as u32));
    }
}

/// `kafkajs@^2.2.4, kafkajs@2:` and below it `version "2.2.4"`; in newer locks `"kafkajs@npm:^2.2.4":` and
/// `version: 2.2.4`.
fn yarn(text: &str, found: &mut Found) {
    let mut name = "";
    for (start, line) in lines(text) {
        if !line.starts_with([' ', '#']) {
            let entry = line.trim_start_matches('"').trim_end_matches([':', '"']);
            name = entry.get(1..).and_then(|rest| rest.find('@')).map_or("", |at| entry.slice(..=at));
        } else if let Some(rest) = line.trim_start().strip_prefix("version") {
            let version = rest.trim_matches([':', ' ', '"']);
            let at = line.len() - rest.len() + rest.find(version).unwrap_or_default();
            if !name.is_empty() && !version.is_empty() {
                found.add(name, version, place(start, at, version.len()));
            }
        }
    }
}
