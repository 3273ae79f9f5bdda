//! Trees with places: what JSON, YAML, TOML and XML texts hold, each scalar where it stands.
//!
//! Well-kept parsers read; this module gives their results one shape. What is *not* here: what any file means. Invariants: nothing here fails, recurses with the text, or takes more than linear
//! time; what is nested deeper than [`MAX_DEPTH`] is left out and reported; what stands before a fault is kept.

pub mod hcl;
pub mod json;
mod lenient;
pub mod toml;
pub mod xml;
pub mod yaml;

#[cfg(test)]
mod tests;

use kafka_upgrade_document::{Problem, Span};

/// Levels of nesting that are kept; real files have less than half of that.
const MAX_DEPTH: usize = 64;

/// The content of one text.
#[derive(Debug, Default)]
pub struct Tree {
    /// The documents of a YAML stream, the values of a JSON text; of TOML always one.
    pub roots: Vec<Node>,
    /// The first place from which the text could not be read.
    pub problem: Option<Problem>,
}

impl Tree {
    /// Whether the rest of the text, from some place on, is not valid in its language.
    pub fn is_cut(&self) -> bool {
        self.problem.as_ref().is_some_and(|problem| problem.fatal)
    }
}

/// A value.
#[derive(Clone, Debug)]
pub enum Node {
    /// Text, a number, a boolean, or nothing.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// Keys with values in the order of the text, duplicates too. (TOML's are in the order of their keys.)
    Map(Vec<(Scalar, Node)>),
}

/// A value without structure of its own.
#[derive(Clone, Debug, Default)]
pub struct Scalar {
    /// With escapes resolved. Numbers, booleans and `null` are as written.
    pub text: String,
    /// Inside of the quotes; of a YAML block scalar all its lines with their indentation.
    pub span: Span,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    #[default]
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// On lines of its own: YAML's `|` and `>`, TOML's three quotes.
    Block,
}

impl Node {
    /// The scalar that it is.
    pub fn scalar(&self) -> Option<&Scalar> {
        if let Self::Scalar(scalar) = self { Some(scalar) } else { None }
    }

    /// The text of the scalar that it is.
    pub fn text(&self) -> Option<&str> {
        self.scalar().map(|scalar| scalar.text.as_str())
    }

    /// The value of a key; of duplicates the last, as all readers of these languages have it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().rfind(|(name, _)| name.text == key).map(|(_, value)| value)
    }

    /// The value that is reached by going down these keys.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The elements of a list; none of anything else.
    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The keys and values of a map; none of anything else.
    pub fn entries(&self) -> &[(Scalar, Self)] {
        if let Self::Map(entries) = self { entries } else { &[] }
    }
}

/// Builds a tree from a parser's events, without recursion.
#[derive(Default)]
struct Builder {
    roots: Vec<Node>,
    open: Vec<Open>,
    /// Levels that were opened too deep to be kept.
    skipped: usize,
    /// Where the first of them begins.
    too_deep: Option<Span>,
}

/// A list or map that is not closed yet.
struct Open {
    node: Node,
    /// The key whose value comes next.
    key: Option<Scalar>,
    /// What the parser calls it.
    id: usize,
}

impl Builder {
    /// Begins a list or a map that is empty yet.
    fn open(&mut self, node: Node, id: usize, at: Span) {
        if self.skipped > 0 || self.open.len() >= MAX_DEPTH {
            self.skipped += 1;
            self.too_deep.get_or_insert(at);
        } else {
            self.open.push(Open { node, key: None, id });
        }
    }

    /// Ends the innermost list or map and returns it, for [`Self::add`], together with the parser's id for it.
    fn close(&mut self) -> Option<(Node, usize)> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return (self.skipped == 0).then(|| (Node::Scalar(Scalar::default()), 0));
        }
        let Open { mut node, key, id } = self.open.pop()?;
        if let (Node::Map(entries), Some(key)) = (&mut node, key) {
            let nothing = nothing_behind(&key);
            entries.push((key, nothing));
        }
        Some((node, id))
    }

    /// Adds a key or a value to what is open.
    fn add(&mut self, node: Node) {
        if self.skipped > 0 {
            return;
        }
        match self.open.last_mut() {
            None => self.roots.push(node),
            Some(Open { node: Node::Map(entries), key, .. }) => match key.take() {
                Some(key) => {
                    let missing = matches!(&node, Node::Scalar(scalar) if scalar.span == Span::default());
                    let node = if missing { nothing_behind(&key) } else { node };
                    entries.push((key, node));
                }
                None => *key = Some(if let Node::Scalar(scalar) = node { scalar } else { Scalar::default() }),
            },
            Some(Open { node: Node::List(items), .. }) => items.push(node),
            Some(Open { node: Node::Scalar(_), .. }) => {}
        }
    }

    /// What was put together; what is still open ends here.
    fn finish(mut self) -> Vec<Node> {
        self.skipped = 0;
        while let Some((node, _)) = self.close() {
            self.add(node);
        }
        self.roots
    }
}

/// What stands for a value that is not there, or too deep to be kept.
fn nothing_behind(key: &Scalar) -> Node {
    Node::Scalar(Scalar { span: Span::new(key.span.end, key.span.end), ..Scalar::default() })
}

/// What says that a part of a text was left out for its depth.
fn too_deep(span: Span) -> Problem {
    let message = format!(
        "What is nested deeper than {MAX_DEPTH} levels was not read. Move it further out to have it checked."
    );
    Problem { message, span, fatal: false }
}

/// The fault of a text that is not of its language from here on.
fn fault(language: &str, what: &str, span: Span) -> Problem {
    let what = what.trim().trim_end_matches('.');
    let message = format!(
        "This is no {language} from here on ({what}). What stands before was read; correct it to have the rest checked."
    );
    Problem { message, span, fatal: true }
}
