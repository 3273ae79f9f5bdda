//! Where entries and comments are: logical lines, separators, continuations. Resolves nothing.
//!
//! Invariants: spans come in the order of the text and do not overlap; every span begins and ends at a
//! character, since only ASCII bytes end one.

use kafka_upgrade_document::Span;

/// One key with its value, as spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From the first byte of the key's line to the end of the value's last line, without its line break.
    pub span: Span,
    /// The key as written, with its escapes.
    pub key: Span,
    /// What stands between key and value: blanks, at most one `=` or `:`, continuations; may be empty.
    pub separator: Span,
    /// The value as written, from its first to its last character, continuations between them included.
    pub value: Span,
}

/// A comment or an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// From `#` or `!` to the end of the line, without the line break.
    Comment(Span),
    /// A key with its value.
    Entry(Entry),
}

impl Item {
    /// All of it, without its last line break.
    #[must_use]
    pub const fn span(self) -> Span {
        match self {
            Self::Comment(span) => span,
            Self::Entry(entry) => entry.span,
        }
    }
}

/// What a stretch of text is. Together they are the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is; never empty.
    pub span: Span,
}

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Indentation, blank lines, line breaks, and continuations that nothing follows.
    Blank,
    /// [`Item::Comment`].
    Comment,
    /// [`Entry::key`].
    Key,
    /// [`Entry::separator`].
    Separator,
    /// [`Entry::value`].
    Value,
}

/// Every stretch of the text, in order; joined they are the text.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut done = 0;
    let mut push = |kind, span: Span| {
        if done < span.start {
            tokens.push(Token { kind: TokenKind::Blank, span: Span::new(done, span.start) });
        }
        if span.start < span.end {
            tokens.push(Token { kind, span });
        }
        done = span.end;
    };
    for item in items(text) {
        match item {
            Item::Comment(span) => push(TokenKind::Comment, span),
            Item::Entry(entry) => {
                push(TokenKind::Key, entry.key);
                push(TokenKind::Separator, entry.separator);
                push(TokenKind::Value, entry.value);
            }
        }
    }
    let end = text.len() as u32;
    push(TokenKind::Blank, Span::new(end, end));
    tokens
}

/// Comments and entries in the order of the text.
pub fn items(text: &str) -> impl Iterator<Item = Item> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let (item, next) = next_item(bytes, at)?;
        at = next;
        Some(item)
    })
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0c)
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}

fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_blank(*byte)) {
        at += 1;
    }
    at
}

/// Past the line break at `at`; CR LF is one.
pub(super) fn skip_break(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        _ => at + 1,
    }
}

/// Where the text goes on after a backslash at `at` that a line break follows; `None` where none follows.
pub(super) fn continuation(bytes: &[u8], at: usize) -> Option<usize> {
    let next = *bytes.get(at + 1)?;
    is_break(next).then(|| skip_blanks(bytes, skip_break(bytes, at + 1)))
}

fn next_item(bytes: &[u8], mut at: usize) -> Option<(Item, usize)> {
    let mut line = at;
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b' ' | b'\t' | 0x0c => at += 1,
            b'\n' | b'\r' => {
                at += 1;
                line = at;
            }
            b'#' | b'!' => {
                let rest = bytes.get(at..)?;
                let end =
                    rest.iter().position(|byte| is_break(*byte)).map_or(bytes.len(), |found| at + found);
                return Some((Item::Comment(span(at, end)), end));
            }
            b'\\' => match bytes.get(at + 1) {
                // A backslash alone on its line is as good as an empty line; but Java gives an empty key
                // with an empty value when it, or it and one more byte of line break, ends the text.
                Some(next) if is_break(*next) && at + 2 < bytes.len() => {
                    at = skip_break(bytes, at + 1);
                    line = at;
                }
                Some(next) if !is_break(*next) => return Some(entry(bytes, line, at)),
                _ => {
                    let empty = span(at, at);
                    let whole = span(line, bytes.len());
                    let found = Entry { span: whole, key: empty, separator: empty, value: empty };
                    return Some((Item::Entry(found), bytes.len()));
                }
            },
            _ => return Some(entry(bytes, line, at)),
        }
    }
}

/// The entry whose key begins at `at`, and where it ends.
fn entry(bytes: &[u8], line: usize, at: usize) -> (Item, usize) {
    let start = at;
    let mut key_end = at;
    let mut at = at;
    // The key: up to the first separator that no backslash precedes.
    let mut open = loop {
        match bytes.get(at) {
            Some(b'=' | b':' | b' ' | b'\t' | 0x0c) => break true,
            Some(b'\\') => match (continuation(bytes, at), bytes.get(at + 1)) {
                (Some(next), _) => at = next,
                (None, Some(_)) => {
                    at += 2;
                    key_end = at;
                }
                (None, None) => {
                    at += 1;
                    break false;
                }
            },
            Some(byte) if !is_break(*byte) => {
                at += 1;
                key_end = at;
            }
            _ => break false,
        }
    };
    // The separator: blanks, and one `=` or `:` among them.
    let mut value_start = key_end;
    let mut signed = false;
    while open {
        match bytes.get(at) {
            Some(byte) if is_blank(*byte) => {
                at += 1;
                value_start = at;
            }
            Some(b'=' | b':') if !signed => {
                signed = true;
                at += 1;
                value_start = at;
            }
            Some(b'\\') => match continuation(bytes, at) {
                Some(next) => at = next,
                None => break,
            },
            Some(byte) if !is_break(*byte) => break,
            _ => open = false,
        }
    }
    // The value: the rest of the logical line.
    if open {
        value_start = at;
    }
    let mut value_end = value_start;
    while open {
        match bytes.get(at) {
            Some(b'\\') => match (continuation(bytes, at), bytes.get(at + 1)) {
                (Some(next), _) => at = next,
                (None, Some(_)) => {
                    at += 2;
                    value_end = at;
                }
                (None, None) => {
                    at += 1;
                    open = false;
                }
            },
            Some(byte) if !is_break(*byte) => {
                at += 1;
                value_end = at;
            }
            _ => open = false,
        }
    }
    let found = Entry {
        span: span(line, at),
        key: span(start, key_end),
        separator: span(key_end, value_start),
        value: span(value_start, value_end),
    };
    (Item::Entry(found), at)
}
