//! Here-documents: properties that a script writes, and commands that it hands to another shell.

use std::collections::BTreeMap;

use super::calls::{base, stem};
use super::lexer::Command;
use super::word::Word;
use super::{DEEPEST, Found};
use crate::properties::{self, Encoding};
use crate::{Document, Setting, Span, kind, prefix};

/// Shells that run what they are given.
const SHELLS: &[&str] = &["bash", "sh", "ssh", "zsh", "su", "ksh", "docker", "kubectl", "podman", "sudo"];

/// Reads the here-documents of a command.
pub(super) fn read(
    text: &str,
    command: &Command,
    variables: &BTreeMap<String, Word>,
    depth: usize,
    found: &mut Found,
) {
    let program = command.words.iter().map(|word| stem(&word.text)).find(|name| *name != "sudo");
    let file = command.target.as_ref().or_else(|| command.words.last()).map(|word| base(&word.text));
    let file = file.unwrap_or_default();
    let writes = matches!(program, None | Some("cat" | "tee"));
    for span in &command.documents {
        let body = span.of(text);
        if writes && file.ends_with(".sh") || !writes && program.is_some_and(|name| SHELLS.contains(&name)) {
            if depth < DEEPEST {
                let word = Word::plain(body, span.start);
                super::read(body, Some(&word), depth + 1, found);
            }
        } else if writes {
            settings(file, body, span.start, variables, found);
        }
    }
}

/// The settings of a body that is a file of Kafka's.
fn settings(file: &str, body: &str, start: u32, variables: &BTreeMap<String, Word>, found: &mut Found) {
    let (settings, _) = properties::read(body, Encoding::Utf8);
    let (kind, component, _) = kind::detect(file, &settings);
    let Some(component) = component else { return };
    let mut inner = Document { kind, component: Some(component), settings, ..Document::default() };
    prefix::assign(&mut inner);
    let moved = |span: Span| Span::new(span.start + start, span.end + start);
    for mut setting in inner.settings {
        setting.span = moved(setting.span);
        setting.key_span = moved(setting.key_span);
        setting.value_span = moved(setting.value_span);
        resolve(&mut setting, variables);
        found.settings.push(setting);
    }
}

/// Puts in a variable that is the whole value.
fn resolve(setting: &mut Setting, variables: &BTreeMap<String, Word>) {
    let name = setting.value.strip_prefix('$').map(|name| name.trim_start_matches('{').trim_end_matches('}'));
    if let Some(value) = name.and_then(|name| variables.get(name)) {
        value.text.clone_into(&mut setting.value);
    }
}
