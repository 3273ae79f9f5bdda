//! Entries `'key' => 'value'`, `"key" = value;` and `x['key'] = value` of Puppet, Nix and Chef, by the block that they
//! stand in.

use std::collections::BTreeMap;

use kafka_upgrade_document::Span;

use crate::part::of_settings;
use crate::tokens::{Comments, Token, TokenKind, read};
use crate::{Dependency, Document, Ecosystem, Setting};

/// Tokens of a list that are read.
const MAX_ITEMS: usize = 1_000;

/// What a text has of Kafka's.
pub(super) enum Found {
    /// Settings of one block.
    Part(Box<Document>),
    /// Which Kafka is installed.
    Version(Dependency),
}

/// Everything of Kafka's in a text, settings first.
pub(super) fn find(text: &str) -> impl Iterator<Item = Found> {
    let tokens = read(text, Comments::Hash);
    let mut blocks: BTreeMap<usize, Vec<Setting>> = BTreeMap::new();
    // Numbers of the open blocks, with whether what they are of is Kafka.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut count = 0;
    let mut versions = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match (token.kind, token.text) {
            (TokenKind::Sign, "{") => {
                count += 1;
                let before = at.checked_sub(1).and_then(|before| tokens.get(before));
                let behind = tokens.get(at + 1);
                // `class { 'kafka': … }`, `services.apache-kafka = { … }`.
                let is_kafkas = behind
                    .is_some_and(|one| one.kind == TokenKind::Text && one.text.starts_with("kafka"))
                    && before.is_some_and(|one| one.text == "class");
                open.push((count, is_kafkas));
            }
            (TokenKind::Sign, "}") => {
                open.pop();
            }
            (TokenKind::Text, _) => {
                if let Some(setting) = entry(token, tokens.get(at + 1..).unwrap_or_default(), text) {
                    let block = open.last().map_or(0, |(number, _)| *number);
                    // Chef's attributes name where they belong before the key.
                    if setting.key == "version" && is_of_kafka(&tokens, at) {
                        versions.extend(version(&setting));
                    }
                    blocks.entry(block).or_default().push(setting);
                }
            }
            (TokenKind::Word, "version") if open.last().is_some_and(|(_, is_kafkas)| *is_kafkas) => {
                versions.extend(
                    entry(token, tokens.get(at + 1..).unwrap_or_default(), text).as_ref().and_then(version),
                );
            }
            (TokenKind::Word, "$kafka_version" | "kafka_version") => {
                versions.extend(
                    entry(token, tokens.get(at + 1..).unwrap_or_default(), text).as_ref().and_then(version),
                );
            }
            (TokenKind::Word, word) => versions.extend(nix_package(word, token.span)),
            _ => {}
        }
    }
    let parts = blocks.into_values().filter_map(|settings| {
        let dotted: Vec<Setting> = settings.into_iter().filter(|one| one.key.contains('.')).collect();
        let place = dotted.first()?.key_span;
        let part = of_settings("", place, dotted)?;
        // Lines of these languages are not changed by edits.
        Some(Found::Part(Box::new(Document { is_escaped: true, ..part })))
    });
    parts.collect::<Vec<_>>().into_iter().chain(versions.into_iter().map(Found::Version))
}

/// A key with the value behind it; one that is worked out is not known.
fn entry(key: &Token<'_>, rest: &[Token<'_>], text: &str) -> Option<Setting> {
    let is_key = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '_' | '-' | '$');
    if key.text.is_empty() || !key.text.chars().all(is_key) {
        return None;
    }
    let closing = rest.iter().take_while(|one| one.text == "]" && one.kind == TokenKind::Sign).count();
    let rest = rest.get(closing..)?;
    let is_sign = |at: usize, sign: &str| {
        rest.get(at).is_some_and(|one| one.kind == TokenKind::Sign && one.text == sign)
    };
    let signs = match () {
        () if is_sign(0, "=") && is_sign(1, ">") => 2,
        () if is_sign(0, "=") && !is_sign(1, "=") && !is_sign(1, "~") => 1,
        () => return None,
    };
    let rest = rest.get(signs..)?;
    let first = rest.first()?;
    let (value, end) = if first.text == "[" && first.kind == TokenKind::Sign {
        let items = rest.iter().skip(1).take_while(|one| one.text != "]" || one.kind == TokenKind::Text);
        let items = items.take(MAX_ITEMS);
        let items: Vec<_> = items.filter(|one| one.text != "," || one.kind == TokenKind::Text).collect();
        let values: Vec<&str> = items.iter().map(|one| one.text).collect();
        (values.join(","), items.last().map_or(first.span, |last| last.span))
    } else if first.kind == TokenKind::Text {
        (first.text.replace("#{", "${"), first.span)
    } else {
        let is_literal =
            first.text.bytes().all(|one| one.is_ascii_digit()) || matches!(first.text, "true" | "false");
        (if is_literal { first.text.to_owned() } else { format!("${{{}}}", first.text) }, first.span)
    };
    let inside = |token: &Token<'_>| {
        let quotes = u32::from(token.kind == TokenKind::Text);
        Span::new(token.span.start + quotes, token.span.end.saturating_sub(quotes))
    };
    let (key_span, value_start) = (inside(key), inside(first).start);
    let value_end = if first.kind == TokenKind::Text { inside(first).end } else { end.end };
    debug_assert!(value_end as usize <= text.len());
    Some(Setting {
        component: None,
        key: key.text.to_owned(),
        prefix: String::new(),
        value,
        span: Span::new(key_span.start, value_end.max(key_span.end)),
        key_span,
        value_span: Span::new(value_start, value_end.max(value_start)),
        effective: true,
    })
}

/// Whether `['kafka']` or `['apache_kafka']` stands before a key in brackets.
fn is_of_kafka(tokens: &[Token<'_>], at: usize) -> bool {
    let before =
        |steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at)).map_or("", |one| one.text);
    before(1) == "[" && before(2) == "]" && matches!(before(3), "kafka" | "apache_kafka")
}

fn version(setting: &Setting) -> Option<Dependency> {
    let is_number =
        setting.value.starts_with(|one: char| one.is_ascii_digit()) && setting.value.contains('.');
    is_number.then(|| kafka(setting.value.clone(), setting.value_span))
}

/// `pkgs.apacheKafka_3_9`.
fn nix_package(word: &str, span: Span) -> Option<Dependency> {
    let (_, version) = word.split_once("apacheKafka_")?;
    let is_number = version.contains('_') && version.bytes().all(|one| one.is_ascii_digit() || one == b'_');
    is_number.then(|| kafka(version.replace('_', "."), span))
}

fn kafka(version: String, span: Span) -> Dependency {
    Dependency { ecosystem: Ecosystem::Name, artifact: "kafka".to_owned(), version, span }
}
