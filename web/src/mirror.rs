//! A text as lines of marked pieces, to be shown exactly under what the reader types.

use std::ops::Range;
use std::rc::Rc;

use kafka_upgrade_report::{Finding, Kind, Severity};
use kafka_upgrade_sorted::Sorted as _;

use crate::shared::Shared;

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
        let (head, tail) = common(checked.as_bytes(), now.as_bytes());
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

/// Of two texts how many bytes they begin with alike, and how many of the rest they end with alike. Eight at a time: a long
/// text is compared with each key.
fn common(one: &[u8], other: &[u8]) -> (usize, usize) {
    fn same<'a>(pairs: impl Iterator<Item = (&'a [u8; 8], &'a [u8; 8])>) -> usize {
        8 * pairs.take_while(|(a, b)| u64::from_ne_bytes(**a) == u64::from_ne_bytes(**b)).count()
    }
    let eights = same(one.as_chunks().0.iter().zip(other.as_chunks().0));
    let rest = one.iter().zip(other).skip(eights).take_while(|(a, b)| a == b).count();
    let head = eights + rest;
    let left = one.len().min(other.len()) - head;
    let (one, other) = (one.get(one.len() - left..), other.get(other.len() - left..));
    let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
    let eights = same(one.as_rchunks().1.iter().rev().zip(other.as_rchunks().1.iter().rev()));
    let rest = one.iter().rev().zip(other.iter().rev()).skip(eights).take_while(|(a, b)| a == b).count();
    (head, eights + rest)
}

/// A text with the places of its lines, as a text area breaks them, which are kept from one text to the next.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    text: Rc<str>,
    /// Where each line begins, in bytes; empty before there is a text.
    starts: Vec<u32>,
}

/// Lines that were replaced, by their numbers from 0.
#[derive(Debug, PartialEq)]
pub(crate) struct Replaced {
    pub(crate) first: usize,
    /// With line breaks between them, as an area has them.
    pub(crate) before: String,
    pub(crate) after: String,
}

impl Lines {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The text that they are of.
    pub(crate) fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Goes on with another text, in the time that the difference takes; the lines that differ, where there was a text.
    pub(crate) fn follow(&mut self, text: &Rc<str>) -> Option<Replaced> {
        if self.starts.is_empty() {
            self.starts = starts(text, 0, text.len());
            self.text = Rc::clone(text);
            return None;
        }
        if Rc::ptr_eq(&self.text, text) {
            return None;
        }
        let (head, tail) = common(self.text.as_bytes(), text.as_bytes());
        let (old, new) = (self.text.len(), text.len());
        // Lines that begin where the difference ends may begin elsewhere now: an edit can separate the CR and LF of a
        // break.
        let kept = self.starts.partition_point(|start| (*start as usize) < head).max(1);
        let behind = self.starts.partition_point(|start| *start as usize <= old - tail).max(kept);
        let from = self.starts.get(kept - 1).map_or(0, |start| *start as usize);
        let moved = |start: u32| (start as usize + new).saturating_sub(old);
        let end = self.starts.get(behind).map_or(new, |start| moved(*start));
        let mut between = starts(text, from, end);
        if behind < self.starts.len() {
            between.retain(|start| (*start as usize) < end);
        }
        let count = between.len();
        let before = self.joined(kept - 1, behind);
        for start in self.starts.iter_mut().skip(behind) {
            *start = u32::try_from(moved(*start)).unwrap_or(u32::MAX);
        }
        self.starts.splice(kept - 1..behind, between);
        self.text = Rc::clone(text);
        Some(Replaced { first: kept - 1, before, after: self.joined(kept - 1, kept - 1 + count) })
    }

    /// Where lines begin and end, in bytes, without the break that the last one ends with.
    fn range(&self, from: usize, to: usize) -> Range<usize> {
        let at = |line: usize| self.starts.get(line).map(|start| *start as usize);
        let start = at(from).unwrap_or(self.text.len());
        let end = at(to).unwrap_or(self.text.len()).max(start);
        let whole = self.text.get(start..end).unwrap_or_default();
        let broken = to > from && to < self.starts.len();
        let without = if broken { whole.strip_suffix('\n').unwrap_or(whole) } else { whole };
        let without = if broken { without.strip_suffix('\r').unwrap_or(without) } else { without };
        start..start + without.len()
    }

    /// Lines as an area has them.
    pub(crate) fn joined(&self, from: usize, to: usize) -> String {
        for_area(self.text.get(self.range(from, to)).unwrap_or_default())
    }

    /// The text with other lines in the place of some; they come as an area has them.
    pub(crate) fn with(&self, from: usize, to: usize, lines: &str) -> Rc<str> {
        let range = self.range(from, to);
        let before = self.text.get(range.clone()).unwrap_or_default();
        // Only new line breaks need to know how the text's other lines end.
        let line_break = if lines.contains('\n') { usual_break(&self.text) } else { "\n" };
        let after = from_area_with(lines, before, line_break);
        let (head, tail) = (self.text.get(..range.start), self.text.get(range.end..));
        [head.unwrap_or_default(), &after, tail.unwrap_or_default()].concat().into()
    }
}

/// Where lines begin in a part of a text that begins with one, up to what begins at its end.
fn starts(text: &str, from: usize, end: usize) -> Vec<u32> {
    let bytes = text.as_bytes();
    let part = bytes.get(from..end).unwrap_or_default();
    let breaks = part.iter().zip(from..).filter(|(byte, at)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    [from]
        .into_iter()
        .chain(breaks.map(|(_, at)| at + 1))
        .map(|at| u32::try_from(at).unwrap_or(u32::MAX))
        .collect()
}

/// Lines that are rendered together, and not again before one of them changes.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The first of its lines, from 0.
    pub(crate) first: usize,
    pub(crate) lines: Shared<Vec<Line>>,
    /// What the lines are made of, with the marks' places in the block.
    text: String,
    marks: Vec<Mark>,
    kind: Kind,
}

/// Start and end in bytes, severity, index of the finding.
type Mark = (isize, isize, Severity, usize);

/// How many lines a block has, but for the last one.
pub(crate) const BLOCK: usize = 50;

/// Those lines that are in `window` (from 0), marked with the findings of the file of `path`, whose kind decides what a comment
/// is. `typed` is what was typed since the findings were made. Blocks of `before` that nothing has changed in are kept.
pub(crate) fn blocks(
    all: &Lines,
    kind: &str,
    (path, findings): (&str, &[Finding]),
    window: Range<usize>,
    typed: Option<Typed>,
    before: &[Block],
) -> Vec<Block> {
    let places = findings.iter().enumerate().flat_map(|(at, finding)| {
        finding.spots_in(path).filter_map(move |spot| {
            let (start, end) = spot.bytes?;
            let (start, end) = (start as usize, end as usize);
            let (start, end) = typed.map_or(Some((start, end)), |typed| typed.moved(start, end))?;
            Some((start as isize, end as isize, finding.severity, at))
        })
    });
    let last = window.end.min(all.count());
    let shown = all.range(window.start, last);
    let mut marks: Vec<Mark> = places
        .filter(|(start, end, ..)| *start <= shown.end as isize && *end >= shown.start as isize)
        .collect();
    marks.order();
    let kind = Kind::parse(kind).unwrap_or_default();
    let mut passed = 0;
    let block = |first: usize| {
        let to = (first + BLOCK).min(last);
        let range = all.range(first, to);
        let text = all.text.get(range.clone()).unwrap_or_default();
        let (start, end) = (range.start as isize, range.end as isize);
        // Only what is left of the marks, and of that only what begins in this block or before it.
        passed += marks.iter().skip(passed).take_while(|(_, end, ..)| *end <= start).count();
        let rest = marks.get(passed..).unwrap_or_default();
        let here = rest.get(..rest.partition_point(|(from, ..)| *from <= end)).unwrap_or_default();
        let here: Vec<Mark> =
            here.iter().map(|(from, to, severity, at)| (from - start, to - start, *severity, *at)).collect();
        let same = before.iter().find(|block| {
            (block.first, block.kind, block.lines.len()) == (first, kind, to - first)
                && block.text == text
                && block.marks == here
        });
        same.cloned().unwrap_or_else(|| {
            let line = |at: usize| {
                let range = all.range(at, at + 1);
                let line = all.text.get(range.clone()).unwrap_or_default();
                Line { comment: kind.is_comment(line), ..mark(line, range.start as isize - start, &here) }
            };
            let lines = Shared::new((first..to).map(line).collect());
            Block { first, lines, text: text.to_owned(), marks: here, kind }
        })
    };
    (window.start..last).step_by(BLOCK).map(block).collect()
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

fn mark(line: &str, start: isize, marks: &[Mark]) -> Line {
    let end = start + line.len() as isize;
    let touching = || marks.iter().filter(|(from, to, ..)| *from < end.max(start + 1) && *to > start);
    let sign = touching()
        .filter(|(from, ..)| *from >= start)
        .map(|(_, _, severity, at)| (*severity, *at))
        .min()
        .map(|(severity, at)| (at, severity));
    let mut cuts: Vec<isize> = touching().flat_map(|(from, to, ..)| [*from, *to]).collect();
    cuts.extend([start, end]);
    cuts.retain(|cut| (start..=end).contains(cut));
    cuts.order();
    cuts.dedup();
    let pieces = cuts
        .windows(2)
        .filter_map(|cut| {
            let [from, to] = *cut else { return None };
            let text = line.get((from - start).cast_unsigned()..(to - start).cast_unsigned())?.to_owned();
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
    from_area_with(area, before, usual_break(before))
}

/// The same, where new lines end with `line_break`.
fn from_area_with(area: &str, before: &str, line_break: &str) -> String {
    let shown = for_area(before);
    let head = shown.bytes().zip(area.bytes()).take_while(|(a, b)| a == b).count();
    let head = floor(area, head);
    let left = shown.len().min(area.len()) - head;
    let tail = shown.bytes().rev().zip(area.bytes().rev()).take(left).take_while(|(a, b)| a == b).count();
    let tail = area.len() - ceil(area, area.len() - tail);
    let kept_head = original_offset(before, head);
    let kept_tail = original_offset(before, shown.len() - tail);
    let middle = area.get(head..area.len() - tail).unwrap_or_default().replace('\n', line_break);
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
    fn lines_are_those_of_a_text_that_was_split_whatever_was_typed_before() {
        let texts = [
            "",
            "a",
            "\n",
            "\r",
            "\r\n",
            "a\r\nb\rc\n\nd\n",
            "a\r\nb\rc\n\nd",
            "a\rb\rc\n\nd\n",
            "a\nb\rc\n\nd\n",
            "a\r\n\nb\rc\n\nd\n",
            "a\r\r\nb\rc\n\nd\n",
            "\r\n\r\n\r\n",
            "\n\r\n\r",
            "é\nè\n",
            "è\né\n",
            "0123456789\n0123456789\n",
            "0123456789\n012345X6789\n",
        ];
        for before in texts {
            for after in texts {
                let mut lines = Lines::default();
                assert_eq!(lines.follow(&before.into()), None);
                let replaced = lines.follow(&after.into());
                let split: Vec<&str> = split(after).collect();
                assert_eq!(lines.count(), split.len(), "{before:?} {after:?}");
                for (at, line) in split.iter().enumerate() {
                    assert_eq!(lines.joined(at, at + 1), *line, "{before:?} {after:?} {at}");
                }
                assert_eq!(lines.joined(0, lines.count()), for_area(after));
                // What is said to be replaced leads from one to the other.
                let mut old: Vec<String> = for_area(before).split('\n').map(str::to_owned).collect();
                if let Some(Replaced { first, before, after }) = replaced {
                    let count = before.split('\n').count();
                    assert_eq!(old[first..first + count].join("\n"), before);
                    old.splice(first..first + count, after.split('\n').map(str::to_owned));
                }
                assert_eq!(old.join("\n"), for_area(after), "{before:?} {after:?}");
            }
        }
    }

    #[test]
    fn lines_are_replaced_and_the_breaks_of_all_others_stay() {
        let mut lines = Lines::default();
        lines.follow(&"a\r\nb\r\nc\nd".into());
        assert_eq!(&*lines.with(1, 2, "x\ny"), "a\r\nx\r\ny\r\nc\nd");
        assert_eq!(&*lines.with(2, 4, "c"), "a\r\nb\r\nc");
        assert_eq!(&*lines.with(0, 4, ""), "");
        assert_eq!(&*lines.with(3, 4, "d\n"), "a\r\nb\r\nc\nd\r\n");
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
