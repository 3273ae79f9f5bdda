//! Manifests of package managers that have no reader of their own: clients that they name are known by their names alone.
//!
//! What is *not* here: grammars. A line that names a client is looked at, and those behind it for its version.

use std::collections::BTreeSet;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_catalog::clients;
use kafka_upgrade_document::{ClientVersion, paths};

use super::{Found, is_known, lines, place};
use crate::client_names::may_be_client;
use crate::{Document, Ecosystem, Encoding, Format, Observation, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "other packages",
    extensions: &["spec"],
    names: &[
        "Package.swift",
        "Package.resolved",
        "pubspec.yaml",
        "pubspec.lock",
        "cpanfile",
        "vcpkg.json",
        "conanfile.txt",
        "conanfile.py",
        "Gopkg.toml",
        "Gopkg.lock",
        "glide.yaml",
        "glide.lock",
        "shard.yml",
        "shard.lock",
        "CMakeLists.txt",
        "meson.build",
        "control",
    ],
    sniff,
    read,
};

/// Names that are kept of one text.
const MAX_CLIENTS: usize = 20;
/// Lines behind a name in which its version may stand.
const NEAR: usize = 4;

fn sniff(path: &str, text: &str) -> u8 {
    let file = paths::file_name(path);
    let is_one = match file {
        // Other programs have files of that name, and other languages of that ending.
        "control" => text.contains("Build-Depends:"),
        _ if file.ends_with(".spec") => text.contains("BuildRequires:"),
        _ => FORMAT.names.contains(&file),
    };
    if is_one { 96 } else { 0 }
}

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::Go);
    let is_of_go = paths::file_name(path).starts_with("Gopkg") || paths::file_name(path).starts_with("glide");
    let is_of_distribution = paths::file_name(path) == "control" || path.ends_with(".spec");
    let all: Vec<(usize, &str)> = lines(text).collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (at, (start, line)) in all.iter().enumerate() {
        if line.trim_start().starts_with(['#', '/']) {
            continue;
        }
        for (name, offset) in words(line).filter(|(name, _)| is_client(name)) {
            // A description names Kafka too.
            if is_of_distribution && !name.starts_with("librdkafka") {
                continue;
            }
            if seen.len() >= MAX_CLIENTS || !seen.insert(name) {
                continue;
            }
            // The least that is needed is not what is taken.
            let is_open = line.get(offset..).is_some_and(|rest| rest.contains(">="));
            let own =
                words(line).find(|(word, from)| *from > offset && is_version(word)).map(|one| (*start, one));
            let behind = || {
                // The next name begins another package.
                let next = all.iter().skip(at + 1).take(NEAR);
                let next = next.take_while(|(_, line)| {
                    !["name", "[[", "\"identity\""].iter().any(|key| line.trim_start().starts_with(key))
                });
                next.filter(|(_, line)| line.contains("ersion"))
                    .find_map(|(start, line)| Some((*start, words(line).find(|(word, _)| is_version(word))?)))
            };
            let (version, span) = match own.or_else(behind).filter(|_| !is_open) {
                Some((start, (version, from))) => (version, place(start, from, version.len())),
                None => ("", place(*start, offset, name.len())),
            };
            add(&mut found, name, version, span, is_of_go);
        }
    }
    found.done()
}

fn add(found: &mut Found, name: &str, version: &str, span: Span, is_of_go: bool) {
    if is_of_go && is_known(Ecosystem::Go, name) {
        return found.add(name, version, span);
    }
    let name = name.trim_end_matches(".git").rsplit('/').next().unwrap_or(name);
    let client = ClientVersion { name: name.to_owned(), version: version.to_owned() };
    found.document.observe(Observation::Client(client), span);
}

/// Names, paths and versions of a line with where each begins.
fn words(line: &str) -> impl Iterator<Item = (&str, usize)> {
    let is_of_word = |one: char| one.is_ascii_alphanumeric() || "._-/@".contains(one);
    let all = line.split(move |one: char| !is_of_word(one)).filter(|word| !word.is_empty());
    let parts = all.flat_map(|word| {
        // `librdkafka/2.3.0@user/channel` of Conan: a name and its version.
        let (name, version) = match word.split_once('/') {
            Some((name, rest)) if rest.starts_with(|one: char| one.is_ascii_digit()) => {
                (name, rest.split('@').next())
            }
            _ => (word, None),
        };
        std::iter::once(name).chain(version)
    });
    parts.filter_map(move |word| Some((word, (word.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?)))
}

fn is_client(word: &str) -> bool {
    let name = word.trim_end_matches(".git").rsplit('/').next().unwrap_or(word);
    name.len() > 3
        && !is_version(word)
        && (may_be_client(name)
            || is_known(Ecosystem::Go, word)
            || clients::by_alias(name).is_some_and(|one| one.id == "librdkafka"))
}

fn is_version(word: &str) -> bool {
    let number = word.trim_start_matches('v');
    number.contains('.')
        && number
            .split(['-', '+'])
            .next()
            .is_some_and(|number| number.bytes().all(|one| one.is_ascii_digit() || one == b'.'))
}

#[cfg(test)]
mod tests {
    use crate::read;

    fn clients(path: &str, text: &str) -> Vec<String> {
        let document = read(path, text, None);
        let seen =
            document.observations.iter().map(|one| format!("{} at {}", one.what.value(), one.span.of(text)));
        let named = document.dependencies.iter().map(|one| format!("{} {}", one.artifact, one.version));
        seen.chain(named).collect()
    }

    #[test]
    fn clients_are_known_by_their_names() {
        let swift = "// swift-tools-version:5.9\nlet package = Package(name: \"a\", dependencies: [\n  .package(url: \"https://github.com/swift-server/swift-kafka-client.git\", from: \"1.0.0\"),\n  .package(url: \"https://github.com/apple/swift-nio\", from: \"2.0.0\")])\n";
        assert_eq!(clients("Package.swift", swift), ["swift-kafka-client 1.0.0 at 1.0.0"]);
        assert_eq!(
            clients("pubspec.yaml", "name: a\ndependencies:\n  kafkabr: ^0.1.0\n"),
            ["kafkabr 0.1.0 at 0.1.0"]
        );
        assert_eq!(clients("cpanfile", "requires 'Kafka', '1.08';\n"), ["Kafka 1.08 at 1.08"]);
        assert_eq!(
            clients("conanfile.txt", "[requires]\nlibrdkafka/2.3.0@a/stable\nzlib/1.3\n"),
            ["librdkafka 2.3.0 at 2.3.0"]
        );
        assert_eq!(
            clients(
                "debian/control",
                "Source: kcat\nBuild-Depends: debhelper (>= 9), librdkafka-dev (>= 0.9.0),\n zlib1g-dev\n"
            ),
            ["librdkafka-dev at librdkafka-dev"]
        );
        assert_eq!(
            clients("a.spec", "Name: a\nBuildRequires: librdkafka-devel\n"),
            ["librdkafka-devel at librdkafka-devel"]
        );
        assert_eq!(
            clients("vcpkg.json", "{\"dependencies\": [\"librdkafka\"]}\n"),
            ["librdkafka at librdkafka"]
        );
        let lock = "[[projects]]\n  name = \"github.com/Shopify/sarama\"\n  packages = [\".\"]\n  version = \"v1.16.0\"\n\n[[projects]]\n  name = \"github.com/pkg/errors\"\n  version = \"v0.8.0\"\n";
        assert_eq!(clients("Gopkg.lock", lock), ["github.com/Shopify/sarama 1.16.0"]);
    }

    #[test]
    fn other_packages_are_not_reported() {
        for (path, text) in [
            ("pubspec.yaml", "name: a\ndependencies:\n  http: ^1.0.0\n"),
            ("conanfile.txt", "[requires]\nzlib/1.3\n# librdkafka/2.3.0\n"),
            ("vcpkg.json", "{\"dependencies\": [\"avro-cpp\"]}\n"),
        ] {
            assert_eq!(clients(path, text), Vec::<String>::new(), "{path}");
        }
    }
}
