//! Values without quotes: the rest of a line, a word of a command, words of a sentence, and lines of a YAML block.
//!
//! What is *not* here: literals (`literals`), and whose value it is. Invariants: spans lie on borders of characters.

use super::scanner::{MAX_VALUE_BYTES, Scanner, Syntax, is_quote};
use crate::secrets::keys::Held;
use crate::secrets::values;
use crate::slice::Slice as _;

/// Longest word of a command, in bytes.
const MAX_WORD_BYTES: usize = 4 * 1024;

impl Scanner<'_> {
    /// The end of a value without quotes.
    pub(super) fn plain_end(&self, name: usize, at: usize, sign: &str) -> usize {
        let line_end = self.line_end(at);
        let line = self.bytes.slice(at..line_end);
        let near = line.get(..MAX_WORD_BYTES).unwrap_or(line);
        let opened = self.before(name);
        let head = self.line_before(name);
        let lead = head.trim_start_matches([' ', '\t', '-', '#', '!', '/', '*', ';', '"', '\'']);
        let starts_line = lead.is_empty();
        // Quotes around the whole assignment were opened before the name.
        if is_quote(opened) {
            let escapes = |end: usize| end > 0 && near.get(end - 1) == Some(&b'\\');
            let end = (0..near.len()).find(|end| near.get(*end) == Some(&opened) && !escapes(*end));
            if let Some(end) = end {
                return at + end;
            }
        }
        let whole_line = match self.syntax {
            Syntax::Lines => starts_line || lead.starts_with("set ") || lead.starts_with("export "),
            Syntax::Yaml => starts_line,
            _ => false,
        };
        if whole_line {
            let comment = |end: &usize| {
                self.syntax == Syntax::Yaml
                    && sign == ":"
                    && line.get(*end..*end + 2) == Some(b" #".as_slice())
            };
            let end = at + (0..line.len()).find(comment).unwrap_or(line.len());
            return if self.syntax == Syntax::Lines { self.continued_end(end) } else { end };
        }
        // Within a list of pairs a comma or bracket ends it as well.
        let nested = matches!(opened, b'[' | b',' | b'{' | b'(' | b'?' | b'&' | b';');
        let mut end = 0;
        let mut quote = 0;
        while let Some(byte) = near.get(end).copied() {
            if quote != 0 {
                if byte == quote {
                    quote = 0;
                }
            } else if matches!(byte, b'"' | b'\'')
                && self.syntax == Syntax::Shell
                && end > 0
                && !is_quote(opened)
            {
                quote = byte;
            } else if byte == b'\\' {
                end += 1;
            } else if matches!(byte, b' ' | b'\t' | b';' | b'|' | b'&' | b'"' | b'\'' | b'`' | b'<' | b'>')
                || (nested && matches!(byte, b',' | b']' | b')' | b'}'))
            {
                break;
            }
            end += 1;
        }
        let mut end = (at + end.min(line.len())).min(line_end);
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        end
    }

    /// The end of a line with those that it goes on in.
    pub(super) fn continued_end(&self, mut end: usize) -> usize {
        let first = end;
        loop {
            let line = self.bytes.slice(..end);
            let signs = line.iter().rev().take(64).take_while(|byte| **byte == b'\\').count();
            if signs % 2 == 0 || end >= self.bytes.len() || end - first > MAX_VALUE_BYTES {
                return end;
            }
            let is_pair = self.byte(end) == b'\r' && self.byte(end + 1) == b'\n';
            end = self.line_end(end + if is_pair { 2 } else { 1 });
        }
    }

    /// Records a value after a blank: that of an option, or a word that cannot be anything else.
    pub(super) fn blank(&mut self, name: usize, at: usize, held: Held) {
        let head = self.line_before(name);
        let is_option = head.ends_with('-')
            && (head.trim_end_matches('-').is_empty()
                || head.trim_end_matches('-').ends_with([' ', '\t', '"', '\'', '(', '/']));
        if is_option {
            if self.is_literal(at) {
                self.literal(at, held);
            } else if self.byte(at) != b'-' {
                let end = self.plain_end(name, at, " ");
                self.push(at, end, held);
            }
            return;
        }
        let start_of_line = head.trim_start();
        // Instructions of a Dockerfile and of Windows take the rest of their line.
        let instruction = ["ENV ", "ARG ", "setx "].iter().any(|one| start_of_line.eq_ignore_ascii_case(one));
        let comment = start_of_line.starts_with(['#', '/', '*', '!', ';']);
        if matches!(self.syntax, Syntax::Code | Syntax::Json | Syntax::Xml) && !comment {
            return;
        }
        if instruction {
            if !self.literal(at, held) {
                self.push(at, self.line_end(at), held);
            }
            return;
        }
        // Prose: "the password is X", "PASSWORD X".
        let rest = self.text.slice(at..self.line_end(at));
        let mut from = at;
        for word in rest.split_inclusive([' ', '\t']).take(4) {
            let trimmed = word.trim().trim_matches(['"', '\'', '`', ',', ';', '.', '(', ')', ':']);
            if values::looks_secret(trimmed) {
                let start = from + word.find(trimmed).unwrap_or_default();
                self.push(start, start + trimmed.len(), held);
                return;
            }
            if !matches!(trimmed, "is" | "was" | "of" | "for" | "to" | "=" | ":" | "->" | "") {
                return;
            }
            from += word.len();
        }
    }

    /// The lines below a key of YAML that are indented deeper than it.
    pub(super) fn indented(&mut self, name: usize, at: usize, held: Held) -> bool {
        let depth = {
            let head = self.line_before(name);
            head.len() - head.trim_start_matches([' ', '-', '"', '\'']).len()
        };
        let mut from = at;
        let mut any = None;
        loop {
            // Past the line break.
            if self.byte(from) == b'\r' && self.byte(from + 1) == b'\n' {
                from += 1;
            }
            let start = from + 1;
            if start >= self.bytes.len() || start - at > MAX_VALUE_BYTES {
                break;
            }
            let end = self.line_end(start);
            let line = self.text.slice(start..end);
            let inner = line.trim_start_matches(' ');
            if !inner.trim().is_empty() {
                if line.len() - inner.len() <= depth {
                    break;
                }
                if any.is_none() {
                    let opens = self
                        .bytes
                        .slice(at.saturating_sub(4)..at)
                        .iter()
                        .any(|byte| matches!(byte, b'|' | b'>'));
                    let is_map =
                        inner.trim_end().ends_with(':') || inner.contains(": ") || inner.starts_with("- ");
                    if is_map && !opens {
                        return false;
                    }
                    if self.is_literal(end - inner.len()) {
                        return self.literal(end - inner.len(), held);
                    }
                    any = Some(end - inner.len());
                }
            }
            from = end;
        }
        any.is_some_and(|start| self.push(start, from, held))
    }
}
