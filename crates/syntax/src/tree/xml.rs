//! XML: elements with their attributes and texts, also of a part of a file without one root.
//!
//! Events are those of `quick-xml`, which expands nothing. Namespaces stay as they are written.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{MAX_DEPTH, Scalar, Style};
use kafka_upgrade_document::Span;

/// An element.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// As written, with its prefix.
    pub name: String,
    /// Where its name stands in its opening tag.
    pub name_span: Span,
    /// Names and values in the order of the text.
    pub attributes: Vec<(String, Scalar)>,
    /// The text before its first child, without white space around it.
    pub text: Option<Scalar>,
    /// The elements in it, in the order of the text.
    pub children: Vec<Self>,
}

impl Element {
    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of that name.
    pub fn text_of(&self, name: &str) -> Option<&Scalar> {
        self.child(name)?.text.as_ref()
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&Scalar> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

/// Reads a text up to its first fault; what is open there ends there.
pub fn read(text: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut tree = Tree { text, roots: Vec::new(), open: Vec::new(), skipped: 0 };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => tree.start(&tag),
            Ok(Event::Empty(tag)) => {
                tree.start(&tag);
                tree.end();
            }
            Ok(Event::End(_)) => tree.end(),
            Ok(Event::Text(run)) => tree.run(&run, None),
            Ok(Event::CData(run)) => tree.run(&run, None),
            Ok(Event::GeneralRef(name)) => {
                let character = name.resolve_char_ref().ok().flatten();
                let named = || quick_xml::escape::resolve_xml_entity(&name);
                let stands_for = character.map(String::from).or_else(|| named().map(str::to_owned));
                tree.run(&name, Some(&stands_for.unwrap_or_default()));
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) | Err(_) => break,
        }
    }
    while !tree.open.is_empty() {
        tree.end();
    }
    tree.roots
}

struct Tree<'t> {
    text: &'t str,
    roots: Vec<Element>,
    open: Vec<Element>,
    skipped: usize,
}

impl Tree<'_> {
    fn start(&mut self, tag: &BytesStart<'_>) {
        if self.skipped > 0 || self.open.len() >= MAX_DEPTH {
            self.skipped += 1;
            return;
        }
        let mut given = tag.attributes();
        let attributes = given.with_checks(false).flatten().map(|attribute| {
            let raw: &str = attribute.value.as_ref();
            let value = quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), Cow::into_owned);
            let name = attribute.key.as_ref().to_owned();
            (name, Scalar { text: value, span: self.place(raw), style: Style::Double })
        });
        let attributes = attributes.collect();
        let name = tag.name();
        self.open.push(Element {
            name: name.as_ref().to_owned(),
            name_span: self.place(name.as_ref()),
            attributes,
            ..Element::default()
        });
    }

    fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(mut element) = self.open.pop() else { return };
        element.text = element.text.and_then(|text| trimmed(text, self.text));
        match self.open.last_mut() {
            Some(outer) => outer.children.push(element),
            None => self.roots.push(element),
        }
    }

    /// Adds to the text of the innermost element; `stands_for` is what a reference means.
    fn run(&mut self, written: &str, stands_for: Option<&str>) {
        let place = self.place(written);
        let Some(element) = self.open.last_mut().filter(|element| element.children.is_empty()) else {
            return;
        };
        if self.skipped > 0 {
            return;
        }
        let value = stands_for.unwrap_or(written);
        match &mut element.text {
            Some(text) => {
                text.text.push_str(value);
                text.span.end = place.end;
            }
            none => *none = Some(Scalar { text: value.to_owned(), span: place, style: Style::Plain }),
        }
    }

    /// Where a part of the text stands in it. The reader hands out parts of the text itself.
    fn place(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let end = start.saturating_add(part.len());
        if end <= self.text.len() { Span::new(start as u32, end as u32) } else { Span::default() }
    }
}

/// Without the white space around it; none when that is all.
fn trimmed(text: Scalar, whole: &str) -> Option<Scalar> {
    let value = text.text.trim();
    let written = text.span.of(whole);
    let start = text.span.start + (written.len() - written.trim_start().len()) as u32;
    let span = Span::new(start, start + written.trim().len() as u32);
    (!value.is_empty()).then(|| Scalar { text: value.to_owned(), span, style: text.style })
}
