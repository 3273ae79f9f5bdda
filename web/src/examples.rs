//! Sets of files to try the page with.

use crate::texts::first as texts;

/// One of them.
pub(crate) struct Example {
    /// Its title, what is in it, and how it ends.
    pub(crate) words: [&'static str; 3],
    /// The class of how it ends; a test holds both to the check.
    pub(crate) tone: &'static str,
    /// Name and text of each file.
    pub(crate) files: &'static [(&'static str, &'static str)],
}

/// All of them, the one that shows most first.
pub(crate) const EXAMPLES: &[Example] = &[
    Example {
        words: texts::ZOOKEEPER,
        tone: "error",
        files: &[
            ("brokers/broker-0.properties", include_str!("../examples/zookeeper/broker-0.properties")),
            ("brokers/broker-1.properties", include_str!("../examples/zookeeper/broker-1.properties")),
            ("brokers/broker-2.properties", include_str!("../examples/zookeeper/broker-2.properties")),
            (
                "connect-distributed.properties",
                include_str!("../examples/zookeeper/connect-distributed.properties"),
            ),
            ("bin/maintenance.sh", include_str!("../examples/zookeeper/maintenance.sh")),
            ("log4j.properties", include_str!("../examples/zookeeper/log4j.properties")),
        ],
    },
    Example {
        words: texts::KRAFT,
        tone: "warning",
        files: &[
            ("compose.yaml", include_str!("../examples/kraft/compose.yaml")),
            ("orders/requirements.txt", include_str!("../examples/kraft/requirements.txt")),
            ("orders/producer.properties", include_str!("../examples/kraft/producer.properties")),
            ("billing/consumer.properties", include_str!("../examples/kraft/consumer.properties")),
        ],
    },
    Example {
        words: texts::JAVA,
        tone: "error",
        files: &[
            ("build.gradle", include_str!("../examples/java/build.gradle")),
            ("src/main/java/OrderService.java", include_str!("../examples/java/OrderService.java")),
            ("src/main/java/OrderTotals.java", include_str!("../examples/java/OrderTotals.java")),
            ("src/main/resources/consumer.properties", include_str!("../examples/java/consumer.properties")),
            ("compose.yaml", include_str!("../examples/java/compose.yaml")),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, Incoming, State};
    use std::rc::Rc;
    use yew::Reducible;

    #[test]
    fn every_example_has_a_complete_answer_that_is_the_one_its_button_names() {
        for example in EXAMPLES {
            let [title, _, outcome] = example.words;
            let files = example.files.iter().map(|(path, text)| Incoming::text(path, *text)).collect();
            let state = Rc::new(State::new()).reduce(Action::Add(files));
            let report = crate::checker::check(&state);
            let (tone, first, rest) = crate::verdict::verdict(&report, &crate::groups::groups(&report));
            assert_eq!(tone, example.tone, "{title}: {first} {rest}");
            let shown = kafka_upgrade_sorted::case::Case::lower(first.as_str());
            let outcome = outcome.split_once(' ').map_or("", |(_, words)| words);
            assert!(shown.starts_with(outcome), "{title}: {shown}");
            assert!(report.path.from.is_some() && report.path.mode.is_some(), "{title}: {:?}", report.path);
            assert!(
                report.plan.possible && !report.plan.steps.is_empty(),
                "{title}: {:?}",
                report.plan.why_not
            );
            assert!(report.files.iter().all(|file| file.kind != "unknown"), "{title}: {:?}", report.files);
        }
    }
}
