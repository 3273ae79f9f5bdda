//! Two texts line by line, as rows of a table: what stood there, what stands there.

use std::rc::Rc;

use kafka_upgrade_sorted::Sorted as _;

use crate::mirror;

/// Number of lines shown around a change.
const AROUND: usize = 2;

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Row {
    /// The same on both sides, with the number of the line before and after, from 1.
    Same(usize, usize, Rc<str>),
    /// A line that goes, and the one that takes its place; either may lack.
    Changed(Option<(usize, Rc<str>)>, Option<(usize, Rc<str>)>),
    /// Number of equal lines left out.
    Gap(usize),
}

/// The changed lines with those around them; the rest as gaps.
pub(crate) fn rows(before: &str, after: &str) -> Vec<Row> {
    let (old, new) = (mirror::lines_of(before), mirror::lines_of(after));
    let (mut rows, mut from, mut to) = (Vec::new(), 0, 0);
    for (at, beside) in pairs(&old, &new).into_iter().chain([(old.len(), new.len())]) {
        let line = |lines: &[&str], at: usize, end: usize| {
            let line = lines.get(at).filter(|_| at < end)?;
            Some((at + 1, Rc::from(*line)))
        };
        for step in 0..(at - from).max(beside - to) {
            rows.push(Row::Changed(line(&old, from + step, at), line(&new, to + step, beside)));
        }
        if let Some(same) = old.get(at) {
            rows.push(Row::Same(at + 1, beside + 1, Rc::from(*same)));
        }
        (from, to) = (at + 1, beside + 1);
    }
    fold(&rows)
}

/// Leaves out what is the same and far from every change.
fn fold(rows: &[Row]) -> Vec<Row> {
    let is_same = |row: &Row| matches!(row, Row::Same(..));
    let mut folded = Vec::new();
    if rows.iter().all(is_same) {
        return folded;
    }
    let mut runs = rows.chunk_by(|one, next| is_same(one) == is_same(next)).peekable();
    while let Some(run) = runs.next() {
        let head = if folded.is_empty() { 0 } else { AROUND };
        let tail = if runs.peek().is_some() { AROUND } else { 0 };
        if !run.first().is_some_and(is_same) || run.len() <= head + tail {
            folded.extend_from_slice(run);
            continue;
        }
        let (near, rest) = run.split_at(head);
        let (far, next) = rest.split_at(rest.len() - tail);
        folded.extend_from_slice(near);
        folded.push(Row::Gap(far.len()));
        folded.extend_from_slice(next);
    }
    folded
}

/// Lines that stayed, by their index before and after, in order: those at both ends, those that both texts have once and
/// in the same order, and what is the same beside them.
fn pairs(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut from, mut to) = (0, 0);
    for (at, beside) in anchors(old, new).into_iter().chain([(old.len(), new.len())]) {
        let (Some(gone), Some(come)) = (old.get(from..at), new.get(to..beside)) else { continue };
        let head = gone.iter().zip(come).take_while(|(one, other)| one == other).count();
        let left = gone.len().min(come.len()) - head;
        let tail =
            gone.iter().rev().zip(come.iter().rev()).take(left).take_while(|(one, other)| one == other);
        let tail = tail.count();
        pairs.extend((0..head).map(|step| (from + step, to + step)));
        pairs.extend((1..=tail).rev().map(|step| (at - step, beside - step)));
        if at < old.len() {
            pairs.push((at, beside));
        }
        (from, to) = (at + 1, beside + 1);
    }
    pairs
}

/// Of the lines that both texts contain exactly once, the longest sequence in the same order.
fn anchors(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let of_old = old.iter().enumerate().map(|(at, line)| (*line, false, at));
    let mut all: Vec<_> = of_old.chain(new.iter().enumerate().map(|(at, line)| (*line, true, at))).collect();
    all.order();
    let mut both: Vec<(usize, usize)> = all
        .chunk_by(|(one, ..), (other, ..)| one == other)
        .filter_map(|same| match same {
            [(_, false, at), (_, true, beside)] => Some((*at, *beside)),
            _ => None,
        })
        .collect();
    both.order();
    // For each length the sequence of that length with the smallest end, and for each line its predecessor.
    let (mut ends, mut before) = (Vec::<usize>::new(), Vec::<Option<usize>>::new());
    let place = |at: usize| both.get(at).map(|(_, beside)| *beside);
    for (at, (_, beside)) in both.iter().enumerate() {
        let length = ends.partition_point(|end| place(*end) < Some(*beside));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut row = Vec::new();
    let mut at = ends.last().copied();
    while let Some(end) = at {
        row.extend(both.get(end));
        at = before.get(end).copied().flatten();
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_stands_beside_what_takes_its_place_and_the_rest_is_left_out() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let rows = rows(before, "1\n2\n3\n4\nfive\nmore\n6\n7\n8\n9\n");
        let same = |old, new, text: &str| Row::Same(old, new, text.into());
        assert_eq!(
            rows,
            [
                Row::Gap(2),
                same(3, 3, "3"),
                same(4, 4, "4"),
                Row::Changed(Some((5, "5".into())), Some((5, "five".into()))),
                Row::Changed(None, Some((6, "more".into()))),
                same(6, 7, "6"),
                same(7, 8, "7"),
                Row::Gap(2),
            ]
        );
        assert!(super::rows(before, before).is_empty());
    }

    #[test]
    fn every_line_of_both_texts_is_shown_once_and_in_its_order_whatever_changed() {
        let mut seed = 7_u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % below
        };
        for _ in 0..300 {
            let (length, kinds) = (next(14), 2 + next(12));
            let mut text =
                |length: u32| -> Vec<String> { (0..length).map(|_| next(kinds).to_string()).collect() };
            let (old, new) = (text(length), text(length + 1));
            let whole = |lines: &[String]| -> String { lines.iter().flat_map(|line| [line, "\n"]).collect() };
            let (before, after) = (whole(&old), whole(&new));
            let (mut left, mut right) = (Vec::new(), Vec::new());
            for row in super::rows(&before, &after) {
                match row {
                    Row::Same(one, other, line) => {
                        left.push((one, line.clone()));
                        right.push((other, line));
                    }
                    Row::Changed(one, other) => {
                        left.extend(one);
                        right.extend(other);
                    }
                    Row::Gap(lines) => {
                        for _ in 0..lines {
                            assert_eq!(old[left.len()], new[right.len()]);
                            left.push((left.len() + 1, old[left.len()].as_str().into()));
                            right.push((right.len() + 1, new[right.len()].as_str().into()));
                        }
                    }
                }
            }
            let numbered = |lines: &[String]| -> Vec<(usize, Rc<str>)> {
                (1..).zip(lines.iter().map(|line| Rc::from(line.as_str()))).collect()
            };
            if before != after {
                assert_eq!(left, numbered(&old), "{before} to {after}");
                assert_eq!(right, numbered(&new), "{before} to {after}");
            }
        }
    }
}
