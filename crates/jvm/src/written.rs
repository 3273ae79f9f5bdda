//! Types as they are written, and the classes of Kafka that they name.

use crate::Language;
use crate::declare::is_keyword;
use crate::names;
use crate::reader::Reader;
use crate::types::{Type, builtin};
use kafka_upgrade_sorted::case;

/// Tokens that one written type has at most.
const MAX_TYPE_TOKENS: usize = 64;

impl<'a> Reader<'a, '_> {
    /// A written type and where it ends. Nothing is reported yet: what looks like one may be something else.
    pub(crate) fn parse_type(&self, start: usize) -> Option<(Type<'a>, usize)> {
        self.parse_type_within(start, start + MAX_TYPE_TOKENS, 0)
    }

    fn parse_type_within(&self, start: usize, end: usize, depth: u8) -> Option<(Type<'a>, usize)> {
        if depth > 8 || start >= end {
            return None;
        }
        let mut at = start;
        if self.text_at(at) == "?" {
            at += 1;
            if !matches!(self.text_at(at), "extends" | "super") {
                return Some((Type::Unknown, at));
            }
            // A wildcard is treated like its bound.
            return self.parse_type_within(at + 1, end, depth + 1);
        }
        while self.language == Language::Kotlin && matches!(self.text_at(at), "in" | "out") {
            at += 1;
        }
        if !self.is_name(at) {
            if self.language == Language::Java {
                return None;
            }
            // `(A) -> B` or `(A, B) => C`.
            let close = self.close_of(at).filter(|_| self.text_at(at) == "(")?;
            if matches!(self.text_at(close + 1), "->" | "=>") {
                let (_, after) = self.parse_type_within(close + 2, end, depth + 1)?;
                return Some((Type::Lambda(None), after));
            }
            return Some((Type::Unknown, close + 1));
        }
        if is_keyword(self.text_at(at), self.language) {
            return None;
        }
        let bound = || self.bound(self.text_at(at)).filter(|_| self.text_at(at + 1) != ".");
        let (mut of, mut at) = match self.class_at(at).or_else(|| Some((bound()?, at + 1))) {
            Some(found) => found,
            None => {
                let mut after = at + 1;
                while self.text_at(after) == "." && self.is_name(after + 1) {
                    after += 2;
                }
                let name = self.text_at(after - 1);
                let known = builtin(name, self.language).filter(|_| after == at + 1);
                let foreign = self.language == Language::Scala && known.is_none();
                (if foreign { Type::Unknown } else { Type::named(known.unwrap_or(name)) }, after)
            }
        };
        let (open, close) = if self.language == Language::Scala { ("[", "]") } else { ("<", ">") };
        if self.text_at(at) == open && (open == "<" || self.text_at(at + 1) != "]") {
            let mut arguments = Vec::new();
            at += 1;
            while self.text_at(at) != close {
                let (argument, after) = self
                    .parse_type_within(at, end, depth + 1)
                    .or_else(|| matches!(self.text_at(at), "_" | "*").then_some((Type::Unknown, at + 1)))?;
                arguments.push(argument);
                at = after;
                while matches!(self.text_at(at), "&" | "with") {
                    at = self.parse_type_within(at + 1, end, depth + 1)?.1;
                }
                match self.text_at(at) {
                    "," => at += 1,
                    text if text == close => {}
                    _ => return None,
                }
            }
            at += 1;
            of = match of {
                Type::Named(name) => Type::Generic(name, arguments.into()),
                Type::Own(name, _) => Type::Own(name, arguments.into()),
                other => other,
            };
            // A class nested in a generic one.
            while self.text_at(at) == "." && self.is_name(at + 1) {
                of = Type::Unknown;
                at += 2;
            }
        }
        loop {
            match self.text_at(at) {
                "[" if self.text_at(at + 1) == "]" => {
                    of = Type::Array(of.into());
                    at += 2;
                }
                "." if self.text_at(at + 1) == "." && self.text_at(at + 2) == "." => {
                    of = Type::Array(of.into());
                    at += 3;
                }
                "?" if self.language == Language::Kotlin => at += 1,
                "*" if self.language == Language::Scala && matches!(self.text_at(at + 1), ")" | ",") => {
                    at += 1
                }
                "=>" if self.language == Language::Scala && depth > 0 => {
                    at = self.parse_type_within(at + 1, end, depth + 1)?.1;
                    of = Type::Lambda(None);
                }
                _ => return Some((of, at)),
            }
        }
    }

    /// What a type variable is bounded by.
    fn bound(&self, name: &str) -> Option<Type<'a>> {
        self.scopes.iter().rev().find_map(|scope| scope.bounds.get(name).cloned())
    }

    /// Goes past type parameters, `<T extends X>`, `<T : X>` or `[T <: X]`, where they are there; their bounds
    /// hold in the scope that is open. Answers their names.
    pub(crate) fn type_parameters(&mut self) -> Vec<&'a str> {
        let Some(end) = self.skip_type_arguments(self.at) else { return Vec::new() };
        let start = std::mem::replace(&mut self.at, end);
        let (mut names, mut depth) = (Vec::new(), 0usize);
        for at in start..end {
            match self.text_at(at) {
                "<" | "[" => depth += 1,
                ">" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 1
                && at > start
                && self.is_name(at)
                && matches!(self.text_at(at - 1), "<" | "[" | "," | "in" | "out" | "+" | "-")
                && !matches!(self.text_at(at), "in" | "out")
            {
                names.push(self.text_at(at));
            }
            if !self.is_name(at) {
                continue;
            }
            let bounded = match self.text_at(at + 1) {
                "extends" | "<:" => Some(at + 2),
                ":" if self.language == Language::Kotlin => Some(at + 2),
                "<" if self.text_at(at + 2) == ":" => Some(at + 3),
                _ => None,
            };
            let name = self.text_at_any(at);
            let of = bounded.and_then(|bounded| self.parse_type(bounded)).map(|(of, _)| of);
            // A type variable without a bound still hides an outer one of that name.
            let hides = self.bound(name).is_some();
            let of = of.filter(|of| of.kafka().is_some()).or_else(|| hides.then(|| Type::named(name)));
            if let (Some(of), Some(scope)) = (of, self.scopes.last_mut()) {
                scope.bounds.insert(name, of);
            }
        }
        self.mention_types(start, end);
        names
    }

    /// Past `<T extends X>` or `[T <: X]`, where they are there.
    pub(crate) fn skip_type_arguments(&self, start: usize) -> Option<usize> {
        if self.language == Language::Scala {
            return if self.text_at(start) == "[" {
                self.close_of(start).map(|close| close + 1)
            } else {
                None
            };
        }
        if self.text_at(start) != "<" {
            return None;
        }
        let mut depth = 0usize;
        for at in start..start + MAX_TYPE_TOKENS {
            match self.text_at(at) {
                "<" => depth += 1,
                ">" => depth -= 1,
                "" | ";" | "{" | "}" => return None,
                _ => {}
            }
            if depth == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    /// Records every class of Kafka that is named between two tokens.
    pub(crate) fn mention_types(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let dotted = at > start && self.text_at(at - 1) == ".";
            match self.class_at(at).filter(|_| self.is_name(at) && !dotted) {
                Some((of, after)) => {
                    if let Some(name) = of.kafka() {
                        let name = name.to_owned();
                        self.record_class(&name, self.span(at, after - 1));
                    }
                    at = after.max(at + 1);
                }
                None => at += 1,
            }
        }
    }

    /// The class that a simple or dotted name means, and where the name ends.
    pub(crate) fn class_at(&self, start: usize) -> Option<(Type<'a>, usize)> {
        if !self.is_name(start) {
            return None;
        }
        let first = self.text_at(start);
        // What is called after `new` is a class, however it is written.
        let made = start.checked_sub(1).is_some_and(|before| self.text_at_any(before) == "new");
        let follows = |at: usize| self.text_at(at) == "." && self.is_name(at + 1);
        if first.starts_with(case::is_upper) {
            let mut of = self.names.simple(first)?;
            let mut at = start + 1;
            while follows(at)
                && names::is_class(self.text_at(at + 1))
                && (made || self.text_at(at + 2) != "(")
            {
                let inner = self.text_at(at + 1);
                of = match of {
                    Type::Own(..) if self.names.own.contains_key(inner) => Type::own(inner),
                    Type::Own(..) => break,
                    Type::Named(outer) => Type::named(&format!("{outer}${inner}")),
                    other => other,
                };
                at += 2;
            }
            return Some((of, at));
        }
        // `org.apache.kafka.clients.admin.Admin`, or with what an import leaves of it.
        if !follows(start + 1) {
            return None;
        }
        let package = self.names.package(first);
        if package.is_none() && !matches!(first, "org" | "kafka") {
            return None;
        }
        let mut parts = vec![package.unwrap_or(first)];
        let mut at = start + 1;
        while follows(at) && parts.len() < 12 {
            let part = self.text_at(at + 1);
            let was_class = parts.last().is_some_and(|last| names::is_class(last));
            if was_class
                && (!names::is_class(part)
                    || !made && self.text_at(at + 2) == "(" && self.language == Language::Java)
            {
                break;
            }
            parts.push(part);
            at += 2;
        }
        let full = names::binary(&parts);
        let found = parts.len() > 2 || package.is_some();
        (found && parts.last().is_some_and(|last| names::is_class(last)) && names::is_kafka(&full))
            .then(|| (Type::named(&full), at))
    }
}
