//! Places in a text: byte spans inside, lines and columns outside.

use crate::slice::Slice as _;

/// A range of bytes in one text, end exclusive. Both ends are character boundaries of that text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The text under the span; empty when the span is not one of that text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.slice(self.start as usize..self.end as usize)
    }
}

/// How columns are counted. Lines and columns are 1-based in either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Characters (Unicode scalar values), as terminals and editors show them.
    #[default]
    Characters,
    /// UTF-16 code units, as JavaScript counts them.
    Utf16,
}

/// A place as reports name it: 1-based, end column exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column one past the last character.
    pub end_column: u32,
}

/// Where the lines of one text begin. A line ends at LF, CR LF or a lone CR.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Number of characters and UTF-16 units before every [`MARK_BYTES`]th byte; empty for ASCII, where both equal
    /// the number of bytes. Makes columns fast in a line of several hundred kilobytes with thousands of places.
    marks: Vec<(u32, u32)>,
}

/// Distance of two marks, in bytes.
const MARK_BYTES: usize = 1024;

impl LineIndex {
    /// Indexes a text of less than 4 GiB.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends_line {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts, marks: if text.is_ascii() { Vec::new() } else { marks(bytes) } }
    }

    /// How many units lie before `offset` in this text.
    #[must_use]
    pub fn units_before(&self, offset: u32, text: &str, units: Units) -> u32 {
        let at = offset as usize / MARK_BYTES;
        let Some((characters, utf16)) = self.marks.get(at) else { return offset };
        let rest = text.as_bytes().slice(at * MARK_BYTES..offset as usize);
        let (more, more_utf16) = count(rest);
        match units {
            Units::Characters => characters + more,
            Units::Utf16 => utf16 + more_utf16,
        }
    }

    /// Number of lines, at least 1. A text that ends with a line break has an empty last line.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The 1-based line that holds the byte at `offset`.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// Span of a 1-based line with its line break; `None` past the last line.
    #[must_use]
    pub fn line_span(&self, line: u32, text: &str) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)? as usize)?;
        let end = self.starts.get(line as usize).copied().unwrap_or(text.len() as u32);
        Some(Span::new(start, end))
    }

    /// The place of a span of this text, counted in `units`.
    #[must_use]
    pub fn place(&self, span: Span, text: &str, units: Units) -> Place {
        let (line, column) = self.position(span.start, text, units);
        let (end_line, end_column) = self.position(span.end, text, units);
        Place { line, column, end_line, end_column }
    }

    fn position(&self, offset: u32, text: &str, units: Units) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts.get(line as usize - 1).copied().unwrap_or_default();
        let column = self.units_before(offset, text, units) - self.units_before(start, text, units);
        (line, column + 1)
    }
}

fn marks(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut marks = vec![(0, 0)];
    let (mut characters, mut utf16) = (0, 0);
    for block in bytes.chunks(MARK_BYTES) {
        let (more, more_utf16) = count(block);
        (characters, utf16) = (characters + more, utf16 + more_utf16);
        marks.push((characters, utf16));
    }
    marks
}

/// Characters and UTF-16 units that begin in these bytes of UTF-8: a unit is counted at a character's first byte, and
/// those of four bytes have two.
fn count(bytes: &[u8]) -> (u32, u32) {
    let begins = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u32;
    let long = bytes.iter().filter(|byte| **byte >= 0xf0).count() as u32;
    (begins, begins + long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_counted_alike_from_the_beginning_and_from_a_mark() {
        let text = "a=\u{1f600}é\n".repeat(300) + &"ключ\u{1f600}".repeat(300);
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices() {
            let before = text.slice(..offset);
            let of = |units| index.units_before(offset as u32, &text, units) as usize;
            assert_eq!(of(Units::Characters), before.chars().count());
            assert_eq!(of(Units::Utf16), before.encode_utf16().count());
        }
    }

    #[test]
    fn columns_count_characters_or_utf16_units_but_never_bytes() {
        let text = "a=\u{1f600}é\r\nb=1\rc";
        let index = LineIndex::new(text);
        assert_eq!(index.lines(), 3);
        let place = |units| index.place(Span::new(6, 8), text, units);
        assert_eq!(place(Units::Characters), Place { line: 1, column: 4, end_line: 1, end_column: 5 });
        assert_eq!(place(Units::Utf16), Place { line: 1, column: 5, end_line: 1, end_column: 6 });
        assert_eq!(index.line(text.len() as u32), 3);
        assert_eq!(index.line_span(2, text).map(|span| span.of(text)), Some("b=1\r"));
    }
}
