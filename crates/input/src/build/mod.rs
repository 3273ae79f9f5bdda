//! Build files of the JVM's languages: which libraries a program is built with, and for which Java and Scala.
//!
//! One module a build tool. A version is the one that the file resolves to by its own variables, and its place is
//! where the library has it. What other files of the project are asked for, and what they give, is kept beside it
//! (`project` puts them together). What is *not* here: what a platform brings along.

mod catalog;
mod clojure;
mod gradle;
mod licences;
mod locks;
mod maven;
pub(crate) mod project;
mod sbt;
mod script;
mod tree;
mod variables;

pub(crate) use catalog::FORMAT as CATALOG;
pub(crate) use clojure::FORMAT as CLOJURE;
pub(crate) use gradle::FORMAT as GRADLE;
pub(crate) use licences::FORMAT as LICENCES;
pub(crate) use locks::FORMAT as LOCKS;
pub(crate) use maven::FORMAT as MAVEN;
pub(crate) use sbt::FORMAT as SBT;
pub(crate) use tree::FORMAT as TREE;
pub(crate) use variables::FORMAT as VARIABLES;

use kafka_upgrade_catalog::clients;
use kafka_upgrade_document::ClientVersion;

use crate::{Asked, Dependency, Document, Ecosystem, Kind, Observation, Shared, Span, Tool, client_names};

/// Variables may refer to each other; more steps than this are a cycle.
const MAX_STEPS: usize = 8;

/// Libraries with a name like a client's that are looked at.
const MAX_NAMED: usize = 20;

/// Longest version, in bytes.
const MAX_VERSION_BYTES: usize = 80;

/// A document of libraries.
fn document(tool: Tool) -> Document {
    Document { kind: Kind::BuildFile, shared: Shared { tool, ..Shared::default() }, ..Document::default() }
}

/// A library by its coordinates; its name and its version are each where they are written.
struct Library<'t> {
    group: &'t str,
    artifact: &'t str,
    named: Span,
    version: &'t str,
    /// Name and version with their variables, where there are some.
    asks: (&'t str, &'t str),
    /// Of the version as the library has it, or of the name where it has none.
    span: Span,
}

/// Adds a library. Kafka's artifacts for an old Scala have its version in their names; that is added too.
fn library(document: &mut Document, library: &Library<'_>) {
    let Library { group, artifact, named, version, asks: (name, asked), span } = *library;
    if group == "org.apache.kafka"
        && let Some((_, scala @ ("2.11" | "2.12"))) = artifact.rsplit_once('_')
    {
        runtime(document, "scala", scala, named);
    }
    let artifact = format!("{group}:{artifact}");
    ask(document, &artifact, name, asked, span);
    let version = version.to_owned();
    document.dependencies.push(Dependency { ecosystem: Ecosystem::Maven, artifact, version, span });
}

/// Records variables that other files of the project may define.
fn ask(document: &mut Document, artifact: &str, name: &str, version: &str, span: Span) {
    let of = |text: &str| if text.contains('$') { text.to_owned() } else { String::new() };
    let (name, version) = (of(name), of(version));
    if !name.is_empty() || !version.is_empty() {
        document.shared.asks.push(Asked { span, artifact: artifact.to_owned(), name, version });
    }
}

/// Adds libraries of others that may be clients, by their names, where nothing else in a build file is one.
pub(crate) fn finish(text: &str, document: &mut Document) {
    let is_known = |one: &Dependency| clients::product_of(one.ecosystem.name(), &one.artifact).is_some();
    let libraries = || document.dependencies.iter().filter(|one| one.ecosystem == Ecosystem::Maven);
    if document.kind != Kind::BuildFile || libraries().any(is_known) {
        return;
    }
    let is_client = |one: &&Dependency| {
        let Some((group, name)) = one.artifact.split_once(':') else { return false };
        // A module of the same project has its group and its version.
        let of_group = libraries().filter(|other| other.artifact.split(':').next() == Some(group)).count();
        let is_own = text.matches(group).count() > of_group;
        let is_fixed = one.version.starts_with(|first: char| first.is_ascii_digit());
        is_fixed && !is_own && !group.starts_with("org.apache.kafka") && client_names::may_be_client(name)
    };
    let mut named = libraries().filter(|one| client_names::may_be_client(&one.artifact)).take(MAX_NAMED);
    let Some(found) = named.find(is_client) else { return };
    let (name, version, span) = (found.artifact.clone(), found.version.clone(), found.span);
    document.observe(Observation::Client(ClientVersion { name, version }), span);
}

/// What it is built for: `java` or `scala`.
fn runtime(document: &mut Document, name: &str, version: &str, span: Span) {
    let artifact = name.to_owned();
    document.dependencies.push(Dependency {
        ecosystem: Ecosystem::Name,
        artifact,
        version: version.to_owned(),
        span,
    });
}

/// A plugin of Gradle's that brings the versions of libraries along.
fn plugin(document: &mut Document, id: &str, version: &str, asked: &str, span: Span) {
    if id == "org.springframework.boot" {
        let artifact = "spring-boot-dependencies";
        let asks = ("", asked);
        library(document, &Library { group: id, artifact, named: span, version, asks, span });
    }
}

/// `name version at text of its place`, of each library of a build file.
#[cfg(test)]
pub(crate) fn libraries(path: &str, text: &str) -> Vec<String> {
    let document = crate::read(path, text, None);
    assert_eq!(document.kind, Kind::BuildFile, "{path}: {text}");
    let all = document.dependencies.iter();
    all.map(|one| format!("{} {} at {}", one.artifact, one.version, one.span.of(text))).collect()
}

#[cfg(test)]
mod tests {
    fn clients(path: &str, text: &str) -> Vec<String> {
        let document = crate::read(path, text, None);
        document.observations.iter().map(|one| one.what.value()).collect()
    }

    #[test]
    fn an_unknown_library_may_be_a_client_if_nothing_else_is_one() {
        let sbt =
            |more: &str| format!("libraryDependencies += \"com.acme\" % \"kafka-toolkit\" % \"1.2\"\n{more}");
        assert_eq!(clients("build.sbt", &sbt("")), ["com.acme:kafka-toolkit 1.2"]);
        let beside = "libraryDependencies += \"org.apache.kafka\" % \"kafka-clients\" % \"3.9.0\"\n";
        assert_eq!(clients("build.sbt", &sbt(beside)), Vec::<String>::new());
        let other = "libraryDependencies += \"com.acme\" % \"toolkit\" % \"1.2\"\n";
        assert_eq!(clients("build.sbt", other), Vec::<String>::new());
        let pom = |group: &str| {
            format!(
                "<project><modelVersion>4.0.0</modelVersion><groupId>com.acme</groupId><artifactId>a</artifactId><version>1</version><dependencies><dependency><groupId>{group}</groupId><artifactId>kafka-adapter</artifactId><version>1</version></dependency></dependencies></project>\n"
            )
        };
        assert_eq!(clients("pom.xml", &pom("com.acme")), Vec::<String>::new());
        assert_eq!(clients("pom.xml", &pom("org.other")), ["org.other:kafka-adapter 1"]);
    }
}
