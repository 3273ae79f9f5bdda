//! The source line of a place, and the mark under its place.

use super::style::{Painter, Style};
use crate::Spot;

/// Longest piece of a line that is shown.
const WIDTH: usize = 120;
/// Number of characters kept before the mark when a long line is cut.
const BEFORE: usize = 20;

/// One line with a mark.
pub(super) struct Quoted {
    /// Width of the line number.
    pub(super) margin: usize,
    line: u32,
    /// The line, tabs as four blanks, cut to what fits.
    text: String,
    /// Where the mark begins, in characters of `text`.
    start: usize,
    /// How long it is.
    length: usize,
    /// Whether the place goes on in further lines.
    goes_on: bool,
}

impl Quoted {
    /// The line of a place among those of its text; `None` when there is no such line.
    pub(super) fn new(lines: &[&str], spot: &Spot<'_>) -> Option<Self> {
        let (line, column) = (spot.line?, spot.column?);
        let goes_on = spot.end_line.is_some_and(|end| end > line);
        let written = *lines.get(line.checked_sub(1)? as usize)?;
        let first = column.checked_sub(1)? as usize;
        let end = if goes_on {
            written.chars().count()
        } else {
            spot.end_column.map_or(first + 1, |end| (end as usize).saturating_sub(1))
        };
        let end = end.max(first + 1);
        let width = |sign: char| if sign == '\t' { 4 } else { 1 };
        let start: usize = written.chars().take(first).map(width).sum();
        let length: usize = written.chars().skip(first).take(end - first).map(width).sum();
        let shown = written.replace('\t', "    ");
        let total = shown.chars().count();
        let cut = if total > WIDTH { start.saturating_sub(BEFORE) } else { 0 };
        let mut text: String = shown.chars().skip(cut).take(WIDTH).collect();
        let mut start = start - cut;
        if cut > 0 {
            text.insert(0, '…');
            start += 1;
        }
        if total > cut + WIDTH {
            text.push('…');
        }
        let room = text.chars().count().saturating_sub(start).max(1);
        let length = length.clamp(1, room);
        Some(Self { margin: line.to_string().len(), line, text, start, length, goes_on })
    }

    /// Writes the line, and the mark below it.
    pub(super) fn write(&self, out: &mut Painter, style: Style) {
        let margin = self.margin;
        out.paint(Style::Frame, &format!("{} |", self.line));
        out.plain(&format!(" {}\n", self.text));
        out.paint(Style::Frame, &format!("{:margin$} |", ""));
        out.plain(&format!(" {:1$}", "", self.start));
        out.paint(style, &"^".repeat(self.length));
        if self.goes_on {
            out.paint(style, "…");
        }
        out.plain("\n");
    }
}

/// The lines of a text; one ends at LF, CR LF or a lone CR.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let (line, after) = text.split_at_checked(end)?;
        rest = after.strip_prefix("\r\n").or_else(|| after.get(1..));
        Some(line)
    })
}
