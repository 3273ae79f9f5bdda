//! `fix`: applies what is safe to apply, and says what is left.
//!
//! Every byte outside of the edits stays; a file that was Latin-1 stays Latin-1. Standard input comes back on
//! standard output. One fix may make room for another, so it goes on until none is left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kafka_upgrade_document::{Encoding, Span};
use kafka_upgrade_input::properties::edit::{self, TextEdit};
use kafka_upgrade_report::{Cover, Edit, Report};
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
    let secrets = report.secrets.clone();
    for _ in 0..ROUNDS {
        if round(&mut inputs.files, &report, &mut applied) == 0 {
            break;
        }
        report = judge(&inputs.files, &[], &arguments.path, arguments.input.component);
    }
    let mut ending = if inputs.incomplete { Ending::Unreadable } else { Ending::Clean };
    for ((input, before), applied) in inputs.files.iter().zip(&before).zip(applied) {
        let kept = output::kept_secrets(&secrets, &input.text);
        if arguments.dry_run {
            let difference = if arguments.with_secrets {
                difference(&input.path, before, &input.text)
            } else {
                covered_difference(&input.path, (before, &secrets), (&input.text, &report.secrets))
            };
            // As bytes, so that `patch` takes it whatever is in the file.
            output::print_raw(&bytes(&difference, input.encoding));
        } else if let Some(file) = &input.file {
            if applied > 0 && !write(file, input) {
                ending = Ending::Unreadable;
                continue;
            }
        } else {
            output::print_raw(&bytes(&input.text, input.encoding));
        }
        if applied > 0 {
            let (done, kept) = if arguments.dry_run { ("would be applied", "") } else { ("applied", kept) };
            output::note(&format!("{}: {} {done}{kept}.", input.path, fixes(applied)));
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

/// Applies every safe fix that overlaps no other one before it, at each of its places; gives how many places.
fn round(files: &mut [Input], report: &Report, applied: &mut [usize]) -> usize {
    let numbers: BTreeMap<&str, usize> =
        files.iter().enumerate().map(|(number, input)| (input.path.as_str(), number)).collect();
    let mut sheets: Vec<Sheet> = files.iter().map(|_| Sheet::default()).collect();
    for finding in report.findings.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe)) {
        for spot in finding.spots().filter(|spot| !spot.edits.is_empty()) {
            let number = spot.path.and_then(|path| numbers.get(path));
            if let Some(sheet) = number.and_then(|number| sheets.get_mut(*number)) {
                sheet.take(spot.edits);
            }
        }
    }
    let mut all = 0;
    for ((input, sheet), applied) in files.iter_mut().zip(sheets).zip(applied) {
        *applied += sheet.places;
        all += sheet.places;
        if sheet.places > 0 {
            let edits = sheet
                .edits
                .into_iter()
                .map(|((start, end), text)| TextEdit { span: Span::new(start, end), text });
            input.text = edit::apply(&input.text, &edits.collect::<Vec<_>>());
        }
    }
    all
}

/// The edits of one text, none of which overlaps another.
#[derive(Default)]
struct Sheet {
    /// By their bytes; of what is inserted at one place the first stays.
    edits: BTreeMap<(u32, u32), String>,
    /// How many places they are of.
    places: usize,
}

impl Sheet {
    /// Adds the edits of one place, all or none.
    fn take(&mut self, edits: &[Edit]) {
        if edits.iter().all(|edit| self.is_free(edit)) {
            self.edits.extend(edits.iter().map(|edit| ((edit.start, edit.end), edit.text.clone())));
            self.places += 1;
        }
    }

    /// Those that are there are in order and apart, so only the last that begins before its end can reach into it.
    fn is_free(&self, edit: &Edit) -> bool {
        let before = self.edits.range(..(edit.end, 0)).next_back();
        !self.edits.contains_key(&(edit.start, edit.end))
            && before.is_none_or(|((_, end), _)| *end <= edit.start)
    }
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

/// The difference without secrets; says so where it shows none that it would have to.
fn covered_difference(path: &str, before: (&str, &Cover), after: (&str, &Cover)) -> String {
    let covered = difference(path, &before.1.text(before.0), &after.1.text(after.0));
    if covered != difference(path, before.0, after.0) {
        output::note(&format!(
            "{path}: secrets are covered in this patch, so it will not apply; --with-secrets prints one that does."
        ));
    }
    covered
}

fn fixes(number: usize) -> String {
    if number == 1 { "1 fix".to_owned() } else { format!("{number} fixes") }
}
