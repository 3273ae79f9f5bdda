//! TOML, read by the `toml` crate, which goes on behind a fault.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Node, Scalar, Style, Tree, fault};
use kafka_upgrade_document::Span;

/// Reads a text. The parser bounds how deep it nests, and so the recursion here.
pub fn read(text: &str) -> Tree {
    let (table, errors) = DeTable::parse_recoverable(text);
    let problem = errors.first().map(|error| {
        let span = error.span().unwrap_or(text.len()..text.len());
        fault("TOML", error.message(), Span::new(span.start as u32, span.end as u32))
    });
    Tree { roots: vec![map(table.get_ref(), text)], problem }
}

fn map(table: &DeTable<'_>, text: &str) -> Node {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let key: &Spanned<std::borrow::Cow<'_, str>> = key;
        (scalar(key.get_ref(), key.span(), text), node(value, text))
    };
    Node::Map(table.iter().map(entry).collect())
}

fn node(value: &Spanned<DeValue<'_>>, text: &str) -> Node {
    let written = || scalar(text.get(value.span()).unwrap_or_default(), value.span(), text);
    match value.get_ref() {
        DeValue::Table(table) => map(table, text),
        DeValue::Array(items) => Node::List(items.iter().map(|item| node(item, text)).collect()),
        DeValue::String(string) => Node::Scalar(scalar(string, value.span(), text)),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Node::Scalar(written())
        }
    }
}

/// A scalar that is written in these bytes, quotes included.
fn scalar(value: &str, range: std::ops::Range<usize>, text: &str) -> Scalar {
    let written = text.get(range.clone()).unwrap_or_default();
    let (quotes, style) = match written {
        _ if written.starts_with("\"\"\"") || written.starts_with("'''") => (3, Style::Block),
        _ if written.starts_with('"') => (1, Style::Double),
        _ if written.starts_with('\'') => (1, Style::Single),
        _ => (0, Style::Plain),
    };
    let end = range.end.saturating_sub(quotes).max(range.start + quotes);
    Scalar { text: value.to_owned(), span: Span::new((range.start + quotes) as u32, end as u32), style }
}
