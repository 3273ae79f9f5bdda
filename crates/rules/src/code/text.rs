//! What is said of classes, members and packages, and how they are shown and named.
//!
//! What is *not* here: whether anything is said.

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_document::{Arguments, Kind, MemberName, Usage};
use kafka_upgrade_sorted::case;

use crate::diagnostic::{Diagnostics, Location};
use crate::fate::{Fate, Wording};
use crate::rule::Thing;

/// Reports a class, member or package that goes or is deprecated.
pub(super) fn report(
    place: Location,
    usage: &Usage,
    thing: Thing,
    fate: Fate,
    sink: &mut Diagnostics<'_, '_>,
) {
    let (to, what) = (sink.case.to, thing.word());
    let shown = usage.member.as_ref().map_or_else(|| shown(&usage.name), shown_member);
    let runs = sink.case.files.get(place.file.unwrap_or(usize::MAX)).is_some_and(|read| {
        !matches!(read.document.kind, Kind::JavaSource | Kind::KotlinSource | Kind::ScalaSource)
    });
    let (message, why, action) = match fate {
        Fate::Gone { last, since, deprecated, again } => {
            let internal =
                catalog::class(&usage.name).is_none() && catalog::internal_class(&usage.name).is_some();
            (
                if runs {
                    format!("`{}` is not in {to}: Java does not find the class.", usage.name)
                } else {
                    format!(
                        "`{shown}` is gone: this does not compile against {to}, and what was compiled before does \
                         not link."
                    )
                },
                match (deprecated, again) {
                    (_, Some(again)) => {
                        format!("{last} has this {what}, {to} has it not, and {again} has it again.")
                    }
                    (Some(deprecated), _) if deprecated < since => format!(
                        "{last} is the last release that has this {what}; it is deprecated from {deprecated}."
                    ),
                    _ if internal => format!(
                        "{last} is the last release that has this class. It is internal to Kafka, no part of the \
                         public API, so a release may drop or move it without notice."
                    ),
                    _ => format!("{last} is the last release that has this {what}."),
                },
                if internal && runs {
                    "Call one of Kafka's scripts in its place, or look up where the class is now.".to_owned()
                } else if internal {
                    "Change over to the public API where it serves; else keep a copy of your own.".to_owned()
                } else {
                    format!(
                        "Look up in the documentation of {last} what takes its place, and change over before the \
                         upgrade."
                    )
                },
            )
        }
        Fate::Deprecated { since, .. } => (
            format!("`{shown}` is deprecated from {since}; it is still there in {to}."),
            "Kafka's own sources mark it as deprecated. A later release drops it.".to_owned(),
            format!(
                "Look up in the documentation of {to} what takes its place, and change over before that release."
            ),
        ),
        Fate::Lives => return,
    };
    let wording = Wording {
        thing,
        id: usage.member.as_ref().map_or_else(|| id(&usage.name), |one| id_of_member(&one.class, &one.name)),
        subject: usage.name.clone(),
        guessed: usage.guessed,
        place,
        message,
        why,
        action,
    };
    fate.report(wording, sink);
}

/// A class or package as code has it: `Outer.Inner`.
fn shown(name: &str) -> String {
    if name.ends_with(".*") { name.to_owned() } else { simple(name).replace('$', ".") }
}

/// A member as code has it: `KafkaConsumer.poll(long)`.
fn shown_member(member: &MemberName) -> String {
    let (class, name) = (shown(&member.class), &member.name);
    let arguments = match &member.arguments {
        Arguments::None => return format!("{class}.{name}"),
        Arguments::Any => "…".to_owned(),
        Arguments::Types(types) => {
            let shown = types.iter().map(|one| one.as_deref().map_or("…".to_owned(), shown));
            shown.collect::<Vec<_>>().join(", ")
        }
    };
    if member.is_new() { format!("new {class}({arguments})") } else { format!("{class}.{name}({arguments})") }
}

fn simple(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// `kafka-consumer-poll` of the member `poll` of `org.apache.kafka.clients.consumer.KafkaConsumer`.
pub(crate) fn id_of_member(class: &str, name: &str) -> String {
    kebab(&format!("{}-{name}", simple(class)))
}

/// `kafka-consumer` of the class `org.apache.kafka.clients.consumer.KafkaConsumer`; of a package all of its name counts.
pub(crate) fn id(name: &str) -> String {
    kebab(if name.ends_with(".*") { name } else { simple(name) })
}

fn kebab(plain: &str) -> String {
    let mut id = String::new();
    let mut before = '-';
    for one in plain.chars() {
        let starts = case::is_upper(one) && (case::is_lower(before) || before.is_ascii_digit());
        if starts || (!one.is_alphanumeric() && before != '-') {
            id.push('-');
        }
        if one.is_alphanumeric() {
            id.push(case::lower(one));
            before = one;
        } else {
            before = '-';
        }
    }
    id.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_code_has_them() {
        assert_eq!(shown("org.apache.kafka.a.B$C"), "B.C");
        let member = |text: &str| shown_member(&MemberName::parse(text).unwrap());
        assert_eq!(member("org.apache.kafka.a.B#poll(long,java.util.Map)"), "B.poll(long, Map)");
        assert_eq!(member("org.apache.kafka.a.B#new()"), "new B()");
        assert_eq!(member("org.apache.kafka.a.B#NAME"), "B.NAME");
    }

    #[test]
    fn ids_are_in_kebab_case() {
        assert_eq!(id_of_member("org.apache.kafka.a.KafkaConsumer", "poll"), "kafka-consumer-poll");
        assert_eq!(id("org.apache.kafka.a.B$InnerOne"), "b-inner-one");
        assert_eq!(id("kafka.security.auth.*"), "kafka-security-auth");
        assert_eq!(id_of_member("a.StreamsConfig", "EXACTLY_ONCE_BETA"), "streams-config-exactly-once-beta");
    }
}
