//! Values in quotes: literals, those that are joined or listed, and those within a call or behind a type.
//!
//! What is *not* here: words without quotes (`plain`), and whose value a literal is. Invariants: of one call or list a
//! bounded number of literals is read; one that nothing closes ends with its line.

use super::scanner::{MAX_VALUE_BYTES, Scanner, Syntax, is_quote};
use crate::secrets::keys::Held;
use crate::secrets::values;
use crate::slice::Slice as _;

/// Arguments of one call that are looked at.
const MAX_ARGUMENTS: usize = 8;

impl Scanner<'_> {
    pub(super) fn is_literal(&self, at: usize) -> bool {
        let prefix = self
            .bytes
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take(3)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let at = if prefix <= 2 && self.syntax == Syntax::Code { at + prefix } else { at };
        is_quote(self.byte(at))
            || (self.byte(at) == b'\\' && is_quote(self.byte(at + 1)))
            || (self.byte(at) == b'$' && self.byte(at + 1) == b'\'')
    }

    /// For a literal: start and end of its content, and its own end.
    pub(super) fn literal_parts(&self, at: usize) -> Option<(usize, usize, usize)> {
        let rest = self.bytes.get(at..)?;
        let mut open =
            at + rest.iter().take(2).take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'$').count();
        let escaped = self.byte(open) == b'\\';
        open += usize::from(escaped);
        let quote = self.byte(open);
        if !is_quote(quote) {
            return None;
        }
        let triple = [quote; 3];
        let is_triple = !escaped
            && self.bytes.get(open..open + 3) == Some(triple.as_slice())
            && self.syntax == Syntax::Code;
        let start = open + if is_triple { 3 } else { 1 };
        let many_lines =
            is_triple || matches!(self.syntax, Syntax::Yaml | Syntax::Shell | Syntax::Json | Syntax::Xml);
        let mut end = start;
        loop {
            let byte = self.byte(end);
            if end >= self.bytes.len()
                || end - start > MAX_VALUE_BYTES
                || (!many_lines && matches!(byte, b'\n' | b'\r'))
            {
                break;
            }
            if escaped && byte == b'\\' && self.byte(end + 1) == quote {
                return Some((start, end, end + 2));
            }
            if byte == b'\\' && !escaped && quote != b'\'' {
                end += 2;
                continue;
            }
            if byte == quote
                && !escaped
                && (!is_triple || self.bytes.get(end..end + 3) == Some(triple.as_slice()))
            {
                return Some((start, end, end + if is_triple { 3 } else { 1 }));
            }
            end += 1;
        }
        // It has no closing quote: the rest of the line is taken.
        let end = self.line_end(start);
        Some((start, end, end))
    }

    pub(super) fn literal_end(&self, at: usize) -> Option<usize> {
        self.literal_parts(at).map(|(.., end)| end)
    }

    /// Records a literal and those joined to it; false if there is none here.
    pub(super) fn literal(&mut self, at: usize, held: Held) -> bool {
        if !self.is_literal(at) {
            return false;
        }
        let mut at = at;
        let mut any = false;
        for _ in 0..MAX_ARGUMENTS {
            let Some((start, end, behind)) = self.literal_parts(at) else { break };
            any |= self.push(start, end, held);
            let plus = self.skip_space(behind);
            at = self.skip_space(plus + 1);
            if self.byte(plus) != b'+' || !self.is_literal(at) {
                break;
            }
        }
        any
    }

    /// `["a", "b"]`, or a word of brackets as `[hidden]`.
    pub(super) fn list(&mut self, mut at: usize, held: Held) -> bool {
        let mut any = false;
        for _ in 0..64 {
            at = self.skip_space(at);
            let Some(end) = self.literal_end(at).filter(|_| self.is_literal(at)) else { break };
            any |= self.literal(at, held);
            at = self.skip_space(end);
            if self.byte(at) != b',' {
                break;
            }
            at += 1;
        }
        any
    }

    /// Records what code assigns if it does not begin with a literal: after a type, or within a call.
    pub(super) fn expression(&mut self, at: usize, sign: &str, held: Held) -> bool {
        let rest = self.bytes.slice(at..self.line_end(at));
        let near = rest.get(..160).unwrap_or(rest);
        let Some(quote) = near.iter().position(|byte| is_quote(*byte)) else {
            // A number is a literal as well.
            let digits = near.iter().take_while(|byte| byte.is_ascii_digit()).count();
            return digits >= 4 && self.push(at, at + digits, held);
        };
        let between = self.text.slice(at..at + quote);
        let is_type = sign == ":" && between.trim_end().ends_with('=');
        let is_call = between.trim_end().ends_with('(');
        if between.contains([';', '"', '{']) || !(is_type || is_call) || values::looks_up(between) {
            return false;
        }
        self.literal(at + quote, held)
    }

    /// The literals between the brackets of a call.
    pub(super) fn arguments(&mut self, mut at: usize, held: Held) {
        for _ in 0..MAX_ARGUMENTS {
            at = self.skip_space(at);
            // Code in which a literal becomes the value: `new Password("x")`, `char[] {…}`, names.
            let rest = self.bytes.slice(at..);
            let near = rest.get(..120).unwrap_or(rest);
            let Some(next) =
                near.iter().position(|byte| is_quote(*byte) || matches!(byte, b')' | b';' | b'\n'))
            else {
                return;
            };
            if !is_quote(self.byte(at + next)) {
                return;
            }
            let between = self.text.slice(at..at + next);
            let Some(end) = self.literal_end(at + next) else { return };
            if !values::looks_up(between) {
                self.literal(at + next, held);
            }
            at = end;
        }
    }
}
