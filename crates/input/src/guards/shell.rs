//! `if` and `case` of shells, wherever commands stand: in scripts, in Dockerfiles, in steps of workflows.
//!
//! Words alone are looked at, so that a text of another language gives at most tests that nobody understands. What is
//! *not* here: what commands do.

use std::ops::Range;

use kafka_upgrade_document::{Comparison, Slice as _, Test};

use super::{MAX_FAILED, add, chain, versions};
use crate::Document;

/// Blocks within blocks.
const MAX_DEPTH: usize = 50;

/// Longest line of a `for`, a `case` or a pattern.
const MAX_LINE_BYTES: usize = 2_000;

/// How a test asks for a file.
const ASKS: &[&str] = &["-f ", "-e ", "-r ", "-d ", "-x ", "-s "];

/// How a test asks for a command on the path.
const ASKS_COMMAND: &[&str] = &["command -v ", "which ", "type ", "hash "];

/// A block that is not ended yet.
enum Open<'t> {
    /// Tests with their branches; the last one may still be without.
    If { branches: Vec<(&'t str, Range<usize>)>, test: Option<usize> },
    /// What is looked at, and the patterns so far with their branches.
    Case { about: &'t str, branches: Vec<(&'t str, Range<usize>)> },
    /// The variable, and the words that it stands for.
    For { variable: &'t str, words: Range<usize>, begins: usize },
}

pub(super) fn find(text: &str, document: &mut Document) {
    let has = |words: [&str; 2]| words.iter().all(|word| text.contains(word));
    if !has(["then", "fi"]) && !has(["case ", "esac"]) && !has(["for ", "done"]) {
        return;
    }
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut words = Words { text, at: 0, begins_command: true };
    while let Some((range, begins)) = words.next() {
        if !begins || open.len() > MAX_DEPTH {
            continue;
        }
        match text.get(range.clone()).unwrap_or_default() {
            "if" => open.push(Open::If { branches: Vec::new(), test: Some(range.end) }),
            "then" => {
                if let Some(Open::If { branches, test }) = open.last_mut()
                    && let Some(begins) = test.take()
                {
                    let test = text.get(begins..range.start).unwrap_or_default();
                    branches.push((test.trim().trim_end_matches(';'), range.end..range.end));
                }
            }
            word @ ("elif" | "else" | "fi") => {
                let Some(Open::If { branches, test }) = open.last_mut() else { continue };
                if let Some((_, last)) = branches.last_mut() {
                    last.end = range.start;
                }
                match word {
                    "elif" => *test = Some(range.end),
                    "else" => branches.push(("", range.end..range.end)),
                    _ => {
                        if let Some(Open::If { branches, .. }) = open.pop() {
                            files(&branches, document);
                            modes(&branches, document);
                            chain(branches.into_iter(), document);
                        }
                    }
                }
            }
            "case" => {
                let rest = text.slice(range.end..);
                let line = line(rest);
                if let Some(length) = line.find(" in").filter(|at| {
                    line.get(at + 3..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                }) {
                    let about = rest.get(..length).unwrap_or_default();
                    open.push(Open::Case { about, branches: Vec::new() });
                    words.at = range.end + length + 3;
                    pattern(&mut words, &mut open);
                }
            }
            ";;" => {
                if let Some(Open::Case { branches, .. }) = open.last_mut() {
                    if let Some((_, last)) = branches.last_mut() {
                        last.end = range.start;
                    }
                    pattern(&mut words, &mut open);
                }
            }
            "esac" => {
                if let Some(Open::Case { about, branches }) = open.pop() {
                    case(about, &branches, document);
                }
            }
            "for" => {
                let line = line(text.slice(range.end..)).split(';').next().unwrap_or_default();
                if let Some((variable, listed)) = line.split_once(" in ") {
                    let start = range.end + line.len() - listed.len();
                    let words = start..range.end + line.len();
                    open.push(Open::For { variable: variable.trim(), words, begins: range.end + line.len() });
                }
            }
            "done" => {
                if let Some(Open::For { variable, words, begins }) =
                    open.pop_if(|one| matches!(one, Open::For { .. }))
                {
                    let body = text.get(begins..range.start).unwrap_or_default();
                    if asks_for(body, variable) {
                        add(words, vec![(Test::FileExists, true)], document);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Reads the pattern of a branch of `case`, behind which the next command begins.
fn pattern<'t>(words: &mut Words<'t>, open: &mut [Open<'t>]) {
    let rest = words.text.slice(words.at..);
    let begins = rest.len() - rest.trim_start().len();
    let line = line(rest.slice(begins..));
    if let (Some(end), Some(Open::Case { branches, .. })) = (line.find(')'), open.last_mut())
        && !line.starts_with("esac")
    {
        let behind = words.at + begins + end + 1;
        branches.push((line.get(..end).unwrap_or_default(), behind..behind));
        words.at = behind;
    }
    words.begins_command = true;
}

/// Branches of a `case` that looks at Kafka's version.
fn case(about: &str, branches: &[(&str, Range<usize>)], document: &mut Document) {
    // The same words as in a test.
    if versions::tests(&format!("{about} = 1")).is_none() {
        return;
    }
    let mut failed = Vec::new();
    for (patterns, range) in branches {
        let of = |one: &str| one.trim_matches(['"', '\'', ' ', '(']).to_owned();
        let like = Test::Like(patterns.split('|').map(of).collect());
        let mut tests: Vec<(Test, bool)> = failed.clone();
        tests.push((like.clone(), true));
        add(range.clone(), tests, document);
        if failed.len() < MAX_FAILED {
            failed.push((like, false));
        }
    }
}

/// Branches behind a test for a file that name it, by whether something else follows when it is not there.
fn files(branches: &[(&str, Range<usize>)], document: &mut Document) {
    let kind = if branches.len() < 2 { Test::OnlyIfFileExists } else { Test::FileExists };
    for (test, range) in branches {
        let asks = |signs: &[&str]| signs.iter().any(|sign| test.contains(sign));
        // `[ ! -f x ]` asks whether it is missing.
        let is_denied = test.contains("! ");
        if asks(ASKS) && (branches.len() > 1 || !is_denied) || asks(ASKS_COMMAND) && !is_denied {
            // The test itself names it as well.
            let length = test.len() + "; then".len();
            add(range.start.saturating_sub(length)..range.end, vec![(kind.clone(), true)], document);
        }
    }
}

/// The branch for ZooKeeper of a test that asks whether a variable called after KRaft is on: no release from 4.0 on
/// takes it.
fn modes(branches: &[(&str, Range<usize>)], document: &mut Document) {
    let [(test, first), rest @ ..] = branches else { return };
    let is_on = match asks_for_kraft(test) {
        Some(is_on) => is_on,
        None => return,
    };
    let of_zookeeper = match rest {
        _ if !is_on => first,
        [("", last)] => last,
        _ => return,
    };
    let before_kraft = Test::Version { is: Comparison::Less, than: vec![4] };
    add(of_zookeeper.clone(), vec![(before_kraft, true)], document);
}

/// Whether a test asks for KRaft, or for its absence: `[ "$KRAFT_MODE" = "true" ]`, `[[ $USE_KRAFT != yes ]]`.
fn asks_for_kraft(test: &str) -> Option<bool> {
    if test.contains("||") || test.contains("&&") || test.len() > MAX_LINE_BYTES {
        return None;
    }
    let inner = test.trim_matches(|one: char| one.is_whitespace() || "[];".contains(one));
    let (name, wanted, value) = match inner.split_once("!=") {
        Some((name, value)) => (name, false, value),
        None => inner.split_once('=').map(|(name, value)| (name, true, value.trim_start_matches('=')))?,
    };
    let name = name.trim().trim_matches('"').strip_prefix('$')?.trim_start_matches('{');
    let end = name.find(|one: char| !one.is_ascii_alphanumeric() && one != '_').unwrap_or(name.len());
    if !name.get(..end)?.to_ascii_lowercase().contains("kraft") {
        return None;
    }
    match value.trim().trim_matches(['"', '\'']) {
        "true" | "yes" | "1" | "on" => Some(wanted),
        "false" | "no" | "0" | "off" => Some(!wanted),
        _ => None,
    }
}

/// Whether commands ask for the file that a variable names.
fn asks_for(body: &str, variable: &str) -> bool {
    !variable.is_empty()
        && body.match_indices(variable).any(|(at, _)| {
            // `-f $x`, `-f "${x}"`
            let before = body.slice(..at);
            let before = before.strip_suffix('{').unwrap_or(before);
            let Some(before) = before.strip_suffix('$') else { return false };
            let before = before.strip_suffix('"').unwrap_or(before);
            ASKS.iter().any(|sign| before.ends_with(sign))
        })
}

/// The line that a text begins with, as far as anybody writes one.
fn line(text: &str) -> &str {
    text.slice(..text.floor_char_boundary(MAX_LINE_BYTES)).lines().next().unwrap_or_default()
}

/// Words of commands with whether each begins one; comments and texts in quotes are none.
struct Words<'t> {
    text: &'t str,
    at: usize,
    begins_command: bool,
}

impl Words<'_> {
    fn next(&mut self) -> Option<(Range<usize>, bool)> {
        loop {
            let rest = self.text.get(self.at..)?;
            let first = rest.chars().next()?;
            match first {
                '\n' => self.begins_command = true,
                // A line that goes on.
                '\\' if rest.starts_with("\\\n") => self.at += 1,
                _ if first.is_whitespace() => {}
                '#' => {
                    self.at += rest.find('\n').unwrap_or(rest.len());
                    continue;
                }
                ';' if rest.starts_with(";;") => {
                    let range = self.at..self.at + 2;
                    self.at += 2;
                    self.begins_command = true;
                    return Some((range, true));
                }
                ';' | '&' | '|' | '(' | '{' | '}' => self.begins_command = true,
                '"' | '\'' => {
                    // A quote that the line does not end is an apostrophe.
                    let inner = rest.slice(1..);
                    let length = inner.find([first, '\n']).filter(|at| inner.slice(*at..).starts_with(first));
                    self.at += length.map_or(0, |length| length + 1);
                    self.begins_command = false;
                }
                _ => {
                    let length = rest.find(|one: char| one.is_whitespace() || ";&|(){}\"'".contains(one));
                    let length = length.unwrap_or(rest.len()).max(first.len_utf8());
                    let range = self.at..self.at + length;
                    self.at += length;
                    let word = self.text.get(range.clone()).unwrap_or_default();
                    let begins = self.begins_command;
                    // Behind these a command begins again.
                    self.begins_command = matches!(
                        word,
                        "then"
                            | "else"
                            | "do"
                            | "if"
                            | "elif"
                            | "while"
                            | "until"
                            | "!"
                            | "RUN"
                            | "-"
                            | "run:"
                    );
                    return Some((range, begins));
                }
            }
            self.at += first.len_utf8();
        }
    }
}
