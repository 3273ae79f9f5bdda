//! What build tools print of a program's libraries: `mvn dependency:tree`, `gradle dependencies`, sbt's
//! `dependencyTree`, and Gradle's lock.
//!
//! A library is kept once, where it is named first; a transitive one is reported with the one that the build
//! names itself. What is *not* here: libraries that a tool left out, for a conflict or as a constraint.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_sorted::Sorted as _;

use super::{Library, document, library};
use crate::{Document, Encoding, Format, Span, Tool, Transitive};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "dependency tree",
    extensions: &["lockfile"],
    names: &["gradle.lockfile", "buildscript-gradle.lockfile"],
    sniff,
    read,
};

/// Lines that are looked at.
const MAX_LINES: usize = 300;

/// What Gradle writes first into a lock.
const LOCK: &str = "# This is a Gradle generated file for dependency locking.";

fn sniff(_: &str, text: &str) -> u8 {
    let start = text.trim_start_matches('\u{feff}');
    if start.starts_with(LOCK) {
        return 97;
    }
    let named = |line| {
        let rest = branch(message(line)).map_or("", |(_, rest, _)| rest);
        (rest.matches(':').count() > 1 || rest.contains(':') && rest.contains(" -> "))
            && coordinates(rest).is_some()
    };
    if start.lines().take(MAX_LINES).any(named) || is_graph(start) { 96 } else { 0 }
}

/// What `-DoutputType=dot` prints; other programs draw other graphs.
fn is_graph(text: &str) -> bool {
    let mut lines =
        text.lines().take(MAX_LINES).map(message).skip_while(|line| !line.starts_with("digraph \""));
    lines.next().is_some_and(|line| line.matches(':').count() > 2)
}

/// Without what a tool puts before each line that it prints.
fn message(line: &str) -> &str {
    let line = line.strip_prefix("[INFO] ").or_else(|| line.strip_prefix("[info] ")).unwrap_or(line);
    line.trim_end()
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::default();
    // The build's own library that the following lines are transitive to.
    let mut direct = "";
    let mut start = 0;
    let graph = is_graph(text);
    let mut root = "";
    for line in text.split_inclusive('\n') {
        let own = message(line);
        let at = start + (own.as_ptr() as usize - line.as_ptr() as usize);
        start += line.len();
        if graph {
            let mut texts = own.split('"').skip(1).step_by(2);
            let first = texts.next().unwrap_or_default();
            let Some(second) = texts.next() else {
                root = if own.starts_with("digraph") { first } else { root };
                continue;
            };
            let by = if first == root { "" } else { first };
            let place = at + (second.as_ptr() as usize - own.as_ptr() as usize);
            found.add(coordinates(second), place, by_name(by));
        } else if let Some((depth, rest, column)) = branch(own) {
            let one = coordinates(rest);
            if depth == 0 {
                direct = one.as_ref().map_or(rest.trim(), |one| one.name);
            }
            found.add(one, at + column, if depth == 0 { None } else { Some(direct) });
        } else if let Some((library, configurations)) = own.split_once('=')
            && !configurations.contains(' ')
        {
            found.add(coordinates(library), at, None);
        }
    }
    found.document()
}

/// `group:artifact` of what one end of a graph's line names.
fn by_name(end: &str) -> Option<&str> {
    if end.is_empty() { None } else { coordinates(end).map(|one| one.name) }
}

/// How deep a line stands in a tree, what it names, and where that begins.
fn branch(line: &str) -> Option<(usize, &str, usize)> {
    let signs = line.bytes().take_while(|byte| b"| +\\-".contains(byte)).count();
    let (signs, rest) = line.split_at_checked(signs)?;
    let at = signs.find(['+', '\\'])?;
    let sign = signs.get(at..)?;
    let width = match sign.get(1..)? {
        "--- " => 5,
        "- " => 3,
        "-" => 2,
        _ => return None,
    };
    // sbt puts two blanks before all of its lines.
    let depth = if width == 2 { at.saturating_sub(2) } else { at } / width;
    (!rest.is_empty()).then_some((depth, rest, signs.len()))
}

/// A library as a tool names it.
struct Named<'t> {
    /// `group:artifact`.
    name: &'t str,
    version: &'t str,
    /// Where the version begins; the name where there is none.
    at: usize,
}

/// `g:a:1`, `g:a:1 -> 2`, `g:a -> 2 (*)`, `g:a:jar:1:compile`, `g:a:jar:tests:1:test`, `g:a:1 [S]`.
fn coordinates(text: &str) -> Option<Named<'_>> {
    // Omitted nodes are in parentheses, and constraints add no library.
    let text = text.trim_end();
    if text.starts_with('(') || text.ends_with("(c)") {
        return None;
    }
    let (asked, taken) = text.split_once(" -> ").map_or((text, None), |(asked, taken)| (asked, Some(taken)));
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|one| one.is_ascii_alphanumeric() || "._-+".contains(one))
    };
    let whole = asked.split([' ', '{']).next()?;
    let mut parts = whole.split(':');
    let (group, artifact) = (parts.next()?, parts.next()?);
    if !is_part(group) || !is_part(artifact) {
        return None;
    }
    let name = whole.get(..group.len() + 1 + artifact.len())?;
    let rest: Vec<&str> = parts.filter(|part| is_part(part)).take(5).collect();
    let version = match (taken, rest.as_slice()) {
        // What it was replaced by may be another library.
        (Some(taken), _) => {
            let taken = taken.split(' ').next()?;
            if taken.contains(':') {
                return coordinates(taken).map(|one| Named {
                    at: one.at + (taken.as_ptr() as usize - text.as_ptr() as usize),
                    ..one
                });
            }
            taken
        }
        (None, [version] | [_, version, _] | [_, _, version, _]) => version,
        // The build itself, in a tree of several.
        (None, [_, version]) => version,
        (None, _) => "",
    };
    let at = if version.is_empty() { 0 } else { version.as_ptr() as usize - text.as_ptr() as usize };
    Some(Named { name, version, at })
}

/// Libraries by name and version.
#[derive(Default)]
struct Found<'t>(BTreeMap<(&'t str, &'t str), (Span, Span, Option<&'t str>)>);

impl<'t> Found<'t> {
    fn add(&mut self, one: Option<Named<'t>>, start: usize, by: Option<&'t str>) {
        let Some(Named { name, version, at }) = one else { return };
        let span =
            |from: usize, length: usize| Span::new((start + from) as u32, (start + from + length) as u32);
        let place = if version.is_empty() { span(0, name.len()) } else { span(at, version.len()) };
        // A replacement's name is not at the beginning of the text, so the place of the version is used.
        let named = if at == 0 || at > name.len() { span(0, name.len()) } else { place };
        let kept = self.0.entry((name, version)).or_insert((named, place, by));
        // A library that the build names itself counts as direct, even if it is transitive elsewhere too.
        if kept.2.is_some() && by.is_none() {
            *kept = (named, place, by);
        }
    }

    fn document(self) -> Document {
        let mut document = document(Tool::Other);
        for ((name, version), (named, span, by)) in self.0 {
            let Some((group, artifact)) = name.split_once(':') else { continue };
            library(&mut document, &Library { group, artifact, named, version, asks: ("", ""), span });
            if let Some(by) = by {
                let span = Span::new(named.start.min(span.start), named.end.max(span.end));
                document.shared.transitive.push(Transitive { span, by: by.to_owned() });
            }
        }
        document.dependencies.order_by_key(|dependency| dependency.span);
        document.shared.transitive.order_by_key(|one| one.span);
        document
    }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    fn libraries(path: &str, text: &str) -> Vec<String> {
        let document = read(path, text, None);
        assert_eq!(document.kind, Kind::BuildFile, "{text}");
        let of = |one: &crate::Dependency| {
            let place = one.span.of(text);
            match document.shared.transitive_by(one.span) {
                Some(by) => format!("{} {} at {place} by {by}", one.artifact, one.version),
                None => format!("{} {} at {place}", one.artifact, one.version),
            }
        };
        document.dependencies.iter().map(of).collect()
    }

    #[test]
    fn maven_prints_a_tree() {
        let text = "[INFO] Scanning for projects...
[INFO] --- dependency:3.6.0:tree (default-cli) @ orders ---
[INFO] com.example:orders:jar:1.0
[INFO] +- org.springframework.kafka:spring-kafka:jar:2.8.1:compile
[INFO] |  +- org.apache.kafka:kafka-clients:jar:3.0.0:compile
[INFO] |  |  \\- (org.lz4:lz4-java:jar:1.7.1:compile - omitted for duplicate)
[INFO] |  \\- org.slf4j:slf4j-api:jar:1.7.32:compile
[INFO] +- org.apache.kafka:kafka-clients:jar:test:3.1.0:test
[INFO] \\- org.apache.kafka:connect-json:jar:3.0.0:provided (optional)
[INFO] BUILD SUCCESS
";
        let want = [
            "org.springframework.kafka:spring-kafka 2.8.1 at 2.8.1",
            "org.apache.kafka:kafka-clients 3.0.0 at 3.0.0 by org.springframework.kafka:spring-kafka",
            "org.slf4j:slf4j-api 1.7.32 at 1.7.32 by org.springframework.kafka:spring-kafka",
            "org.apache.kafka:kafka-clients 3.1.0 at 3.1.0",
            "org.apache.kafka:connect-json 3.0.0 at 3.0.0",
        ];
        assert_eq!(libraries("", text), want);
        assert_eq!(libraries("", &text.replace("[INFO] ", "")), want);
    }

    #[test]
    fn maven_draws_a_graph() {
        let text = "digraph \"com.example:orders:jar:1.0\" {
\t\"com.example:orders:jar:1.0\" -> \"a.b:c:jar:2.8.1:compile\" ;
\t\"a.b:c:jar:2.8.1:compile\" -> \"org.apache.kafka:kafka-clients:jar:3.0.0:compile\" ;
 }
";
        assert_eq!(
            libraries("", text),
            ["a.b:c 2.8.1 at 2.8.1", "org.apache.kafka:kafka-clients 3.0.0 at 3.0.0 by a.b:c"]
        );
        assert_ne!(read("", "digraph \"G\" {\n a -> b ;\n}\n", None).kind, Kind::BuildFile);
    }

    #[test]
    fn gradle_prints_trees_with_what_it_takes_instead() {
        let text = "
> Task :dependencies

compileClasspath - Compile classpath for source set 'main'.
+--- org.springframework.kafka:spring-kafka:2.8.1
|    +--- org.apache.kafka:kafka-clients:3.0.0 -> 3.1.0
|    \\--- org.slf4j:slf4j-api:{strictly 1.7.32} -> 1.7.32 (c)
+--- org.apache.kafka:connect-json -> 3.0.1
+--- log4j:log4j:1.2.17 -> ch.qos.reload4j:reload4j:1.2.19
+--- project :core
|    \\--- org.apache.kafka:kafka-streams:3.0.0 (*)
\\--- org.apache.kafka:kafka-clients:3.1.0 FAILED

(*) - dependencies omitted (listed previously)
";
        let want = [
            "org.springframework.kafka:spring-kafka 2.8.1 at 2.8.1",
            "org.apache.kafka:connect-json 3.0.1 at 3.0.1",
            "ch.qos.reload4j:reload4j 1.2.19 at 1.2.19",
            "org.apache.kafka:kafka-streams 3.0.0 at 3.0.0 by project :core",
            "org.apache.kafka:kafka-clients 3.1.0 at 3.1.0",
        ];
        assert_eq!(libraries("", text), want);
    }

    #[test]
    fn sbt_prints_a_tree_and_gradle_writes_a_lock() {
        let text = "[info] com.example:orders_2.13:0.1.0 [S]
[info]   +-org.apache.kafka:kafka-streams-scala_2.13:3.0.0 [S]
[info]   | +-org.apache.kafka:kafka-clients:3.0.0
[info]   |   
[info]   +-org.scala-lang:scala-library:2.13.8 [S]
";
        let streams = "org.apache.kafka:kafka-streams-scala_2.13";
        let want = [
            format!("{streams} 3.0.0 at 3.0.0"),
            format!("org.apache.kafka:kafka-clients 3.0.0 at 3.0.0 by {streams}"),
            "org.scala-lang:scala-library 2.13.8 at 2.13.8".to_owned(),
        ];
        assert_eq!(libraries("", text), want);
        let text = "# This is a Gradle generated file for dependency locking.
# Manual edits can break the build and are not advised.
# This file is expected to be part of source control.
org.apache.kafka:kafka-clients:3.0.0=compileClasspath,runtimeClasspath
empty=annotationProcessor
";
        assert_eq!(libraries("gradle.lockfile", text), ["org.apache.kafka:kafka-clients 3.0.0 at 3.0.0"]);
    }

    #[test]
    fn other_trees_and_lists_are_no_dependency_trees() {
        for text in [
            ".\n+--- src\n|    \\--- main\n",
            "- a:b\n- c:d\n",
            "+- a\n\\- b\n",
            "org.apache.kafka:kafka-clients:3.0.0\n",
            "--- a/b:1\n+++ b/b:2\n",
        ] {
            assert_ne!(read("", text, None).kind, Kind::BuildFile, "{text}");
        }
    }
}
