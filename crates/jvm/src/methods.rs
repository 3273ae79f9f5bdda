//! Methods: their parameters, what they return, and what they override.

use crate::Language;
use crate::overload;
use crate::reader::{Reader, Scope};
use crate::types::{Type, of_any};

/// Interfaces whose methods programs call and Kafka does not.
const CALLED_BY_PROGRAMS: [&str; 3] = [
    "org.apache.kafka.clients.producer.Producer",
    "org.apache.kafka.clients.consumer.Consumer",
    "org.apache.kafka.clients.admin.Admin",
];

impl<'a> Reader<'a, '_> {
    /// `fun name(a: A): R` of Kotlin and `def name(a: A): R` of Scala.
    pub(crate) fn function(&mut self) {
        self.at += 1;
        self.scopes.push(Scope::default());
        self.type_parameters();
        // An extension: its receiver is what calls in it are made on.
        let mut receiver = None;
        if self.language == Language::Kotlin {
            let dotted =
                (self.at..self.at + 12).take_while(|at| self.is_name(*at) || self.text_at(*at) == ".");
            let generic = self.text(1) == "<";
            if generic || dotted.count() > 1 {
                let start = self.at;
                if generic && let Some((of, end)) = self.parse_type(start) {
                    if self.text_at(end) == "." {
                        self.mention_types(start, end);
                        receiver = Some(of);
                        self.at = end + 1;
                    }
                } else if let Some((of, end)) =
                    self.class_at(start).filter(|(_, end)| self.text_at(*end) == ".")
                {
                    self.mention_types(start, end);
                    receiver = Some(of);
                    self.at = end + 1;
                }
                while self.text(1) == "." {
                    self.at += 2;
                }
            }
        }
        if self.is_name(self.at) {
            if let Some(scope) = self.scopes.last_mut() {
                scope.receiver = receiver;
            }
            self.method_in(Type::Unknown, true);
        }
        self.scopes.pop();
    }

    /// A method from its name on.
    pub(crate) fn method(&mut self, returns: Type<'a>) {
        self.method_in(returns, false);
    }

    fn method_in(&mut self, returns: Type<'a>, scoped: bool) {
        let name_at = self.at;
        let name = self.text(0);
        let class = self.scopes.iter().rev().nth(usize::from(scoped)).and_then(|scope| scope.class);
        self.at += 1;
        self.scopes.push(Scope::default());
        self.type_parameters();
        let mut parameters = Vec::new();
        while self.text(0) == "(" {
            parameters.extend(self.parameters());
        }
        let mut returns = returns;
        if self.language != Language::Java && self.text(0) == ":" {
            returns = self.typed();
        }
        if let Some(class) = class {
            self.overrides(class, name_at, &parameters);
        }
        let is_open = matches!(self.text(0), ";" | "throws");
        if !self.reports_usages()
            && let Some(class) = class.and_then(|class| self.classes.get_mut(class))
        {
            let takes = class.takes.entry(name).and_modify(Vec::clear);
            takes.or_insert_with(|| parameters.clone());
            if is_open {
                class.open.push(parameters);
            }
        }
        let outer = std::mem::replace(&mut self.method, name_at);
        let outer_returns = std::mem::replace(&mut self.returns, returns.clone());
        let value = self.body();
        self.returns = outer_returns;
        self.method = outer;
        self.scopes.pop();
        if returns == Type::Unknown && self.language != Language::Java {
            returns = value;
        }
        // Overloads that return different things leave the type open.
        if !self.reports_usages()
            && let Some(class) = class.and_then(|class| self.classes.get_mut(class))
        {
            let known = class.methods.entry(name).or_insert_with(|| returns.clone());
            if *known != returns {
                *known = Type::Unknown;
            }
        }
    }

    /// What follows the parameters of a method: exceptions, then a block or an expression, or nothing.
    pub(crate) fn body(&mut self) -> Type<'a> {
        if self.text(0) == "throws" {
            self.at += 1;
            let start = self.at;
            while self.is_name(self.at) || matches!(self.text(0), "." | ",") {
                self.at += 1;
            }
            let end = self.at;
            self.mention_types(start, end);
        }
        match self.text(0) {
            "{" => {
                self.inside(Scope::default(), Self::items);
                Type::Unknown
            }
            "=" => {
                self.at += 1;
                if self.text(0) == "{" && self.language == Language::Scala {
                    self.inside(Scope::default(), Self::items);
                    return Type::Unknown;
                }
                self.expression()
            }
            _ => Type::Unknown,
        }
    }

    /// Records that a method overrides one of Kafka's.
    fn overrides(&mut self, class: usize, name_at: usize, parameters: &[Type<'a>]) {
        if !self.reports_usages() {
            return;
        }
        let name = self.text_at(name_at);
        let mark = self.override_mark(name_at);
        let all = self.kafka_above(class);
        let member = match all.iter().find(|above| overload::has_method(above, name)) {
            Some(above) => overload::method(above, name, parameters),
            None => match (&all[..], self.classes.get(class)) {
                // There is nothing else that it can override.
                ([only], Some(own)) if mark.is_some() && own.supers.len() == 1 && of_any(name).is_none() => {
                    overload::method(only, name, parameters)
                }
                _ => return,
            },
        };
        if !member.known && mark.is_none() {
            return;
        }
        // Kafka does not call a client's own methods: without `@Override` one more is none too many.
        if mark.is_none() && CALLED_BY_PROGRAMS.contains(&member.name.class.as_str()) {
            return;
        }
        let span = self.span(mark.unwrap_or(name_at), name_at);
        self.record_member(member.name, span, mark.is_none());
    }

    /// The `@Override` or `override` before a method's name, within its own declaration.
    fn override_mark(&self, name_at: usize) -> Option<usize> {
        for at in (name_at.saturating_sub(40)..name_at).rev() {
            match self.tokens.get(at).map_or("", |token| token.text) {
                "Override" => return at.checked_sub(1),
                "override" => return Some(at),
                ";" | "{" | "}" => return None,
                _ => {}
            }
        }
        None
    }

    /// The parameters between the parentheses here, declared in the scope that is open; and their types.
    pub(crate) fn parameters(&mut self) -> Vec<Type<'a>> {
        let open = self.at;
        self.at += 1;
        let Some(close) = self.close_of(open) else { return Vec::new() };
        let limit = std::mem::replace(&mut self.limit, close);
        let mut types = Vec::new();
        while self.at < close {
            let before = self.at;
            types.extend(self.parameter());
            while self.at < close && self.text(0) != "," {
                let token = self.token();
                let at = self.at;
                if let Some(token) = token {
                    self.item(token);
                }
                self.at = self.at.max(at + 1);
            }
            self.at = (self.at + 1).max(before + 1);
        }
        self.limit = limit;
        self.at = close + 1;
        types
    }

    fn parameter(&mut self) -> Option<Type<'a>> {
        loop {
            match self.text(0) {
                "@" => self.annotation(),
                "final" | "val" | "var" | "vararg" | "private" | "protected" | "public" | "internal"
                | "implicit" | "using" | "override" | "crossinline" | "noinline"
                    if self.is_name(self.at + 1) || self.text(1) == "@" =>
                {
                    self.at += 1;
                }
                _ => break,
            }
        }
        if self.language == Language::Java {
            let start = self.at;
            if let Some((of, end)) = self.parse_type(start)
                && self.is_name(end)
            {
                self.mention_types(start, end);
                self.declare(self.text_at(end), of.clone());
                self.at = end + 1;
                return Some(of);
            }
        } else if self.is_name(self.at) && self.text(1) == ":" {
            let name = self.text(0);
            self.at += 1;
            let of = self.typed();
            self.declare(name, of.clone());
            if self.takes("=") {
                self.expression();
            }
            return Some(of);
        }
        if self.is_name(self.at) {
            self.declare(self.text(0), Type::Unknown);
            self.at += 1;
            return Some(Type::Unknown);
        }
        None
    }
}
