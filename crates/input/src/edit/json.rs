//! Edits of entries of a JSON object: commas and indentation stay right.

use kafka_upgrade_document::{Editor, Setting, Span, TextEdit};

pub(super) static EDITOR: Editor = Editor { entry: "entry", remove, rename, split, value, lines: None };

/// Removes an entry with the comma after it; the last entry of an object with the comma before it.
fn remove(text: &str, settings: &[&Setting]) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    for setting in settings {
        let (before, behind) =
            (text.get(..setting.span.start as usize)?, text.get(setting.span.end as usize..)?);
        let (opened, next) = (before.trim_end(), behind.trim_start());
        let (start, end) = if let Some(rest) = next.strip_prefix(',') {
            // With its line, where it has one of its own.
            let line = rest.trim_start_matches([' ', '\t', '\r']);
            let indented = before.trim_end_matches([' ', '\t']);
            match line.strip_prefix('\n') {
                Some(rest) if indented.ends_with('\n') => (indented.len(), text.len() - rest.len()),
                _ => (before.len(), text.len() - rest.trim_start_matches([' ', '\t']).len()),
            }
        } else if !next.starts_with('}') || settings.len() > 1 {
            // A comment comes before it, or another entry that is being removed has the comma before it.
            return None;
        } else if let Some(opened) = opened.strip_suffix(',') {
            (opened.len(), setting.span.end as usize)
        } else {
            (before.len(), setting.span.end as usize)
        };
        edits.push(TextEdit { span: Span::new(start as u32, end as u32), text: String::new() });
    }
    Some(edits)
}

fn rename(_: &str, setting: &Setting, key: &str) -> Option<TextEdit> {
    let text = escaped(&format!("{}{key}", setting.prefix));
    Some(TextEdit { span: setting.key_span, text })
}

/// As many entries as keys, in lines of their own where the entry has one.
fn split(text: &str, setting: &Setting, keys: &[&str]) -> Option<Vec<TextEdit>> {
    let (last, before) = keys.split_last()?;
    let line = text.get(..setting.span.start as usize)?;
    let indent = line.get(line.trim_end_matches([' ', '\t']).len()..)?;
    let indent = if line.trim_end_matches([' ', '\t']).ends_with('\n') {
        format!("\n{indent}")
    } else {
        " ".to_owned()
    };
    let rest = Span::new(setting.key_span.end, setting.span.end).of(text);
    let mut entries = String::new();
    for key in before {
        entries += &escaped(key);
        entries += rest;
        entries += ",";
        entries += &indent;
        entries += "\"";
    }
    entries += &escaped(last);
    Some(vec![TextEdit { span: setting.key_span, text: entries }])
}

/// A number or a boolean becomes a text, which Connect takes for either.
fn value(_: &str, setting: &Setting, value: &str) -> Option<TextEdit> {
    let quoted = setting.span.end > setting.value_span.end;
    let value = escaped(value);
    let text = if quoted { value } else { format!("\"{value}\"") };
    Some(TextEdit { span: setting.value_span, text })
}

/// As it is written between quotes.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' => written.extend(['\\', character]),
            '\n' => written.push_str("\\n"),
            control if control.is_control() => written += &format!("\\u{:04x}", u32::from(control)),
            other => written.push(other),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_document::apply;

    use super::*;
    use crate::read;

    /// A connector with these entries, and the same after an edit of the settings of that key.
    fn edited(
        entries: &str,
        key: &str,
        edit: impl Fn(&str, &[&Setting]) -> Option<Vec<TextEdit>>,
    ) -> Option<String> {
        let text = format!("{{\"connector.class\": \"x.S\",{entries}}}");
        let document = read("", &text, None);
        let settings: Vec<_> = document.settings.iter().filter(|one| one.key == key).collect();
        let edits = edit(&text, &settings)?;
        let after = apply(&text, &edits);
        let after = after.strip_prefix("{\"connector.class\": \"x.S\"")?;
        Some(after.strip_suffix('}')?.to_owned())
    }

    #[test]
    fn an_entry_goes_with_its_line_and_its_comma() {
        for (entries, want) in [
            ("\n  \"a\": 1,\n  \"b\": 2\n", Some(",\n  \"b\": 2\n")),
            ("\r\n  \"a\": \"x\" , \r\n  \"b\": 2\r\n", Some(",\r\n  \"b\": 2\r\n")),
            ("\n  \"b\": 2,\n  \"a\": true\n", Some(",\n  \"b\": 2\n")),
            (" \"a\": 1, \"b\": 2", Some(", \"b\": 2")),
            ("\"a\": 1", Some("")),
            ("\n\"a\": 1 // last\n", None),
            ("\"a\": 1, \"b\": 2, \"a\": 3", None),
            ("\n\"a\": 1,\n\"a\": 3,\n\"b\": 2", Some(",\n\"b\": 2")),
        ] {
            assert_eq!(edited(entries, "a", remove).as_deref(), want, "{entries}");
        }
    }

    #[test]
    fn keys_and_values_are_written_as_json_has_them() {
        let rename = |key: &'static str| {
            move |text: &str, all: &[&Setting]| all.iter().map(|one| rename(text, one, key)).collect()
        };
        assert_eq!(
            edited("\"a\":1", "a", rename("b\"c\\d\u{1}")).as_deref(),
            Some(",\"b\\\"c\\\\d\\u0001\":1")
        );
        let set = |to: &'static str| {
            move |text: &str, all: &[&Setting]| all.iter().map(|one| value(text, one, to)).collect()
        };
        assert_eq!(edited("\"a\": 1", "a", set("x")).as_deref(), Some(",\"a\": \"x\""));
        assert_eq!(edited("\"a\": \"1\"", "a", set("x")).as_deref(), Some(",\"a\": \"x\""));
    }

    #[test]
    fn several_keys_take_the_place_of_one() {
        let two = |text: &str, all: &[&Setting]| split(text, all.first()?, &["b", "c"]);
        assert_eq!(edited("\n  \"a\": 1\n", "a", two).as_deref(), Some(",\n  \"b\": 1,\n  \"c\": 1\n"));
        assert_eq!(edited("\"a\":\"1\"", "a", two).as_deref(), Some(",\"b\":\"1\", \"c\":\"1\""));
    }
}
