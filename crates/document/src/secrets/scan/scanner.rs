//! A text, the places in it that a scan asks for (where names, blanks and lines begin and end), and the values found.
//!
//! What is *not* here: which value belongs to a name. Invariants: any place may be asked for, also one behind the end;
//! the end of one long line is searched once.

use crate::slice::Slice as _;
use std::cell::Cell;

use crate::Span;
use crate::secrets::keys::Held;
use crate::secrets::values::{self, is_open};

/// How a text writes a key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A value goes to the end of its line.
    Lines,
    /// As [`Self::Lines`] behind a colon, with blocks and continued scalars.
    Yaml,
    /// Words of a shell.
    Shell,
    /// Only literals are values; anything else refers to one by name.
    Code,
    /// JSON: literals, over lines.
    Json,
    /// Elements and attributes.
    Xml,
}

/// Longest value that is followed over lines, in bytes.
pub(super) const MAX_VALUE_BYTES: usize = 32 * 1024;

/// A value that was found.
#[derive(Clone, Copy, Debug)]
pub(in crate::secrets) struct Found {
    pub(in crate::secrets) span: Span,
    pub(in crate::secrets) held: Held,
}

/// What is read, and what was found in it so far.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) syntax: Syntax,
    /// Whether the text names a login module, so that `user_NAME` is one of its options.
    pub(super) logins: bool,
    /// The rest of a line that was searched last, so that one long line is not searched again for each name.
    line: Cell<(usize, usize)>,
    pub(super) names_one: bool,
    pub(super) found: Vec<Found>,
}

pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80
}

pub(super) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, syntax: Syntax) -> Self {
        let logins = text.contains("LoginModule");
        let line = Cell::new((0, 0));
        Self { text, bytes: text.as_bytes(), syntax, logins, line, names_one: false, found: Vec::new() }
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    pub(super) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |at| self.byte(at))
    }

    pub(super) fn name_start(&self, from: usize) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        let start = rest.iter().position(|byte| is_name(*byte) && !matches!(byte, b'-' | b'.'))?;
        Some(from + start)
    }

    pub(super) fn name_end(&self, start: usize) -> usize {
        let rest = self.bytes.slice(start..);
        // `\u0061` stands for a letter where keys are escaped.
        let mut at = 0;
        while let Some(byte) = rest.get(at) {
            if is_name(*byte) {
                at += 1;
            } else if *byte == b'\\' && rest.get(at + 1) == Some(&b'u') {
                at += 2;
            } else {
                break;
            }
        }
        start + at
    }

    /// The first byte from here that is no blank of a line.
    pub(super) fn skip_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t') {
            at += 1;
        }
        at
    }

    pub(super) fn skip_space(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t' | b'\n' | b'\r') {
            at += 1;
        }
        at
    }

    pub(super) fn is_line_end(&self, at: usize) -> bool {
        at >= self.bytes.len() || matches!(self.byte(at), b'\n' | b'\r')
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        let (from, to) = self.line.get();
        if from <= at && at < to {
            return to;
        }
        let rest = self.bytes.slice(at..);
        let end = at + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        self.line.set((at, end));
        end
    }

    /// The text before a position on its line, limited in length.
    pub(super) fn line_before(&self, at: usize) -> &str {
        let first = at.saturating_sub(200);
        let line = self.bytes.slice(first..at);
        let start = line.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
        let mut start = first + start;
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        self.text.slice(start..at)
    }

    pub(super) fn find(&self, at: usize, wanted: u8) -> usize {
        let rest = self.bytes.slice(at..);
        let near = rest.get(..MAX_VALUE_BYTES).unwrap_or(rest);
        at + near.iter().position(|byte| *byte == wanted).unwrap_or(near.len())
    }

    /// Keeps the value between two places; whether there is one.
    pub(super) fn push(&mut self, start: usize, end: usize, held: Held) -> bool {
        let written = self.text.slice(start..end);
        let value = written.trim();
        let is_value = match held {
            Held::Nothing => false,
            Held::Pair => values::is_pair(value),
            Held::Secret | Held::Login => !is_open(value),
        };
        if is_value {
            let start = start + (written.len() - written.trim_start().len());
            let span = Span::new(start as u32, (start + value.len()) as u32);
            self.found.push(Found { span, held });
        }
        is_value
    }
}
