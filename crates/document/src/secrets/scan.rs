//! Values behind names: `key=value`, `"key": "value"`, `put("key", "value")`, `--key value`, `<key>value</key>`, and
//! the value beside a name (`name: X_PASSWORD`, `value: …`), in any kind of text.
//!
//! What is *not* here: what a parser of the language knows. Invariants: nothing fails, each byte is looked at a bounded
//! number of times, spans lie on borders of characters.

use std::cell::Cell;

use super::keys::{self, Held};
use super::values::{self, is_open};
use crate::Span;

/// How a text writes a key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A value goes to the end of its line.
    Lines,
    /// As [`Self::Lines`] behind a colon, with blocks and continued scalars.
    Yaml,
    /// Words of a shell.
    Shell,
    /// Values are literals; anything else is a name of one.
    Code,
    /// JSON: literals, over lines.
    Json,
    /// Elements and attributes.
    Xml,
}

/// Longest value that is followed over lines, in bytes.
const MAX_VALUE_BYTES: usize = 32 * 1024;
/// Longest word of a command, in bytes.
const MAX_WORD_BYTES: usize = 4 * 1024;
/// So far behind a name its sibling's value is looked for, in bytes.
const MAX_SIBLING_BYTES: usize = 400;
/// Arguments of one call that are looked at.
const MAX_ARGUMENTS: usize = 8;

/// A value that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) held: Held,
}

/// What a text has of names.
pub(super) struct Scan {
    /// Every value behind the name of a secret, in the order of the names.
    pub(super) found: Vec<Found>,
    /// Whether there is such a name, with a value that could be found or not.
    pub(super) names_one: bool,
}

/// Looks at every name of a text.
pub(super) fn scan(text: &str, syntax: Syntax) -> Scan {
    let logins = text.contains("LoginModule");
    let line = Cell::new((0, 0));
    let mut scanner =
        Scanner { text, bytes: text.as_bytes(), syntax, logins, line, names_one: false, found: Vec::new() };
    let mut at = 0;
    while let Some(start) = scanner.name_start(at) {
        let end = scanner.name_end(start);
        scanner.name(start, end);
        at = end.max(start + 1);
    }
    Scan { found: scanner.found, names_one: scanner.names_one }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    syntax: Syntax,
    /// Whether the text names a login module, so that `user_NAME` is one of its options.
    logins: bool,
    /// The part of a line, to its end, that was searched last: one long line is searched once.
    line: Cell<(usize, usize)>,
    names_one: bool,
    found: Vec<Found>,
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |at| self.byte(at))
    }

    fn name_start(&self, from: usize) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        let start = rest.iter().position(|byte| is_name(*byte) && !matches!(byte, b'-' | b'.'))?;
        Some(from + start)
    }

    fn name_end(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
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
    fn skip_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t') {
            at += 1;
        }
        at
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t' | b'\n' | b'\r') {
            at += 1;
        }
        at
    }

    fn is_line_end(&self, at: usize) -> bool {
        at >= self.bytes.len() || matches!(self.byte(at), b'\n' | b'\r')
    }

    fn line_end(&self, at: usize) -> usize {
        let (from, to) = self.line.get();
        if from <= at && at < to {
            return to;
        }
        let rest = self.bytes.get(at..).unwrap_or_default();
        let end = at + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        self.line.set((at, end));
        end
    }

    /// What stands before a place in its line, at most so much.
    fn line_before(&self, at: usize) -> &str {
        let first = at.saturating_sub(200);
        let line = self.bytes.get(first..at).unwrap_or_default();
        let start = line.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
        let mut start = first + start;
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        self.text.get(start..at).unwrap_or_default()
    }

    fn push(&mut self, start: usize, end: usize, held: Held) -> bool {
        let written = self.text.get(start..end).unwrap_or_default();
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
        let in_placeholder =
            head.rfind("${").is_some_and(|open| !head.get(open..).unwrap_or_default().contains('}'));
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
        let rest = self.text.get(sign..).unwrap_or_default();
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

    fn find(&self, at: usize, wanted: u8) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let near = rest.get(..MAX_VALUE_BYTES).unwrap_or(rest);
        at + near.iter().position(|byte| *byte == wanted).unwrap_or(near.len())
    }

    /// `<key a="b">value</key>`.
    fn element(&mut self, at: usize, held: Held) {
        let close = self.find(at, b'>');
        if self.before(close) == b'/' || close >= self.bytes.len() {
            return;
        }
        let rest = self.text.get(close + 1..).unwrap_or_default();
        let (start, end) = match rest.trim_start().strip_prefix("<![CDATA[") {
            Some(inner) => {
                let start = self.text.len() - inner.len();
                (start, start + inner.find("]]>").unwrap_or(inner.len()).min(MAX_VALUE_BYTES))
            }
            None => (close + 1, self.find(close + 1, b'<')),
        };
        self.push(start, end, held);
    }

    /// The literals between the brackets of a call.
    fn arguments(&mut self, mut at: usize, held: Held) {
        for _ in 0..MAX_ARGUMENTS {
            at = self.skip_space(at);
            // What a value is made of: `new Password("x")`, `char[] {…}`, names.
            let rest = self.bytes.get(at..).unwrap_or_default();
            let near = rest.get(..120).unwrap_or(rest);
            let Some(next) =
                near.iter().position(|byte| is_quote(*byte) || matches!(byte, b')' | b';' | b'\n'))
            else {
                return;
            };
            if !is_quote(self.byte(at + next)) {
                return;
            }
            let between = self.text.get(at..at + next).unwrap_or_default();
            let Some(end) = self.literal_end(at + next) else { return };
            if !values::looks_up(between) {
                self.literal(at + next, held);
            }
            at = end;
        }
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
                let rest = self.text.get(at..).unwrap_or_default();
                let word = rest.find([' ', '\n', '\r']).unwrap_or(rest.len());
                at = self.skip_blanks(at + word);
            }
            let rest = self.text.get(at..self.line_end(at)).unwrap_or_default();
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

    fn is_literal(&self, at: usize) -> bool {
        let prefix = self
            .bytes
            .get(at..at + 3)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let at = if prefix <= 2 && self.syntax == Syntax::Code { at + prefix } else { at };
        is_quote(self.byte(at))
            || (self.byte(at) == b'\\' && is_quote(self.byte(at + 1)))
            || (self.byte(at) == b'$' && self.byte(at + 1) == b'\'')
    }

    /// Inner beginning, inner end and end of the literal there.
    fn literal_parts(&self, at: usize) -> Option<(usize, usize, usize)> {
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
        // Nothing closes it: what is left of the line.
        let end = self.line_end(start);
        Some((start, end, end))
    }

    fn literal_end(&self, at: usize) -> Option<usize> {
        self.literal_parts(at).map(|(.., end)| end)
    }

    /// A literal, and those that are joined to it; whether there is one.
    fn literal(&mut self, at: usize, held: Held) -> bool {
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
    fn list(&mut self, mut at: usize, held: Held) -> bool {
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

    /// What code assigns that is no literal itself: a type before it, a call around it.
    fn expression(&mut self, at: usize, sign: &str, held: Held) -> bool {
        let rest = self.bytes.get(at..self.line_end(at)).unwrap_or_default();
        let near = rest.get(..160).unwrap_or(rest);
        let Some(quote) = near.iter().position(|byte| is_quote(*byte)) else {
            // A number is a literal as well.
            let digits = near.iter().take_while(|byte| byte.is_ascii_digit()).count();
            return digits >= 4 && self.push(at, at + digits, held);
        };
        let between = self.text.get(at..at + quote).unwrap_or_default();
        let is_type = sign == ":" && between.trim_end().ends_with('=');
        let is_call = between.trim_end().ends_with('(');
        if between.contains([';', '"', '{']) || !(is_type || is_call) || values::looks_up(between) {
            return false;
        }
        self.literal(at + quote, held)
    }

    /// The end of a value without quotes.
    fn plain_end(&self, name: usize, at: usize, sign: &str) -> usize {
        let line_end = self.line_end(at);
        let line = self.bytes.get(at..line_end).unwrap_or_default();
        let near = line.get(..MAX_WORD_BYTES).unwrap_or(line);
        let opened = self.before(name);
        let head = self.line_before(name);
        let lead = head.trim_start_matches([' ', '\t', '-', '#', '!', '/', '*', ';', '"', '\'']);
        let starts_line = lead.is_empty();
        // All of it stands in quotes that were opened before the name.
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
    fn continued_end(&self, mut end: usize) -> usize {
        let first = end;
        loop {
            let line = self.bytes.get(..end).unwrap_or_default();
            let signs = line.iter().rev().take(64).take_while(|byte| **byte == b'\\').count();
            if signs % 2 == 0 || end >= self.bytes.len() || end - first > MAX_VALUE_BYTES {
                return end;
            }
            let is_pair = self.byte(end) == b'\r' && self.byte(end + 1) == b'\n';
            end = self.line_end(end + if is_pair { 2 } else { 1 });
        }
    }

    /// A value behind a blank: of an option, or a word that looks like nothing else.
    fn blank(&mut self, name: usize, at: usize, held: Held) {
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
        let rest = self.text.get(at..self.line_end(at)).unwrap_or_default();
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
    fn indented(&mut self, name: usize, at: usize, held: Held) -> bool {
        let depth = {
            let head = self.line_before(name);
            head.len() - head.trim_start_matches([' ', '-', '"', '\'']).len()
        };
        let mut from = at;
        let mut any = None;
        loop {
            // Over the line break.
            if self.byte(from) == b'\r' && self.byte(from + 1) == b'\n' {
                from += 1;
            }
            let start = from + 1;
            if start >= self.bytes.len() || start - at > MAX_VALUE_BYTES {
                break;
            }
            let end = self.line_end(start);
            let line = self.text.get(start..end).unwrap_or_default();
            let inner = line.trim_start_matches(' ');
            if !inner.trim().is_empty() {
                if line.len() - inner.len() <= depth {
                    break;
                }
                if any.is_none() {
                    let opens =
                        self.text.get(at.saturating_sub(4)..at).unwrap_or_default().contains(['|', '>']);
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

    /// The value beside a name: `name: X_PASSWORD` and `value: v`, in any order of the quotes and signs between.
    fn sibling(&mut self, at: usize, held: Held) {
        const NAMES: [&str; 6] = ["value", "val", "parametervalue", "defaultvalue", "default", "content"];
        let mut end = (at + MAX_SIBLING_BYTES).min(self.bytes.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let near = self.text.get(at..end).unwrap_or_default();
        // Not past the end of the entry that the name is in.
        let near = near.split(['}', '<', ')']).next().unwrap_or_default();
        let mut lines = 0;
        let mut from = at;
        while lines < 5 {
            let Some(start) = self.name_start(from).filter(|start| *start < at + near.len()) else { return };
            lines += self.text.get(from..start).unwrap_or_default().matches('\n').count();
            let stop = self.name_end(start);
            let word = self.text.get(start..stop).unwrap_or_default();
            if self.before(start) == b' '
                && self.text.get(from..start).unwrap_or_default().trim_start().starts_with("- ")
            {
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
