//! What small pieces of code use and set.

mod java;
mod kotlin;
mod scala;
mod settings;
mod texts;

use super::{Language, document};
use crate::{Document, Kind, LineIndex};

/// Everything used, as `line name`, guesses with a `?` behind the line; `org.apache.kafka.` left out.
fn uses(text: &str, language: Language) -> Vec<String> {
    let lines = LineIndex::new(text);
    let short = |name: &str| name.replace("org.apache.kafka.", "");
    let Document { usages, .. } = document(text, language, Kind::Unknown);
    let one = |usage: &crate::Usage| {
        let guess = if usage.guessed { "?" } else { "" };
        format!("{}{guess} {}", lines.line(usage.span.start), short(&usage.name))
    };
    usages.iter().map(one).collect()
}

/// The members alone.
fn members(text: &str, language: Language) -> Vec<String> {
    uses(text, language).into_iter().filter(|one| one.contains('#')).collect()
}
