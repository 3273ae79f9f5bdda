//! Objects: made with and without `new`, anonymous, and the one that code is in.
//!
//! What is *not* here: what is called on them (`call`), and the bodies of classes (`classes`).

use crate::Language;
use crate::chain::Value;
use crate::overload;
use crate::reader::{Reader, Scope};
use crate::types::Type;

impl<'a> Reader<'a, '_> {
    /// A class in an expression: a static receiver, or a constructor that needs no `new`.
    pub(crate) fn class_value(&mut self, of: Type<'a>, end: usize) -> Value<'a> {
        let start = self.at;
        self.mention_types(start, end);
        self.at = end;
        if self.language != Language::Java {
            let generic = self.skip_type_arguments(end).filter(|after| self.text_at(*after) == "(");
            if let Some(after) = generic {
                let whole = self.parse_type(start).map_or_else(|| of.clone(), |(of, _)| of);
                self.mention_types(end, after);
                self.at = after;
                self.constructed(&of, start);
                return Value::new(whole);
            }
            if self.text(0) == "(" && !self.is_fresh(self.at) {
                self.constructed(&of, start);
                return Value::new(of);
            }
        }
        Value { of, guessed: false, is_class: true }
    }

    /// `new Type<…>(…) { … }`, or an array.
    pub(crate) fn new_object(&mut self) -> Value<'a> {
        self.at += 1;
        let start = self.at;
        let Some((of, end)) = self.parse_type(start).or_else(|| {
            // `new Type[10]` and the like.
            self.class_at(start)
        }) else {
            return Value::UNKNOWN;
        };
        self.mention_types(start, end);
        self.at = end;
        if let Type::Array(_) = of {
            if self.text(0) == "{" {
                self.inside(Scope::default(), Self::items);
            }
            return Value::new(of);
        }
        if self.text(0) == "<" && self.text(1) == ">" {
            self.at += 2;
        }
        if self.text(0) == "[" {
            self.inside(Scope::default(), Self::items);
            return Value::new(Type::Array(of.into()));
        }
        if self.text(0) == "(" {
            self.constructed(&of, start);
        }
        if self.text(0) == "{" && (self.language != Language::Scala || !self.is_fresh(self.at)) {
            self.anonymous(vec![of.clone()]);
        } else if self.text(0) == "with" {
            let mut all = vec![of.clone()];
            while self.takes("with") {
                all.push(self.type_here(false));
            }
            if self.text(0) == "{" {
                self.anonymous(all);
            }
        }
        Value::new(of)
    }

    /// Kotlin's `object : Type(…), Other { … }`.
    pub(crate) fn object(&mut self) -> Value<'a> {
        self.at += 2;
        let mut all = Vec::new();
        loop {
            let start = self.at;
            let of = self.type_here(false);
            if self.text(0) == "(" {
                self.constructed(&of, start);
            }
            all.push(of);
            if !self.takes(",") {
                break;
            }
        }
        let first = all.first().cloned().unwrap_or(Type::Unknown);
        if self.text(0) == "{" {
            self.anonymous(all);
        }
        Value::new(first)
    }

    /// `this`, `super`, and calls of constructors by those names.
    pub(crate) fn this(&mut self, above: bool) -> Value<'a> {
        let start = self.at;
        self.at += 1;
        let class = self.scopes.iter().rev().find_map(|scope| scope.class);
        let supers = class.and_then(|class| self.classes.get(class)).map(|class| class.supers.clone());
        let parent = || supers.as_ref().and_then(|supers| supers.first().cloned()).unwrap_or(Type::Unknown);
        if self.text(0) == "(" {
            let parent = parent();
            if above {
                self.constructed(&parent, start);
            } else {
                self.arguments(&[]);
            }
            return Value::UNKNOWN;
        }
        if above {
            // An interface's default method, or the only class above.
            let kafka = supers.as_ref().and_then(|all| all.iter().find(|one| one.kafka().is_some()).cloned());
            return Value::new(kafka.unwrap_or_else(parent));
        }
        let receiver =
            self.scopes.iter().rev().find(|scope| scope.receiver.is_some() || scope.class.is_some());
        if let Some(receiver) = receiver.and_then(|scope| scope.receiver.clone()) {
            return Value::new(receiver);
        }
        match class.and_then(|class| self.classes.get(class)) {
            Some(class) if !class.name.is_empty() => Value::new(Type::own(class.name)),
            Some(class) => Value::new(class.supers.first().cloned().unwrap_or(Type::Unknown)),
            None => Value::UNKNOWN,
        }
    }

    /// The arguments of a constructor, from its parenthesis on; `at` is where its class is named.
    pub(crate) fn constructed(&mut self, of: &Type<'a>, at: usize) {
        let arguments = self.arguments(&[]);
        self.passed(of, &arguments);
        let Some(class) = of.kafka().filter(|_| self.reports_usages()).map(str::to_owned) else { return };
        let types: Vec<_> = arguments.into_iter().map(|one| one.of).collect();
        let member = overload::method(&class, "new", &types);
        let end = self.class_at(at).map_or(at, |(_, end)| end - 1);
        let span = self.span(at, end);
        self.record_member(member.name, span, false);
    }
}
