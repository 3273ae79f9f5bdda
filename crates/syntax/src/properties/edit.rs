//! Lossless edits of `.properties` texts: every byte outside of an edit stays.
//!
//! What is *not* here: deciding what to edit. Invariant: after an edit the other entries read as before
//! (one entry whose lines end in CR and in LF aside: what stands between them may be what keeps them apart).

pub use kafka_upgrade_document::{TextEdit, apply};

use super::scan::{self, Item, items};
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Setting, Span};

/// The key as it has to be written: ASCII, separators and comment signs escaped.
#[must_use]
pub fn escape_key(key: &str) -> String {
    escape(key, |at, character| {
        matches!(character, ' ' | '=' | ':') || (at == 0 && matches!(character, '#' | '!'))
    })
}

/// The value as it has to be written: ASCII, and only its leading blanks and separators escaped.
#[must_use]
pub fn escape_value(value: &str) -> String {
    let leading = value.bytes().take_while(|byte| matches!(byte, b' ' | b'=' | b':')).count();
    escape(value, |at, _| at < leading)
}

fn escape(text: &str, must: impl Fn(usize, char) -> bool) -> String {
    let mut result = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        match character {
            '\\' => result.push_str("\\\\"),
            '\t' => result.push_str("\\t"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\u{c}' => result.push_str("\\f"),
            ' '..='~' => {
                if must(at, character) {
                    result.push('\\');
                }
                result.push(character);
            }
            _ => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    result.push_str(&format!("\\u{unit:04X}"));
                }
            }
        }
    }
    result
}

/// Gives the entry another key (without its prefix, which stays).
#[must_use]
pub fn rename_key(setting: &Setting, key: &str) -> TextEdit {
    TextEdit { span: setting.key_span, text: escape_key(&format!("{}{key}", setting.prefix)) }
}

/// Gives the entry another value.
#[must_use]
pub fn replace_value(setting: &Setting, value: &str) -> TextEdit {
    let unseparated = setting.key_span.end == setting.value_span.start;
    let sign = if unseparated { "=" } else { "" };
    TextEdit { span: setting.value_span, text: format!("{sign}{}", escape_value(value)) }
}

/// Removes the entry with its lines and its last line break.
#[must_use]
pub fn remove_entry(text: &str, setting: &Setting) -> TextEdit {
    let bytes = text.as_bytes();
    let end = setting.span.end as usize;
    let end = if end < bytes.len() { scan::skip_break(bytes, end) } else { end };
    // Lines before it that hold a lone backslash would take in what comes after it.
    let before = items(text).map(Item::span).take_while(|span| span.end <= setting.span.start).last();
    let before = before.map_or(0, |span| span.end);
    let between = Span::new(before, setting.span.start).of(text);
    let lone = between.find('\\').map(|at| between.slice(..at));
    let start = match lone {
        Some(upto) => before + upto.rfind(['\n', '\r']).map_or(0, |at| at as u32 + 1),
        None => setting.span.start,
    };
    TextEdit { span: Span::new(start, end as u32), text: String::new() }
}

/// Adds an entry as a line of its own at the end.
///
/// A backslash that ends the text on a line of its own is an empty entry to Java; it becomes an empty line.
#[must_use]
pub fn append_entry(text: &str, key: &str, value: &str) -> TextEdit {
    let line_break = if text.contains("\r\n") {
        "\r\n"
    } else if text.contains('\r') && !text.contains('\n') {
        "\r"
    } else {
        "\n"
    };
    // An entry that reaches to the end of the text is open to what follows when it ends in a continuation.
    let open = match items(text).last() {
        Some(Item::Entry(entry)) => {
            let rest = Span::new(entry.value.end, text.len() as u32).of(text);
            rest.starts_with('\\') && entry.span.end as usize == text.len()
        }
        _ => false,
    };
    let mut before = String::new();
    let last_line = text.rsplit(['\n', '\r']).next().unwrap_or_default();
    let at_line_start = last_line.is_empty();
    let blank_line = open && last_line.trim_matches([' ', '\t', '\u{c}']).is_empty();
    if !at_line_start && !blank_line {
        before.push_str(line_break);
    }
    if open {
        before.push_str(line_break);
    }
    let end = text.len() as u32;
    let line = format!("{before}{}={}{line_break}", escape_key(key), escape_value(value));
    TextEdit { span: Span::new(end, end), text: line }
}
