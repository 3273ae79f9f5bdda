//! Resolved text (quotes, escapes and variables replaced) that knows where each of its bytes is written.

use crate::Span;
use crate::slice::Slice as _;

/// Variables are expanded up to this many bytes: `A=$A$A` doubles with every line.
const MAX_BYTES: usize = 8_192;

/// Text with its quotes, escapes and variables resolved, and the place of every byte of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    /// The resolved text; a variable that the text does not set stays as written.
    pub text: String,
    /// Where it is written, with its quotes.
    pub span: Span,
    /// For each byte of `text` where it is written; used only when `moved`.
    places: Vec<u32>,
    /// Whether some byte is not at the same distance from the start in `text` as in the source.
    moved: bool,
    /// Whether any of it was quoted: then it is one argument, whatever blanks it contains.
    pub quoted: bool,
}

impl SourceText {
    /// Text that is written at `start` exactly as it reads.
    pub fn plain(text: &str, start: u32) -> Self {
        let span = Span::new(start, start + text.len() as u32);
        Self { text: text.to_owned(), span, places: Vec::new(), moved: false, quoted: false }
    }

    /// Text under `span` that another format resolved to `resolved`: indentation and escapes removed, lines folded.
    /// Each byte is placed where it is written, as far as that can be matched.
    pub fn resolved(text: &str, resolved: &str, span: Span) -> Self {
        let written = span.of(text);
        if written == resolved {
            return Self { quoted: true, ..Self::plain(resolved, span.start) };
        }
        let bytes = written.as_bytes();
        let (mut places, mut at) = (Vec::with_capacity(resolved.len()), 0);
        for one in resolved.chars() {
            // Skips what was removed: indentation, folded line breaks and quotes.
            let is_left_out = |byte: &u8| byte.is_ascii_whitespace() || b"\"'".contains(byte);
            loop {
                let rest = bytes.get(at..).unwrap_or_default();
                at += match rest {
                    // A line that goes on within quotes.
                    [b'\\', b'\n', ..] if one != '\\' => 2,
                    [b'\\', b'\r', b'\n', ..] if one != '\\' => 3,
                    [b'\n', ..] if one == ' ' => break,
                    [byte, ..] if is_left_out(byte) && char::from(*byte) != one => 1,
                    _ => break,
                };
            }
            // A template's line that produces nothing is skipped as a whole.
            if one == '\n' && !matches!(bytes.get(at), None | Some(b'\n' | b'\\')) {
                let line = bytes.get(at..).unwrap_or_default().iter().position(|byte| *byte == b'\n');
                at += line.unwrap_or_default();
            }
            let is_there = written.get(at..).is_some_and(|rest| rest.starts_with(one));
            let place = span.start + at.min(bytes.len()) as u32;
            let step = u32::from(is_there);
            places.extend((0..one.len_utf8() as u32).map(|next| place + next * step));
            at += match bytes.get(at) {
                _ if is_there => one.len_utf8(),
                Some(b'\\') => 2,
                Some(_) if one.is_whitespace() => 1,
                _ => 0,
            };
        }
        Self { text: resolved.to_owned(), span, places, moved: true, quoted: true }
    }

    /// Appends text that is written at `at` exactly as it reads.
    pub fn push(&mut self, text: &str, at: u32) {
        self.note_gap(at);
        if self.moved {
            self.places.extend((0u32..).zip(text.bytes()).map(|(distance, _)| at + distance));
        }
        self.text.push_str(text);
    }

    /// Appends the expansion of something written at `at`.
    pub fn push_other(&mut self, text: &str, at: u32) {
        if self.text.len() + text.len() > MAX_BYTES {
            return;
        }
        self.keep_places();
        self.text.push_str(text);
        self.places.resize(self.text.len(), at);
    }

    /// Appends another resolved text; its bytes keep their places.
    pub fn push_word(&mut self, word: &Self) {
        if self.text.len() + word.text.len() > MAX_BYTES {
            return;
        }
        self.keep_places();
        for (at, _) in word.text.bytes().enumerate() {
            self.places.push(word.place(at));
        }
        self.text.push_str(&word.text);
    }

    /// Starts to record positions once a byte is not where it was expected.
    fn note_gap(&mut self, at: u32) {
        let expected = self.span.start + self.text.len() as u32;
        if !self.moved && expected != at {
            self.keep_places();
        }
    }

    fn keep_places(&mut self) {
        if !self.moved {
            self.moved = true;
            let start = self.span.start;
            self.places = (0u32..).zip(self.text.bytes()).map(|(distance, _)| start + distance).collect();
        }
    }

    /// The offset at which byte `at` of the resolved text is written; past its end, one past the last byte.
    pub fn place(&self, at: usize) -> u32 {
        if !self.moved {
            return self.span.start + at.min(self.text.len()) as u32;
        }
        let last = || self.places.last().map_or(self.span.start, |last| last + 1);
        self.places.get(at).copied().unwrap_or_else(last)
    }

    /// Where the bytes `start..end` of the resolved text are written.
    pub fn part(&self, start: usize, end: usize) -> Span {
        let first = self.place(start);
        let behind = if end > start { self.place(end - 1) + 1 } else { first };
        // Joined from two places, so no single span covers exactly these bytes.
        if behind < first { self.span } else { Span::new(first, behind) }
    }

    /// A span of the resolved text, when that is parsed as a text of its own, as a span of the source.
    pub fn moved(&self, span: Span) -> Span {
        self.part(span.start as usize, span.end as usize)
    }

    /// The bytes `start..end` as a text of their own.
    pub fn sub(&self, start: usize, end: usize) -> Self {
        let text = self.text.get(start..end);
        debug_assert!(text.is_some(), "{start}..{end} is no place of {:?}", self.text);
        let text = text.unwrap_or_default().to_owned();
        let places = (start..end).map(|at| self.place(at)).collect();
        Self { text, span: self.part(start, end), places, moved: true, quoted: self.quoted }
    }

    /// With each `\\$` replaced by `$`, as a shell does in a here-document.
    pub fn with_dollars(&self) -> Self {
        let mut word = Self { text: String::new(), places: Vec::new(), moved: true, ..self.clone() };
        let mut at = 0;
        for piece in self.text.split_inclusive("\\$") {
            let inner = piece.strip_suffix("\\$").map_or(piece.len(), str::len);
            let tail = if inner < piece.len() { inner + 1 } else { inner };
            word.places.extend((0..inner).chain(tail..piece.len()).map(|byte| self.place(at + byte)));
            word.text.push_str(piece.slice(..inner));
            word.text.push_str(piece.slice(tail..));
            at += piece.len();
        }
        word
    }

    /// The words of the resolved text, separated by ASCII white space.
    pub fn split(&self) -> Vec<Self> {
        let mut words = Vec::new();
        let mut start = None;
        for (at, char) in self.text.char_indices().chain([(self.text.len(), ' ')]) {
            match (start, char.is_ascii_whitespace()) {
                (None, false) => start = Some(at),
                (Some(from), true) => {
                    words.push(Self { quoted: false, ..self.sub(from, at) });
                    start = None;
                }
                _ => {}
            }
        }
        words
    }

    /// Moves the places from a nested text to the text around it, in which `outer` is the nested one.
    pub fn within(mut self, outer: &Self) -> Self {
        let at = |place: u32| outer.place(place as usize);
        let end = if self.span.end > self.span.start { at(self.span.end - 1) + 1 } else { at(self.span.end) };
        self.keep_places();
        self.span = Span::new(at(self.span.start), end.max(at(self.span.start)));
        for place in &mut self.places {
            *place = at(*place);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_quotes_that_goes_on_in_the_next_line_keeps_its_places() {
        let text = "c: \"first a && \\\n   second b\"\n";
        let resolved = SourceText::resolved(text, "first a && second b", Span::new(3, 29));
        let at = resolved.text.find("second").unwrap_or_default();
        assert_eq!(resolved.part(at, at + 6).of(text), "second");
        let first = resolved.text.find('a').unwrap_or_default();
        assert_eq!(resolved.part(first, first + 1).of(text), "a");
        // In a YAML block the backslash remains for the shell.
        let block = "c: |\n  a \\\n  b\n";
        let resolved = SourceText::resolved(block, "a \\\nb\n", Span::new(7, 15));
        let at = resolved.text.find('b').unwrap_or_default();
        assert_eq!(resolved.part(at, at + 1).of(block), "b");
    }
}
