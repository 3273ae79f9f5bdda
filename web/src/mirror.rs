//! A text as lines of marked pieces, to be shown exactly under what the reader types.

use std::ops::Range;

use kafka_upgrade_report::{Finding, Kind, Severity};
use kafka_upgrade_sorted::Sorted as _;

/// A piece of a line that looks the same throughout.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Worst of the findings that mark it.
    pub(crate) mark: Option<Severity>,
}

/// A line without its line break.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) pieces: Vec<Piece>,
    /// Index of the finding that its sign stands for, with the severity of the sign.
    pub(crate) sign: Option<(usize, Severity)>,
    /// Whether it is a comment.
    pub(crate) comment: bool,
}

/// What was typed since a text was checked: the bytes of the checked text that were replaced, and the growth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Typed {
    start: usize,
    end: usize,
    grown: isize,
}

impl Typed {
    /// From the text that was checked to the one that is there now.
    pub(crate) fn between(checked: &str, now: &str) -> Self {
        let head = checked.bytes().zip(now.bytes()).take_while(|(a, b)| a == b).count();
        let left = checked.len().min(now.len()) - head;
        let tail =
            checked.bytes().rev().zip(now.bytes().rev()).take(left).take_while(|(a, b)| a == b).count();
        Self { start: head, end: checked.len() - tail, grown: now.len().wrapping_sub(checked.len()) as isize }
    }

    /// Where a range of the checked text is now; gone where it was typed into.
    fn moved(self, start: usize, end: usize) -> Option<(usize, usize)> {
        if end <= self.start {
            Some((start, end))
        } else if start >= self.end {
            Some((start.checked_add_signed(self.grown)?, end.checked_add_signed(self.grown)?))
        } else {
            None
        }
    }
}

/// How many lines there are, as a text area breaks them.
pub(crate) fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let returns = bytes.iter().filter(|byte| **byte == b'\r').count();
    1 + feeds + returns - if returns == 0 { 0 } else { text.matches("\r\n").count() }
}

/// Those lines of the text of `path` that are in `window` (from 0), marked with the findings of its file, whose kind decides what
/// a comment is. `typed` is what was typed since the findings were made.
pub(crate) fn lines(
    text: &str,
    kind: &str,
    path: &str,
    findings: &[Finding],
    window: Range<usize>,
    typed: Option<Typed>,
) -> Vec<Line> {
    let places = findings.iter().enumerate().flat_map(|(at, finding)| {
        finding.spots_in(path).filter_map(move |spot| {
            let (start, end) = spot.bytes?;
            let (start, end) = (start as usize, end as usize);
            let (start, end) = typed.map_or(Some((start, end)), |typed| typed.moved(start, end))?;
            Some((start, end, finding.severity, at))
        })
    });
    let mut marks: Vec<(usize, usize, Severity, usize)> = places.collect();
    marks.order();
    let mut lines = Vec::new();
    let mut start = 0;
    let mut passed = 0;
    for (at, line) in split(text).enumerate() {
        if at >= window.end {
            break;
        }
        if at >= window.start {
            // Only what is left of the marks, and of that only what begins on this line or before it.
            passed += marks.iter().skip(passed).take_while(|(_, end, ..)| *end <= start).count();
            let rest = marks.get(passed..).unwrap_or_default();
            let here = rest.partition_point(|(from, ..)| *from <= start + line.len());
            let comment = Kind::parse(kind).unwrap_or_default().is_comment(line);
            lines.push(Line { comment, ..mark(line, start, rest.get(..here).unwrap_or_default()) });
        }
        start += line.len();
        start += line_break(text.get(start..).unwrap_or_default());
    }
    lines
}

/// Lines as a text area breaks them: at LF, CR LF and a lone CR.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.find(['\n', '\r']).unwrap_or(text.len());
        let after = text.get(end..).unwrap_or_default();
        rest = match line_break(after) {
            0 => None,
            length => after.get(length..),
        };
        text.get(..end)
    })
}

/// The lines of a text; behind its last line break there is none.
pub(crate) fn lines_of(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = split(text).collect();
    if lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

fn line_break(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

fn mark(line: &str, start: usize, marks: &[(usize, usize, Severity, usize)]) -> Line {
    let end = start + line.len();
    let touching = || marks.iter().filter(|(from, to, ..)| *from < end.max(start + 1) && *to > start);
    let sign = touching()
        .filter(|(from, ..)| *from >= start)
        .map(|(_, _, severity, at)| (*severity, *at))
        .min()
        .map(|(severity, at)| (at, severity));
    let mut cuts: Vec<usize> = touching().flat_map(|(from, to, ..)| [*from, *to]).collect();
    cuts.extend([start, end]);
    cuts.retain(|cut| (start..=end).contains(cut));
    cuts.order();
    cuts.dedup();
    let pieces = cuts
        .windows(2)
        .filter_map(|cut| {
            let [from, to] = *cut else { return None };
            let text = line.get(from - start..to - start)?.to_owned();
            let mark = touching()
                .filter(|(a, b, ..)| *a <= from && *b >= to)
                .map(|(_, _, severity, _)| *severity)
                .min();
            Some(Piece { text, mark })
        })
        .collect();
    Line { pieces, sign, comment: false }
}

/// The line break that most lines of a text end with.
pub(crate) fn usual_break(text: &str) -> &'static str {
    let pairs = text.matches("\r\n").count();
    let feeds = text.matches('\n').count() - pairs;
    let returns = text.matches('\r').count() - pairs;
    if pairs >= feeds && pairs >= returns && pairs > 0 {
        "\r\n"
    } else if returns > feeds {
        "\r"
    } else {
        "\n"
    }
}

/// A text as a text area holds it: every line break is LF.
pub(crate) fn for_area(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The text of an area with the line breaks of `before`, whose unchanged ends keep theirs byte for byte.
pub(crate) fn from_area(area: &str, before: &str) -> String {
    if !before.contains('\r') {
        return area.to_owned();
    }
    let shown = for_area(before);
    let head = shown.bytes().zip(area.bytes()).take_while(|(a, b)| a == b).count();
    let head = floor(area, head);
    let left = shown.len().min(area.len()) - head;
    let tail = shown.bytes().rev().zip(area.bytes().rev()).take(left).take_while(|(a, b)| a == b).count();
    let tail = area.len() - ceil(area, area.len() - tail);
    let kept_head = original_offset(before, head);
    let kept_tail = original_offset(before, shown.len() - tail);
    let middle = area.get(head..area.len() - tail).unwrap_or_default().replace('\n', usual_break(before));
    [before.get(..kept_head).unwrap_or_default(), &middle, before.get(kept_tail..).unwrap_or_default()]
        .concat()
}

/// Offset in a text of the byte at `offset` of what [`for_area`] makes of it.
fn original_offset(text: &str, offset: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut shown) = (0, 0);
    while shown < offset && at < bytes.len() {
        at += if bytes.get(at..at + 2) == Some(b"\r\n") { 2 } else { 1 };
        shown += 1;
    }
    at
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_a_text_area_breaks_them() {
        let shown: Vec<_> = split("a\r\nb\rc\n\nd\n").collect();
        assert_eq!(shown, ["a", "b", "c", "", "d", ""]);
        assert_eq!(split("").collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn a_mark_covers_its_bytes_and_the_worse_one_wins() {
        let marks = [(2, 6, Severity::Warning, 0), (4, 5, Severity::Error, 1)];
        let line = mark("abcdefgh", 0, &marks);
        let pieces: Vec<_> = line.pieces.iter().map(|piece| (piece.text.as_str(), piece.mark)).collect();
        let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
        assert_eq!(pieces, [("ab", None), ("cd", warning), ("e", error), ("f", warning), ("gh", None)]);
        assert_eq!(line.sign, Some((1, Severity::Error)));
    }

    #[test]
    fn editing_one_line_keeps_the_line_breaks_of_all_others() {
        let before = "a=1\r\nb=2\nc=3\r\n";
        assert_eq!(from_area(&for_area(before), before), before);
        assert_eq!(from_area("a=1\nb=22\nc=3\n", before), "a=1\r\nb=22\nc=3\r\n");
        assert_eq!(from_area("a=1\nx\nb=2\nc=3\n", before), "a=1\r\nx\r\nb=2\nc=3\r\n");
        assert_eq!(from_area("", before), "");
        assert_eq!(from_area("é\n", "è\r\n"), "é\r\n");
    }
}
