//! What the page itself changed in the reader's files, newest last, so that each change can be undone.
//!
//! What the reader types is not here: the browser's own undo has it. Invariant: undoing never takes away a letter
//! that was typed after the change; where both touch the same place, the change stays.

use std::rc::Rc;

use kafka_upgrade_protocol::Thing;
use kafka_upgrade_report::{Edit, Finding, Fix, Mode};
use kafka_upgrade_sorted::Sorted as _;
use yew::AttrValue;

use super::SourceFile;

/// One change, in the words of a button's answer: "Renamed 1 key in 300 files".
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) label: AttrValue,
    pub(super) change: Change,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    /// Texts of files.
    Edited(Vec<Edited>),
    /// A file was closed that stood at that index.
    Closed(usize, SourceFile),
    /// Everything was closed and forgotten.
    Cleared(Box<Cleared>),
}

/// The text of one file before and after.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edited {
    /// [`SourceFile::id`].
    pub(super) file: u32,
    pub(super) before: Rc<str>,
    pub(super) after: Rc<str>,
    /// What leads from `after` back to `before`; offsets are bytes of `after`.
    pub(super) inverse: Vec<Edit>,
}

/// What the page held before it was cleared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cleared {
    pub(super) files: Vec<SourceFile>,
    pub(super) active: u32,
    pub(super) have: Vec<Thing>,
    pub(super) from: Option<AttrValue>,
    pub(super) mode: Option<Mode>,
    pub(super) platform: Option<AttrValue>,
}

/// The fix of a finding at all of its places, file by file.
pub(crate) fn fixes(finding: &Finding) -> Vec<(AttrValue, Fix)> {
    finding.fixes().map(|(path, fix)| (AttrValue::from(path.to_owned()), fix)).collect()
}

/// The text with every fix applied that overlaps no earlier one, and the edits that undo them. Offsets are bytes.
pub(super) fn apply(text: &str, fixes: &[&Fix]) -> (String, Vec<Edit>) {
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.order_by_key(|edit| (edit.start, edit.end));
    let (mut fixed, mut inverse, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    for edit in edits {
        let (start, end) = (edit.start as usize, edit.end as usize);
        if let (Some(kept), Some(old)) = (text.get(at..start), text.get(start..end)) {
            fixed.push_str(kept);
            let from = fixed.len();
            fixed.push_str(&edit.text);
            inverse.push(Edit { start: offset(from), end: offset(fixed.len()), text: old.to_owned() });
            at = end;
        }
    }
    fixed.push_str(text.get(at..).unwrap_or_default());
    (fixed, inverse)
}

impl Edited {
    /// The text without the change; `None` if the reader has since typed at the same place.
    pub(super) fn undone(&self, now: &str) -> Option<Rc<str>> {
        if *now == *self.after || *now == *self.before {
            return Some(Rc::clone(&self.before));
        }
        let (start, end) = typed(&self.after, now);
        let grown = now.len() as i64 - self.after.len() as i64;
        let moved: Option<Vec<Edit>> = self
            .inverse
            .iter()
            .map(|edit| match () {
                () if edit.end as usize <= start => Some(edit.clone()),
                () if edit.start as usize >= end => Some(Edit {
                    start: u32::try_from(i64::from(edit.start) + grown).ok()?,
                    end: u32::try_from(i64::from(edit.end) + grown).ok()?,
                    text: edit.text.clone(),
                }),
                () => None,
            })
            .collect();
        let fix = Fix { title: String::new(), edits: moved?, safe: true };
        Some(apply(now, &[&fix]).0.into())
    }
}

/// The range of `before` that was replaced to get `after`, in bytes.
fn typed(before: &str, after: &str) -> (usize, usize) {
    let head = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let left = before.len().min(after.len()) - head;
    let tail = before.bytes().rev().zip(after.bytes().rev()).take(left).take_while(|(a, b)| a == b).count();
    (head, before.len() - tail)
}

/// Texts on the page are limited to far less than 4 GB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(start: u32, end: u32, text: &str) -> Fix {
        Fix { title: String::new(), edits: vec![Edit { start, end, text: text.into() }], safe: true }
    }

    fn edited(before: &str, fixes: &[&Fix]) -> Edited {
        let (after, inverse) = apply(before, fixes);
        Edited { file: 1, before: before.into(), after: after.into(), inverse }
    }

    #[test]
    fn the_first_of_two_overlapping_fixes_is_applied() {
        let all = [fix(1, 4, "X"), fix(2, 5, "Y"), fix(5, 6, "Z")];
        assert_eq!(apply("abcdef", &all.iter().collect::<Vec<_>>()).0, "aXeZ");
        assert_eq!(apply("ab", &[&fix(1, 9, "X")]).0, "ab");
    }

    #[test]
    fn what_was_typed_before_and_behind_a_fix_is_kept_when_it_is_undone() {
        let change = edited("a=1\nb=2\nc=3\n", &[&fix(4, 5, "beta")]);
        assert_eq!(&*change.after, "a=1\nbeta=2\nc=3\n");
        for (now, undone) in [
            ("a=1\nbeta=2\nc=3\n", Some("a=1\nb=2\nc=3\n")),
            ("a=111\nbeta=2\nc=3\n", Some("a=111\nb=2\nc=3\n")),
            ("a=1\nbeta=2\nc=3\nd=é\n", Some("a=1\nb=2\nc=3\nd=é\n")),
            ("a=1\nbetamax=2\nc=3\n", Some("a=1\nbmax=2\nc=3\n")),
            ("a=1\nbeXta=2\nc=3\n", None),
            ("", None),
        ] {
            assert_eq!(change.undone(now).as_deref(), undone, "{now}");
        }
    }
}
