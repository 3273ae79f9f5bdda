//! Classes and members that some release lacks or deprecates, and what it takes to find them in code: their
//! overloads, the supertypes that hand them down, and the methods that lead to them.
//!
//! What every release has is left out otherwise: it says nothing, and the whole public API would cost the page
//! several times as much. A member that moved to a supertype is not gone.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::Facts;
use crate::strings::declare;

/// First and last release with it, the releases in between without it, and the release that deprecates it.
#[derive(Clone, Copy, PartialEq)]
struct Life {
    first: usize,
    last: usize,
    gap: Option<(usize, usize)>,
    deprecated: Option<usize>,
    /// The last release that declares it; in later ones other members still accept its calls.
    declared: usize,
}

impl Life {
    fn see(life: &mut Option<Self>, at: usize, deprecated: bool) {
        let life =
            life.get_or_insert(Self { first: at, last: at, gap: None, deprecated: None, declared: at });
        if life.last + 1 < at {
            assert!(life.gap.is_none(), "something went and came back twice; a row has one gap");
            life.gap = Some((life.last + 1, at - 1));
        }
        (life.last, life.declared) = (at, at);
        life.deprecated = if deprecated { life.deprecated.or(Some(at)) } else { None };
    }

    fn changes(self, newest: usize) -> bool {
        self.last < newest || self.deprecated.is_some() || self.gap.is_some()
    }

    fn row(self) -> String {
        let gap = self.gap.map_or("None".to_owned(), |(first, last)| format!("Some(({first}, {last}))"));
        let deprecated = self.deprecated.map_or("None".to_owned(), |at| format!("Some({at})"));
        format!("first: {}, last: {}, gap: {gap}, deprecated: {deprecated}", self.first, self.last)
    }
}

type Lives<'a, K> = BTreeMap<K, Option<Life>>;

/// All that the releases declare, before unneeded parts are dropped.
struct Api<'a> {
    newest: usize,
    classes: Lives<'a, &'a str>,
    /// Including inherited members.
    members: Lives<'a, (&'a str, &'a str)>,
    /// What a class declares itself in some release.
    own: BTreeSet<(&'a str, &'a str)>,
    /// Methods that a subclass may override.
    overridable: BTreeSet<(&'a str, &'a str)>,
    /// Names of all members, inherited ones included, in the last release that has the class.
    names: BTreeMap<&'a str, BTreeSet<&'a str>>,
    supers: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Class, name of the method, and what it returns.
    returns: BTreeSet<(&'a str, &'a str, &'a str)>,
}

/// Tables `CLASSES` and `MEMBERS`, both sorted by name, and `RETURNS`; members carry the index of their class.
/// `LEFT_BEHIND` has the names of what classes had that are gone as a whole.
pub(crate) fn tables(facts: &[Facts]) -> String {
    let api = collect(facts);
    let kept = api.kept_members();
    let mut classes: BTreeSet<&str> = kept.keys().map(|(class, _)| *class).collect();
    classes.extend(api.lives().filter(|(_, life)| life.changes(api.newest)).map(|(name, _)| name));
    let leading = api.leading(&mut classes);
    let classes: Vec<&str> = classes.into_iter().collect();
    let at = |name: &str| classes.binary_search(&name).expect("what a row names is kept");

    let class_rows: Vec<String> = api
        .lives()
        .filter(|(name, _)| classes.binary_search(name).is_ok())
        .map(|(name, life)| {
            let supers = api.supers.get(name).into_iter().flatten();
            let supers: Vec<String> = supers
                .filter(|name| classes.binary_search(name).is_ok())
                .map(|name| at(name).to_string())
                .collect();
            format!("ClassRow {{ name: {name:?}, supers: &[{}], {} }}", supers.join(", "), life.row())
        })
        .collect();
    let member_rows: Vec<String> = kept
        .iter()
        .map(|((class, signature), life)| {
            format!(
                "MemberRow {{ class: {}, signature: {signature:?}, {}, declared: {} }}",
                at(class),
                life.row(),
                life.declared
            )
        })
        .collect();
    let return_rows: Vec<String> = leading
        .iter()
        .map(|((class, method), returns)| {
            format!("ReturnRow {{ class: {}, method: {method:?}, returns: {} }}", at(class), at(returns))
        })
        .collect();
    let left_rows: Vec<String> = api
        .lives()
        .filter(|(name, life)| life.last < api.newest && classes.binary_search(name).is_ok())
        .filter_map(|(name, _)| {
            let names: Vec<&str> = api.names.get(name)?.iter().copied().collect();
            (!names.is_empty()).then(|| format!("({}, {:?})", at(name), names.join(" ")))
        })
        .collect();
    declare("CLASSES", "ClassRow", &class_rows)
        + &declare("MEMBERS", "MemberRow", &member_rows)
        + &declare("RETURNS", "ReturnRow", &return_rows)
        + &declare("LEFT_BEHIND", "(u16, &str)", &left_rows)
}

fn collect(facts: &[Facts]) -> Api<'_> {
    let mut api = Api {
        newest: facts.len() - 1,
        classes: BTreeMap::new(),
        members: BTreeMap::new(),
        own: BTreeSet::new(),
        overridable: BTreeSet::new(),
        names: BTreeMap::new(),
        supers: BTreeMap::new(),
        returns: BTreeSet::new(),
    };
    for (at, facts) in facts.iter().enumerate() {
        for (name, class) in &facts.classes {
            Life::see(api.classes.entry(name).or_default(), at, class.deprecated);
            let supers = class.extends.iter().chain(&class.implements).map(String::as_str);
            api.supers
                .entry(name)
                .or_default()
                .extend(supers.filter(|name| facts.classes.contains_key(*name)));
            for member in &class.members {
                let (signature, rest) = signature(member);
                api.own.insert((name, signature));
                if let Some(name_of) = method(signature) {
                    if !rest.split_ascii_whitespace().any(|flag| flag == "static") {
                        api.overridable.insert((name, signature));
                    }
                    let returned = rest.split_ascii_whitespace().next().unwrap_or_default();
                    api.returns.insert((name, name_of, returned));
                }
            }
            let mut seen = BTreeMap::new();
            inherit(facts, name, true, &mut seen);
            for (signature, deprecated) in &seen {
                Life::see(api.members.entry((name, signature)).or_default(), at, *deprecated);
            }
            let names = seen.keys().filter_map(|signature| shape(signature).split_once(' '));
            api.names.insert(name, names.map(|(_, name)| name).filter(|name| !name.is_empty()).collect());
            let serves = |signature: &str, life: &Life| {
                let inherits = life.deprecated.is_none() && may_be_inherited(facts, name, signature);
                let other = || seen.keys().any(|other| succeeds(facts, signature, other));
                if inherits { Some(at) } else { other().then_some(life.declared) }
            };
            // A caller loses nothing if the member is inherited or another overload accepts its calls.
            let own =
                api.members.range_mut((name.as_str(), "")..).take_while(|((class, _), _)| class == name);
            for ((_, signature), life) in own.filter(|((_, signature), _)| !seen.contains_key(signature)) {
                let went = life.filter(|life| life.last + 1 == at);
                if let Some(declared) = went.and_then(|went| serves(signature, &went)) {
                    Life::see(life, at, false);
                    life.iter_mut().for_each(|life| life.declared = declared);
                }
            }
        }
    }
    api
}

/// What a class has in one release: its own members and those that its supertypes hand down.
fn inherit<'a>(facts: &'a Facts, class: &str, own: bool, seen: &mut BTreeMap<&'a str, bool>) {
    let Some((supers, members)) = facts.shape(class) else { return };
    for member in members {
        let (signature, _) = signature(member);
        if own || !signature.starts_with("new ") {
            seen.entry(signature).or_insert_with(|| member.ends_with(" deprecated"));
        }
    }
    for above in supers {
        inherit(facts, above, false, seen);
    }
}

/// Whether a method may be inherited from a supertype that is not recorded: one of Kafka's own, or `Throwable` for
/// any exception.
fn may_be_inherited(facts: &Facts, class: &str, signature: &str) -> bool {
    let Some(method) = method(signature) else { return false };
    let of_throwable = matches!(method, "fillInStackTrace" | "getMessage" | "getCause" | "toString");
    let supers = facts.shape(class).map(|(supers, _)| supers).unwrap_or_default();
    supers.into_iter().any(|name| match facts.shape(name) {
        Some(_) => may_be_inherited(facts, name, signature),
        None => name.starts_with("org.apache.kafka.") || (of_throwable && name.ends_with("Exception")),
    })
}

/// Whether callers of one overload can call the other unchanged: its parameters have wider or boxed types.
fn succeeds(facts: &Facts, old: &str, new: &str) -> bool {
    let (Some((old_name, old)), Some((new_name, new))) = (old.split_once('('), new.split_once('(')) else {
        return false;
    };
    let boxed = |primitive: &str| match primitive {
        "int" => Some("java.lang.Integer"),
        "long" => Some("java.lang.Long"),
        "boolean" => Some("java.lang.Boolean"),
        _ => None,
    };
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.trim_end_matches(')').split(',').collect(), new.trim_end_matches(')').split(',').collect());
    old_name == new_name
        && old.len() == new.len()
        && old.iter().zip(&new).all(|(old, new)| {
            old == new || boxed(old) == Some(*new) || boxed(new) == Some(*old) || is_below(facts, old, new)
        })
}

fn is_below(facts: &Facts, class: &str, above: &str) -> bool {
    let supers = facts.shape(class).map(|(supers, _)| supers).unwrap_or_default();
    supers.into_iter().any(|name| name == above || is_below(facts, name, above))
}

impl<'a> Api<'a> {
    fn lives(&self) -> impl Iterator<Item = (&'a str, Life)> {
        self.classes.iter().filter_map(|(name, life)| Some((*name, (*life)?)))
    }

    /// Members that change, and for each the other overloads that its class or a supertype declares.
    fn kept_members(&self) -> BTreeMap<(&'a str, &'a str), Life> {
        let own = || {
            let lives = self.members.iter().filter_map(|(place, life)| Some((*place, (*life)?)));
            lives.filter(|(place, _)| self.own.contains(place))
        };
        let changes = |place: &(&str, &str), life: Life| {
            let class = self.classes.get(place.0).copied().flatten();
            let replaced = life.declared < life.last && self.overridable.contains(place);
            class.is_some_and(|class| {
                life.last < class.last
                    || life.deprecated.is_some()
                    || (life.gap.is_some() && life.gap != class.gap)
                    || replaced
            })
        };
        let mut shapes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for ((class, signature), _) in own().filter(|(place, life)| changes(place, *life)) {
            shapes.entry(class).or_default().insert(shape(signature));
        }
        let listed = |class: &'a str, signature: &str| {
            let shape = shape(signature);
            let above = self.above(class);
            let mut all = above.iter().filter(|name| **name == class || !signature.starts_with("new "));
            all.any(|name| shapes.get(name).is_some_and(|shapes| shapes.contains(shape)))
        };
        own().filter(|((class, signature), _)| listed(class, signature)).collect()
    }

    /// A class and everything above it.
    fn above(&self, class: &'a str) -> BTreeSet<&'a str> {
        let mut all = BTreeSet::from([class]);
        let mut next = vec![class];
        while let Some(one) = next.pop() {
            for name in self.supers.get(one).into_iter().flatten() {
                if all.insert(name) {
                    next.push(name);
                }
            }
        }
        all
    }

    /// Methods whose result leads, in any number of steps, to a class that is kept, by class and name; the classes in
    /// between are kept as well. A method whose overloads return different classes is left out.
    fn leading(&self, kept: &mut BTreeSet<&'a str>) -> BTreeMap<(&'a str, &'a str), &'a str> {
        loop {
            let before = kept.len();
            for (class, _, returned) in &self.returns {
                if kept.contains(returned) {
                    kept.insert(class);
                }
            }
            for (class, supers) in &self.supers {
                if supers.iter().any(|name| kept.contains(name)) {
                    kept.insert(class);
                }
            }
            if kept.len() == before {
                break;
            }
        }
        // Supertypes are kept too, so that for two classes it is known that neither extends the other.
        let above: BTreeSet<&str> = kept.iter().flat_map(|name| self.above(name)).collect();
        kept.extend(above);
        let mut found: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        let both = |(class, _, name): &&(&str, &str, &str)| kept.contains(class) && kept.contains(name);
        for (class, method, returned) in self.returns.iter().filter(both) {
            found.entry((class, method)).or_default().insert(returned);
        }
        let one = found.into_iter().filter(|(_, returned)| returned.len() == 1);
        one.filter_map(|(place, returned)| Some((place, *returned.first()?))).collect()
    }
}

/// Splits a member into its signature (`method poll(long)`, `new ()`, `field NAME`) and the rest: return type and
/// flags.
fn signature(member: &str) -> (&str, &str) {
    let end = match member.find(')') {
        Some(close) => close + 1,
        None => member.match_indices(' ').nth(1).map_or(member.len(), |(at, _)| at),
    };
    member.split_at(end)
}

fn method(signature: &str) -> Option<&str> {
    signature.strip_prefix("method ")?.split('(').next()
}

/// Kind and name. Overloads with other numbers of arguments belong to it: a reference or an import names all of them.
fn shape(signature: &str) -> &str {
    signature.split('(').next().unwrap_or(signature)
}
