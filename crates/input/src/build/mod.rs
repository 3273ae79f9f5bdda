//! Build files of the JVM's languages: which libraries a program is built with, and for which Java and Scala.
//!
//! One module a build tool. A version is the one that the file resolves to by its own variables, and its place is
//! where the library has it. What is *not* here: what another file brings along (a parent, a platform, a lock).

mod catalog;
mod gradle;
mod maven;
mod sbt;
mod script;

pub(crate) use catalog::FORMAT as CATALOG;
pub(crate) use gradle::FORMAT as GRADLE;
pub(crate) use maven::FORMAT as MAVEN;
pub(crate) use sbt::FORMAT as SBT;

use crate::{Dependency, Document, Ecosystem, Kind, Span};

/// A document of libraries.
fn document() -> Document {
    Document { kind: Kind::BuildFile, ..Document::default() }
}

/// A library by its coordinates; its name and its version are each where they are written.
struct Library<'t> {
    group: &'t str,
    artifact: &'t str,
    named: Span,
    version: &'t str,
    /// Of the version as the library has it, or of the name where it has none.
    span: Span,
}

/// One of Kafka's that is built for an old Scala says so in its name.
fn library(document: &mut Document, library: &Library<'_>) {
    let Library { group, artifact, named, version, span } = *library;
    if group == "org.apache.kafka"
        && let Some((_, scala @ ("2.11" | "2.12"))) = artifact.rsplit_once('_')
    {
        runtime(document, "scala", scala, named);
    }
    document.dependencies.push(Dependency {
        ecosystem: Ecosystem::Maven,
        artifact: format!("{group}:{artifact}"),
        version: version.to_owned(),
        span,
    });
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
fn plugin(document: &mut Document, id: &str, version: &str, span: Span) {
    if id == "org.springframework.boot" {
        let artifact = "spring-boot-dependencies";
        library(document, &Library { group: id, artifact, named: span, version, span });
    }
}
