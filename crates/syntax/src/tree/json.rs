//! JSON, with the comments that people write into it.
//!
//! Tokens are those of `jsonc-parser`; what may follow what is decided here, so that a broken text is read up to
//! its fault. Several values one after another are several roots.

use jsonc_parser::errors::ParseError;
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

use std::borrow::Cow;

use kafka_upgrade_document::template;

use super::{Builder, Node, Scalar, Style, Tree, fault, too_deep};
use kafka_upgrade_document::Span;

/// What has to come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A key in a map, a value in a list or at the top; or the end of what is open.
    Item,
    /// A value behind a colon.
    Value,
    /// The colon behind a key.
    Colon,
    /// A comma, or the end of what is open.
    Comma,
}

/// Reads a text.
pub fn read(text: &str) -> Tree {
    let mut builder = Builder::default();
    let (text, shift) = text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, 3));
    // What a template prints is a number here, and what it decides with is blank.
    let masked = template::mask(text);
    let problem = tokens(&numbered(&masked.text, text), text, shift, &mut builder).err();
    let problem = problem.map(|(what, start, end)| {
        fault("JSON", &what, Span::new((start + shift) as u32, (end + shift) as u32))
    });
    let problem = problem.or(builder.too_deep.map(too_deep));
    Tree { roots: builder.finish(), problem }
}

/// Digits for the letters that hide what a template prints: the scanner takes no word as a value.
fn numbered<'m>(masked: &'m str, written: &str) -> Cow<'m, str> {
    if masked == written {
        return Cow::Borrowed(masked);
    }
    let mut digits = String::with_capacity(masked.len());
    let mut rest = masked;
    while let Some(found) = rest.find('x') {
        let (before, from) = rest.split_at_checked(found).unwrap_or((rest, ""));
        digits.push_str(before);
        let behind = from.trim_start_matches('x');
        let (start, length) = (digits.len(), from.len() - behind.len());
        let is_hidden = written.get(start..start + length) != masked.get(start..start + length);
        digits.extend(std::iter::repeat_n(if is_hidden { '1' } else { 'x' }, length));
        rest = behind;
    }
    digits.push_str(rest);
    Cow::Owned(digits)
}

/// What is wrong, and the bytes at which it is.
type Fault = (String, usize, usize);

fn tokens(text: &str, written: &str, shift: usize, builder: &mut Builder) -> Result<(), Fault> {
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    let mut next = Next::Item;
    // The builder does not keep levels that are too deep, so open brackets are counted here.
    let mut open = Vec::new();
    let refused = |error: ParseError| {
        let range = error.range();
        (error.kind().to_string(), range.start, range.end)
    };
    while let Some(token) = scanner.scan().map_err(refused)? {
        let (start, end) = (scanner.token_start(), scanner.token_end());
        let key = next == Next::Item && open.last() == Some(&'{');
        let inner =
            |by: usize| Span::new((start + by + shift) as u32, (end - by.min(end - start) + shift) as u32);
        let scalar = match &token {
            Token::CommentLine(_) | Token::CommentBlock(_) => continue,
            Token::String(value) => {
                let single = text.get(start..).is_some_and(|rest| rest.starts_with('\''));
                let style = if single { Style::Single } else { Style::Double };
                Some(Scalar { text: value.to_string(), span: inner(1), style })
            }
            // Bare words are keys only, or what a template prints.
            Token::Word(_) if !key && text.get(start..end) == written.get(start..end) => None,
            Token::Word(_) | Token::Boolean(_) | Token::Number(_) | Token::Null => {
                Some(Scalar { text: token.as_str().to_owned(), span: inner(0), style: Style::Plain })
            }
            _ => None,
        };
        let scalar = scalar.map(|scalar| with_placeholders(text, written, shift, scalar));
        next = match (token, scalar, next) {
            (_, Some(scalar), Next::Item | Next::Value) => {
                builder.add(Node::Scalar(scalar));
                if key { Next::Colon } else { after(&open) }
            }
            (Token::OpenBrace, _, Next::Item | Next::Value) if !key => {
                builder.open(Node::Map(Vec::new()), 0, inner(0));
                open.push('{');
                Next::Item
            }
            (Token::OpenBracket, _, Next::Item | Next::Value) if !key => {
                builder.open(Node::List(Vec::new()), 0, inner(0));
                open.push('[');
                Next::Item
            }
            (Token::Colon, _, Next::Colon) => Next::Value,
            (Token::Comma, _, Next::Comma) if !open.is_empty() => Next::Item,
            (Token::CloseBrace, _, Next::Item | Next::Comma) if open.last() == Some(&'{') => {
                open.pop();
                close(builder);
                after(&open)
            }
            (Token::CloseBracket, _, Next::Item | Next::Comma) if open.last() == Some(&'[') => {
                open.pop();
                close(builder);
                after(&open)
            }
            (_, _, due) => {
                let due = match (due, open.last()) {
                    (Next::Item, Some('{')) => "a key in double quotes is due",
                    (Next::Item | Next::Value, _) => "a value is due",
                    (Next::Colon, _) => "a colon is due",
                    (Next::Comma, _) => "a comma is due",
                };
                return Err((due.to_owned(), start, end));
            }
        };
    }
    match open.last() {
        None => Ok(()),
        Some('{') => Err(("a closing } is missing".to_owned(), text.len(), text.len())),
        Some(_) => Err(("a closing ] is missing".to_owned(), text.len(), text.len())),
    }
}

/// A scalar as it is written where a template hides something of it.
fn with_placeholders(text: &str, written: &str, shift: usize, scalar: Scalar) -> Scalar {
    let range = scalar.span.start as usize - shift..scalar.span.end as usize - shift;
    match (text.get(range.clone()), written.get(range)) {
        (Some(masked), Some(written)) if masked != written => Scalar { text: written.to_owned(), ..scalar },
        _ => scalar,
    }
}

fn close(builder: &mut Builder) {
    if let Some((node, _)) = builder.close() {
        builder.add(node);
    }
}

/// Behind a value: at the top the next one may follow at once.
fn after(open: &[char]) -> Next {
    if open.is_empty() { Next::Item } else { Next::Comma }
}
