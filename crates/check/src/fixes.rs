//! Applying what is safe to apply: every byte outside of the edits stays.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::{Span, TextEdit, Units, apply};
use kafka_upgrade_report::Report;
use kafka_upgrade_rules::{File, Request};

/// A bound, since two fixes could undo each other for ever.
const ROUNDS: usize = 20;

/// Texts after all safe fixes, and what remains to be reported on them.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// In the order of the request: the text, and at how many places a fix was applied.
    pub files: Vec<(String, usize)>,
    /// The report on the fixed texts, using the release and mode that the original texts show.
    pub report: Report,
}

/// Applies safe fixes until none is left, since one may enable another. Later rounds keep the running release and the
/// mode that the original files showed.
#[must_use]
pub fn fix(request: &Request<'_>) -> Fixed {
    let mut texts: Vec<String> = request.files.iter().map(|file| file.text.to_owned()).collect();
    let mut applied = vec![0; texts.len()];
    let judged = |texts: &[String], from, mode, units| {
        let files: Vec<_> =
            request.files.iter().zip(texts).map(|(file, text)| File { text, ..*file }).collect();
        crate::check(&Request { from, mode, units, files: &files, ..*request })
    };
    // Offsets of edits are bytes.
    let mut report = judged(&texts, request.from, request.mode, Units::Characters);
    let from = request.from.or_else(|| report.path.from.as_deref()?.parse::<Release>().ok());
    let mode = request.mode.or(report.path.mode);
    let paths: Vec<&str> = request.files.iter().map(|file| file.path).collect();
    for _ in 0..ROUNDS {
        if apply_safe(&paths, &mut texts, &report, &mut applied, |_, edit, _, _| edit) == 0 {
            break;
        }
        report = judged(&texts, from, mode, Units::Characters);
    }
    if request.units != Units::Characters {
        report = judged(&texts, from, mode, request.units);
    }
    Fixed { files: texts.into_iter().zip(applied).collect(), report }
}

/// Applies every safe fix of a report that does not overlap an earlier one, at each of its places. Returns the number
/// of places, and adds them to `applied`, text by text. `each` gets the number of the text, the edit, the text and
/// what happens at the place, and returns the edit to apply. The report's offsets have to be bytes.
pub fn apply_safe(
    paths: &[&str],
    texts: &mut [String],
    report: &Report,
    applied: &mut [usize],
    each: impl Fn(usize, TextEdit, &str, &str) -> TextEdit,
) -> usize {
    let numbers: BTreeMap<&str, usize> =
        paths.iter().enumerate().map(|(number, path)| (*path, number)).collect();
    let mut sheets: Vec<Sheet> = texts.iter().map(|_| Sheet::default()).collect();
    for finding in report.findings.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe)) {
        for spot in finding.spots().filter(|spot| !spot.edits.is_empty()) {
            let Some(number) = spot.path.and_then(|path| numbers.get(path)).copied() else { continue };
            let (Some(sheet), Some(text)) = (sheets.get_mut(number), texts.get(number)) else { continue };
            let edits = spot.edits.iter().map(|edit| {
                let edit = TextEdit { span: Span::new(edit.start, edit.end), text: edit.text.clone() };
                each(number, edit, text, spot.message)
            });
            sheet.take(edits.collect());
        }
    }
    let mut all = 0;
    for ((text, sheet), applied) in texts.iter_mut().zip(sheets).zip(applied) {
        *applied += sheet.places;
        all += sheet.places;
        if sheet.places > 0 {
            let edits = sheet.edits.into_iter();
            let edits = edits.map(|((start, end), text)| TextEdit { span: Span::new(start, end), text });
            *text = apply(text, &edits.collect::<Vec<_>>());
        }
    }
    all
}

/// The edits of one text, none of which overlaps another.
#[derive(Default)]
struct Sheet {
    /// By their bytes; of several insertions at one position the first is kept.
    edits: BTreeMap<(u32, u32), String>,
    /// How many places they are of.
    places: usize,
}

impl Sheet {
    /// Adds all edits of one place, or none.
    fn take(&mut self, edits: Vec<TextEdit>) {
        if edits.iter().all(|edit| self.is_free(edit)) {
            self.edits.extend(edits.into_iter().map(|edit| ((edit.span.start, edit.span.end), edit.text)));
            self.places += 1;
        }
    }

    /// Existing edits are sorted and do not overlap, so only the last one that begins before this edit's end can
    /// overlap it.
    fn is_free(&self, edit: &TextEdit) -> bool {
        let Span { start, end } = edit.span;
        let before = self.edits.range(..(end, 0)).next_back();
        !self.edits.contains_key(&(start, end)) && before.is_none_or(|((_, end), _)| *end <= start)
    }
}
