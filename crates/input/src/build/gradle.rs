//! Gradle's build scripts, in Groovy and in Kotlin; Mill's and Bazel's, which name libraries alike.
//!
//! A text of the form `group:name:version` is a library, wherever it stands: scripts give them to functions of
//! their own.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Slice as _, paths};
use kafka_upgrade_sorted::Sorted as _;

use super::script::{self, Part, Variables, template};
use super::{Library, ask, document, library, plugin, runtime};
use crate::{Document, Encoding, Format, Span, Tool};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "gradle",
    extensions: &["gradle", "mill", "bzl", "bazel"],
    names: &["build.gradle.kts", "WORKSPACE"],
    sniff,
    read,
};

/// What libraries are added to.
const CONFIGURATIONS: &[&str] = &[
    "implementation",
    "testImplementation",
    "api",
    "compileOnly",
    "runtimeOnly",
    "testRuntimeOnly",
    "classpath",
    "compile",
    "testCompile",
    "annotationProcessor",
    "intTestImplementation",
    "constraints",
];

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 16_000;

fn sniff(path: &str, text: &str) -> u8 {
    if path.ends_with(".gradle.kts") || path.ends_with(".gradle") {
        return 97;
    }
    let file = paths::file_name(path);
    let of_mill = || ["ivy\"", "mvn\""].iter().any(|start| text.contains(start));
    if is_bazel(path) || path.ends_with(".mill") || file == "build.sc" && of_mill() {
        return 97;
    }
    // What a build is made with is code in the language of its scripts.
    let mut folders = paths::parts(path).rev().skip(1);
    if folders.any(|folder| folder == "buildSrc")
        && [".kt", ".groovy", ".java"].iter().any(|end| path.ends_with(end))
    {
        return 98;
    }
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    let mut lines = text.slice(..end).lines().map(str::trim);
    let adds = lines.any(|line| {
        CONFIGURATIONS.iter().any(|name| {
            line.strip_prefix(name).is_some_and(|rest| {
                let given = rest.trim_start_matches([' ', '(']);
                // A name and at least one more part, in quotes; or what makes one up.
                let quoted = given.starts_with(['"', '\'']) && given.contains(':');
                given.len() < rest.len()
                    && (quoted
                        || ["platform(", "group:", "group =", "libs."]
                            .iter()
                            .any(|start| given.starts_with(start)))
            })
        })
    });
    if adds { 93 } else { 0 }
}

/// Whether it is a build of Bazel's, whose comments begin with `#`.
fn is_bazel(path: &str) -> bool {
    let file = paths::file_name(path);
    file == "WORKSPACE" || file.ends_with(".bzl") || file.ends_with(".bazel")
}

fn read(path: &str, whole: &str, _: Option<Component>, _: Encoding) -> Document {
    let bazel = is_bazel(path);
    let of_comment = |span: Span| {
        let line = whole.get(..span.start as usize).and_then(|before| before.rsplit('\n').next());
        bazel && line.is_some_and(|line| line.trim_start().starts_with('#'))
    };
    let parts = script::parts(whole);
    let variables = Variables::of(&parts);
    let mut document = document(Tool::Gradle);
    document.shared.gives = variables.gives();
    let mut java: Option<(u8, &str, Span)> = None;
    for (at, part) in parts.iter().enumerate() {
        let behind = parts.slice(at + 1..);
        match part {
            Part::Text(text, span) => {
                let before = parts.slice(at.saturating_sub(2)..at);
                if !before.iter().any(|part| part.is("exclude")) && !of_comment(*span) {
                    coordinates(text, *span, parts.slice(at..), &variables, &mut document);
                }
                // The name that overrides Spring Boot's version of Kafka.
                let value = || behind.iter().take(4).skip(1).find_map(Part::text).filter(|_| next_to(behind));
                if *text == "kafka.version"
                    && let Some((version, span)) = value()
                {
                    let (group, artifact) = ("org.apache.kafka", "kafka-clients");
                    let (asks, version) = (("", version), variables.resolve(version));
                    library(
                        &mut document,
                        &Library { group, artifact, named: span, version: &version, asks, span },
                    );
                }
            }
            Part::Word("group", _) => by_names(behind, &variables, &mut document),
            Part::Word("id", _) => {
                let named = behind.iter().take(2).find_map(Part::text);
                let version = behind.iter().take(6).position(|part| part.is("version"));
                let given = version.and_then(|at| behind.get(at + 1..)).unwrap_or_default();
                let given = given.get(usize::from(given.first().is_some_and(|part| part.is("(")))..);
                if let (Some((id, _)), Some(version)) =
                    (named, given.and_then(|given| value(given, &variables)))
                {
                    plugin(&mut document, id, &version.resolved, &version.asked, version.span);
                }
            }
            Part::Word(word, _)
                if (CONFIGURATIONS.contains(word) || *word == "maven.artifact")
                    && behind.get(2).is_some_and(|p| p.is(",")) =>
            {
                by_places(behind, &variables, &mut document);
            }
            // A catalog in the settings: the first part is its name there.
            Part::Word("library", _) if behind.get(4).is_some_and(|p| p.is(",")) => {
                by_places(behind.slice(2..), &variables, &mut document);
            }
            Part::Word(word, _) => {
                let found = java_of(word, behind, &variables);
                // A release says more than a level of the source.
                java = java.into_iter().chain(found).max_by_key(|(rank, ..)| *rank);
            }
            Part::Sign(_) => {}
        }
    }
    if let Some((_, version, span)) = java {
        runtime(&mut document, "java", version, span);
    }
    document.dependencies.order_by_key(|dependency| dependency.span);
    document
}

/// `group:name:version`, with variables in it or added to it; the parts begin with it.
fn coordinates(
    text: &str,
    span: Span,
    parts: &[Part<'_>],
    variables: &Variables<'_>,
    document: &mut Document,
) {
    let behind = parts.slice(1..);
    let added = behind.first().is_some_and(|part| part.is("+")) && text.contains(':');
    let joined = if added { template(parts) } else { None };
    let whole = joined.as_ref().map_or(text, |(whole, _)| whole);
    // Mill's `group::name:version` has its Scala's number behind the name.
    let scala = usize::from(whole.split_once(':').is_some_and(|(_, rest)| rest.starts_with(':')));
    let of_scala = whole.replacen("::", ":", scala);
    let mut pieces = of_scala.split(':');
    let (Some(group), Some(artifact)) = (pieces.next(), pieces.next()) else { return };
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || "._-${}".contains(one))
    };
    if !is_name(group)
        || !is_name(artifact)
        || !(group.contains('.') || group.contains('$') || group == artifact)
    {
        return;
    }
    let written = pieces.next().unwrap_or_default();
    // What is after it: a classifier, or what sort of file it is.
    let version = written.split('@').next().unwrap_or_default();
    let name = group.len() + 1 + scala + artifact.len();
    let named = Span::new(span.start, span.start + name.min(text.trim_end_matches(':').len()) as u32);
    let start = named.end + 1;
    let found = match version {
        "" => rich(behind, variables).unwrap_or(Version::none(named)),
        // If the version is appended to the text by an expression, its place is that of the name.
        _ if joined.is_some() && text.len() < name + 1 + version.len() => {
            Version::text(version, named, variables)
        }
        _ => Version::text(version, Span::new(start, start + version.len() as u32), variables),
    };
    let artifact = if scala > 0 { format!("{artifact}_2.13") } else { artifact.to_owned() };
    let whole = format!("{group}:{artifact}");
    let group = variables.resolve(group);
    // If the variable in a name is unknown, the part before the variable is used.
    let known = variables.resolve(&artifact);
    let artifact = if known.is_empty() { artifact.split('$').next().unwrap_or_default() } else { &known };
    let (group, version) = (group.as_str(), found.resolved.as_str());
    if group == "org.scala-lang" {
        ask(document, "scala", "", &found.asked, found.span);
        runtime(document, "scala", version, found.span);
    }
    let asks = (whole.as_str(), found.asked.as_str());
    library(document, &Library { group, artifact, named, version, asks, span: found.span });
}

/// A version as a script has it.
struct Version {
    /// With the script's own variables; empty where they do not say it.
    resolved: String,
    /// With its variables.
    asked: String,
    span: Span,
}

impl Version {
    fn text(text: &str, span: Span, variables: &Variables<'_>) -> Self {
        Self { resolved: variables.resolve(text), asked: text.to_owned(), span }
    }

    const fn none(span: Span) -> Self {
        Self { resolved: String::new(), asked: String::new(), span }
    }
}

/// `{ version { strictly("1") } }` behind a library; `.version("1")` and `.versionRef("v")` of a catalog.
fn rich(behind: &[Part<'_>], variables: &Variables<'_>) -> Option<Version> {
    let mut at = behind.iter().take_while(|part| part.is(")")).count();
    if behind.get(at).is_some_and(|part| part.is(".")) && behind.get(at + 2).is_some_and(|part| part.is("("))
    {
        let (text, span) = behind.get(at + 3)?.text()?;
        return match behind.get(at + 1)?.word()? {
            "version" => Some(Version::text(text, span, variables)),
            "versionRef" => Some(Version::text(&format!("${{{text}}}"), span, variables)),
            _ => None,
        };
    }
    for what in ["{", "version", "{"] {
        behind.get(at).filter(|part| part.is(what))?;
        at += 1;
    }
    behind.get(at).filter(|part| ["strictly", "require", "prefer"].iter().any(|name| part.is(name)))?;
    let given = behind.get(at + 1..)?;
    value(given.get(usize::from(given.first()?.is("("))..)?, variables)
}

/// Whether what comes next is given to the text before: `] = "v"`, `, "v"`.
fn next_to(behind: &[Part<'_>]) -> bool {
    let is = |at: usize, what: &str| behind.get(at).is_some_and(|part: &Part<'_>| part.is(what));
    is(0, ",") || is(0, "]") && is(1, "=")
}

/// `("g", "n", "v")` of Kotlin.
fn by_places(behind: &[Part<'_>], variables: &Variables<'_>, document: &mut Document) {
    let text = |at: usize| behind.get(at).and_then(Part::text);
    let (Some((group, _)), Some((artifact, named))) = (text(1), text(3)) else { return };
    let given = behind.get(5..).filter(|_| behind.get(4).is_some_and(|part| part.is(",")));
    let found = given.and_then(|given| value(given, variables));
    let found = found.or_else(|| rich(behind.get(4..)?, variables)).unwrap_or(Version::none(named));
    add(document, group, artifact, named, &found);
}

/// A version as it is written, or as a variable holds it.
fn value(parts: &[Part<'_>], variables: &Variables<'_>) -> Option<Version> {
    let (text, span) = template(parts)?;
    Some(Version::text(&text, span, variables))
}

/// A library whose parts stand apart.
fn add(document: &mut Document, group: &str, artifact: &str, named: Span, found: &Version) {
    let whole = format!("{group}:{artifact}");
    let artifact = artifact.split('$').next().unwrap_or_default();
    let asks = (whole.as_str(), found.asked.as_str());
    library(document, &Library { group, artifact, named, version: &found.resolved, asks, span: found.span });
}

/// `group: 'g', name: 'n', version: 'v'`, and with `=` in Kotlin.
fn by_names(behind: &[Part<'_>], variables: &Variables<'_>, document: &mut Document) {
    // An exclusion has no name, and the next library has one of its own.
    let of_it = || {
        behind
            .iter()
            .take(12)
            .take_while(|part| !["group", "module", "}", "{"].iter().any(|end| part.is(end)))
    };
    let given = |name: &str| {
        let at = of_it().position(|part| part.is(name))?;
        behind.get(at + 1).filter(|part| part.is(":") || part.is("="))?;
        behind.get(at + 2..)
    };
    let sign = behind.first().is_some_and(|part| part.is(":") || part.is("="));
    let (Some((group, _)), Some((artifact, named))) =
        (behind.get(1).and_then(Part::text).filter(|_| sign), given("name").and_then(template))
    else {
        return;
    };
    let resolved = variables.resolve(&artifact);
    let artifact = if resolved.is_empty() { &artifact } else { &resolved };
    let found = given("version").and_then(|given| value(given, variables));
    add(document, group, artifact, named, &found.unwrap_or(Version::none(named)));
}

/// The Java that a setting of the compiler names, and how much that setting says.
fn java_of<'t>(word: &str, behind: &[Part<'t>], variables: &Variables<'t>) -> Option<(u8, &'t str, Span)> {
    let rank = match word.rsplit('.').next()? {
        "release" => 4,
        "jvmToolchain" | "languageVersion" | "set"
            if word.contains("languageVersion") || word == "jvmToolchain" =>
        {
            3
        }
        "targetCompatibility" | "jvmTarget" => 2,
        "sourceCompatibility" => 1,
        "set" if word.contains("release") => 4,
        "set" if word.contains("jvmTarget") => 2,
        _ => return None,
    };
    let mut rest = behind.iter().take(6).skip_while(|part| {
        ["=", "(", ".", "JavaLanguageVersion.of", "JavaVersion.toVersion"]
            .iter()
            .any(|skipped| part.is(skipped))
    });
    let (version, span) = match rest.next()? {
        Part::Word(word, span) => {
            // `VERSION_1_8`, `JVM_17`.
            let of_enum = ["VERSION_", "JVM_"].iter().any(|name| word.contains(name));
            let number = if of_enum { word.rsplit('_').next().unwrap_or(word) } else { word };
            let start = span.end - number.len() as u32;
            (variables.get(number).unwrap_or(number), Span::new(start, span.end))
        }
        part => part.value()?,
    };
    version.starts_with(|first: char| first.is_ascii_digit()).then_some((rank, version, span))
}

#[cfg(test)]
mod tests;
