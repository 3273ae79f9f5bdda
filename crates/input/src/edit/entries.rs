//! Edits of entries of YAML: a container's variables, the settings of an operator's resource.
//!
//! Only entries in lines of their own are taken out; those in `{…}`, in a command or in a Dockerfile are left alone,
//! for what stands around them would have to change too.

use kafka_upgrade_document::{Editor, Setting, Span, TextEdit};
use kafka_upgrade_sorted::Sorted as _;
use kafka_upgrade_sorted::case::Case as _;

pub(super) static EDITOR: Editor = Editor { entry: "entry", remove, rename, split, value, lines: None };

/// What stands before the key in the name of a variable.
const STARTS: &[&str] = &["KAFKA_CFG_", "KAFKA_", "CONNECT_", ""];

fn remove(text: &str, settings: &[&Setting]) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    for setting in settings {
        let (before, behind) =
            (text.get(..setting.span.start as usize)?, text.get(setting.span.end as usize..)?);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = behind.find('\n').map_or(behind.len(), |end| end + 1);
        let lead = before.get(start..)?.trim_start_matches(' ').trim_end_matches(['"', '\'']);
        let tail = behind.get(..end)?.trim_start_matches(['"', '\'']).trim();
        let is_entry = match lead {
            "" => is_of_map(text, setting),
            "- " => true,
            _ => false,
        };
        if !is_entry || !(tail.is_empty() || tail.starts_with('#')) {
            return None;
        }
        edits.push(TextEdit {
            span: Span::new(start as u32, setting.span.end + end as u32),
            text: String::new(),
        });
    }
    edits.order_by_key(|edit| edit.span);
    edits.dedup();
    Some(edits)
}

/// `key: value`, and not `key=value`.
fn is_of_map(text: &str, setting: &Setting) -> bool {
    Span::new(setting.key_span.end, setting.value_span.start).of(text).contains(':')
}

fn rename(text: &str, setting: &Setting, key: &str) -> Option<TextEdit> {
    let written = setting.key_span.of(text);
    let (old, new) = (format!("{}{}", setting.prefix, setting.key), format!("{}{key}", setting.prefix));
    if written == old {
        return Some(TextEdit { span: setting.key_span, text: new });
    }
    let start = written.strip_suffix(&variable(&old)).filter(|start| STARTS.contains(start))?;
    Some(TextEdit { span: setting.key_span, text: format!("{start}{}", variable(&new)) })
}

/// A key as the name of a variable.
fn variable(key: &str) -> String {
    key.replace('_', "__").replace('-', "___").replace('.', "_").upper()
}

fn split(_: &str, _: &Setting, _: &[&str]) -> Option<Vec<TextEdit>> {
    None
}

/// Adds quotes unless the value has some or is part of a word: Compose refuses booleans as variables.
fn value(text: &str, setting: &Setting, value: &str) -> Option<TextEdit> {
    let written = setting.value_span.of(text);
    let plain = |one: char| one.is_ascii_alphanumeric() || "._-,:/+".contains(one);
    // What the image made of several things, or what a template puts in, is not written here.
    if written != setting.value || written.is_empty() || !value.chars().all(plain) {
        return None;
    }
    let quoted = text.get(..setting.value_span.start as usize)?.ends_with(['"', '\'']);
    let bare = quoted || !is_of_map(text, setting);
    let text = if bare { value.to_owned() } else { format!("\"{value}\"") };
    Some(TextEdit { span: setting.value_span, text })
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_document::apply;

    use super::*;
    use crate::read;

    const TEXT: &str = "services:
  a:
    image: apache/kafka
    environment:
      # a comment
      KAFKA_BROKER_ID: 1
      \"KAFKA_LOG_DIRS\": \"/a\" # where
      KAFKA_NUM_PARTITIONS: 3
  b:
    image: bitnami/kafka
    environment:
      - KAFKA_CFG_BROKER_ID=2
      - \"KAFKA_CFG_LOG_DIRS=/b\"
  c:
    image: apache/kafka
    environment: {KAFKA_BROKER_ID: 3}
";

    fn setting(part: usize, key: &str) -> Setting {
        let document = read("", TEXT, None);
        let part = document.parts.get(part).expect("a part");
        part.settings.iter().find(|one| one.key == key).expect("a setting").clone()
    }

    fn edited(edits: Vec<TextEdit>) -> String {
        apply(TEXT, &edits)
    }

    #[test]
    fn an_entry_goes_with_its_line() {
        for (part, key, line) in [
            (0, "broker.id", "      KAFKA_BROKER_ID: 1\n"),
            (0, "log.dirs", "      \"KAFKA_LOG_DIRS\": \"/a\" # where\n"),
            (1, "broker.id", "      - KAFKA_CFG_BROKER_ID=2\n"),
            (1, "log.dirs", "      - \"KAFKA_CFG_LOG_DIRS=/b\"\n"),
        ] {
            let edits = remove(TEXT, &[&setting(part, key)]).expect("a line of its own");
            assert_eq!(edited(edits), TEXT.replacen(line, "", 1));
        }
        assert!(remove(TEXT, &[&setting(2, "broker.id")]).is_none());
    }

    #[test]
    fn a_key_is_renamed_as_the_variable_that_it_is() {
        for (part, old, new) in
            [(0, "KAFKA_BROKER_ID: 1", "KAFKA_NODE_ID: 1"), (1, "CFG_BROKER_ID=2", "CFG_NODE_ID=2")]
        {
            let edit = rename(TEXT, &setting(part, "broker.id"), "node.id").expect("a name");
            assert_eq!(edited(vec![edit]), TEXT.replace(old, new));
        }
    }

    #[test]
    fn a_value_is_in_quotes_where_it_could_be_taken_for_something_else() {
        for (part, key, old, new) in [
            (0, "num.partitions", "PARTITIONS: 3", "PARTITIONS: \"true\""),
            (0, "log.dirs", "\"/a\"", "\"true\""),
            (1, "log.dirs", "=/b", "=true"),
        ] {
            let edit = value(TEXT, &setting(part, key), "true").expect("a plain value");
            assert_eq!(edited(vec![edit]), TEXT.replace(old, new));
        }
    }
}
