//! Two passes over the tokens of one file: first for what it declares, then for what it uses.

use std::collections::HashMap;

use crate::config::{ConfigEntry, ConfigSink};
use crate::names::Names;
use crate::own_class::OwnClass;
use crate::token::{Token, TokenKind};
use crate::types::Type;
use crate::{ComponentOf, Language, MAX_DEPTH};
use kafka_upgrade_document::{MemberName, Setting, Span, Usage, UsageKind};

/// What is visible between two brackets.
#[derive(Debug, Default)]
pub(crate) struct Scope<'a> {
    pub(crate) variables: HashMap<&'a str, Type<'a>>,
    /// What type variables are bounded by.
    pub(crate) bounds: HashMap<&'a str, Type<'a>>,
    /// The class whose body it is.
    pub(crate) class: Option<usize>,
    /// For parentheses: variables that a pattern binds in them are also visible outside.
    pub(crate) transparent: bool,
    /// What calls without a receiver are made on, in Kotlin's `apply` and `run`.
    pub(crate) receiver: Option<Type<'a>>,
}

/// What a pass is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    Declarations,
    Usages,
}

/// State of one pass over a file's tokens.
#[derive(Debug)]
pub(crate) struct Reader<'a, 't> {
    pub(crate) language: Language,
    pub(crate) component_of: ComponentOf,
    pub(crate) tokens: &'t [Token<'a>],
    /// The closing bracket of each opening one.
    matching_brackets: Vec<usize>,
    pub(crate) names: Names<'a>,
    pub(crate) at: usize,
    /// Tokens from here on are outside of the bracket that is read.
    pub(crate) limit: usize,
    pub(crate) depth: usize,
    pub(crate) scopes: Vec<Scope<'a>>,
    pub(crate) classes: Vec<OwnClass<'a>>,
    /// Classes of this file by the token at which they begin.
    pub(crate) by_place: HashMap<usize, usize>,
    /// The same by their simple names.
    pub(crate) by_name: HashMap<&'a str, usize>,
    pass: Pass,
    usages: Vec<Usage>,
    pub(crate) entries: Vec<ConfigEntry<'a>>,
    pub(crate) sinks: Vec<ConfigSink<'a>>,
    /// Parameter types expected of the next lambda or method reference.
    pub(crate) expected_params: Option<Vec<Type<'a>>>,
    /// Return type of the method that is read.
    pub(crate) returns: Type<'a>,
    /// Where the method that is read begins.
    pub(crate) method: usize,
}

/// What a file uses and sets.
pub(crate) fn read<'a>(
    tokens: &[Token<'a>],
    names: Names<'a>,
    language: Language,
    component_of: ComponentOf,
) -> (Vec<Usage>, Vec<Setting>) {
    let mut reader = Reader {
        language,
        component_of,
        tokens,
        matching_brackets: matching_brackets(tokens),
        names,
        at: 0,
        limit: tokens.len(),
        depth: 0,
        scopes: vec![Scope::default()],
        classes: Vec::new(),
        by_place: HashMap::new(),
        by_name: HashMap::new(),
        pass: Pass::Declarations,
        usages: Vec::new(),
        entries: Vec::new(),
        sinks: Vec::new(),
        expected_params: None,
        returns: Type::Unknown,
        method: 0,
    };
    reader.items();
    reader.at = 0;
    reader.scopes = vec![Scope::default()];
    reader.pass = Pass::Usages;
    reader.imports();
    reader.items();
    let settings = reader.settings();
    (reader.usages, settings)
}

/// The closing bracket of each opening one; the number of tokens where there is none.
fn matching_brackets(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut matching_brackets = vec![tokens.len(); tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Symbol) {
        let opening = match token.text {
            "(" | "[" | "{" => {
                open.push(at);
                continue;
            }
            ")" => "(",
            "]" => "[",
            "}" => "{",
            _ => continue,
        };
        let is = |at: &usize| tokens.get(*at).is_some_and(|token| token.text == opening);
        // A brace closes what was left open inside of it; any other bracket only its own.
        while opening == "{" && open.last().is_some_and(|last| !is(last)) {
            open.pop();
        }
        if let Some(last) = open.pop_if(|last| is(last))
            && let Some(matching) = matching_brackets.get_mut(last)
        {
            *matching = at;
        }
    }
    matching_brackets
}

impl<'a> Reader<'a, '_> {
    /// The text of the token so many further on; empty past the end of the bracket.
    pub(crate) fn text(&self, ahead: usize) -> &'a str {
        self.text_at(self.at + ahead)
    }

    pub(crate) fn text_at(&self, at: usize) -> &'a str {
        self.token_at(at).map_or("", |token| token.text)
    }

    /// As [`Self::text_at`], wherever the bracket ends.
    pub(crate) fn text_at_any(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    pub(crate) fn token_at(&self, at: usize) -> Option<Token<'a>> {
        if at < self.limit { self.tokens.get(at).copied() } else { None }
    }

    pub(crate) fn token(&self) -> Option<Token<'a>> {
        self.token_at(self.at)
    }

    /// Whether the token at that place is an identifier or keyword.
    pub(crate) fn is_name(&self, at: usize) -> bool {
        self.token_at(at).is_some_and(|token| token.kind == TokenKind::Name)
    }

    /// Whether it begins a line, or there is none.
    pub(crate) fn is_fresh(&self, at: usize) -> bool {
        self.token_at(at).is_none_or(|token| token.starts_line)
    }

    pub(crate) fn span_at(&self, at: usize) -> Span {
        self.tokens.get(at).map_or(Span::default(), |token| token.span)
    }

    /// From the start of one token to the end of another.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.span_at(first).start, self.span_at(last).end)
    }

    /// The closing bracket of the opening one there, if it has one before the limit.
    pub(crate) fn close_of(&self, open: usize) -> Option<usize> {
        self.matching_brackets.get(open).copied().filter(|close| *close < self.limit)
    }

    /// Takes the token if it is this one.
    pub(crate) fn takes(&mut self, text: &str) -> bool {
        let is = self.text(0) == text;
        self.at += usize::from(is);
        is
    }

    /// Reads what is between the bracket here and its closing one in a scope of its own, and goes past it.
    /// Without a closing one, or too deep, only goes past the opening one.
    pub(crate) fn inside(&mut self, scope: Scope<'a>, read: impl FnOnce(&mut Self)) {
        let open = self.at;
        self.at += 1;
        let Some(close) = self.close_of(open).filter(|_| self.depth < MAX_DEPTH) else { return };
        let limit = std::mem::replace(&mut self.limit, close);
        let expected_params = self.expected_params.take();
        self.depth += 1;
        self.scopes.push(scope);
        read(self);
        self.scopes.pop();
        self.depth -= 1;
        self.expected_params = expected_params;
        self.limit = limit;
        self.at = close + 1;
    }

    /// Whether what is read is directly in the body of a class.
    pub(crate) fn in_class(&self) -> Option<usize> {
        self.scopes.last().and_then(|scope| scope.class)
    }

    /// Makes a variable, field or parameter known.
    pub(crate) fn declare(&mut self, name: &'a str, of: Type<'a>) {
        match self.in_class().and_then(|class| self.classes.get_mut(class)) {
            Some(class) => {
                class.fields.insert(name, of);
            }
            None => {
                if let Some(scope) = self.scopes.last_mut() {
                    scope.variables.insert(name, of);
                }
            }
        }
    }

    /// As [`Self::declare`], from within parentheses.
    pub(crate) fn bind(&mut self, name: &'a str, of: Type<'a>) {
        if let Some(scope) = self.scopes.iter_mut().rev().find(|scope| !scope.transparent) {
            scope.variables.insert(name, of);
        }
    }

    /// The type with which a name was declared; `None` when it was not.
    pub(crate) fn variable(&self, name: &str) -> Option<Type<'a>> {
        self.scopes.iter().rev().find_map(|scope| {
            let local = scope.variables.get(name).cloned();
            local.or_else(|| self.field_of(scope.class?, &[], name))
        })
    }

    /// Reports a class that is used.
    pub(crate) fn record_class(&mut self, name: &str, span: Span) {
        if self.reports_usages() {
            self.usages.push(Usage::new(UsageKind::Class, name, span));
        }
    }

    /// Reports a member that is used.
    pub(crate) fn record_member(&mut self, name: MemberName, span: Span, guessed: bool) {
        if self.reports_usages() {
            self.usages.push(Usage { guessed, ..Usage::of_member(name, span) });
        }
    }

    pub(crate) fn reports_usages(&self) -> bool {
        self.pass == Pass::Usages
    }

    fn imports(&mut self) {
        for (class, member, span) in std::mem::take(&mut self.names.imported) {
            // What Connect's REST extensions are made of, beside Kafka's own.
            let of_rest = class.starts_with("javax.ws.rs.");
            if of_rest && member.is_none() {
                self.record_class(&class, span);
            } else if super::names::is_kafka(&class) {
                self.record_class(&class, span);
                if let Some(member) = member {
                    let field = super::overload::field(&class, member);
                    let method = super::overload::any(&class, member).filter(|_| !field.known);
                    self.record_member(method.unwrap_or(field.name), span, false);
                }
            }
        }
    }

    /// Goes through everything up to the limit.
    pub(crate) fn items(&mut self) {
        while let Some(token) = self.token() {
            let before = self.at;
            self.item(token);
            self.at = self.at.max(before + 1);
        }
    }
}
