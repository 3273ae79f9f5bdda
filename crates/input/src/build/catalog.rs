//! Gradle's version catalogs: `libs.versions.toml`.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;
use kafka_upgrade_sorted::Sorted as _;

use super::{Library, document, library, plugin, runtime};
use crate::{Document, Encoding, Format, Given, Span, Tool};
use kafka_upgrade_syntax::tree::{Node, Scalar, toml};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "version catalog", extensions: &[], names: &["libs.versions.toml"], sniff, read };

fn sniff(path: &str, text: &str) -> u8 {
    let has = |table: &str| text.lines().any(|line| line.trim_end() == table);
    if path.ends_with(".versions.toml") {
        97
    } else if has("[libraries]") && (text.contains("module") || text.contains("version")) {
        95
    } else {
        0
    }
}

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = document(Tool::Gradle);
    let tree = toml::read(text);
    let Some(root) = tree.roots.first() else { return document };
    let versions = root.get("versions");
    let table = |name: &str| root.get(name).map(Node::entries).unwrap_or_default();
    // Scripts refer to `kafka-clients` as `libs.versions.kafka.clients`.
    let catalog = paths::file_name(path).strip_suffix(".versions.toml");
    for (name, version) in table("versions") {
        if let Some(version) = plain(version) {
            let said = name.text.replace(['-', '_'], ".");
            for name in
                [format!("{OWN}{}", name.text), format!("{}.versions.{said}", catalog.unwrap_or("libs"))]
            {
                document.shared.gives.push(Given { name, value: version.text.clone(), span: version.span });
            }
        }
    }
    for (alias, entry) in table("libraries") {
        add_library(&mut document, alias, entry, versions);
    }
    for (_, entry) in table("plugins") {
        let whole = entry.text().and_then(|whole| whole.split_once(':'));
        let id = entry.get("id").and_then(Node::text).or(whole.map(|(id, _)| id));
        let version = whole.map(|(_, version)| version.to_owned());
        let at = entry.scalar().map(|scalar| scalar.span);
        let (own, asked, place) = version_of(entry, versions).unwrap_or_default();
        if let Some(id) = id {
            plugin(&mut document, id, &version.unwrap_or(own), &asked, at.unwrap_or(place));
        }
    }
    for name in ["java", "jdk", "jvm", "java-version", "javaVersion", "jvm-target", "jvmTarget"] {
        if let Some(version) = versions.and_then(|versions| versions.get(name)).and_then(Node::scalar) {
            runtime(&mut document, "java", &version.text, version.span);
            break;
        }
    }
    document.problems.extend(tree.problem);
    document.dependencies.order_by_key(|dependency| dependency.span);
    document
}

/// `x = "g:n:v"`, `x = { module = "g:n", version.ref = "v" }`, `x = { group = "g", name = "n", version = "v" }`.
fn add_library(document: &mut Document, alias: &Scalar, entry: &Node, versions: Option<&Node>) {
    let module = entry.scalar().or_else(|| entry.get("module")?.scalar());
    let mut pieces = module.map(|module| module.text.split(':')).into_iter().flatten();
    let named = module.or_else(|| entry.get("name")?.scalar()).map_or(alias.span, |scalar| scalar.span);
    let part = |name: &str| entry.get(name).and_then(Node::text);
    let (Some(group), Some(artifact)) =
        (pieces.next().or_else(|| part("group")), pieces.next().or_else(|| part("name")))
    else {
        return;
    };
    let (version, asked, span) = match pieces.next() {
        Some(version) => (version.to_owned(), String::new(), named),
        None => version_of(entry, versions).unwrap_or((String::new(), String::new(), named)),
    };
    let asks = ("", asked.as_str());
    library(document, &Library { group, artifact, named, version: &version, asks, span });
}

/// What only a catalog itself says to its versions.
const OWN: &str = "versions/";

/// The version of an entry, by reference or in itself; what it refers to; where.
fn version_of(entry: &Node, versions: Option<&Node>) -> Option<(String, String, Span)> {
    let version = entry.get("version")?;
    if let Some(reference) = version.get("ref").and_then(Node::scalar) {
        let version = versions.and_then(|versions| versions.get(&reference.text)).and_then(plain);
        let asked = format!("${{{OWN}{}}}", reference.text);
        return Some((
            version.map(|version| version.text.clone()).unwrap_or_default(),
            asked,
            reference.span,
        ));
    }
    plain(version).map(|version| (version.text.clone(), String::new(), version.span))
}

/// A version, or what a rich one comes to: what it prefers of a range.
fn plain(version: &Node) -> Option<&Scalar> {
    let rich = || ["prefer", "strictly", "require"].iter().find_map(|name| version.get(name)?.scalar());
    version.scalar().or_else(rich)
}

#[cfg(test)]
mod tests {
    use super::super::libraries;

    #[test]
    fn versions_are_their_own_or_by_reference() {
        let text = "[versions]
kafka = \"3.4.0\"
boot = { strictly = \"3.1.5\" }
java = \"11\"
[libraries]
clients = { module = \"org.apache.kafka:kafka-clients\", version.ref = \"kafka\" }
streams = { group = \"org.apache.kafka\", name = \"kafka-streams\", version = \"3.5.0\" }
rich = { module = \"org.apache.kafka:connect-json\", version = { strictly = \"[3.0, 4.0[\", prefer = \"3.6.1\" } }
connect = \"org.apache.kafka:connect-api:3.6.0\"
spring = { module = \"org.springframework.kafka:spring-kafka\" }
[plugins]
boot = { id = \"org.springframework.boot\", version.ref = \"boot\" }
";
        let want = [
            "java 11 at 11",
            "org.apache.kafka:kafka-clients 3.4.0 at kafka",
            "org.apache.kafka:kafka-streams 3.5.0 at 3.5.0",
            "org.apache.kafka:connect-json 3.6.1 at 3.6.1",
            "org.apache.kafka:connect-api 3.6.0 at org.apache.kafka:connect-api:3.6.0",
            "org.springframework.kafka:spring-kafka  at org.springframework.kafka:spring-kafka",
            "org.springframework.boot:spring-boot-dependencies 3.1.5 at boot",
        ];
        assert_eq!(libraries("", text), want);
    }
}
