//! Tokens of Java, Kotlin and Scala. Comments, and what is inside of strings, are no tokens: nothing in them is
//! ever read as code.
//!
//! Any text gives tokens, in linear time; what is left open ends at the end of its line or of the text.

use crate::Language;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// An identifier or keyword; its span leaves backticks out.
    Name,
    Number,
    /// A string of any sort, with its quotes.
    Text,
    /// A character, with its quotes.
    Character,
    /// One of `->`, `=>`, `::`, `?.`, `!!`, `==` and the like, or a single character.
    Symbol,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kind: TokenKind,
    pub(crate) text: &'a str,
    pub(crate) span: Span,
    /// Whether it is the first of its line.
    pub(crate) starts_line: bool,
}

const PAIRS: &[&str] = &[
    "->", "=>", "::", "?.", "!!", "<-", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "?:",
    "++", "--",
];

/// All tokens of a text.
pub(crate) fn tokens(text: &str, language: Language) -> Vec<Token<'_>> {
    let mut scan =
        Scan { text, bytes: text.as_bytes(), language, at: if text.starts_with('\u{feff}') { 3 } else { 0 } };
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(text.len() / 6);
    let mut starts_line = true;
    while let Some(byte) = scan.peek(0) {
        let start = scan.at;
        match byte {
            b'\n' | b'\r' => {
                starts_line = true;
                scan.at += 1;
                continue;
            }
            b' ' | b'\t' | 0x0c => {
                scan.at += 1;
                continue;
            }
            b'/' if scan.peek(1) == Some(b'/') => {
                scan.line();
                continue;
            }
            b'/' if scan.peek(1) == Some(b'*') => {
                scan.comment();
                continue;
            }
            _ => {}
        }
        let kind = scan.token(byte);
        let raw = text.slice(start..scan.at);
        let inner = if raw.starts_with('`') { raw.trim_matches('`') } else { raw };
        let from = (start + usize::from(inner.len() != raw.len())) as u32;
        let span = Span::new(from, from + inner.len() as u32);
        tokens.push(Token { kind, text: inner, span, starts_line });
        starts_line = false;
    }
    tokens
}

struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    language: Language,
    at: usize,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn starts(&self, what: &str) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(what.as_bytes()))
    }

    fn line(&mut self) {
        while self.peek(0).is_some_and(|byte| byte != b'\n' && byte != b'\r') {
            self.at += 1;
        }
    }

    /// Kotlin's and Scala's comments nest.
    fn comment(&mut self) {
        let mut depth = 0usize;
        while self.at < self.bytes.len() {
            if self.starts("/*") && (depth == 0 || self.language != Language::Java) {
                depth += 1;
                self.at += 2;
            } else if self.starts("*/") {
                depth = depth.saturating_sub(1);
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += 1;
            }
        }
    }

    /// Moves past one token.
    fn token(&mut self, byte: u8) -> TokenKind {
        match byte {
            b'"' => {
                self.string(false, 0);
                TokenKind::Text
            }
            b'\'' => self.quote(),
            b'`' => {
                self.at += 1;
                while self.peek(0).is_some_and(|byte| byte != b'`' && byte != b'\n') {
                    self.at += 1;
                }
                self.at += usize::from(self.peek(0) == Some(b'`'));
                TokenKind::Name
            }
            b'0'..=b'9' => {
                self.number();
                TokenKind::Number
            }
            _ if is_name(byte) => {
                while self.peek(0).is_some_and(|byte| is_name(byte) || byte.is_ascii_digit()) {
                    self.at += 1;
                }
                if self.language == Language::Scala && self.peek(0) == Some(b'"') {
                    self.string(true, 0);
                    return TokenKind::Text;
                }
                TokenKind::Name
            }
            _ => {
                let pair = PAIRS.iter().any(|pair| self.starts(pair));
                self.at += if pair { 2 } else { 1 };
                TokenKind::Symbol
            }
        }
    }

    /// From an opening quote past the closing one.
    fn string(&mut self, interpolated: bool, depth: u8) {
        let holes = self.language == Language::Kotlin || interpolated;
        let block = self.starts("\"\"\"");
        let escapes = !block || self.language == Language::Java;
        self.at += if block { 3 } else { 1 };
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' if escapes => self.at += 2,
                b'\n' | b'\r' if !block => return,
                b'$' if holes && self.peek(1) == Some(b'{') && depth < 20 => {
                    self.at += 2;
                    self.hole(depth, block);
                }
                b'"' if !block => {
                    self.at += 1;
                    return;
                }
                b'"' if self.starts("\"\"\"") => {
                    self.at += 3;
                    while self.language != Language::Java && self.peek(0) == Some(b'"') {
                        self.at += 1;
                    }
                    return;
                }
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.bytes.len());
    }

    /// Code within a string, past its closing brace.
    fn hole(&mut self, depth: u8, block: bool) {
        let mut braces = 1usize;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'"' => {
                    self.string(false, depth + 1);
                    continue;
                }
                b'\n' if !block => return,
                b'{' => braces += 1,
                b'}' => braces -= 1,
                _ => {}
            }
            self.at += 1;
            if braces == 0 {
                return;
            }
        }
    }

    /// A character, or the quote of a Scala symbol.
    fn quote(&mut self) -> TokenKind {
        let rest = self.text.slice(self.at + 1..);
        let mut characters = rest.char_indices();
        match characters.next() {
            Some((_, '\\')) => {
                self.at += 2;
                characters.next();
                self.at += characters.as_str().len().min(1);
                while self.peek(0).is_some_and(|byte| byte != b'\'' && byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
                self.at += usize::from(self.peek(0) == Some(b'\''));
                self.at = self.at.min(self.bytes.len());
                TokenKind::Character
            }
            Some((_, one)) if characters.next().is_some_and(|(_, close)| close == '\'') => {
                self.at += 2 + one.len_utf8();
                TokenKind::Character
            }
            _ => {
                self.at += 1;
                TokenKind::Symbol
            }
        }
    }

    fn number(&mut self) {
        let hexadecimal = self.peek(0) == Some(b'0') && matches!(self.peek(1), Some(b'x' | b'X'));
        while let Some(byte) = self.peek(0) {
            let fraction = byte == b'.' && self.peek(1).is_some_and(|next| next.is_ascii_digit());
            let before = self.at.checked_sub(1).and_then(|at| self.bytes.get(at));
            let sign = matches!(byte, b'+' | b'-') && matches!(before, Some(b'e' | b'E')) && !hexadecimal;
            if !(byte.is_ascii_alphanumeric() || byte == b'_' || fraction || sign) {
                return;
            }
            self.at += 1;
        }
    }
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, language: Language) -> Vec<&str> {
        tokens(text, language).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_are_no_tokens_and_nest_in_kotlin_and_scala() {
        let text = "a /* b /* c */ d */ e // f\ng";
        assert_eq!(texts(text, Language::Java), ["a", "d", "*", "/", "e", "g"]);
        assert_eq!(texts(text, Language::Kotlin), ["a", "e", "g"]);
        assert_eq!(texts(text, Language::Scala), ["a", "e", "g"]);
    }

    #[test]
    fn strings_are_one_token_with_everything_inside() {
        assert_eq!(texts(r#"f("a\"b", '"', '\'', "\\")"#, Language::Java).len(), 10);
        assert_eq!(texts("\"\"\"\n a \"b\" \\\"\"\" c\n\"\"\" d", Language::Java).len(), 2);
        assert_eq!(texts("\"\"\"\\\"\"\" d", Language::Kotlin), ["\"\"\"\\\"\"\"", "d"]);
        assert_eq!(texts("\"${m[\"k\"]} x\" d", Language::Kotlin), ["\"${m[\"k\"]} x\"", "d"]);
        assert_eq!(texts("s\"${m(\"k\")} x\" d", Language::Scala), ["s\"${m(\"k\")} x\"", "d"]);
        assert_eq!(texts("\"open\nnext", Language::Java), ["\"open", "next"]);
    }

    #[test]
    fn a_scala_symbol_is_no_character_and_a_number_ends_before_a_method() {
        assert_eq!(texts("'a' 'sym x", Language::Scala), ["'a'", "'", "sym", "x"]);
        assert_eq!(
            texts("1.5f 10L.x 1..2 0x1e+1", Language::Kotlin),
            ["1.5f", "10L", ".", "x", "1", ".", ".", "2", "0x1e", "+", "1"]
        );
    }

    #[test]
    fn backticks_are_left_out() {
        assert_eq!(texts("`when`(x)", Language::Kotlin), ["when", "(", "x", ")"]);
        assert_eq!(tokens("`a", Language::Scala).len(), 1);
    }
}
