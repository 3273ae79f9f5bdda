//! The texts on the page, and what an edit makes of one.

use std::rc::Rc;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Encoding;
use kafka_upgrade_report::Fix;
use yew::AttrValue;

/// A text that the reader gave.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceFile {
    /// Never given twice.
    pub(crate) id: u32,
    /// Name as it was given; unique among the files.
    pub(crate) path: AttrValue,
    /// The text, with the line breaks that it came with.
    pub(crate) text: Rc<str>,
    /// What the reader says that it is.
    pub(crate) component: Option<Component>,
    /// How its bytes became text.
    pub(crate) encoding: Encoding,
}

/// A text that comes in.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    /// The name that it came with.
    pub(crate) path: String,
    pub(crate) text: Rc<str>,
    /// How its bytes became text.
    pub(crate) encoding: Encoding,
}

impl Incoming {
    /// A text that was no bytes before: pasted, or an example.
    pub(crate) fn text(path: &str, text: impl Into<Rc<str>>) -> Self {
        Self { path: path.to_owned(), text: text.into(), encoding: Encoding::Utf8 }
    }
}

/// The name, or the name with a number where another file has it.
pub(super) fn unused(path: &str, files: &[SourceFile]) -> AttrValue {
    let taken = |name: &str| files.iter().any(|file| *file.path == *name);
    let mut name = path.to_owned();
    let mut number = 2;
    while taken(&name) {
        name = format!("{path} ({number})");
        number += 1;
    }
    AttrValue::from(name)
}

/// The text with every fix applied that overlaps no earlier one. Offsets are bytes of `text`.
pub(super) fn apply(text: &str, fixes: &[Fix]) -> String {
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let (mut fixed, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        let (start, end) = (edit.start as usize, edit.end as usize);
        if let (Some(kept), true) = (text.get(at..start), end <= text.len()) {
            fixed.push_str(kept);
            fixed.push_str(&edit.text);
            at = end;
        }
    }
    fixed.push_str(text.get(at..).unwrap_or_default());
    fixed
}
