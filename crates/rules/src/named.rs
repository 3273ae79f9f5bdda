//! What a computed rule about code or tools speaks of, found again from the name in its id.
//!
//! What is *not* here: rules about configuration keys, whose names are the keys', and notes.

use kafka_upgrade_catalog::{self as catalog, Life, Signature, tools};
use kafka_upgrade_document::{Arguments, MemberName};
use kafka_upgrade_sorted::Sorted as _;

use crate::rule::Thing;
use crate::{code, options};

/// Something that releases have or lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its full name: `kafka.admin.AdminUtils`, `org.apache.kafka.clients.consumer.KafkaConsumer#poll(long)`,
    /// `kafka.zk.*`, `kafka-topics.sh --zookeeper`.
    pub name: String,
    /// The releases that have it.
    pub life: Life,
    /// It is no part of the public API.
    pub internal: bool,
}

/// All things of this sort that have this name in rule ids, sorted by name.
pub(crate) fn named(thing: Thing, id: &str) -> Vec<Named> {
    let mut found = match thing {
        Thing::Class => classes(id),
        Thing::Member => members(id),
        Thing::Package => {
            let packages = catalog::packages().map(|(name, life)| public(format!("{name}.*"), life));
            packages.filter(|one| code::id(&one.name) == id).collect()
        }
        Thing::Tool => tools::tools()
            .filter(|(tool, _)| *tool == id)
            .map(|(tool, life)| script(tool, "", life))
            .collect(),
        Thing::Option => tools::tools().flat_map(|(tool, _)| options_of(tool, id)).collect(),
        Thing::Logger | Thing::Setting => Vec::new(),
    };
    found.order_by(|one, other| one.name.cmp(&other.name));
    found.dedup();
    found
}

/// Explanation of the computed rule for unknown keys.
pub(crate) const UNKNOWN_SETTING: &str =
    "No release has a setting of that name, and one slip of the keyboard away there is one.";
/// Explanation of the rule for removed keys whose replacement is set.
pub(crate) const LEFT_OVER: &str =
    "A setting went, and what took its place is set beside it: the old line has no effect any more.";
/// Explanation of the computed rule for unknown options.
pub(crate) const UNKNOWN_OPTION: &str =
    "No release's tool has an option of that name, and one slip of the keyboard away there is one.";

/// Explanation of rules about texts, names and the upgrade path itself, not about a fact of Kafka's; `None` for
/// others.
pub(crate) fn about(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "not-kafka" => "The text belongs to another program, so nothing in it is judged.",
        "unknown-file" => "Nothing says which program reads the text, or which component of Kafka.",
        "unreadable-text" => "Bytes of the text are in no encoding that is known; the rest of it is judged.",
        "doubtful-text" => "The text can be read, but most likely not as it was meant.",
        "unknown-client" => {
            "Nothing is known of a client, tool or image, or of its version, so it is not known whether brokers of the target serve it."
        }
        "unknown-state-of-brokers" => {
            "Nothing says which release runs now, or how the metadata is kept, so the upgrade path is not known."
        }
        "refused-client" => {
            "Brokers of the target refuse what a client does every day, and those that run now do so as well."
        }
        "backwards" => "The target is older than the source.",
        "no-way" => "Kafka has no upgrade path from the source to the target.",
        "unknown-release" => "There is no release of that number.",
        _ => return None,
    })
}

fn public(name: String, life: Life) -> Named {
    Named { name, life, internal: false }
}

fn classes(id: &str) -> Vec<Named> {
    let known = catalog::classes().map(|(name, life)| public(name.to_owned(), life));
    let internal = catalog::internal_classes();
    let internal = internal.filter(|(_, name, _)| code::id(name) == id);
    let internal = internal.map(|(package, name, life)| {
        let name = format!("{package}.{name}");
        Named { name, life, internal: true }
    });
    known.filter(|one| code::id(&one.name) == id).chain(internal).collect()
}

fn members(id: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for (class, _) in catalog::classes() {
        for (signature, life) in catalog::members(class) {
            let signature = Signature::parse(signature);
            if code::id_of_member(class, signature.name) == id {
                let known = |types: Vec<&str>| types.into_iter().map(|one| Some(one.to_owned())).collect();
                let types = signature.parameters().map(known);
                let arguments = types.map_or(Arguments::None, Arguments::Types);
                found.push(public(MemberName::method(class, signature.name, arguments).to_string(), life));
            }
        }
    }
    let left = catalog::left_behind().filter(|(class, member)| code::id_of_member(class, member) == id);
    let named = |class, member| MemberName::field(class, member).to_string();
    found.extend(
        left.filter_map(|(class, member)| Some(public(named(class, member), catalog::class(class)?))),
    );
    found
}

fn options_of(tool: &'static str, id: &str) -> Vec<Named> {
    let own = tools::options(tool).filter(|(option, _)| options::id(tool, option) == id);
    own.map(|(option, life)| script(tool, option, life)).collect()
}

fn script(tool: &str, option: &str, life: Life) -> Named {
    public(format!("{tool}.sh {option}").trim_end().to_owned(), life)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::{Explanation, Rule};

    fn named(rule: &str) -> Vec<Named> {
        match Rule::parse(rule).and_then(|rule| rule.explain()) {
            Some(Explanation::Named(found)) => found,
            _ => Vec::new(),
        }
    }

    fn names(rule: &str) -> Vec<String> {
        named(rule).into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn a_computed_rule_is_found_again_from_its_name() {
        assert_eq!(names("removed-class-kafka-zk-client"), ["kafka.zk.KafkaZkClient"]);
        assert!(named("removed-class-kafka-zk-client").iter().all(|one| one.internal));
        assert_eq!(names("removed-package-kafka-zk"), ["kafka.zk.*"]);
        assert_eq!(
            names("removed-member-kafka-consumer-poll"),
            ["org.apache.kafka.clients.consumer.KafkaConsumer#poll(long)"]
        );
        assert_eq!(
            names("removed-member-abstract-processor-context"),
            ["org.apache.kafka.streams.processor.AbstractProcessor#context"]
        );
        assert_eq!(names("removed-option-kafka-topics-zookeeper"), ["kafka-topics.sh --zookeeper"]);
        assert_eq!(names("removed-tool-kafka-mirror-maker"), ["kafka-mirror-maker.sh"]);
    }

    #[test]
    fn a_rule_of_another_sort_names_no_such_things() {
        assert!(names("removed-class-nothing").is_empty());
        assert!(names("removed-zookeeper-connect").is_empty());
        assert!(names("class").is_empty());
    }
}
