//! Lossless edits of a `.properties` file: every byte outside of them stays.
//!
//! A key can be there several times and only the last counts; a fix deals with all of them, or the finding
//! would come back with the one before.

use kafka_upgrade_input::properties::edit;
use kafka_upgrade_input::{Setting, Span, Usage, UsageKind};

use crate::case::Read;
use crate::draft::Mend;
use crate::notes::Remedy;

/// What a remedy does to this file; `None` when it cannot be done by an edit here.
pub(crate) fn mend(read: &Read<'_>, setting: &Setting, remedy: Remedy, safe: bool) -> Option<Mend> {
    if !read.document.kind.is_properties() {
        return None;
    }
    let same = |other: &&Setting| other.key == setting.key && other.prefix == setting.prefix;
    let all = || read.document.settings.iter().filter(same);
    let is_set = |key: &str| {
        read.document.settings.iter().any(|other| other.key == key && other.prefix == setting.prefix)
    };
    let removal = |settings: &mut dyn Iterator<Item = &Setting>| -> Vec<(Span, String)> {
        settings.map(|one| (whole(one, read.text), String::new())).collect()
    };
    let take_out = |title: String| Some(Mend { title, edits: removal(&mut all()), safe });
    match remedy {
        Remedy::Remove => take_out("Remove the line".to_owned()),
        // The new key is there already and is the one that counts at the target.
        Remedy::Rename(key) if is_set(key) => take_out(format!("Remove the line: `{key}` is set too")),
        Remedy::Rename(key) => {
            let mut edits = removal(&mut all().filter(|one| !one.effective));
            let renamed = edit::rename_key(setting, key);
            edits.push((renamed.span, renamed.text));
            edits.sort_by_key(|(span, _)| *span);
            Some(Mend { title: format!("Rename the key to `{key}`"), edits, safe })
        }
        Remedy::Split(keys) => {
            let missing: Vec<_> = keys.iter().filter(|key| !is_set(key)).collect();
            let (last, before) =
                missing.split_last().map_or((None, &[][..]), |(last, rest)| (Some(*last), rest));
            let Some(last) = last else {
                return take_out("Remove the line: its successors are set".to_owned());
            };
            let mut edits = removal(&mut all().filter(|one| !one.effective));
            let indent = Span::new(setting.span.start, setting.key_span.start).of(read.text);
            let rest = Span::new(setting.key_span.end, setting.span.end).of(read.text);
            let line_break = if read.text.contains("\r\n") { "\r\n" } else { "\n" };
            // Nothing can follow a value that the end of the text cut off in a continuation.
            if !before.is_empty() && rest.ends_with('\\') {
                return None;
            }
            let mut text = String::new();
            for key in before {
                for part in [&setting.prefix, **key, rest, line_break, indent] {
                    text.push_str(part);
                }
            }
            text.push_str(&setting.prefix);
            text.push_str(last);
            edits.push((setting.key_span, text));
            edits.sort_by_key(|(span, _)| *span);
            Some(Mend { title: format!("Replace it by {}", list(&missing)), edits, safe })
        }
        Remedy::Value(value) => {
            let edit = edit::replace_value(setting, value);
            let edits = vec![(edit.span, edit.text)];
            Some(Mend { title: format!("Set it to `{value}`"), edits, safe })
        }
    }
}

/// What a remedy does to a thing that is used; `None` when the text does not name it as the remedy would write it.
pub(crate) fn mend_usage(read: &Read<'_>, usage: &Usage, remedy: Remedy, safe: bool) -> Option<Mend> {
    let Remedy::Rename(name) = remedy else { return None };
    if usage.kind == UsageKind::Class {
        return mend_class(read, usage, name, safe);
    }
    let written = usage.span.of(read.text);
    let option = usage.name.rsplit(' ').next().unwrap_or_default();
    let whole = written == usage.name || written == option;
    let edits = vec![(usage.span, name.to_owned())];
    whole.then(|| Mend { title: format!("Replace it by `{name}`"), edits, safe })
}

/// A class is renamed wherever the file names it: its import alone would leave names that mean nothing.
fn mend_class(read: &Read<'_>, usage: &Usage, name: &str, safe: bool) -> Option<Mend> {
    let (old, new) = (usage.name.replace('$', "."), name.replace('$', "."));
    let simple = |full: &str| full.rsplit('.').next().unwrap_or(full).to_owned();
    let mut edits: Vec<(Span, String)> = Vec::new();
    let same = read.document.usages.iter().filter(|one| one.kind == usage.kind && one.name == usage.name);
    for one in same {
        let written = one.span.of(read.text);
        if written == old {
            edits.push((one.span, new.clone()));
        } else if written == simple(&old) {
            edits.push((one.span, simple(&new)));
        } else {
            return None;
        }
    }
    edits.retain(|(span, to)| span.of(read.text) != to);
    (!edits.is_empty()).then(|| Mend { title: format!("Replace it by `{}`", simple(&new)), edits, safe })
}

/// The entry with the line break that ends it, or, on the last line, as it is.
pub(crate) fn whole(setting: &Setting, text: &str) -> Span {
    let (before, rest) = (Span::new(0, setting.span.start), Span::new(setting.span.end, text.len() as u32));
    // A line before it that holds a lone backslash would take in what comes after it; rare, and dear to find.
    if before.of(text).trim_end_matches(['\r', '\n']).ends_with('\\') {
        return edit::remove_entry(text, setting).span;
    }
    let rest = rest.of(text);
    let length = if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with(['\n', '\r'])) };
    Span::new(setting.span.start, setting.span.end + length)
}

fn list(keys: &[&&str]) -> String {
    let quoted: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    quoted.join(" and ")
}
