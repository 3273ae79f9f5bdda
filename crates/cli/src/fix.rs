//! `fix`: applies what is safe to apply, and says what is left.
//!
//! Every byte outside of the edits stays; a file that was Latin-1 stays Latin-1. Standard input comes back on
//! standard output. One fix may make room for another, so it goes on until none is left. Each file is written whole or
//! not at all.

use kafka_upgrade_document::{Encoding, Kind};
use kafka_upgrade_report::{Cover, Report};
use kafka_upgrade_session::apply_safe;

use crate::Ending;
use crate::arguments::{FixArguments, PathArguments};
use crate::check::judge;
use crate::comment;
use crate::inputs::{Input, Inputs};
use crate::patch;
use crate::{output, save};

/// A bound, since two fixes could undo each other for ever.
const ROUNDS: usize = 20;

pub(crate) fn run(arguments: &FixArguments) -> Ending {
    let mut inputs = Inputs::gather(&arguments.input);
    let before: Vec<String> = inputs.files.iter().map(|input| input.text.clone()).collect();
    let mut applied = vec![0; inputs.files.len()];
    let mut report = judge(&mut inputs.files, &[], &arguments.path, None);
    let secrets = report.secrets.clone();
    // Later rounds keep the release and mode that the original files showed.
    let path = settled(&arguments.path, &report);
    for _ in 0..ROUNDS {
        if round(&mut inputs.files, &report, &mut applied, arguments.comment) == 0 {
            break;
        }
        report = judge(&mut inputs.files, &[], &path, None);
    }
    let mut ending = if inputs.incomplete { Ending::Unreadable } else { Ending::Clean };
    for ((input, before), applied) in inputs.files.iter().zip(&before).zip(applied) {
        let kept = output::kept_secrets(&secrets, &input.text);
        if arguments.dry_run {
            if arguments.with_secrets {
                show(input, &patch::of(&input.path, before, &input.text));
            } else {
                show(input, &covered_patch(&input.path, (before, &secrets), (&input.text, &report.secrets)));
            }
        } else if input.is_packed {
            if applied > 0 {
                output::error(&format!(
                    "{} stays as it is: files of an archive are not written. Unpack it and name the folder.",
                    input.path
                ));
                ending = Ending::Unreadable;
            }
            continue;
        } else if let Some(file) = &input.file {
            if applied > 0
                && let Err(error) = save::replace(file, &input.bytes(before), &input.bytes(&input.text))
            {
                output::error(&format!("{} stays as it is: {error}.", input.path));
                ending = Ending::Unreadable;
                continue;
            }
        } else {
            output::print_file(&input.bytes(&input.text));
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

/// The path as given; what was not given is taken from the first report.
fn settled(given: &PathArguments, report: &Report) -> PathArguments {
    PathArguments {
        from: given.from.or_else(|| report.path.from.as_deref().and_then(|from| from.parse().ok())),
        to: given.to,
        mode: given.mode.or_else(|| report.path.mode.map(Into::into)),
    }
}

/// Prints what changes, as `patch` takes it.
fn show(input: &Input, patch: &str) {
    // In Latin-1 such a byte may be a letter, and a terminal in UTF-8 ignores it.
    let (shown, covered) = if input.encoding == Encoding::Utf8 {
        output::without_controls(patch)
    } else {
        (patch.to_owned(), false)
    };
    if covered {
        output::note(&format!(
            "{}: control characters in it are shown as \u{fffd}, so `patch` does not take this; `fix` keeps them.",
            input.path
        ));
    }
    output::print_file(&input.bytes(&shown));
}

/// Applies every safe fix once; gives at how many places.
fn round(files: &mut [Input], report: &Report, applied: &mut [usize], comments: bool) -> usize {
    let kinds: Vec<Option<Kind>> =
        files.iter().map(|input| comments.then(|| input.read(None).kind)).collect();
    let mut texts: Vec<String> = files.iter_mut().map(|input| std::mem::take(&mut input.text)).collect();
    let paths: Vec<&str> = files.iter().map(|input| input.path.as_str()).collect();
    let all = apply_safe(&paths, &mut texts, report, applied, |number, edit, text, reason| {
        match kinds.get(number).copied().flatten() {
            Some(kind) => comment::instead(edit, text, kind, reason),
            None => edit,
        }
    });
    for (input, text) in files.iter_mut().zip(texts) {
        input.document = None;
        input.text = text;
    }
    all
}

/// The patch with its secrets covered; prints a note if that hides a change.
fn covered_patch(path: &str, before: (&str, &Cover), after: (&str, &Cover)) -> String {
    let covered = patch::of(path, &before.1.text(before.0), &after.1.text(after.0));
    if covered != patch::of(path, before.0, after.0) {
        output::note(&format!(
            "{path}: secrets are covered in this patch, so it will not apply; --with-secrets prints one that does."
        ));
    }
    covered
}

fn fixes(number: usize) -> String {
    if number == 1 { "1 fix".to_owned() } else { format!("{number} fixes") }
}
