//! The texts on the page, and what an edit makes of one.

use std::rc::Rc;

use kafka_upgrade_protocol::Encoding;
use yew::AttrValue;

/// Name of a text that came without one.
pub(crate) const PASTED: &str = "pasted";

/// A text that the reader pasted or opened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceFile {
    /// Never used twice.
    pub(crate) id: u32,
    /// Its name, unique among the files.
    pub(crate) path: AttrValue,
    /// The text, with the line breaks that it came with.
    pub(crate) text: Rc<str>,
    /// How many times the reader has typed into it.
    pub(crate) typed: u32,
    /// What it is, as stated by the reader.
    pub(crate) component: Option<AttrValue>,
    /// How its bytes became text.
    pub(crate) encoding: Encoding,
    /// The text before the first fix, as it is on the reader's disk; absent while no fix was applied.
    pub(crate) original: Option<Rc<str>>,
}

/// A text that comes in.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    /// The name that it came with.
    pub(crate) path: String,
    pub(crate) text: Rc<str>,
    /// How its bytes became text.
    pub(crate) encoding: Encoding,
    /// What it is, where that came with it.
    pub(crate) component: Option<AttrValue>,
}

impl Incoming {
    /// A text that was no bytes before: pasted, or an example.
    pub(crate) fn text(path: &str, text: impl Into<Rc<str>>) -> Self {
        Self { path: path.to_owned(), text: text.into(), encoding: Encoding::Utf8, component: None }
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
