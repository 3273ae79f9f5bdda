//! Java, Kotlin and Scala source: which classes and members of Kafka it uses, and which settings it makes.
//!
//! A light reading of one file: tokens, imports, declarations, and the types of expressions as far as the file
//! itself and the catalog's names give them. What is *not* here: recognising source, releases, judgement.
//!
//! Invariants:
//! - Nothing is ever reported from a comment or a string.
//! - A receiver of unknown type gives no usage; a type guessed from a name alone is marked as guessed.
//! - A class of the same simple name that is imported from elsewhere is not Kafka's.
//! - Linear time: brackets are paired once, every token is visited a bounded number of times, and what is
//!   nested deeper than [`MAX_DEPTH`] is read flat.
//!
//! Spans of usages: a class at its name as written; a member at its own name; a constructor at the class
//! after `new`; an override from its `@Override` (or `override`) to its name, or at its name alone.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod call;
mod chain;
mod classes;
mod config;
mod declare;
mod guess;
mod methods;
mod names;
mod objects;
mod overload;
mod own_class;
mod reader;
mod settings;
mod token;
mod types;
mod written;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Setting, Usage};
use kafka_upgrade_sorted::Sorted as _;

/// Levels of brackets that are read as such.
const MAX_DEPTH: usize = 100;

/// The grammar by which a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Java.
    Java,
    /// Kotlin.
    Kotlin,
    /// Scala.
    Scala,
}

/// Finds the component whose keys these are, for a map that no class names as one component's.
pub type ComponentOf = fn(&[Setting]) -> Option<Component>;

/// What a file uses, sorted by place, and the settings it makes.
#[must_use]
pub fn read(text: &str, language: Language, component_of: ComponentOf) -> (Vec<Usage>, Vec<Setting>) {
    let tokens = token::tokens(text, language);
    let names = names::Names::read(&tokens, language);
    let (mut usages, settings) = reader::read(&tokens, names, language, component_of);
    usages.order_by(|a, b| (a.span, a.kind, &a.name).cmp(&(b.span, b.kind, &b.name)));
    usages.dedup();
    (usages, settings)
}
