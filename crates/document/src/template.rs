//! Template languages and placeholders: what somebody else fills in before Kafka reads a text.
//!
//! A value with a placeholder is unknown: it is judged for its key alone. Of a template every byte keeps its place;
//! statements become blanks, and what they enclose is read as it stands, so that each branch is an alternative.
//! What is *not* here: running a template. Invariant: a masked text has the length of its original, and line breaks
//! in the same places outside of tags.
//!
//! Languages: Jinja, Salt and Nunjucks (`{{ }}`, `{% %}`, `{# #}`), Go and Helm (`{{ }}`), Mustache and Handlebars
//! (`{{# }}`), ERB and EPP (`<% %>`), ytt (`#@ `), Terraform (`${ }`, `%{ }`), shells (`$X`, `${X}`, `$(x)`), Windows (`%X%`),
//! Maven, autoconf and others (`@X@`), and names in brackets of documentation (`<X>`, `{x}`).

use crate::slice::Slice as _;
use std::borrow::Cow;

/// Endings that templates add to the file names of their output.
const ENDINGS: &[&str] = &[
    ".j2",
    ".jinja",
    ".jinja2",
    ".erb",
    ".epp",
    ".tmpl",
    ".tpl",
    ".tftpl",
    ".gotmpl",
    ".ctmpl",
    ".mustache",
    ".hbs",
    ".template",
    "_template",
    ".templ",
    ".dist",
    ".example",
    ".sample",
    ".orig",
    ".delta",
    ".in",
];

/// The name that a file has once its template was filled in: `server.properties` of `server.properties.j2`.
#[must_use]
pub fn plain_name(path: &str) -> &str {
    let mut name = path;
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| without_ending(name, ending)) {
        name = shorter;
    }
    name
}

fn without_ending<'p>(path: &'p str, ending: &str) -> Option<&'p str> {
    // The last letter alone says no to most names.
    let last = |text: &str| text.as_bytes().last().map(u8::to_ascii_lowercase);
    if last(path) != last(ending) {
        return None;
    }
    let (rest, end) = path.split_at_checked(path.len().checked_sub(ending.len())?)?;
    let is_whole_name = rest.is_empty() || rest.ends_with(['/', '\\']);
    (end.eq_ignore_ascii_case(ending) && !is_whole_name).then_some(rest)
}

/// Whether all or part of the value is filled in before Kafka reads it.
#[must_use]
pub fn has_placeholder(value: &str) -> bool {
    if !value.contains(['$', '{', '%', '@', '<', '_', '#']) {
        return false;
    }
    ["{{", "{%", "${", "$(", "$[", "<%", "%{", "#{", "[[", YTT].iter().any(|sign| value.contains(sign))
        || has_variable(value)
        || has_enclosed(value, '{', '}', |one| is_name_sign(one) || one == '.' || one == '-')
        || has_enclosed(value, '<', '>', |one| is_name_sign(one) || matches!(one, '.' | '-' | ' '))
        || has_enclosed(value, '%', '%', |one| is_name_sign(one) || one == '.')
        || has_enclosed(value, '@', '@', |one| is_name_sign(one) || matches!(one, '.' | '-'))
        || value.match_indices("##").nth(1).is_some()
        || has_shouted(value)
        || has_conversion(value)
        || is_variable(value)
}

/// The name of a variable of Kafka's in capitals, `TB_KAFKA_ACKS`, as tables of variables have it for a value.
fn is_variable(value: &str) -> bool {
    let is_shouted = |one: u8| one.is_ascii_uppercase() || one.is_ascii_digit() || one == b'_';
    value.contains("KAFKA_") && value.bytes().all(is_shouted)
}

fn is_name_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

/// `$NAME`, but not the name of an inner class or the group of a pattern.
fn has_variable(value: &str) -> bool {
    value.match_indices('$').any(|(at, _)| {
        let before = value.get(..at).and_then(|text| text.chars().next_back());
        let behind = value.get(at + 1..).and_then(|text| text.chars().next());
        behind.is_some_and(|one| one.is_ascii_alphabetic() || one == '_')
            && !before.is_some_and(|one| is_name_sign(one) || one == '\\')
    })
}

/// Longer names between two signs are none, in bytes with the second sign.
const MAX_NAME_BYTES: usize = 100;

/// A name between two signs, such as `@NAME@`, that no letter or digit touches on the left.
fn has_enclosed(value: &str, open: char, close: char, is_of_name: fn(char) -> bool) -> bool {
    let mut before = None;
    let mut rest = value;
    while let Some((left, right)) = rest.split_once(open) {
        let touching = left.chars().next_back().or(before);
        let near = right.slice(..right.floor_char_boundary(MAX_NAME_BYTES));
        let name = near.split_once(close).map(|(name, _)| name);
        let is_name = name.is_some_and(|name| {
            name.starts_with(|one: char| one.is_ascii_alphabetic() || one == '_')
                && name.chars().all(is_of_name)
        });
        if is_name && (open == '{' || !touching.is_some_and(is_name_sign)) {
            return true;
        }
        before = Some(open);
        rest = right;
    }
    false
}

/// `%s` or `%d`, as programs format a text that they hold ready.
fn has_conversion(value: &str) -> bool {
    value.match_indices('%').any(|(at, _)| {
        let behind = value.slice(at + 1..);
        let touches = |one: char| is_name_sign(one) || one == '%' || one == '{';
        behind.strip_prefix(['s', 'd']).is_some_and(|rest| !rest.starts_with(touches))
    })
}

/// `__NAME__` in capitals, as `sed` replaces it.
fn has_shouted(value: &str) -> bool {
    let mut parts = value.split("__").skip(1);
    let mut last = parts.next();
    for part in parts {
        let shouted = last.is_some_and(|name| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        });
        if shouted {
            return true;
        }
        last = Some(part);
    }
    false
}

/// A text with the tags of its template hidden, see [`mask`].
#[derive(Debug)]
pub struct Masked<'t> {
    /// As long as the original: statements are blanks, expressions are letters.
    pub text: Cow<'t, str>,
    /// Whether it has statements, which may leave out lines or repeat them.
    pub has_statements: bool,
    /// Whether it has tags at all.
    pub is_template: bool,
}

/// Hides the tags of template languages from a reader of lines.
#[must_use]
pub fn mask(text: &str) -> Masked<'_> {
    let plain = Masked { text: Cow::Borrowed(text), has_statements: false, is_template: false };
    if !["{{", "{%", "{#", "<%", "%{", ": %", ": @", "- %", "- @", YTT].iter().any(|open| text.contains(open))
    {
        return plain;
    }
    let tags = tags(text);
    if tags.is_empty() {
        return plain;
    }
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for tag in &tags {
        masked.push_str(text.slice(done..tag.start));
        let inside = text.slice(tag.start..tag.end);
        if tag.is_statement || is_alone(text, tag) {
            masked.extend(inside.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            masked.extend(std::iter::repeat_n('x', inside.len()));
        }
        done = tag.end;
    }
    masked.push_str(text.slice(done..));
    let has_statements = tags.iter().any(|tag| tag.is_statement);
    Masked { text: Cow::Owned(masked), has_statements, is_template: true }
}

/// The text with blanks for all of its tags, line breaks kept.
#[must_use]
pub fn blank(text: &str) -> Cow<'_, str> {
    let tags = tags(text);
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blanked = String::with_capacity(text.len());
    let mut done = 0;
    for tag in &tags {
        blanked.push_str(text.slice(done..tag.start));
        let inside = text.slice(tag.start..tag.end);
        blanked.extend(inside.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        done = tag.end;
    }
    blanked.push_str(text.slice(done..));
    Cow::Owned(blanked)
}

/// Ranges of a text within a branch or loop of its template, outermost only; an unclosed one reaches to the end of
/// the text.
#[must_use]
pub fn branches(text: &str) -> Vec<std::ops::Range<usize>> {
    const OPENS: &[&str] =
        &["if", "unless", "for", "range", "with", "each", "block", "define", "macro", "case", "while"];
    let mut found = Vec::new();
    let (mut depth, mut begins) = (0_usize, 0);
    for tag in tags(text).iter().filter(|tag| tag.is_statement) {
        let inside = text.slice(tag.start..tag.end);
        let inside = inside.trim_start_matches(['{', '%', '<', '-', '~', '#', ' ', '\n', '\t']);
        let word = inside.split(|one: char| !one.is_ascii_alphanumeric()).next().unwrap_or_default();
        // `<% @all.each do |one| %>` of Ruby.
        let opens =
            OPENS.contains(&word) || inside.contains(" do |") || inside.trim_end().ends_with(" do -%>");
        if opens {
            if depth == 0 {
                begins = tag.end;
            }
            depth += 1;
        } else if depth > 0 && (word.starts_with("end") || inside.starts_with('/')) {
            depth -= 1;
            if depth == 0 {
                found.push(begins..tag.start);
            }
        }
    }
    if depth > 0 {
        found.push(begins..text.len());
    }
    found
}

/// A branch of a template: its condition, empty for an `else`, and its range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch<'t> {
    /// The test as it is written.
    pub test: &'t str,
    /// From the end of its own tag to the start of the next.
    pub range: std::ops::Range<usize>,
}

/// The conditional blocks of a template, each with its branches in order; nested ones are listed too.
#[must_use]
pub fn tests(text: &str) -> Vec<Vec<Branch<'_>>> {
    const OPENS: &[&str] =
        &["unless", "for", "range", "with", "each", "block", "define", "macro", "case", "while", "call"];
    let mut found = Vec::new();
    // For each open block its branches, and whether it is conditional.
    let mut open: Vec<(Vec<Branch<'_>>, bool)> = Vec::new();
    for tag in tags(text).iter().filter(|tag| tag.is_statement) {
        let inside = text.get(tag.start..tag.end).unwrap_or_default();
        let inside = inside.trim_matches(['{', '}', '%', '<', '>', '-', '~', '#', ' ', '\n', '\t']);
        let word = inside.split(|one: char| !one.is_ascii_alphanumeric()).next().unwrap_or_default();
        let rest = inside.strip_prefix(word).unwrap_or_default().trim();
        let begins = |test| Branch { test, range: tag.end..tag.end };
        if word == "if" {
            open.push((vec![begins(rest)], true));
        } else if OPENS.contains(&word) || inside.contains(" do |") {
            open.push((Vec::new(), false));
        } else if let Some((branches, _)) = open.last_mut()
            && (matches!(word, "else" | "elif" | "elsif") || word.starts_with("end"))
        {
            if let Some(last) = branches.last_mut() {
                last.range.end = tag.start;
            }
            if word.starts_with("end") {
                found.extend(open.pop().filter(|(_, is_test)| *is_test).map(|(branches, _)| branches));
            } else {
                branches.push(begins(rest.strip_prefix("if ").unwrap_or(rest).trim()));
            }
        }
    }
    found
}

/// One tag, from its first to behind its last byte.
struct Tag {
    start: usize,
    end: usize,
    is_statement: bool,
}

/// Longest tag, in bytes; an opening sign alone is common in other languages.
const MAX_TAG_BYTES: usize = 4_000;

/// How tags begin and end. Of those that begin alike the longest is first.
const TAGS: &[(&str, &str)] =
    &[("{{{", "}}}"), ("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>"), ("%{", "}")];

/// How ytt marks an expression, behind a key or a dash; to YAML it is a comment.
const YTT: &str = "#@ ";

/// Whether an expression of ytt begins at a byte of a text.
fn is_ytt(text: &str, at: usize) -> bool {
    let before = text.slice(..at);
    text.slice(at..).starts_with(YTT)
        && before.ends_with([' ', '\t'])
        && before.trim_end_matches([' ', '\t']).ends_with([':', '-'])
}

/// The length of `%NAME%` or `@NAME@` where a value of YAML begins, which no plain value does with these signs.
fn bare_name(text: &str, at: usize) -> Option<usize> {
    let sign = text.slice(at..).chars().next().filter(|one| matches!(one, '%' | '@'))?;
    let (before, behind) = (text.slice(..at), text.slice(at + 1..));
    if !before.ends_with(": ") && !before.ends_with("- ") {
        return None;
    }
    let name = behind.slice(..behind.find(|one| !is_name_sign(one) && one != '.').unwrap_or(behind.len()));
    let is_name = name.starts_with(|one: char| one.is_ascii_alphabetic() || one == '_');
    (is_name && behind.slice(name.len()..).starts_with(sign)).then_some(name.len() + 2)
}

fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    let of_ytt = text.contains(YTT);
    let begins = |one: char| matches!(one, '{' | '<' | '%' | '@') || (one == '#' && of_ytt);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(begins)) {
        let start = at + found;
        let rest = text.slice(start..);
        if of_ytt && is_ytt(text, start) {
            let line = rest.lines().next().unwrap_or_default();
            at = start + line.trim_end().len();
            tags.push(Tag { start, end: at, is_statement: false });
            continue;
        }
        if let Some(length) = bare_name(text, start) {
            at = start + length;
            tags.push(Tag { start, end: at, is_statement: false });
            continue;
        }
        let tag = TAGS.iter().find(|(open, _)| rest.starts_with(open)).and_then(|(open, close)| {
            let inner = rest.get(open.len()..)?;
            let inner = inner.get(..inner.floor_char_boundary(MAX_TAG_BYTES))?;
            let length = inner.find(close)?;
            let end = start + open.len() + length + close.len();
            let is_statement = is_statement(open, inner.get(..length)?)?;
            Some(Tag { start, end, is_statement })
        });
        at = match tag {
            Some(tag) => {
                let end = tag.end;
                tags.push(tag);
                end
            }
            None => start + 1,
        };
    }
    tags
}

/// Whether a tag is a statement rather than an expression; `None` if it is no tag after all.
fn is_statement(open: &str, inner: &str) -> Option<bool> {
    const WORDS: &[&str] = &[
        "if", "else", "elif", "elsif", "end", "range", "with", "define", "block", "for", "endif", "endfor",
        "each", "unless", "break", "continue", "set", "macro", "comment",
    ];
    let words = inner.trim_start_matches(['-', '~', '+', '=']).trim_start();
    let first = words.split(|one: char| !one.is_ascii_alphanumeric()).next().unwrap_or_default();
    match open {
        "{{{" => Some(false),
        "{{" => {
            // Erlang terms, for example, also begin with two braces.
            let begins = |one: char| {
                one.is_ascii_alphanumeric() || one.is_whitespace() || "._$\"'`(#/^!>&-~+*@|".contains(one)
            };
            if !inner.starts_with(begins) {
                return None;
            }
            let assigns = words.starts_with('$') && words.contains(":=");
            let marked = words.starts_with(['#', '/', '^', '!', '>']) || words.starts_with("else");
            Some(assigns || marked || WORDS.contains(&first))
        }
        "<%" => Some(!inner.starts_with('=')),
        // Date and printf formats look similar.
        "%{" => WORDS.contains(&first).then_some(true),
        "{#" => (inner.len() < 2_000).then_some(true),
        _ => Some(true),
    }
}

/// Whether a tag is alone on its lines, so that it may print any number of whole lines.
fn is_alone(text: &str, tag: &Tag) -> bool {
    let before = text.slice(..tag.start);
    let behind = text.slice(tag.end..);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = behind.split('\n').next().unwrap_or_default();
    line.trim().is_empty() && rest.trim().is_empty()
}

#[cfg(test)]
mod tests;
