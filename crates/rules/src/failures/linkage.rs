//! Errors of the JVM's linker and of compilers that name a class or a member: which release lost it, and who wanted it.
//!
//! What the catalog knows decides. What is *not* here: classes that are not Kafka's.

use kafka_upgrade_catalog::{self as catalog, Life, Release, Signature};
use kafka_upgrade_report::{Confidence, Severity};

use super::{Explained, blank, successors};
use crate::diagnostic::Diagnostic;
use crate::facts;
use crate::notes::Note;
use crate::rule::{Computed, Rule};
use crate::upgrade::Upgrade;

/// Errors whose text names what is missing.
const ERRORS: &[&str] = &[
    "NoSuchMethodError: ",
    "NoClassDefFoundError: ",
    "ClassNotFoundException: ",
    "NoSuchFieldError: ",
    "AbstractMethodError: ",
    "IncompatibleClassChangeError: ",
    "IllegalAccessError: ",
    "Could not find or load main class ",
];

/// Explains such a line; `frames` are those below it, innermost first.
pub(super) fn explain(line: &str, frames: &[String], case: &Upgrade<'_>) -> Option<Explained> {
    let (error, rest) = ERRORS
        .iter()
        .find_map(|error| line.split_once(error).map(|(_, rest)| (*error, rest)))
        .or_else(|| in_prose(line))
        // Tools print nothing but the name of a class of theirs that is not there.
        .or_else(|| is_class_alone(line).then_some(("ClassNotFoundException: ", line)))?;
    if let Some(lacking) = abstract_method(error, rest, frames, case) {
        return Some(lacking);
    }
    let Some(named) = Named::of(rest) else { return of_library(error, rest, frames) };
    let caller = frames.iter().find_map(|frame| class_of(frame)).unwrap_or_default();
    // What its own file explains better: programs and plugins with a known successor.
    if SPECIAL.contains(&named.class.as_str()) {
        return None;
    }
    let life = named.life();
    let error = error.trim_end_matches([':', ' ']).rsplit(' ').next().unwrap_or(error);
    let what = named.shown();
    let when = when(life);
    // What is newer than the jars that were loaded comes with the upgrade of those.
    let arrives = life.filter(|life| {
        life.first > catalog::oldest() && life.first <= case.to && facts::after(life.last).is_none()
    });
    let until =
        arrives.map(|life| facts::first_like(life.first)).filter(|_| matches!(owner(caller), Owner::Other));
    let (message, why, action) = match owner(caller) {
        Owner::Kafka if is_of_other_jar(caller, &named.class) => (
            format!("`{what}` is missing: jars of different Kafka releases are on one class path."),
            format!("`{caller}` is of a Kafka jar that was built beside another release of kafka-clients than the one that was loaded.{when}"),
            "Give all Kafka artifacts (kafka-clients, kafka-streams, connect-*) the same version, the same release on all, and look for a second kafka-clients jar in the image, the plugin path or the build's dependency tree.".to_owned(),
        ),
        Owner::Kafka | Owner::Nobody => (
            format!("`{what}` is missing at run time."),
            format!("What asks for it was built against another Kafka release than the one that was loaded.{when}"),
            "Look for the program, plugin or agent that asks for it, and take a build of it for the Kafka release that runs; all Kafka jars on one class path have to be of the same release.".to_owned(),
        ),
        Owner::Other => (
            format!("`{caller}` asks for `{what}`, which the Kafka jars that were loaded lack."),
            format!("This plugin, connector or agent was built against another Kafka release.{when}"),
            format!("Take a build of what holds `{caller}` that is made for the Kafka release that runs, and update agents and plugins together with Kafka."),
        ),
    };
    let note = named.successor(life, case);
    let moved =
        note.filter(|_| named.member.is_none()).and_then(|note| successors::moved(note, &named.class));
    let action = match note {
        Some(note) => match &moved {
            Some(_) => note.plain(note.action),
            None => format!("{} {action}", note.plain(note.action)),
        },
        None if successors::speaks_to_zookeeper(&named.class) => format!(
            "What asks for it changes what ZooKeeper holds, and 4.0 and newer have no ZooKeeper: it has to use the `Admin` client of kafka-clients. {action}"
        ),
        None => action,
    };
    let replacement = moved.or_else(|| note.and_then(|note| note.replacement).map(str::to_owned));
    Some(Explained {
        points: vec![named.class.clone(), owner_package(caller)],
        draft: Diagnostic {
            rule: Rule::computed(
                Computed::Failure,
                if named.member.is_some() { "missing-member" } else { "missing-class" },
            ),
            subject: what,
            since: life.and_then(|life| facts::after(life.last)).filter(|since| case.crosses(*since)),
            message,
            why: format!("{error}: {why}"),
            action,
            references: note.map_or(&[], |note| note.references),
            replacement,
            ..blank(Severity::Error, if life.is_some() { Confidence::Certain } else { Confidence::Likely })
        },
        ask: "the frames below it, and what is on the class path: the build's dependency tree, the image, the plugin path",
        weak: false,
        headline: false,
        since: life.and_then(|life| facts::after(life.last)),
        until,
    })
}

/// A sentence that names an error of the linker, and behind it what of Kafka's it is about.
fn in_prose(line: &str) -> Option<(&'static str, &str)> {
    let (error, rest) = ERRORS.iter().find_map(|error| {
        let name = error.strip_suffix(": ")?;
        line.split_once(name).map(|(_, rest)| (*error, rest))
    })?;
    let at = ["org.apache.kafka.", "org/apache/kafka/"].iter().filter_map(|start| rest.find(start)).min()?;
    let name = rest.get(at..)?;
    let end =
        name.find(|one: char| !(one.is_ascii_alphanumeric() || "._$/#".contains(one))).unwrap_or(name.len());
    name.get(..end).map(|name| (error, name))
}

/// A member of another library that code within Kafka, or what Kafka loaded, asks for: two releases of that library.
fn of_library(error: &str, rest: &str, frames: &[String]) -> Option<Explained> {
    const OF_MEMBERS: &[&str] =
        &["NoSuchMethodError: ", "NoSuchFieldError: ", "IncompatibleClassChangeError: "];
    if !OF_MEMBERS.contains(&error)
        || !frames.iter().any(|frame| is_of_kafka(frame) || frame.contains(".kafka."))
    {
        return None;
    }
    let before = rest.split('(').next()?;
    let member = before.rsplit([' ', '\'']).find(|word| !word.is_empty())?.replace('/', ".");
    let (class, _) = member.rsplit_once('.')?;
    let caller = frames.iter().find_map(|frame| class_of(frame)).unwrap_or("code that Kafka loaded");
    Some(Explained {
        points: vec![owner_package(caller), "plugin.path".to_owned()],
        draft: Diagnostic {
            rule: Rule::computed(Computed::Failure, "missing-member"),
            subject: member.clone(),
            message: format!("`{member}` is missing: `{class}` was loaded from another release of its library than `{caller}` was built with."),
            why: "It is no class of Kafka's. A plugin, connector or agent beside Kafka's own libraries brings a release of the library that Kafka, or another plugin, does not work with; an upgrade of Kafka changes the libraries that it ships.".to_owned(),
            action: "Give each plugin a directory of its own below `plugin.path`, with its libraries, and nothing of it on the class path of the worker or broker; take a build of the plugin for this release of Kafka.".to_owned(),
            ..blank(Severity::Error, Confidence::Likely)
        },
        ask: "the frames below it, and the jars on the class path and the plugin path",
        weak: false,
        headline: false,
        since: None,
        until: None,
    })
}

/// `Receiver class R does not define or inherit an implementation of the resolved method 'abstract T m(A)' of interface I.`:
/// R was built when the interface had no such method.
fn abstract_method(error: &str, rest: &str, frames: &[String], case: &Upgrade<'_>) -> Option<Explained> {
    if error != "AbstractMethodError: " {
        return None;
    }
    let (receiver, class, member) = match rest.split_once("eceiver class ") {
        Some((_, rest)) => {
            let (receiver, rest) = rest.split_once(' ')?;
            let (_, signature) = rest.split_once('\'')?;
            let (signature, rest) = signature.split_once('\'')?;
            let member = signature.split('(').next()?.rsplit([' ', '.']).next()?;
            let class = rest.rsplit(' ').next()?.trim_end_matches('.');
            (receiver, class.replace('/', "."), member)
        }
        // Java up to 11: `R.m(A)T`, without the interface.
        None => {
            let (receiver, member) = rest.split('(').next()?.trim().rsplit_once('.')?;
            let of_kafka =
                rest.contains("org/apache/kafka/") || frames.iter().any(|frame| is_of_kafka(frame));
            let class = if of_kafka { "an interface of Kafka" } else { return None };
            (receiver, class.to_owned(), member)
        }
    };
    if !(is_of_kafka(&class) || class.contains(' ')) {
        return None;
    }
    let named = Named { class: class.clone(), member: Some(member.to_owned()), arguments: None };
    let life = named.own_life();
    let since = life.map(|life| facts::first_like(life.first)).filter(|first| case.crosses(*first));
    let shown = if class.contains(' ') { class } else { format!("`{class}`") };
    Some(Explained {
        points: vec![owner_package(receiver)],
        draft: Diagnostic {
            rule: Rule::computed(Computed::Failure, "missing-member"),
            subject: format!("{receiver}.{member}"),
            since,
            message: format!(
                "`{receiver}` does not implement `{member}` of {shown}, which the Kafka jars that were loaded call."
            ),
            why: format!(
                "AbstractMethodError: the class was built for another release of Kafka, whose interface differs.{}",
                when(life)
            ),
            action: format!(
                "Take a build of what holds `{receiver}` that is made for the Kafka release that runs; in code of your own, compile against that release and implement `{member}`."
            ),
            ..blank(Severity::Error, Confidence::Certain)
        },
        ask: "the source of that class, or the build's dependency tree",
        weak: false,
        headline: false,
        since,
        until: None,
    })
}

fn is_of_kafka(name: &str) -> bool {
    name.starts_with("org.apache.kafka.") || name.starts_with("kafka.")
}

pub(super) fn is_class_alone(line: &str) -> bool {
    let is_name = line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._$".contains(&byte));
    // An exception without a message is itself what happened.
    let is_exception =
        line.contains(".errors.") || ["Exception", "Error"].iter().any(|end| line.ends_with(end));
    is_name && !is_exception && ["kafka.", "org.apache.kafka."].iter().any(|start| line.starts_with(start))
}

/// What a plugin's classes begin with, to find it among settings: `io.confluent.connect.jdbc`.
fn owner_package(class: &str) -> String {
    match owner(class) {
        Owner::Other => class.split('.').take(3).collect::<Vec<_>>().join("."),
        _ => String::new(),
    }
}

/// Classes whose failures have explanations of their own.
const SPECIAL: &[&str] = &[
    "kafka.security.authorizer.AclAuthorizer",
    "kafka.security.auth.SimpleAclAuthorizer",
    "kafka.tools.MirrorMaker",
    "org.apache.kafka.connect.file.FileStreamSourceConnector",
    "org.apache.kafka.connect.file.FileStreamSinkConnector",
];

/// What else is known of what a failure names: the holes `fate` and `instead`.
pub(super) fn computed(holes: &[(&str, &str)], case: &Upgrade<'_>) -> Vec<(&'static str, String)> {
    let class = holes.iter().find(|(name, _)| *name == "class").map(|(_, held)| *held);
    let key = holes.iter().find(|(name, _)| *name == "key").map(|(_, held)| *held);
    let fate = match (class, key) {
        (Some(class), _) => when(catalog::any_class(&class.replace('/', "."))),
        (None, Some(key)) => of_key(key, case.to),
        _ => String::new(),
    };
    let note = key.and_then(successors::of_key);
    let instead = note.map_or_else(String::new, |note| format!(" {}", note.plain(note.action)));
    vec![("fate", fate), ("instead", instead)]
}

/// What became of a key, over all components.
pub(super) fn of_key(key: &str, to: Release) -> String {
    match last_of_key(key, to).and_then(|last| Some((last, facts::after(last)?))) {
        Some((last, gone)) => format!(" {gone} removed `{key}`; {last} was the last release that had it."),
        None => String::new(),
    }
}

/// The release that removed a key from all components; none where one still has it at the target.
pub(super) fn lost_key(key: &str, to: Release) -> Option<Release> {
    last_of_key(key, to).and_then(facts::after).filter(|gone| *gone <= to)
}

fn last_of_key(key: &str, to: Release) -> Option<Release> {
    let mut last: Option<Release> = None;
    for component in catalog::components_of(key) {
        if catalog::definition(component, key, to).is_some() {
            return None;
        }
        last = last.max(catalog::history(component, key).map(|era| era.last).max());
    }
    last
}

fn when(life: Option<Life>) -> String {
    let Some(life) = life else { return String::new() };
    match facts::after(life.last) {
        Some(gone) => format!(" {gone} removed it; {} was the last release that had it.", life.last),
        None => format!(" It is in Kafka since {}.", life.first),
    }
}

/// A class, and a member of it with its arguments as the JVM writes them.
struct Named {
    class: String,
    member: Option<String>,
    /// The arguments of the member as they are shown.
    arguments: Option<String>,
}

impl Named {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(['\'', '"']);
        // `'byte[] a.b.C.m(int)'`, `a/b/C`, `a.b.C.m()V`, `Receiver class a.b.C does not define …`.
        let (text, arguments) =
            text.split_once('(').map_or((text, None), |(before, rest)| (before, Some(rest)));
        let word = text.split([' ', '\'']).rfind(|word| word.contains(['.', '/'])).unwrap_or(text);
        let name = word.replace('/', ".");
        let (name, is_constructor) =
            name.strip_suffix(".<init>").map_or((&*name, false), |class| (class, true));
        let name = name.trim_matches(|one: char| !(one.is_ascii_alphanumeric() || one == '$'));
        if !(name.starts_with("org.apache.kafka.")
            || name.starts_with("kafka.")
            || name.starts_with("org.apache.log4j."))
        {
            return None;
        }
        let (class, member) = match name.rsplit_once('.') {
            _ if is_constructor => (name, Some("<init>")),
            // A method has arguments, whatever its name begins with.
            Some((class, last))
                if arguments.is_some() || last.starts_with(|one: char| one.is_ascii_lowercase()) =>
            {
                (class, Some(last))
            }
            _ => (name, None),
        };
        Some(Self {
            class: class.to_owned(),
            member: member.map(str::to_owned),
            arguments: arguments.map(str::to_owned),
        })
    }

    /// The note about what takes its place, where a release lost it.
    fn successor(&self, life: Option<Life>, case: &Upgrade<'_>) -> Option<&'static Note> {
        let is_there = life.is_some_and(|life| facts::after(life.last).is_none());
        let usage = match &self.member {
            Some(member) => format!("{}#{member}", self.class),
            None => self.class.clone(),
        };
        let note = successors::of_usage(&usage, self.arguments.as_deref())?;
        (!is_there && note.is_of_a_key_that_goes() && note.since <= case.to).then_some(note)
    }

    fn life(&self) -> Option<Life> {
        match &self.member {
            Some(_) => self.own_life().or_else(|| catalog::any_class(&self.class)),
            None => catalog::any_class(&self.class),
        }
    }

    /// The life of the member; of overloads that of those with the arguments that are shown.
    fn own_life(&self) -> Option<Life> {
        let member = self.member.as_deref()?;
        let is_it = |(signature, _): &(&str, Life)| {
            let signature = Signature::parse(signature);
            let is_alike = |shown: &str| {
                let types = signature.parameters();
                types.is_none_or(|types| successors::are_alike(&types.join(","), shown))
            };
            signature.name == member && self.arguments.as_deref().is_none_or(is_alike)
        };
        let own = catalog::members(&self.class).filter(is_it);
        own.map(|(_, life)| life).min_by_key(|life| life.last)
    }

    fn shown(&self) -> String {
        match self.member.as_deref() {
            Some("<init>") => format!("{}()", self.class),
            Some(member) => format!("{}.{member}", self.class),
            None => self.class.clone(),
        }
    }
}

/// The class of a frame, `a.b.C.m`, that is not Java's own.
fn class_of(frame: &str) -> Option<&str> {
    let (class, _) = frame.rsplit_once('.')?;
    (!["java.", "jdk.", "sun.", "javax."].iter().any(|start| class.starts_with(start))).then_some(class)
}

enum Owner {
    Kafka,
    Other,
    Nobody,
}

fn owner(class: &str) -> Owner {
    match class {
        "" => Owner::Nobody,
        _ if class.starts_with("org.apache.kafka.") || class.starts_with("kafka.") => Owner::Kafka,
        _ => Owner::Other,
    }
}

/// Whether the caller is of an artifact that stands beside kafka-clients, and what it misses is of another one.
fn is_of_other_jar(caller: &str, missing: &str) -> bool {
    let jar = |class: &str| match class.strip_prefix("org.apache.kafka.") {
        Some(rest) if rest.starts_with("streams.") => 1,
        Some(rest) if rest.starts_with("connect.") => 2,
        Some(rest) if ["clients.", "common."].iter().any(|start| rest.starts_with(start)) => 0,
        _ => 3,
    };
    jar(caller) != jar(missing)
}
