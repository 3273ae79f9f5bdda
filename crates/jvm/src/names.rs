//! What the names of one file mean: its package, its imports, and the classes that it declares.
//!
//! What is *not* here: variables (`scope`), members (`overload`).

use kafka_upgrade_sorted::case;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use kafka_upgrade_catalog as catalog;

use crate::Language;
use crate::token::{Token, TokenKind};
use crate::types::Type;
use kafka_upgrade_document::Span;

/// What a file imports and declares.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    /// Simple name to the full one, dotted.
    explicit: HashMap<&'a str, Rc<str>>,
    /// Packages and classes of which everything is imported.
    wildcards: Vec<Rc<str>>,
    /// Name of a member to the binary name of its class.
    statics: HashMap<&'a str, Rc<str>>,
    /// Classes of which every static member is imported, by their binary names.
    static_wildcards: Vec<Rc<str>>,
    /// Classes that the file declares; `false` where two have one simple name.
    pub(crate) own: HashMap<&'a str, bool>,
    /// Simple names that were looked up below packages.
    known: RefCell<HashMap<&'a str, Option<Type<'a>>>>,
    /// What the imports name: class, member, place.
    pub(crate) imported: Vec<(Rc<str>, Option<&'a str>, Span)>,
}

/// Classes whose constants name configuration keys. Most never changed, so the catalog does not list all of them.
pub(crate) const CONFIGS: &[(&str, &str)] = &[
    ("AdminClientConfig", "org.apache.kafka.clients.admin"),
    ("CommonClientConfigs", "org.apache.kafka.clients"),
    ("ConsumerConfig", "org.apache.kafka.clients.consumer"),
    ("ProducerConfig", "org.apache.kafka.clients.producer"),
    ("SaslConfigs", "org.apache.kafka.common.config"),
    ("SslConfigs", "org.apache.kafka.common.config"),
    ("StreamsConfig", "org.apache.kafka.streams"),
    ("TopicConfig", "org.apache.kafka.common.config"),
];

/// Classes that never changed and so are not in the catalog, but matter: notes name them (a test over all notes
/// checks this list), or something is made of them.
const COMMON: &[(&str, &str)] = &[
    ("ApiVersions", "org.apache.kafka.clients"),
    ("ByteBufferDeserializer", "org.apache.kafka.common.serialization"),
    ("CloseOptions", "org.apache.kafka.streams"),
    ("DefaultReplicationPolicy", "org.apache.kafka.connect.mirror"),
    ("RemoteLogMetadataManager", "org.apache.kafka.server.log.remote.storage"),
    ("ReplicationPolicy", "org.apache.kafka.connect.mirror"),
    ("TopicPartition", "org.apache.kafka.common"),
];

impl<'a> Names<'a> {
    /// Reads all imports and declarations of a file.
    pub(crate) fn read(tokens: &[Token<'a>], language: Language) -> Self {
        let mut names = Self::default();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            if token.kind != TokenKind::Name {
                continue;
            }
            let before = at.checked_sub(2).and_then(|at| tokens.get(at));
            let starts =
                token.starts_line || before.is_none_or(|before| matches!(before.text, ";" | "}" | "{"));
            match token.text {
                "import" if starts => at = names.import(tokens, at, language),
                "class" | "interface" | "enum" | "record" | "object" | "trait" => {
                    let dotted = before.is_some_and(|before| matches!(before.text, "." | "::"));
                    let name = tokens.get(at).filter(|next| next.kind == TokenKind::Name && !dotted);
                    if let Some(name) = name.filter(|name| name.text.starts_with(case::is_upper)) {
                        names.own.entry(name.text).and_modify(|one| *one = false).or_insert(true);
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// One import from behind its keyword; answers where it ends.
    fn import(&mut self, tokens: &[Token<'a>], start: usize, language: Language) -> usize {
        let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
        let is_static = text(start) == "static";
        let mut at = start + usize::from(is_static);
        loop {
            let mut path: Vec<Token<'a>> = Vec::new();
            let mut ends = false;
            while let Some(token) = tokens.get(at).filter(|token| token.kind == TokenKind::Name && !ends) {
                if token.text == "_" && language == Language::Scala {
                    break;
                }
                path.push(*token);
                at += 1;
                ends = text(at) != ".";
                at += usize::from(!ends);
            }
            match text(at) {
                "*" | "_" if !ends => {
                    self.everything(&path, is_static);
                    at += 1;
                }
                "{" => {
                    at += 1;
                    while let Some(token) = tokens.get(at).filter(|token| token.text != "}") {
                        at += 1;
                        if matches!(token.text, "_" | "*") {
                            self.everything(&path, false);
                        } else if token.kind == TokenKind::Name {
                            let renamed = matches!(text(at), "=>" | "as");
                            let name = if renamed { text(at + 1) } else { token.text };
                            at += if renamed { 2 } else { 0 };
                            path.push(*token);
                            self.one(&path, name, false, token.span);
                            path.pop();
                        }
                    }
                    at += 1;
                }
                next => {
                    let renamed = next == "as" && language != Language::Java;
                    let name = if renamed { text(at + 1) } else { path.last().map_or("", |last| last.text) };
                    at += if renamed { 2 } else { 0 };
                    if let (Some(first), Some(last)) = (path.first(), path.last()) {
                        let span = Span::new(first.span.start, last.span.end);
                        self.one(&path, name, is_static, span);
                    }
                }
            }
            if text(at) != "," || language != Language::Scala {
                return at;
            }
            at += 1;
        }
    }

    fn everything(&mut self, path: &[Token<'a>], is_static: bool) {
        let parts: Vec<&str> = path.iter().map(|token| token.text).collect();
        let Some((first, last)) = path.first().zip(path.last()) else { return };
        if is_class(last.text) {
            let class: Rc<str> = binary(&parts).into();
            self.imported.push((Rc::clone(&class), None, Span::new(first.span.start, last.span.end)));
            self.static_wildcards.push(Rc::clone(&class));
            self.wildcards.push(class);
        } else if !is_static {
            let package: Rc<str> = parts.join(".").into();
            if catalog::package(&package).is_some() {
                let all = format!("{package}.*").into();
                self.imported.push((all, None, Span::new(first.span.start, last.span.end)));
            }
            self.wildcards.push(package);
        }
    }

    fn one(&mut self, path: &[Token<'a>], name: &'a str, is_static: bool, span: Span) {
        let parts: Vec<&str> = path.iter().map(|token| token.text).collect();
        let Some((last, outer)) = parts.split_last() else { return };
        let of_class = outer.last().is_some_and(|outer| is_class(outer));
        if of_class && (is_static || !is_class(last)) {
            let class: Rc<str> = binary(outer).into();
            self.statics.insert(name, Rc::clone(&class));
            // A nested class can be imported so as well.
            if is_class(last) {
                self.explicit.insert(name, binary(&parts).into());
            }
            self.imported.push((class, Some(last), span));
        } else {
            let class: Rc<str> = binary(&parts).into();
            self.explicit.insert(name, Rc::clone(&class));
            if is_class(last) {
                self.imported.push((class, None, span));
            }
        }
    }

    /// The class that a simple name means.
    pub(crate) fn simple(&self, name: &'a str) -> Option<Type<'a>> {
        if self.own.contains_key(name) {
            return Some(Type::own(name));
        }
        if let Some(full) = self.explicit.get(name) {
            return is_class(last_part(full)).then(|| Type::named(full));
        }
        let below = |prefix: &Rc<str>| {
            let border = if is_class(last_part(prefix)) { '$' } else { '.' };
            let well_known = || {
                let all = CONFIGS.iter().chain(COMMON);
                all.clone().any(|(simple, package)| *simple == name && **prefix == **package)
            };
            let full = format!("{prefix}{border}{name}");
            let known = catalog::class_name(&full).is_some()
                || catalog::is_around(&full)
                || catalog::internal_class(&full).is_some();
            (known || well_known()).then_some(full)
        };
        if !name.starts_with(case::is_upper) {
            return None;
        }
        if let Some(known) = self.known.borrow().get(name) {
            return known.clone();
        }
        let kafka = self.wildcards.iter().filter(|prefix| is_kafka(prefix));
        let found = kafka.map(below).find_map(|full| full.map(|full| Type::named(&full)));
        self.known.borrow_mut().insert(name, found.clone());
        found
    }

    /// What a lower-case first part of a dotted name was imported as: a package.
    pub(crate) fn package(&self, name: &str) -> Option<&str> {
        self.explicit.get(name).map(|full| &**full).filter(|full| !is_class(last_part(full)))
    }

    /// The classes whose static member this may be.
    pub(crate) fn owners_of(&self, member: &str) -> impl Iterator<Item = (&Rc<str>, bool)> {
        let one = self.statics.get(member).into_iter().map(|class| (class, true));
        one.chain(self.static_wildcards.iter().map(|class| (class, false)))
    }

    /// Classes of Kafka that are imported by name or known below an imported package.
    pub(crate) fn kafka_classes(&self) -> impl Iterator<Item = &str> {
        self.explicit.values().map(|full| &**full).filter(|full| is_kafka(full) && is_class(last_part(full)))
    }
}

/// Whether a full name is one of Kafka's.
pub(crate) fn is_kafka(name: &str) -> bool {
    name.strip_prefix("org.apache.kafka.").or_else(|| name.strip_prefix("kafka.")).is_some()
        || name == "org.apache.kafka"
}

/// Whether a part of a dotted name is a class by its spelling: `ConsumerConfig`, not `consumer` or `GROUP_ID`.
pub(crate) fn is_class(part: &str) -> bool {
    part.starts_with(case::is_upper) && (part.len() == 1 || part.contains(|one: char| case::is_lower(one)))
}

/// The binary name of dotted parts: what follows a class is nested in it.
pub(crate) fn binary(parts: &[&str]) -> String {
    let mut name = String::new();
    let mut nested = false;
    for part in parts {
        if !name.is_empty() {
            name.push(if nested { '$' } else { '.' });
        }
        name.push_str(part);
        nested |= is_class(part);
    }
    name
}

fn last_part(full: &str) -> &str {
    full.rsplit(['.', '$']).next().unwrap_or(full)
}
