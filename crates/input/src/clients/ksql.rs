//! Statements of ksqlDB: connectors that it makes, and settings that it gives to its clients.
//!
//! Which settings work is ksqlDB's business, since it brings its own clients; connectors run in the Connect that it asks.
//! What is *not* here: its queries.

use super::{BEGINNING_BYTES, connectors};
use crate::part::is_kafkas;
use crate::tokens::{Comments, TokenKind, read as tokens_of};
use crate::{Document, Encoding, Format, Kind};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_sorted::case::Case as _;

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "ksqlDB", extensions: &["ksql"], names: &[], sniff, read };

fn sniff(path: &str, text: &str) -> u8 {
    if !connectors::is_sql(path) {
        return if is_quoted(path) || !makes_topics(text) { 0 } else { 75 };
    }
    let is_one = sets(text) || takes_topic(text) || !connectors::find(path, text).is_empty();
    if is_one { 91 } else { 0 }
}

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let parts = connectors::find(path, text);
    Document { kind: Kind::ApplicationConfig, parts, ..Document::default() }
}

/// Whether a file is prose or a program, which may quote statements.
fn is_quoted(path: &str) -> bool {
    [".md", ".adoc", ".rst", ".html", ".htm", ".ipynb", ".java", ".kt", ".scala"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// Whether the text begins with a statement, and one makes a stream or a table of a topic.
fn makes_topics(text: &str) -> bool {
    const FIRST: &[&str] = &["CREATE ", "SET ", "DROP ", "RUN SCRIPT "];
    let first = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with("--"));
    let is_statement = |line: &str| {
        FIRST.iter().any(|word| line.get(..word.len()).is_some_and(|one| one.eq_ignore_ascii_case(word)))
    };
    first.is_some_and(is_statement)
        && ["KAFKA_TOPIC", "kafka_topic"].iter().any(|word| {
            text.match_indices(word).any(|(at, _)| {
                text.get(at + word.len()..).is_some_and(|rest| rest.trim_start().starts_with('='))
            })
        })
}

/// Whether a statement takes a topic for a stream or a table: ksqlDB's `WITH (kafka_topic = 'a')`, and what others have for it.
fn takes_topic(text: &str) -> bool {
    const OTHERS: &[&str] =
        &["from kafka connection", "to kafka connection", "into kafka connection", "kafka_broker_list"];
    let text = text.slice(..text.floor_char_boundary(BEGINNING_BYTES)).lower();
    text.split("kafka_topic")
        .skip(1)
        .any(|behind| behind.trim_start_matches([' ', '\'', '"', '\n']).starts_with('='))
        || OTHERS.iter().any(|sign| text.contains(sign))
}

/// Whether a statement sets a key of a client's: `SET 'auto.offset.reset' = 'earliest';`.
fn sets(text: &str) -> bool {
    let tokens = tokens_of(text, Comments::Dashes);
    tokens.windows(3).any(|three| match three {
        [set, key, is] => {
            set.text.eq_ignore_ascii_case("set")
                && key.kind == TokenKind::Text
                && is.text == "="
                && (is_kafkas(key.text) || key.text.starts_with("ksql."))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn statements_that_make_streams_of_topics_are_read_whatever_the_file_is_called() {
        let text = "-- orders\nCREATE STREAM orders (id VARCHAR) WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON');\n";
        for path in ["a.sql", "a.ksql", "join.commands"] {
            assert_eq!(read(path, text, None).kind, Kind::ApplicationConfig, "{path}");
        }
        for (path, text) in [
            ("a.sql", "CREATE TABLE kafka_topics (kafka_topic VARCHAR);\n"),
            ("a.commands", "see KAFKA_TOPIC='orders'\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}: {text}");
        }
    }

    #[test]
    fn a_statement_that_takes_a_topic_is_read_and_one_that_names_a_column_is_not() {
        for text in [
            "CREATE STREAM a (id INT) WITH (\n  KAFKA_TOPIC = 'a', VALUE_FORMAT='AVRO');\n",
            "CREATE SOURCE a\nFROM KAFKA CONNECTION k (TOPIC 'a') FORMAT JSON;\n",
            "CREATE TABLE q (a String) ENGINE = Kafka SETTINGS kafka_broker_list = 'k:9092';\n",
        ] {
            assert_eq!(read("a.sql", text, None).kind, Kind::ApplicationConfig, "{text}");
        }
        for text in ["CREATE TABLE a (kafka_topic TEXT);\n", "-- to Kafka\nSELECT 1;\n"] {
            assert_eq!(read("a.sql", text, None).kind, Kind::Unknown, "{text}");
        }
    }
}
