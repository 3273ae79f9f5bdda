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

use kafka_upgrade_document::{Encoding, Problem, Setting};

/// Reads the whole text: settings in its order, with empty prefixes and no components, and its problems.
#[must_use]
pub fn read(text: &str, encoding: Encoding) -> (Vec<Setting>, Vec<Problem>) {
    let mut settings = Vec::with_capacity(text.len() / 48 + 1);
    let mut problems = Vec::new();
    for item in items(text) {
        let Item::Entry(entry) = item else { continue };
        settings.push(Setting {
            component: None,
            key: resolve::resolve(text, entry.key, encoding, resolve::Part::Key, &mut problems),
            prefix: String::new(),
            value: resolve::resolve(text, entry.value, encoding, resolve::Part::Value, &mut problems),
            span: entry.span,
            key_span: entry.key,
            value_span: entry.value,
            effective: true,
        });
    }
    mark_duplicates(&mut settings, &mut problems);
    (settings, problems)
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
    order.sort_unstable_by(|(at, left), (other, right)| left.key.cmp(&right.key).then(at.cmp(other)));
    let mut shadowed: Vec<usize> = Vec::new();
    for ((at, setting), (_, next)) in order.iter().zip(order.iter().skip(1)) {
        if setting.key == next.key {
            shadowed.push(*at);
        }
    }
    if shadowed.is_empty() {
        return;
    }
    for at in shadowed {
        if let Some(setting) = settings.get_mut(at) {
            setting.effective = false;
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
    problems.sort_by_key(|problem| problem.span);
}
