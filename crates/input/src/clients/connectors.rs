//! Connectors in source of programs: `"connector.class": "org.apache.kafka.connect.mirror.MirrorSourceConnector"` in a
//! map of Go, Python, JavaScript or another language, or behind `WITH` in ksqlDB's SQL, with the keys beside it.
//!
//! Classes of connectors in a cloud have no package; whoever runs the cloud upgrades those. What is *not* here: maps that
//! are filled by assignments, and JSON in a string.

use kafka_upgrade_document::{Document, Kind, Setting, Span, template};

use crate::part::of_settings;
use crate::tokens::{Comments, Token, TokenKind, read};

/// The key that makes a map a connector's.
const CLASS: &str = "connector.class";

/// Tokens of one map that are looked at.
const MAX_TOKENS: usize = 2_000;

/// Whether a file has statements of SQL.
pub(super) fn is_sql(path: &str) -> bool {
    [".ksql", ".sql"].iter().any(|ending| template::plain_name(path).ends_with(ending))
}

/// Every connector that is written as a map.
pub(super) fn find(path: &str, text: &str) -> Vec<Document> {
    if !text.contains(CLASS) {
        return Vec::new();
    }
    let is_sql = is_sql(path);
    let hashes = [".py", ".rb", ".ex", ".exs"].iter().any(|ending| path.ends_with(ending));
    let comments = match () {
        () if is_sql => Comments::Dashes,
        () if hashes => Comments::Hash,
        () => Comments::Slashes,
    };
    let tokens = read(text, comments);
    let classes = tokens.iter().enumerate().filter(|(at, token)| {
        token.kind == TokenKind::Text
            && token.text == CLASS
            && value(tokens.get(at + 1..).unwrap_or_default(), is_sql)
                .is_some_and(|(class, _)| is_class(class))
    });
    let parts = classes.filter_map(|(at, class)| {
        let start = opening(&tokens, at, if is_sql { "(" } else { "{" })?;
        let settings = entries(tokens.get(start + 1..)?, is_sql);
        let part = of_settings("", class.span, settings)?;
        // Source is changed by whoever wrote it.
        Some(Document { kind: Kind::ApplicationConfig, is_escaped: true, ..part })
    });
    parts.collect()
}

/// Whether a value is a class with its package, and no word of a cloud's.
fn is_class(value: &Token<'_>) -> bool {
    value.kind == TokenKind::Text && value.text.contains('.') && !value.text.contains([' ', '$', '{', '%'])
}

/// The value behind a key, and how many tokens it and the sign before it are.
fn value<'a, 't>(behind: &'a [Token<'t>], is_sql: bool) -> Option<(&'a Token<'t>, usize)> {
    let is_sign = |at: usize, sign: &str| {
        behind.get(at).is_some_and(|one: &Token<'_>| one.kind == TokenKind::Sign && one.text == sign)
    };
    let signs = if is_sign(0, ":") || is_sql && is_sign(0, "=") {
        1
    } else if is_sign(0, "=") && is_sign(1, ">") {
        2
    } else {
        return None;
    };
    behind.get(signs).map(|value| (value, signs + 1))
}

/// Where the map around a token opens.
fn opening(tokens: &[Token<'_>], at: usize, sign: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, token) in tokens.get(..at)?.iter().enumerate().rev().take(MAX_TOKENS) {
        match (token.kind, token.text) {
            (TokenKind::Sign, "}" | ")" | "]") => depth += 1,
            (TokenKind::Sign, one) if depth == 0 && one == sign => return Some(place),
            (TokenKind::Sign, "{" | "(" | "[") => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// The settings of a map up to its end; a value that is worked out is not known.
fn entries(tokens: &[Token<'_>], is_sql: bool) -> Vec<Setting> {
    let mut settings = Vec::new();
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().take(MAX_TOKENS) {
        match (token.kind, token.text) {
            (TokenKind::Sign, "{" | "(" | "[") => depth += 1,
            (TokenKind::Sign, "}" | ")" | "]") => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => break,
            },
            (TokenKind::Text, _) if depth == 0 => {
                let behind = tokens.get(at + 1..).unwrap_or_default();
                let Some((found, length)) = value(behind, is_sql) else { continue };
                let ends = behind
                    .get(length)
                    .is_none_or(|next| next.kind == TokenKind::Sign && matches!(next.text, "," | "}" | ")"));
                let is_plain = found.text.bytes().all(|one| one.is_ascii_digit())
                    || matches!(found.text, "true" | "false");
                let written = match found.kind {
                    // An escape stands for something else.
                    TokenKind::Text if ends && !found.text.contains('\\') => found.text.to_owned(),
                    TokenKind::Word if ends && is_plain => found.text.to_owned(),
                    _ => format!("${{{}}}", found.text),
                };
                let (key_span, value_span) = (inside(token), inside(found));
                settings.push(Setting {
                    component: None,
                    key: token.text.to_owned(),
                    prefix: String::new(),
                    value: written,
                    span: Span::new(key_span.start, value_span.end),
                    key_span,
                    value_span,
                    effective: true,
                });
            }
            _ => {}
        }
    }
    settings
}

/// Without quotes.
fn inside(token: &Token<'_>) -> Span {
    let quotes = u32::from(token.kind == TokenKind::Text);
    Span::new(token.span.start + quotes, token.span.end - quotes)
}

#[cfg(test)]
mod tests {
    use crate::read;
    use kafka_upgrade_catalog::Component;

    /// Component, and `key=value at place` of each setting.
    fn connectors(path: &str, text: &str) -> Vec<(Option<Component>, Vec<String>)> {
        let document = read(path, text, None);
        let parts = document.parts.iter().map(|part| {
            let settings = part.settings.iter();
            (part.component, settings.map(|one| format!("{}={}", one.key_span.of(text), one.value)).collect())
        });
        parts.collect()
    }

    #[test]
    fn a_connector_in_a_map_of_source_is_one_with_the_keys_beside_it() {
        let go = "x := f{\n\tName: \"a\",\n\tConfig: map[string]string{\n\t\t\"name\": n.Name(1),\n\t\t\"connector.class\": \"org.apache.kafka.connect.mirror.MirrorSourceConnector\", // \"c\"\n\t\t\"replication.factor\": \"1\",\n\t},\n}\n";
        let class = "connector.class=org.apache.kafka.connect.mirror.MirrorSourceConnector";
        let expected = vec!["name=${n.Name}".to_owned(), class.to_owned(), "replication.factor=1".to_owned()];
        assert_eq!(connectors("a_test.go", go), [(Some(Component::MM2_SOURCE), expected)]);
        let python =
            "c = {'config': {'connector.class': 'a.b.FooSinkConnector', 'tasks.max': 2}, 'z': {}}  # {\n";
        let expected = vec!["connector.class=a.b.FooSinkConnector".to_owned(), "tasks.max=2".to_owned()];
        assert_eq!(connectors("a.py", python), [(Some(Component::CONNECTOR_SINK), expected)]);
    }

    #[test]
    fn a_connector_that_ksqldb_makes_has_its_keys_behind_with() {
        let sql = "SET 'auto.offset.reset' = 'earliest';\n-- CREATE\nCREATE SOURCE CONNECTOR A WITH (\n  'connector.class' = 'a.b.FooSourceConnector',\n  'key.converter' = 'org.apache.kafka.connect.storage.StringConverter'\n);\nCREATE STREAM s WITH (KAFKA_TOPIC='t');\n";
        let expected = vec![
            "connector.class=a.b.FooSourceConnector".to_owned(),
            "key.converter=org.apache.kafka.connect.storage.StringConverter".to_owned(),
        ];
        assert_eq!(connectors("a.ksql", sql), [(Some(Component::CONNECTOR_SOURCE), expected)]);
        let document = read("a.ksql", "SET 'auto.offset.reset' = 'earliest';\n", None);
        assert_eq!(document.kind, crate::Kind::ApplicationConfig);
        let other = read("a.sql", "SET 'sql_mode' = 'ANSI';\nSELECT 'auto.offset.reset';\n", None);
        assert_eq!(other.kind, crate::Kind::Unknown);
    }

    #[test]
    fn a_class_of_a_cloud_s_and_a_lookup_of_the_key_are_no_connectors() {
        for text in [
            "m := map[string]string{\"connector.class\": \"DatagenSource\"}\n",
            "x := m[\"connector.class\"]\n",
        ] {
            assert!(connectors("a.go", text).is_empty(), "{text}");
        }
    }
}
