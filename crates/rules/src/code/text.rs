//! What is said of classes, members and packages, and how they are shown and named.
//!
//! What is *not* here: whether anything is said.

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_document::{Kind, Usage};

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
    let shown = shown(&usage.name);
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
        Fate::Deprecated(since) => (
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
        id: id(&usage.name),
        subject: usage.name.clone(),
        guessed: usage.guessed,
        place,
        message,
        why,
        action,
    };
    fate.report(wording, sink);
}

/// A name as code has it: `KafkaConsumer.poll(long)`.
fn shown(name: &str) -> String {
    if name.ends_with(".*") {
        return name.to_owned();
    }
    let (class, member) = name.split_once('#').unwrap_or((name, ""));
    let class = simple(class).replace('$', ".");
    if member.is_empty() {
        return class;
    }
    let (member, arguments) = member.split_once('(').unwrap_or((member, ""));
    let arguments: Vec<String> = arguments
        .trim_end_matches(')')
        .split(',')
        .map(|one| match one {
            "?" | "*" => "…".to_owned(),
            one => simple(one).replace('$', "."),
        })
        .collect();
    let arguments = arguments.join(", ");
    match (member, name.contains('(')) {
        ("new", _) => format!("new {class}({arguments})"),
        (_, true) => format!("{class}.{member}({arguments})"),
        (_, false) => format!("{class}.{member}"),
    }
}

fn simple(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// `kafka-consumer-poll` of `org.apache.kafka.clients.consumer.KafkaConsumer#poll(long)`.
pub(crate) fn id(name: &str) -> String {
    let (class, member) = name.split_once('#').unwrap_or((name, ""));
    let class = if name.ends_with(".*") { name } else { simple(class) };
    let plain = format!("{class}-{}", member.split('(').next().unwrap_or_default());
    let mut id = String::new();
    let mut before = '-';
    for one in plain.chars() {
        let starts = one.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit());
        if starts || (!one.is_alphanumeric() && before != '-') {
            id.push('-');
        }
        if one.is_alphanumeric() {
            id.extend(one.to_lowercase());
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
        assert_eq!(shown("org.apache.kafka.a.B#poll(long,java.util.Map)"), "B.poll(long, Map)");
        assert_eq!(shown("org.apache.kafka.a.B#new()"), "new B()");
        assert_eq!(shown("org.apache.kafka.a.B#NAME"), "B.NAME");
    }

    #[test]
    fn ids_are_in_kebab_case() {
        assert_eq!(id("org.apache.kafka.a.KafkaConsumer#poll(long)"), "kafka-consumer-poll");
        assert_eq!(id("org.apache.kafka.a.B$InnerOne"), "b-inner-one");
        assert_eq!(id("kafka.security.auth.*"), "kafka-security-auth");
        assert_eq!(id("a.StreamsConfig#EXACTLY_ONCE_BETA"), "streams-config-exactly-once-beta");
    }
}
