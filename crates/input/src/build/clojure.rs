//! Clojure's builds: `project.clj` of Leiningen and `deps.edn`.
//!
//! What is *not* here: versions that stand on another line than their library.

use super::{Library, document, library};
use crate::{Document, Encoding, Format, Span, Tool};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Slice as _, paths};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "clojure", extensions: &[], names: &["project.clj", "deps.edn"], sniff, read };

/// Lines that are looked at.
const MAX_LINES: usize = 300;

fn sniff(path: &str, text: &str) -> u8 {
    let file = paths::file_name(path);
    let says = |line: &str| line.starts_with("(defproject ") || line.contains("{:mvn/version \"");
    if FORMAT.names.contains(&file) || text.lines().take(MAX_LINES).any(says) { 97 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = document(Tool::Other);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut at = 0;
        while let Some((word, begin)) = next_word(line, at) {
            at = begin + word.len();
            // What stands between quotes is no name.
            if word.starts_with('"') {
                continue;
            }
            add(line, word, begin, start, &mut document);
        }
        start += line.len();
    }
    document
}

/// The next run of what names are made of, or the next text with its quotes, and where it begins; nothing of a
/// comment.
fn next_word(line: &str, from: usize) -> Option<(&str, usize)> {
    let is_part = |one: char| one.is_ascii_alphanumeric() || "._-/".contains(one);
    let rest = line.get(from..)?;
    let begin = rest.find(|one| is_part(one) || one == ';' || one == '"')?;
    let rest = rest.get(begin..).filter(|rest| !rest.starts_with(';'))?;
    let end = match rest.strip_prefix('"') {
        Some(text) => text.find('"').map(|end| end + 2),
        None => rest.find(|one| !is_part(one)),
    };
    Some((rest.get(..end.unwrap_or(rest.len()))?, from + begin))
}

/// `group/name "1"`, `group/name {:mvn/version "1"}`.
fn add(line: &str, word: &str, begin: usize, start: usize, document: &mut Document) {
    let Some((group, artifact)) = word.split_once('/') else { return };
    let behind = line.slice(begin + word.len()..).trim_start();
    let found = match behind.strip_prefix('{') {
        Some(map) => map.trim_start().strip_prefix(":mvn/version").map(str::trim_start),
        None => Some(behind),
    };
    let version = found.and_then(|found| found.strip_prefix('"')?.split('"').next());
    let Some(version) = version.filter(|_| group.contains('.') && !artifact.contains('/')) else { return };
    let place = |at: usize, length: usize| Span::new((start + at) as u32, (start + at + length) as u32);
    let at = version.as_ptr() as usize - line.as_ptr() as usize;
    let (named, span) = (place(begin, word.len()), place(at, version.len()));
    library(document, &Library { group, artifact, named, version, asks: ("", ""), span });
}

#[cfg(test)]
mod tests {
    use super::super::libraries;
    use crate::{Kind, read};

    #[test]
    fn libraries_stand_with_their_versions() {
        let text = "(defproject shop \"0.1\" ; org.apache.kafka/kafka-streams \"0.1\"
  :url \"https://example.org/x\"
  :dependencies [[org.clojure/clojure \"1.11.1\"]
                 [org.apache.kafka/kafka-clients \"2.1.0\" :exclusions [org.slf4j/slf4j-api]]
                 [org.apache.kafka/kafka_2.12 \"2.0.1\"]])
";
        let want = [
            "org.clojure:clojure 1.11.1 at 1.11.1",
            "org.apache.kafka:kafka-clients 2.1.0 at 2.1.0",
            "scala 2.12 at org.apache.kafka/kafka_2.12",
            "org.apache.kafka:kafka_2.12 2.0.1 at 2.0.1",
        ];
        assert_eq!(libraries("", text), want);
        let text =
            "{:deps {org.apache.kafka/connect-api {:mvn/version \"3.4.0\"} a.b/c {:local/root \"../c\"}}}";
        assert_eq!(libraries("", text), ["org.apache.kafka:connect-api 3.4.0 at 3.4.0"]);
        assert_ne!(read("core.clj", "(ns a.b)\n(def x \"org.a/b\")\n", None).kind, Kind::BuildFile);
    }
}
