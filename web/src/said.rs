//! What runs: what the reader says, thing by thing, and what files say.

use kafka_upgrade_catalog::clients;
use kafka_upgrade_input::have;
use kafka_upgrade_report::{Detected, Report};
pub(crate) use kafka_upgrade_rules::SAID;
use yew::AttrValue;

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thing {
    /// As it is written where it is known, else as it was said.
    pub(crate) label: String,
    /// Why it cannot be used, in one sentence.
    pub(crate) problem: Option<String>,
}

/// The things in a text; what is between two commas and is not understood throughout stays together.
pub(crate) fn things(text: &str) -> Vec<AttrValue> {
    let clauses = text.split([',', ';', '\n']).map(str::trim).filter(|clause| !clause.is_empty());
    let mut all: Vec<AttrValue> = Vec::new();
    for clause in clauses {
        for thing in of_clause(clause) {
            if !all.iter().any(|known| *known == *thing) {
                all.push(thing.into());
            }
        }
    }
    all
}

fn of_clause(clause: &str) -> Vec<String> {
    let read = have::read(clause);
    if !read.problems.is_empty() {
        return vec![clause.to_owned()];
    }
    let named = read.dependencies.iter().map(|one| (one.span.start, joined(&one.artifact, &one.version)));
    let modes = read.observations.iter().map(|one| (one.span.start, one.value.clone()));
    let mut things: Vec<_> = named.chain(modes).collect();
    things.sort();
    things.into_iter().map(|(_, thing)| thing).collect()
}

/// What is shown of one of [`things`].
pub(crate) fn thing(text: &str) -> Thing {
    let read = have::read(text);
    if let Some(problem) = read.problems.first() {
        return Thing { label: text.to_owned(), problem: Some(problem.message.clone()) };
    }
    let label = match (read.dependencies.first(), read.observations.first()) {
        (Some(one), _) => {
            let title = clients::by_alias(&one.artifact).map_or(one.artifact.as_str(), |known| known.title);
            joined(title, &one.version)
        }
        (None, Some(mode)) if mode.value == "kraft" => "KRaft".to_owned(),
        (None, Some(_)) => "ZooKeeper".to_owned(),
        (None, None) => text.to_owned(),
    };
    Thing { label, problem: None }
}

/// What files say that runs, each product and version once, with the place that says so first.
pub(crate) fn seen(report: &Report) -> Vec<Detected> {
    let mut seen: Vec<Detected> = Vec::new();
    for row in &report.matrix.rows {
        let (Some(path), Some(line), Some(version)) = (&row.path, row.line, &row.version) else { continue };
        let known = seen.iter().any(|seen| seen.what == row.subject && seen.value == *version);
        if path != SAID && !known {
            seen.push(Detected {
                what: row.subject.clone(),
                value: version.clone(),
                because: String::new(),
                path: path.clone(),
                line,
            });
        }
    }
    seen
}

fn joined(name: &str, version: &str) -> String {
    format!("{name} {version}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        things(text).iter().map(|one| thing(one).label).collect()
    }

    #[test]
    fn one_line_becomes_one_thing_each_in_its_order() {
        let said = "kafka 3.4.0 zookeeper java 11 librdkafka@1.9.2, kafkajs 2.2, kafkajs 2.2";
        let labels = labels(said);
        assert_eq!(labels.len(), 5, "{labels:?}");
        assert_eq!(labels.get(1).map(String::as_str), Some("ZooKeeper"));
        assert!(labels.iter().any(|label| label == "librdkafka 1.9.2"));
        assert!(things(said).iter().all(|one| thing(one).problem.is_none()));
    }

    #[test]
    fn what_is_not_understood_stays_whole_and_says_why() {
        let things = things("java 17, our thing");
        assert_eq!(things.len(), 2);
        let problem = things.get(1).and_then(|one| thing(one).problem);
        assert!(problem.is_some_and(|problem| problem.contains("`thing`")));
        assert!(super::things(" ,\n").is_empty());
    }
}
