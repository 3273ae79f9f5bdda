//! Going through the tokens of one file, twice: first for what it declares, then for what it uses.

use std::collections::HashMap;

use super::classes::OwnClass;
use super::names::Names;
use super::settings::{Passed, Put};
use super::token::{Token, TokenKind};
use super::types::Type;
use super::{DEEPEST, Language};
use crate::{Setting, Span, Usage, UsageKind};

/// What is visible between two brackets.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    pub(super) variables: HashMap<&'a str, Type<'a>>,
    /// What type variables are bounded by.
    pub(super) bounds: HashMap<&'a str, Type<'a>>,
    /// The class whose body it is.
    pub(super) class: Option<usize>,
    /// Parentheses: a variable that a pattern binds in them holds outside of them as well.
    pub(super) transparent: bool,
    /// What calls without a receiver are made on, in Kotlin's `apply` and `run`.
    pub(super) receiver: Option<Type<'a>>,
}

/// The state of one going through.
#[derive(Debug)]
pub(super) struct Reader<'a, 't> {
    pub(super) language: Language,
    pub(super) tokens: &'t [Token<'a>],
    /// Of each opening bracket the place of its closing one.
    partners: Vec<usize>,
    pub(super) names: Names<'a>,
    pub(super) at: usize,
    /// Tokens from here on are outside of the bracket that is read.
    pub(super) limit: usize,
    pub(super) depth: usize,
    pub(super) scopes: Vec<Scope<'a>>,
    pub(super) classes: Vec<OwnClass<'a>>,
    /// Classes of this file by the token at which they begin.
    pub(super) by_place: HashMap<usize, usize>,
    /// The same by their simple names.
    pub(super) by_name: HashMap<&'a str, usize>,
    /// True: the second time, what is used is told.
    tells: bool,
    usages: Vec<Usage>,
    pub(super) puts: Vec<Put<'a>>,
    pub(super) passed: Vec<Passed<'a>>,
    /// What the lambda or reference that is read next is called with, where its place tells it.
    pub(super) hints: Option<Vec<Type<'a>>>,
    /// What the method returns that is read.
    pub(super) returns: Type<'a>,
    /// Where the method begins that is read.
    pub(super) method: usize,
}

/// What a file uses and sets.
pub(super) fn read<'a>(
    tokens: &[Token<'a>],
    names: Names<'a>,
    language: Language,
) -> (Vec<Usage>, Vec<Setting>) {
    let mut reader = Reader {
        language,
        tokens,
        partners: partners(tokens),
        names,
        at: 0,
        limit: tokens.len(),
        depth: 0,
        scopes: vec![Scope::default()],
        classes: Vec::new(),
        by_place: HashMap::new(),
        by_name: HashMap::new(),
        tells: false,
        usages: Vec::new(),
        puts: Vec::new(),
        passed: Vec::new(),
        hints: None,
        returns: Type::Unknown,
        method: 0,
    };
    reader.items();
    reader.at = 0;
    reader.scopes = vec![Scope::default()];
    reader.tells = true;
    reader.imports();
    reader.items();
    let settings = reader.settings();
    (reader.usages, settings)
}

/// The closing bracket of each opening one; the number of tokens where there is none.
fn partners(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut partners = vec![tokens.len(); tokens.len()];
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
            && let Some(partner) = partners.get_mut(last)
        {
            *partner = at;
        }
    }
    partners
}

impl<'a> Reader<'a, '_> {
    /// The text of the token so many further on; empty past the end of the bracket.
    pub(super) fn text(&self, ahead: usize) -> &'a str {
        self.text_at(self.at + ahead)
    }

    pub(super) fn text_at(&self, at: usize) -> &'a str {
        self.token_at(at).map_or("", |token| token.text)
    }

    /// As [`Self::text_at`], wherever the bracket ends.
    pub(super) fn text_at_any(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    pub(super) fn token_at(&self, at: usize) -> Option<Token<'a>> {
        if at < self.limit { self.tokens.get(at).copied() } else { None }
    }

    pub(super) fn token(&self) -> Option<Token<'a>> {
        self.token_at(self.at)
    }

    /// Whether the token at that place is an identifier or keyword.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.token_at(at).is_some_and(|token| token.kind == TokenKind::Name)
    }

    /// Whether it begins a line, or there is none.
    pub(super) fn is_fresh(&self, at: usize) -> bool {
        self.token_at(at).is_none_or(|token| token.fresh)
    }

    pub(super) fn span_at(&self, at: usize) -> Span {
        self.tokens.get(at).map_or(Span::default(), |token| token.span)
    }

    /// From the start of one token to the end of another.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.span_at(first).start, self.span_at(last).end)
    }

    /// The closing bracket of the opening one there, if it has one before the limit.
    pub(super) fn close_of(&self, open: usize) -> Option<usize> {
        self.partners.get(open).copied().filter(|close| *close < self.limit)
    }

    /// Takes the token if it is this one.
    pub(super) fn takes(&mut self, text: &str) -> bool {
        let is = self.text(0) == text;
        self.at += usize::from(is);
        is
    }

    /// Reads what is between the bracket here and its closing one in a scope of its own, and goes past it.
    /// Without a closing one, or too deep, only goes past the opening one.
    pub(super) fn inside(&mut self, scope: Scope<'a>, read: impl FnOnce(&mut Self)) {
        let open = self.at;
        self.at += 1;
        let Some(close) = self.close_of(open).filter(|_| self.depth < DEEPEST) else { return };
        let limit = std::mem::replace(&mut self.limit, close);
        let hints = self.hints.take();
        self.depth += 1;
        self.scopes.push(scope);
        read(self);
        self.scopes.pop();
        self.depth -= 1;
        self.hints = hints;
        self.limit = limit;
        self.at = close + 1;
    }

    /// Whether what is read is directly in the body of a class.
    pub(super) fn in_class(&self) -> Option<usize> {
        self.scopes.last().and_then(|scope| scope.class)
    }

    /// Makes a variable, field or parameter known.
    pub(super) fn declare(&mut self, name: &'a str, of: Type<'a>) {
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
    pub(super) fn bind(&mut self, name: &'a str, of: Type<'a>) {
        if let Some(scope) = self.scopes.iter_mut().rev().find(|scope| !scope.transparent) {
            scope.variables.insert(name, of);
        }
    }

    /// The type with which a name was declared; `None` when it was not.
    pub(super) fn variable(&self, name: &str) -> Option<Type<'a>> {
        self.scopes.iter().rev().find_map(|scope| {
            let local = scope.variables.get(name).cloned();
            local.or_else(|| self.field_of(scope.class?, &[], name))
        })
    }

    /// Tells of something that is used.
    pub(super) fn tell(&mut self, kind: UsageKind, name: String, span: Span, guessed: bool) {
        if self.tells {
            self.usages.push(Usage { kind, name, value: None, span, guessed });
        }
    }

    pub(super) fn tells(&self) -> bool {
        self.tells
    }

    fn imports(&mut self) {
        for (class, member, span) in std::mem::take(&mut self.names.imported) {
            if super::names::is_kafka(&class) {
                self.tell(UsageKind::Class, class.to_string(), span, false);
                if let Some(member) = member {
                    let field = super::overload::field(&class, member);
                    let method = super::overload::any(&class, member).filter(|_| !field.known);
                    self.tell(UsageKind::Member, method.unwrap_or(field.name), span, false);
                }
            }
        }
    }

    /// Goes through everything up to the limit.
    pub(super) fn items(&mut self) {
        while let Some(token) = self.token() {
            let before = self.at;
            self.item(token);
            self.at = self.at.max(before + 1);
        }
    }
}
