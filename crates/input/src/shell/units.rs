//! Units of systemd, of containers of Podman too, and programs of supervisor: the commands that they run and the variables that they set.
//!
//! A unit is no shell text: a command stands behind `ExecStart=`, with `-`, `@` and the like before it, and variables
//! behind `Environment=`. What is *not* here: files that `EnvironmentFile=` names.

use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Embedded, SourceText, Variable};

use kafka_upgrade_syntax::shell as lexer;

use super::calls;
use crate::Document;

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 8_000;

/// Whether a text is a unit of a service: its sections, and nothing before the first.
pub(super) fn is_unit(text: &str) -> bool {
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    let lines = text.slice(..end).lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    let first = lines.next().unwrap_or_default();
    if first.starts_with("[program:") || first.starts_with("[supervisord]") {
        return lines.any(|line| line.starts_with("command=") || line.starts_with("command ="));
    }
    matches!(first, "[Unit]" | "[Service]" | "[Container]")
        && lines.any(|line| ["Exec", "Environment", "Image="].iter().any(|start| line.starts_with(start)))
}

/// Whether such a unit is about Kafka.
pub(super) fn is_kafkas(text: &str) -> bool {
    is_unit(text) && ["kafka", "KAFKA_", "zookeeper-server"].iter().any(|sign| text.contains(sign))
}

/// Reads a unit.
pub(super) fn read(text: &str, found: &mut Document) {
    let mut at = 0;
    let mut variables = Vec::new();
    let mut image = None;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = logical(rest);
        let line = rest.slice(..length);
        let start = at;
        at += length;
        let Some((key, value)) = line.split_once('=') else { continue };
        let before = key.len() + 1;
        match key.trim() {
            "Environment" | "environment" => {
                // Supervisor has commas between them.
                let value = &*value.replace("\",", "\" ");
                let (commands, _) = lexer::commands(value);
                let outer = SourceText::plain(value, (start + before) as u32);
                for command in commands {
                    let words: Vec<_> = command.words.into_iter().map(|word| word.within(&outer)).collect();
                    calls::read(&words, 0, found);
                    variables.extend(words);
                }
            }
            name if name.starts_with("Exec") || name == "command" => {
                let command = value.trim_start().trim_start_matches(['-', '@', ':', '+', '!']);
                let skipped = value.len() - command.len();
                let word = SourceText::plain(command, (start + before + skipped) as u32);
                super::read(command, Some(&word), 0, found);
            }
            "Image" => image = Some(SourceText::plain(value.trim(), (start + before) as u32)),
            _ => {}
        }
    }
    match image {
        // A unit of Podman says in lines of its own what `podman run` takes as options.
        Some(image) => found.embed(Embedded::Container(as_command(variables, image))),
        None => {
            let variables = variables.iter().filter_map(Variable::of_word).collect();
            found.embed(Embedded::Variables { variables, of_any_program: true });
        }
    }
}

fn as_command(variables: Vec<SourceText>, image: SourceText) -> Vec<SourceText> {
    let word = |text| SourceText::plain(text, image.span.start);
    let mut words = vec![word("podman"), word("run")];
    for variable in variables {
        words.extend([word("-e"), variable]);
    }
    words.push(image);
    words
}

/// Bytes up to the end of a line that is continued as long as it ends in a backslash.
fn logical(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        length += line.len();
        if line.starts_with('#') || !line.trim_end_matches(['\n', '\r']).ends_with('\\') {
            break;
        }
    }
    length
}
