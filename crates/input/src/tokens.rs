//! Light tokens of any language: words, strings and single signs, each with its place.
//!
//! Enough to find a key with its value, and a name that is assigned. What is *not* here: grammars; what a comment
//! holds is left out. Invariant: tokens come in the order of the text and do not overlap.

use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::Span;

/// One token; its text is without quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    pub(crate) kind: TokenKind,
    pub(crate) text: &'t str,
    /// With its quotes.
    pub(crate) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, digits, `_`, `.`, `$`.
    Word,
    /// What stands in quotes.
    Text,
    /// Any other sign.
    Sign,
}

/// How comments begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comments {
    /// `#`, at the beginning of a word.
    Hash,
    /// `//` and `/* */`.
    Slashes,
    /// All of these.
    Both,
    /// `--` and `/* */`.
    Dashes,
    /// `%`, as in Erlang.
    Percent,
}

/// More of a text is not looked at: whoever has more has a bundle and no source.
const MAX_SCANNED_BYTES: usize = 1 << 20;

/// How often a text is gone through, all in all, for ends of quotes that are not there.
const MAX_SEARCHES: usize = 8;
/// Bytes in which the end of a quote is looked for when that is used up.
const NEAR_BYTES: usize = 1_000;

/// Reads the tokens of a text.
pub(crate) fn read(text: &str, comments: Comments) -> Vec<Token<'_>> {
    let text = text.slice(..text.floor_char_boundary(MAX_SCANNED_BYTES));
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut before = '\n';
    let mut left = text.len() * MAX_SEARCHES;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else if let Some(length) = comment(rest, before, comments) {
            length
        } else {
            let (kind, inner, length) = token(rest, first, before, &mut left);
            let span = Span::new(at as u32, (at + length) as u32);
            tokens.push(Token { kind, text: inner, span });
            length
        };
        before = text.get(at..at + length).and_then(|one| one.chars().next_back()).unwrap_or(' ');
        at += length.max(1);
    }
    tokens
}

/// The length of a comment that begins here.
fn comment(rest: &str, before: char, comments: Comments) -> Option<usize> {
    use Comments::{Both, Dashes, Hash, Percent, Slashes};
    let line = || rest.find('\n').unwrap_or(rest.len());
    let opens_block = matches!(comments, Slashes | Both | Dashes) && rest.starts_with("/*");
    if opens_block {
        return Some(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    let is_line = match comments {
        Hash => rest.starts_with('#'),
        Slashes => rest.starts_with("//"),
        // `#[attribute]` of PHP is none.
        Both => rest.starts_with("//") || rest.starts_with('#') && !rest.starts_with("#["),
        Dashes => rest.starts_with("--"),
        Percent => rest.starts_with('%'),
    };
    let is_free = before.is_whitespace() || matches!(before, ';' | '{' | '}' | '(' | ')' | ',' | '[' | ']');
    (is_line && is_free).then(line)
}

/// The token with which a text begins, what is in it, and its length. `left` is how many bytes may be searched in vain.
fn token<'t>(rest: &'t str, first: char, before: char, left: &mut usize) -> (TokenKind, &'t str, usize) {
    if is_of_word(first) {
        let end = rest.find(|one: char| !is_of_word(one)).unwrap_or(rest.len());
        // A full stop ends a sentence.
        let word = rest.slice(..end).trim_end_matches('.');
        let word = if word.is_empty() { rest.slice(..end) } else { word };
        return (TokenKind::Word, word, word.len());
    }
    if matches!(first, '"' | '\'' | '`') {
        let near = if *left > 0 { rest } else { rest.slice(..rest.floor_char_boundary(NEAR_BYTES)) };
        match quoted(near, first, before) {
            Ok((inner, length)) => return (TokenKind::Text, inner, length),
            Err(searched) => *left = left.saturating_sub(searched),
        }
    }
    let length = first.len_utf8();
    (TokenKind::Sign, rest.slice(..length), length)
}

fn is_of_word(one: char) -> bool {
    one.is_alphanumeric() || matches!(one, '_' | '.' | '$')
}

/// A text in quotes, and its length with them. Those of one line end with it; a quote that nothing closes is a sign, as
/// in lifetimes of Rust and in prose.
///
/// # Errors
///
/// How many bytes were searched in vain.
fn quoted(rest: &str, first: char, before: char) -> Result<(&str, usize), usize> {
    for quote in ["\"\"\"", "'''"] {
        if let Some(inner) = rest.strip_prefix(quote) {
            let (inner, _) = inner.split_once(quote).ok_or(inner.len())?;
            return Ok((inner, inner.len() + 2 * quote.len()));
        }
    }
    if first == '\'' && before.is_alphanumeric() {
        return Err(0);
    }
    let inner = rest.slice(1..);
    let mut escaped = false;
    for (at, one) in inner.char_indices() {
        match one {
            _ if escaped => escaped = false,
            '\\' if first != '`' => escaped = true,
            '\n' if first != '`' => return Err(at),
            _ if one == first => return Ok((inner.slice(..at), at + 2)),
            _ => {}
        }
    }
    Err(inner.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, comments: Comments) -> Vec<String> {
        read(text, comments).iter().map(|one| one.text.to_owned()).collect()
    }

    #[test]
    fn words_strings_and_signs_stand_where_they_are_and_comments_are_left_out() {
        let text = "conf = {\"a.b\": False}  # \"c\": 1\nx.y('z')";
        assert_eq!(
            texts(text, Comments::Hash),
            ["conf", "=", "{", "a.b", ":", "False", "}", "x.y", "(", "z", ")"]
        );
        let all = read(text, Comments::Hash);
        assert!(all.iter().all(|one| one.span.of(text).contains(one.text)));
        assert_eq!(texts("a /* b */ \"// c\" // d", Comments::Slashes), ["a", "// c"]);
        assert_eq!(texts("'a#b' -- c", Comments::Dashes), ["a#b"]);
    }

    #[test]
    fn a_long_line_of_quotes_that_nothing_closes_has_its_words_all_the_same() {
        // Each of them escapes the next one.
        let text = "\\\"a ".repeat(50_000);
        assert_eq!(read(&text, Comments::Hash).len(), 150_000);
        assert_eq!(read(&"''' ".repeat(50_000), Comments::Hash).len(), 25_000);
    }

    #[test]
    fn a_quote_that_nothing_closes_swallows_nothing() {
        assert_eq!(texts("fn f<'a>(x: &'a str)", Comments::Slashes).last().map(String::as_str), Some(")"));
        assert_eq!(texts("don't \"x\"", Comments::Hash), ["don", "'", "t", "x"]);
        assert_eq!(texts("\"a\nb", Comments::Hash), ["\"", "a", "b"]);
    }
}
