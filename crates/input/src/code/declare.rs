//! Declarations: types as they are written, variables, parameters and methods.

use super::Language;
use super::overload;
use super::reader::{Reader, Scope};
use super::token::{Token, TokenKind};
use super::types::{Type, builtin, is_primitive, of_any};
use crate::UsageKind;

/// Tokens that one written type has at most.
const LONGEST: usize = 120;

impl<'a> Reader<'a, '_> {
    /// One declaration, statement or expression.
    pub(super) fn item(&mut self, token: Token<'a>) {
        match token.kind {
            TokenKind::Name => self.named_item(token),
            TokenKind::Symbol => match token.text {
                "{" => self.inside(Scope::default(), Self::items),
                "@" => self.annotation(),
                "(" | "!" | "-" | "++" | "--" => {
                    self.expression();
                }
                "[" => self.inside(Scope::default(), Self::items),
                // Type parameters of a method.
                "<" => {
                    let start = self.at;
                    let end = self.skip_type_arguments(start).unwrap_or(start + 1);
                    self.mention_types(start, end);
                    self.at = end;
                }
                _ => self.at += 1,
            },
            _ => {
                self.expression();
            }
        }
    }

    /// The parentheses of `for`, `try`, `catch` and the like; what they declare holds in what follows.
    fn header(&mut self) {
        self.at += 1;
        let Some(close) = self.close_of(self.at).filter(|_| self.text(0) == "(") else { return };
        let limit = std::mem::replace(&mut self.limit, close);
        self.at += 1;
        if self.is_name(self.at) && self.text(1) == "in" {
            self.drawn();
        }
        self.items();
        self.limit = limit;
        self.at = close + 1;
    }

    /// `name in values` or `name <- values`.
    fn drawn(&mut self) {
        let name = self.text(0);
        self.at += 2;
        let values = self.expression();
        self.declare(name, values.element());
    }

    fn named_item(&mut self, token: Token<'a>) {
        let next_is_name = self.is_name(self.at + 1);
        match token.text {
            "package" if next_is_name && token.fresh => self.skip_path(),
            "import" if next_is_name => self.skip_path(),
            "class" | "interface" | "enum" | "trait" if next_is_name && self.text(1) != "class" => {
                self.at += 1;
                self.class();
            }
            "record" if next_is_name && matches!(self.text(2), "(" | "<") => {
                self.at += 1;
                self.class();
            }
            "object" if self.language != Language::Java && (next_is_name || self.text(1) == "{") => {
                self.at += 1;
                if next_is_name {
                    self.class();
                }
            }
            "val" | "var" if self.language != Language::Java => self.value(),
            "fun" if self.language == Language::Kotlin => self.function(),
            "def" if self.language == Language::Scala => self.function(),
            "constructor" | "init" if self.language == Language::Kotlin && self.text(1) == "(" => {
                self.at += 1;
                self.scopes.push(Scope::default());
                self.parameters();
                self.body();
                self.scopes.pop();
            }
            "for" | "try" | "catch" | "if" | "while" | "switch" | "when" if self.text(1) == "(" => {
                self.header()
            }
            "case"
                if self.language == Language::Scala && self.text(2) == ":" && self.is_name(self.at + 1) =>
            {
                let name = self.text(1);
                self.at += 2;
                let of = self.typed();
                self.declare(name, of);
            }
            name if self.language == Language::Scala && self.text(1) == "<-" && !name.is_empty() => {
                self.drawn()
            }
            "new" | "this" | "super" => {
                self.expression();
            }
            text if is_keyword(text, self.language) => self.at += 1,
            name if self.text(1) == "(" && self.is_constructor(name) => self.method(Type::Unknown),
            _ if self.language == Language::Java && self.declaration() => {}
            _ => {
                self.expression();
            }
        }
    }

    fn is_constructor(&self, name: &str) -> bool {
        let class = self.in_class().and_then(|class| self.classes.get(class));
        self.language == Language::Java && class.is_some_and(|class| class.name == name)
    }

    /// Past the rest of an import or package.
    fn skip_path(&mut self) {
        self.at += 1;
        while let Some(token) = self.token().filter(|token| !token.fresh) {
            match token.text {
                ";" => break,
                "{" => self.at = self.close_of(self.at).unwrap_or(self.at) + 1,
                _ => self.at += 1,
            }
        }
    }

    fn annotation(&mut self) {
        self.at += 1;
        if self.text(0) == "interface" {
            self.at += 1;
            return self.class();
        }
        if self.is_name(self.at) && !matches!(self.text(0), "class" | "file") {
            self.at += 1;
            while self.text(0) == "." && self.is_name(self.at + 1) {
                self.at += 2;
            }
            if self.text(0) == "(" && !self.is_fresh(self.at) {
                self.arguments();
            }
        }
    }

    /// `Type name` of Java and what follows: a variable, a field, a parameter or a method.
    fn declaration(&mut self) -> bool {
        let start = self.at;
        if !self.is_name(start + 1) && !matches!(self.text(1), "<" | "." | "[" | "@") {
            return false;
        }
        let Some((of, end)) = self.parse_type(start) else { return false };
        let name = self.text_at(end);
        if !self.is_name(end) || is_keyword(name, self.language) {
            return false;
        }
        let after = self.text_at(end + 1);
        match after {
            "(" if self.in_class().is_some() => {
                self.mention_types(start, end);
                self.at = end;
                self.method(of);
            }
            "=" | ";" | "," | ":" | ")" | "[" | "" => {
                self.mention_types(start, end);
                self.at = end + 1;
                let of = if after == "[" { Type::Array(of.into()) } else { of };
                self.variables(name, of);
            }
            _ => return false,
        }
        true
    }

    /// What follows `Type name`: an initial value, further names, or what a loop goes over.
    fn variables(&mut self, first: &'a str, of: Type<'a>) {
        let inferred = of == Type::named("var") || of == Type::named("val");
        let mut name = first;
        loop {
            match self.text(0) {
                "=" => {
                    self.at += 1;
                    if !inferred {
                        self.declare(name, of.clone());
                    }
                    let value = self.expression();
                    if inferred {
                        self.declare(name, value);
                    }
                }
                ":" => {
                    self.at += 1;
                    let value = self.expression();
                    self.declare(name, if inferred { value.element() } else { of.clone() });
                }
                _ => self.declare(name, of.clone()),
            }
            let another = self.text(0) == "," && self.is_name(self.at + 1);
            if !another || !matches!(self.text(2), "=" | ";" | ",") || self.in_parentheses() {
                return;
            }
            name = self.text(1);
            self.at += 2;
        }
    }

    fn in_parentheses(&self) -> bool {
        self.tokens.get(self.limit).is_some_and(|close| close.text == ")")
    }

    /// `val name: Type = value` of Kotlin and Scala.
    fn value(&mut self) {
        self.at += 1;
        // A receiver's type parameters, or names that are taken apart, are left alone.
        let Some(name) = self.token().filter(|token| token.kind == TokenKind::Name) else { return };
        self.at += 1;
        let declared = if self.text(0) == ":" { Some(self.typed()) } else { None };
        if let Some(of) = &declared {
            self.declare(name.text, of.clone());
        }
        let by = self.language == Language::Kotlin && self.text(0) == "by";
        if self.text(0) == "=" {
            self.at += 1;
            let value = self.expression();
            if declared.is_none() {
                self.declare(name.text, value);
            }
        } else if by {
            self.at += 1;
            let lazy = self.takes("lazy") && self.text(0) == "{";
            let value = if lazy { self.lambda_value() } else { self.expression() };
            if declared.is_none() {
                self.declare(name.text, if lazy { value } else { Type::Unknown });
            }
        } else if declared.is_none() {
            self.declare(name.text, Type::Unknown);
        }
    }

    /// What a lambda that is only one expression gives.
    fn lambda_value(&mut self) -> Type<'a> {
        let mut value = Type::Unknown;
        self.inside(Scope::default(), |reader| {
            value = reader.expression();
            if reader.token().is_some() {
                value = Type::Unknown;
                reader.items();
            }
        });
        value
    }

    /// A type behind its colon.
    fn typed(&mut self) -> Type<'a> {
        self.at += 1;
        match self.parse_type(self.at) {
            Some((of, end)) => {
                let start = self.at;
                self.mention_types(start, end);
                self.at = end;
                of
            }
            None => Type::Unknown,
        }
    }

    /// `fun name(a: A): R` of Kotlin and `def name(a: A): R` of Scala.
    fn function(&mut self) {
        self.at += 1;
        if let Some(end) = self.skip_type_arguments(self.at) {
            self.at = end;
        }
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
            self.scopes.push(Scope { receiver, class: None, ..Scope::default() });
            self.method_in(Type::Unknown, true);
            self.scopes.pop();
        }
    }

    /// A method from its name on.
    fn method(&mut self, returns: Type<'a>) {
        self.method_in(returns, false);
    }

    fn method_in(&mut self, returns: Type<'a>, scoped: bool) {
        let name_at = self.at;
        let name = self.text(0);
        let class = self.scopes.iter().rev().nth(usize::from(scoped)).and_then(|scope| scope.class);
        self.at += 1;
        if let Some(end) = self.skip_type_arguments(self.at) {
            self.at = end;
        }
        self.scopes.push(Scope::default());
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
        let outer = std::mem::replace(&mut self.method, name_at);
        let value = self.body();
        self.method = outer;
        self.scopes.pop();
        if returns == Type::Unknown && self.language != Language::Java {
            returns = value;
        }
        // Overloads that return different things tell nothing.
        if !self.tells()
            && let Some(class) = class.and_then(|class| self.classes.get_mut(class))
        {
            let known = class.methods.entry(name).or_insert_with(|| returns.clone());
            if *known != returns {
                *known = Type::Unknown;
            }
        }
    }

    /// What follows the parameters of a method: exceptions, then a block or an expression, or nothing.
    fn body(&mut self) -> Type<'a> {
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

    /// Tells that a method overrides one of Kafka's.
    fn overrides(&mut self, class: usize, name_at: usize, parameters: &[Type<'a>]) {
        if !self.tells() {
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
        let span = self.span(mark.unwrap_or(name_at), name_at);
        self.tell(UsageKind::Member, member.name, span, mark.is_none());
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
    pub(super) fn parameters(&mut self) -> Vec<Type<'a>> {
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

    /// A written type and where it ends. Nothing is told yet: what looks like one may be something else.
    pub(super) fn parse_type(&self, start: usize) -> Option<(Type<'a>, usize)> {
        self.parse_type_within(start, start + LONGEST, 0)
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
            // What is written is as good as what is bounded by it.
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
        let (mut of, mut at) = match self.class_at(at) {
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

    /// Past `<T extends X>` or `[T <: X]`, where they are there.
    pub(super) fn skip_type_arguments(&self, start: usize) -> Option<usize> {
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
        for at in start..start + LONGEST {
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

    /// Tells every class of Kafka that is named between two tokens.
    pub(super) fn mention_types(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let dotted = at > start && self.text_at(at - 1) == ".";
            match self.class_at(at).filter(|_| self.is_name(at) && !dotted) {
                Some((of, after)) => {
                    if let Some(name) = of.kafka() {
                        let name = name.to_owned();
                        self.tell(UsageKind::Class, name, self.span(at, after - 1), false);
                    }
                    at = after.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
}

/// Words that begin no type and no expression.
pub(super) fn is_keyword(text: &str, language: Language) -> bool {
    let shared = matches!(
        text,
        "return"
            | "if"
            | "else"
            | "while"
            | "do"
            | "try"
            | "catch"
            | "finally"
            | "throw"
            | "public"
            | "private"
            | "protected"
            | "abstract"
            | "final"
            | "import"
            | "package"
            | "class"
            | "for"
    );
    let own = match language {
        Language::Java => matches!(
            text,
            "static"
                | "synchronized"
                | "switch"
                | "case"
                | "default"
                | "break"
                | "continue"
                | "assert"
                | "throws"
                | "extends"
                | "implements"
                | "instanceof"
                | "volatile"
                | "transient"
                | "native"
                | "interface"
                | "enum"
                | "new"
                | "goto"
                | "strictfp"
                | "const"
                | "this"
                | "super"
                | "true"
                | "false"
                | "null"
        ),
        Language::Kotlin => matches!(
            text,
            "when"
                | "is"
                | "in"
                | "as"
                | "override"
                | "open"
                | "internal"
                | "companion"
                | "data"
                | "sealed"
                | "lateinit"
                | "suspend"
                | "inline"
                | "init"
                | "break"
                | "continue"
                | "fun"
                | "val"
                | "var"
                | "by"
                | "where"
        ),
        Language::Scala => matches!(
            text,
            "override"
                | "implicit"
                | "lazy"
                | "case"
                | "match"
                | "extends"
                | "with"
                | "yield"
                | "sealed"
                | "def"
                | "val"
                | "var"
                | "then"
                | "end"
                | "given"
                | "using"
                | "type"
        ),
    };
    shared || own && !is_primitive(text)
}
