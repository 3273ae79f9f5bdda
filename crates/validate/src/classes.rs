//! Class names: which ones a release could load.
//!
//! A class of somebody's own may be on the class path or not, and nothing that is pasted shows it. So a name is refused
//! only where it cannot be the name of a class, or is that of one of Kafka's own which the release does not have.

use kafka_upgrade_catalog::{Release, class, facts_of};

/// Whether `Class.forName` could find the name at all.
pub(crate) fn is_loadable(name: &str, release: Release) -> bool {
    is_name(name) && !(name.starts_with("org.apache.kafka.") && is_absent(name, release))
}

/// Whether the catalog knows the class, and that the release has it not.
fn is_absent(name: &str, release: Release) -> bool {
    let facts = facts_of(release);
    class(name).is_some_and(|life| facts < life.first || life.last < facts)
}

fn is_name(name: &str) -> bool {
    // `[Ljava.lang.String;` and `[I` load, though no key wants them.
    let is_array = name.starts_with('[');
    let name = match name.strip_prefix('[') {
        Some(array) => array.trim_start_matches('[').trim_end_matches(';'),
        None => name,
    };
    // No program keeps its classes outside of packages; a bare name is one that lacks its package.
    (name.contains('.') || is_array)
        && name.split('.').all(|part| {
            let mut characters = part.chars();
            characters.next().is_some_and(|first| first.is_alphabetic() || matches!(first, '_' | '$'))
                && characters
                    .all(|character| character.is_alphanumeric() || matches!(character, '_' | '$' | '-'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_that_kafka_dropped_is_refused_from_then_on() {
        let partitioner = "org.apache.kafka.clients.producer.internals.DefaultPartitioner";
        assert!(is_loadable(partitioner, Release::new(3, 9, 2)));
        assert!(!is_loadable(partitioner, Release::new(4, 0, 0)));
        assert!(is_loadable(
            "org.apache.kafka.clients.producer.RoundRobinPartitioner",
            Release::new(4, 4, 0)
        ));
    }

    #[test]
    fn names_that_cannot_be_classes_are_refused() {
        let release = Release::new(4, 0, 0);
        for right in ["com.example.Mine", "a.B$C", "[Ljava.lang.String;", "com.example.Größe"] {
            assert!(is_loadable(right, release), "{right}");
        }
        for wrong in [
            "",
            "Mine",
            "com.example.",
            "com..Mine",
            "com/example/Mine",
            "1Mine",
            "com.example.Mine.class,b",
            "a b",
        ] {
            assert!(!is_loadable(wrong, release), "{wrong}");
        }
    }
}
