//! Words, texts and signs of a build script, Groovy's, Kotlin's or Scala's: comments are none of them.
//!
//! Any text gives parts, in linear time. What is *not* here: what they mean.

use kafka_upgrade_document::Slice as _;
use std::collections::BTreeMap;

use super::{MAX_STEPS, MAX_VERSION_BYTES};
use crate::{Given, Span};

/// One part of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// A name or a number, with the points in it.
    Word(&'t str, Span),
    /// What stands between quotes.
    Text(&'t str, Span),
    /// `%`, `%%`, `:=` and the like: all signs that stand together.
    Sign(&'t str),
}

impl<'t> Part<'t> {
    pub(super) fn word(&self) -> Option<&'t str> {
        if let Self::Word(word, _) = self { Some(word) } else { None }
    }

    pub(super) fn text(&self) -> Option<(&'t str, Span)> {
        if let Self::Text(text, span) = self { Some((text, *span)) } else { None }
    }

    pub(super) fn is(&self, what: &str) -> bool {
        matches!(self, Self::Word(text, _) | Self::Sign(text) if *text == what)
    }

    /// A value: a text or a number.
    pub(super) fn value(&self) -> Option<(&'t str, Span)> {
        match self {
            Self::Text(text, span) => Some((text, *span)),
            Self::Word(word, span) if word.starts_with(|first: char| first.is_ascii_digit()) => {
                Some((word, *span))
            }
            _ => None,
        }
    }
}

/// Signs that join with those beside them; brackets, commas and points stand alone.
const JOINING: &[u8] = b"%=:+-<>!";

/// Names that belong to a library wherever they stand before a `:`.
const OF_LIBRARIES: &[&str] = &["group", "name", "version", "module", "classifier", "ext", "url"];

/// All parts of a script.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let bytes = text.as_bytes();
    let end_of = |from: usize, holds: &dyn Fn(u8) -> bool| {
        from + bytes.slice(from..).iter().take_while(|byte| holds(**byte)).count()
    };
    let find =
        |from: usize, what: &str| text.get(from..).and_then(|rest| rest.find(what)).map(|at| from + at);
    let span = |start: usize, end: usize| Span::new(start as u32, end as u32);
    let (mut parts, mut at) = (Vec::new(), 0);
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.slice(at..);
        let start = at;
        if rest.starts_with(b"//") {
            at = end_of(at, &|byte| byte != b'\n');
        } else if rest.starts_with(b"/*") {
            at = find(at + 2, "*/").map_or(bytes.len(), |end| end + 2);
        } else if rest.starts_with(b"\"\"\"") || rest.starts_with(b"'''") {
            let quotes = if byte == b'"' { "\"\"\"" } else { "'''" };
            let end = find(at + 3, quotes).unwrap_or(bytes.len());
            parts.push(Part::Text(text.slice(at + 3..end), span(at + 3, end.max(at + 3))));
            at = (end + 3).min(bytes.len());
        } else if byte == b'"' || byte == b'\'' {
            let end = end_of_text(bytes, at + 1, byte);
            parts.push(Part::Text(text.slice(at + 1..end), span(at + 1, end)));
            at = end + 1;
        } else if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80 {
            at = end_of(at, &|byte| byte.is_ascii_alphanumeric() || b"_$.".contains(&byte) || byte >= 0x80);
            parts.push(Part::Word(text.slice(start..at), span(start, at)));
        } else if byte.is_ascii_whitespace() {
            at += 1;
        } else {
            at = if JOINING.contains(&byte) { end_of(at, &|byte| JOINING.contains(&byte)) } else { at + 1 };
            parts.push(Part::Sign(text.slice(start..at)));
        }
    }
    parts
}

/// Where a text ends, that begins behind a quote: `${…}` may have quotes of its own.
fn end_of_text(bytes: &[u8], from: usize, quote: u8) -> usize {
    let (mut at, mut in_placeholder) = (from, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => break,
            b'}' => in_placeholder = false,
            b'\\' if bytes.get(at + 1).is_none_or(|next| *next != b'\n') => at += 1,
            b'$' if quote == b'"' && bytes.get(at + 1) == Some(&b'{') => in_placeholder = true,
            _ if byte == quote && !in_placeholder => break,
            _ => {}
        }
        at += 1;
    }
    at.min(bytes.len())
}

/// What a variable holds.
#[derive(Clone, Copy)]
enum Held<'t> {
    /// A text or a number.
    Value(&'t str, Span),
    /// What another variable holds, of this file or of another.
    Same(&'t str, Span),
}

/// What a script's own variables hold.
#[derive(Default)]
pub(super) struct Variables<'t>(BTreeMap<&'t str, Held<'t>>);

/// Longest coordinates of a library, in bytes.
const MAX_LIBRARY_BYTES: usize = 400;

impl<'t> Variables<'t> {
    /// `val v = "1"`, `ext.v = '1'`, `v := "1"`, `set("v", "1")`, `extra["v"] = "1"`, `val v by extra("1")`,
    /// `[v: '1']`, `mapOf("v" to "1")`; `v = w`, `v = property("w")`, `val v: String by project`. What has a `:` in
    /// it or is joined to more is no value but a library.
    pub(super) fn of(parts: &[Part<'t>]) -> Self {
        let mut held: BTreeMap<&'t str, Held<'t>> = BTreeMap::new();
        for (at, part) in parts.iter().enumerate() {
            let next = |ahead: usize| parts.get(at + ahead);
            let is = |ahead: usize, what: &str| next(ahead).is_some_and(|part| part.is(what));
            let text = |ahead: usize| {
                // What holds where the environment says nothing.
                let (text, span) = match otherwise(parts.get(at + ahead..)?) {
                    Some(value) => value,
                    None => next(ahead).and_then(Part::value)?,
                };
                Some((Held::Value(text, span), ahead + 1))
            };
            let same = |ahead: usize| {
                let (name, span) = reference(parts.get(at + ahead..)?)?;
                Some((Held::Same(name, span), ahead + 1))
            };
            let key = |ahead: usize| next(ahead).and_then(Part::text).map(|(text, _)| text);
            let found = match part {
                Part::Word(name, _) if is(1, "=") || is(1, ":=") => {
                    Some(last(name)).zip(text(2).or_else(|| same(2)))
                }
                Part::Word(name, _) if is(1, "by") && is(2, "extra") => Some(*name).zip(text(4)),
                // A catalog that stands in a script's settings has `version("v", "1")`.
                Part::Word(word, _)
                    if ["set", "version"].contains(&last(word)) && is(1, "(") && is(3, ",") =>
                {
                    key(2).zip(text(4).or_else(|| same(4)))
                }
                Part::Word(word, _) if ["ext", "extra"].contains(&last(word)) && is(1, "[") && is(4, "=") => {
                    key(2).zip(text(5).or_else(|| same(5)))
                }
                // Scala and Kotlin may give the type.
                Part::Word(name, _) if is(1, ":") && is(2, "String") && is(3, "=") => {
                    Some(*name).zip(text(4).or_else(|| same(4)))
                }
                // Entries of a map do not override variables.
                Part::Word(name, _) if is(1, ":") && !OF_LIBRARIES.contains(name) => {
                    Some(*name).zip(text(2)).filter(|(name, _)| !held.contains_key(name))
                }
                Part::Text(name, _) if is(1, "to") || is(1, "->") || is(1, ":") => {
                    Some(*name).zip(text(2)).filter(|(name, _)| !held.contains_key(name))
                }
                _ => None,
            };
            if let Some((name, (value, behind))) = found
                && !matches!(value, Held::Value(text, _) if text.contains(':'))
                && !matches!(value, Held::Same(of, _) if of == name)
                && !["%", "%%", "%%%"].iter().any(|sign| is(behind, sign))
            {
                held.insert(name, value);
            }
        }
        Self(held)
    }

    /// What a variable holds, by its name or the last part of it.
    pub(super) fn get(&self, name: &str) -> Option<&'t str> {
        let mut name = name;
        for _ in 0..MAX_STEPS {
            match self.0.get(name).or_else(|| self.0.get(last(name)))? {
                Held::Value(text, _) => return Some(text),
                Held::Same(of, _) => name = of,
            }
        }
        None
    }

    /// A text with its `$v` and `${v}` resolved; empty when one of them is not known.
    pub(super) fn resolve(&self, text: &str) -> String {
        resolve(text, &mut |name| self.get(name).map(str::to_owned)).unwrap_or_default()
    }

    /// Variables that may hold a version, for the other files of the project.
    pub(super) fn gives(&self) -> Vec<Given> {
        let given = self.0.iter().map(|(name, held)| {
            let (value, span) = match held {
                Held::Value(text, span) => ((*text).to_owned(), *span),
                Held::Same(of, span) => (format!("${{{of}}}"), *span),
            };
            Given { name: (*name).to_owned(), value, span }
        });
        given.filter(may_be_version).collect()
    }
}

/// Whether a variable may have to do with a version.
pub(super) fn may_be_version(given: &Given) -> bool {
    let value = given.value.as_str();
    value.len() <= MAX_VERSION_BYTES
        && (value.starts_with(|first: char| first.is_ascii_digit()) || value.contains('$'))
        && !value.contains(char::is_whitespace)
}

/// `System.getenv("V") ?: "1"`, `sys.env.getOrElse("V", "1")`.
fn otherwise<'t>(parts: &[Part<'t>]) -> Option<(&'t str, Span)> {
    let name = last(parts.first()?.word()?);
    let is = |at: usize, what: &str| parts.get(at).is_some_and(|part| part.is(what));
    let default = match name {
        "getOrElse" if is(3, ",") => 4,
        "getenv" if is(3, ")") && is(4, "?") && is(5, ":") => 6,
        _ => return None,
    };
    parts.get(default)?.text()
}

/// The variable that a script names: `v`, `ext.v`, `property("v")`, `extra["v"]`, `libs.versions.v.get()`.
fn reference<'t>(parts: &[Part<'t>]) -> Option<(&'t str, Span)> {
    let &Part::Word(word, span) = parts.first()? else { return None };
    if !word.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        return None;
    }
    let opens = |sign: &str| parts.get(1).is_some_and(|part| part.is(sign));
    let argument = || parts.get(2).and_then(Part::text);
    if opens("[") || opens("(") && (last(word).contains("ropert") || last(word) == "get") {
        return argument().or_else(|| Some((word.strip_suffix(".get")?, span)));
    }
    if opens("(") { None } else { Some((word.strip_suffix(".get").unwrap_or(word), span)) }
}

/// A text with its variables, joined of texts and variables by `+`; where its first part stands.
pub(super) fn template(parts: &[Part<'_>]) -> Option<(String, Span)> {
    let (mut whole, mut first) = (String::new(), None);
    let mut rest = parts;
    loop {
        let (text, span, length) = match rest.first()? {
            Part::Text(text, span) => ((*text).to_owned(), *span, 1),
            _ => {
                let (name, span) = reference(rest)?;
                let bracket = rest.get(1).is_some_and(|part| part.is("(") || part.is("["));
                // `libs.versions.v.get()` has nothing between its brackets.
                let empty = rest.get(2).is_some_and(|part| part.is(")"));
                (
                    format!("${{{name}}}"),
                    span,
                    if empty && bracket {
                        3
                    } else if bracket {
                        4
                    } else {
                        1
                    },
                )
            }
        };
        whole.push_str(&text);
        first = first.or(Some(span));
        rest = rest.slice(length..);
        if whole.len() > MAX_LIBRARY_BYTES || !rest.first().is_some_and(|part| part.is("+")) {
            return first.map(|first| (whole, first));
        }
        rest = rest.slice(1..);
    }
}

/// A text with its `$v` and `${v}` put in; nothing when one of them is not known.
pub(super) fn resolve(text: &str, get: &mut dyn FnMut(&str) -> Option<String>) -> Option<String> {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('$') {
        whole.push_str(before);
        let (name, behind) = match from.strip_prefix('{').and_then(|from| from.split_once('}')) {
            Some((name, behind)) => (name, behind),
            None => {
                let end = from.find(|one: char| !(one.is_alphanumeric() || one == '_'));
                from.split_at_checked(end.unwrap_or(from.len())).unwrap_or((from, ""))
            }
        };
        // `${property("v")}`, `${versions["v"]}`, `${libs.versions.v.get()}`.
        let name = name.trim().trim_end_matches(".get()");
        let name = name.trim_end_matches([')', ']', '"', '\'']).rsplit(['"', '\'']).next().unwrap_or(name);
        // Groovy's `$versions.v`.
        let end = behind.strip_prefix('.').map(|from| {
            1 + from.find(|one: char| !(one.is_alphanumeric() || one == '_')).unwrap_or(from.len())
        });
        let part = end.and_then(|end| behind.split_at_checked(end));
        match (get(name), part) {
            (Some(value), _) => {
                whole.push_str(&value);
                rest = behind;
            }
            (None, Some((part, behind))) => {
                whole.push_str(&get(part.trim_start_matches('.'))?);
                rest = behind;
            }
            (None, None) => return None,
        }
    }
    whole.push_str(rest);
    Some(whole)
}

/// The last part of a name.
pub(super) fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
