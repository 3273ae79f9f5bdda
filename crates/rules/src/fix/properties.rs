//! Edits of `.properties` lines.

use kafka_upgrade_document::{Setting, Span};
use kafka_upgrade_input::properties::edit;

use super::{Edits, Syntax};

pub(super) const SYNTAX: Syntax = Syntax { entry: "line", remove, rename, split, value };

fn remove(text: &str, settings: &[&Setting]) -> Option<Edits> {
    Some(settings.iter().map(|one| (whole(one, text), String::new())).collect())
}

fn rename(_: &str, setting: &Setting, key: &str) -> Option<(Span, String)> {
    let edit = edit::rename_key(setting, key);
    Some((edit.span, edit.text))
}

/// As many lines as keys, each with the value as it was written.
fn split(text: &str, setting: &Setting, keys: &[&str]) -> Option<Edits> {
    let (last, before) = keys.split_last()?;
    let indent = Span::new(setting.span.start, setting.key_span.start).of(text);
    let rest = Span::new(setting.key_span.end, setting.span.end).of(text);
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    // Nothing can follow a value that the end of the text cut off in a continuation.
    if !before.is_empty() && rest.ends_with('\\') {
        return None;
    }
    let mut lines: String = before.iter().flat_map(|key| [*key, rest, line_break, indent]).collect();
    lines.push_str(last);
    Some(vec![(setting.key_span, lines)])
}

fn value(_: &str, setting: &Setting, value: &str) -> Option<(Span, String)> {
    let edit = edit::replace_value(setting, value);
    Some((edit.span, edit.text))
}

/// The entry with the line break that ends it, or, on the last line, as it is.
#[must_use]
pub fn whole(setting: &Setting, text: &str) -> Span {
    let (before, rest) = (Span::new(0, setting.span.start), Span::new(setting.span.end, text.len() as u32));
    // A line before it that holds a lone backslash would take in what comes after it; rare, and dear to find.
    if before.of(text).trim_end_matches(['\r', '\n']).ends_with('\\') {
        return edit::remove_entry(text, setting).span;
    }
    let rest = rest.of(text);
    let length = if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with(['\n', '\r'])) };
    Span::new(setting.span.start, setting.span.end + length)
}
