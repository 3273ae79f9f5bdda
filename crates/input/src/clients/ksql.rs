//! Statements of ksqlDB: connectors that it makes, and settings that it gives to its clients.
//!
//! Which settings work is ksqlDB's business, since it brings its own clients; connectors run in the Connect that it asks.
//! What is *not* here: its queries.

use super::connectors;
use crate::part::is_kafkas;
use crate::tokens::{Comments, TokenKind, read as tokens_of};
use crate::{Document, Encoding, Format, Kind};
use kafka_upgrade_catalog::Component;

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "ksqlDB", extensions: &["ksql"], names: &[], sniff, read };

fn sniff(path: &str, text: &str) -> u8 {
    let is_one = connectors::is_sql(path) && (sets(text) || !connectors::find(path, text).is_empty());
    if is_one { 91 } else { 0 }
}

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let parts = connectors::find(path, text);
    Document { kind: Kind::ApplicationConfig, parts, ..Document::default() }
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
