//! sbt's build files: libraries joined by `%`, settings by `:=`.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_sorted::Sorted as _;

use super::script::{self, Part, Variables};
use super::{Library, document, library, runtime};
use crate::{Document, Encoding, Format, Span, Tool};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "sbt", extensions: &["sbt"], names: &[], sniff, read };

fn sniff(path: &str, text: &str) -> u8 {
    let joined = || text.lines().take(400).any(|line| line.contains("\" % \"") || line.contains("\" %% \""));
    // Files in `project/` may be plain Scala.
    let of_builds = || text.lines().take(100).any(|line| line.starts_with("import sbt"));
    if path.ends_with(".sbt")
        || of_builds() && text.contains("\" % \"")
        || path.ends_with("Dependencies.scala")
    {
        97
    } else if text.contains("libraryDependencies") {
        94
    } else if joined() {
        90
    } else {
        0
    }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let parts = script::parts(text);
    let variables = Variables::of(&parts);
    let mut document = document(Tool::Sbt);
    document.shared.gives = variables.gives();
    let assigned = parts.windows(3).find_map(|three| match three {
        [Part::Word(word, _), sign, value] if word.ends_with("scalaVersion") && sign.is(":=") => {
            Some(version(Some(value), Span::default(), &variables).0)
        }
        _ => None,
    });
    // Where the settings are in another file, a variable has the name.
    let named = || ["scalaVersion", "scala"].iter().find_map(|name| variables.get(name)).map(str::to_owned);
    let scala = assigned.or_else(named).unwrap_or_default();
    // Kafka is not published for Scala 3; builds use the artifacts for 2.13.
    let binary = if scala.starts_with("2.12") { "2.12" } else { "2.13" };
    for (at, part) in parts.iter().enumerate() {
        let next = |ahead: usize| parts.get(at + ahead);
        let is = |ahead: usize, what: &str| next(ahead).is_some_and(|part| part.is(what));
        match part {
            Part::Text(group, _) | Part::Word(group, _)
                if joins(next(1)) && !joins(at.checked_sub(1).and_then(|before| parts.get(before))) =>
            {
                let Some((name, named)) = next(2).and_then(Part::text) else { continue };
                let group = if part.text().is_some() { Some(*group) } else { variables.get(group) };
                let Some(group) = group else { continue };
                let artifact = if is(1, "%") { name.to_owned() } else { format!("{name}_{binary}") };
                let given = next(4).filter(|_| is(3, "%"));
                let asked = given.and_then(Part::word).map(|name| format!("${{{name}}}"));
                let asks = ("", asked.as_deref().unwrap_or_default());
                let (version, span) = version(given, named, &variables);
                library(
                    &mut document,
                    &Library { group, artifact: &artifact, named, version: &version, asks, span },
                );
            }
            Part::Word(word, _) if word.ends_with("scalaVersion") && is(1, ":=") => {
                let (version, span) = version(next(2), Span::default(), &variables);
                if !version.is_empty() {
                    runtime(&mut document, "scala", &version, span);
                }
            }
            Part::Text("--release" | "-release" | "-target", _) if is(1, ",") => {
                if let Some((version, span)) = next(2).and_then(Part::text) {
                    runtime(&mut document, "java", version, span);
                }
            }
            _ => {}
        }
    }
    document.dependencies.order_by_key(|dependency| dependency.span);
    document
}

/// Whether a sign joins the parts of a library.
fn joins(part: Option<&Part<'_>>) -> bool {
    part.is_some_and(|part| ["%", "%%", "%%%"].iter().any(|sign| part.is(sign)))
}

/// A version as it is written, or as a variable holds it.
fn version(part: Option<&Part<'_>>, otherwise: Span, variables: &Variables<'_>) -> (String, Span) {
    match part {
        Some(Part::Text(version, span)) => ((*version).to_owned(), *span),
        Some(Part::Word(name, span)) => (variables.get(name).unwrap_or_default().to_owned(), *span),
        _ => (String::new(), otherwise),
    }
}

#[cfg(test)]
mod tests {
    use super::super::libraries;
    use crate::{Kind, read};

    #[test]
    fn libraries_scala_and_java_are_read_with_their_variables() {
        let text = "ThisBuild / scalaVersion := \"2.12.18\"
lazy val kafkaVersion = \"3.4.0\"
javacOptions ++= Seq(\"--release\", \"11\")
libraryDependencies ++= Seq(
  \"org.apache.kafka\" % \"kafka-clients\" % kafkaVersion,
  \"org.apache.kafka\" %% \"kafka-streams-scala\" % V.kafkaVersion exclude(\"a\", \"b\"),
  // \"org.apache.kafka\" %% \"kafka\" % \"1.0\",
  \"org.apache.kafka\" %% \"kafka\" % \"3.3.2\" % Test
)
";
        let want = [
            "scala 2.12.18 at 2.12.18",
            "java 11 at 11",
            "org.apache.kafka:kafka-clients 3.4.0 at kafkaVersion",
            "scala 2.12 at kafka-streams-scala",
            "org.apache.kafka:kafka-streams-scala_2.12 3.4.0 at V.kafkaVersion",
            "scala 2.12 at kafka",
            "org.apache.kafka:kafka_2.12 3.3.2 at 3.3.2",
        ];
        assert_eq!(libraries("", text), want);
    }

    #[test]
    fn files_of_a_build_name_libraries_and_versions_apart() {
        let text = "import sbt._
object Dependencies {
  object V { val kafka = \"3.1.0\"; val scala = \"2.12.18\" }
  val org = \"org.apache.kafka\"
  val kafka = \"org.apache.kafka\" % \"kafka-clients\" % V.kafka
  val streams = org %% \"kafka-streams\" % V.kafka
  val settings = Seq(scalaVersion := V.scala)
}
";
        let want = [
            "org.apache.kafka:kafka-clients 3.1.0 at V.kafka",
            "scala 2.12 at kafka-streams",
            "org.apache.kafka:kafka-streams_2.12 3.1.0 at V.kafka",
            "scala 2.12.18 at V.scala",
        ];
        assert_eq!(libraries("", text), want);
        let document =
            read("Job.scala", "import org.apache.spark.sql._\nval rate = \"a\".length % 2\n", None);
        assert_eq!(document.kind, Kind::ScalaSource);
    }

    #[test]
    fn a_single_line_is_enough() {
        assert_eq!(
            libraries("", "\"org.apache.kafka\" % \"kafka-clients\" % \"3.4.0\""),
            ["org.apache.kafka:kafka-clients 3.4.0 at 3.4.0"]
        );
        assert_ne!(read("", "rate = a % b\n", None).kind, Kind::BuildFile);
    }
}
