//! Edits of `.properties` lines.

use kafka_upgrade_document::{Document, Editor, Encoding, Lines, Setting, Span, TextEdit};
use kafka_upgrade_syntax::properties::edit;

use crate::properties;

pub(super) static EDITOR: Editor =
    Editor { entry: "line", remove, rename, split, value, lines: Some(&LINES) };

static LINES: Lines = Lines {
    whole,
    replace: edit::replace_value,
    key: edit::escape_key,
    append: edit::append_entry,
    comment: "# ",
    read: |text, component| {
        let document = properties::document("server.properties", text, component, Encoding::Utf8);
        Document { editor: Some(&EDITOR), ..document }
    },
};

fn remove(text: &str, settings: &[&Setting]) -> Option<Vec<TextEdit>> {
    let gone = settings.iter().map(|one| TextEdit { span: whole(text, one), text: String::new() });
    Some(gone.collect())
}

fn rename(_: &str, setting: &Setting, key: &str) -> Option<TextEdit> {
    Some(edit::rename_key(setting, key))
}

/// As many lines as keys, each with the value as it was written.
fn split(text: &str, setting: &Setting, keys: &[&str]) -> Option<Vec<TextEdit>> {
    let (last, before) = keys.split_last()?;
    let indent = Span::new(setting.span.start, setting.key_span.start).of(text);
    let rest = Span::new(setting.key_span.end, setting.span.end).of(text);
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    // No entry can be added after a value that ends in a continuation at the end of the text.
    if !before.is_empty() && rest.ends_with('\\') {
        return None;
    }
    let mut lines: String = before.iter().flat_map(|key| [*key, rest, line_break, indent]).collect();
    lines.push_str(last);
    Some(vec![TextEdit { span: setting.key_span, text: lines }])
}

fn value(_: &str, setting: &Setting, value: &str) -> Option<TextEdit> {
    Some(edit::replace_value(setting, value))
}

/// The entry with the line break that ends it, or, on the last line, as it is.
fn whole(text: &str, setting: &Setting) -> Span {
    let (before, rest) = (Span::new(0, setting.span.start), Span::new(setting.span.end, text.len() as u32));
    // If the line before holds a lone backslash, it would swallow the next line. This is rare, and slow to detect.
    if before.of(text).trim_end_matches(['\r', '\n']).ends_with('\\') {
        return edit::remove_entry(text, setting).span;
    }
    let rest = rest.of(text);
    let length = if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with(['\n', '\r'])) };
    Span::new(setting.span.start, setting.span.end + length)
}
