//! What most programs take for YAML and its grammar does not: closing brackets and quoted values that go on no deeper than
//! the line that opens them. Each is put where it means the same to a strict parser. Beside it what a folded block of a
//! template is once its tags are in it again.
//!
//! Invariant: what is written anew is as long as the text, byte by byte, so that each place is that of the text.

use kafka_upgrade_document::Slice as _;

/// The text with the line break replaced by a blank before each line that begins with a closing bracket.
pub(super) fn with_bracket_behind(text: &str, at: usize) -> Option<String> {
    let (before, behind) = text.split_at_checked(at)?;
    let line_start = before.rfind('\n')?;
    let (before, lead) = (text.get(..line_start)?, text.get(line_start + 1..at)?);
    let closes = behind.trim_start_matches(' ').starts_with([']', '}']) && lead.trim().is_empty();
    // A comment would take it in.
    if !closes || before.rsplit('\n').next().is_some_and(|line| line.contains('#')) {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    match before.strip_suffix('\r') {
        Some(before) => {
            joined.push_str(before);
            joined.push(' ');
        }
        None => joined.push_str(before),
    }
    joined.push(' ');
    joined.push_str(text.get(line_start + 1..)?);
    Some(joined)
}

/// Lines of a quoted value that are looked through for its end.
const MAX_QUOTED_LINES: usize = 200;

/// The text with line breaks replaced by blanks in quoted values that continue no deeper than their keys; `None` if
/// there are none.
pub(super) fn with_quotes_joined(text: &str) -> Option<String> {
    let mut breaks: Vec<usize> = Vec::new();
    // The open value: its quote, the indentation of its key, its line breaks, and whether one of its lines is not
    // indented enough.
    let mut open: Option<(char, usize, Vec<usize>, bool)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let indentation = body.len() - body.trim_start_matches(' ').len();
        let end = at + line.len();
        open = match open.take() {
            Some((quote, of_key, mut own, mut is_out)) => {
                is_out |= indentation <= of_key && !body.trim().is_empty();
                if closes(body, quote) {
                    if is_out {
                        breaks.append(&mut own);
                    }
                    None
                } else {
                    own.push(end);
                    (own.len() < MAX_QUOTED_LINES).then_some((quote, of_key, own, is_out))
                }
            }
            None => {
                let inner = body.trim_start_matches([' ', '-']);
                let value = inner.split_once(": ").map_or(inner, |(_, value)| value).trim_start();
                let quote = value.chars().next().filter(|one| matches!(one, '"' | '\''));
                let begins = quote.filter(|quote| !closes(value.slice(1..), *quote));
                begins.map(|quote| (quote, indentation, vec![end], false))
            }
        };
        at = end;
    }
    if breaks.is_empty() {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    let mut done = 0;
    for end in breaks {
        let line = text.slice(done..end);
        let body = line.trim_end_matches(['\n', '\r']);
        joined.push_str(body);
        joined.extend(std::iter::repeat_n(' ', line.len() - body.len()));
        done = end;
    }
    joined.push_str(text.slice(done..));
    Some(joined)
}

/// Whether a quoted value ends in a part of it: a quote that is neither escaped nor doubled.
fn closes(text: &str, quote: char) -> bool {
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign == '\\' && quote == '"' {
            signs.next();
        } else if sign == quote {
            if quote == '"' || signs.peek() != Some(&quote) {
                return true;
            }
            signs.next();
        }
    }
    false
}

/// A folded text with what is written in place of each of its words; none where its words are others.
pub(super) fn refilled(masked: &str, written: &str, value: &str) -> Option<String> {
    let mut filled = String::with_capacity(written.len());
    let mut words = masked.split_ascii_whitespace();
    let mut rest = value;
    while let Some(start) = rest.find(|one: char| !one.is_ascii_whitespace()) {
        let (blanks, behind) = rest.split_at_checked(start)?;
        let end = behind.find(|one: char| one.is_ascii_whitespace()).unwrap_or(behind.len());
        let (word, behind) = behind.split_at_checked(end)?;
        let there = words.next().filter(|there| *there == word)?;
        let at = (there.as_ptr() as usize).checked_sub(masked.as_ptr() as usize)?;
        filled.push_str(blanks);
        filled.push_str(written.get(at..at + there.len())?);
        rest = behind;
    }
    filled.push_str(rest);
    words.next().is_none().then_some(filled)
}
