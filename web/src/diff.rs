//! Two texts line by line, as rows of a table: what stood there, what stands there.

use std::rc::Rc;

use similar::{ChangeTag, TextDiff};

/// So many lines around a change are shown.
const AROUND: usize = 2;

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Row {
    /// The same on both sides, with the number of the line before and after, from 1.
    Same(usize, usize, Rc<str>),
    /// A line that goes, and the one that takes its place; either may lack.
    Changed(Option<(usize, Rc<str>)>, Option<(usize, Rc<str>)>),
    /// So many lines are left out that are the same.
    Gap(usize),
}

/// The changed lines with those around them; the rest as gaps.
pub(crate) fn rows(before: &str, after: &str) -> Vec<Row> {
    let diff = TextDiff::from_lines(before, after);
    let (mut rows, mut shown) = (Vec::new(), 0);
    for group in diff.grouped_ops(AROUND) {
        let start = group.first().map_or(0, |op| op.old_range().start);
        if start > shown {
            rows.push(Row::Gap(start - shown));
        }
        shown = group.last().map_or(shown, |op| op.old_range().end);
        for op in &group {
            let (mut old, mut new) = (Vec::new(), Vec::new());
            for change in diff.iter_changes(op) {
                let line: Rc<str> = change.value().trim_end_matches(['\n', '\r']).into();
                match (change.tag(), change.old_index(), change.new_index()) {
                    (ChangeTag::Delete, Some(at), _) => old.push((at + 1, line)),
                    (ChangeTag::Insert, _, Some(at)) => new.push((at + 1, line)),
                    (_, Some(one), Some(other)) => rows.push(Row::Same(one + 1, other + 1, line)),
                    _ => {}
                }
            }
            let height = old.len().max(new.len());
            let (mut old, mut new) = (old.into_iter(), new.into_iter());
            rows.extend((0..height).map(|_| Row::Changed(old.next(), new.next())));
        }
    }
    let lines = before.lines().count();
    if lines > shown && !rows.is_empty() {
        rows.push(Row::Gap(lines - shown));
    }
    rows
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
}
