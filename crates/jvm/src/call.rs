//! Calls: members by name, their arguments, and what they return.

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_sorted::case;

use crate::Language;
use crate::chain::Value;
use crate::names;
use crate::overload;
use crate::reader::{Reader, Scope};
use crate::types::{Type, elements, is_factory, of_any, of_data, of_java};

/// An argument: its type, and its tokens from the first up to the one behind the last.
#[derive(Clone, Debug)]
pub(crate) struct Argument<'a> {
    pub(crate) of: Type<'a>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl<'a> Reader<'a, '_> {
    /// Everything that follows a value: members, calls, elements.
    pub(crate) fn postfix(&mut self, mut value: Value<'a>) -> Type<'a> {
        loop {
            match self.text(0) {
                "." | "?." => {
                    self.at += 1;
                    if self.text(0) == "<"
                        && let Some(end) = self.skip_type_arguments(self.at)
                    {
                        let start = self.at;
                        self.mention_types(start, end);
                        self.at = end;
                    }
                    if self.text(0) == "new" || !self.is_name(self.at) {
                        return Type::Unknown;
                    }
                    value = self.member(value);
                }
                "!!" => self.at += 1,
                "::" => {
                    let makes = self.text(1) == "new";
                    self.refer(&value);
                    self.at += 1 + usize::from(self.is_name(self.at + 1));
                    return if makes { self.supplier(&value.of, None) } else { Type::Lambda(None) };
                }
                "++" | "--" if !self.is_fresh(self.at) => self.at += 1,
                "[" if self.language != Language::Scala && !self.is_fresh(self.at) => {
                    self.element(&value);
                    value = Value { of: value.of.element(), ..value };
                }
                "(" if self.language == Language::Scala && !self.is_fresh(self.at) => {
                    self.arguments(&[]);
                    value = Value::UNKNOWN;
                }
                _ => return if value.is_class { Type::Unknown } else { value.of },
            }
        }
    }

    /// `value::name`, which may mean any overload.
    fn refer(&mut self, value: &Value<'a>) {
        let name = self.text(1);
        let takes = self.expected_params.clone();
        let meant = value.of.kafka().and_then(|class| {
            let with = |takes: &[Type<'a>]| overload::meant(class, name, takes);
            let decided = takes.as_deref().and_then(|takes| {
                // For a reference by class, the first argument may be the receiver.
                with(takes).or_else(|| with(takes.get(1..).filter(|_| value.is_class)?))
            });
            decided.or_else(|| overload::any(class, name))
        });
        if let Some(meant) = meant.filter(|_| self.is_name(self.at + 1)) {
            let span = self.span_at(self.at + 1);
            self.record_member(meant, span, value.guessed);
        }
    }

    /// `value[key]`, and in Kotlin what is assigned to it.
    fn element(&mut self, value: &Value<'a>) {
        let (variable, open) = (self.at.checked_sub(1), self.at);
        let close = self.close_of(open);
        self.inside(Scope::default(), Self::items);
        if let Some(close) = close.filter(|_| self.text(0) == "=" && self.language == Language::Kotlin) {
            let start = self.at + 1;
            let key = Argument { of: Type::Unknown, start: open + 1, end: close };
            let receiver = variable.filter(|at| self.is_name(*at)).map_or("", |at| self.text_at(at));
            self.at += 1;
            let of = if self.token().is_some() { self.expression() } else { Type::Unknown };
            let to = Argument { of, start, end: self.at };
            self.put(receiver, &value.of, &key, &to);
        }
    }

    /// A member of a value, from its name on.
    fn member(&mut self, value: Value<'a>) -> Value<'a> {
        let at = self.at;
        let name = self.text(0);
        self.at += 1;
        // `Outer.this`, or `super` for a method of an interface.
        if value.is_class && matches!(name, "this" | "super") && self.text(0) != "(" {
            return Value::new(value.of);
        }
        if self.calls_here() || (self.text(0) == "{" && self.trails()) {
            let expected_params = match &value.of {
                Type::Own(class, given) => self
                    .own_class(class)
                    .map(|class| self.expected_params_of(class, given, name))
                    .unwrap_or_default(),
                of => vec![of.called_with(name)],
            };
            let mut arguments =
                if self.text(0) == "(" { self.arguments(&expected_params) } else { Vec::new() };
            let trailing = self.text(0) == "{" && self.trails();
            if trailing {
                let start = self.at;
                let with = match name {
                    "use" | "let" | "also" | "apply" | "run" | "takeIf" => value.of.clone(),
                    _ => value
                        .of
                        .called_with(name)
                        .unwrap_or_default()
                        .into_iter()
                        .next()
                        .unwrap_or(Type::Unknown),
                };
                let of = self.lambda_block(&with, matches!(name, "apply" | "run"));
                arguments.push(Argument { of, start, end: self.at });
            }
            if trailing && matches!(name, "apply" | "also") {
                return value;
            }
            self.record_put(at, name, &value.of, &arguments);
            let types: Vec<_> = arguments.into_iter().map(|one| one.of).collect();
            return self.called(value, name, at, &types);
        }
        if let Type::Own(class, given) = &value.of
            && !value.is_class
        {
            let field = self.own_class(class).and_then(|class| self.field_of(class, given, name));
            return Value::new(field.unwrap_or(Type::Unknown));
        }
        let Some(class) = value.of.kafka().map(str::to_owned) else {
            let simple = value.of.name().and_then(|full| full.rsplit('.').next()).unwrap_or_default();
            let known = of_java(simple, name).filter(|_| value.is_class).map(Type::named);
            let known = known.or_else(|| {
                value.of.collection_method_type(name).filter(|_| self.language != Language::Java)
            });
            return known.map_or(Value::UNKNOWN, Value::new);
        };
        if value.is_class {
            let member = overload::field(&class, name);
            let constant = name.chars().all(|one| !case::is_lower(one));
            let span = self.span_at(at);
            // In Scala a method may stand without its parentheses.
            if constant || member.known || self.language != Language::Scala {
                self.record_member(member.name, span, false);
                let config = class.ends_with("Config") || class.ends_with("Configs");
                return Value::new(if config { Type::string() } else { Type::Unknown });
            }
        }
        if let Some(of_collection) =
            value.of.collection_method_type(name).filter(|_| self.language != Language::Java)
        {
            return Value { of: of_collection, ..value };
        }
        if self.language == Language::Java {
            let span = self.span_at(at);
            let member = overload::field(&class, name);
            self.record_member(member.name, span, value.guessed);
            return Value::UNKNOWN;
        }
        // A getter as a property in Kotlin, or a method without parentheses in Scala.
        let mut getter = String::from("get");
        getter.extend(name.chars().take(1).map(|first| first.to_ascii_uppercase()));
        getter.extend(name.chars().skip(1));
        let plain = self.language == Language::Scala && overload::has_method(&class, name);
        if plain {
            return self.called(value, name, at, &[]);
        }
        if self.language == Language::Kotlin && overload::has_method(&class, &getter) {
            return self.called(value, &getter, at, &[]);
        }
        Value::UNKNOWN
    }

    /// Whether the brace here is the last argument of the call before it.
    fn trails(&self) -> bool {
        self.language != Language::Java && !self.is_fresh(self.at)
    }

    /// Records a method called on a value; returns its result.
    fn called(&mut self, value: Value<'a>, name: &str, at: usize, arguments: &[Type<'a>]) -> Value<'a> {
        if let Type::Own(class, given) = &value.of {
            let Some(class) = self.own_class(class) else { return Value::UNKNOWN };
            return self.called_on_own((class, given), name, at, arguments).unwrap_or(Value::UNKNOWN);
        }
        let Some(class) = value.of.kafka().map(str::to_owned) else {
            if let Some(of_collection) = value.of.collection_method_type(name).filter(|_| !value.is_class) {
                return Value::new(of_collection);
            }
            let simple = value.of.name().and_then(|full| full.rsplit('.').next()).unwrap_or_default();
            let known = if value.is_class {
                of_java(simple, name)
            } else {
                of_data(simple, name).or_else(|| of_any(name))
            };
            if let Some(known) = known {
                return Value::new(Type::named(known));
            }
            if value.is_class && is_factory(name) {
                return Value::new(value.of);
            }
            return Value::UNKNOWN;
        };
        if self.reports_usages() {
            let member = overload::method(&class, name, arguments);
            let span = self.span_at(at);
            self.record_member(member.name, span, value.guessed);
        }
        let made = if value.is_class && is_factory(name) { value.of.clone() } else { Type::Unknown };
        let of = match (overload::returned(&class, name), elements(&class, name)) {
            (Some(returned), None) => Type::named(returned),
            (_, Some((of, element))) => Type::Generic(of.into(), [Type::named(element)].into()),
            (None, None) => value.of.collection_method_type(name).filter(|_| !value.is_class).unwrap_or(made),
        };
        Value { of, guessed: value.guessed, is_class: false }
    }

    /// A method that is called on an object of this file's own class: its own, or one of a class of Kafka above.
    fn called_on_own(
        &mut self,
        (class, given): (usize, &[Type<'a>]),
        name: &str,
        at: usize,
        arguments: &[Type<'a>],
    ) -> Option<Value<'a>> {
        if let Some(of) = self.method_of(class, given, name) {
            return Some(Value::new(of));
        }
        let above = self
            .kafka_above(class)
            .into_iter()
            .find(|above| overload::has_method(above, name) || catalog::had(above, name))?;
        let member = overload::method(&above, name, arguments);
        let span = self.span_at(at);
        self.record_member(member.name, span, false);
        Some(Value::new(overload::returned(&above, name).map_or(Type::Unknown, Type::named)))
    }

    /// `name(…)`: a method of this class or of one around it, or one that is imported statically.
    pub(crate) fn call_without_receiver(&mut self, at: usize, name: &'a str) -> Value<'a> {
        let around = self.scopes.iter().rev().filter_map(|scope| scope.class);
        let expected_params = around
            .map(|class| self.expected_params_of(class, &[], name))
            .find(|expected_params| !expected_params.is_empty());
        let expected_params = expected_params.unwrap_or_default();
        let arguments = if self.text(0) == "(" { self.arguments(&expected_params) } else { Vec::new() };
        let mut types: Vec<Type<'a>> = arguments.iter().map(|one| one.of.clone()).collect();
        if self.text(0) == "{" && self.language == Language::Kotlin && !self.is_fresh(self.at) {
            let receiver = types.first().cloned().unwrap_or(Type::Unknown);
            let of = self.lambda_block(&receiver, name == "with");
            types.push(of);
        }
        self.record_put(at, name, &Type::Unknown, &arguments);
        for scope in (0..self.scopes.len()).rev() {
            let Some(scope) = self.scopes.get(scope) else { continue };
            if let Some(receiver) = scope.receiver.clone()
                && receiver.kafka().is_some_and(|class| overload::has_method(class, name))
            {
                return self.called(Value::new(receiver), name, at, &types);
            }
            if let Some(class) = scope.class
                && let Some(value) = self.called_on_own((class, &[]), name, at, &types)
            {
                return value;
            }
        }
        // Functions that stand outside of any class are not known by their owners.
        let owner = self.names.owners_of(name).find_map(|(class, sure)| {
            let known = sure || overload::has_method(class, name);
            (names::is_kafka(class) && known).then(|| class.to_string())
        });
        let collection = match name {
            "listOf" | "mutableListOf" | "emptyList" | "arrayListOf" => "java.util.List",
            "setOf" | "mutableSetOf" | "emptySet" | "hashSetOf" => "java.util.Set",
            "mapOf" | "mutableMapOf" | "emptyMap" | "hashMapOf" => "java.util.Map",
            _ => "",
        };
        if self.language == Language::Kotlin && !collection.is_empty() {
            let element = types.first().cloned().unwrap_or(Type::Unknown);
            return Value::new(Type::Generic(collection.into(), [element].into()));
        }
        match owner {
            Some(class) => self.called(Value::new(Type::named(&class)), name, at, &types),
            None => Value::UNKNOWN,
        }
    }

    /// The arguments between the parentheses here. `expected_params` has the types that lambdas among them are called
    /// with.
    pub(crate) fn arguments(&mut self, expected_params: &[Option<Vec<Type<'a>>>]) -> Vec<Argument<'a>> {
        let mut all = Vec::new();
        self.inside(Scope::default(), |reader| {
            while reader.token().is_some() {
                let start = reader.at;
                if reader.text(1) == "=" && reader.language != Language::Java && reader.is_name(start) {
                    reader.at += 2;
                }
                let first = reader.at;
                reader.expected_params = expected_params.get(all.len()).cloned().flatten();
                let mut of = if reader.token().is_some() { reader.expression() } else { Type::Unknown };
                while let Some(token) = reader.token().filter(|token| token.text != ",") {
                    let before = reader.at;
                    of = Type::Unknown;
                    reader.item(token);
                    reader.at = reader.at.max(before + 1);
                }
                all.push(Argument { of, start: first, end: reader.at });
                reader.at += 1;
            }
        });
        all
    }

    /// A lambda in braces; `it`, or its only parameter, is what it is called with.
    pub(crate) fn lambda_block(&mut self, with: &Type<'a>, as_receiver: bool) -> Type<'a> {
        let mut takes = None;
        let mut scope = Scope::default();
        if as_receiver {
            scope.receiver = Some(with.clone());
        }
        let it = if as_receiver { Type::Unknown } else { with.clone() };
        self.inside(scope, |reader| {
            let arrow = if reader.language == Language::Scala { "=>" } else { "->" };
            if reader.language == Language::Kotlin {
                reader.declare("it", it.clone());
            }
            let mut only = Some(it);
            let end = (reader.at..reader.at + 40).find(|at| {
                let text = reader.text_at(*at);
                text == arrow
                    || !(reader.is_name(*at)
                        || matches!(text, "," | ":" | "<" | ">" | "?" | "." | "(" | ")" | "_"))
            });
            if let Some(end) = end.filter(|at| reader.text_at(*at) == arrow && reader.text(0) != "case") {
                let names = (reader.at..end).filter(|at| reader.text_at(at + 1) == "," || at + 1 == end);
                takes = Some(names.count());
                while reader.at < end {
                    if reader.is_name(reader.at) {
                        let name = reader.text(0);
                        let single = matches!(reader.text(1), "->" | "=>");
                        let mut of = only.take().filter(|_| single).unwrap_or(Type::Unknown);
                        reader.at += 1;
                        if reader.text(0) == ":"
                            && let Some((written, after)) = reader.parse_type(reader.at + 1)
                        {
                            let start = reader.at;
                            reader.mention_types(start, after);
                            reader.at = after;
                            of = written;
                        }
                        reader.declare(name, of);
                    } else {
                        reader.at += 1;
                    }
                }
                reader.at = end + 1;
            }
            reader.items();
        });
        Type::Lambda(takes)
    }
}
