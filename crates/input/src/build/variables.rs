//! Gradle's properties: `gradle.properties`, and files of versions like it.

use super::script::may_be_version;
use super::{document, runtime};
use crate::{Document, Encoding, Format, Given, Tool};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;
use kafka_upgrade_syntax::properties;

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "gradle properties",
    extensions: &[],
    names: &["gradle.properties", "versions.properties"],
    sniff,
    read,
};

/// Names of the Java that a project is built for.
const JAVA: &[&str] = &["javaVersion", "java.version", "java_version", "jdkVersion", "jvmTarget"];

/// Lines that are looked at.
const MAX_LINES: usize = 200;

/// Keys of Kafka's own that end like a version.
const OF_KAFKA: &[&str] = &["protocol.version", "format.version", "metadata.version", "feature.version"];

fn sniff(path: &str, text: &str) -> u8 {
    let file = paths::file_name(path);
    if file == "gradle.properties" {
        return 97;
    }
    let (mut entries, mut versions) = (0, 0);
    for line in text.lines().take(MAX_LINES).map(str::trim) {
        if line.starts_with("org.gradle.") && line.contains('=') {
            return 90;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with(['#', '!'])) else {
            if line.is_empty() || line.starts_with(['#', '!']) {
                continue;
            }
            return 0;
        };
        entries += 1;
        versions += usize::from(is_version(key.trim(), value.trim()));
    }
    let most = versions > 0 && versions * 2 >= entries;
    match file {
        "versions.properties" if most => 95,
        // Only without an ending in the name: a file with one is of another format.
        _ if most && (file.is_empty() || !file.contains('.')) => 60,
        _ => 0,
    }
}

/// `kafkaVersion=3.4.0`, `kafka_version = 3.4.0`, `version.kafka=3.4.0`.
fn is_version(key: &str, value: &str) -> bool {
    let named = key.ends_with("Version") || key.ends_with("_version") || key.ends_with(".version");
    (named || key.starts_with("version."))
        && !OF_KAFKA.iter().any(|end| key.ends_with(end))
        && !key.contains(' ')
        && value.starts_with(|first: char| first.is_ascii_digit())
}

fn read(_: &str, text: &str, _: Option<Component>, encoding: Encoding) -> Document {
    let (settings, problems) = properties::read(text, encoding);
    let mut document = document(Tool::Gradle);
    let mut all = settings.iter().filter(|one| one.effective);
    let java = all.find(|one| JAVA.contains(&one.key.as_str()));
    if let Some(java) = java.filter(|one| one.value.starts_with(|first: char| first.is_ascii_digit())) {
        runtime(&mut document, "java", java.value.trim(), java.value_span);
    }
    let gives = settings.into_iter().filter(|one| one.effective).map(|one| {
        let value = one.value.trim().to_owned();
        Given { name: one.key, value, span: one.value_span }
    });
    document.shared.gives = gives.filter(may_be_version).collect();
    document.problems = problems;
    document
}
