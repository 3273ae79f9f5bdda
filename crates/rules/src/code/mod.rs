//! Classes and members of Kafka that code uses and no note speaks of: what becomes of them, computed from what
//! the releases' own jars have.
//!
//! `text` has what is said of them.
//!
//! One finding a line for one thing. Of overloads that the arguments do not distinguish, one that is there at
//! the target and not deprecated is enough to say nothing. What is *not* here: what notes speak of (`usages`).

mod suppressed;
mod text;

use kafka_upgrade_document::Slice as _;
use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::{self as catalog, Life, Member, Signature};
use kafka_upgrade_document::{Arguments, Kind, MemberName, Span, Usage, UsageKind};
use kafka_upgrade_report::Severity;

use crate::diagnostic::{Diagnostics, Location};
use crate::fate::{self, Fate};
use crate::rule::Thing;
use crate::upgrade::{CheckedFile, Upgrade};

use suppressed::Suppressed;
pub(crate) use text::{id, id_of_member};

/// What has been reported of one file, so that each thing is reported once per line.
#[derive(Debug, Default)]
pub(crate) struct Reported {
    seen: BTreeSet<(u32, String)>,
    /// What is named outside of imports.
    used: Option<BTreeSet<String>>,
    /// Words outside of imports and comments.
    code: Option<BTreeSet<String>>,
    /// Where the code suppresses warnings about deprecation.
    suppressed: Option<Suppressed>,
    /// Words that were looked for, with whether they are there.
    words: BTreeMap<&'static str, bool>,
}

impl Reported {
    /// Whether this is the first of its line about something; it is not from then on.
    pub(crate) fn is_first(&mut self, read: &CheckedFile<'_>, span: Span, about: &str) -> bool {
        let line = read.lines().line(span.start);
        self.seen.insert((line, about.to_owned()))
    }

    /// Whether an import can be skipped: deprecated things are reported where the code uses them, and compilers do
    /// not warn of imports that only comments use.
    pub(crate) fn is_only_import(&mut self, read: &CheckedFile<'_>, usage: &Usage) -> bool {
        if !is_import(read.text, usage.span) {
            return false;
        }
        // Of methods that are imported, each call reports what becomes of it.
        usage.member.as_ref().is_some_and(|member| member.arguments == Arguments::Any)
            || self.names(read, &usage.name)
            || !self.is_in_code(read, usage)
    }

    /// Whether the last word of an imported name stands outside of imports and comments; for what an import brings under
    /// another name, or with all of a package, nobody knows.
    fn is_in_code(&mut self, read: &CheckedFile<'_>, usage: &Usage) -> bool {
        let line = read.text.slice(usage.span.start as usize..).lines().next().unwrap_or_default();
        let name = usage.member.as_ref().map_or(usage.name.as_str(), |member| member.name.as_str());
        let word = name.rsplit(['.', '$', '#']).next().unwrap_or_default();
        if word == "*" || line.contains("=>") || line.contains(" as ") {
            return true;
        }
        let code = self.code.get_or_insert_with(|| {
            let lines = read.text.lines().map(str::trim_start);
            let lines = lines
                .filter(|line| !["import ", "*", "//", "/*"].iter().any(|start| line.starts_with(start)));
            let words = lines.flat_map(|line| {
                let line = line.split("//").next().unwrap_or_default();
                line.split(|one: char| !(one.is_alphanumeric() || one == '_'))
            });
            words.map(str::to_owned).collect()
        });
        code.contains(word)
    }

    /// Whether the file names something outside of imports.
    pub(crate) fn names(&mut self, read: &CheckedFile<'_>, name: &str) -> bool {
        let used = self.used.get_or_insert_with(|| {
            let outside = read.document.usages.iter().filter(|one| !is_import(read.text, one.span));
            outside.map(|one| one.name.clone()).collect()
        });
        used.contains(name)
    }

    /// Whether the author says in the code that a deprecated thing is known.
    pub(crate) fn is_suppressed(&mut self, read: &CheckedFile<'_>, usage: &Usage) -> bool {
        let by_lines = matches!(read.document.kind, Kind::ScalaSource | Kind::KotlinSource);
        let suppressed = self.suppressed.get_or_insert_with(|| Suppressed::of(read.text, by_lines));
        suppressed.has(read.text, usage.span.start as usize)
    }

    /// Whether the text has a word.
    pub(crate) fn has_word(&mut self, read: &CheckedFile<'_>, word: &'static str) -> bool {
        *self.words.entry(word).or_insert_with(|| read.text.contains(word))
    }
}

/// Reports what becomes of a class or member.
pub(crate) fn fate(
    file: usize,
    read: &CheckedFile<'_>,
    usage: &Usage,
    reported: &mut Reported,
    sink: &mut Diagnostics<'_, '_>,
) {
    let (fate, thing) = match usage.kind {
        UsageKind::Class if is_package(&usage.name) => (of_class(sink.case, &usage.name), Thing::Package),
        UsageKind::Class => (of_class(sink.case, &usage.name), Thing::Class),
        UsageKind::Member => {
            let Some(member) = &usage.member else { return };
            let fate = of_member(sink.case, member, is_override(usage.span.of(read.text)));
            if is_spared(sink.case, read, usage, reported) {
                return;
            }
            (fate.or_else(|| of_left_behind(sink.case, read, (usage, member))), Thing::Member)
        }
        _ => return,
    };
    let deprecated = matches!(fate, Some(Fate::Deprecated { .. }));
    if deprecated && reported.is_only_import(read, usage) {
        return;
    }
    let span = if deprecated { last_word(read.text, usage.span) } else { usage.span };
    if let Some(fate) = fate
        && reported.is_first(read, span, &usage.name)
    {
        let before = sink.drafts.len();
        text::report(Location::span(file, span), usage, thing, fate, sink);
        if deprecated && reported.is_suppressed(read, usage) {
            sink.drafts.iter_mut().skip(before).for_each(|draft| draft.severity = Severity::Info);
        }
    }
}

/// Whether a class stands for everything of a package: `kafka.security.auth.*`.
fn is_package(name: &str) -> bool {
    name.ends_with(".*")
}

fn of_class(case: &Upgrade<'_>, name: &str) -> Option<Fate> {
    if let Some(package) = name.strip_suffix(".*") {
        return fate::of(case, catalog::package(package)?);
    }
    fate::of(case, catalog::any_class(name)?)
}

/// An override needs the very method; a call can also use another overload.
fn of_member(case: &Upgrade<'_>, member: &MemberName, overrides: bool) -> Option<Fate> {
    let of_class = of_class(case, &member.class);
    // What goes with its class is reported of the class.
    if matches!(of_class, Some(Fate::Gone { .. })) {
        return None;
    }
    let meant = catalog::overloads(&member.class).filter(|known| is_meant(known.signature, member));
    let lives = meant.map(|known| if overrides { until_declared(&known) } else { known.life });
    let fates: Vec<Fate> = lives.filter_map(|life| fate::of(case, life)).collect();
    let gravity = |fate: &Fate| match fate {
        Fate::Lives => 0,
        Fate::Deprecated { .. } => 1,
        Fate::Gone { .. } => 2,
    };
    let least = if matches!(of_class, Some(Fate::Deprecated { .. })) { 1 } else { 0 };
    fates.into_iter().min_by_key(gravity).filter(|fate| gravity(fate) > least)
}

/// Whether the arguments leave it open which overload is meant, and one of them lives on.
pub(crate) fn is_another_overload(case: &Upgrade<'_>, usage: &Usage) -> bool {
    let Some(member) = usage.member.as_ref().filter(|member| member.arguments.has_unknown()) else {
        return false;
    };
    let mut meant = catalog::overloads(&member.class).filter(|known| is_meant(known.signature, member));
    meant.any(|known| matches!(fate::of(case, known.life), Some(Fate::Lives)))
}

/// The life of a member as it is declared itself.
fn until_declared(member: &Member) -> Life {
    Life { last: member.declared.min(member.life.last), ..member.life }
}

/// What happens to a member inherited from a class that is gone as a whole: overrides, and uses without a receiver,
/// do not name that class.
fn of_left_behind(
    case: &Upgrade<'_>,
    read: &CheckedFile<'_>,
    (usage, member): (&Usage, &MemberName),
) -> Option<Fate> {
    let before = read.text.slice(..usage.span.start as usize);
    let of_class = || of_class(case, &member.class).filter(|fate| matches!(fate, Fate::Gone { .. }));
    if is_override(usage.span.of(read.text)) || before.ends_with("super.") {
        return of_class();
    }
    let alone = before.ends_with("this.") || !before.ends_with(['.', ':']);
    let handed = alone && !is_import(read.text, usage.span) && catalog::had(&member.class, &member.name);
    handed.then(of_class).flatten()
}

/// Whether a call whose arguments are not all known can mean an overload that stays as it is.
pub(crate) fn may_live(case: &Upgrade<'_>, usage: &Usage) -> bool {
    usage.member.as_ref().is_some_and(|member| {
        let is_open = member.arguments == Arguments::Any || member.arguments.has_unknown();
        is_open && of_member(case, member, false).is_none()
    })
}

/// Whether a call of what is gone is refused elsewhere or not at all: the type of an argument is gone itself, which
/// is reported where the file names it, or an overload that stays takes the same arguments.
pub(crate) fn is_spared(
    case: &Upgrade<'_>,
    read: &CheckedFile<'_>,
    usage: &Usage,
    reported: &mut Reported,
) -> bool {
    let Some(member) = &usage.member else { return false };
    let given: &[Option<String>] = match &member.arguments {
        Arguments::None => return false,
        Arguments::Any => &[],
        Arguments::Types(given) => given,
    };
    let overrides = is_override(usage.span.of(read.text));
    if !matches!(of_member(case, member, overrides), Some(Fate::Gone { .. })) {
        return false;
    }
    let is_gone = |class: &str| matches!(of_class(case, class), Some(Fate::Gone { .. }));
    let is_reported = given.iter().flatten().any(|class| is_gone(class) && reported.names(read, class));
    if is_reported && !overrides {
        return true;
    }
    // No method without a result overrides one that has a result.
    let gives_nothing = overrides
        && usage.span.of(read.text).split_ascii_whitespace().any(|word| word == "void")
        && catalog::returns(&member.class, &member.name).is_some();
    let stays = |known: Member| {
        let signature = Signature::parse(known.signature);
        let wanted = signature.parameters().unwrap_or_default();
        signature.name == member.name
            && !signature.is_field()
            && member.arguments != Arguments::Any
            && wanted.len() == given.len()
            && wanted.iter().zip(given).all(|(wanted, given)| {
                let Some(given) = given else { return false };
                // In an override, an argument of a removed type fits any parameter.
                if overrides { wanted == given || is_gone(given) } else { takes(wanted, given) }
            })
            && !gives_nothing
            && !matches!(fate::of(case, known.life), None | Some(Fate::Gone { .. }))
    };
    (is_reported || !overrides) && catalog::overloads(&member.class).any(stays)
}

/// Whether a parameter takes what another one takes.
fn takes(wanted: &str, given: &str) -> bool {
    let of_java = match wanted {
        "java.util.Collection" => matches!(given, "java.util.List" | "java.util.Set"),
        "java.util.concurrent.Future" => given == "java.util.concurrent.CompletableFuture",
        _ => false,
    };
    wanted == given || of_java || catalog::supertypes(given).any(|above| above == wanted)
}

/// Whether a signature of the catalog's can be the member that is used.
fn is_meant(signature: &str, member: &MemberName) -> bool {
    let signature = Signature::parse(signature);
    if signature.name != member.name {
        return false;
    }
    match (signature.parameters(), &member.arguments) {
        (None, Arguments::None) => true,
        (Some(_), Arguments::Any) => true,
        (Some(wanted), Arguments::Types(given)) => {
            (wanted.len() == given.len() || takes_any(&wanted, given.len()))
                && wanted
                    .iter()
                    .zip(given)
                    .all(|(wanted, given)| given.as_ref().is_none_or(|given| given == wanted))
        }
        _ => false,
    }
}

/// Whether the last parameter takes a variable number of arguments, and that many fit.
fn takes_any(wanted: &[&str], given: usize) -> bool {
    wanted.last().is_some_and(|last| last.ends_with("...")) && given + 1 >= wanted.len()
}

/// Whether a place is in an import.
fn is_import(text: &str, span: Span) -> bool {
    let before = text.slice(..span.start as usize);
    let statement = before.rsplit(['\n', ';', '}']).next().unwrap_or_default().trim_start();
    statement.starts_with("import ")
}

/// An override is placed from its annotation on; what is deprecated is the method that it overrides.
fn last_word(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let word = written.rsplit(|one: char| !(one.is_alphanumeric() || one == '_')).next().unwrap_or_default();
    if is_override(written) { Span::new(span.end - word.len() as u32, span.end) } else { span }
}

fn is_override(written: &str) -> bool {
    written.starts_with('@') || written.starts_with("override")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_compared_where_they_are_known() {
        let is = |signature: &str, member: &str| {
            is_meant(signature, &MemberName::parse(&format!("a.B#{member}")).unwrap())
        };
        assert!(is("method poll(long)", "poll(long)"));
        assert!(is("method poll(long)", "poll(?)"));
        assert!(is("new ()", "new()"));
        assert!(is("field X", "X"));
        assert!(!is("method poll(long)", "poll(java.time.Duration)"));
        assert!(!is("method poll(long)", "poll()"));
        assert!(!is("method X()", "X"));
        assert!(is("method poll(long)", "poll(*)"));
        assert!(!is("field poll", "poll(*)"));
    }

    #[test]
    fn a_parameter_takes_its_own_type_and_what_is_below_it() {
        assert!(takes("a.B", "a.B"));
        assert!(takes("java.util.Collection", "java.util.List"));
        assert!(!takes("java.util.List", "java.util.Collection"));
        assert!(takes(
            "org.apache.kafka.clients.consumer.Consumer",
            "org.apache.kafka.clients.consumer.KafkaConsumer"
        ));
        assert!(!takes("org.apache.kafka.clients.consumer.Consumer", "long"));
    }

    #[test]
    fn an_override_is_deprecated_at_its_name() {
        let text = "@Override\npublic void poll";
        assert_eq!(last_word(text, Span::new(0, 26)).of(text), "poll");
        assert_eq!(last_word("poll", Span::new(0, 4)), Span::new(0, 4));
    }
}
