//! What takes the place of what a failure names: a class, a member, an option of a tool, a key.
//!
//! The notes have it. What is *not* here: which release lost the thing, which the catalog has.

use kafka_upgrade_document::UsageKind;

use crate::notes::{self, Note};

/// The note about a class or a member, `a.b.C` or `a.b.C#m`; `arguments` are those that the failure shows.
pub(super) fn of_usage(usage: &str, arguments: Option<&str>) -> Option<&'static Note> {
    let is_it = |(kind, name): &(UsageKind, &'static str)| {
        let (plain, known) = name.split_once('(').unwrap_or((name, ""));
        let is_named =
            plain == usage || (plain.ends_with('*') && usage.starts_with(plain.trim_end_matches('*')));
        let same = arguments.is_none_or(|shown| known.is_empty() || are_alike(known, shown));
        matches!(kind, UsageKind::Class | UsageKind::Member) && is_named && same
    };
    notes::naming(usage).into_iter().find(|note| note.usages.iter().any(is_it))
}

/// The note about an option of a tool: `kafka-acls.sh --authorizer`.
pub(super) fn of_option(option: &str) -> Option<&'static Note> {
    let is_it = |(kind, name): &(UsageKind, &str)| *kind == UsageKind::Option && *name == option;
    notes::naming(option).into_iter().find(|note| note.usages.iter().any(is_it))
}

/// The note about a key that a release removed or renamed.
pub(super) fn of_key(key: &str) -> Option<&'static Note> {
    notes::about(key).find(|note| note.is_of_a_key_that_goes())
}

/// Where the class of a tool is now, if it only changed its package.
pub(super) fn moved(note: &Note, class: &str) -> Option<String> {
    let name = class.rsplit('.').next()?;
    (note.id == "removed-tool-classes").then(|| format!("org.apache.kafka.tools.{name}"))
}

/// Classes through which programs changed what ZooKeeper held; 4.0 has none of them.
pub(super) fn speaks_to_zookeeper(class: &str) -> bool {
    const CLASSES: &[&str] =
        &["kafka.utils.ZkUtils", "kafka.admin.AdminUtils", "kafka.utils.ZKStringSerializer"];
    ["kafka.zk.", "kafka.zookeeper."].iter().any(|package| class.starts_with(package))
        || CLASSES.contains(&class.trim_end_matches('$'))
}

/// Whether two lists of arguments are of the same types, by their simple names; descriptors of the JVM are not compared.
pub(super) fn are_alike(known: &str, shown: &str) -> bool {
    let simple = |list: &str| -> Vec<String> {
        let list = list.split(')').next().unwrap_or(list);
        let list =
            list.split(',').map(|one| one.trim().rsplit(['.', '$']).next().unwrap_or_default().to_owned());
        list.collect()
    };
    shown.contains([';', '/']) || known.starts_with('*') || simple(known) == simple(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_by_their_arguments() {
        let poll = "org.apache.kafka.clients.consumer.KafkaConsumer#poll";
        let id = |arguments| of_usage(poll, arguments).map(|note| note.id);
        assert_eq!(id(Some("long)'")), Some("removed-poll-with-number"));
        assert_eq!(id(None), Some("removed-poll-with-number"));
        assert_eq!(id(Some("java.time.Duration)'")), None);
    }

    #[test]
    fn options_and_keys_have_the_notes_of_scripts_and_files() {
        let replacement = |note: Option<&'static Note>| note.and_then(|note| note.replacement);
        assert_eq!(replacement(of_option("kafka-console-consumer.sh --whitelist")), Some("--include"));
        assert_eq!(replacement(of_option("kafka-console-consumer.sh --topic")), None);
        assert!(of_key("log.message.format.version").is_some());
        assert!(of_key("num.io.threads").is_none());
    }

    #[test]
    fn classes_of_tools_are_found_in_their_new_package() {
        let moved = |class: &str| of_usage(class, None).and_then(|note| moved(note, class));
        assert_eq!(
            moved("kafka.tools.StreamsResetter").as_deref(),
            Some("org.apache.kafka.tools.StreamsResetter")
        );
        assert_eq!(moved("kafka.tools.StateChangeLogMerger"), None);
        assert_eq!(moved("kafka.server.KafkaServer"), None);
        assert!(speaks_to_zookeeper("kafka.zk.KafkaZkClient"));
    }
}
