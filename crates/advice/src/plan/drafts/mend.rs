//! Making a draft start: fixes are applied, and what a release does not take is left out, with a comment that says so.

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::{Lines, Span, TextEdit, Units, apply};
use kafka_upgrade_report::{Finding, Mode, Severity};
use kafka_upgrade_sorted::Sorted as _;

use super::sheet::{self, Sheet};
use crate::engine;
use crate::inventory::Inventory;
use crate::platform;
use crate::upgrade::{CheckedFile, Mentions, Upgrade};

/// Fixing one error can reveal another; more rounds than this mean that the fixes go in circles.
const MAX_ROUNDS: usize = 4;

/// Keys that are never removed: without them a broker would be open to everyone, or unreachable.
const KEPT: &[&str] = &[
    "authorizer",
    "listener",
    "principal",
    "process.roles",
    "quorum",
    "sasl",
    "ssl",
    "super.users",
    "zookeeper.connect",
];

/// The text without anything that is an error between the two releases; `Err` with the first error that cannot be
/// removed.
pub(super) fn fit(
    mut text: String,
    lines: &'static Lines,
    (from, to): (Release, Release),
    mode: Mode,
) -> Result<String, String> {
    for _ in 0..MAX_ROUNDS {
        let errors = errors(&text, lines, (from, to), mode);
        if errors.is_empty() {
            return Ok(text);
        }
        text = without(text, lines, &errors, to)?;
    }
    match errors(&text, lines, (from, to), mode).first() {
        None => Ok(text),
        Some(error) => Err(reason(error)),
    }
}

/// Why the file cannot be drafted. Names only key and rule: a message may quote the value.
fn reason(error: &Finding) -> String {
    format!("`{}` is an error there ({}) that has to be settled first", error.subject, error.rule)
}

fn errors(text: &str, lines: &Lines, (from, to): (Release, Release), mode: Mode) -> Vec<Finding> {
    let broker = Some(Component::BROKER);
    let document = (lines.read)(text, broker);
    let read = CheckedFile::new("server.properties", text, document, broker);
    let inventory = Inventory::default();
    let running = platform::of(&[], None);
    let case = Upgrade {
        from: Some(from),
        to,
        mode: Some(mode),
        mode_in_doubt: false,
        running,
        files: vec![read],
        inventory,
        mentions: Mentions::default(),
    };
    let (findings, _) = engine::judge(&case, Units::Characters);
    // Findings about the upgrade path itself were handled before anything was drafted.
    let of_file = |finding: &Finding| finding.severity == Severity::Error && finding.path.is_some();
    findings.into_iter().filter(of_file).collect()
}

fn without(text: String, lines: &'static Lines, errors: &[Finding], to: Release) -> Result<String, String> {
    let settings = (lines.read)(&text, Some(Component::BROKER)).settings;
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut left_out = Vec::new();
    for error in errors {
        if let Some(fix) = &error.fix {
            let fixes = fix.edits.iter();
            edits.extend(
                fixes.map(|edit| TextEdit { span: Span::new(edit.start, edit.end), text: edit.text.clone() }),
            );
            continue;
        }
        let at = |(start, end)| settings.iter().find(|setting| sheet::holds(setting, Span::new(start, end)));
        let setting = error.bytes.and_then(at).ok_or_else(|| reason(error))?;
        let key = sheet::key_of(setting);
        if KEPT.iter().any(|kept| key.contains(kept)) {
            return Err(reason(error));
        }
        let same = settings.iter().filter(|other| sheet::key_of(other) == key);
        edits.extend(same.map(|other| TextEdit { span: (lines.whole)(&text, other), text: String::new() }));
        left_out.push(key);
    }
    edits.order_by_key(|edit| edit.span);
    edits.dedup();
    let mut end = 0;
    edits.retain(|edit| {
        let apart = edit.span.start >= end;
        end = end.max(edit.span.end);
        apart
    });
    let mut sheet = Sheet::new(apply(&text, &edits), lines);
    for key in left_out {
        sheet.comment(&format!("Left out, as {to} does not take it: {key}"));
    }
    Ok(sheet.into_text())
}
