//! `fix`: applies what is safe to apply, and says what is left.
//!
//! Every byte outside of the edits stays; a file that was Latin-1 stays Latin-1. Standard input comes back on
//! standard output. One fix may make room for another, so it goes on until none is left.

use std::fs;
use std::path::Path;

use kafka_upgrade_document::{Encoding, Span};
use kafka_upgrade_input::properties::edit::{self, TextEdit};
use kafka_upgrade_report::{Finding, Report};
use similar::TextDiff;

use crate::Ending;
use crate::arguments::FixArguments;
use crate::check::judge;
use crate::inputs::{Input, Inputs};
use crate::output;

/// A fix that brings itself back would go on for ever.
const ROUNDS: usize = 20;

pub(crate) fn run(arguments: &FixArguments) -> Ending {
    let mut inputs = Inputs::gather(&arguments.input);
    let before: Vec<String> = inputs.files.iter().map(|input| input.text.clone()).collect();
    let mut applied = vec![0; inputs.files.len()];
    let mut report = judge(&inputs.files, &[], &arguments.path, arguments.input.component);
    for _ in 0..ROUNDS {
        if round(&mut inputs.files, &report, &mut applied) == 0 {
            break;
        }
        report = judge(&inputs.files, &[], &arguments.path, arguments.input.component);
    }
    let mut ending = if inputs.incomplete { Ending::Unreadable } else { Ending::Clean };
    for ((input, before), applied) in inputs.files.iter().zip(&before).zip(applied) {
        if arguments.dry_run {
            // As bytes, so that `patch` takes it whatever is in the file.
            output::print_raw(&bytes(&difference(&input.path, before, &input.text), input.encoding));
        } else if let Some(file) = &input.file {
            if applied > 0 && !write(file, input) {
                ending = Ending::Unreadable;
                continue;
            }
        } else {
            output::print_raw(&bytes(&input.text, input.encoding));
        }
        if applied > 0 {
            let done = if arguments.dry_run { "would be applied" } else { "applied" };
            output::note(&format!("{}: {} {done}.", input.path, fixes(applied)));
        }
    }
    let left = report.findings.len();
    output::note(&format!(
        "{left} {} left that no safe fix removes; `check` shows {}.",
        if left == 1 { "finding is" } else { "findings are" },
        if left == 1 { "it" } else { "them" }
    ));
    ending
}

/// Applies every safe fix that overlaps no other one before it; gives how many.
fn round(files: &mut [Input], report: &Report, applied: &mut [usize]) -> usize {
    let mut all = 0;
    for (input, applied) in files.iter_mut().zip(applied) {
        let mut edits: Vec<TextEdit> = Vec::new();
        for finding in report.findings.iter().filter(|finding| finding.path.as_deref() == Some(&input.path)) {
            let Some(own) = safe_edits(finding) else { continue };
            let free = |edit: &TextEdit| {
                edits
                    .iter()
                    .all(|other| edit.span.end <= other.span.start || other.span.end <= edit.span.start)
            };
            if own.iter().all(free) {
                edits.extend(own);
                *applied += 1;
                all += 1;
            }
        }
        edits.sort_by_key(|edit| edit.span);
        input.text = edit::apply(&input.text, &edits);
    }
    all
}

fn safe_edits(finding: &Finding) -> Option<Vec<TextEdit>> {
    let fix = finding.fix.as_ref().filter(|fix| fix.safe && !fix.edits.is_empty())?;
    let edits = fix.edits.iter();
    Some(
        edits
            .map(|edit| TextEdit { span: Span::new(edit.start, edit.end), text: edit.text.clone() })
            .collect(),
    )
}

fn bytes(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Latin1 => text.chars().map(|sign| u8::try_from(sign).unwrap_or(b'?')).collect(),
    }
}

fn write(file: &Path, input: &Input) -> bool {
    match fs::write(file, bytes(&input.text, input.encoding)) {
        Ok(()) => true,
        Err(error) => {
            output::error(&format!("{} cannot be written: {error}.", input.path));
            false
        }
    }
}

fn difference(path: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    // Names as `patch -p1` and `git apply` want them.
    let (old, new) =
        (format!("a/{}", path.trim_start_matches('/')), format!("b/{}", path.trim_start_matches('/')));
    let difference = TextDiff::from_lines(before, after);
    difference.unified_diff().context_radius(3).header(&old, &new).to_string()
}

fn fixes(number: usize) -> String {
    if number == 1 { "1 fix".to_owned() } else { format!("{number} fixes") }
}
