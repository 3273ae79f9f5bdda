//! Values behind names: `key=value`, `"key": "value"`, `put("key", "value")`, `--key value`, `<key>value</key>`, and
//! the value beside a name (`name: X_PASSWORD`, `value: …`), in any kind of text.
//!
//! `scanner` knows the places of a text, `literals` and `plain` read a value; here is which value belongs to a name.
//! What is *not* here: what a parser of the language knows. Invariants: nothing fails, each byte is looked at a bounded
//! number of times, spans lie on borders of characters.

mod literals;
mod plain;
mod scanner;

use super::keys::{self, Held};
use super::values;
use crate::slice::Slice as _;
pub use scanner::Syntax;
use scanner::{Found, MAX_VALUE_BYTES, Scanner, is_name, is_quote};

/// Longest distance, in bytes, from a name to its value in a sibling entry.
const MAX_SIBLING_BYTES: usize = 400;

/// The secrets that a text shows by names.
pub(super) struct Scan {
    /// Every value behind the name of a secret, in the order of the names.
    pub(super) found: Vec<Found>,
    /// Whether any such name occurs, even if its value was not found.
    pub(super) names_one: bool,
}

/// Looks at every name of a text.
pub(super) fn scan(text: &str, syntax: Syntax) -> Scan {
    let mut scanner = Scanner::new(text, syntax);
    let mut at = 0;
    while let Some(start) = scanner.name_start(at) {
        let end = scanner.name_end(start);
        scanner.name(start, end);
        at = end.max(start + 1);
    }
    Scan { found: scanner.found, names_one: scanner.names_one }
}

impl Scanner<'_> {
    /// Looks at one name: whether it is that of a secret, and where its value is.
    fn name(&mut self, start: usize, end: usize) {
        let Some(written) = self.text.get(start..end) else { return };
        if written.len() > keys::MAX_NAME_BYTES {
            return;
        }
        let held = if written.contains('\\') {
            keys::held(&values::unescaped(written))
        } else {
            keys::held(written)
        };
        if held != Held::Nothing {
            self.names_one = true;
            self.value_of(start, end, held);
        } else if self.logins && written.starts_with("user_") {
            let equals = self.skip_blanks(end);
            let value = self.skip_blanks(equals + 1);
            if self.byte(equals) == b'=' && (is_quote(self.byte(value)) || self.byte(value) == b'\\') {
                self.literal(value, Held::Secret);
            }
        }
    }

    /// Finds what belongs to the name of a secret.
    fn value_of(&mut self, start: usize, end: usize, held: Held) {
        if self.syntax == Syntax::Xml && self.before(start) == b'<' {
            self.element(end, held);
            return;
        }
        let before = self.before(start);
        let head = self.line_before(start);
        let in_placeholder = head.rfind("${").is_some_and(|open| !head.slice(open..).contains('}'));
        let in_path = before == b'/' && start.checked_sub(2).is_some_and(|at| is_name(self.byte(at)));
        if in_placeholder || in_path {
            return;
        }
        let mut at = end;
        let quoted = is_quote(before) && {
            let quote = if self.byte(at) == b'\\' { at + 1 } else { at };
            let closes = self.byte(quote) == before;
            if closes {
                at = quote + 1;
            }
            closes
        };
        while quoted && matches!(self.byte(at), b']' | b')') {
            at += 1;
        }
        if self.byte(at) == b'(' && !quoted {
            self.arguments(at + 1, held);
            return;
        }
        let sign = self.skip_blanks(at);
        let rest = self.text.slice(sign..);
        let in_code = matches!(self.syntax, Syntax::Code | Syntax::Json);
        for assigns in ["->", "=>", "::=", ":=", "+=", "==", "=", ":"] {
            let Some(behind) = rest.strip_prefix(assigns) else { continue };
            if behind.starts_with("//") && assigns == ":" {
                return;
            }
            let value = self.skip_blanks(sign + assigns.len());
            if !self.assigned(start, value, assigns, quoted, held) {
                self.sibling(at, held);
            }
            return;
        }
        if self.byte(sign) == b',' && (quoted || in_code) {
            let value = self.skip_space(sign + 1);
            let is_key = self.literal_end(value).is_some_and(|end| {
                let sign = self.skip_blanks(end);
                matches!(self.byte(sign), b':' | b'=')
            });
            if is_key || !self.literal(value, held) {
                self.sibling(at, held);
            }
        } else if quoted && rest.starts_with("to ") {
            self.literal(self.skip_space(sign + 3), held);
        } else if quoted && self.syntax == Syntax::Xml && self.byte(sign) == b'>' {
            let end = self.find(sign + 1, b'<');
            self.push(sign + 1, end, held);
        } else if sign > at && !quoted && !self.is_line_end(sign) {
            self.blank(start, sign, held);
        } else {
            self.sibling(at, held);
        }
    }

    /// `<key a="b">value</key>`.
    fn element(&mut self, at: usize, held: Held) {
        let close = self.find(at, b'>');
        if self.before(close) == b'/' || close >= self.bytes.len() {
            return;
        }
        let rest = self.text.slice(close + 1..);
        let (start, end) = match rest.trim_start().strip_prefix("<![CDATA[") {
            Some(inner) => {
                let start = self.text.len() - inner.len();
                (start, start + inner.find("]]>").unwrap_or(inner.len()).min(MAX_VALUE_BYTES))
            }
            None => (close + 1, self.find(close + 1, b'<')),
        };
        self.push(start, end, held);
    }

    /// A value behind `=`, `:` and the like; whether there is one.
    fn assigned(&mut self, name: usize, at: usize, sign: &str, quoted: bool, held: Held) -> bool {
        if self.is_line_end(at) {
            return match self.syntax {
                Syntax::Yaml if sign == ":" => self.indented(name, at, held),
                Syntax::Json | Syntax::Code => self.literal(self.skip_space(at), held),
                _ if quoted => self.literal(self.skip_space(at), held),
                _ => false,
            };
        }
        let mut at = at;
        if self.syntax == Syntax::Yaml {
            // Tags and anchors stand before the value.
            while matches!(self.byte(at), b'!' | b'&') && sign == ":" {
                let rest = self.text.slice(at..);
                let word = rest.find([' ', '\n', '\r']).unwrap_or(rest.len());
                at = self.skip_blanks(at + word);
            }
            let rest = self.text.slice(at..self.line_end(at));
            let is_block = sign == ":"
                && rest.starts_with(['|', '>'])
                && rest.split('#').next().unwrap_or_default().trim().len() <= 3;
            if is_block || self.is_line_end(at) {
                return self.indented(name, self.line_end(at), held);
            }
        }
        if self.is_literal(at) {
            return self.literal(at, held);
        }
        match self.byte(at) {
            b'[' => return self.list(at + 1, held),
            b'{' => return false,
            _ => {}
        }
        // Pairs within a literal: `jdbc:…?user=u&password=p`, `Endpoint=…;SharedAccessKey=…`.
        let in_literal =
            sign == "=" && matches!(self.before(name), b'&' | b'?' | b';') && self.before(at) == b'=';
        if matches!(self.syntax, Syntax::Code | Syntax::Json) && !in_literal {
            return self.expression(at, sign, held);
        }
        let end = self.plain_end(name, at, sign);
        // A comment of the same line is no part of a YAML value.
        self.push(at, end, held)
    }

    /// The value in the entry after a name: `name: X_PASSWORD` and `value: v`, with any quotes and signs between
    /// them.
    fn sibling(&mut self, at: usize, held: Held) {
        const NAMES: [&str; 6] = ["value", "val", "parametervalue", "defaultvalue", "default", "content"];
        let mut end = (at + MAX_SIBLING_BYTES).min(self.bytes.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let near = self.text.slice(at..end);
        // Not past the end of the entry that the name is in.
        let near = near.split(['}', '<', ')']).next().unwrap_or_default();
        let mut lines = 0;
        let mut from = at;
        while lines < 5 {
            let Some(start) = self.name_start(from).filter(|start| *start < at + near.len()) else { return };
            lines += self.text.slice(from..start).matches('\n').count();
            let stop = self.name_end(start);
            let word = self.text.slice(start..stop);
            if self.before(start) == b' ' && self.text.slice(from..start).trim_start().starts_with("- ") {
                return;
            }
            if NAMES.iter().any(|name| word.eq_ignore_ascii_case(name)) {
                let mut sign = stop;
                if is_quote(self.byte(sign)) {
                    sign += 1;
                }
                sign = self.skip_blanks(sign);
                if matches!(self.byte(sign), b':' | b'=') {
                    let value = self.skip_blanks(sign + 1);
                    let sign = if self.byte(sign) == b':' { ":" } else { "=" };
                    self.assigned(start, value, sign, true, held);
                }
                return;
            }
            from = stop.max(start + 1);
        }
    }
}
