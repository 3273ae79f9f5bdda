//! Lossless edits that take a finding away: every byte outside of them stays.
//!
//! What to do is decided here; the document's editor knows how it is written. A key can be there several times and
//! only the last counts; a fix takes those before it out as well, or the finding would come back with one of them. Of
//! alternatives, such as branches of a template, each counts: each has a finding's place, and a fix, of its own.

use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Setting, Span, TextEdit, Usage, UsageKind};
use kafka_upgrade_sorted::Sorted as _;

use crate::checked_file::CheckedFile;
use crate::facts;
use crate::notes::Remedy;
use crate::place::{Beside, PendingFix};

/// What a remedy does to this file; `None` when it cannot be done by an edit here.
pub(crate) fn mend(
    read: &CheckedFile<'_>,
    setting: &Setting,
    remedy: Remedy,
    safe: bool,
) -> Option<PendingFix> {
    let editor = read.document.editor?;
    let is_set = |key: &str| {
        [true, false].iter().any(|counts| read.settings_named(key, &setting.prefix, *counts).next().is_some())
    };
    let shadowed = || read.settings_named(&setting.key, &setting.prefix, false).collect::<Vec<_>>();
    let entry = editor.entry;
    let take_out = |title: String, relies: &[&'static str]| {
        let mut own = shadowed();
        own.push(setting);
        own.order_by_key(|one| one.span);
        own.dedup_by_key(|one| one.span);
        let edits = (editor.remove)(read.text, &own)?;
        Some(PendingFix { title, edits, safe, relies: relies.to_vec(), beside: None })
    };
    let without_others = || (editor.remove)(read.text, &shadowed());
    match remedy {
        Remedy::Remove => take_out(format!("Remove the {entry}"), &[]),
        // The new key is there already and is the one that counts at the target.
        Remedy::Rename(key) if is_set(key) => {
            take_out(format!("Remove the {entry}: `{key}` is set too"), &[key])
        }
        Remedy::Rename(key) => {
            let mut edits = without_others()?;
            edits.push((editor.rename)(read.text, setting, key)?);
            edits.order_by_key(|edit| edit.span);
            Some(PendingFix {
                title: format!("Rename the key to `{key}`"),
                edits,
                safe,
                ..PendingFix::default()
            })
        }
        Remedy::Split(keys) => {
            let missing: Vec<&str> = keys.iter().copied().filter(|key| !is_set(key)).collect();
            if missing.is_empty() {
                return take_out(format!("Remove the {entry}: its successors are set"), keys);
            }
            let mut edits = without_others()?;
            let whole: Vec<String> = missing.iter().map(|key| format!("{}{key}", setting.prefix)).collect();
            let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
            let mut split = (editor.split)(read.text, setting, &whole)?;
            let mut title = format!("Replace it by {}", list(&missing));
            if setting.value.trim() == NO_LIMIT {
                unlimited(read, setting, &mut split)?;
                split.push(TextEdit { span: setting.value_span, text: LARGEST.to_owned() });
                title.push_str(", without a limit");
            }
            edits.append(&mut split);
            edits.order_by_key(|edit| edit.span);
            Some(PendingFix { title, edits, safe, ..PendingFix::default() })
        }
        Remedy::Value(value) => {
            let edits = vec![(editor.value)(read.text, setting, value)?];
            Some(PendingFix { title: format!("Set it to `{value}`"), edits, safe, ..PendingFix::default() })
        }
    }
}

/// The keys that took the place of a setting's.
const fn successors(remedy: &Remedy) -> &[&'static str] {
    match remedy {
        Remedy::Rename(key) => std::slice::from_ref(key),
        Remedy::Split(keys) => keys,
        Remedy::Remove | Remedy::Value(_) => &[],
    }
}

/// Whether a key that counts is set with the prefix of a setting.
fn is_set_beside(read: &CheckedFile<'_>, setting: &Setting, key: &str) -> bool {
    read.settings_named(key, &setting.prefix, true).next().is_some()
}

/// The keys that took the place of a setting's, where each of them is set beside it.
pub(crate) fn set_beside(
    read: &CheckedFile<'_>,
    setting: &Setting,
    remedy: Remedy,
) -> Option<Vec<&'static str>> {
    let keys = successors(&remedy);
    (!keys.is_empty() && keys.iter().all(|key| is_set_beside(read, setting, key))).then(|| keys.to_vec())
}

/// How many keys write that there is no limit; those of timestamps refuse it, and have none at the largest number.
const NO_LIMIT: &str = "-1";
const LARGEST: &str = "9223372036854775807";

/// New keys beside the old one. Only in a text that a process reads as a whole: it passes over what it does not know,
/// while a topic or a group refuses it.
pub(crate) fn beside(read: &CheckedFile<'_>, setting: &Setting, remedy: Remedy) -> Option<Beside> {
    let editor = read.document.editor.filter(|editor| editor.lines.is_some())?;
    read.component_of(setting).filter(|component| !facts::refuses_unknown(*component))?;
    let keys = successors(&remedy).iter().filter(|key| !is_set_beside(read, setting, key));
    let keys: Vec<String> = keys.map(|key| (*key).to_owned()).collect();
    if keys.is_empty() {
        return None;
    }
    let whole: Vec<String> =
        keys.iter().chain([&setting.key]).map(|key| format!("{}{key}", setting.prefix)).collect();
    let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
    let mut edits = (editor.split)(read.text, setting, &whole)?;
    if setting.value.trim() == NO_LIMIT && matches!(remedy, Remedy::Split(_)) {
        unlimited(read, setting, &mut edits)?;
    }
    Some(Beside { edits, keys })
}

/// Gives the keys that take the place of a setting the largest number instead of its value, all but the last, which
/// keeps it.
fn unlimited(read: &CheckedFile<'_>, setting: &Setting, split: &mut [TextEdit]) -> Option<()> {
    let written = setting.value_span.of(read.text);
    if written.trim() != NO_LIMIT {
        return None;
    }
    let before = Span::new(setting.key_span.end, setting.value_span.start).of(read.text);
    let (old, new) = (format!("{before}{written}"), format!("{before}{LARGEST}"));
    for edit in split.iter_mut() {
        edit.text = edit.text.replace(&old, &new);
    }
    Some(())
}

/// What a remedy does to a thing that is used, of which a note has the name `old`; `None` when the text does not name
/// it as the remedy would write it.
pub(crate) fn mend_usage(
    read: &CheckedFile<'_>,
    usage: &Usage,
    old: &str,
    remedy: Remedy,
    safe: bool,
) -> Option<PendingFix> {
    let Remedy::Rename(name) = remedy else { return None };
    if usage.kind == UsageKind::Class {
        return mend_class(read, usage, name, safe);
    }
    let written = usage.span.of(read.text);
    if usage.kind == UsageKind::Metric {
        return mend_metric(read, usage, (old, name), safe);
    }
    let option = usage.name.rsplit(' ').next().unwrap_or_default();
    let whole = written == usage.name || written == option || written.trim() == usage.name;
    let edits = vec![TextEdit { span: usage.span, text: name.to_owned() }];
    whole.then(|| PendingFix {
        title: format!("Replace it by `{name}`"),
        edits,
        safe,
        ..PendingFix::default()
    })
}

/// A metric is renamed in its whole line, which is reported once. Exporters write `_` where Kafka has `-`, and what
/// they put before a name stays.
fn mend_metric(
    read: &CheckedFile<'_>,
    usage: &Usage,
    (old, new): (&str, &str),
    safe: bool,
) -> Option<PendingFix> {
    let rename = |written: &str| {
        let kafkas = written.strip_suffix(old).map(|start| format!("{start}{new}"));
        let flat = || {
            let start = written.strip_suffix(old.replace('-', "_").as_str())?;
            Some(format!("{start}{}", new.replace('-', "_")))
        };
        kafkas.or_else(flat)
    };
    let text = rename(usage.span.of(read.text))?;
    let is_break = |letter| matches!(letter, '\n' | '\r');
    let behind = read.text.slice(usage.span.start as usize..);
    let end = usage.span.start + behind.find(is_break).unwrap_or(behind.len()) as u32;
    let same = read.document.usages.iter().filter(|one| {
        one.kind == usage.kind && one.name == usage.name && one.span >= usage.span && one.span.start < end
    });
    let edits: Option<Vec<_>> =
        same.map(|one| Some(TextEdit { span: one.span, text: rename(one.span.of(read.text))? })).collect();
    Some(PendingFix {
        title: format!("Replace it by `{text}`"),
        edits: edits?,
        safe,
        ..PendingFix::default()
    })
}

/// A class is renamed wherever the file names it: its import alone would leave names that mean nothing.
fn mend_class(read: &CheckedFile<'_>, usage: &Usage, name: &str, safe: bool) -> Option<PendingFix> {
    let (old, new) = (usage.name.replace('$', "."), name.replace('$', "."));
    let simple = |full: &str| full.rsplit('.').next().unwrap_or(full).to_owned();
    let mut edits: Vec<TextEdit> = Vec::new();
    let same = read.document.usages.iter().filter(|one| one.kind == usage.kind && one.name == usage.name);
    for one in same {
        let written = one.span.of(read.text);
        if written == old {
            edits.push(TextEdit { span: one.span, text: new.clone() });
        } else if written == simple(&old) {
            edits.push(TextEdit { span: one.span, text: simple(&new) });
        } else {
            return None;
        }
    }
    edits.retain(|edit| edit.span.of(read.text) != edit.text);
    (!edits.is_empty()).then(|| PendingFix {
        title: format!("Replace it by `{}`", simple(&new)),
        edits,
        safe,
        ..PendingFix::default()
    })
}

fn list(keys: &[&str]) -> String {
    let quoted: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    quoted.join(" and ")
}
