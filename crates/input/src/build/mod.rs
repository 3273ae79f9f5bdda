//! Build files of the JVM's languages: which libraries a program is built with, and for which Java and Scala.
//!
//! One module a build tool. A version is the one that the file resolves to by its own variables, and its place is
//! where the library has it. What other files of the project are asked for, and what they give, is kept beside it
//! (`project` puts them together). What is *not* here: what a platform brings along.

mod catalog;
mod clojure;
mod gradle;
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
pub(crate) use locks::FORMAT as LOCKS;
pub(crate) use maven::FORMAT as MAVEN;
pub(crate) use sbt::FORMAT as SBT;
pub(crate) use tree::FORMAT as TREE;
pub(crate) use variables::FORMAT as VARIABLES;

use crate::{Asked, Dependency, Document, Ecosystem, Kind, Shared, Span, Tool};

/// A variable can stand for another; more steps than these are a circle.
const MAX_STEPS: usize = 8;

/// No version is longer.
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

/// One of Kafka's that is built for an old Scala says so in its name.
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

/// Keeps what variables are asked for.
fn ask(document: &mut Document, artifact: &str, name: &str, version: &str, span: Span) {
    let of = |text: &str| if text.contains('$') { text.to_owned() } else { String::new() };
    let (name, version) = (of(name), of(version));
    if !name.is_empty() || !version.is_empty() {
        document.shared.asks.push(Asked { span, artifact: artifact.to_owned(), name, version });
    }
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
