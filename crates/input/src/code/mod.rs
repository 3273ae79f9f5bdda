//! Java, Kotlin and Scala source: which classes and members of Kafka it uses, and which settings it makes.
//!
//! A light reading of one file: tokens, imports, declarations, and the types of expressions as far as the file
//! itself and the catalog's names tell them. What is *not* here: releases, and what becomes of anything.
//!
//! Invariants:
//! - Nothing is ever told of a comment or a string.
//! - A receiver whose type is not known tells nothing; one that only its name tells is marked as guessed.
//! - A class of the same simple name that is imported from elsewhere is not Kafka's.
//! - Linear time: brackets are paired once, every token is visited a bounded number of times, and what is
//!   nested deeper than [`DEEPEST`] is read flat.
//!
//! How usages are placed: a class at its name as written; a member at its own name; a constructor at the class
//! after `new`; an override from its `@Override` (or `override`) to its name, or at its name alone.

mod call;
mod chain;
mod classes;
mod declare;
mod guess;
mod methods;
mod names;
mod objects;
mod overload;
mod reader;
mod settings;
mod sniff;
mod token;
mod types;
mod written;

use kafka_upgrade_catalog::Component;

use crate::{Document, Encoding, Format, Kind};

/// Java source.
pub(crate) const JAVA: Format =
    Format { name: "java", extensions: &["java"], names: &[], sniff: sniff::java, read: java };
/// Kotlin source.
pub(crate) const KOTLIN: Format =
    Format { name: "kotlin", extensions: &["kt", "kts"], names: &[], sniff: sniff::kotlin, read: kotlin };
/// Scala source.
pub(crate) const SCALA: Format =
    Format { name: "scala", extensions: &["scala", "sc"], names: &[], sniff: sniff::scala, read: scala };

/// Brackets within brackets that are read as such.
const DEEPEST: usize = 100;

/// Whose grammar a text is read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Java,
    Kotlin,
    Scala,
}

fn java(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    document(text, Language::Java, Kind::JavaSource)
}

fn kotlin(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    document(text, Language::Kotlin, Kind::KotlinSource)
}

fn scala(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    document(text, Language::Scala, Kind::ScalaSource)
}

fn document(text: &str, language: Language, kind: Kind) -> Document {
    let tokens = token::tokens(text, language);
    let names = names::Names::read(&tokens, language);
    let (mut usages, settings) = reader::read(&tokens, names, language);
    usages.sort_by(|a, b| (a.span, a.kind, &a.name).cmp(&(b.span, b.kind, &b.name)));
    usages.dedup();
    Document { kind, usages, settings, ..Document::default() }
}

#[cfg(test)]
mod tests;
