//! Which member of a class of Kafka a call means.
//!
//! The catalog has the overloads of everything that some release lacks or deprecates, of all releases
//! together. A member that it does not have is reported as it is written.

use kafka_upgrade_catalog::{self as catalog, Signature};
use kafka_upgrade_document::{Arguments, MemberName};

use crate::types::{Type, is_primitive, parameters_of};

/// A member that is used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: MemberName,
    /// Whether the catalog has a row for it.
    pub(crate) known: bool,
}

/// Overloads that fit, of all releases together.
struct Candidates {
    /// The class that has it, its signature, and how well it fits.
    found: Vec<(&'static str, &'static str, Fit)>,
    /// Some overload has that name, whether it fits or not.
    named: bool,
}

fn candidates(class: &str, name: &str, arguments: &[Type<'_>]) -> Candidates {
    let mut all = Candidates { found: Vec::new(), named: false };
    for owner in ancestors(class) {
        if name == "new" && owner != class {
            break;
        }
        for signature in signatures(owner) {
            let Some(parameters) = parameters(signature, name) else { continue };
            all.named = true;
            if all.found.iter().any(|(_, known, _)| *known == signature) {
                continue;
            }
            if let Some(fit) = fits(&parameters, arguments) {
                all.found.push((owner, signature, fit));
            }
        }
    }
    all
}

impl Candidates {
    /// One that fits for certain, or the only one that can be meant.
    fn only(&self, name: &str) -> Option<MemberName> {
        let best = self.found.iter().map(|(.., fit)| *fit).max();
        let sure: Vec<_> = self.found.iter().filter(|(.., fit)| Some(*fit) == best).collect();
        let [(owner, signature, fit)] = sure[..] else { return None };
        let decided = *fit > Fit::Maybe || self.found.len() == 1;
        decided.then(|| {
            let types = parameters(signature, name).unwrap_or_default();
            let types = types.into_iter().map(|one| Some(one.to_owned())).collect();
            MemberName::method(owner, name, Arguments::Types(types))
        })
    }
}

/// The method that a method reference means if it is called with these arguments.
pub(crate) fn meant(class: &str, name: &str, arguments: &[Type<'_>]) -> Option<MemberName> {
    candidates(class, name, arguments).only(name)
}

/// The method that is called on a class, or `new`.
pub(crate) fn method(class: &str, name: &str, arguments: &[Type<'_>]) -> Member {
    let all = candidates(class, name, arguments);
    if let Some(name) = all.only(name) {
        return Member { name, known: true };
    }
    let found = &all.found;
    let owner = found.first().map_or(class, |(owner, ..)| owner);
    let given = arguments
        .iter()
        .enumerate()
        .map(|(at, given)| {
            let erased = given.erased();
            // Where overloads differ, the guess is left to whoever judges.
            let is_open = found.iter().any(|(_, signature, _)| {
                parameters(signature, name).unwrap_or_default().get(at).copied() != erased.as_deref()
            });
            erased.filter(|_| !is_open)
        })
        .collect();
    Member { name: MemberName::method(owner, name, Arguments::Types(given)), known: all.named }
}

/// A method by its name alone, where the catalog has one; `*` stands for whatever arguments.
pub(crate) fn any(class: &str, name: &str) -> Option<MemberName> {
    let has = |owner: &&str| {
        (name != "new" || *owner == class) && signatures(owner).any(|signature| is_method(signature, name))
    };
    ancestors(class).into_iter().find(has).map(|owner| MemberName::method(owner, name, Arguments::Any))
}

/// The static field or constant of a class.
pub(crate) fn field(class: &str, name: &str) -> Member {
    for owner in ancestors(class) {
        let is_it = |signature: &str| {
            let signature = Signature::parse(signature);
            signature.is_field() && signature.name == name
        };
        if signatures(owner).any(is_it) {
            return Member { name: MemberName::field(owner, name), known: true };
        }
    }
    Member { name: MemberName::field(class, name), known: false }
}

/// What a method of a class returns, where that leads on.
pub(crate) fn returned(class: &str, name: &str) -> Option<&'static str> {
    ancestors(class).into_iter().find_map(|owner| catalog::returns(owner, name))
}

/// Whether the catalog knows methods of that name, here or above.
pub(crate) fn has_method(class: &str, name: &str) -> bool {
    ancestors(class).into_iter().any(|owner| {
        catalog::returns(owner, name).is_some()
            || signatures(owner).any(|signature| is_method(signature, name))
    })
}

fn signatures(class: &str) -> impl Iterator<Item = &'static str> {
    catalog::overloads(class).map(|member| member.signature)
}

/// A class and its supertypes, nearest first.
pub(crate) fn ancestors(class: &str) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = catalog::class_name(class).into_iter().collect();
    let mut at = 0;
    while let Some(one) = all.get(at) {
        for above in catalog::supertypes(one) {
            if !all.contains(&above) {
                all.push(above);
            }
        }
        at += 1;
    }
    all
}

fn is_method(signature: &str, name: &str) -> bool {
    let signature = Signature::parse(signature);
    signature.name == name && !signature.is_field()
}

/// The parameters of a method or constructor of that name.
fn parameters<'s>(signature: &'s str, name: &str) -> Option<Vec<&'s str>> {
    let signature = Signature::parse(signature);
    if signature.name == name { signature.parameters() } else { None }
}

/// How well arguments fit; what does not fit at all has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Some type is not known.
    Maybe,
    /// After boxing.
    Boxed,
    /// By a supertype or a wider number.
    Wider,
    /// The very types.
    Exact,
}

fn fits(wanted: &[&str], arguments: &[Type<'_>]) -> Option<Fit> {
    if wanted.len() == arguments.len() {
        let each = wanted.iter().zip(arguments).map(|(wanted, given)| fit(wanted, given));
        let least = each.collect::<Option<Vec<_>>>().map(|all| all.into_iter().min().unwrap_or(Fit::Exact));
        if least.is_some() {
            return least;
        }
    }
    // A variable number of the last one.
    let (last, first) = wanted.split_last()?;
    let of = last.strip_suffix("...")?;
    let (given, rest) = arguments.split_at_checked(first.len())?;
    let all = first.iter().copied().zip(given).chain(rest.iter().map(|given| (of, given)));
    all.map(|(wanted, given)| fit(wanted, given)).collect::<Option<Vec<_>>>().map(|all| {
        let least = all.into_iter().min();
        least.unwrap_or(Fit::Boxed).min(Fit::Boxed)
    })
}

fn fit(wanted: &str, given: &Type<'_>) -> Option<Fit> {
    let simple = wanted.trim_end_matches('.').rsplit(['.', '$']).next().unwrap_or(wanted);
    if let (Type::SupplierOf(made), true) = (given, wanted.ends_with("ProcessorSupplier")) {
        // Old and new processors have the same simple names in two packages.
        let package = |class: &str| class.rsplit_once('.').map(|(package, _)| package.to_owned());
        return (package(made) == package(wanted)).then_some(Fit::Wider);
    }
    match given {
        Type::Unknown | Type::Own(..) => {
            (!(is_primitive(wanted) && matches!(given, Type::Own(..)))).then_some(Fit::Maybe)
        }
        Type::SupplierOf(_) => fit(wanted, &Type::Lambda(None)),
        Type::Null => (!is_primitive(wanted)).then_some(Fit::Maybe),
        Type::Lambda(takes) => {
            let other = takes.zip(parameters_of(simple)).is_some_and(|(takes, wants)| takes != wants);
            let never = other
                || is_primitive(wanted)
                || wanted.ends_with("[]")
                || wanted.ends_with("...")
                || is_not_functional(simple);
            (!never).then_some(Fit::Maybe)
        }
        Type::Array(of) => match wanted.strip_suffix("[]").or_else(|| wanted.strip_suffix("...")) {
            Some(wanted) => fit(wanted, of),
            None => (simple == "Object").then_some(Fit::Wider),
        },
        Type::Named(name) | Type::Generic(name, _) => {
            if **name == *wanted {
                return Some(Fit::Exact);
            }
            if simple == "Object" {
                return Some(if is_primitive(name) { Fit::Boxed } else { Fit::Wider });
            }
            let short = name.rsplit(['.', '$']).next().unwrap_or(name);
            if is_primitive(name) || is_primitive(wanted) {
                return number(short, simple);
            }
            // A simple name whose package is not known.
            if !name.contains('.') && short == simple {
                return Some(Fit::Exact);
            }
            if super::names::is_kafka(name) && catalog::class_name(name).is_some() {
                let above = ancestors(name).contains(&wanted);
                let same_world = super::names::is_kafka(wanted) || is_not_functional(simple);
                return if above { Some(Fit::Wider) } else { (!same_world).then_some(Fit::Maybe) };
            }
            match (supertypes(short), is_not_functional(simple)) {
                (Some(above), _) if above.contains(&simple) => Some(Fit::Wider),
                (Some(_), _) => None,
                // Which other types a custom class has is not known, except that it is none of these.
                (None, true) if is_final(simple) || super::names::is_kafka(name) => None,
                (None, _) => Some(Fit::Maybe),
            }
        }
    }
}

/// Whether a number or other primitive, boxed or not, fits another.
fn number(given: &str, wanted: &str) -> Option<Fit> {
    const WIDER: &[&str] = &["byte", "short", "int", "long", "float", "double"];
    let plain = |name: &str| match name {
        "Integer" => Some("int"),
        "Character" => Some("char"),
        "Long" | "Short" | "Byte" | "Boolean" | "Float" | "Double" => {
            WIDER.iter().chain(&["boolean"]).copied().find(|one| one.eq_ignore_ascii_case(name))
        }
        _ => None,
    };
    let boxed = plain(given).is_some() || plain(wanted).is_some();
    let (given, wanted) = (plain(given).unwrap_or(given), plain(wanted).unwrap_or(wanted));
    let rank = |name: &str| WIDER.iter().position(|one| *one == name);
    match (rank(given), rank(wanted)) {
        _ if given == wanted => Some(if boxed { Fit::Boxed } else { Fit::Exact }),
        (Some(given), Some(wanted)) if given < wanted => Some(if boxed { Fit::Boxed } else { Fit::Wider }),
        _ => None,
    }
}

/// The supertypes of a class of Java's own that is often passed to Kafka.
fn supertypes(simple: &str) -> Option<&'static [&'static str]> {
    Some(match simple {
        "String" => &["CharSequence", "Comparable"],
        "Properties" | "Hashtable" => &["Map", "Properties", "Hashtable"],
        "Map" => &["Map"],
        "HashMap" | "LinkedHashMap" | "TreeMap" | "ConcurrentHashMap" | "ConcurrentMap" | "SortedMap" => {
            &["Map"]
        }
        "Collection" => &["Collection", "Iterable"],
        "List" | "ArrayList" | "LinkedList" => &["List", "Collection", "Iterable"],
        "Set" | "HashSet" | "LinkedHashSet" | "TreeSet" | "SortedSet" => &["Set", "Collection", "Iterable"],
        "Duration" | "Pattern" | "TimeUnit" | "Optional" | "Instant" | "UUID" | "Uuid" => &[],
        "TopicPartition" | "Integer" | "Long" | "Boolean" | "Double" | "Class" => &[],
        _ => return None,
    })
}

/// Types that no lambda can implement.
fn is_not_functional(simple: &str) -> bool {
    supertypes(simple).is_some()
}

fn is_final(simple: &str) -> bool {
    matches!(
        simple,
        "String" | "Duration" | "Pattern" | "TimeUnit" | "Optional" | "Instant" | "TopicPartition"
    )
}
