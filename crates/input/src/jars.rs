//! Lists of jars, as `ls`, a class path or a start script has them: Kafka's own, each in the release that its name says.
//!
//! What is *not* here: commands that run something, which are scripts; what is in a jar.

use crate::{Dependency, Document, Ecosystem, Encoding, Format, Kind, Span};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Slice as _, paths};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "jars",
    extensions: &[],
    // Eclipse's, with an element for each.
    names: &[".classpath", ".factorypath"],
    sniff,
    read,
};

/// What a jar says of itself: Maven's `pom.properties`, and Kafka's own `kafka-version.properties`.
pub(crate) const OF_JAR: Format = Format {
    name: "jar's properties",
    extensions: &[],
    names: &[],
    sniff: |path, text| if named_by_jar(path, text).is_some() { 90 } else { 0 },
    read: read_of_jar,
};

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

/// Libraries that are looked for, and their groups.
const LIBRARIES: &[(&str, &str)] = &[
    ("kafka-clients", "org.apache.kafka"),
    ("kafka-streams", "org.apache.kafka"),
    ("kafka-streams-test-utils", "org.apache.kafka"),
    ("connect-api", "org.apache.kafka"),
    ("connect-json", "org.apache.kafka"),
    ("connect-runtime", "org.apache.kafka"),
    ("connect-transforms", "org.apache.kafka"),
    ("connect-mirror", "org.apache.kafka"),
    ("kafka_2.12", "org.apache.kafka"),
    ("kafka_2.13", "org.apache.kafka"),
    ("spring-kafka", "org.springframework.kafka"),
    ("flink-connector-kafka", "org.apache.flink"),
    ("debezium-core", "io.debezium"),
];

fn sniff(path: &str, text: &str) -> u8 {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    if !beginning.contains(".jar") {
        return 0;
    }
    let words = || beginning.split(is_between).filter(|word| !word.is_empty());
    let (jars, all) = (words().filter(|word| word.ends_with(".jar")).count(), words().count());
    let of_kafka = words().any(|word| library(word).is_some());
    // `ls -l` prints eight more words for each name.
    if of_kafka && (jars * 10 >= all || FORMAT.is_named(path)) { 60 } else { 0 }
}

/// What stands between two names.
fn is_between(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, ':' | ';' | ',' | '"' | '\'' | '=')
}

/// Group, name and version of a jar: `/app/lib/kafka-clients-3.7.1.jar`.
fn library(word: &str) -> Option<(&'static str, &'static str, &str)> {
    let file = paths::file_name(word);
    let stem = file.strip_suffix(".jar")?;
    LIBRARIES.iter().find_map(|(name, group)| {
        let version = stem.strip_prefix(name)?.strip_prefix('-')?;
        version.starts_with(|one: char| one.is_ascii_digit()).then_some((*group, *name, version))
    })
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::BuildFile, ..Document::default() };
    let mut at = 0;
    for word in text.split(is_between) {
        if let Some((group, name, version)) = library(word) {
            let end = at + word.len() - ".jar".len();
            document.dependencies.push(Dependency {
                ecosystem: Ecosystem::Maven,
                artifact: format!("{group}:{name}"),
                version: version.to_owned(),
                span: Span::new((end - version.len()) as u32, end as u32),
            });
        }
        // Every sign between words is one byte.
        at += word.len()
            + text.get(at + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    document
}

/// Group, name and version of a library of Kafka's, as its jar states them; the version with its place.
fn named_by_jar<'a>(path: &str, text: &'a str) -> Option<(&'a str, &'a str, Span)> {
    // Few lines, without escapes: a program writes them.
    if text.len() > BEGINNING_BYTES {
        return None;
    }
    let value = |key: &str| {
        let mut lines = text.lines().filter_map(|line| line.split_once('='));
        lines.find(|(name, _)| *name == key).map(|(_, value)| value.trim())
    };
    let version = value("version").filter(|version| version.starts_with(|one: char| one.is_ascii_digit()))?;
    let start = version.as_ptr().addr() - text.as_ptr().addr();
    let span = Span::new(start as u32, (start + version.len()) as u32);
    if path.rsplit('/').next() == Some("kafka-version.properties") && value("commitId").is_some() {
        return Some(("org.apache.kafka", "kafka-clients", span));
    }
    let (group, name) = (value("groupId")?, value("artifactId")?);
    let is_library = |(known, of): &(&str, &str)| *known == name && *of == group;
    LIBRARIES.iter().any(is_library).then_some((group, name, span))
}

fn read_of_jar(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::BuildFile, ..Document::default() };
    document.dependencies.extend(named_by_jar(path, text).map(|(group, name, span)| Dependency {
        ecosystem: Ecosystem::Maven,
        artifact: format!("{group}:{name}"),
        version: span.of(text).to_owned(),
        span,
    }));
    document
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn what_a_jar_says_of_itself_is_a_library_where_it_is_one_of_kafkas() {
        let artifacts = |path: &str, text: &str| {
            let document = read(path, text, None);
            document
                .dependencies
                .iter()
                .map(|one| format!("{} {}", one.artifact, one.version))
                .collect::<Vec<_>>()
        };
        let pom = "#Generated by Maven\nversion=3.1.0\ngroupId=org.springframework.kafka\nartifactId=spring-kafka\n";
        assert_eq!(
            artifacts("app.jar/META-INF/maven/a/b/pom.properties", pom),
            ["org.springframework.kafka:spring-kafka 3.1.0"]
        );
        let kafka = "commitId=8a516edc2755df89\nversion=3.7.1\n";
        assert_eq!(
            artifacts("a.jar/kafka/kafka-version.properties", kafka),
            ["org.apache.kafka:kafka-clients 3.7.1"]
        );
        let other = "version=1.0\ngroupId=com.example\nartifactId=spring-kafka\n";
        assert_eq!(read("pom.properties", other, None).kind, Kind::NotKafka);
        assert_eq!(artifacts("server.properties", kafka), [""; 0]);
    }

    #[test]
    fn jars_are_libraries_in_the_release_of_their_names_and_scripts_stay_scripts() {
        let text = "/app/lib/kafka-streams-4.1.0.jar\n/app/lib/kafka-clients-3.7.1.jar\n/app/lib/rocksdbjni-9.7.3.jar\n";
        let document = read("libs.txt", text, None);
        assert_eq!(document.kind, Kind::BuildFile);
        let all: Vec<_> = document
            .dependencies
            .iter()
            .map(|one| format!("{} {}", one.artifact, one.span.of(text)))
            .collect();
        assert_eq!(all, ["org.apache.kafka:kafka-streams 4.1.0", "org.apache.kafka:kafka-clients 3.7.1"]);
        let script = "#!/bin/sh\nexec java -cp /app/kafka-clients-3.7.1.jar org.example.Main\n";
        assert_eq!(read("run.sh", script, None).kind, Kind::ShellScript);
    }

    #[test]
    fn jars_that_eclipse_lists_are_libraries() {
        let text = "<factorypath>\n    <factorypathentry kind=\"VARJAR\" id=\"M2_REPO/org/apache/kafka/kafka-clients/2.4.1/kafka-clients-2.4.1.jar\" enabled=\"true\" runInBatchMode=\"false\"/>\n</factorypath>\n";
        let document = read("apps/.factorypath", text, None);
        let found: Vec<_> =
            document.dependencies.iter().map(|one| (one.artifact.as_str(), one.span.of(text))).collect();
        assert_eq!(found, [("org.apache.kafka:kafka-clients", "2.4.1")]);
    }
}
