//! `.properties` files, exactly as `java.util.Properties` reads them from a stream of bytes.
//!
//! Text in, entries out, each with the spans of key, separator and value; [`tokens`] returns every byte of the text.
//! What is *not* here: what the keys mean.
//!
//! Decisions:
//! - Kafka reads bytes as Latin-1. A text is therefore read as its UTF-8 bytes, one character each, unless it
//!   was Latin-1 to begin with ([`Encoding`]): `value` is what Kafka sees (`Ã©` for `é`), and a problem says so.
//!   A byte order mark becomes part of the first key in the same way.
//! - Half of a surrogate pair, which a Java string can hold and UTF-8 cannot, is read as U+FFFD and reported.
//! - A malformed `\u` stays as written and is a fatal problem, as Java refuses the whole file for it.
//! - An entry that an earlier line sets as well is listed twice; the earlier one is reported to have no effect.

pub mod edit;
mod resolve;
mod scan;

pub use scan::{Entry, Item, Token, TokenKind, items, tokens};

use std::borrow::Cow;

use kafka_upgrade_document::template::{self, Masked};
use kafka_upgrade_document::{Encoding, Problem, Setting};
use kafka_upgrade_sorted::Sorted as _;

/// Reads the whole text: settings in its order, with empty prefixes and no components, and its problems.
#[must_use]
pub fn read(text: &str, encoding: Encoding) -> (Vec<Setting>, Vec<Problem>) {
    let mut settings = Vec::with_capacity(text.len() / 48 + 1);
    let mut problems = Vec::new();
    let masked = Masked { text: Cow::Borrowed(text), has_statements: false, is_template: false };
    read_masked(text, &masked, encoding, &mut settings, &mut problems);
    (settings, problems)
}

/// As [`read`], with the tags of a template hidden. What is set in several branches counts in each, and keys with a
/// placeholder are left out.
pub fn read_masked(
    text: &str,
    masked: &Masked<'_>,
    encoding: Encoding,
    settings: &mut Vec<Setting>,
    problems: &mut Vec<Problem>,
) {
    for item in items(&masked.text) {
        let Item::Entry(mut entry) = item else { continue };
        if masked.is_template {
            // A template statement after a value does not belong to it.
            let value = entry.value.of(&masked.text);
            entry.value.end -= (value.len() - value.trim_end().len()) as u32;
            if template::has_placeholder(entry.key.of(text)) {
                continue;
            }
        }
        settings.push(Setting {
            component: None,
            key: resolve::resolve(text, entry.key, encoding, resolve::Part::Key, problems),
            prefix: String::new(),
            value: resolve::resolve(text, entry.value, encoding, resolve::Part::Value, problems),
            span: entry.span,
            key_span: entry.key,
            value_span: entry.value,
            effective: true,
        });
    }
    if !masked.has_statements {
        mark_duplicates(settings, problems);
    }
}

fn is_without_duplicates(mut settings: &[Setting]) -> bool {
    while let Some((last, before)) = settings.split_last() {
        if before.iter().any(|setting| setting.key == last.key) {
            return false;
        }
        settings = before;
    }
    true
}

/// Of several entries with one key the last counts; each earlier one is a problem.
pub fn mark_duplicates(settings: &mut [Setting], problems: &mut Vec<Problem>) {
    // Most files are short and have no duplicates, which is faster to see than by sorting.
    if settings.len() < 64 && is_without_duplicates(settings) {
        return;
    }
    let mut order: Vec<(usize, &Setting)> = settings.iter().enumerate().collect();
    order.order_by(|(at, left), (other, right)| left.key.cmp(&right.key).then(at.cmp(other)));
    // With whether the next one has the same value, so that nothing is lost.
    let mut shadowed: Vec<(usize, bool)> = Vec::new();
    for ((at, setting), (_, next)) in order.iter().zip(order.iter().skip(1)) {
        if setting.key == next.key {
            shadowed.push((*at, setting.value.trim() == next.value.trim()));
        }
    }
    if shadowed.is_empty() {
        return;
    }
    for (at, is_same) in shadowed {
        if let Some(setting) = settings.get_mut(at) {
            setting.effective = false;
            if is_same {
                continue;
            }
            problems.push(Problem {
                message: format!(
                    "`{}` is set again further down, and the last one counts: this line has no effect. \
                     Remove the one that is not meant.",
                    setting.key
                ),
                span: setting.key_span,
                fatal: false,
            });
        }
    }
    problems.order_by_key(|problem| problem.span);
}
