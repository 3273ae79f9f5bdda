//! Errors of javac, Maven, Gradle, kotlinc, scalac and Eclipse, and of languages that look methods up while they run, about
//! something of Kafka's that is no longer there.
//!
//! The catalog has what each release lost; the notes have what takes its place.

use kafka_upgrade_catalog::{self as catalog, Life, Signature};
use kafka_upgrade_report::{Confidence, Severity};

use super::{Explained, blank, successors};
use crate::diagnostic::Diagnostic;
use crate::facts;
use crate::upgrade::Upgrade;

/// Explains a line of a compiler; `before` is the text above it, of which the nearest lines are looked at.
pub(super) fn explain(line: &str, before: &str, case: &Upgrade<'_>) -> Option<Explained> {
    package(line)
        .or_else(|| location(line, before))
        .or_else(|| alone(line))
        .or_else(|| scala(line))
        .or_else(|| kotlin(line))
        .or_else(|| eclipse(line))
        .or_else(|| unsuitable(line, before))
        .or_else(|| looked_up(line))
        .map(|lost| lost.explained(case))
}

/// What the code asks for.
struct Lost {
    /// `a.b.C`, `a.b.C.member`, or a package.
    name: String,
    class: String,
    member: Option<String>,
    life: Option<Life>,
}

impl Lost {
    fn explained(self, case: &Upgrade<'_>) -> Explained {
        let Self { name, class, member, life } = self;
        let gone = life.and_then(|life| facts::after(life.last));
        let why = match (life, gone) {
            (Some(life), Some(gone)) => format!("{gone} removed it; {} was the last release that had it.", life.last),
            (Some(life), None) if life.first > catalog::oldest() => {
                format!("It is in Kafka since {}, so the library on the class path is older than that.", life.first)
            }
            _ => "The Kafka library on the class path has no such thing: it is of another release than the code was written for, or the dependency that has it is missing.".to_owned(),
        };
        let usage = match &member {
            Some(member) => format!("{class}#{member}"),
            None => class.clone(),
        };
        let note = successors::of_usage(&usage, None);
        let action = match note {
            Some(note) => note.plain(note.action),
            None if life.is_none() => "Give all Kafka libraries of the build the same release, and the code that release's names; paste the source file and the build file for the replacement.".to_owned(),
            None => "Take what the new release has in its place; paste the source file, and the line gets its finding with the replacement.".to_owned(),
        };
        Explained {
            draft: Diagnostic {
                rule: "failure-compiler-missing-symbol".into(),
                subject: name.clone(),
                since: gone.filter(|gone| case.crosses(*gone)),
                message: format!(
                    "The code uses `{name}`, which the Kafka library that it is compiled against lacks."
                ),
                why,
                action,
                references: note.map_or(&[], |note| note.references),
                replacement: note.and_then(|note| note.replacement).map(str::to_owned),
                ..blank(
                    Severity::Error,
                    if life.is_some() { Confidence::Certain } else { Confidence::Likely },
                )
            },
            points: vec![usage],
            ask: "the source file, and the build file with the versions of its Kafka libraries",
            weak: false,
            headline: false,
            since: None,
            until: None,
        }
    }
}

fn is_kafka(name: &str) -> bool {
    name.starts_with("org.apache.kafka") || name.starts_with("kafka.")
}

/// `package kafka.zk does not exist`, `object zk is not a member of package kafka`.
fn package(line: &str) -> Option<Lost> {
    let name = match line.split_once("package ").filter(|_| line.contains(" does not exist")) {
        Some((_, rest)) => rest.split(' ').next()?.to_owned(),
        None => {
            let (before, rest) = line.split_once(" is not a member of package ")?;
            format!("{}.{}", rest.split([' ', ',']).next()?, before.rsplit(' ').next()?)
        }
    };
    if !is_kafka(&name) {
        return None;
    }
    let life = catalog::package(&name).or_else(|| catalog::any_class(&name));
    Some(Lost { class: name.clone(), name, member: None, life })
}

/// `symbol:   method values()` and `location: class org.apache.kafka.clients.admin.DescribeTopicsResult`.
fn location(line: &str, before: &str) -> Option<Lost> {
    let (above, place) = line.split_once("location: ")?;
    let lines = std::iter::once(above).chain(before.lines().rev().take(4));
    let symbol =
        lines.into_iter().find_map(|line| line.split_once("symbol: ").map(|(_, symbol)| symbol.trim()))?;
    let (sort, symbol) = symbol.split_once(' ')?;
    let symbol = symbol.trim();
    let name = symbol.split(['(', '<', ' ']).next()?;
    let place = place.trim();
    if let Some(package) = place.strip_prefix("package ").and_then(|rest| rest.split(' ').next()) {
        return is_kafka(package).then(|| {
            let class = format!("{package}.{name}");
            Lost { name: class.clone(), life: catalog::any_class(&class), class, member: None }
        });
    }
    let place = place.split(" of type ").last()?;
    let place = place
        .split_once(' ')
        .filter(|(sort, _)| ["class", "interface", "enum", "@interface"].contains(sort))
        .map_or(place, |(_, name)| name);
    let place = place.split(['<', ' ']).next()?;
    if sort == "class" && !is_kafka(place) {
        // A class that the code names and nothing imports any more.
        return of_simple_class(name);
    }
    let class = if is_kafka(place) { place.to_owned() } else { simple(place)?.to_owned() };
    Some(of_member(&class, name))
}

/// `symbol: class Processor`, without a location: a class that an import of a whole package no longer brings.
fn alone(line: &str) -> Option<Lost> {
    let (_, symbol) = line.split_once("symbol: ").filter(|_| !line.contains("location:"))?;
    of_simple_class(symbol.trim().strip_prefix("class ")?.split(['<', ' ']).next()?)
}

fn of_member(class: &str, name: &str) -> Lost {
    let own = member_life(class, name);
    let life = own.or_else(|| catalog::supertypes(class).find_map(|above| member_life(above, name)));
    let life = life.or_else(|| catalog::any_class(class).filter(|_| catalog::had(class, name)));
    Lost { name: format!("{class}.{name}"), class: class.to_owned(), member: Some(name.to_owned()), life }
}

fn member_life(class: &str, name: &str) -> Option<Life> {
    let own = catalog::members(class).filter(|(signature, _)| {
        let signature = Signature::parse(signature);
        signature.name == name
    });
    own.map(|(_, life)| life).min_by_key(|life| life.last)
}

/// The class of Kafka that has this simple name, if only one has.
fn simple(name: &str) -> Option<&'static str> {
    let mut found = catalog::classes()
        .map(|(class, _)| class)
        // The interfaces of Streams for Scala have the names of those that they wrap.
        .filter(|class| class.rsplit(['.', '$']).next() == Some(name) && !class.contains(".scala."));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn of_simple_class(name: &str) -> Option<Lost> {
    let class = simple(name)?;
    let life = catalog::class(class).filter(|life| facts::after(life.last).is_some())?;
    Some(Lost { name: class.to_owned(), class: class.to_owned(), member: None, life: Some(life) })
}

/// `value transformValues is not a member of org.apache.kafka.streams.scala.kstream.KStream[String,String]`.
fn scala(line: &str) -> Option<Lost> {
    let (before, rest) =
        line.split_once(" is not a member of ").or_else(|| line.split_once(" cannot be resolved in "))?;
    let member = before.rsplit([' ', '`']).next()?;
    let class = rest.trim_start_matches("object ").split(['[', ' ', ',']).next()?;
    is_kafka(class).then(|| of_member(class, member))
}

/// `The method poll(Duration) in the type KafkaConsumer<String,String> is not applicable for the arguments (int)`, `The
/// method values() is undefined for the type DeleteTopicsResult`, `The import kafka.utils.ZkUtils cannot be resolved`.
fn eclipse(line: &str) -> Option<Lost> {
    if let Some((_, rest)) = line.split_once("The import ") {
        let name = rest.split_once(" cannot be resolved")?.0;
        let life = catalog::package(name).or_else(|| catalog::any_class(name));
        return is_kafka(name).then(|| Lost {
            class: name.to_owned(),
            name: name.to_owned(),
            member: None,
            life,
        });
    }
    let (_, rest) = line.split_once("The method ")?;
    let name = rest.split('(').next()?;
    let place = rest
        .split_once(") in the type ")
        .filter(|(_, rest)| rest.contains(" is not applicable for the arguments"))
        .or_else(|| rest.split_once(" is undefined for the type "))?
        .1;
    gone(simple(place.split(['<', ' ', '\'']).next()?)?, name)
}

/// Groovy's `No signature of method: a.b.C.poll() is applicable for argument types: (Integer)` and Clojure's `No matching
/// method poll found taking 1 args for class a.b.C`.
fn looked_up(line: &str) -> Option<Lost> {
    if let Some((_, rest)) = line.split_once("No signature of method: ") {
        let (class, name) = rest.split('(').next()?.rsplit_once('.')?;
        return gone(class.trim_start_matches("static "), name);
    }
    let (_, rest) =
        line.split_once("No matching method ").or_else(|| line.split_once("No matching field found: "))?;
    let (name, rest) = rest.split_once(' ')?;
    let (_, class) = rest.split_once("for class ")?;
    gone(class.split([' ', ',']).next()?, name)
}

/// javac's `no suitable method found for close(int,TimeUnit)` with `method Producer.close() is not applicable` below it, and
/// `method committed in interface Consumer<K,V> cannot be applied to given types`.
fn unsuitable(line: &str, before: &str) -> Option<Lost> {
    if let Some((above, _)) = line.split_once(" cannot be applied to given types") {
        let (name, class) = above
            .rsplit_once("method ")
            .or_else(|| above.rsplit_once("constructor "))?
            .1
            .split_once(" in ")?;
        let class = class.split_once(' ').map_or(class, |(_, class)| class).split('<').next()?;
        return gone(named(class)?, name);
    }
    let (_, found) = line
        .split_once("method ")
        .filter(|(above, _)| !above.ends_with("suitable "))
        .or_else(|| line.split_once(") ").and_then(|(_, rest)| rest.split_once("method ")))?;
    let (member, rest) = found.split_once('(')?;
    let (class, name) = member.rsplit_once('.')?;
    let asked = format!("no suitable method found for {name}(");
    let is_asked =
        line.contains(&asked) || before.lines().rev().take(MAX_CANDIDATES).any(|line| line.contains(&asked));
    (is_asked && rest.contains(" is not applicable")).then(|| gone(named(class)?, name)).flatten()
}

/// Lines above a candidate in which its call stands.
const MAX_CANDIDATES: usize = 24;

/// A class of Kafka's by its whole name, or by a simple one that no other has.
fn named(class: &str) -> Option<&str> {
    if is_kafka(class) { Some(class) } else { simple(class) }
}

/// A member of a class that some release lost: these messages also speak of calls with arguments of a wrong type.
fn gone(class: &str, name: &str) -> Option<Lost> {
    let lost = is_kafka(class).then(|| of_member(class, name))?;
    lost.life.and_then(|life| facts::after(life.last)).is_some().then_some(lost)
}

/// `Unresolved reference: transformValues`, in Kotlin 2 `Unresolved reference 'transformValues'.`
fn kotlin(line: &str) -> Option<Lost> {
    let (_, rest) = line.split_once("nresolved reference")?;
    let name = rest.trim_start_matches([':', ' ', '\'']).split(['\'', '.', ' ']).next()?;
    if let Some(lost) = of_simple_class(name) {
        return Some(lost);
    }
    // Any public class that lost a member of that name, and only one name that no other program has.
    if name.len() < 9 {
        return None;
    }
    let lost = catalog::classes().find_map(|(class, _)| {
        let life = member_life(class, name)?;
        facts::after(life.last)?;
        Some(class)
    })?;
    Some(of_member(lost, name))
}
