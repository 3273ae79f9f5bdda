//! Types, as far as a single file shows them.

use kafka_upgrade_sorted::case;
use std::rc::Rc;

/// The type of an expression or a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type<'a> {
    /// The type is not known.
    Unknown,
    /// `null`.
    Null,
    /// A lambda with this many parameters, or a reference to a method.
    Lambda(Option<usize>),
    /// A lambda or constructor reference that supplies processors of this class.
    SupplierOf(Rc<str>),
    /// A class by its binary name, a primitive, or a simple name whose package is not known.
    Named(Rc<str>),
    /// The same with the types in its angle brackets.
    Generic(Rc<str>, Rc<[Type<'a>]>),
    /// A class of this file, with the types in its angle brackets.
    Own(&'a str, Rc<[Type<'a>]>),
    /// An array of them.
    Array(Rc<Type<'a>>),
}

impl<'a> Type<'a> {
    pub(crate) fn named(name: &str) -> Self {
        Self::Named(name.into())
    }

    pub(crate) fn own(name: &'a str) -> Self {
        Self::Own(name, [].into())
    }

    /// The type with its type variables replaced. Endless nesting is cut off.
    pub(crate) fn bound(&self, variables: &[&str], given: &[Self]) -> Self {
        let all = |of: &[Self]| of.iter().map(|one| one.bound(variables, given)).collect();
        match self {
            _ if given.is_empty() => self.clone(),
            Self::Named(name) => {
                let at = variables.iter().position(|variable| **variable == **name);
                let stands = at.and_then(|at| given.get(at));
                let small = |of: &Self| if of.is_nested() { Self::Unknown } else { of.clone() };
                stands.map_or_else(|| self.clone(), small)
            }
            Self::Generic(name, of) => Self::Generic(Rc::clone(name), all(of)),
            Self::Own(name, of) => Self::Own(name, all(of)),
            Self::Array(of) => Self::Array(of.bound(variables, given).into()),
            _ => self.clone(),
        }
    }

    fn is_nested(&self) -> bool {
        let flat = |of: &Self| !matches!(of, Self::Generic(..) | Self::Own(..) | Self::Array(_));
        match self {
            Self::Generic(_, of) | Self::Own(_, of) => !of
                .iter()
                .all(|of| flat(of) || matches!(of, Self::Generic(_, inner) if inner.iter().all(flat))),
            Self::Array(of) => !flat(of),
            _ => false,
        }
    }

    pub(crate) fn string() -> Self {
        Self::named("java.lang.String")
    }

    /// The name of a class or primitive.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) | Self::Generic(name, _) => Some(name),
            _ => None,
        }
    }

    /// The binary name, where it is a class of Kafka.
    pub(crate) fn kafka(&self) -> Option<&str> {
        self.name().filter(|name| super::names::is_kafka(name))
    }

    /// What a loop over it yields, or an element taken from it.
    pub(crate) fn element(&self) -> Self {
        match self {
            Self::Generic(name, arguments) if **name == *RECORDS => {
                Self::Generic("org.apache.kafka.clients.consumer.ConsumerRecord".into(), Rc::clone(arguments))
            }
            Self::Generic(_, arguments) => arguments.last().cloned().unwrap_or(Self::Unknown),
            Self::Array(of) => (**of).clone(),
            _ => Self::Unknown,
        }
    }

    /// The type that a method of a collection with known elements returns.
    pub(crate) fn collection_method_type(&self, method: &str) -> Option<Self> {
        let Self::Generic(name, arguments) = self else { return None };
        let simple = name.rsplit(['.', '$']).next().unwrap_or(name);
        let of = |class: &str, element: &Self| Self::Generic(class.into(), [element.clone()].into());
        let (first, last) = arguments.first().zip(arguments.last())?;
        let is_map = simple.contains("Map") && arguments.len() == 2;
        Some(match method {
            "get" if **name == *"scala.Map" => of("scala.Option", last),
            "keySet" if is_map => of("java.util.Set", first),
            "values" if is_map => of("java.util.Collection", last),
            "entrySet" | "entries" if is_map => {
                of("java.util.Set", &Self::Generic("java.util.Map$Entry".into(), Rc::clone(arguments)))
            }
            "getKey" | "key" if simple == "Entry" => first.clone(),
            "getValue" | "value" if simple == "Entry" => last.clone(),
            "computeIfAbsent" | "computeIfPresent" | "compute" | "merge" | "put" | "putIfAbsent"
                if is_map =>
            {
                last.clone()
            }
            "peek" if simple.contains("Queue") || simple.contains("Deque") => last.clone(),
            "stream" | "parallelStream" | "iterator" | "filter" | "sorted" | "distinct" | "limit"
            | "skip" | "peek" | "findFirst" | "findAny" | "asScala" | "asJava" | "toSeq" | "toList"
            | "headOption" | "lastOption" | "find" | "tail" | "init" | "take" | "drop" | "reverse"
                if method != "take" || name.starts_with("scala.") =>
            {
                of("java.util.Iterator", &self.element())
            }
            "get" | "next" | "head" | "getOrElse" | "apply" | "orElse" | "orElseThrow" | "orElseGet"
            | "first" | "last" | "remove" | "poll" | "take" | "getOrDefault" | "getValue" | "pop"
            | "element" | "peekFirst" | "peekLast" | "pollFirst" | "pollLast" | "removeFirst"
            | "removeLast" | "join" | "getFirst" | "getLast" => self.element(),
            _ => return None,
        })
    }

    /// What a lambda that is passed to a method of it is called with.
    pub(crate) fn called_with(&self, method: &str) -> Option<Vec<Self>> {
        let Self::Generic(name, arguments) = self else { return None };
        Some(match method {
            "forEach" if name.contains("Map") && arguments.len() == 2 => arguments.to_vec(),
            "forEach" | "foreach" | "map" | "filter" | "anyMatch" | "allMatch" | "noneMatch" | "flatMap"
            | "peek" | "onEach" | "mapToLong" | "mapToInt" | "ifPresent" | "removeIf" | "foreachEntry" => {
                vec![self.element()]
            }
            _ => return None,
        })
    }

    /// What a lambda of a functional interface of Java's own is called with.
    pub(crate) fn lambda_takes(&self) -> Option<Vec<Self>> {
        let (name, given) = match self {
            Self::Named(name) => (name, &[][..]),
            Self::Generic(name, given) => (name, &given[..]),
            _ => return None,
        };
        let name = name.trim_start_matches("java.util.function.").trim_start_matches("java.util.concurrent.");
        if name.contains('.') {
            return None;
        }
        let first = || given.first().cloned().unwrap_or(Self::Unknown);
        let second = || given.get(1).cloned().unwrap_or(Self::Unknown);
        let of = |primitive: &str| Self::named(&primitive.to_ascii_lowercase());
        Some(match name {
            "Runnable" | "Callable" | "Supplier" => Vec::new(),
            "BiFunction" | "BiConsumer" | "BiPredicate" => vec![first(), second()],
            "BinaryOperator" | "Comparator" => vec![first(), first()],
            "Function" | "Consumer" | "Predicate" | "UnaryOperator" => vec![first()],
            _ => {
                let primitive = ["Int", "Long", "Double"].into_iter().find(|one| name.starts_with(one));
                match name.trim_start_matches("Int").trim_start_matches("Long").trim_start_matches("Double") {
                    "Function" | "Consumer" | "Predicate" | "UnaryOperator" | "ToIntFunction"
                    | "ToLongFunction" | "ToDoubleFunction" => vec![of(primitive?)],
                    "BinaryOperator" => vec![of(primitive?), of(primitive?)],
                    "ObjIntConsumer" => vec![first(), of("int")],
                    "ObjLongConsumer" => vec![first(), of("long")],
                    "ObjDoubleConsumer" => vec![first(), of("double")],
                    to if to.starts_with("To") && to.ends_with("BiFunction") => vec![first(), second()],
                    to if to.starts_with("To") && to.ends_with("Function") => vec![first()],
                    supplier if supplier.ends_with("Supplier") => Vec::new(),
                    _ => return None,
                }
            }
        })
    }

    /// Its erasure; `None` where the full name is not known.
    pub(crate) fn erased(&self) -> Option<String> {
        match self {
            Self::Named(name) | Self::Generic(name, _) if name.contains('.') || is_primitive(name) => {
                Some((**name).to_owned())
            }
            Self::Array(of) => of.erased().map(|of| of + "[]"),
            _ => None,
        }
    }
}

/// What a poll gives, and a loop goes over.
const RECORDS: &str = "org.apache.kafka.clients.consumer.ConsumerRecords";

/// The element types of collections that methods of Kafka return, by class and method; the catalog has only their raw
/// types.
pub(crate) fn elements(class: &str, method: &str) -> Option<(&'static str, &'static str)> {
    let consumer = class.starts_with("org.apache.kafka.clients.consumer.");
    Some(match method {
        "assignment" | "partitions" | "paused" if consumer => {
            ("java.util.Set", "org.apache.kafka.common.TopicPartition")
        }
        "records" if class == RECORDS => {
            ("java.util.List", "org.apache.kafka.clients.consumer.ConsumerRecord")
        }
        "poll" if consumer => (RECORDS, "?"),
        _ => return None,
    })
}

/// Java's primitive types.
pub(crate) fn is_primitive(name: &str) -> bool {
    matches!(name, "int" | "long" | "short" | "byte" | "char" | "boolean" | "float" | "double" | "void")
}

/// What needs no import, by language; erased names of Java's.
pub(crate) fn builtin(name: &str, language: super::Language) -> Option<&'static str> {
    use crate::Language::{Java, Kotlin, Scala};
    Some(match (language, name) {
        (_, "String") => "java.lang.String",
        (Java, "Object") | (Kotlin | Scala, "Any" | "AnyRef") => "java.lang.Object",
        (Java, "Long") => "java.lang.Long",
        (Java, "Integer") => "java.lang.Integer",
        (Java, "Boolean") => "java.lang.Boolean",
        (Java, "Double") => "java.lang.Double",
        (Java, "int") | (Kotlin | Scala, "Int") => "int",
        (Java, "long") | (Kotlin | Scala, "Long") => "long",
        (Java, "short") | (Kotlin | Scala, "Short") => "short",
        (Java, "byte") | (Kotlin | Scala, "Byte") => "byte",
        (Java, "char") | (Kotlin | Scala, "Char") => "char",
        (Java, "boolean") | (Kotlin | Scala, "Boolean") => "boolean",
        (Java, "float") | (Kotlin | Scala, "Float") => "float",
        (Java, "double") | (Kotlin | Scala, "Double") => "double",
        (Java, "void") | (Kotlin | Scala, "Unit") => "void",
        (Kotlin, "Map" | "MutableMap") => "java.util.Map",
        (Kotlin, "List" | "MutableList") => "java.util.List",
        (Kotlin, "Set" | "MutableSet") => "java.util.Set",
        (Kotlin, "Collection" | "MutableCollection") => "java.util.Collection",
        (
            Scala,
            "Seq" | "List" | "Vector" | "IndexedSeq" | "Iterable" | "Iterator" | "Buffer" | "ArrayBuffer",
        ) => "scala.Seq",
        (Scala, "Option" | "Some" | "Try" | "Future") => "scala.Option",
        (Scala, "Array") => "scala.Array",
        (Scala, "Set") => "scala.Set",
        (Scala, "Map") => "scala.Map",
        _ => return None,
    })
}

/// What well-known methods and constants of Java's own classes give, by the simple name of the class.
pub(crate) fn of_java(class: &str, member: &str) -> Option<&'static str> {
    Some(match (class, member) {
        ("Duration", "ZERO") => "java.time.Duration",
        ("Duration", _) if member.starts_with("of") || member == "parse" || member == "between" => {
            "java.time.Duration"
        }
        ("Long", "MAX_VALUE" | "MIN_VALUE" | "parseLong") | ("System", "currentTimeMillis" | "nanoTime") => {
            "long"
        }
        ("Integer", "MAX_VALUE" | "MIN_VALUE" | "parseInt") => "int",
        ("Long", "valueOf") => "java.lang.Long",
        ("Integer", "valueOf") => "java.lang.Integer",
        ("String", "valueOf" | "format" | "join") | ("System", "getenv" | "getProperty") => {
            "java.lang.String"
        }
        ("Pattern", "compile") => "java.util.regex.Pattern",
        ("Collections", "singleton" | "emptySet" | "unmodifiableSet") | ("Set", "of" | "copyOf") => {
            "java.util.Set"
        }
        ("Collections", "singletonList" | "emptyList" | "unmodifiableList") => "java.util.List",
        ("Arrays", "asList") | ("List", "of" | "copyOf") => "java.util.List",
        ("Collections", "singletonMap" | "emptyMap" | "unmodifiableMap")
        | ("Map", "of" | "ofEntries" | "copyOf") => "java.util.Map",
        ("TimeUnit", constant) if constant.chars().all(|one| one.is_ascii_uppercase()) => {
            "java.util.concurrent.TimeUnit"
        }
        ("TimeUnit", _) if member.starts_with("to") => "long",
        _ => return None,
    })
}

/// Whether a static method of a class most likely makes one: `Consumed.with(…)`, `TimeWindows.of(…)`.
pub(crate) fn is_factory(method: &str) -> bool {
    let word = |word: &str| {
        let rest = method.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(case::is_upper))
    };
    ["with", "of", "as", "create", "valueOf"].into_iter().any(word)
}

/// How many parameters a lambda has that is one of these interfaces; `None` where it is not known.
pub(crate) fn parameters_of(interface: &str) -> Option<usize> {
    Some(match interface {
        "Initializer" | "Supplier" => 0,
        "StreamsUncaughtExceptionHandler" | "ValueMapper" | "Punctuator" | "Function" => 1,
        "UncaughtExceptionHandler"
        | "ValueMapperWithKey"
        | "ValueJoiner"
        | "KeyValueMapper"
        | "Predicate"
        | "Reducer"
        | "ForeachAction"
        | "BiFunction" => 2,
        "ValueJoinerWithKey" | "Aggregator" | "Merger" | "TopicNameExtractor" => 3,
        _ if interface.ends_with("Supplier") => 0,
        _ => return None,
    })
}

/// What methods of any class of that name give, wherever they are from.
pub(crate) fn of_any(member: &str) -> Option<&'static str> {
    Some(match member {
        "toString" => "java.lang.String",
        "hashCode" => "int",
        "equals" => "boolean",
        _ => return None,
    })
}

/// What methods of Java's own data give.
pub(crate) fn of_data(class: &str, member: &str) -> Option<&'static str> {
    Some(match (class, member) {
        ("Duration", "toMillis" | "toSeconds" | "getSeconds" | "toMinutes" | "toNanos") => "long",
        ("Duration", "plus" | "minus" | "multipliedBy" | "dividedBy" | "plusMillis" | "plusSeconds") => {
            "java.time.Duration"
        }
        ("TimeUnit", _) if member.starts_with("to") => "long",
        ("String", "length" | "indexOf") | ("Collection" | "List" | "Set" | "Map", "size") => "int",
        ("String", "trim" | "toLowerCase" | "toUpperCase" | "concat" | "substring" | "replace") => {
            "java.lang.String"
        }
        ("Long" | "Integer", "longValue") => "long",
        ("Long" | "Integer", "intValue") => "int",
        ("Map" | "HashMap", "keySet") => "java.util.Set",
        ("Map" | "HashMap", "values") => "java.util.Collection",
        _ => return None,
    })
}
