//! Expressions: what is called on what, and what comes of it.

use crate::Language;
use crate::declare::is_keyword;
use crate::reader::{Reader, Scope};
use crate::token::TokenKind;
use crate::types::{Type, builtin};
use crate::{MAX_DEPTH, names};
use kafka_upgrade_sorted::case;

/// What is known of an expression.
#[derive(Clone, Debug)]
pub(crate) struct Value<'a> {
    pub(crate) of: Type<'a>,
    /// Its type is only a guess from the name of a variable.
    pub(crate) guessed: bool,
    /// It is a class, not an object: `Admin` in `Admin.create(…)`.
    pub(crate) is_class: bool,
}

impl<'a> Value<'a> {
    pub(crate) const fn new(of: Type<'a>) -> Self {
        Self { of, guessed: false, is_class: false }
    }

    pub(crate) const UNKNOWN: Self = Self::new(Type::Unknown);
}

impl<'a> Reader<'a, '_> {
    /// An expression up to something that cannot be part of it; goes at least one token on.
    pub(crate) fn expression(&mut self) -> Type<'a> {
        let start = self.at;
        if self.depth >= MAX_DEPTH {
            self.at += 1;
            return Type::Unknown;
        }
        self.depth += 1;
        let mut of = self.operand();
        self.at = self.at.max(start + 1);
        while let Some(token) = self.token() {
            let here = self.at;
            if token.starts_line && self.language != Language::Java && !continues(token.text) {
                break;
            }
            of = match token.text {
                "+" | "-" | "*" | "/" | "%" => {
                    self.at += 1;
                    arithmetic(&of, &self.operand())
                }
                "==" | "!=" | "<=" | ">=" | "&&" | "||" | "<" | ">" => {
                    self.at += 1;
                    self.operand();
                    Type::named("boolean")
                }
                "&" | "|" | "^" => {
                    self.at += 1;
                    self.operand();
                    Type::Unknown
                }
                "=" | "+=" | "-=" | "*=" | "/=" => {
                    self.at += 1;
                    self.expected_params = self.lambda_takes(&of);
                    let value = self.expression();
                    self.expected_params = None;
                    value
                }
                "?" if self.language == Language::Java => {
                    self.at += 1;
                    let one = self.expression();
                    let other = if self.takes(":") { self.expression() } else { Type::Unknown };
                    if other == Type::Null { one } else { common(one, &other) }
                }
                "?:" => {
                    self.at += 1;
                    self.operand();
                    of
                }
                "instanceof" if self.language == Language::Java => {
                    self.at += 1;
                    self.takes("final");
                    self.type_here(true);
                    Type::named("boolean")
                }
                "as" | "is" if self.language == Language::Kotlin => {
                    self.at += 1;
                    self.takes("?");
                    let cast = self.type_here(false);
                    if token.text == "as" { cast } else { Type::named("boolean") }
                }
                "->" if self.language == Language::Scala => {
                    self.at += 1;
                    self.operand();
                    Type::Unknown
                }
                // `a to b`, `x match { … }`
                word if self.language != Language::Java
                    && token.kind == TokenKind::Name
                    && !is_keyword(word, self.language) =>
                {
                    self.at += 1;
                    self.operand();
                    Type::Unknown
                }
                _ => break,
            };
            self.at = self.at.max(here + 1);
        }
        self.depth -= 1;
        of
    }

    /// A type that is compared or cast with, and the variable that it may bind.
    pub(crate) fn type_here(&mut self, binds: bool) -> Type<'a> {
        let Some((of, end)) = self.parse_type(self.at) else { return Type::Unknown };
        let start = self.at;
        self.mention_types(start, end);
        self.at = end;
        if binds && self.is_name(end) && !is_keyword(self.text_at(end), self.language) {
            self.bind(self.text_at(end), of.clone());
            self.at += 1;
        }
        of
    }

    fn operand(&mut self) -> Type<'a> {
        while matches!(self.text(0), "!" | "-" | "+" | "++" | "--" | "~") {
            self.at += 1;
        }
        let Some(token) = self.token() else { return Type::Unknown };
        let value = match token.kind {
            TokenKind::Text => {
                self.at += 1;
                Value::new(Type::string())
            }
            TokenKind::Character => {
                self.at += 1;
                Value::new(Type::named("char"))
            }
            TokenKind::Number => {
                self.at += 1;
                Value::new(Type::named(number(token.text)))
            }
            TokenKind::Name => self.named(token.text),
            TokenKind::Symbol => match token.text {
                "(" => match self.parenthesised() {
                    Ok(value) => value,
                    Err(whole) => return whole,
                },
                "{" if self.language != Language::Java => {
                    return self.lambda_block(&Type::Unknown, false);
                }
                "{" => {
                    self.inside(Scope::default(), Self::items);
                    return Type::Unknown;
                }
                "::" => {
                    self.at += 2;
                    return Type::Lambda(None);
                }
                _ => return Type::Unknown,
            },
        };
        self.postfix(value)
    }

    /// A lambda, a cast, or an expression in parentheses. `Err` with the type of one on which nothing can be called.
    fn parenthesised(&mut self) -> Result<Value<'a>, Type<'a>> {
        let open = self.at;
        let Some(close) = self.close_of(open).filter(|_| self.depth < MAX_DEPTH) else {
            self.at += 1;
            return Err(Type::Unknown);
        };
        let arrow = if self.language == Language::Scala { "=>" } else { "->" };
        if self.text_at(close + 1) == arrow && self.language != Language::Kotlin {
            self.scopes.push(Scope::default());
            let expected_params = self.expected_params.take().unwrap_or_default();
            let takes = self.parameters().len();
            let single = self.text_at_any(open + 2);
            if matches!(single, "," | ")") {
                let names = (open + 1..close).step_by(2).map(|at| self.text_at_any(at));
                let with: Vec<_> = names.zip(expected_params).collect();
                with.into_iter().for_each(|(name, of)| self.declare(name, of));
            }
            let gives = self.lambda_body();
            self.scopes.pop();
            return Err(self.supplier(&gives, Some(takes)));
        }
        if self.language == Language::Java
            && let Some((of, end)) = self.parse_type(open + 1)
            && (end == close || self.text_at(end) == "&")
            && self.can_be_cast(close + 1, &of)
        {
            self.mention_types(open + 1, close);
            self.at = close + 1;
            self.depth += 1;
            self.operand();
            self.depth -= 1;
            return Err(of);
        }
        let mut of = Type::Unknown;
        self.inside(Scope { transparent: true, ..Scope::default() }, |reader| {
            of = reader.expression();
            if reader.token().is_some() {
                of = Type::Unknown;
                reader.items();
            }
        });
        Ok(Value::new(of))
    }

    /// Whether what follows `(Type)` makes it a cast.
    fn can_be_cast(&self, at: usize, of: &Type<'_>) -> bool {
        let Some(token) = self.token_at(at) else { return false };
        match token.kind {
            TokenKind::Name => token.text != "instanceof",
            TokenKind::Symbol => {
                token.text == "("
                    || (matches!(token.text, "-" | "+") && of.name().is_some_and(super::types::is_primitive))
            }
            _ => true,
        }
    }

    /// From the arrow of a lambda on; what it gives, where it is an expression.
    fn lambda_body(&mut self) -> Type<'a> {
        self.at += 1;
        let outer = std::mem::replace(&mut self.returns, Type::Unknown);
        let mut gives = Type::Unknown;
        if self.text(0) == "{" {
            self.inside(Scope::default(), Self::items);
        } else if self.token().is_some() {
            gives = self.expression();
        }
        self.returns = outer;
        gives
    }

    /// The type of a supplier of objects of this type.
    pub(crate) fn supplier(&self, of: &Type<'a>, takes: Option<usize>) -> Type<'a> {
        let above = match of {
            Type::Own(name, _) => self.own_class(name).map(|own| self.kafka_above(own)).unwrap_or_default(),
            of => of.kafka().map(str::to_owned).into_iter().collect(),
        };
        let made = above.iter().find(|name| name.starts_with("org.apache.kafka.streams.processor."));
        made.filter(|_| takes.unwrap_or(0) == 0)
            .map_or(Type::Lambda(takes), |made| Type::SupplierOf(made.as_str().into()))
    }

    /// A name and what it stands for, alone or called.
    fn named(&mut self, name: &'a str) -> Value<'a> {
        let start = self.at;
        let arrow = if self.language == Language::Scala { "=>" } else { "->" };
        if self.text(1) == arrow && self.language != Language::Kotlin && !is_keyword(name, self.language) {
            self.at += 1;
            self.scopes.push(Scope::default());
            let with =
                self.expected_params.take().and_then(|expected_params| expected_params.into_iter().next());
            self.declare(name, with.unwrap_or(Type::Unknown));
            self.lambda_body();
            self.scopes.pop();
            return Value::new(Type::Lambda(Some(1)));
        }
        if self.language == Language::Scala {
            // The parameter that an underscore stands for, or an element of a tuple.
            if name == "_" {
                self.at += 1;
                let first = self
                    .expected_params
                    .as_ref()
                    .and_then(|expected_params| expected_params.first().cloned());
                return Value::new(first.unwrap_or(Type::Unknown));
            }
            let of_collection =
                self.variable(name).filter(|of| of.name().is_some_and(|name| name.starts_with("scala.")));
            if let Some(of) = of_collection.filter(|_| self.text(1) == "(") {
                self.at += 1;
                self.arguments(&[]);
                return Value::new(of.element());
            }
        }
        match name {
            "new" => return self.new_object(),
            "null" => {
                self.at += 1;
                return Value::new(Type::Null);
            }
            "true" | "false" => {
                self.at += 1;
                return Value::new(Type::named("boolean"));
            }
            "this" | "super" => return self.this(name == "super"),
            "object" if self.language == Language::Kotlin && self.text(1) == ":" => return self.object(),
            "if" | "when" | "try" | "switch" | "throw" | "return" | "yield" | "await" => {
                self.at += 1;
                return Value::UNKNOWN;
            }
            _ if is_keyword(name, self.language) => return Value::UNKNOWN,
            _ => {}
        }
        if let Some(of) = self.variable(name).filter(|_| self.text(1) != "(") {
            self.at += 1;
            return if of == Type::Unknown { self.guess(name) } else { Value::new(of) };
        }
        if let Some((of, end)) = self.class_at(start) {
            return self.class_value(of, end);
        }
        self.at += 1;
        if self.calls_here() {
            return self.call_without_receiver(start, name);
        }
        if name.starts_with(case::is_upper) {
            return self.static_field(start, name).unwrap_or_else(|| Value {
                of: Type::named(builtin(name, Language::Java).unwrap_or(name)),
                guessed: false,
                is_class: names::is_class(name),
            });
        }
        self.guess(name)
    }

    /// Whether the arguments of a call are here, with or without types in brackets before them.
    pub(crate) fn calls_here(&mut self) -> bool {
        if self.is_fresh(self.at) && self.language != Language::Java {
            return false;
        }
        let end = match self.text(0) {
            "(" => return true,
            "<" if self.language == Language::Kotlin => self.skip_type_arguments(self.at),
            "[" if self.language == Language::Scala => self.skip_type_arguments(self.at),
            "{" if self.language == Language::Kotlin => return false,
            _ => None,
        };
        let Some(end) = end.filter(|end| matches!(self.text_at(*end), "(" | "{")) else { return false };
        let start = self.at;
        self.mention_types(start, end);
        self.at = end;
        true
    }

    /// A constant that is imported statically.
    fn static_field(&mut self, at: usize, name: &str) -> Option<Value<'a>> {
        let member = self.names.owners_of(name).find_map(|(class, sure)| {
            let member = super::overload::field(class, name);
            (names::is_kafka(class) && (sure || member.known)).then_some(member)
        })?;
        let config = member.name.class.ends_with("Config");
        let span = self.span_at(at);
        self.record_member(member.name, span, false);
        Some(Value::new(if config { Type::string() } else { Type::Unknown }))
    }
}

/// Whether a token at the start of a line goes on with the expression before it, in Kotlin and Scala.
fn continues(text: &str) -> bool {
    matches!(text, "&&" | "||" | "?:")
}

fn number(text: &str) -> &'static str {
    let lower = text.to_ascii_lowercase();
    let hexadecimal = lower.starts_with("0x");
    if lower.ends_with('l') {
        "long"
    } else if !hexadecimal && lower.ends_with('f') {
        "float"
    } else if !hexadecimal && lower.contains(['.', 'e', 'd']) {
        "double"
    } else {
        "int"
    }
}

/// The common type of two values.
fn common<'a>(one: Type<'a>, other: &Type<'a>) -> Type<'a> {
    if one == *other {
        return one;
    }
    let above = |of: &Type<'a>| of.kafka().map(super::overload::ancestors).unwrap_or_default();
    let shared = above(other);
    above(&one).into_iter().find(|class| shared.contains(class)).map_or(Type::Unknown, Type::named)
}

fn arithmetic<'a>(left: &Type<'a>, right: &Type<'a>) -> Type<'a> {
    let text = Type::string();
    let rank = |of: &Type<'_>| {
        let order = ["int", "long", "float", "double"];
        order.iter().position(|one| of.name() == Some(one))
    };
    if *left == text || *right == text {
        return text;
    }
    match (rank(left), rank(right)) {
        (Some(one), Some(other)) if one >= other => left.clone(),
        (Some(_), Some(_)) => right.clone(),
        _ => Type::Unknown,
    }
}
