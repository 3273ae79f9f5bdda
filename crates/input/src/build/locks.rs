//! Libraries by whole coordinates without a build around them: `gradle.lockfile`, what `mvn dependency:list` prints, and
//! Ivy's `ivy.xml`.
//!
//! A lock names what the build takes, and what that brings; nothing in it tells one from the other.

use kafka_upgrade_catalog::Component;

use super::{Library, document, library};
use crate::{Document, Encoding, Format, Span, Tool};
use kafka_upgrade_syntax::tree::xml::{self, Element};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "gradle lock and ivy",
    extensions: &["deps", "lockfile"],
    names: &["gradle.lockfile", "ivy.xml"],
    sniff,
    read,
};

/// Lines that are looked at.
const MAX_LINES: usize = 300;

fn sniff(_: &str, text: &str) -> u8 {
    let is_ivy = text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
        && text.contains("<ivy-module")
        && text.contains("<dependency");
    let lines =
        || text.lines().take(MAX_LINES).filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let is_lock = || {
        let is_said = |line: &str| line.starts_with("[INFO] ") && !line.contains(':');
        let all = |line: &str| {
            coordinates(line).is_some()
                || line.starts_with("empty=")
                || line.ends_with("files have been resolved:")
                || is_said(line)
        };
        lines().any(|line| coordinates(line).is_some()) && lines().all(all)
    };
    if is_ivy || is_lock() { 97 } else { 0 }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|one| one.is_ascii_alphanumeric() || b"._-+".contains(&one))
}

/// `group:artifact:jar:version:scope`, with what a tool puts before its lines.
fn resolved(line: &str) -> Option<(&str, &str, &str)> {
    let line = line.strip_prefix("[INFO]").unwrap_or(line).trim();
    let whole = line.split(' ').next().unwrap_or_default();
    let mut parts = whole.split(':');
    let found = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_packed = matches!(found.2, "jar" | "pom" | "test-jar" | "bundle" | "war");
    let is_version = found.3.starts_with(|one: char| one.is_ascii_digit());
    (is_packed && is_version && parts.count() < 3 && [found.0, found.1, found.3].into_iter().all(is_name))
        .then_some((found.0, found.1, found.3))
}

/// `group:artifact:version=configuration,…`.
fn coordinates(line: &str) -> Option<(&str, &str, &str)> {
    if !line.contains('=') {
        return resolved(line);
    }
    let (whole, configurations) = line.trim_end().split_once('=')?;
    let mut parts = whole.split(':');
    let found = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none() && configurations.split(',').all(is_name);
    (is_whole && [found.0, found.1, found.2].into_iter().all(is_name) && found.0.contains('.'))
        .then_some(found)
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = document(Tool::Other);
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        xml::read(text).iter().for_each(|root| ivy(root, &mut document));
        return document;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((group, artifact, version)) = coordinates(line) {
            let place = |part: &str, length: usize| {
                let start = at + (part.as_ptr().addr() - line.as_ptr().addr());
                Span::new(start as u32, (start + length) as u32)
            };
            let named = place(group, group.len() + 1 + artifact.len());
            let span = place(version, version.len());
            library(&mut document, &Library { group, artifact, named, version, asks: ("", ""), span });
        }
        at += line.len();
    }
    document
}

/// `<dependency org="…" name="…" rev="…"/>`, which are no deeper than trees are kept.
fn ivy(element: &Element, document: &mut Document) {
    let attribute = |name| element.attribute(name);
    if element.name == "dependency"
        && let (Some(group), Some(artifact)) = (attribute("org"), attribute("name"))
    {
        let version = attribute("rev").filter(|rev| !rev.text.contains('$'));
        let (text, span) =
            version.map_or(("", artifact.span), |version| (version.text.as_str(), version.span));
        let (group, artifact, named) = (group.text.as_str(), artifact.text.as_str(), artifact.span);
        library(document, &Library { group, artifact, named, version: text, asks: ("", ""), span });
    }
    element.children.iter().for_each(|child| ivy(child, document));
}

#[cfg(test)]
mod tests {
    use super::super::libraries;
    use crate::{Kind, read};

    #[test]
    fn libraries_stand_in_locks_of_gradle_and_in_ivy() {
        let text = "# This is a Gradle generated file.\norg.apache.kafka:kafka-clients:0.11.0.2=compileClasspath,runtimeClasspath\nempty=\n";
        assert_eq!(
            libraries("gradle.lockfile", text),
            ["org.apache.kafka:kafka-clients 0.11.0.2 at 0.11.0.2"]
        );
        let text = "[INFO] The following files have been resolved:\n[INFO]    org.apache.kafka:kafka-clients:jar:3.9.1:compile\n[INFO]    io.vertx:vertx-core:jar:4.5.22:compile -- module io.vertx\n";
        let want = ["org.apache.kafka:kafka-clients 3.9.1 at 3.9.1", "io.vertx:vertx-core 4.5.22 at 4.5.22"];
        assert_eq!(libraries("list.txt", text), want);
        assert_eq!(
            libraries("a.deps", "org.apache.kafka:kafka-clients:jar:3.9.1\n"),
            ["org.apache.kafka:kafka-clients 3.9.1 at 3.9.1"]
        );
        let text = "<ivy-module version=\"2.0\"><info organisation=\"e\" module=\"a\"/><dependencies>\n<dependency org=\"org.apache.kafka\" name=\"kafka-clients\" rev=\"0.10.0.0\"/>\n<dependency org=\"org.apache.kafka\" name=\"connect-api\" rev=\"${v}\"/></dependencies></ivy-module>";
        let want = [
            "org.apache.kafka:kafka-clients 0.10.0.0 at 0.10.0.0",
            "org.apache.kafka:connect-api  at connect-api",
        ];
        assert_eq!(libraries("ivy.xml", text), want);
    }

    #[test]
    fn settings_with_colons_are_no_lock() {
        for text in [
            "a.b:c:d=1 2\n",
            "listeners=PLAINTEXT://h:9092\n",
            "x.y:z:1=a\nother line\n",
            "a.b:c:3.9.1\n",
            "see\na:b:jar:1\n",
        ] {
            assert_ne!(read("a.lockfile", text, None).kind, Kind::BuildFile, "{text}");
        }
    }
}
